"""The record of a contest: the steps that its organiser committed, and how the contest stands by them and by its dates.

Values and rules only; the files lie in the archive of contests (decision 0049).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handbill.errors import Said, said
from handbill.hub.facets import Deadline
from handbill.hub.frozen import Proof
from handbill.hub.item import Body

#: What an organiser can commit.  ``sealed`` stands once for each juror.
STEPS = ("announced", "sealed", "frozen", "decided", "verified", "published", "settled", "purged", "cancelled", "void")

#: How a contest can stand.  ``decided`` is told as drawn, or as judged where a jury sat.
STATES = (
    "draft", "announced", "open", "closed", "frozen", "drawn", "judged",
    "verified", "published", "settled", "purged", "cancelled", "void",
)  # fmt: skip

#: Until its list is frozen a contest can be cancelled; what ends it early is one of two steps.
BEFORE_FREEZE = ("draft", "announced", "open", "closed")
OFF_STEPS = ("void", "cancelled")

#: Which step may be committed in which state; rules may be amended until entries close.
_NEXT: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"announced", "cancelled"}),
    "announced": frozenset({"announced", "cancelled"}),
    "open": frozenset({"announced", "cancelled"}),
    "closed": frozenset({"sealed", "frozen", "cancelled"}),
    "frozen": frozenset({"sealed", "decided", "void"}),
    "drawn": frozenset({"verified"}),
    "judged": frozenset({"verified"}),
    "verified": frozenset({"published"}),
    "published": frozenset({"settled"}),
    "settled": frozenset({"purged"}),
    # What was collected is destroyed also where nobody won.
    "cancelled": frozenset({"purged"}),
    "void": frozenset({"purged"}),
    "purged": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, the moment of it (whole seconds, UTC), and what it committed: digests and numbers, never a person."""

    name: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesText:
    """The rules as they were announced: version from 1, language, SHA-256 of their file, and their text for a page."""

    version: int
    lang: str
    digest: str
    body: Body = field(default_factory=Body)


@dataclass(frozen=True, slots=True)
class Record:
    """What was committed of one contest.

    ``files`` are those of its folder with their digests, by name; ``rules``
    the announced rules, oldest version first; ``draw`` is what draw.json says,
    ``None`` before it is there.  ``round_at`` is the moment at which the
    beacon publishes the round that was fixed, ``None`` where there is none.
    """

    id: str
    steps: tuple[Step, ...]
    files: Mapping[str, Proof] = field(default_factory=dict)
    rules: tuple[RulesText, ...] = ()
    draw: Mapping[str, Any] | None = None
    round_at: datetime | None = None

    def last(self, name: str, at: datetime | None = None) -> Step | None:
        """Return the latest step of that name, or the latest until *at*."""
        return next((one for one in reversed(self.steps) if one.name == name and (at is None or one.at <= at)), None)

    def last_of(self, names: Sequence[str], at: datetime) -> Step | None:
        """Return the latest step of any of these names until *at*."""
        return next((one for one in reversed(self.steps) if one.name in names and one.at <= at), None)

    @property
    def terms(self) -> Mapping[str, Any]:
        """Return what the rules in force say, as :func:`handbill.kinds.contest_terms.terms_of` writes it."""
        announced = self.last("announced")
        terms: Mapping[str, Any] = announced.facts["terms"] if announced else {}
        return terms


def state_at(record: Record, deadline: Deadline, is_judged: bool, at: datetime) -> str:
    """Return how a contest stands at a moment, one of :data:`STATES`.

    Between its announcement and the freezing of its pool its dates say so, and
    no commit need be made for it; all else is said by the steps.
    """
    known = [one.name for one in record.steps if one.at <= at and one.name != "sealed"]
    if not known:
        return "draft"
    if known[-1] == "decided":
        return "judged" if is_judged else "drawn"
    if known[-1] != "announced":
        return known[-1]
    if at < deadline.opens:
        return "announced"
    return "open" if deadline.is_open(at) else "closed"


def refusal(state: str, step: str) -> Said | str:
    """Return why a step cannot be committed in a state; "" where it can."""
    if step in _NEXT[state]:
        return ""
    return _WHY.get((state, step)) or _WHY.get((state, "")) or said(
        "{step} does not come now: {state}; it comes once {states}",
        step=STEP_WORDS[step], state=STATE_WORDS[state], states=_either([STATE_WORDS[one] for one in STATES if step in _NEXT[one]]),
    )  # fmt: skip


def _either(words: Sequence[Said]) -> Said:
    first, *others = words
    for one in others:
        first = said("{one}, or {other}", one=first, other=one)
    return first


#: How a contest stands, and what each step is.
STATE_WORDS: Mapping[str, Said] = {
    "draft": said("nothing is announced"),
    "announced": said("the rules are announced"),
    "open": said("entries are open"),
    "closed": said("entries are closed"),
    "frozen": said("the list is frozen"),
    "drawn": said("the lots are drawn"),
    "judged": said("the jury has judged"),
    "verified": said("the winners are confirmed"),
    "published": said("the results are published"),
    "settled": said("the prizes are handed over"),
    "purged": said("the data are destroyed"),
    "cancelled": said("the contest is cancelled"),
    "void": said("the contest is void"),
}
STEP_WORDS: Mapping[str, Said] = {
    "announced": said("the announcement"),
    "sealed": said("the sealing of a ballot"),
    "frozen": said("the freezing of the list"),
    "decided": said("the draw"),
    "verified": said("the confirming of the winners"),
    "published": said("the publishing of the results"),
    "settled": said("the handing over of the prizes"),
    "purged": said("the destroying of the data"),
    "cancelled": said("the cancelling"),
    "void": said("the declaring void"),
}

_WHY: Mapping[tuple[str, str], Said] = {
    ("draft", ""): said("the contest is not announced: its rules come first"),
    ("announced", "sealed"): said("entries have not begun: a ballot is sealed once they are closed"),
    ("open", "sealed"): said("entries are open: a ballot is sealed once they are closed"),
    ("announced", "frozen"): said("entries have not begun: a pool is frozen once they are closed"),
    ("open", "frozen"): said("entries are open: a pool is frozen once they are closed"),
    ("closed", "announced"): said("entries are closed: nobody's rules change after they entered"),
    ("closed", "decided"): said("the pool is not frozen: who draws from an open pool can still choose who is in it"),
    ("frozen", "frozen"): said("the pool is frozen already, and its digest is known; a wrong pool makes the contest void"),
    ("frozen", "announced"): said("the pool is frozen: nobody's rules change after they entered"),
    ("frozen", "cancelled"): said(
        "the pool is frozen: the contest can be declared void, with the reason, and announced anew under another id"
    ),
    ("drawn", "decided"): said("it is drawn already, and a draw is made once"),
    ("judged", "decided"): said("it is judged already, and that is done once"),
    ("cancelled", ""): said("the contest is cancelled"),
    ("void", ""): said("the contest is void; it can be announced anew under another id"),
    ("purged", ""): said("the contest is over, and the key to its tickets is destroyed"),
}
