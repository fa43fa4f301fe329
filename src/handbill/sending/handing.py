"""A letter → a service that knows the members: found or made as a draft, read back and compared, and then, as a step of its own, let go.

Whatever breaks off in between, doing the same again leads to one draft that is
let go once: each step first looks what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

from handbill.door import Unreachable
from handbill.errors import ServiceFailed, WrongUse, said
from handbill.sending.comparing import ON_ITS_WAY, OtherLetter, compare, held_by
from handbill.sending.contract import Draft, Mailing, Service, Unsupported, Version
from handbill.sending.handed import LEAVING, LEFT, Note, Notes

#: How long a service is given to show what it was asked for, in seconds.
PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0)


class Until(IntEnum):
    """How far to go: only look; make the draft and compare it; let it go."""

    LOOK = 0
    DRAFT = 1
    SENT = 2


class Vanished(ServiceFailed):
    """The service was told to send it, and does not know it any more."""


class Stopped(ServiceFailed):
    """Somebody, or the service itself, stopped the letter there."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How one version stands at the service; ``held`` is ``None`` where it has none yet and none was made."""

    version: Version
    held: Draft | None
    was_drafted: bool = False
    was_let_go: bool = False

    @property
    def state(self) -> str:
        """Return how it stands there, "" where there is none."""
        return self.held.state if self.held else ""


@dataclass(frozen=True, slots=True)
class _Task:
    """One version on its way to one list of one service."""

    version: Version
    service: Service
    target: str
    notes: Notes
    at: datetime | None
    sleep: Callable[[float], None]


def hand_over(
    mailing: Mailing,
    service: Service,
    targets: Mapping[str, str],
    notes: Notes,
    at: datetime | None,
    until: Until,
    sleep: Callable[[float], None],
) -> tuple[HandedOver, ...]:
    """Hand all versions of a mailing to the service, as far as *until* says; *targets* has its list for each language.

    *at* is when it is to leave, ``None`` for at once.  No draft is made before all
    versions were looked at, and none is let go before all are there and equal.

    Raises:
        Unsupported: the letter would lose what it must have.
        OtherLetter: other bytes, or another service, had this number before.
        Several, Edited, Vanished, Stopped: what is there needs a person.
        ServiceFailed: the service did not do it; doing the same again is safe.
    """
    _apart(mailing, targets)
    tasks = [_Task(one, service, targets.get(one.lang, ""), notes, at, sleep) for one in mailing.versions]
    drafted: set[str] = set()
    done: tuple[HandedOver, ...] = ()
    for step in Until:
        if step <= until:
            done = tuple(_go(task, step, drafted) for task in tasks)
    return done


def prove(version: Version, service: Service, target: str, notes: Notes, address: str, sleep: Callable[[float], None]) -> HandedOver:
    """Let the service send the letter to one address, for looking at it; makes the draft if there is none.

    Raises:
        Unsupported: the letter has left already, or the service sends no proofs to this address.
        HandbillError: as :func:`hand_over`.
    """
    done = _go(_Task(version, service, target, notes, None, sleep), Until.DRAFT, set())
    assert done.held is not None
    if done.held.state != "draft":
        raise Unsupported(said("{service} has {name} already; a proof is made of a draft", service=service.label, name=version.name))
    service.prove(version, target, done.held, address)
    return done


def counts_of(mailing: Mailing, service: Service) -> dict[str, int]:
    """Return how many were to get it and what became of that, over all versions; empty while none has begun to leave.

    Raises:
        ServiceFailed: the service did not answer, or holds a letter twice.
    """
    counts: dict[str, int] = {}
    for version in mailing.versions:
        held = held_by(service, version)
        if held is not None and held.state not in ("draft", "scheduled"):
            for word, n in service.totals(held).items():
                counts[word] = counts.get(word, 0) + n
    return counts


def _apart(mailing: Mailing, targets: Mapping[str, str]) -> None:
    lists = [targets.get(one.lang, "") for one in mailing.versions]
    if len(set(lists)) < len(lists):
        wanted = said("a “list” of its own for each language, under [letters.…] and, with the tag of the language, under [letters.….en]")
        raise WrongUse(said("list: two languages go to the same one, so that its members would get both; wanted {wanted}", wanted=wanted))


