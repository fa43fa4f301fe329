"""Any text as a day, a moment, a recurrence or an hour in a list: understood and written back as it was, or refused in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from handbill.contests.entry_times import NoMoment as NoEntryTime
from handbill.contests.entry_times import orders_of, span_of
from handbill.hub.guess_rule import fitted, rule_of
from handbill.hub.nodes import Desk, Scalar
from handbill.hub.rule import falls_on, next_start, parts_of, refusal
from handbill.hub.when import When, both_hours, told
from handbill.importing.ics.dates import days_of
from handbill.proposals.moments import NoMoment, moment_of

SEEDS = ("tests/broken/dates.txt", "tests/broken/events.txt")
HEADS = (0, 1, 2, 3, 4)
LINES = True
WORDS = (
    "2026-05-01", " 18:00", "T", "Z", "+02:00", "FREQ=", "MONTHLY", "WEEKLY;BYDAY=", "2SA", "-1MO", ";UNTIL=20261231", ";COUNT=5", "BYSETPOS=-1", "BYMONTHDAY=31", "minuit",
    "samedi 3 mai", "next Friday", "03/04/2026", "9999-12-31", "0001-01-01", "2026-10-25 02:30", "2026-03-29 02:30", "à 14 h 30", " – ", "2 pm",
)  # fmt: skip
MOST_BYTES = 120

_ZONES = ("Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def one(raw: bytes) -> None:
    """Read what follows the first byte, which says in which zone."""
    zone, text = _ZONES[raw[0] % len(_ZONES)] if raw else "UTC", raw[1:].decode("utf-8", "replace")
    for form in (When(), When(moment=False), When(day=False)):
        _written_back(form, text, zone)
    try:
        moment = moment_of(text, zone, date(2026, 5, 1))
    except NoMoment as none:
        assert none.why
    else:
        _written_back(When(), moment, zone)
    for order in ("", *sorted(orders_of(text))):
        try:
            span = span_of(text, zone, order)  # type: ignore[arg-type]
        except NoEntryTime as none:
            assert none.found
        else:
            assert span.first <= span.last
    _rule(text)


def _written_back(form: When, text: str, zone: str) -> None:
    desk = Desk("a.md", zone)
    found = form.read(Scalar(text, True, 1, 1, len(text)), "starts", desk)
    if found is None:
        assert desk.has_errors
        assert all(problem.found and problem.wanted for problem in desk.problems)
        return
    for again in both_hours(found) if isinstance(found, datetime) else (told(found),):
        other = Desk("a.md", zone)
        read = When().read(Scalar(again, True, 1, 1, len(again)), "starts", other)
        assert not other.problems
        assert isinstance(read, datetime) == isinstance(found, datetime)
        if isinstance(found, datetime) and isinstance(read, datetime):
            assert read.replace(tzinfo=None, fold=0) == found.replace(tzinfo=None, fold=0)
            assert abs((read.astimezone(UTC) - found.astimezone(UTC)).total_seconds()) <= 2 * 3600
            assert found.fold or read.astimezone(UTC) == found.astimezone(UTC) or again != both_hours(found)[0]
        else:
            assert read == found


def _rule(text: str) -> None:
    start = date(2026, 1, 31)
    # A guess need not be a rule: who proposes it looks.
    rule_of(text)
    if why := refusal(text):
        assert str(why)
        return
    assert parts_of(text)
    following = next_start(text, start)
    assert following is None or (following > start and falls_on(text, following))
    fitted(text, start)
    days = days_of(text, start, date(2027, 1, 1))
    assert list(days) == sorted(set(days))
    assert all(falls_on(text, day) for day in days if day != start)
