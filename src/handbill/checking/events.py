"""What an event says of signing up, of connecting and of who came → what cannot all be true, or reaches nobody."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, Said, said
from handbill.hub.facets import Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.period import days_until
from handbill.hub.when import told

#: From how many midnights before it begins those who connect need to know where.
SOON = 2


def check_events(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each contradiction, and for each event that begins soon and that nobody could join."""
    for item in (*hub.items, *(one for one in hub.hidden if one.is_draft)):
        if not item.occurrences:
            continue
        yield from _attendance(item, hub)
        coming = [one for one in item.occurrences if one.finishes > hub.as_of and not one.is_off]
        # What is over or off misleads nobody any more.
        if coming:
            yield from _places(item)
            yield from _window(item, coming)
            yield from _address(item, min(coming, key=lambda one: one.begins), hub)


def _doubt(item: Item, field: str, found: Said, wanted: Said, code: str, level: Level) -> Problem:
    """Return a problem at the field, or at the group that it belongs to where it is not written."""
    where = field if field in item.places else field.partition(".")[0]
    return at(item, where, found, wanted, code, level, named=field)


def _attendance(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield totals that were written too early, and those that do not go together."""
    came = getattr(item.facts, "attendance", None)
    if came is None:
        return
    ends = min(one.finishes for one in item.occurrences)
    if ends > hub.as_of:
        found = said("how many came, while it is not over before {moment}", moment=told(ends))
        yield _doubt(item, "attendance", found, said("these totals once it is over"), "HB242", Level.WARNING)
        return
    if came.attended is None:
        return
    for name, part in (("walk_ins", came.walk_ins), ("first_timers", came.first_timers)):
        if part is not None and part > came.attended:
            found = said("{part}, more than came all together ({attended})", part=part, attended=came.attended)
            yield _doubt(item, f"attendance.{name}", found, said("{attended} at most", attended=came.attended), "HB243", Level.WARNING)
    if came.registered is not None and came.walk_ins is not None and came.attended > came.registered + came.walk_ins:
        found = said(
            "{attended}, more than had signed up ({registered}) and came without ({walk_ins})",
            attended=came.attended, registered=came.registered, walk_ins=came.walk_ins,
        )  # fmt: skip
        wanted = said("{sum} at most, or more walk_ins", sum=came.registered + came.walk_ins)
        yield _doubt(item, "attendance.attended", found, wanted, "HB243", Level.WARNING)


def _places(item: Item) -> Iterator[Problem]:
    """Yield more places taken than there are, and “full” where places are left."""
    signup, capacity = getattr(item.facts, "registration", None), getattr(item.facts, "capacity", None)
    if signup is None or not capacity or signup.taken is None:
        return
    if signup.taken > capacity:
        found = said("{taken}, more than there is room for ({capacity})", taken=signup.taken, capacity=capacity)
        yield _doubt(
            item, "registration.taken", found, said("{capacity} at most, or a larger capacity", capacity=capacity), "HB244", Level.WARNING
        )
    elif signup.is_full and signup.left:
        found = said("full, while {taken} of {capacity} places are taken", taken=signup.taken, capacity=capacity)
        yield _doubt(
            item, "registration.full", found, said("taken: {capacity}; or no line “full”", capacity=capacity), "HB244", Level.WARNING
        )


def _window(item: Item, coming: list[Occurrence]) -> Iterator[Problem]:
    """Yield signing up that opens once it has begun, or closes once it is over."""
    signup = getattr(item.facts, "registration", None)
    if signup is None:
        return
    begins, ends = max(one.begins for one in coming), max(one.finishes for one in coming)
    if signup.opens and signup.opens >= begins:
        found = said("{moment}, when it has begun ({begins})", moment=told(signup.opens), begins=told(begins))
        yield _doubt(item, "registration.opens", found, said("a moment before {begins}", begins=told(begins)), "HB245", Level.WARNING)
    elif signup.closes and signup.closes > ends:
        found = said("{moment}, when it is over ({ends})", moment=told(signup.closes), ends=told(ends))
        yield _doubt(item, "registration.closes", found, said("{begins} at the latest", begins=told(begins)), "HB245", Level.WARNING)


def _address(item: Item, soonest: Occurrence, hub: Hub) -> Iterator[Problem]:
    """Yield an event online that begins within two days while nobody knows where to connect."""
    online = item.online
    # What moved online is spoken of as a change.
    if online is None or online.address or online.is_withheld or soonest.status == "moved_online":
        return
    if getattr(item.facts, "mode", "") in ("online", "hybrid") and days_until(soonest.begins, hub.as_of, hub.zone) <= SOON:
        found = said("no address, and it begins on {moment}", moment=told(soonest.begins))
        wanted = said("the address where members connect; or “join_after_registration: true”, if only those who sign up get it")
        yield at(item, "mode", found, wanted, "HB246", Level.WARNING, named="join_url")