def _go(task: _Task, until: Until, drafted: set[str]) -> HandedOver:
    version, service = task.version, task.service
    wanted = service.content(version, task.target)
    noted = task.notes.of(version.name)
    _same_as_noted(noted, version, service)
    held = held_by(service, version)
    if held is None:
        if noted:
            raise _vanished(task, noted[-1])
        if until is Until.LOOK:
            return HandedOver(version, None)
        held = _drafted(task)
        drafted.add(version.campaign)
    held = service.read(held)
    compare(version, service, wanted, held)
    if held.state == "stopped":
        told = said("{service} has stopped {name} ({id})", service=service.label, name=version.name, id=held.id)
        raise Stopped(said("{told}; go on or call it off there, Handbill does neither", told=told))
    was_drafted, must_go = version.campaign in drafted, held.state not in ON_ITS_WAY
    if until is not Until.SENT:
        return HandedOver(version, held, was_drafted)
    if must_go:
        # Written before it is asked for: whatever comes then, this machine knows that it may have left.
        _note(task, noted, held, LEAVING, task.at)
        held = _let_go(task, held)
        compare(version, service, wanted, held)
    _note(task, noted, held, LEFT, task.at if must_go else held.at)
    return HandedOver(version, held, was_drafted, was_let_go=must_go)


def _same_as_noted(noted: tuple[Note, ...], version: Version, service: Service) -> None:
    for one in noted:
        if one.campaign != version.campaign:
            told = said(
                "{name}: was handed to {service} with other bytes, as {campaign}",
                name=version.name,
                service=one.service,
                campaign=one.campaign,
            )
            raise OtherLetter(said("{told}; a number leaves once", told=told))
        if one.service != service.name:
            told = said("{name}: was handed to {service} before", name=version.name, service=one.service)
            raise OtherLetter(said("{told}; handing it to {other} as well would send it twice", told=told, other=service.label))


def _vanished(task: _Task, note: Note) -> Vanished:
    told = said("{service} was told to send {name} ({id}) and does not know it any more", service=note.service, name=note.name, id=note.id)
    return Vanished(
        said("{told}; it is not handed over again. If it never left, remove its lines from {file}", told=told, file=task.notes.file)
    )


def _drafted(task: _Task) -> Draft:
    trouble: ServiceFailed | None = None
    try:
        task.service.create(task.version, task.target)
    except Unreachable:
        raise
    except ServiceFailed as error:
        # It may be there all the same: the answer was lost, or somebody else was faster.
        trouble = error
    for pause in PAUSES:
        task.sleep(pause)
        if held := held_by(task.service, task.version):
            return held
    name = task.version.name
    raise trouble or ServiceFailed(said("{service} made a draft of {name} and does not show it", service=task.service.label, name=name))


def _let_go(task: _Task, held: Draft) -> Draft:
    trouble: ServiceFailed | None = None
    try:
        task.service.schedule(task.version, task.target, held, task.at)
    except Unreachable:
        raise
    except ServiceFailed as error:
        trouble = error
    for pause in PAUSES:
        task.sleep(pause)
        try:
            held = task.service.read(held)
        except ServiceFailed as error:
            told = said(
                "{told}. Whether {name} leaves is not known yet: call the same command again", told=error.args[0], name=task.version.name
            )
            raise ServiceFailed(told) from error
        if held.state in ON_ITS_WAY:
            return held
    told = said("{service} still has {name} ({id}) and does not let it go", service=task.service.label, name=task.version.name, id=held.id)
    raise trouble or ServiceFailed(said("{told}; look there, and let it go there if it is right", told=told))


def _note(task: _Task, noted: tuple[Note, ...], held: Draft, step: str, at: datetime | None) -> None:
    if not any((one.step, one.id) == (step, held.id) for one in noted):
        moment = at.astimezone(UTC).isoformat() if at else ""
        task.notes.add(Note(task.version.name, task.version.campaign, task.service.name, step, held.id, moment))
