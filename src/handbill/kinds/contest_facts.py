"""What only a contest has: the record of its facts, and the parts of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from handbill.hub.record import Record

#: With these a jury sits, with these answers are compared, and these end in a draw among all that are left.
JUDGED = ("jury", "jury+vote")
ASKED = ("quiz", "quiz+draw")
DRAWN = ("draw", "quiz+draw")


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who organises, as the rules must name it; "" where nobody says it."""

    name: str
    form: str = ""
    registration: str = ""
    address: str = ""
    contact: str = ""
    capital: str = ""


@dataclass(frozen=True, slots=True)
class Prize:
    """What can be won and how many of it; each is won by ``shared_by`` people together.

    ``value`` is its worth in words, ``unit_value`` in numbers.
    """

    name: str
    quantity: int
    value: str
    unit_value: Decimal | None = None
    currency: str = "EUR"
    delivery: str = ""
    restrictions: str = ""
    shared_by: int = 1

    @property
    def winners(self) -> int:
        """Return how many people win it."""
        return self.quantity * self.shared_by


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a jury marks: from 0 to ``scale``, counted by ``weight``; all weights together are 1."""

    name: str
    weight: Decimal
    scale: int


@dataclass(frozen=True, slots=True)
class Judging:
    """Who judges, by what, whether they know whose work it is, and what happens where a juror knows an entrant."""

    jurors: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    is_blind: bool = False
    conflicts: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """How many questions there are, the digest of the right answers, and the question that separates equal entries."""

    questions: int = 0
    answers: str = ""
    tiebreak: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A public drawing of numbers, for ``rfc3797``: its name and day, and that ``count`` numbers of 1 to ``most`` are drawn."""

    name: str
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who answers for what is kept of entrants, why, how long, and how winners are shown."""

    controller: str = ""
    purpose: str = ""
    basis: str = ""
    retention_days: int = 90
    contact: str = ""
    publish_winners: str = "opt_in"


@dataclass(frozen=True, slots=True)
class Deposit:
    """Where the rules were filed, if they were."""

    officer: str = ""
    reference: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Winner:
    """A name that the winner agreed to show, the prize, and the ticket of the pool that won it ("" without a pool)."""

    name: str
    prize: str
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class ContestFacts:
    """What only a contest has.  Moments carry the hub's zone; what nobody said is "", ``None`` or empty.

    ``record`` is what was committed of its life, ``None`` where it was never
    announced with rules.
    """

    mechanism: str
    freeze: datetime | None
    draw: datetime | None
    results: datetime | None
    claim: datetime | None
    objection_hours: int
    prizes: tuple[Prize, ...]
    substitutes: int
    entry: str
    enter: str
    enter_url: str
    entries_per_person: int
    organiser: Organiser
    eligibility: str
    min_age: int
    parental_consent: str
    countries: tuple[str, ...]
    members_only: bool
    excluded: tuple[str, ...]
    judging: Judging
    quiz: Quiz
    algorithm: str
    sources: tuple[Source, ...]
    privacy: Privacy
    image_rights: str
    platform: str
    platform_disclaimer: bool
    deposit: Deposit
    winners: tuple[Winner, ...]
    cancelled: str
    record: Record | None = field(default=None)

    @property
    def winner_count(self) -> int:
        """Return how many people win."""
        return sum(one.winners for one in self.prizes)

    @property
    def is_judged(self) -> bool:
        """Say whether a jury sits."""
        return self.mechanism in JUDGED

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Return the moments at which the contest's page may change, besides its deadline."""
        steps = tuple(one.at for one in self.record.steps) if self.record else ()
        return (*(moment for moment in (self.freeze, self.draw, self.results, self.claim) if moment), *steps)
