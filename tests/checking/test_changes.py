"""Events whose dates changed: what members would not hear of."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.checking.changes import check_changes
from handbill.errors import Level
from handbill.hub.ledger import Ledger

EVENT = {"title": "Foire", "starts": "2026-04-24 14:00", "organisers": "[X]", "venue": "{name: Salle}"}
OFF = {"status": "cancelled", "status_note": "Une raison."}
NOW = "2026-03-20 12:00"


def told(root, as_of=NOW, ledger=None):
    """Return what is told of a hub, as code and place."""
    hub = load_village(as_of, root)[0].hub
    return [(one.code, one.path, one.field) for one in check_changes(replace(hub, ledger=ledger) if ledger else hub)]


def recorded(root, **event):
    """Return the ledger of a hub as a build before an edit wrote it, and write the event anew."""
    ledger = load_village(NOW, write(root, {"events/a.md": text(**EVENT)}))[0].hub.told
    write(root, {"events/a.md": text(**{**EVENT, **event})})
    return ledger


@pytest.mark.parametrize("status", ["cancelled", "postponed", "moved_online", "rescheduled"])
def test_a_post_is_proposed_for_each_change_that_members_must_hear_of(tmp_path, status):
    """Who reads the news only would come in vain."""
    more = {"join_url": "https://visio.example/a", "previous_starts": "[2026-04-17 14:00]"}
    root = write(tmp_path, {"events/a.md": text(**EVENT, **more, status=status, status_note="Une raison.")})

    assert [("HB510", "events/a.md", "status")] == told(root)


def test_no_post_is_proposed_for_what_is_not_certain(tmp_path):
    """Nothing has happened yet."""
    assert [] == told(write(tmp_path, {"events/a.md": text(**EVENT, status="tentative")}))


@pytest.mark.parametrize(
    ("expected", "as_of"), [(0, "2026-02-22 12:00"), (1, "2026-02-24 12:00"), (1, "2026-04-24 15:00"), (0, "2026-04-25 12:00")]
)
def test_a_post_is_proposed_while_the_date_lies_at_most_sixty_days_ahead(tmp_path, expected, as_of):
    """Too early nobody cares, and afterwards it is of no use."""
    assert expected == len(told(write(tmp_path, {"events/a.md": text(**EVENT, **OFF)}), as_of))


@pytest.mark.parametrize(
    ("expected", "updated", "published"),
    [
        (1, "2026-03-10", "2026-03-09"),
        (0, "2026-03-10", "2026-03-10"),
        (0, "2026-03-10 15:00", "2026-03-10"),
        (0, "2026-03-10", "2026-03-12"),
    ],
)
def test_a_post_since_the_change_is_enough_and_an_announcement_is_not(tmp_path, expected, updated, published):
    """The post that invited everyone leads to the event, too."""
    post = text("Voir [la foire](../../events/a.md).", date=published)

    root = write(tmp_path, {"events/a.md": text(**EVENT, **OFF, updated=updated), "content/posts/p.md": post})
    assert expected == len(told(root))


def test_a_post_in_another_language_is_enough(tmp_path):
    """It leads to the translation, and is a translation itself or soon will be."""
    files = {
        "events/a.md": text(**EVENT, **OFF),
        "events/a.en.md": text(**{**EVENT, **OFF, "title": "Fair"}),
        "content/posts/p.en.md": text("See [the fair](../../events/a.en.md).", date="2026-03-12"),
    }
    assert [] == told(write(tmp_path, files))
    (tmp_path / "content/posts/p.en.md").unlink()
    assert [("HB510", "events/a.md", "status")] == told(tmp_path)


def test_an_edit_of_this_very_day_asks_for_a_post_of_today(tmp_path):
    """No build has recorded it yet, so the announcement of last week cannot tell it."""
    ledger = recorded(tmp_path, **OFF)
    post = {"content/posts/p.md": text("Voir [la foire](../../events/a.md).", date="2026-03-12")}

    assert [] == told(write(tmp_path, post))
    assert [("HB510", "events/a.md", "status")] == told(tmp_path, ledger=ledger)
    write(tmp_path, {"content/posts/q.md": text("Voir [la foire](../../events/a.md).", date="2026-03-20")})
    assert [] == told(tmp_path, ledger=ledger)


@pytest.mark.parametrize(
    ("expected", "event"),
    [
        (1, {"starts": "2026-05-01 14:00"}),
        (1, {"starts": "2026-04-24 14:30"}),
        (0, {"starts": "2026-04-24 14:29"}),
        (0, {"starts": "2026-04-24"}),
        (1, {"starts": "2026-04-25"}),
        (0, {"title": "Grande foire"}),
        (0, {"starts": "2026-05-01 14:00", "previous_starts": "[2026-04-24 14:00]"}),
        (0, {"starts": "2026-05-01 14:00", "previous_starts": "[2026-04-24]"}),
        (1, {"starts": "2026-05-08 14:00", "previous_starts": "[2026-05-01 14:00]"}),
        (0, {"starts": "2026-05-01 14:00", **OFF}),
        (1, {"timezone": "Europe/Lisbon"}),
    ],
)
def test_a_date_that_was_changed_in_silence_is_told(tmp_path, expected, event):
    """The most usual slip: the new date is written over the old one, and that is all."""
    ledger = recorded(tmp_path, **event)

    assert expected == [code for code, _, _ in told(tmp_path, ledger=ledger)].count("HB512")


def test_what_members_had_and_is_long_past_is_no_matter_any_more(tmp_path):
    """A file that is used again for next year's fair."""
    ledger = recorded(tmp_path, starts="2026-09-01 14:00")

    assert ["HB512"] == [code for code, _, _ in told(tmp_path, "2026-05-24 12:00", ledger)]
    assert [] == told(tmp_path, "2026-05-25 12:00", ledger)


