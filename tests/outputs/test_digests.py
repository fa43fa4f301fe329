"""What was new in a week or a month: told the moment it is over, under an id that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.outputs.digests import Span, digests, month_of, week_of
from handbill.outputs.feed_entries import Entries
from handbill.outputs.subscriptions import feeds

OFF = {"status": "cancelled", "status_note": "Pluie", "starts": "2026-06-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}
HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "{lang}"\ntimezone = "{zone}"\n'


def made(root, as_of, name="weekly", **changes):
    loaded, settings = load_village(as_of, root, **changes)
    entries = Entries(loaded.hub, settings)
    [feed] = [one for one in feeds(loaded.hub, settings, settings.lang, entries.words(settings.lang)) if one.name == name]
    return [entry for _, entry in digests(feed, loaded.hub, settings, entries)]


def test_weeks_and_months_are_those_of_the_calendar():
    """A week belongs to the year of its Thursday (ISO 8601)."""
    assert Span("2026-W47", date(2026, 11, 16), date(2026, 11, 23)) == week_of(date(2026, 11, 20))
    assert Span("2026-W53", date(2026, 12, 28), date(2027, 1, 4)) == week_of(date(2027, 1, 3)) == week_of(date(2026, 12, 28))
    assert Span("2026-02", date(2026, 2, 1), date(2026, 3, 1)) == month_of(date(2026, 2, 28))
    assert Span("2026-12", date(2026, 12, 1), date(2027, 1, 1)) == month_of(date(2026, 12, 31))


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata"])
@pytest.mark.parametrize(("name", "over"), [("weekly", "2026-03-30"), ("monthly", "2026-04-01")])
def test_a_digest_appears_at_the_midnight_that_ends_it(tmp_path, zone, name, over):
    """By the clocks of the community, also in a week whose last night is an hour short; before, half of it would be told."""
    root = write(tmp_path, {"hub.toml": HUB.format(lang="fr", zone=zone), "content/posts/a.md": text(date="2026-03-25 10:00")})
    loaded, settings = load_village(over, root)

    def at(moment_):
        hub = replace(loaded.hub, as_of=moment_)
        entries = Entries(hub, settings)
        [feed] = [one for one in feeds(hub, settings, "fr", str) if one.name == name]
        return [entry for _, entry in digests(feed, hub, settings, entries)]

    midnight = moment(f"{over} 00:00", zone)
    assert [] == at((midnight.astimezone(UTC) - timedelta(seconds=1)).astimezone(midnight.tzinfo))
    assert [midnight] == [one.published for one in at(midnight)]


def test_a_digest_is_what_appeared_in_its_time_and_nothing_else(tmp_path):
    """The last second of Sunday is in, the first of Monday is in the next."""
    days = {"avant": "2026-11-08 23:59", "lundi": "2026-11-09", "dimanche": "2026-11-15 23:59", "apres": "2026-11-16 00:00"}
    root = write(tmp_path, {f"content/posts/{name}.md": text(title=name, date=day) for name, day in days.items()})

    found = made(root, "2026-11-23 00:00")

    assert [
        ("tag:essai.example,2026:digest:fr:2026-W47", "Semaine du 16 au 22 novembre 2026", "apres"),
        ("tag:essai.example,2026:digest:fr:2026-W46", "Semaine du 9 au 15 novembre 2026", "lundi · dimanche"),
        ("tag:essai.example,2026:digest:fr:2026-W45", "Semaine du 2 au 8 novembre 2026", "avant"),
    ] == [(one.id, one.title, one.summary) for one in found]


def test_a_month_is_named_as_people_name_it(tmp_path):
    """In the language of the feed, at the beginning of a line."""
    root = write(tmp_path, {"content/posts/a.md": text(date="2026-11-09")})

    [one] = made(root, "2026-12-01 00:00", "monthly")
    assert ("Novembre 2026", "tag:essai.example,2026:digest:fr:2026-11") == (one.title, one.id)
    assert "https://essai.example/archives/2026/#2026-11" == one.address


def test_a_quiet_week_is_no_entry(tmp_path):
    """“Nothing happened” is not worth anybody's attention."""
    root = write(tmp_path, {"content/posts/a.md": text(date="2026-11-09"), "content/posts/b.md": text(date="2026-11-25")})

    assert ["2026-W48", "2026-W46"] == [one.id.rpartition(":")[2] for one in made(root, "2026-12-31 00:00")]


