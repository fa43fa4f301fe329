"""What calendars tell next: a pure function of what they told and of what is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.hubs import moment

from handbill.hub.ledger import Record, State, advance, call_off, newer

STATE = State("Foire", "fr", moment("2026-05-01 14:00"), moment("2026-05-01 18:00"), "Europe/Paris", date(2026, 5, 2), "f1", "w1")
THEN = datetime(2026, 4, 1, 10, tzinfo=UTC)
UID = "event-foire@essai.example"
TOLD = Record(UID, 3, THEN, STATE)


def test_an_event_never_told_begins_at_zero():
    """Source: RFC 5545, section 3.8.7.4."""
    assert Record(UID, 0, THEN, STATE) == advance(None, STATE, THEN, UID)


def test_what_did_not_change_is_told_as_before():
    """Otherwise each build would make each program think that all is new."""
    assert TOLD is advance(TOLD, replace(STATE, title="x", over=date(2030, 1, 1)), THEN + timedelta(days=9), "other@essai.example")


def test_another_hour_is_a_higher_number_and_another_word_is_not():
    """A program asks its owner again only where the plans of the day are touched (RFC 5546, section 2.1.4)."""
    later = THEN + timedelta(days=2)

    assert (4, later) == _told(advance(TOLD, replace(STATE, facts="f2", whole="w2"), later, UID))
    assert (3, later) == _told(advance(TOLD, replace(STATE, whole="w2"), later, UID))


def _told(record):
    return record.sequence, record.changed


def test_every_change_is_later_than_the_one_before():
    """An edit that no commit holds yet carries no date; programs keep the later state all the same."""
    assert (4, THEN + timedelta(seconds=1)) == _told(advance(TOLD, replace(STATE, facts="f2"), THEN - timedelta(days=90), UID))


def test_a_uid_once_told_stays():
    """With another one members would see the event twice."""
    assert UID == advance(TOLD, replace(STATE, facts="f2"), THEN, "event-foire@new.example").uid


def test_a_second_build_with_the_ledger_just_written_says_the_same():
    """Whoever forgets to commit the ledger still publishes the same bytes."""
    changed = replace(STATE, facts="f2", whole="w2")
    once = advance(TOLD, changed, THEN, UID)

    assert once == advance(once, changed, THEN, UID) == advance(TOLD, changed, THEN, UID)


def test_what_vanished_is_called_off_once():
    """A number that climbs at every build would wake every program every day."""
    gone = call_off(TOLD)

    assert (4, THEN + timedelta(seconds=1), True) == (*_told(gone), gone.is_gone)
    assert gone is call_off(gone)


def test_what_comes_back_is_newer_than_its_cancellation():
    """Otherwise programs would keep it cancelled."""
    assert (5, False) == (lambda one: (one.sequence, one.is_gone))(advance(call_off(TOLD), STATE, THEN, UID))


def test_an_event_brought_from_elsewhere_is_newer_than_it_was_there():
    """Its number goes on from the one that members' programs have already."""
    assert 8 == advance(Record("old@google.com", 7, THEN, replace(STATE, facts="", whole="")), STATE, THEN, UID).sequence


def test_dates_left_out_from_the_beginning_are_remembered_as_such():
    """A date left out later was announced, and somebody may come (HB406)."""
    first, second = moment("2026-05-08 14:00"), moment("2026-05-15 14:00")
    told = replace(TOLD, state=replace(STATE, never=(first,)))

    assert (first,) == advance(told, replace(STATE, facts="f2", never=(first, second)), THEN, UID).state.never
    other = replace(STATE, facts="f2", starts=moment("2026-05-01 15:00"), never=(second,))
    assert (second,) == advance(told, other, THEN, UID).state.never
    assert () == advance(told, replace(STATE, facts="f2"), THEN, UID).state.never


def test_of_two_records_the_one_that_tells_more_counts():
    """Two branches changed the same event; the higher number is out there already."""
    other = replace(TOLD, sequence=5, changed=THEN - timedelta(days=9))

    assert other is newer(TOLD, other) is newer(other, TOLD)
    assert newer(TOLD, replace(TOLD, changed=THEN + timedelta(seconds=1))).changed > THEN


def test_what_is_called_off_leaves_at_a_midnight_of_its_own_zone():
    """Thirty days after the day, whatever the hour and wherever the hub lies."""
    assert moment("2026-06-01 00:00") == STATE.leaves
    assert moment("2026-06-01 00:00", "Asia/Tokyo") == replace(STATE, zone="Asia/Tokyo").leaves
