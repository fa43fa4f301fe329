"""The plans of two states → which public addresses begin to answer, stop, or lead elsewhere.

Every address once published is a promise; here it is told what becomes of each
before it is broken, or kept by another page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handbill.checking.addresses import address_of
from handbill.hub.hub import Hub
from handbill.options import Options
from handbill.outputs.planned import Planned
from handbill.reviewing.record import AddressChange
from handbill.settings import Settings

#: How the promise of an address begins that hub.toml names as gone (outputs/pages.py).
_GONE = "gone:"

#: How that of an event's own calendar begins: the file stays where it was when the event moves (outputs/calendars.py).
_CALENDAR = "calendar:"


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers public addresses: by address the id of it and the files it is made of, and by its id where each item is.

    ``written`` are the addresses that addresses.lock names.
    """

    promised: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    written: frozenset[str] = frozenset()


def facts(hub: Hub, settings: Settings, options: Options, scratch: Path, planned: Sequence[Planned]) -> Answers:  # noqa: ARG001 - as every subject
    """Return what answers each public address of a state."""
    public = {address_of(one.path): one for one in planned if one.promise}
    return Answers(
        {address: one.promise for address, one in public.items()},
        {address: one.sources for address, one in public.items()},
        {item.id: item.address for item in hub.items if item.is_listed},
        frozenset(one.address for one in hub.promises),
    )


def changes(before: Answers, after: Answers, broken: Collection[str] = (), today: Answers | None = None) -> tuple[AddressChange, ...]:
    """Return what becomes of addresses, in their order.

    What seems to go only because its file, one of the *broken*, cannot be read
    as it is now, stays.  *today* is what the first state answers now, where the
    two are of a later moment: what it does not answer yet, nobody has kept.
    """
    found = []
    for address in sorted({*before.promised, *after.promised}):
        was, now = _led(address, before), _led(address, after)
        if now is None and was is not None:
            now = _kept(address, before, after, broken)
        if was == now or (now is None and today is not None and address not in today.promised):
            continue
        if now is None:
            is_declared = after.promised.get(address, "").startswith(_GONE)
            found.append(AddressChange(address, "removed", is_declared=is_declared))
        else:
            found.append(AddressChange(address, "added" if was is None else "changed", now))
    return tuple(found)


def _led(address: str, state: Answers) -> str | None:
    """Return where an address leads, "" where something is there itself, ``None`` where nothing is but perhaps a word that it is gone."""
    name = state.promised.get(address)
    if name is None or name.startswith(_GONE):
        return None
    home = state.homes.get(name, address)
    return "" if home == address else home


def _kept(address: str, before: Answers, after: Answers, broken: Collection[str]) -> str | None:
    """Return where an address will lead of which the new state knows nothing.

    It may not be written down yet (addresses.lock), but it will be when the old
    state has been published, and then the build answers it.
    """
    if address in after.promised:
        return None
    if set(before.sources[address]) & set(broken):
        return _led(address, before)
    if address in before.written:
        # It was written down and is struck out now, so no build knows of it any more.
        return None
    name = before.promised[address]
    if name.startswith(_CALENDAR) and name.removeprefix(_CALENDAR) in after.homes:
        return ""
    return after.homes.get(name)
