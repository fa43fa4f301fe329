"""What has become of dates that members may have noted."""

from datetime import date

import pytest
from tests.hubs import moment

from handbill.hub.changed import awaited, changed_between, changes_of, is_changed, matters_from
from handbill.hub.facets import Occurrence
from handbill.hub.item import Body, Item

PARIS = "Europe/Paris"


def at(day: str, status: str = "confirmed", *was: str, note: str = "", zone: str = PARIS) -> Occurrence:
    """Return two hours of an afternoon."""
    return Occurrence(
        moment(f"{day} 14:00", zone), moment(f"{day} 16:00", zone), zone, status, note, tuple(moment(f"{one} 14:00", zone) for one in was)
    )


def event(*occurrences: Occurrence, updated: str = "") -> Item:
    return Item(
        "event:a", "event", "events/a.md", "a", "fr", "/events/a/", "A", "", Body(),
        published=moment("2026-01-01 00:00"), updated=moment(updated) if updated else None, occurrences=occurrences,
    )  # fmt: skip


@pytest.mark.parametrize("status", ["cancelled", "postponed", "rescheduled", "moved_online"])
def test_what_members_must_hear_of_is_a_change(status):
    """Each of these makes somebody travel in vain, or stay at home."""
    assert is_changed(at("2026-04-24", status))
    assert not is_changed(at("2026-04-24", "tentative"))
    assert is_changed(at("2026-05-01", "confirmed", "2026-04-24"))


def test_an_old_date_is_awaited_until_its_day_is_over():
    """Who has it in a paper diary looks at the list on that very morning."""
    moved = at("2026-05-01", "rescheduled", "2026-04-24")

    assert moved.was == awaited(moved, moment("2026-04-24 23:59"), PARIS)
    assert () == awaited(moved, moment("2026-04-25 00:00"), PARIS)


def test_an_old_date_abroad_is_awaited_at_least_until_it_begins():
    """In New York the 24th lasts until the next morning in Paris."""
    evening = moment("2026-04-24 22:00", "America/New_York")
    moved = Occurrence(
        moment("2026-05-01 22:00", "America/New_York"), moment("2026-05-01 23:00", "America/New_York"), "America/New_York",
        "rescheduled", "", (evening,),
    )  # fmt: skip

    assert (evening,) == awaited(moved, moment("2026-04-25 04:00"), PARIS)


def test_an_old_day_without_an_hour_is_awaited_all_day():
    """All-day events have no moment at which they begin to be past."""
    moved = Occurrence(date(2026, 5, 1), date(2026, 5, 1), PARIS, "rescheduled", "", (date(2026, 4, 24),))

    assert (date(2026, 4, 24),) == awaited(moved, moment("2026-04-24 20:00"), PARIS)
    assert () == awaited(moved, moment("2026-04-25 08:00"), PARIS)


def test_a_change_matters_while_its_old_or_its_new_date_lies_ahead():
    """What was brought forward and is over may still be waited for on the day it was announced for."""
    now = moment("2026-04-20 12:00")

    assert [] == list(changes_of(event(at("2026-04-10", "cancelled")), now, PARIS))
    forward = at("2026-04-17", "rescheduled", "2026-04-24")
    assert [(forward, ())] == list(changes_of(event(forward), now, PARIS))
    assert moment("2026-04-24 14:00") == matters_from(forward, now, PARIS)


def test_dates_of_a_series_that_changed_alike_are_told_together():
    """A letter with forty times the same sentence is not read."""
    off = [at(f"2026-05-{day:02}", "cancelled", note="La salle est fermée.") for day in (2, 9, 16)]
    other = at("2026-05-23", "cancelled", note="Férié.")

    found = changes_of(event(*off, other, at("2026-05-30")), moment("2026-04-20 12:00"), PARIS)
    assert [(off[0], tuple(off[1:])), (other, ())] == list(found)


def test_dates_that_were_moved_are_told_one_by_one():
    """Each has an old date of its own."""
    moved = [at("2026-05-03", "rescheduled", "2026-05-02"), at("2026-05-10", "rescheduled", "2026-05-09")]

    assert [(moved[0], ()), (moved[1], ())] == list(changes_of(event(*moved), moment("2026-04-20 12:00"), PARIS))


def test_a_series_that_was_moved_as_a_whole_is_one_change():
    """Its first date says from where; the others follow by the rule."""
    first = at("2026-05-03", "rescheduled", "2026-05-02")
    rest = [at("2026-05-10", "rescheduled"), at("2026-05-17", "rescheduled")]

    assert [(first, tuple(rest))] == list(changes_of(event(first, *rest), moment("2026-04-20 12:00"), PARIS))


@pytest.mark.parametrize(
    ("expected", "updated"),
    [
        (False, "2026-04-01 17:59"),
        (True, "2026-04-01 18:00"),
        (True, "2026-05-06 10:00"),
        (False, "2026-05-06 18:00"),
        (True, "2026-04-01"),
        (False, "2026-03-31"),
        (True, ""),
    ],
)
def test_a_change_is_told_in_the_letter_after_it(expected, updated):
    """Of a day without an hour nobody knows whether the letter was out before, and of no day at all even less."""
    assert expected is changed_between(event(updated=updated), moment("2026-04-01 18:00"), moment("2026-05-06 18:00"))
