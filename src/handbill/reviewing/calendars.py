"""The calendars of two states → what happens to each date in the programs of those who subscribed.

What counts is what the files say.  What the ledger knows beyond them decides
whether a date was called off or vanishes in silence, and whether its number
will grow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbill.checking.addresses import address_of
from handbill.hub.hub import Hub
from handbill.options import Options
from handbill.reviewing.calendar_blocks import Blocks, Properties, blocks_of, properties_of, uid_of
from handbill.reviewing.calendar_blocks import zone_of as zone_named
from handbill.reviewing.dates import NAMES, PLANNED_BY, by_the_rule, facts_of, first, is_off, shift_of, starts_of, text, zone_of
from handbill.reviewing.feed_files import OF_THEME
from handbill.reviewing.record import DateChange, Detail, How
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a UID: whether calendars hold it, whether its item vanished, and the digest of what members plan by.

    ``is_owed``: whoever takes it away owes members the word that it is called off.
    """

    is_shown: bool
    is_gone: bool
    is_owed: bool
    planned_by: str
    source: str = ""


def facts(hub: Hub, settings: Settings, options: Options, scratch: Path) -> Mapping[str, Known]:  # noqa: ARG001 - as every subject
    """Return all that the calendars of a state know, by UID."""
    waiting = (item for item in hub.hidden if item.kind == "issue" and not item.is_draft)
    shown = {item.id: item.source for item in (*hub.listed(hub.items), *waiting)}
    known = {}
    for name, one in hub.told.records.items():
        source = shown.get(name.partition("#")[0], "")
        is_shown = bool(source) and not one.is_gone
        # As a build decides it (hub/announced.py).
        is_owed = is_shown and bool(one.state.facts) and hub.as_of < one.state.leaves
        known[one.uid] = Known(is_shown, one.is_gone, is_owed, one.state.facts, source)
    return known


def changes(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    known_before: Mapping[str, Known] | None = None,
    known_after: Mapping[str, Known] | None = None,
    broken: Collection[str] = (),
) -> tuple[DateChange, ...]:
    """Return what happens to dates: *before* and *after* are the files that differ, by their paths, *known* the facts of both states.

    What seems to go only because its file, one of the *broken*, cannot be read
    as it is now, stays.
    """
    lost = {uid for uid, one in (known_before or {}).items() if one.source in broken}
    compare = _Comparison(before, after, known_before or {}, known_after or {}, lost)
    return tuple(sorted(compare.all(), key=lambda one: (one.starts, one.title, one.uid, one.how)))


class _Calendars:
    """The calendars of one state, those that differ: every entry once, and the calendars in which it stands.

    An entry is known by its UID and, of one date of a series that is
    otherwise, by the day that it was by the rule: "" for the series itself.
    """

    def __init__(self, calendars: Mapping[str, Blocks], uids: Collection[bytes]) -> None:
        self.addresses = frozenset(calendars)
        self.zone = next((found for one in calendars.values() if (found := zone_named(one.head))), "")
        self.entries: dict[str, dict[str, Properties]] = defaultdict(dict)
        self.places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        read: dict[bytes, Properties] = {}
        for address, calendar in calendars.items():
            for block in calendar.events:
                if block not in read:
                    if uid_of(block) not in uids:
                        continue
                    read[block] = properties_of(block)
                uid, day = text(read[block], "UID"), first(read[block], "RECURRENCE-ID").value[:8]
                self.entries[uid][day] = read[block]
                self.places[uid][day].append(address)


def _blocks(files: Mapping[str, bytes]) -> dict[str, Blocks]:
    return {address_of(path): blocks_of(raw) for path, raw in sorted(files.items()) if not path.startswith(OF_THEME)}


def _differing(before: Mapping[str, Blocks], after: Mapping[str, Blocks]) -> frozenset[bytes]:
    """Return the UIDs of what is not the same in both states: of thousands of events, one or two."""
    every = [frozenset().union(*(one.events for one in side.values())) for side in (before, after)]
    found: set[bytes] = set(every[0] ^ every[1])
    for address in before.keys() & after.keys():
        found |= before[address].events ^ after[address].events
    return frozenset(map(uid_of, found))


