"""What a run of mails works with, what it tells meanwhile, and how it ended.  Plain values, and calls that are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from handbill.errors import Said
from handbill.sending.pace import DayCap, Pace


class End(Enum):
    """Why a run ended."""

    #: Everybody on the list was tried as often as may be.
    WHOLE = "whole"
    #: Somebody asked it to.
    STOPPED = "stopped"
    #: As many mails left as may in 24 hours.
    DAY = "day"
    #: The server is not there, does not let us in, or keeps breaking off.
    SERVER = "server"
    #: The server refuses what would meet everybody; nobody has bounced.
    REFUSED = "refused"
    #: The server takes mails and does not say whether it has them.
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many members of this run have which outcome; for how many seconds nothing is done now, and ``why``."""

    counts: Mapping[str, int]
    pause_s: float = 0.0
    why: Said | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: members by outcome, and why it ended."""

    counts: Mapping[str, int]
    end: End
    why: Said


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with.  ``bounces`` is the address for returned mails, ``sign`` adds a signature to a mail.

    ``jitter`` gives a number from 0 to 1, ``tell`` is called by several threads, one at a time.
    """

    pace: Pace
    day: DayCap
    now: Callable[[], datetime]
    sleep: Callable[[float], object]
    jitter: Callable[[], float]
    is_asked_to_stop: Callable[[], bool] = lambda: False
    tell: Callable[[Progress], object] = lambda _: None
    connections: int = 1
    bounces: str = ""
    sign: Callable[[bytes], bytes] | None = None
