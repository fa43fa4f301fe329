"""The command that announces a contest: its rules are made of its text, and written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import ContentProblems, said
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.contests.announcing import Announced


@click.command("announce", short_help="Write down the rules of a contest.")
@click.argument("name", metavar="CONTEST")
@click.option("--print", "is_shown", is_flag=True, help="Show the rules and write nothing.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def announce(called: Called, /, name: str, is_shown: bool, **given: Any) -> int:
    """Make the rules of CONTEST from its text, in each of its languages, and write them into content/contests/archive/.

    CONTEST is its id, its slug or its path. A clause that is missing is named,
    and nothing is written. Announcing again changes nothing; where the text says
    something else by now, that makes the next version of the rules, until
    entries close.
    """
    from handbill.contests.announcing import announce as announce_contest

    try:
        done = announce_contest(name, called.options(**given), is_trial=is_shown)
    except ContentProblems as refused:
        if called.form != "json":
            told = said("The rules cannot be made yet, and nothing is written; missing or wrong: {n}", n=len(refused.problems))
            click.echo(tell(told, called.lang), err=True)
        raise
    if called.form == "json":
        click.echo(json.dumps(_plain(done, called.lang, is_shown), ensure_ascii=False, indent=2))
    elif is_shown:
        click.echo("\n".join(done.rules.values()), nl=False)
    else:
        for line in _told(done, called.lang):
            click.echo(line)
    return 0


def _told(done: Announced, lang: str) -> Iterator[str]:
    contest = done.contest
    if not done.is_new:
        yield tell(said("{contest}: announced already, version {n}, with the same rules", contest=contest.id, n=done.version), lang)
        return
    yield tell(said("{contest}: version {n} of the rules is written", contest=contest.id, n=done.version), lang)
    yield from (f"  {path}" for path in done.files)
    for one in done.changes:
        changed = said("{field}: {before} became {after}", field=f"{one.lang}, {one.field}", before=one.before, after=one.after)
        yield "  " + tell(changed, lang)
    yield from (tell(said("Note: {note}", note=note), lang) for note in done.notes)
    folder = f"{contest.folder}/"
    yield tell(said("Have the rules read by somebody who knows the law, then commit {folder} with your change.", folder=folder), lang)
    if contest.facts.freeze:
        moment = f"{contest.facts.freeze:%Y-%m-%d %H:%M}"
        yield tell(said("Next, once entries are closed, and by {moment}:", moment=moment), lang)
        yield f"  python3 build.py contest freeze {contest.id}"


def _plain(done: Announced, lang: str, is_shown: bool) -> dict[str, Any]:
    return {
        "contest": done.contest.id,
        "version": done.version,
        "is_new": done.is_new,
        "files": list(done.files),
        "changes": [
            {"lang": one.lang, "field": one.field, "before": tell(one.before, lang), "after": tell(one.after, lang)} for one in done.changes
        ],
        "notes": [tell(one, lang) for one in done.notes],
        **({"rules": dict(done.rules)} if is_shown else {}),
    }
