"""Two snapshots → what is wrong and since when, what nobody will see, and the moments at which something will appear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from handbill.errors import Level, Problem, said
from handbill.layout import FOLDERS
from handbill.reviewing.record import Found, Hidden, SourceChange
from handbill.reviewing.snapshot import About, Snapshot


def found_of(before: Iterable[Problem], after: Iterable[Problem], sources: Sequence[SourceChange]) -> tuple[Found, ...]:
    """Return the problems of the second state: those that come with the proposal first, errors before the rest.

    A line that only stands elsewhere in its file, or a file that only has
    another name, is no new problem.
    """
    names = {one.former: one.path for one in sources if one.former}
    known = Counter(_identity(one, names) for one in before)
    found: list[Found] = []
    for problem in sorted(after, key=lambda one: one.order):
        identity = _identity(problem, {})
        is_new = known[identity] <= 0
        known[identity] -= 1
        found.append(Found(problem, is_new))
    return tuple(sorted(found, key=lambda one: (not one.is_new, -one.problem.level, one.problem.order)))


def _identity(problem: Problem, names: Mapping[str, str]) -> tuple[str, str, str, str, int]:
    return names.get(problem.path, problem.path), problem.field, problem.code, str(problem.found), problem.level


def broken_in(state: Snapshot) -> frozenset[str]:
    """Return the files that cannot be read, so that it is not known what they would be."""
    known = {item.source for item in state.items.values()}
    return frozenset(one.path for one in state.problems if one.level is Level.ERROR) - known


def links_of(sources: Sequence[SourceChange]) -> tuple[Problem, ...]:
    """Return the problems that a build would tell of symbolic links; laid out as plain files they look as if they were texts."""
    content = [one for one in sources if one.what == "symlink" and one.how != "removed" and one.path.split("/")[0] in FOLDERS]
    return tuple(Problem(one.path, 0, 0, "", said("a symbolic link"), said("the file itself"), "HB122") for one in content)


def hidden_of(before: Snapshot, after: Snapshot, sources: Sequence[SourceChange], later: Collection[About]) -> tuple[Hidden, ...]:
    """Return the items whose files the proposal changes and that members do not find, in order of their files."""
    olds, news = before.by_source(), after.by_source()
    waiting = {one.source for one in later}
    broken = broken_in(after)
    found: list[Hidden] = []
    for one in sources:
        item = news.get(one.path)
        if item is None:
            if one.how != "removed" and one.path in broken and one.part == "content":
                former = olds.get(one.former or one.path)
                found.append(Hidden(one.path, former.title if former else "", "broken"))
        elif item.why_hidden in ("draft", "unlisted"):
            found.append(Hidden(one.path, item.title, "draft" if item.why_hidden == "draft" else "unlisted"))
        elif item.source in waiting:
            found.append(Hidden(one.path, item.title, "later"))
    return tuple(found)


def moments_of(
    before: Snapshot, after: Snapshot, touched: Collection[str], as_of: datetime, most: int
) -> tuple[tuple[datetime, ...], tuple[About, ...]]:
    """Return the moments after *as_of* at which something of the proposal will appear, and the items of those left out."""
    waits: dict[datetime, list[About]] = {}
    for state in (before, after):
        for item in state.items.values():
            if item.source in touched and item.why_hidden == "waiting":
                waits.setdefault(datetime.fromisoformat(item.published).astimezone(as_of.tzinfo), []).append(item)
    for awaited in set(before.awaited) ^ set(after.awaited):
        waits.setdefault(datetime.fromisoformat(awaited).astimezone(as_of.tzinfo), [])
    moments = sorted(moment for moment in waits if moment > as_of)
    return tuple(moments[:most]), tuple(item for moment in moments[most:] for item in waits[moment])
