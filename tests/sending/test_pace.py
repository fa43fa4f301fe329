"""How fast mails leave: with a clock that tests turn, and as ``python -m tests.sending.test_pace`` measures with the real one."""

from __future__ import annotations

import random
import sys
import threading
import time
from bisect import bisect_left
from datetime import UTC, datetime, timedelta

import pytest

from handbill.sending.pace import DayCap, Pace


class Clock:
    """A clock that only goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def moments(rate: int, mails: int, lasts=lambda: 0.0) -> list[float]:
    """Return when each mail left, where handing one over lasts as long as *lasts* says."""
    clock = Clock()
    pace = Pace(rate, clock, clock.sleep)
    found = []
    for _ in range(mails):
        pace.wait()
        found.append(clock.now)
        clock.now += lasts()
    return found


def most_in_a_second(found: list[float]) -> int:
    return max(bisect_left(found, when + 1.0) - at for at, when in enumerate(found))


@pytest.mark.parametrize("rate", [1, 5, 10, 37, 300, 1000])
def test_the_pace_is_kept_to_one_in_a_hundred(rate):
    """A provider that allows ten a second blocks who sends eleven, and at nine the letter takes longer than was told."""
    found = moments(rate, 3 * rate + 1)

    assert pytest.approx(rate, rel=0.01) == 3 * rate / (found[-1] - found[0])
    assert most_in_a_second(found) <= rate


@pytest.mark.parametrize("rate", [100, 300, 1000])
def test_answers_that_come_late_now_and_then_slow_nothing_down(rate):
    """One in ten answers takes twice as long as there is; the others leave room to catch up."""
    dice = random.Random(7)
    found = moments(rate, 20 * rate + 1, lambda: (1.9 if dice.random() < 0.1 else 0.4) / rate)

    assert pytest.approx(rate, rel=0.01) == 20 * rate / (found[-1] - found[0])
    assert most_in_a_second(found) <= rate


def test_after_a_pause_nothing_is_made_up_for():
    """A server that just came back gets the usual pace, and not a minute's mails at once."""
    clock = Clock()
    pace = Pace(20, clock, clock.sleep)
    for _ in range(20):
        pace.wait()
    clock.now += 60.0
    began = clock.now
    found = []
    for _ in range(41):
        pace.wait()
        found.append(clock.now - began)

    assert sum(1 for one in found if one < 0.05) <= 4
    assert most_in_a_second(found) <= 20


def test_threads_get_moments_of_their_own():
    """Four connections share one pace, not four."""
    slept: list[float] = []
    pace = Pace(10, lambda: 0.0, slept.append)
    threads = [threading.Thread(target=lambda: [pace.wait() for _ in range(10)]) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert [pytest.approx(n * 0.1005) for n in range(1, 40)] == sorted(slept)


def test_a_day_has_its_share_and_earlier_runs_count():
    """A provider counts 24 hours back, whatever was started how often."""
    now = [datetime(2026, 11, 5, 18, tzinfo=UTC)]
    sent = [now[0] - timedelta(hours=23)] * 3
    day = DayCap(5, lambda since: sum(1 for one in sent if one >= since), lambda: now[0])

    def send() -> bool:
        if not day.take():
            return False
        sent.append(now[0])
        day.end()
        return True

    assert [True, True, False, False] == [send() for _ in range(4)]
    now[0] += timedelta(hours=2)
    assert [True, True, True, False] == [send() for _ in range(4)]


def test_what_did_not_leave_is_given_back():
    """Three refused addresses do not cost three members their letter today."""
    day = DayCap(2, lambda _since: 0, lambda: datetime(2026, 11, 5, tzinfo=UTC))
    for _ in range(5):
        assert day.take()
        day.end()

    assert [True, True, False] == [day.take() for _ in range(3)]


def test_mails_that_are_under_way_count():
    """With four connections the fifth mail of a day of four must wait, though none has an answer yet."""
    day = DayCap(4, lambda _since: 0, lambda: datetime(2026, 11, 5, tzinfo=UTC))

    assert [True] * 4 + [False] * 2 == [day.take() for _ in range(6)]


def test_no_limit_asks_nobody():
    """Most servers are one's own."""
    day = DayCap(0, lambda _since: pytest.fail("the ledger was asked"), lambda: pytest.fail("the clock was asked"))

    assert all(day.take() for _ in range(1000))


def measure() -> None:
    """Tell how exact the pace is with the real clock, on one thread and on four."""
    for rate in (10, 100, 300):
        for threads in (1, 4):
            pace = Pace(rate, time.monotonic, time.sleep)
            left: list[float] = []

            def run(pace: Pace = pace, left: list[float] = left, share: int = 5 * rate // threads) -> None:
                for _ in range(share):
                    pace.wait()
                    left.append(time.monotonic())

            crew = [threading.Thread(target=run) for _ in range(threads)]
            for one in crew:
                one.start()
            for one in crew:
                one.join()
            left.sort()
            sys.stdout.write(
                f"{rate}/s, {threads} threads: {(len(left) - 1) / (left[-1] - left[0]):.2f}/s, most in a second {most_in_a_second(left)}\n"
            )


if __name__ == "__main__":
    measure()
