"""What a service holds ↔ the letter that was approved: whether it is that one, whether it is there once, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from handbill.errors import HandbillError, Said, ServiceFailed, said
from handbill.sending.contract import Draft, Service, Version

#: Ways in which a letter stands at a service once nobody needs to let it go any more.
ON_ITS_WAY = ("scheduled", "sending", "sent")

#: A part no longer than this is shown; of a longer one, where it begins to differ.
_SHOWN = 200


#: What the parts are called, for whoever looks them up there.
_PARTS = {
    "subject": said("the subject"),
    "html": said("the HTML"),
    "text": said("the text part"),
    "sender": said("the sender"),
    "headers": said("the headers"),
    "list": said("the list"),
    "template": said("the template"),
    "kind": said("the kind"),
}


class Several(ServiceFailed):
    """A service holds one letter twice; which one is right only a person can tell."""


class Edited(ServiceFailed):
    """What the service holds is not the letter that was approved."""


class OtherLetter(HandbillError):
    """Other bytes, or another service, under a number that was handed over before."""


def held_by(service: Service, version: Version) -> Draft | None:
    """Return the one draft or letter that *service* has of exactly these bytes; ``None`` where it has nothing of this number.

    Raises:
        OtherLetter: it has other bytes under this number.
        Several: it has these bytes more than once.
    """
    found = service.find(version)
    others = [one for one in found if one.campaign != version.campaign]
    named = {"name": version.name, "service": service.label}
    if any(one.state != "draft" for one in others):
        raise OtherLetter(
            said(
                "{name}: {service} has it with other bytes already, as {campaigns}; a number leaves once", **named, campaigns=_named(others)
            )
        )
    if others:
        told = said("{name}: {service} has a draft of it with other bytes, as {campaigns}", **named, campaigns=_named(others))
        raise OtherLetter(said("{told}; delete it there, then call this again", told=told))
    if len(found) > 1:
        told = said("{service} has {name} more than once, as {ids}", **named, ids=_named(found))
        raise Several(said("{told}; delete all but one of them there, then call this again", told=told))
    return found[0] if found else None


def compare(version: Version, service: Service, wanted: Mapping[str, str], held: Draft) -> None:
    """Return if the service holds what it is to hold.

    Raises:
        Edited: it does not; every part that differs is named.
    """
    differs = [_differing(name, found, text) for name, text in wanted.items() if (found := held.content.get(name, "")) != text]
    if not differs:
        return
    told = said(
        "{service} has {name} ({id}) otherwise than it was approved: {what}",
        service=service.label,
        name=version.name,
        id=held.id,
        what=reduce(lambda one, other: said("{one}; {other}", one=one, other=other), differs),
    )
    if held.state in ON_ITS_WAY:
        raise Edited(said("{told}. It is on its way like that: stop it there if that is not meant", told=told))
    raise Edited(said("{told}. Delete that draft there, then call this again", told=told))


def _differing(name: str, found: str, wanted: str) -> Said:
    part = _PARTS.get(name, name)
    if max(len(found), len(wanted)) <= _SHOWN:
        return said("{part} is “{found}” instead of “{wanted}”", part=part, found=found, wanted=wanted)
    place = next((n for n, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    return said(
        "{part} differs from sign {place} on, with {n} signs instead of {m}", part=part, place=place + 1, n=len(found), m=len(wanted)
    )


def _named(drafts: Iterable[Draft]) -> str:
    return ", ".join(f"{one.campaign} ({one.id})" for one in drafts)
