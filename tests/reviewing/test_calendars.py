"""What subscribed calendars will show, told from the files of two builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.reviewing.built import State, differing, edit, state_of

from handbill.reviewing import calendars
from handbill.reviewing.record import DateChange, Detail

SERIES, FAIR, CONTEST = "events/2026/corvee.md", "events/2026/fete.md", "content/contests/photo.md"

Edit = Callable[[Path], object]


def told(before: State, after: State, broken: frozenset[str] = frozenset()) -> tuple[DateChange, ...]:
    known = [calendars.facts(one.found.hub, one.found.settings, one.options, Path()) for one in (before, after)]
    return calendars.changes(*differing(before.calendars, after.calendars), *known, broken)


def changed(root: Path, *edits: tuple[str, str, str] | Edit, is_published: bool = True) -> tuple[DateChange, ...]:
    """Return what a few edits change for calendars."""
    before = state_of(root, is_published=is_published)
    for one in edits:
        if callable(one):
            one(root)
        else:
            edit(root, *one)
    return told(before, state_of(root, is_published=False))


def names(change: DateChange) -> list[str]:
    return [one.name for one in change.details]


def test_nothing_changed_is_told_as_nothing(hub):
    """A reviewer who reads of changes that are none reads no further."""
    assert changed(hub) == ()


def test_another_hour_is_told_with_the_number_that_makes_programs_tell_it(hub):
    """Whoever has the date in a calendar comes at the wrong hour, unless the program speaks up."""
    (one,) = changed(hub, (FAIR, "starts: 2026-04-11 14:00", "starts: 2026-04-11 15:30"))

    assert one.details == (Detail("start", "2026-04-11T14:00:00+02:00", "2026-04-11T15:30:00+02:00"),)
    assert (one.how, one.sequence, one.is_told, one.is_cancelled) == ("changed", 1, True, False)
    assert "/events/fete/event.ics" in one.calendars
    assert "/calendars/all.ics" in one.calendars


def test_the_number_grows_although_nobody_wrote_down_the_last_one_yet(hub):
    """The build writes the ledger and a review does not: before it is committed both states count from nothing."""
    (one,) = changed(hub, (FAIR, "starts: 2026-04-11 14:00", "starts: 2026-04-11 15:30"), is_published=False)

    assert (one.sequence, one.is_told) == (1, True)


def test_other_words_of_a_date_come_in_silence(hub):
    """A comma in a summary must not ring in the pocket of all who subscribed, and a reviewer may count on it."""
    (one,) = changed(hub, (FAIR, "autour de l'eau", "autour du puits"))

    assert names(one) == ["text"]
    assert (one.sequence, one.is_told) == (0, False)


def test_a_date_called_off_is_told_as_that(hub):
    """The most important change of all."""
    (one,) = changed(hub, (FAIR, "capacity: 50", "capacity: 50\nstatus: cancelled\nstatus_note: Pluie."))

    assert one.is_cancelled
    assert (one.how, one.sequence, one.is_told) == ("changed", 1, True)
    assert one.details[0] == Detail("standing", "CONFIRMED", "CANCELLED")
    assert names(one) == ["standing", "text"], "the word in front of the title is no other title"


def test_an_event_whose_file_is_deleted_is_called_off(hub):
    """Members keep a date until they are told; the file says that it is off."""
    (one,) = changed(hub, lambda root: (root / FAIR).unlink())

    assert (one.how, one.is_cancelled, one.is_told, one.sequence) == ("removed", True, True, 1)


def test_an_event_deleted_before_it_was_written_down_is_called_off_all_the_same(hub):
    """The next build of the old state writes it down, and then the deletion is told."""
    (one,) = changed(hub, lambda root: (root / FAIR).unlink(), is_published=False)

    assert (one.how, one.is_cancelled, one.is_told, one.sequence) == ("removed", True, True, 1)


def test_an_event_that_will_be_published_later_vanishes_in_silence(hub):
    """Nobody is told; a reviewer must see that."""
    (one,) = changed(hub, (FAIR, "date: 2026-02-01", "date: 2026-04-01"))

    assert (one.how, one.is_cancelled, one.is_told) == ("removed", False, False)


def test_what_cannot_be_read_is_not_told_as_called_off(hub):
    """A typing error stops the build; nothing is taken from anybody."""
    before = state_of(hub)
    edit(hub, FAIR, "starts: 2026-04-11 14:00", "starts: demain")
    after = state_of(hub, is_published=False)

    assert told(before, after, frozenset({FAIR})) == ()
    assert told(before, after) != ()


def test_a_new_event_is_told_with_what_a_member_gets(hub):
    """A new date is read as it will stand in a calendar."""
    (one,) = changed(
        hub, lambda root: (root / "events/2026/neuf.md").write_text((root / FAIR).read_text().replace("Fête du puits", "Neuf"))
    )

    assert (one.how, one.title, one.starts, one.zone) == ("added", "Neuf", "2026-04-11T14:00:00+02:00", "")
    assert names(one) == ["end", "place"]
    assert (one.sequence, one.is_told) == (0, True)


def test_another_zone_is_told_by_the_clocks_of_both(hub):
    """The clock on the wall is the same, the moment is not."""
    (one,) = changed(hub, (FAIR, "capacity: 50", "capacity: 50\ntimezone: Europe/Lisbon"))

    assert one.zone == "Europe/Lisbon"
    assert one.details[0] == Detail("start", "2026-04-11T14:00:00+02:00", "2026-04-11T14:00:00+01:00")
    assert one.details[2] == Detail("time zone", "Europe/Paris", "Europe/Lisbon")


def test_another_place_names_the_calendars_that_gain_and_lose_the_date(hub):
    """Whoever subscribed to a place alone sees the date go."""
    (one,) = changed(
        hub,
        lambda root: (root / "events/2026/autre.md").write_text((root / FAIR).read_text().replace("Fête du puits", "Autre")),
    )
    assert one.how == "added"

    (one,) = changed(hub, (FAIR, "name: Place du Puits", "name: Grange"))

    assert names(one) == ["place", "calendars"]
    assert one.details[1] == Detail("calendars", "/calendars/places/place-du-puits.ics", "/calendars/places/grange.ics")
    assert one.is_told


def test_one_date_of_a_series_called_off_is_one_change(hub):
    """The other seven stay as they are, and so does what is said of the series."""
    (one,) = changed(hub, (SERIES, "    - on: 2026-06-13", "    - on: 2026-07-11\n      status: cancelled\n    - on: 2026-06-13"))

    assert (one.starts, one.is_cancelled, one.is_told) == ("2026-07-11T09:00:00+02:00", True, True)


def test_a_series_that_begins_an_hour_later_is_one_change(hub):
    """All dates move with it; naming each would hide what happened."""
    shorter = """    - on: 2026-04-11
      status: rescheduled
      starts: 2026-04-18 10:00
      note: À cause de la fête.
