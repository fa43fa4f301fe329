"""Days, moments and series: read, written, and reckoned as others reckon them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from fuzz.targets import dates
from hypothesis import strategies as st
from tests.hostile.properties.drawn import NAIVE, TEXT, ZONES, joined
from tests.hostile.properties.holding import holds

from handbill.hub.nodes import Desk, Scalar
from handbill.hub.rule import DAYS, falls_on, next_start, refusal
from handbill.hub.when import When, both_hours, told
from handbill.importing.ics.dates import days_of

THROUGH = date(2029, 12, 31)

_PIECES = ("2026", "05", "01", "-", "/", ".", " ", "T", "Z", ":", "18", "00", "+02:00", "mai", "May", "samedi", "1er", "h", "pm", "minuit", "31", "29", "02", "12", "9999", "0000")  # fmt: skip


@holds(head=st.integers(0, 255), text=st.one_of(TEXT, joined(st.sampled_from(_PIECES), between="", most=14)))
def any_text_is_a_moment_or_is_refused(head: int, text: str) -> None:
    dates.one(bytes([head]) + text.encode())


@holds(naive=NAIVE, zone=ZONES, fold=st.integers(0, 1))
def a_moment_is_read_as_the_clocks_of_its_zone_show_it(naive: datetime, zone: str, fold: int) -> None:
    clock, naive = ZoneInfo(zone), naive.replace(second=naive.second, microsecond=0)
    exists = naive.replace(tzinfo=clock).astimezone(UTC).astimezone(clock).replace(tzinfo=None) == naive
    desk = Desk("a.md", zone)
    moment = naive.replace(tzinfo=clock, fold=fold)
    written = both_hours(moment)[min(fold, len(both_hours(moment)) - 1)] if exists else told(naive)
    if moment.utcoffset() % timedelta(minutes=1):
        # Of old days, whose offsets are not of whole minutes: written without one.
        written = told(naive)

    found = When().read(Scalar(written, True, 1, 1, len(written)), "starts", desk)

    assert exists == (found is not None)
    if found is None:
        assert ["HB206"] == [one.code for one in desk.problems]
    else:
        assert isinstance(found, datetime)
        assert naive == found.replace(tzinfo=None)
        if not desk.problems:
            assert moment.astimezone(UTC) == found.astimezone(UTC)


_DAY = st.dates(date(2000, 1, 1), date(2028, 12, 31))


@st.composite
def _rules(draw: st.DrawFn) -> str:
    """Draw the parts of a rule, most of which fit together."""
    freq = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={freq}"]
    ranked = draw(st.booleans()) and freq == "MONTHLY"
    day = st.sampled_from(DAYS).flatmap(
        lambda one: st.sampled_from(("1", "2", "-1", "4")).map(lambda rank: rank + one) if ranked else st.just(one)
    )
    if draw(st.booleans()):
        parts.append("INTERVAL=" + str(draw(st.integers(1, 7))))
    if draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(day, min_size=1, max_size=3, unique=True))))
    if draw(st.integers(0, 3)) == 0:
        parts.append(
            "BYMONTHDAY="
            + ",".join(map(str, draw(st.lists(st.sampled_from((1, 13, 28, 29, 30, 31, -1, -2)), min_size=1, max_size=3, unique=True))))
        )
    if draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True)))))
    if draw(st.integers(0, 5)) == 0:
        parts.append("BYSETPOS=" + draw(st.sampled_from(("1", "-1", "2", "1,-1"))))
    if draw(st.integers(0, 3)) == 0:
        parts.append("WKST=" + draw(st.sampled_from(("MO", "SU", "TH"))))
    end = draw(st.integers(0, 3))
    if end == 0:
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    elif end == 1:
        parts.append(f"UNTIL={draw(_DAY):%Y%m%d}")
    return ";".join(parts)


@holds(rule=_rules(), day=_DAY)
def a_series_has_the_days_that_another_reading_of_the_standard_gives(rule: str, day: date) -> None:
    if refusal(rule, is_day=True):
        return
    first = day if falls_on(rule, day) else next_start(rule, day)
    if first is None or first > THROUGH:
        return
    assert falls_on(rule, first)
    # UNTIL is for whoever knows the hour.
    rule = ";".join(part for part in rule.split(";") if not part.startswith("UNTIL="))
    last = datetime.combine(THROUGH, datetime.min.time())
    wanted = [
        one.date()
        for one in rrulestr(rule, dtstart=datetime.combine(first, datetime.min.time())).between(datetime(1900, 1, 1), last, inc=True)
    ]

    assert wanted == list(days_of(rule, first, THROUGH))
