"""The command that says who stands behind the winning tickets, in a closed file: contest winners."""

from __future__ import annotations

import json
from pathlib import Path

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.commands.contest_ticket import fault_lines, plain_faults, private_folder
from handbill.errors import said
from handbill.telling import tell, tell_count


@click.command(short_help="Write down who stands behind the winning tickets, outside Git.")
@click.argument("name", metavar="CONTEST")
@click.argument("entries", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE", help="Where to write it, outside Git."
)
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def winners(called: Called, /, name: str, entries: Path, output: Path, as_of: str | None) -> int:
    """Find the winners and substitutes of CONTEST in ENTRIES, the list of entries or the file of tickets, and write them into FILE.

    No name and no address is printed.
    """
    from handbill.contests.steps import contest_named
    from handbill.contests.winning import write_winners

    with called.screen.progress() as show:
        show(said("Reading the list"))
        contest = contest_named(name, called.options(as_of=as_of))
        found = write_winners(contest, private_folder(called, contest), entries, output)
    if called.form == "json":
        told = {
            "contest": contest.id,
            "winners": found.winners,
            "substitutes": found.substitutes,
            "unknown": list(found.unknown),
            "faults": plain_faults(found.faults),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 1 if found.unknown else 0
    lang = called.lang
    click.echo(tell_count("{n} winner", "{n} winners", found.winners, lang))
    click.echo(tell_count("{n} substitute", "{n} substitutes", found.substitutes, lang))
    for line in fault_lines(entries.name, found.faults, lang):
        click.echo(line)
    click.echo(tell(said("Written: {path}", path=output), lang))
    if found.unknown:
        click.echo(tell(said("Nobody in {name} has the ticket: {tickets}", name=entries.name, tickets=", ".join(found.unknown)), lang))
        return 1
    click.echo(tell(said("Write to them. Who does not answer, declines or could not enter is passed over:"), lang))
    click.echo(f"  python3 build.py contest skip {contest.id} TICKET unreachable")
    return 0
