"""The feeds of two states → what reading programs show anew, mend in silence, or never hear of again.

What counts is what the files say.  What the hub knows beyond them tells an
entry that only fell out at the end of a feed from one that was taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from handbill.hub.announced import MOMENTS
from handbill.hub.hub import Hub
from handbill.options import Options
from handbill.outputs.feed_record import tag_uri
from handbill.outputs.news import changed_at
from handbill.reviewing.feed_files import FeedEntry, entries_of, named, stem_of
from handbill.reviewing.record import FeedChange, How
from handbill.reviewing.words import runs, visible_words
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entry that any feed may hold: when it last changed, what calendars were told of it, and its file."""

    updated: str
    told: tuple[str, ...]
    source: str


def facts(hub: Hub, settings: Settings, options: Options, scratch: Path) -> Mapping[str, Known]:  # noqa: ARG001 - as every subject
    """Return every entry that feeds of a state may hold, by its id."""
    records = hub.told.records
    return {
        tag_uri(hub.host, item.id): Known(
            changed_at(item, hub).isoformat(),
            tuple(
                f"{one.state.facts} {one.state.whole} {one.is_gone}" for moment in ("", *MOMENTS) if (one := records.get(item.id + moment))
            ),
            item.source,
        )
        for item in hub.dated()
        if item.published
    }


def changes(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    known_before: Mapping[str, Known] | None = None,
    known_after: Mapping[str, Known] | None = None,
    broken: Collection[str] = (),
) -> tuple[FeedChange, ...]:
    """Return what happens to entries: *before* and *after* are the files that differ, by their paths, *known* the facts of both states.

    What seems to go only because its file, one of the *broken*, cannot be read
    as it is now, stays.
    """
    compare = _Comparison(before, after, known_before, known_after)
    lost = {name for name, one in (known_before or {}).items() if one.source in broken}
    found = [one for name in compare.names if name not in lost and (one := compare.of(name))]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.how), one.title, one.id)))


_ORDER: tuple[How, ...] = ("added", "changed", "removed")


