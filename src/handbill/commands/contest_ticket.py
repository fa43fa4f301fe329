"""The command that turns a list of entries into tickets: contest ticket; and how rows that cannot be read are told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import said
from handbill.telling import line_of, tell, tell_count

if TYPE_CHECKING:
    from handbill.contests.steps import Contest
    from handbill.contests.ticketing import Ticketed
    from handbill.errors import Problem, Said
    from handbill.sending.sheets import Fault

#: Why an entry does not count, as people are told it.
_REASONS: Mapping[str, Said] = {
    "excluded": said("of people who cannot enter"),
    "early": said("before entries opened"),
    "late": said("too late"),
    "double": said("sent twice in the same second"),
    "over": said("beyond what the rules allow (the first ones count)"),
}

#: So many rows of one sort are named, and the others counted.
_MOST_ROWS = 40

order_option = click.option(
    "--day-first/--month-first",
    "is_day_first",
    default=None,
    help="Whether 03/04/2026 begins with its day or its month, where the list does not show it.",
)


@click.command(short_help="Turn a list of entries, which lies outside Git, into tickets.")
@click.argument("name", metavar="CONTEST")
@click.argument("entries", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), metavar="TICKETS.csv", help="Write address and ticket here.")
@click.option(
    "--excluded",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Who cannot enter: one address to a line, outside Git.",
)
@order_option
@click.option("--despite", is_flag=True, help="Leave out rows that cannot be read; they are counted.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def ticket(
    called: Called, /, name: str, entries: Path, output: Path | None, excluded: Path | None, is_day_first: bool | None, despite: bool,
    as_of: str | None,
) -> int:  # fmt: skip
    """Give whoever is in ENTRIES, a CSV file, the ticket that stands for them in the pool of CONTEST.

    The moment that stands in a row says whether it was in time. No address is
    ever printed; without --output, only counts are. The same person always gets
    the same ticket.
    """
    from handbill.contests.steps import contest_named
    from handbill.contests.ticketing import ticketed

    with called.screen.progress() as show:
        show(said("Reading the list"))
        contest = contest_named(name, called.options(as_of=as_of))
        found = ticketed(contest, private_folder(called, contest), entries, output, excluded, order_of(is_day_first), despite)
    if called.form == "json":
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        for line in (*_lines(contest, found, entries, output, called.lang), *open_lines(called, entries)):
            click.echo(line)
    return 0 if found.is_written or (output is None and not found.faults and not found.excluded_faults) else 1


def private_folder(called: Called, contest: Contest) -> Path:
    """Return the folder of what names people."""
    from handbill.sending.private import read_private

    return read_private(called.root, contest.settings.base_url).folder


def order_of(is_day_first: bool | None) -> Any:
    """Return which of day and month comes first, "" where nobody said it."""
    return "" if is_day_first is None else "day" if is_day_first else "month"


def fault_lines(name: str, faults: Iterable[Fault], lang: str) -> Iterator[str]:
    """Yield what is wrong with a list, rows of one fault together; nothing that stands in them."""
    by_fault: dict[tuple[Said, Said], list[int]] = {}
    for one in faults:
        by_fault.setdefault((one.found, one.wanted), []).append(one.number)
    for (found, wanted), rows in by_fault.items():
        if rows == [0]:
            yield tell(said("{name}: found {found}, wanted {wanted}", name=name, found=found, wanted=wanted), lang)
        else:
            told = said("{name}, {rows}: found {found}, wanted {wanted}", name=name, rows=rows_told(rows), found=found, wanted=wanted)
            yield tell(told, lang)


def open_lines(called: Called, file: Path) -> Iterator[str]:
    """Yield a warning where a list of people lies open to others, or where a commit can publish it."""
    from handbill.sending.outside import is_in_repository, is_open_to_others

    if is_open_to_others(file):
        command = f"chmod 600 {file}"
        yield tell(
            said("Other accounts of this machine may read {name}. To close it: {command}", name=file.name, command=command), called.lang
        )
    if is_in_repository(file, called.root):
        yield tell(said("{name} lies in a repository, from which a commit can publish it. Put it elsewhere.", name=file.name), called.lang)


def rows_told(rows: Sequence[int]) -> Said:
    """Return numbers of rows, the first of many."""
    from handbill.sending.census import ranges

    shown = sorted(rows)[:_MOST_ROWS]
    numbers = ranges(shown) + (f" … (+{len(rows) - len(shown)})" if len(rows) > len(shown) else "")
    return said("row {row}", row=numbers) if len(rows) == 1 else said("rows {rows}", rows=numbers)


def plain_faults(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults as programs read them."""
    return [{"row": one.number, "found": one.found, "wanted": one.wanted} for one in faults]


def _lines(contest: Contest, found: Ticketed, entries: Path, output: Path | None, lang: str) -> Iterator[str]:
    counted = found.counted
    yield tell_count("{n} entry can be read.", "{n} entries can be read.", found.entries, lang)
    people = tell_count("{n} person is in", "{n} people are in", len(counted.entrants), lang)
    chances = tell_count("{n} chance", "{n} chances", found.chances, lang)
    yield f"  {people} ({chances})"
    for reason, rows in counted.left.items():
        count = tell_count("{n} entry", "{n} entries", len(rows), lang)
        told = said("{count} {why}: {rows}", count=count, why=_REASONS[reason], rows=rows_told(rows))
        yield f"  {tell(told, lang)}"
    yield from fault_lines(entries.name, found.faults, lang)
    yield from _excluded_lines(found.excluded_faults, lang)
    if output is None:
        return
    if not found.is_written:
        yield tell(said("{path} was not written.", path=output), lang)
        if found.faults:
            yield tell(said("Mend these rows, or leave them out: --despite"), lang)
        return
    yield tell(said("Written: {path}", path=output), lang)
    yield tell(said("Send everybody their ticket. Once entries are closed:"), lang)
    yield f"  python3 build.py contest freeze {contest.id} --tickets {output}"


def _excluded_lines(problems: Iterable[Problem], lang: str) -> Iterator[str]:
    for one in problems:
        yield line_of(one, lang)


def _plain(found: Ticketed) -> dict[str, Any]:
    return {
        "entries": found.entries,
        "people": len(found.counted.entrants),
        "chances": found.chances,
        "left_out": {reason: list(rows) for reason, rows in found.counted.left.items()},
        "faults": plain_faults(found.faults),
        "excluded_faults": [{"row": one.line, "found": one.found, "wanted": one.wanted} for one in found.excluded_faults],
        "written": found.is_written,
    }