"""
    edit(hub, SERIES, shorter, "")
    (one,) = changed(
        hub,
        (SERIES, "starts: 2026-01-10 09:00", "starts: 2026-01-10 10:00"),
        (SERIES, "ends: 2026-01-10 12:00", "ends: 2026-01-10 13:00"),
    )

    assert names(one) == ["start", "end"], "a date that is left out stays left out"


def test_another_rule_is_told_once_with_the_dates_that_are_otherwise(hub):
    """Eight dates are others; the one that the new rule moves and the one that it calls off are told by themselves."""
    moves = [("2026-01-10 09:00", "2026-01-03 09:00"), ("2026-01-10 12:00", "2026-01-03 12:00"), ("[2026-05-09]", "[2026-05-02]")]
    dates = [("on: 2026-04-11", "on: 2026-04-04"), ("on: 2026-06-13", "on: 2026-06-06"), ("BYDAY=2SA", "BYDAY=1SA")]
    found = changed(hub, *((SERIES, old, new) for old, new in (*moves, *dates)))

    assert names(found[0]) == ["start", "end", "repeats", "not on"]
    assert [(one.starts[:10], one.is_cancelled) for one in found[1:]] == [("2026-04-18", False), ("2026-06-06", True)]


def test_a_series_under_another_name_is_told_once_for_all_its_plain_dates(hub):
    """A name is the same for every date, but for those that carry a word in front."""
    found = changed(hub, (SERIES, "title: Corvée de bois", "title: Bois"))

    assert [names(one) for one in found] == [["title"], ["title"]]
    assert not any(one.is_told for one in found)


def test_a_series_that_comes_back_is_told_with_its_dates(hub):
    """What was called off as a whole takes place again, and so do the dates that are otherwise."""
    state_of(hub)
    edit(hub, SERIES, "---\n\n", "draft: true\n---\n\n")
    found = changed(hub, (SERIES, "draft: true\n---", "---"))

    assert len(found) == 3
    assert {(one.how, one.is_told, one.sequence) for one in found} == {("changed", True, 2)}


def test_the_moments_of_a_contest_are_dates_too(hub):
    """Members have the closing of a contest in their calendars."""
    written = (hub / CONTEST).read_text(encoding="utf-8")
    closes = next(line for line in written.splitlines() if line.startswith("closes:"))
    found = changed(hub, (CONTEST, closes, "closes: 2026-04-20 18:00"))

    assert any(one.uid.startswith("contest-photo.closes@") and one.is_told for one in found)


def test_the_name_of_the_hub_is_no_change_of_a_date(hub):
    """Calendars are called otherwise, and not one date is another."""
    assert changed(hub, ("hub.toml", 'name = "Le village"', 'name = "La ville"')) == ()


def test_a_calendar_of_the_theme_is_none_of_ours():
    """A community may publish any file there, and nobody subscribes to dates by it."""
    theirs = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:nonsense\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

    assert calendars.changes({}, {"theme/holidays.ics": theirs}) == ()
