"""The commands of a quiz: contest answers digest and reveal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.commands.contest_ticket import fault_lines, plain_faults
from handbill.errors import said
from handbill.telling import tell, tell_count

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("answers", short_help="Promise the right answers of a quiz, and show them.")
def answers() -> None:
    """Promise the right answers of a quiz by their digest before it opens, and show them once its pool is frozen."""


@answers.command(short_help="Make the digest of the right answers, for the rules.")
@click.argument("file", type=_FILE)
@click.option("--output", type=_FILE, default=None, metavar="FILE.json", help="Where to keep them, outside Git; default: beside FILE.")
@json_option
@lang_option
@click.pass_obj
def digest(called: Called, /, file: Path, output: Path | None) -> int:
    """Read the right answers from FILE, a CSV file outside Git, and print what to write under “quiz” in the contest's text.

    A row holds the number of a question and its answer; more right answers
    stand in further cells, or after a “|”. The row of the last question is called
    “tiebreak”, and holds a number.
    """
    from handbill.contests.answering import key_place, promise, read_right
    from handbill.contests.hidden import refuse_repository

    refuse_repository(file, called.root)
    right = read_right(file)
    if right.faults:
        if called.form == "json":
            click.echo(json.dumps({"is_promised": False, "faults": plain_faults(right.faults)}, ensure_ascii=False, indent=2))
            return 1
        for line in fault_lines(file.name, right.faults, called.lang):
            click.echo(line)
        return 1
    done = promise(right, output or key_place(file), called.root)
    if called.form == "json":
        told = {
            "is_promised": True,
            "answers": done.digest,
            "questions": done.questions,
            "has_tiebreak": done.has_tiebreak,
            "accented": list(done.accented),
        }
        click.echo(json.dumps({**told, "file": str(done.place)}, ensure_ascii=False, indent=2))
        return 0
    click.echo(tell_count("{n} question with its right answers", "{n} questions with their right answers", done.questions, called.lang))
    click.echo(tell(said("Write this into the contest's text, under quiz:"), called.lang))
    click.echo(f"  questions: {done.questions}")
    click.echo(f"  answers: {done.digest}")
    if done.has_tiebreak:
        click.echo("  tiebreak: …")
    if done.accented:
        accents = said(
            "Accents count. If an answer without them is right as well, write it after a “|”, delete the file and begin anew; "
            "questions: {numbers}",
            numbers=", ".join(map(str, done.accented)),
        )
        click.echo(tell(accents, called.lang))
    click.echo(tell(said("Keep this file until the pool is frozen; without it nobody can win: {path}", path=done.place), called.lang))
    return 0


@answers.command(short_help="Show the right answers, once the pool is frozen.")
@click.argument("name", metavar="CONTEST")
@click.argument("file", type=_FILE)
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def reveal(called: Called, /, name: str, file: Path, as_of: str | None) -> int:
    """Commit the right answers of CONTEST from FILE, which “contest answers digest” wrote."""
    from handbill.contests.answering import reveal as reveal_answers
    from handbill.contests.steps import contest_named
    from handbill.draw.answers import KEY_FILE

    with called.screen.progress() as show:
        show("Reading")
        contest = contest_named(name, called.options(as_of=as_of))
        is_new = reveal_answers(contest, file)
    path = f"{contest.folder}/{KEY_FILE}"
    if called.form == "json":
        click.echo(json.dumps({"contest": contest.id, "is_new": is_new, "file": path}, ensure_ascii=False, indent=2))
        return 0
    if is_new:
        click.echo(tell(said("Written: {file}. These are the answers that the rules promised.", file=path), called.lang))
    else:
        click.echo(tell(said("{file} is there already, as it was promised.", file=path), called.lang))
    click.echo(tell(said("Next: {command}", command=f"python3 build.py contest draw {contest.id}"), called.lang))
    return 0
