"""The command that lists every number of every letter: newsletter status."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import Level, said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.composing.standings import Overview, Standing

#: The widest that a line is; a subject is shortened so that it fits.
WIDEST = 120


@click.command(short_help="List every number of every letter, and how it stands.")
@click.argument("letter", metavar="[NAME]", default="")
@click.option("--as-of", default=None, metavar="MOMENT", help="Say how they stand at that moment; default: now.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use; default: one for each core.")
@json_option
@lang_option
@click.pass_obj
def status(called: Called, /, letter: str, as_of: str | None, jobs: int | None) -> int:
    """List the numbers of all letters, or of the letter NAME: when each is sent, how it stands, what it weighs, what is wrong with it."""
    from handbill.composing.plain import of_overview
    from handbill.composing.standings import Overview, standings
    from handbill.errors import WrongUse

    with called.screen.progress() as show:
        show("Reading")
        found = standings(called.options(as_of=as_of, jobs=jobs))
    if letter:
        known = dict(found.letters)
        if letter not in known:
            wanted = ", ".join(known) or "-"
            raise WrongUse(said("“{letter}” is no letter of this hub; its letters are: {letters}", letter=letter, letters=wanted))
        found = Overview(((letter, known[letter]),), tuple(one for one in found.standings if one.letter == letter))
    if called.form == "json":
        click.echo(json.dumps(of_overview(found, called.lang), ensure_ascii=False, indent=2))
        return 0
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    for line in lines_of(found, called.lang, width):
        click.echo(line)
    return 0


def lines_of(found: Overview, lang: str, width: int) -> Iterator[str]:
    """Yield the lines of the list, none wider than *width* where a subject can be shortened."""
    from handbill.composing.states import STATES

    if not found.standings:
        yield tell(said("There is no letter yet. To write the first: {command}", command="python3 build.py newsletter draft"), lang)
        return
    words = {state: tell(word, lang) for state, word in STATES.items()}
    widest = max(len(word) for word in words.values())
    name = max(len(one.name) for one in found.standings)
    for number, (key, title) in enumerate(found.letters):
        if number:
            yield ""
        yield title
        for one in found.standings:
            if one.letter == key:
                yield _line(one, words[one.state], (name, widest), lang, width)
                yield from (f"  {'':<{name}}  {line}" for line in _wrong(one, lang))
    # A chain is frozen from its first number on.
    due = [one.name for one in reversed(found.standings) if one.state == "due" and not one.is_wrong]
    if due:
        yield ""
        yield tell(said("Sent and not frozen: {names}", names=_few(due)), lang)
        yield tell(said("To freeze the first: {command}", command=f"python3 build.py newsletter freeze {due[0]}"), lang)


def _line(one: Standing, state: str, columns: tuple[int, int], lang: str, width: int) -> str:
    weight = tell(said("{n} KB", n=round(one.weight.own / 1000)), lang) if one.weight else "–"
    start = f"  {one.name:<{columns[0]}}  {one.sent:%Y-%m-%d %H:%M}  {state:<{columns[1]}}  {weight:>6}  "
    room = max(16, width - len(start))
    subject = one.subject if len(one.subject) <= room else one.subject[: room - 1].rstrip() + "…"
    return start + subject


def _wrong(one: Standing, lang: str) -> Iterator[str]:
    """Yield what is wrong with a letter, counted; `check` tells it."""
    errors = [problem.code for problem in one.problems if problem.level is Level.ERROR]
    warnings = [problem.code for problem in one.problems if problem.level is Level.WARNING]
    if errors:
        yield _counted(tell_count("{n} error", "{n} errors", len(errors), lang), errors, one)
    if warnings:
        yield _counted(tell_count("{n} warning", "{n} warnings", len(warnings), lang), warnings, one)


def _counted(count: str, codes: list[str], one: Standing) -> str:
    return f"! {count} ({' '.join(dict.fromkeys(codes))}): {one.source}"


def _few(names: list[str]) -> str:
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
