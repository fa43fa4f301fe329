"""The commands of a jury: contest ballot template, seal, votes and reveal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.commands.contest_ticket import fault_lines, plain_faults, private_folder
from handbill.errors import said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbill.contests.balloting import Sealed, Sitting
    from handbill.sending.sheets import Fault

_FILE = click.Path(path_type=Path, dir_okay=False)
_as_of_option = click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")


@click.group("ballot", short_help="Mark, seal and show the ballots of a jury.")
def ballot() -> None:
    """Hand out the sheets of a jury, commit the digest of each ballot, and show the ballots once all are in."""


@ballot.command(short_help="Write an empty sheet for a juror.")
@click.argument("name", metavar="CONTEST")
@click.option("--output", type=_FILE, required=True, metavar="FILE.csv", help="Where to write it, outside Git.")
@_as_of_option
@json_option
@lang_option
@click.pass_obj
def template(called: Called, /, name: str, output: Path, as_of: str | None) -> int:
    """Write a sheet with a row for each ticket of CONTEST and a column for each criterion, for one juror to fill in.

    The last column is for a cross where the juror knows the entrant; such a
    work is not marked.
    """
    from handbill.contests.hidden import write_hidden
    from handbill.contests.marking import blank_sheet

    with called.screen.progress() as show:
        sitting = _sitting(called, name, as_of, show)
        separator = ";" if called.lang == "fr" else ","
        raw = blank_sheet(sitting.criteria, sitting.lines, tell(said("conflict"), called.lang), separator)
        write_hidden(output, raw, called.root)
    if called.form == "json":
        told = {"contest": sitting.contest.id, "tickets": len(sitting.lines), "criteria": [one.name for one in sitting.criteria]}
        click.echo(json.dumps({**told, "file": str(output)}, ensure_ascii=False, indent=2))
        return 0
    click.echo(tell(said("Written: {path}", path=output), called.lang))
    click.echo(
        tell_count(
            "{n} work to mark, and a cross for conflicts", "{n} works to mark, and a cross for conflicts", len(sitting.lines), called.lang
        )
    )
    click.echo(tell(said("Give a copy to each juror: {jurors}", jurors=", ".join(sitting.jurors)), called.lang))
    return 0


@ballot.command(short_help="Commit the digest of a juror's ballot.")
@click.argument("name", metavar="CONTEST")
@click.argument("juror")
@click.argument("file", type=_FILE)
@_as_of_option
@json_option
@lang_option
@click.pass_obj
def seal(called: Called, /, name: str, juror: str, file: Path, as_of: str | None) -> int:
    """Commit the digest of what JUROR marked in FILE, and keep the ballot outside Git until all are in.

    It is done once: nothing can be changed afterwards.
    """
    from handbill.contests.balloting import check_unsealed, juror_called
    from handbill.contests.balloting import seal as seal_ballot
    from handbill.contests.hidden import refuse_repository
    from handbill.contests.marking import read_marks

    with called.screen.progress() as show:
        sitting = _sitting(called, name, as_of, show)
        juror = juror_called(sitting, juror)
        check_unsealed(sitting, juror)
        refuse_repository(file, called.root)
        marks = read_marks(file, sitting.criteria, sitting.lines)
        done = None if marks.faults else seal_ballot(sitting, juror, marks, private_folder(called, sitting.contest))
    if done is None:
        return _tell_faults(called, file, marks.faults)
    if called.form == "json":
        told = {"juror": juror, "marked": len(marks.marks), "conflicts": len(marks.conflicts), **_plain(done)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    marked = [tell_count("{n} work marked", "{n} works marked", len(marks.marks), called.lang)]
    if many := len(marks.conflicts):
        marked.append(tell_count("{n} in conflict", "{n} in conflict", many, called.lang))
    click.echo(tell(said("{juror}: {marked}", juror=juror, marked=", ".join(marked)), called.lang))
    for line in _lines(done, called.lang):
        click.echo(line)
    return 0


@ballot.command(short_help="Commit how many members voted for each work.")
@click.argument("name", metavar="CONTEST")
@click.argument("file", type=_FILE)
@_as_of_option
@json_option
@lang_option
@click.pass_obj
def votes(called: Called, /, name: str, file: Path, as_of: str | None) -> int:
    """Commit the counts in FILE, two columns: ticket and votes. They count like one juror more.

    All jurors must have sealed before, as the counts are public.
    """
    from handbill.contests.balloting import check_unsealed, seal_votes
    from handbill.contests.marking import read_counts
    from handbill.draw.ballots import VOTES

    with called.screen.progress() as show:
        sitting = _sitting(called, name, as_of, show)
        check_unsealed(sitting, VOTES)
        found = read_counts(file, sitting.lines)
        done = None if found.faults else seal_votes(sitting, found.counts)
    if done is None:
        return _tell_faults(called, file, found.faults)
    total = sum(found.counts.values())
    if called.form == "json":
        click.echo(json.dumps({"votes": total, **_plain(done)}, ensure_ascii=False, indent=2))
        return 0
    click.echo(tell_count("{n} vote counted", "{n} votes counted", total, called.lang))
    for line in _lines(done, called.lang):
        click.echo(line)
    return 0


@ballot.command(short_help="Show a juror's ballot, once all are sealed.")
@click.argument("name", metavar="CONTEST")
@click.argument("juror")
@click.argument("file", type=_FILE, required=False)
@_as_of_option
@json_option
@lang_option
@click.pass_obj
def reveal(called: Called, /, name: str, juror: str, file: Path | None, as_of: str | None) -> int:
    """Commit the ballot that JUROR sealed. FILE is the ballot, where another machine kept it."""
    from handbill.contests.balloting import hidden_place, juror_called, unjudged
    from handbill.contests.balloting import reveal as reveal_ballot
    from handbill.draw.ballots import ballot_file

    with called.screen.progress() as show:
        sitting = _sitting(called, name, as_of, show)
        juror = juror_called(sitting, juror)
        id_ = sitting.contest.id
        after = reveal_ballot(sitting, juror, file or hidden_place(private_folder(called, sitting.contest), id_, juror))
    path = f"{sitting.contest.folder}/{ballot_file(juror)}"
    waiting = (after or sitting).unshown
    if called.form == "json":
        told = {"contest": id_, "juror": juror, "is_new": after is not None, "file": path, "waiting": list(waiting)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    if after is None:
        click.echo(tell(said("{file} is there already, as it was sealed.", file=path), called.lang))
    else:
        click.echo(tell(said("Written: {file}. It is the ballot that was sealed.", file=path), called.lang))
    if waiting:
        click.echo(tell(said("Not shown yet: {jurors}", jurors=", ".join(waiting)), called.lang))
    else:
        if left := unjudged(after or sitting):
            lost = said("Marked by fewer than two jurors, so that they cannot win: {tickets}", tickets=", ".join(left))
            click.echo(tell(lost, called.lang))
        click.echo(tell(said("All ballots are shown. Next: {command}", command=f"python3 build.py contest draw {id_}"), called.lang))
    return 0


def _sitting(called: Called, name: str, as_of: str | None, show: Any) -> Sitting:
    from handbill.contests.balloting import sitting_of
    from handbill.contests.steps import contest_named

    show("Reading")
    return sitting_of(contest_named(name, called.options(as_of=as_of)))


def _tell_faults(called: Called, file: Path, faults: Sequence[Fault]) -> int:
    """Say what cannot be read; nothing was committed then."""
    if called.form == "json":
        click.echo(json.dumps({"is_sealed": False, "faults": plain_faults(faults)}, ensure_ascii=False, indent=2))
        return 1
    for line in fault_lines(file.name, faults, called.lang):
        click.echo(line)
    click.echo(tell(said("Nothing was sealed."), called.lang))
    return 1


def _plain(done: Sealed) -> dict[str, Any]:
    return {
        "contest": done.sitting.contest.id,
        "is_sealed": True,
        "digest": done.digest,
        "file": str(done.place) if done.place else None,
        "is_late": done.sitting.is_late,
        "waiting": list(done.sitting.unsealed),
    }


def _lines(done: Sealed, lang: str) -> Iterator[str]:
    sitting = done.sitting
    yield tell(said("Sealed: {digest}", digest=done.digest), lang)
    if done.place:
        yield tell(said("Commit {file}; it holds this digest and no mark.", file=f"{sitting.contest.folder}/record.json"), lang)
        yield tell(
            said("The ballot itself stays here until all are sealed; without it the contest cannot end: {path}", path=done.place), lang
        )
    else:
        yield tell(said("Commit {folder}; votes are public.", folder=f"{sitting.contest.folder}/"), lang)
    if sitting.is_late:
        yield tell(said("The lots that part equal works are known already; everybody can see that this came after them."), lang)
    if sitting.unsealed:
        yield tell(said("Not sealed yet: {jurors}", jurors=", ".join(sitting.unsealed)), lang)
    else:
        command = f"python3 build.py contest ballot reveal {sitting.contest.id} {sitting.jurors[0]}"
        yield tell(said("All are sealed. Now show each ballot: {command}", command=command), lang)
