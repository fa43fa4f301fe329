"""Every entry and every date that members' programs would get is told, and no other; what is told of it is true.

Random edits of a small hub, and two readers that share nothing with the code
under test: Python's own for the RSS form, which it does not read, and
icalendar.  Here 120 edits in groups; more, one by one, take minutes::

    python -m tests.reviewing.test_every_entry 300 7
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import icalendar
import pytest
from tests.hubs import village
from tests.reviewing.built import State, differing, state_of
from tests.reviewing.edits import EDITS

from handbill.errors import Level
from handbill.reviewing import calendars, feeds
from handbill.reviewing.explained import unexplained
from handbill.reviewing.record import FileChange, Review
from handbill.reviewing.record import State as Named


def entries(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Return the items of each RSS feed by their ids, each as it stands there."""
    found: dict[str, dict[str, bytes]] = {}
    for path, raw in files.items():
        if path.endswith(".rss.xml"):
            items = ElementTree.fromstring(raw).findall("channel/item")  # noqa: S314 - our own
            for item in items:
                item.tail = ""
            found[path] = {item.findtext("guid", ""): ElementTree.tostring(item) for item in items}
    return found


def dates(files: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Return the entries of each calendar by their UIDs, all of one UID together."""
    found: dict[str, dict[str, bytes]] = {}
    for path, raw in files.items():
        own: dict[str, list[bytes]] = {}
        for event in icalendar.Calendar.from_ical(raw).walk("VEVENT") if path.endswith(".ics") else ():
            own.setdefault(str(event["UID"]), []).append(event.to_ical())
        found[path] = {uid: b"".join(sorted(parts)) for uid, parts in own.items()}
    return found


def other(before: dict[str, dict[str, bytes]], after: dict[str, dict[str, bytes]]) -> set[str]:
    """Return the names of what reads otherwise anywhere, comes or goes; not of what only stands in a file that is new or gone."""
    was, now = ({name for own in side.values() for name in own} for side in (before, after))
    found = was ^ now
    for path in before.keys() & after.keys():
        found |= {name for name in {*before[path], *after[path]} if before[path].get(name) != after[path].get(name)}
    for name in was & now:
        if {own[name] for own in before.values() if name in own} != {own[name] for own in after.values() if name in own}:
            found.add(name)
    return found


@dataclass
class Trial:
    """A hub that is edited again and again, and what was found wrong with what was told."""

    root: Path
    chance: Random
    edits: int = 0
    told: int = 0
    failures: list[str] = field(default_factory=list)

    def run(self, edits: int, together: int) -> None:
        standing = state_of(self.root)
        while self.edits < edits and len(self.failures) < 8:
            copy = self.root.with_name("before")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(self.root, copy)
            done = [said for edit in self.chance.choices(EDITS, k=together) if (said := edit(self.chance, self.root))]
            state = state_of(self.root)
            if any(one.level is Level.ERROR for one in state.found.problems):
                shutil.rmtree(self.root)
                copy.rename(self.root)
                continue
            self.edits += len(done)
            self.failures += [f"{done}: {wrong}" for wrong in self.wrong(standing, state)]
            standing = state

    def wrong(self, before: State, after: State) -> list[str]:
        """Return what was told and is not so, and what is so and was not told."""
        states = [(one.found.hub, one.found.settings, one.options, Path()) for one in (before, after)]
        told = feeds.changes(*differing(before.feeds, after.feeds), *(feeds.facts(*given) for given in states))
        dated = calendars.changes(*differing(before.calendars, after.calendars), *(calendars.facts(*given) for given in states))
        self.told += len(told) + len(dated)
        return [
            *_unlike("feeds", {one.id for one in told}, other(entries(before.feeds), entries(after.feeds))),
            *_unlike("dates", {one.uid for one in dated}, other(dates(before.calendars), dates(after.calendars))),
            *(f"told without a reason: {one}" for one in told if one.is_told and not _moved(one.id, before, after)),
            *(
                f"shown again, and not told: {one}"
                for one in told
                if one.how == "changed" and not one.is_told and _moved(one.id, before, after)
            ),
            *(f"the number grew, or not: {one}" for one in dated if one.is_told != _grew(one.uid, before, after)),
            *self._unexplained(before, after, Review(Named("a"), Named("b"), "", "fr", "", "", feeds=told, dates=dated)),
        ]

    @staticmethod
    def _unexplained(before: State, after: State, found: Review) -> list[str]:
        """Return the files of which some entry or date differs and none that is told stands there."""
        olds, news = before.feeds | before.calendars, after.feeds | after.calendars
        both = [path for path in olds.keys() & news.keys() if olds[path] != news[path]]
        files = tuple(FileChange(path, "changed", 1, 1) for path in both)
        kinds = [(entries(olds), entries(news)), (dates(olds), dates(news))]
        left = {
            one.path
            for one in unexplained(Review(found.base, found.head, "", "fr", "", "", feeds=found.feeds, dates=found.dates, files=files))
        }
        return [f"unexplained: {path}" for path in sorted(left) if any(was.get(path) != now.get(path) for was, now in kinds)]


def _unlike(what: str, told: set[str], is_so: set[str]) -> list[str]:
    return [f"{what}: not told {one}" for one in sorted(is_so - told)] + [f"{what}: told for nothing {one}" for one in sorted(told - is_so)]


def _moved(name: str, before: State, after: State) -> bool:
    """Say whether the moment of an entry's change is another one in any Atom feed."""
    found = []
    for files in (before.feeds, after.feeds):
        moments = set()
        for path, raw in files.items():
            if path.endswith(".atom.xml"):
                for node in ElementTree.fromstring(raw).findall("{*}entry"):  # noqa: S314 - our own
                    if node.findtext("{*}id") == name:
                        moments.add(node.findtext("{*}updated", "")[:19])
        found.append(moments)
    return found[0] != found[1]


def _grew(uid: str, before: State, after: State) -> bool:
    """Say whether the number of a date grew, or it is new."""
    numbers = []
    for files in (before.calendars, after.calendars):
        found = [
            int(event["SEQUENCE"])
            for raw in files.values()
            for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")
            if event["UID"] == uid
        ]
        numbers.append(max(found, default=-1))
    return numbers[1] > numbers[0]


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_every_entry_and_date_that_differs_is_told_and_no_other(tmp_path, seed):
    """What programs do with an entry cannot be taken back, so a reviewer is told of each, and of what it does."""
    trial = Trial(village(tmp_path), Random(seed))

    trial.run(edits=60, together=10)

    assert trial.failures == []
    assert trial.told > 40


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        many = Trial(village(Path(folder)), Random(int(sys.argv[2])))
        many.run(edits=int(sys.argv[1]), together=1)
    print(  # noqa: T201
        *many.failures, f"{many.edits} edits, {many.told} entries and dates told, {len(many.failures)} failures", sep="\n"
    )
