"""The command that passes over somebody whom the draw found: contest skip."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.commands.contest_draw import award_lines, plain, winners_lines
from handbill.errors import said
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.contests.skipping import Skipped
    from handbill.contests.steps import Contest


@click.command(short_help="Pass over a ticket that won, and let substitutes move up.")
@click.argument("name", metavar="CONTEST")
@click.argument("ticket", metavar="TICKET")
@click.argument("reason", metavar="REASON")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def skip(called: Called, /, name: str, ticket: str, reason: str, as_of: str | None) -> int:
    """Pass over TICKET in the draw of CONTEST, until its winners are confirmed.

    REASON is one of: duplicate_person, underage, excluded_staff, unreachable,
    declined, rules_breach. The same walk is made along the same order without
    that person, so nobody chooses who moves up. Two people approve the change.
    """
    from handbill.contests.skipping import skip as pass_over
    from handbill.contests.steps import contest_named

    with called.screen.progress() as show:
        show("Reading")
        contest = contest_named(name, called.options(as_of=as_of))
        skipped = pass_over(contest, ticket, reason)
    if called.form == "json":
        told = {
            "contest": contest.id,
            "is_new": skipped.is_new,
            "ticket": skipped.ticket,
            "reason": skipped.reason,
            "draw": plain(skipped.after),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    for line in _lines(contest, skipped, called.lang):
        click.echo(line)
    return 0


def _lines(contest: Contest, skipped: Skipped, lang: str) -> Iterator[str]:
    from handbill.contests.skipping import EVIDENCE, REASON_WORDS, changes

    told = {"ticket": skipped.ticket, "reason": REASON_WORDS[skipped.reason]}
    if not skipped.is_new:
        yield tell(said("{ticket} is passed over already: {reason}. Nothing is written.", **told), lang)
        return
    yield tell(said("{ticket} is passed over: {reason}.", **told), lang)
    prizes = contest.record.terms["prizes"]
    for prize, before, after in changes(skipped):
        change = {"prize": prizes[prize]["name"], "before": before, "after": after}
        if after:
            yield "  " + tell(said("{prize}: {after}, in the place of {before}", **change), lang)
        else:
            yield "  " + tell(said("{prize}: nobody is left, in the place of {before}", prize=change["prize"], before=before), lang)
    yield ""
    yield from award_lines(contest, skipped.after, lang)
    yield ""
    yield tell(EVIDENCE[skipped.reason], lang) + " " + tell(said("Outside Git, and until the data are destroyed."), lang)
    yield tell(
        said(
            "Written: {file}. Propose it as a change that two people approve; taking it back is an ordinary revert.",
            file=f"{contest.folder}/draw.json",
        ),
        lang,
    )
    if any(after for _, _, after in changes(skipped)):
        yield from winners_lines(contest, lang)
