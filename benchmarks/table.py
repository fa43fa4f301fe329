"""A result → tables in Markdown, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.contestants import CONTESTANTS
from benchmarks.results import Result, Run, growth, ratio
from benchmarks.scenarios import SCENARIOS

_TITLES = {one.name: one.title for one in CONTESTANTS}
_WHOLE = frozenset(one.name for one in CONTESTANTS if not one.is_incremental)
_ALL_ANEW = ", from nothing"
_MIB = 1024 * 1024

#: Above this share of the cores, what others did is told as a disturbance.
_QUIET = 0.05


def table(result: Result) -> str:
    """Return all of a result that is worth reading."""
    parts = [_head(result)]
    sizes = sorted({run.posts for run in result.runs})
    for posts in sizes:
        for scenario, title in SCENARIOS.items():
            runs = [run for run in result.runs if (run.posts, run.scenario) == (posts, scenario)]
            if runs:
                parts.append(f"## {posts} posts, {title}\n\n" + _lines(_times(_with_whole(runs, result.runs), result.runs)))
    if result.runs:
        first = {(run.posts, run.contestant): run for run in reversed(result.runs)}
        parts.append("## What they made\n\n" + _lines(_made(list(first.values())[::-1])))
    if len(sizes) > 1:
        parts.append("## What a post costs\n\n" + _lines(_growth(result.runs)))
    if result.left_out:
        parts.append("\n".join(f"Without {_TITLES.get(name, name)}: {why}." for name, why in result.left_out.items()))
    if told := _disturbed(result.runs):
        parts.append(told)
    return "\n\n".join(parts) + "\n"


def _head(result: Result) -> str:
    program, machine, corpus = result.handbill, result.machine, result.corpus
    changed = " and changes since" if program.get("is_changed") else ""
    memory = f", {machine['memory_bytes'] / (1024 * _MIB):.0f} GiB" if "memory_bytes" in machine else ""
    versions = ", ".join(f"{name} {version}" for name, version in sorted(result.versions.items()))
    commit = f"commit {str(program.get('commit'))[:12]} of {program.get('committed')}{changed}"
    return (
        f"Handbill {program.get('version')}, {commit};\n{versions}.\n"
        f"{machine.get('cores')} cores{memory}, {machine.get('processor', '')} ({machine.get('system')}, {machine.get('architecture')}); "
        f"{corpus.get('words')} words a post, in {', '.join(corpus.get('languages', ()))}, {corpus.get('events', 0):.0%} are events.\n"
        "Seconds are medians, with the least and the most; × is by how much it is slower than Hugo from nothing."
    )


def _with_whole(runs: Sequence[Run], every: Sequence[Run]) -> list[Run]:
    """Return runs of a scenario, and before them the whole builds of programs that know no other."""
    known = {(run.contestant, run.posts) for run in runs}
    whole = [run for run in every if run.scenario == "cold" and run.posts == runs[0].posts and run.contestant in _WHOLE]
    return [run for run in whole if (run.contestant, run.posts) not in known] + list(runs)


def _times(runs: Sequence[Run], every: Sequence[Run]) -> Iterator[Sequence[str]]:
    yield "", "s by the clock", "× Hugo", "s of the cores", "× Hugo", "MiB"
    for run in runs:
        cells = [_TITLES.get(run.contestant, run.contestant) + (_ALL_ANEW if run.scenario != runs[-1].scenario else "")]
        for what in ("wall_s", "cpu_s"):
            least, most = run.spread(what)
            times = ratio(run, every, what)
            spread = f" ({least:.2f}–{most:.2f})" if len(run.turns) > 1 else ""
            cells += [f"{run.median(what):.2f}{spread}", "" if times is None else f"{times:.2f}"]
        yield *cells, "" if run.memory_bytes is None else f"{run.memory_bytes / _MIB:.0f}"


def _made(runs: Sequence[Run]) -> Iterator[Sequence[str]]:
    yield "", "posts", "files", "MB", "pages of HTML", "MB of HTML", "kB a page"
    for run in runs:
        made = run.made
        each = made.html_bytes / made.html_files / 1000 if made.html_files else 0
        html = str(made.html_files), f"{made.html_bytes / 1e6:.1f}", f"{each:.1f}"
        yield _TITLES.get(run.contestant, run.contestant), str(run.posts), str(made.files), f"{made.bytes / 1e6:.1f}", *html


def _growth(runs: Sequence[Run]) -> Iterator[Sequence[str]]:
    yield "", "", "posts", "ms a post", "ms for each further one", "KiB a post", "KiB for each further one"
    for one in growth(runs):
        further = "" if one.further_s is None else f"{one.further_s * 1000:.3f}"
        held = "" if one.each_bytes is None else f"{one.each_bytes / 1024:.1f}"
        more = "" if one.further_bytes is None else f"{one.further_bytes / 1024:.1f}"
        name = _TITLES.get(one.run.contestant, one.run.contestant)
        yield name, SCENARIOS.get(one.run.scenario, ""), str(one.run.posts), f"{one.each_s * 1000:.3f}", further, held, more


def _disturbed(runs: Sequence[Run]) -> str:
    """Return by how much others kept the machine busy, if it was more than a little."""
    shares = [turn.others for run in runs for turn in run.turns if turn.others is not None]
    if not shares or max(shares) < _QUIET:
        return ""
    return f"Others used {min(shares):.0%} to {max(shares):.0%} of the cores meanwhile, so times by the clock are too long."


def _lines(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a table in Markdown, the first as its head; all columns but the first stand to the right."""
    every = list(rows)
    widths = [max(3, *(len(row[n]) for row in every)) for n in range(len(every[0]))]
    every.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "\n".join("| " + " | ".join(_padded(row, widths)) + " |" for row in every)


def _padded(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    yield row[0].ljust(widths[0])
    yield from (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