def test_what_was_called_off_in_a_week_is_told_in_it(tmp_path):
    """Who reads once a week would else learn at the door."""
    files = {
        "events/a.md": text(title="Foire", date="2026-01-02", updated="2026-03-10", **OFF),
        "content/posts/b.md": text(date="2026-03-11"),
    }
    found = made(write(tmp_path, files), "2026-04-01 00:00")

    week = next(one for one in found if one.id.endswith("2026-W11"))
    assert "Un titre · Annulé\u00a0: Foire" == week.summary
    assert '<p><strong>Nouveautés</strong></p>\n<ul>\n<li><p><a href="https://essai.example/posts/b/">Un titre</a></p>' in week.content
    assert (
        '<p><strong>Annulé ou déplacé</strong></p>\n<ul>\n<li><p><a href="https://essai.example/events/a/">Annulé\u00a0: Foire</a></p>'
        in week.content
    )
    assert "<s>jeudi 11 juin 2026" in week.content.replace("\u00a0", " ")


def test_what_was_announced_and_called_off_in_one_week_stands_in_it_once(tmp_path):
    """It is new and off in one; twice in one list it looks like two events."""
    found = made(write(tmp_path, {"events/a.md": text(title="Foire", date="2026-03-09", updated="2026-03-11", **OFF)}), "2026-04-01 00:00")

    assert ["Annulé\u00a0: Foire"] == [one.summary for one in found]
    assert 1 == found[0].content.count("<li>")


def test_a_digest_leads_to_every_text_with_its_first_sentence(tmp_path):
    """Names need escaping like anywhere."""
    root = write(tmp_path, {"content/posts/a.md": text("Du bois & des clous.", title="Scie <neuve>", date="2026-03-11")})

    [one] = made(root, "2026-04-01 00:00")
    assert (
        '<ul>\n<li><p><a href="https://essai.example/posts/a/">Scie &lt;neuve&gt;</a></p>\n<p>Du bois &amp; des clous.</p>\n</li>\n</ul>\n'
    ) == one.content


def test_a_digest_stays_as_it_is_while_its_items_do(tmp_path):
    """New texts make new entries; those of last month are read already."""
    files = {f"content/posts/p{n}.md": text(title=f"P{n}", date=f"2026-03-{n:02}") for n in range(1, 20)}
    before = made(write(tmp_path / "a", files), "2026-03-23 00:00")
    after = made(write(tmp_path / "b", {**files, "content/posts/neuf.md": text(date="2026-04-14")}), "2026-05-30 00:00")

    assert before == after[1:]
    assert 4 == len(before)


def test_a_digest_comes_up_again_only_for_what_members_must_hear_of(tmp_path):
    """A comma mended would else bring a week of last year up again in every program."""
    mended = text(date="2026-03-11", updated="2026-03-20 10:00")
    [one] = made(write(tmp_path / "a", {"content/posts/a.md": mended}), "2026-04-01 00:00")
    _, off = made(write(tmp_path / "b", {"events/a.md": text(date="2026-03-11", updated="2026-03-20 10:00", **OFF)}), "2026-04-01 00:00")

    assert (moment("2026-03-16 00:00"), moment("2026-03-16 00:00")) == (one.published, one.updated)
    assert (moment("2026-03-16 00:00"), moment("2026-03-20 10:00")) == (off.published, off.updated)
    assert off.id.endswith("2026-W11")


def test_a_feed_of_digests_has_an_end(tmp_path):
    """Half a year of weeks is more than anybody catches up with."""
    days = [date(2025, 1, 6) + timedelta(days=7 * n) for n in range(60)]
    root = write(tmp_path, {f"content/posts/{day}.md": text(date=f"{day}") for day in days})

    assert (26, 12) == (len(made(root, "2026-03-01 00:00")), len(made(root, "2026-03-01 00:00", "monthly")))
    assert 3 == len(made(root, "2026-03-01 00:00", feed_entries=3))


def test_letters_are_in_no_digest():
    """They are digests themselves, and have a feed of their own."""
    assert not [one for one in made(None, "2026-04-01 12:00", "monthly") if "newsletters" in one.content]