def test_the_message_has_the_lines_to_write(tmp_path):
    """An editor who never heard of previous_starts copies it from there."""
    ledger = recorded(tmp_path, starts="2026-05-01 14:00")
    hub = replace(load_village(NOW, tmp_path)[0].hub, ledger=ledger)

    (problem,) = check_changes(hub)
    assert Level.WARNING is problem.level
    assert "2026-05-01 14:00, while members have 2026-04-24 14:00 in their calendars" == problem.found
    assert "“status: rescheduled”, “previous_starts: [2026-04-24 14:00]”" in problem.wanted


def test_an_event_that_no_calendar_told_yet_can_be_moved_freely(tmp_path):
    """A new one, or one that came with an import."""
    ledger = recorded(tmp_path, starts="2026-05-01 14:00")
    record = ledger.records["event:a"]
    imported = replace(record, state=replace(record.state, facts="", whole=""))

    assert [] == told(tmp_path, ledger=Ledger("essai.example", {"event:a": imported}))
    assert [] == told(tmp_path, ledger=Ledger("essai.example", {}))


@pytest.mark.parametrize(
    ("expected", "event"),
    [
        ("starts", {"status": "rescheduled", "status_note": "x", "previous_starts": "[2026-04-24 14:00]"}),
        ("status", {"status": "moved_online", "status_note": "x"}),
        ("", {"status": "moved_online", "status_note": "x", "join_url": "https://visio.example/"}),
        ("", {"status": "moved_online", "status_note": "x", "join_after_registration": "true"}),
        ("registration", {**OFF, "registration": "{url: https://inscription.example/}"}),
        ("", {**OFF, "registration": "{url: https://inscription.example/, closes: 2026-03-01 12:00}"}),
        ("", {**OFF, "registration": "{url: https://inscription.example/, full: true}"}),
    ],
)
def test_a_status_without_consequences_is_doubted(tmp_path, expected, event):
    """One line was changed, and another one forgotten."""
    root = write(tmp_path, {"events/a.md": text(**EVENT, **event)})

    assert [expected] * bool(expected) == [field for code, _, field in told(root) if code == "HB511"]


def test_an_old_day_of_change_beside_a_new_change_is_doubted(tmp_path):
    """The letter and the feeds go by that day, and would tell nothing."""
    ledger = load_village(NOW, write(tmp_path, {"events/a.md": text(**EVENT, updated="2026-02-01")}))[0].hub.told
    write(tmp_path, {"events/a.md": text(**EVENT, **OFF, updated="2026-02-01")})
    assert datetime(2026, 1, 31, 23, tzinfo=UTC) == ledger.records["event:a"].changed
    assert moment("2026-02-01 00:00") == ledger.records["event:a"].changed

    assert ["updated"] == [field for code, _, field in told(tmp_path, ledger=ledger) if code == "HB511"]
    write(tmp_path, {"events/a.md": text(**EVENT, **OFF, updated="2026-03-20")})
    assert [] == [field for code, _, field in told(tmp_path, ledger=ledger) if code == "HB511"]
