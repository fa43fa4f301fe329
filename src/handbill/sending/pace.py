"""How fast mails may leave, and how many in a day.  Knows a clock and a bed to sleep in, both given; knows no server."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

_DAY = timedelta(hours=24)

#: How far who was held up may be behind and still catch up.
_BEHIND_S = 0.1

#: So much slower, lest a mail that leaves a little late makes the second after it one too full.
_MARGIN = 0.005


class Pace:
    """The moments at which mails may leave: evenly, and never more than *rate* in any second.

    Who was held up a little catches up, within that second's share: a slow answer
    now and then does not slow the whole letter down.  Who was held up for longer
    does not: no server sees a burst.  Several threads may ask; each gets a moment of its own.

    *clock* tells seconds and never goes back, *sleep* waits for some.
    """

    def __init__(self, rate: int, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._gap = (1.0 + _MARGIN) / rate
        self._clock = clock
        self._sleep = sleep
        self._even: float | None = None
        self._given: deque[float] = deque(maxlen=rate)
        self._lock = Lock()

    def wait(self) -> None:
        """Return when the next mail may leave."""
        with self._lock:
            now = self._clock()
            self._even = now if self._even is None else max(self._even + self._gap, now - _BEHIND_S)
            when = max(now, self._even)
            if len(self._given) == self._given.maxlen:
                when = max(when, self._given[0] + 1.0 + _MARGIN)
            self._given.append(when)
        # Moments are given away in order and then waited for, so that a sleep that lasts
        # too long delays one mail and not all that follow.
        if when > now:
            self._sleep(when - now)


class DayCap:
    """How many mails may still leave within 24 hours.  0 in hub.toml means: as many as there are.

    *sent_since* is what the ledger remembers, so that runs before this one count,
    and those of other letters.
    """

    def __init__(self, per_day: int, sent_since: Callable[[datetime], int], now: Callable[[], datetime]) -> None:
        self._per_day = per_day
        self._sent_since = sent_since
        self._now = now
        self._room = 0
        self._under_way = 0
        self._lock = Lock()

    def take(self) -> bool:
        """Take one of the day's mails; False when there is none left."""
        if not self._per_day:
            return True
        with self._lock:
            if self._room <= 0:
                # Mails leave the day at its other end while a long run lasts.
                self._room = self._per_day - self._sent_since(self._now() - _DAY) - self._under_way
            if self._room <= 0:
                return False
            self._room -= 1
            self._under_way += 1
            return True

    def end(self) -> None:
        """Say that a mail that was taken is not under way any more; whether it has left, the ledger knows."""
        if not self._per_day:
            return
        with self._lock:
            self._under_way -= 1
