"""The command with which anybody proves a contest: contest verify."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import said
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.contests.verifying import Verified

#: What each check is about, as people read it.
_TITLES = {
    "record": said("The record of the contest"),
    "rules": said("The rules"),
    "pool": said("The list of tickets"),
    "draw": said("The draw that was committed"),
    "broadcast-order": said("One after the other"),
    "round": said("The round of the beacon"),
    "beacon": said("What decided"),
    "entropy": said("Enough chance"),
    "order": said("The draw, made again"),
    "winners": said("The winners"),
    "ballots": said("The jury's ballots"),
    "answers": said("The answers to the quiz"),
    "terms": said("The text in the hub"),
}

_MARKS = {True: said("right"), False: said("WRONG"), None: said("not checked")}

#: The widest that a line is.
_WIDEST = 100


@click.command(short_help="Prove a contest from its public files, with or without a hub.")
@click.argument("name", metavar="[CONTEST|FOLDER]", default="")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def verify(called: Called, /, name: str, as_of: str | None) -> int:
    """Prove CONTEST of this hub, or a FOLDER of files downloaded from its pages; without either, every contest here.

    A folder needs no hub, no Git and no network: record.json, rules, pool.txt,
    draw.json and, where they are, ballots or answers. Each check says what was
    compared and found; the exit code is 1 as soon as one is wrong.
    """
    from handbill.contests.verifying import verify as prove_all

    found = prove_all(name, called.options(as_of=as_of))
    if called.form == "json":
        click.echo(json.dumps({"contests": [_plain(one, called.lang) for one in found]}, ensure_ascii=False, indent=2))
    else:
        for number, one in enumerate(found):
            for line in ([""] if number else []) + list(_lines(one, called.lang)):
                click.echo(line)
    return 1 if any(one.wrong for one in found) else 0


def _plain(one: Verified, lang: str) -> dict[str, object]:
    checks = [{"name": check.name, "is_right": check.is_right, "found": tell(check.found, lang)} for check in one.checks]
    return {"contest": one.contest, "is_right": not one.wrong, "files": list(one.files), "checks": checks}


def _lines(one: Verified, lang: str) -> Iterator[str]:
    yield one.contest
    marks = {is_right: tell(word, lang) for is_right, word in _MARKS.items()}
    width = max(len(mark) for mark in marks.values())
    for check in one.checks:
        title = tell(_TITLES[check.name], lang)
        yield f"  {marks[check.is_right]:<{width}}  {title}"
        yield from textwrap.wrap(
            tell(check.found, lang), _WIDEST, initial_indent=" " * (width + 4), subsequent_indent=" " * (width + 4), break_on_hyphens=False
        )
    yield ""
    if one.wrong:
        first = one.wrong[0]
        yield tell(said("Something is wrong, and first this: {found}", found=first.found), lang)
    elif not any(check.name == "draw" and check.is_right for check in one.checks):
        yield tell(said("Nothing is wrong so far; nothing is drawn yet."), lang)
    elif any(check.name in ("round", "beacon") and check.is_right is None for check in one.checks):
        yield tell(said("Nothing is wrong; what no file can prove is left to you, and is told above."), lang)
    else:
        yield tell(said("Nothing is wrong: the winners are those whom the rules, the list and what decided make."), lang)
