"""Changed pages → entries for a reviewer: what the proposal itself writes first, and pages that differ in the same way as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handbill.reviewing.record import PageChange

#: What members open first; other kinds follow in the order of their addresses.
_HOME = frozenset({"", "/"})


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that differ in the same way; the first stands for all."""

    pages: tuple[PageChange, ...]

    @property
    def first(self) -> PageChange:
        """Return the page that is shown."""
        return self.pages[0]


def groups(pages: Iterable[PageChange]) -> tuple[Group, ...]:
    """Return entries, most important first: own pages that come, change and go, then those that follow, many at once before few."""
    found: dict[object, list[PageChange]] = {}
    for one in sorted(pages, key=_order):
        found.setdefault(_sameness(one), []).append(one)
    entries = [Group(tuple(alike)) for alike in found.values()]
    return tuple(sorted(entries, key=lambda group: (not group.first.is_own, -len(group.pages) if not group.first.is_own else 0)))


def _sameness(one: PageChange) -> object:
    """Return what two changes have in common that need to be looked at once."""
    told = tuple((run.how, run.text.strip()) for run in one.words if run.how != "same")
    if one.how != "changed" or not (told or one.marks):
        return one.address, one.since
    return told, one.marks, one.is_own, one.since


def _order(one: PageChange) -> tuple[bool, int, bool, str, str]:
    return (not one.is_own, ("added", "changed", "removed").index(one.how), one.address not in _HOME, one.address, one.since)
