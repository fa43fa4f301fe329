"""When and where something is, and what became of it, on top of its entry and for programs."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.outputs.feed_entries import Entries
from handbill.outputs.feed_facts import told

EVENT = {"starts": "2026-04-11 14:00", "ends": "2026-04-11 18:00", "organisers": "[X]", "venue": "{name: Salle, city: Bordeaux}"}
WHEN = "samedi 11 avril 2026, de 14 h à 18 h"


def brief(tmp_path, lang="", **front):
    """Return title and facts of an event, with plain spaces."""
    loaded, settings = load_village(root=write(tmp_path, {f"events/a{lang}.md": text(**{**EVENT, **front})}))
    found = Entries(loaded.hub, settings).brief(loaded.hub.items[0])
    return found.title.replace("\u00a0", " "), found.facts.replace("\u00a0", " ")


def known(tmp_path, file="events/a.md", **front):
    loaded, settings = load_village(root=write(tmp_path, {file: text(**front)}))
    item = loaded.hub.items[0]
    found = Entries(loaded.hub, settings).brief(item)
    return told(item, found.card, "https://essai.example/events/a/event.ics", found.at)


def test_an_event_as_announced_says_when_and_where(tmp_path):
    """The text of an announcement often takes both for known."""
    assert ("Un titre", f"<p><strong>{WHEN} · Salle, Bordeaux</strong></p>\n") == brief(tmp_path)


@pytest.mark.parametrize(("status", "word"), [("cancelled", "Annulé"), ("postponed", "Reporté")])
def test_what_is_off_says_so_and_strikes_its_date(tmp_path, status, word):
    """The old date stays to be seen: it is by it that members know the event."""
    title, facts = brief(tmp_path, status=status, status_note="Le toit <fuit>.")

    assert f"{word} : Un titre" == title
    assert f"<p><strong>{word} · <s>{WHEN}</s> · Salle, Bordeaux</strong></p>\n<p>Le toit &lt;fuit&gt;.</p>\n" == facts


def test_what_was_moved_says_the_old_date_and_the_new(tmp_path):
    """Who has the old one on the door of the fridge must see that it is meant."""
    title, facts = brief(tmp_path, status="rescheduled", status_note="Grève.", previous_starts="[2026-04-04 14:00]")

    assert "Nouvelle date : Un titre" == title
    assert (
        "<p>D’abord annoncé pour : <s>samedi 4 avril 2026 à 14 h</s></p>\n"
        f"<p><strong>Nouvelle date · {WHEN} · Salle, Bordeaux</strong></p>\n<p>Grève.</p>\n"
    ) == facts


def test_what_moved_online_strikes_its_place(tmp_path):
    """Nobody should travel there."""
    title, facts = brief(tmp_path, status="moved_online", status_note="Neige.", join_url="https://v.example/x")

    assert "En ligne désormais : Un titre" == title
    assert f"<p><strong>En ligne désormais · {WHEN} · <s>Salle, Bordeaux</s></strong></p>\n<p>Neige.</p>\n" == facts


def test_what_is_not_certain_says_so_under_its_plain_title(tmp_path):
    """It is no alarm, and no promise either."""
    title, facts = brief(tmp_path, status="tentative")

    assert ("Un titre", f"<p><strong>À confirmer · {WHEN} · Salle, Bordeaux</strong></p>\n") == (title, facts)


def test_a_contest_that_is_called_off_says_why(tmp_path):
    """The closing day that stood there alone would be an invitation."""
    contest = {"mechanism": "jury", "opens": "2026-02-01", "closes": "2026-03-01", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}
    root = write(tmp_path, {"content/contests/a.md": text(cancelled="Trop peu d’envois.", **contest)})
    loaded, settings = load_village(root=root)
    found = Entries(loaded.hub, settings).brief(loaded.hub.items[0])

    assert "Annulé\u00a0: Un titre" == found.title
    assert (
        "<p><strong>Annulé · <s>Participations jusqu’au dimanche 1er mars 2026 à minuit</s></strong></p>\n<p>Trop peu d’envois.</p>\n"
    ) == found.facts.replace("\u00a0", " ")


def test_a_series_names_each_date_that_fell_through_or_moved(tmp_path):
    """The title alone cannot say which of twenty Thursdays."""
    recurrence = (
        "\n  rule: FREQ=WEEKLY;COUNT=9\n  changes:\n"
        '    - {on: "2026-04-18 14:00", status: cancelled, note: Pâques.}\n'
        '    - {on: "2026-04-25 14:00", status: rescheduled, starts: "2026-04-26 15:00", note: Marché.}'
    )
    title, facts = brief(tmp_path, recurrence=recurrence)

    assert "Changement de dates : Un titre" == title
    assert [
        f"<p><strong>{WHEN} · Salle, Bordeaux</strong></p>",
        "<p>Chaque samedi, 9 fois</p>",
        "<p>Annulé : <s>samedi 18 avril 2026, de 14 h à 18 h</s> · Pâques.</p>",
        "<p>Nouvelle date : <s>samedi 25 avril 2026 à 14 h</s> → dimanche 26 avril 2026, de 15 h à 19 h · Marché.</p>",
    ] == facts.splitlines()


def test_a_series_that_fell_through_as_a_whole_says_so(tmp_path):
    """“Change of dates” would send people to look which one."""
    recurrence = "\n  rule: FREQ=WEEKLY;COUNT=3"
    title, _ = brief(tmp_path, recurrence=recurrence, status="moved_online", status_note="Neige.", join_url="https://v.example/x")

    assert "En ligne désormais : Un titre" == title


def test_an_english_event_speaks_english(tmp_path):
    """Also in a French hub, and in the feed of all languages."""
    title, facts = brief(tmp_path, ".en", status="cancelled", status_note="Rain.")

    assert "Cancelled: Un titre" == title
    assert facts.startswith("<p><strong>Cancelled · <s>Saturday 11 April 2026, ")


def test_one_can_join_and_keep_the_date_from_the_reading_program(tmp_path):
    """Two links spare the way over the page."""
    online = {"starts": "2026-04-11", "organisers": "[X]", "mode": "online", "join_url": "https://v.example/?a=1&b=2"}
    off = {"status": "cancelled", "status_note": "x"}

    def content(folder, **front):
        loaded, settings = load_village(root=write(tmp_path / folder, {"events/a.md": text(**front)}))
        return Entries(loaded.hub, settings).entry(loaded.hub.items[0])[1].content

    calendar = '<a href="https://essai.example/events/a/event.ics">Ajouter à mon agenda</a></p>\n'
    assert content("a", **online).endswith(f'<p><a href="https://v.example/?a=1&amp;b=2">Rejoindre à distance</a> · {calendar}')
    assert content("b", **EVENT).endswith(f"<p>{calendar}")
    assert "event.ics" not in content("c", **EVENT, **off)
    assert "v.example" not in content("d", join_after_registration="true", **online)


def test_programs_are_told_what_they_would_have_to_read_out_of_the_text(tmp_path):
    """A bot that posts the dates of the week needs no parser of French."""
    front = {**EVENT, "status": "rescheduled", "status_note": "Grève.", "previous_starts": "[2026-04-04 14:00]"}

    assert {
        "kind": "event",
        "starts": "2026-04-11T14:00:00+02:00",
        "ends": "2026-04-11T18:00:00+02:00",
        "all_day": False,
        "zone": "Europe/Paris",
        "status": "rescheduled",
        "note": "Grève.",
        "was": ["2026-04-04T14:00:00+02:00"],
        "calendar": "https://essai.example/events/a/event.ics",
        "place": {"name": "Salle", "city": "Bordeaux"},
    } == known(tmp_path, **front)


def test_programs_are_told_the_rule_of_a_series_and_its_changes(tmp_path):
    """The first date alone would be half of it."""
    recurrence = '\n  rule: FREQ=WEEKLY;COUNT=9\n  changes: [{on: "2026-04-18 14:00", status: cancelled, note: x}]'
    found = known(tmp_path / "a", recurrence=recurrence, **EVENT)
    extra = known(tmp_path / "b", recurrence='\n  rule: FREQ=WEEKLY;COUNT=9\n  extra: ["2026-04-15 18:00"]', **EVENT)

    assert ["2026-04-15T18:00:00+02:00"] == extra["also"]
    assert "FREQ=WEEKLY;COUNT=9" == found["repeats"]
    assert [("2026-04-18T14:00:00+02:00", "cancelled", "2026-04-18T14:00:00+02:00")] == [
        (one["starts"], one["status"], one["announced_for"]) for one in found["changes"]
    ]


def test_programs_are_told_the_address_to_connect_unless_it_is_withheld(tmp_path):
    """What only those who signed up may know is in no feed."""
    online = {"starts": "2026-04-11", "organisers": "[X]", "mode": "online", "join_url": "https://v.example/x"}

    assert {"address": "https://v.example/x"} == known(tmp_path / "a", **online)["online"]
    assert {"after_registration": True} == known(tmp_path / "b", join_after_registration="true", **online)["online"]
    assert "v.example" not in str(known(tmp_path / "b", join_after_registration="true", **online))


def test_programs_are_told_until_when_one_can_take_part(tmp_path):
    """The same for a contest."""
    contest = {"mechanism": "jury", "opens": "2026-02-01", "closes": "2026-03-01", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}

    assert {"kind": "contest", "opens": "2026-02-01T00:00:00+01:00", "closes": "2026-03-02T00:00:00+01:00", "state": "announced"} == known(
        tmp_path, "content/contests/a.md", **contest
    )


def test_what_has_neither_date_nor_place_tells_nothing(tmp_path):
    """A post is its text."""
    assert {} == known(tmp_path, "content/posts/a.md")
