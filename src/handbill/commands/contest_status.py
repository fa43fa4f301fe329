"""The command that says what is due next: contest status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import said
from handbill.hub.record import STATE_WORDS
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.contests.standing import Due, Standing
    from handbill.errors import Said


@click.command(short_help="Say of every contest what is due next, when and by whom.")
@click.argument("name", metavar="[CONTEST]", default="")
@click.option("--as-of", default=None, metavar="MOMENT", help="Say how they stand at that moment; default: now.")
@json_option
@lang_option
@click.pass_obj
def status(called: Called, /, name: str, as_of: str | None) -> int:
    """List the contests that are going on or to come, or CONTEST alone: how each stands, and what is due next; what is late comes first."""
    from handbill.contests.standing import standings
    from handbill.contests.steps import contest_named, every_contest

    with called.screen.progress() as show:
        show("Reading")
        options = called.options(as_of=as_of)
        found = standings([contest_named(name, options)] if name else every_contest(options), is_whole=bool(name))
    if called.form == "json":
        click.echo(json.dumps([_plain(one, called.lang) for one in found], ensure_ascii=False, indent=2))
        return 0
    if not found:
        click.echo(tell(said("No contest is going on or to come."), called.lang))
    for number, one in enumerate(found):
        if number:
            click.echo()
        for line in _lines(one, called.lang):
            click.echo(line)
    return 0


def _lines(one: Standing, lang: str) -> Iterator[str]:
    contest = one.contest
    yield f"{contest.id} – {contest.item.title} ({tell(STATE_WORDS[one.state], lang)})"
    for due in one.dues:
        when = tell(_when(one, due), lang)
        what = f"{when}, {tell(due.who, lang)}" if when else tell(due.who, lang)
        yield "  " + tell(said("{who}: {what}", who=what[:1].upper() + what[1:], what=due.what), lang)
        if due.command:
            yield f"      {due.command}"
    if not one.dues:
        yield "  " + tell(said("Nothing is due any more."), lang)


def _when(one: Standing, due: Due) -> Said | str:
    """Return when it is due, in words; "" where no day is given."""
    at, zone = one.contest.at, ZoneInfo(one.contest.settings.zone)

    def day(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    if due.until is not None and due.is_late(at):
        return said("late since {moment}", moment=day(due.until))
    if due.since is not None and at < due.since:
        return said("from {moment} on", moment=day(due.since))
    return said("until {moment}", moment=day(due.until)) if due.until is not None else ""


def _plain(one: Standing, lang: str) -> dict[str, Any]:
    contest = one.contest
    zone = ZoneInfo(contest.settings.zone)

    def iso(moment: datetime | None) -> str | None:
        return moment.astimezone(zone).isoformat() if moment else None

    return {
        "contest": contest.id,
        "title": contest.item.title,
        "state": one.state,
        "due": [
            {
                "what": tell(due.what, lang),
                "who": tell(due.who, lang),
                "since": iso(due.since),
                "until": iso(due.until),
                "late": due.is_late(contest.at),
                "command": due.command,
            }
            for due in one.dues
        ],
    }
