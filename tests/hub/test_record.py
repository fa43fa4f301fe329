"""The life of a contest: how it stands, and which step it can take next."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cases import for_each

from handbill.hub.facets import Deadline
from handbill.hub.record import BEFORE_FREEZE, OFF_STEPS, STATE_WORDS, STATES, STEP_WORDS, STEPS, Record, Step, refusal, state_at
from handbill.telling import tell

OPENS, CLOSES = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 11, tzinfo=UTC)
DEADLINE = Deadline(OPENS, CLOSES)
HOUR = timedelta(hours=1)

#: The whole of § 2.1: which steps can be taken in which state.  Everything else is refused.
ALLOWED = {
    "draft": {"announced", "cancelled"},
    "announced": {"announced", "cancelled"},
    "open": {"announced", "cancelled"},
    "closed": {"sealed", "frozen", "cancelled"},
    "frozen": {"sealed", "decided", "void"},
    "drawn": {"verified"},
    "judged": {"verified"},
    "verified": {"published"},
    "published": {"settled"},
    "settled": {"purged"},
    "purged": set(),
    "cancelled": {"purged"},
    "void": {"purged"},
}


def record(*steps):
    """Return a record of steps, each with the hours since the closing."""
    return Record("a", tuple(Step(name, CLOSES + hours * HOUR) for name, hours in steps))


@for_each("step", STEPS)
@for_each("state", STATES)
def test_every_step_is_allowed_or_refused_with_the_reason(state, step):
    """Each of the 130 pairs: what is not allowed here is a contest that nobody could trust."""
    why = refusal(state, step)

    assert (step in ALLOWED[state]) == (why == "")
    if why:
        assert why != tell(why, "fr"), "told in French as well"
        assert any(word in why for word in (STATE_WORDS[state], *_REASONS.get(state, ())))


#: Words that say how a contest stands where the reason has none of its own.
_REASONS = {
    "draft": ("not announced",),
    "announced": ("entries have not begun",),
    "closed": ("the pool is not frozen",),
    "frozen": ("the pool is frozen",),
    "drawn": ("it is drawn",),
    "judged": ("it is judged",),
    "purged": ("the contest is over",),
    "cancelled": ("the contest is cancelled",),
    "void": ("the contest is void",),
}


def test_the_table_names_every_state_and_every_step():
    """A state that is added must be thought about."""
    assert set(STATES) == set(ALLOWED)
    assert set(STEPS) == set().union(*ALLOWED.values())
    assert (set(STATES), set(STEPS)) == (set(STATE_WORDS), set(STEP_WORDS))
    assert set(OFF_STEPS) < set(STATES)
    assert set(BEFORE_FREEZE) == {state for state, steps in ALLOWED.items() if "cancelled" in steps}


@pytest.mark.parametrize(
    ("steps", "hours", "expected"),
    [
        ([], 0, "draft"),
        ([("announced", -300)], -299, "announced"),
        ([("announced", -300)], -240, "open"),
        ([("announced", -300)], -1, "open"),
        ([("announced", -300)], 0, "closed"),
        ([("announced", -300), ("announced", -200)], -199, "open"),
        ([("announced", -300), ("frozen", 8)], 7, "closed"),
        ([("announced", -300), ("frozen", 8)], 8, "frozen"),
        ([("announced", -300), ("sealed", 6), ("frozen", 8), ("sealed", 9)], 10, "frozen"),
        ([("announced", -300), ("frozen", 8), ("decided", 40)], 40, "drawn"),
        ([("announced", -300), ("frozen", 8), ("decided", 40), ("verified", 60)], 60, "verified"),
        ([("announced", -300), ("frozen", 8), ("void", 20)], 20, "void"),
        ([("announced", -300), ("cancelled", -100)], -100, "cancelled"),
        ([("announced", -300), ("cancelled", -100)], -101, "open"),
        ([("announced", -300), ("cancelled", -100), ("purged", 50)], 50, "purged"),
    ],
)
def test_a_contest_stands_as_its_steps_and_dates_say(steps, hours, expected):
    """Entries open and close by their dates alone: a build that comes late closes nothing late."""
    assert expected == state_at(record(*steps), DEADLINE, False, CLOSES + hours * HOUR)


def test_where_a_jury_sat_it_is_judged():
    """Nothing was drawn there."""
    assert "judged" == state_at(record(("announced", -300), ("frozen", 8), ("decided", 40)), DEADLINE, True, CLOSES + 41 * HOUR)


def test_a_whole_life_can_be_lived():
    """From the draft to the day on which the key is destroyed, each step where it is allowed."""
    lived, at = Record("a", ()), OPENS - HOUR
    for step, moment in [
        ("announced", at), ("announced", OPENS + HOUR), ("frozen", CLOSES), ("sealed", CLOSES + HOUR), ("decided", CLOSES + 30 * HOUR),
        ("verified", CLOSES + 60 * HOUR), ("published", CLOSES + 61 * HOUR), ("settled", CLOSES + 90 * HOUR), ("purged", CLOSES + 2000 * HOUR),
    ]:  # fmt: skip
        assert "" == refusal(state_at(lived, DEADLINE, False, moment), step)
        lived = Record("a", (*lived.steps, Step(step, moment)))

    assert "purged" == state_at(lived, DEADLINE, False, CLOSES + 2001 * HOUR)


def test_the_last_step_of_a_name_is_that_of_its_moment():
    """A page of the past shows the rules that were in force then."""
    amended = record(("announced", -300), ("announced", -200))

    assert CLOSES - 300 * HOUR == amended.last("announced", CLOSES - 250 * HOUR).at
    assert CLOSES - 200 * HOUR == amended.last("announced").at
    assert None is amended.last("frozen")
    assert {} == Record("a", ()).terms