class _Comparison:
    """Compares the entries of one UID after the other."""

    def __init__(
        self,
        before: Mapping[str, bytes],
        after: Mapping[str, bytes],
        known_before: Mapping[str, Known],
        known_after: Mapping[str, Known],
        lost: Collection[str],
    ) -> None:
        was, now = _blocks(before), _blocks(after)
        uids = _differing(was, now)
        self._before, self._after = _Calendars(was, uids), _Calendars(now, uids)
        self._known_before, self._known_after = known_before, known_after
        self._zone = self._after.zone or self._before.zone
        self._lost = frozenset(lost)
        self._in_both = self._before.addresses & self._after.addresses

    def all(self) -> Iterator[DateChange]:
        for uid in sorted({*self._before.entries, *self._after.entries} - self._lost):
            yield from self._of(uid)

    def _of(self, uid: str) -> Iterator[DateChange]:
        """Yield what happens to an entry, and to single dates of it that are otherwise than all the rest."""
        old, new = self._before.entries.get(uid, {}), self._after.entries.get(uid, {})
        was, now = old.get(""), new.get("")
        whole = self._whole(uid, was, now)
        if was is None or now is None or (whole and whole.how == "removed"):
            yield from (whole,) if whole else ()
            return
        days = sorted({*old, *new} - {""})
        singles = [one for day in days if (one := self._single(uid, day, was, now, whole.details if whole else ()))]
        # The number of a series grows with that of its single dates, which is no change of the series.
        if whole and (whole.details or not singles):
            yield whole
        yield from singles

    def _whole(self, uid: str, was: Properties | None, now: Properties | None) -> DateChange | None:
        """Return what happens to an entry, ``None`` where nothing does."""
        left, entered = self._moved(uid, "")
        old, new = self._known_before.get(uid), self._known_after.get(uid)
        vanished = self._vanishes(uid)
        # A calendar that did not change is not here, and may hold it all the same.
        was_there = was is not None or (old is not None and old.is_shown)
        is_there = (now is not None or (new is not None and new.is_shown)) and not vanished
        how: How = "changed" if is_there and was_there else "added" if is_there else "removed"
        if how == "changed":
            was, now = was or now, now or was
        if (was == now and not left and not entered) or not (was or now):
            return None
        details = [] if now is None or vanished else list(self._details(was, now))
        if how == "changed" and (left or entered):
            details.append(Detail("calendars", ", ".join(left), ", ".join(entered)))
        return self._change(uid, "", how, was, now, tuple(details))

    def _single(self, uid: str, day: str, was: Properties, now: Properties, whole: tuple[Detail, ...]) -> DateChange | None:
        """Return what happens to one date of a series, ``None`` where it is only what happens to all of them."""
        old, new = self._before.entries[uid].get(day), self._after.entries[uid].get(day)
        names = {one.name for one in whole}
        if old == new or (new is None and names & {"repeats", "start"}):
            # Where all dates are others, those that were otherwise are gone with the rest.
            return None
        then = old or (by_the_rule(now if names & {"repeats", "start"} else was, new) if new else None)
        later = new or (by_the_rule(now, old) if old else None)
        if then is None and later is None:
            return None
        told = [one for one in self._details(then, later) if one not in whole]
        if then and later and shift_of(then, later) == shift_of(was, now):
            told = [one for one in told if one.name not in ("start", "end")]
        if not told and then and later:
            return None
        how: How = "changed" if then and later else "added" if later else "removed"
        return self._change(uid, day, how, then, later, tuple(told))

    def _change(
        self, uid: str, day: str, how: How, was: Properties | None, now: Properties | None, details: tuple[Detail, ...]
    ) -> DateChange:
        shown = now or was
        assert shown is not None
        # One number for the whole series, and so for a date that has had no entry of its own.
        then, later = self._before.entries.get(uid, {}).get("", was), self._after.entries.get(uid, {}).get("", now)
        sequence, is_told = self._number(uid, how, then, later, details)
        # A date of a series without an entry of its own stands where the series does.
        stands = [self._after, self._before] if now else [self._before, self._after]
        places = next((found for one in stands for name in (day, "") if (found := one.places.get(uid, {}).get(name))), [])
        zone = zone_of(shown)
        return DateChange(
            uid=uid,
            how=how,
            title=text(shown, "SUMMARY"),
            starts=starts_of(was if was and is_off(now) and not is_off(was) else shown, self._zone),
            calendars=tuple(places),
            details=details,
            sequence=sequence,
            is_cancelled=not is_off(was) and (is_off(now) or (how == "removed" and self._vanishes(uid))),
            zone="" if zone == self._zone else zone,
            is_told=is_told,
        )

    def _number(self, uid: str, how: How, was: Properties | None, now: Properties | None, details: tuple[Detail, ...]) -> tuple[int, bool]:
        """Return the number of the new entry, and whether it grew.

        What the last build told may not be written down yet: then both states
        count from the same number, and the one after it is what members get.
        """
        then, later = (int(text(one, "SEQUENCE") or 0) if one else None for one in (was, now))
        if how == "removed" and self._vanishes(uid):
            return max(later or 0, (then or 0) + 1), True
        if later is None or then is None:
            return (then or 0, False) if later is None else (later, how == "added")
        old, new = self._known_before.get(uid), self._known_after.get(uid)
        is_other = old.planned_by != new.planned_by if old and new else any(one.name in PLANNED_BY for one in details)
        return (max(later, then + 1), True) if later > then or is_other else (later, False)

    def _vanishes(self, uid: str) -> bool:
        """Say whether an entry is called off because its item is there no more.

        What was told may not be written down yet, and then the new state knows
        nothing of it; but it will be, when the old one has been published.
        """
        old, new = self._known_before.get(uid), self._known_after.get(uid)
        return new.is_gone and not (old and old.is_gone) if new else bool(old and old.is_owed)

    def _moved(self, uid: str, day: str) -> tuple[list[str], list[str]]:
        """Return the calendars that an entry leaves and enters, of those that are there before and after."""
        was, now = (self._in_both & set(one.places.get(uid, {}).get(day, ())) for one in (self._before, self._after))
        return sorted(was - now), sorted(now - was)

    def _details(self, was: Properties | None, now: Properties | None) -> Iterator[Detail]:
        """Yield what differs; of what is new, what a member gets besides its title and start."""
        then, told = facts_of(was, self._zone), facts_of(now, self._zone)
        for name in NAMES:
            old, new = then.get(name, ""), told.get(name, "")
            if old == new or (was is None and (name not in PLANNED_BY or name == "start" or new in ("CONFIRMED", self._zone))):
                continue
            if not (was and now and _follows(name, old, new, then, told)):
                yield Detail(name, old, new)


def _follows(name: str, old: str, new: str, then: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Say whether one thing that differs only follows from another, so that it need not be told as well."""
    if name == "title":
        # The word for what became of it stands in front.
        return then["standing"] != told["standing"] and (old.endswith(new) or new.endswith(old))
    if name in ("not on", "also on"):
        days = [[day[:10] for day in one.split(", ")] for one in (old, new)]
        return then["start"] != told["start"] and days[0] == days[1]
    # Whole days are by no clock.
    return name == "time zone" and not (old and new)


__all__ = ["Known", "changes", "facts"]