class _Feeds:
    """The feeds of one state, those that differ: the entries of each in order, and each entry once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        stems = sorted({stem for path in files if (stem := stem_of(path))})
        self.names = {stem: "/" + named(stem, files) for stem in stems}
        self.feeds = {stem: entries_of(stem, files) for stem in stems}
        self.entries: dict[str, FeedEntry] = {}
        self.stems: dict[str, list[str]] = defaultdict(list)
        self.wholes: dict[tuple[str, str], Any] = {}
        for stem, entries in self.feeds.items():
            for one in entries:
                self.entries[one.id] = one
                self.wholes[stem, one.id] = one.whole
                self.stems[one.id].append(stem)

    def addresses(self, stems: Collection[str]) -> tuple[str, ...]:
        return tuple(sorted(self.names[stem] for stem in stems))


class _Comparison:
    """Compares the entries of two states, one after the other."""

    def __init__(
        self,
        before: Mapping[str, bytes],
        after: Mapping[str, bytes],
        known_before: Mapping[str, Known] | None,
        known_after: Mapping[str, Known] | None,
    ) -> None:
        self._before, self._after = _Feeds(before), _Feeds(after)
        self._known_before, self._known_after = known_before, known_after
        self.names = sorted({*self._before.entries, *self._after.entries})

    def of(self, name: str) -> FeedChange | None:
        """Return what happens to an entry, ``None`` where it is nothing that a member could notice."""
        was, now = self._before.entries.get(name), self._after.entries.get(name)
        if was and now:
            return self._both(was, now)
        return self._only_after(now) if now else self._only_before(was) if was else None

    def _both(self, was: FeedEntry, now: FeedEntry) -> FeedChange | None:
        left = [stem for stem in self._before.stems[was.id] if stem in self._after.feeds and stem not in self._after.stems[was.id]]
        entered = [stem for stem in self._after.stems[was.id] if stem in self._before.feeds and stem not in self._before.stems[was.id]]
        left = [stem for stem in left if not self._fell_out(stem, was)]
        entered = [stem for stem in entered if not self._slid_in(stem, now)]
        if not self._differs(was, now) and not left and not entered:
            return None
        told = self._change(now, "changed", self._after.addresses(self._after.stems[now.id]), self._is_told(was.updated, now))
        return replace(told, left=self._before.addresses(left), words=runs(_words_of(was), _words_of(now)))

    def _differs(self, was: FeedEntry, now: FeedEntry) -> bool:
        """Say whether any feed says something else of an entry than it did; where it changed feeds, whether its texts are others."""
        wholes = self._before.wholes, self._after.wholes
        common = [stem for stem in self._before.stems[was.id] if (stem, now.id) in wholes[1]]
        if common:
            return any(wholes[0][stem, was.id] != wholes[1][stem, now.id] for stem in common)
        return replace(was, whole=None) != replace(now, whole=None)

    def _only_after(self, now: FeedEntry) -> FeedChange | None:
        """Return what an entry is that no feed had which differs: new, up again, or back at the end where another one went."""
        stems = self._after.stems[now.id]
        old = (self._known_before or {}).get(now.id)
        if self._known_before is not None and old is None and not _is_digest(now.id):
            return self._change(now, "added", self._after.addresses(stems), is_told=True)
        if old and self._is_told(old.updated, now):
            return self._change(now, "changed", self._after.addresses(stems), is_told=True)
        # Where nothing is known of it, or it is no item, only its place tells whether it was there before.
        entered = [stem for stem in stems if not (stem in self._before.feeds and self._slid_in(stem, now))]
        if old:
            entered = [stem for stem in entered if stem in self._before.feeds]
        how: How = "changed" if old else "added"
        return self._change(now, how, self._after.addresses(entered), is_told=how == "added") if entered else None

    def _only_before(self, was: FeedEntry) -> FeedChange | None:
        """Return what an entry is that is in no feed any more which differs: taken back, or only old."""
        stems = [stem for stem in self._before.stems[was.id] if stem in self._after.feeds and not self._fell_out(stem, was)]
        is_gone = self._known_after is not None and was.id not in self._known_after and not _is_digest(was.id)
        if is_gone:
            stems = self._before.stems[was.id]
        return self._change(was, "removed", self._before.addresses(stems), is_told=False) if stems else None

    def _change(self, one: FeedEntry, how: How, feeds: tuple[str, ...], is_told: bool) -> FeedChange:
        return FeedChange(one.id, how, one.title, one.address, feeds, is_told, one.updated)

    def _is_told(self, updated: str, now: FeedEntry) -> bool:
        """Say whether programs show an entry again.

        What the last build told of a date may not be written down yet: then
        both states count from the same moment, and the next one is what
        members get.
        """
        if _instant(updated) != _instant(now.updated):
            return True
        old, new = ((known or {}).get(now.id) for known in (self._known_before, self._known_after))
        return bool(old and new and old.told and new.told and old.told != new.told)

    def _fell_out(self, stem: str, one: FeedEntry) -> bool:
        """Say whether an entry went at the end of a feed because others came before it."""
        return _is_beyond(one, self._before.feeds[stem], self._after.feeds[stem])

    def _slid_in(self, stem: str, one: FeedEntry) -> bool:
        """Say whether an entry came at the end of a feed because others went before it."""
        return _is_beyond(one, self._after.feeds[stem], self._before.feeds[stem])


def _is_beyond(one: FeedEntry, feed: Sequence[FeedEntry], other: Sequence[FeedEntry]) -> bool:
    """Say whether an entry of a feed stands where the other state of it has come to its end: behind all that both have."""
    names = {entry.id for entry in other}
    if len(other) < len(feed):
        return False
    if not any(entry.id in names for entry in feed):
        # Nothing in common tells what stands behind what; and there are so few weeks that none has to make room.
        return not _is_digest(one.id) and all(_instant(one.published) < _instant(entry.published) for entry in other)
    place = next(place for place, entry in enumerate(feed) if entry.id == one.id)
    return not any(entry.id in names for entry in feed[place:])


def _is_digest(name: str) -> bool:
    """Say whether an entry tells of a week or a month; it is no item."""
    return name.partition(":")[2].partition(":")[2].startswith("digest:")


def _words_of(one: FeedEntry) -> tuple[str, ...]:
    return (one.title, *one.summary.splitlines(), *visible_words(one.content))


def _instant(iso: str) -> datetime:
    # One form adds fractions of a second, so that no two entries are of one moment.
    return datetime.fromisoformat(iso).replace(microsecond=0)
