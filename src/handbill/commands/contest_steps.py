"""The commands by which an organiser says that a step is done: contest confirm, publish, settle, purge, cancel and void."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.commands.contest_ticket import private_folder
from handbill.errors import Said, said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.contests.steps import Contest


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what each of these takes."""
    for option in (
        click.pass_obj,
        lang_option,
        json_option,
        click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now."),
        click.argument("name", metavar="CONTEST"),
    ):
        command = option(command)
    return command


@click.command(short_help="Say that the winners are known, and agree.")
@click.option("--claimed", is_flag=True, help="All winners have answered, though they still could.")
@_options
def confirm(called: Called, /, name: str, claimed: bool, as_of: str | None) -> int:
    """Confirm the winners of CONTEST, once all have claimed their prizes or the day is over until which they can.

    Everything public is proved once more. From then on nobody is passed over
    any more.
    """
    from handbill.contests.closing import confirm as confirm_winners

    contest = _contest(called, name, as_of)
    done = confirm_winners(contest, is_claimed=claimed)
    lines = [tell_count("{n} winner is confirmed.", "{n} winners are confirmed.", done.winners, called.lang)]
    if done.left:
        lines.append(tell_count("{n} prize is left over.", "{n} prizes are left over.", done.left, called.lang))
    return _told(called, contest, "verified", {"winners": done.winners, "left": done.left}, lines, "publish")


@click.command(short_help="Publish the results.")
@_options
def publish(called: Called, /, name: str, as_of: str | None) -> int:
    """Publish the results of CONTEST: pages show the winning tickets, and the names that winners agreed to."""
    from handbill.contests.closing import publish as publish_results

    contest = _contest(called, name, as_of)
    publish_results(contest)
    named = said(
        "No name shows by itself: a winner who agrees is added under “winners” in {path}, with the ticket.", path=contest.item.source
    )
    return _told(called, contest, "published", {}, [tell(named, called.lang)], "settle")


@click.command(short_help="Say that all prizes are handed over.")
@_options
def settle(called: Called, /, name: str, as_of: str | None) -> int:
    """Say that all prizes of CONTEST are handed over."""
    from handbill.contests.closing import settle as settle_contest

    contest = _contest(called, name, as_of)
    settle_contest(contest)
    return _told(called, contest, "settled", {}, [], "purge")


@click.command(short_help="Destroy the key, so that nobody can tell any more whose a ticket was.")
@click.option("--early", is_flag=True, help="Do so before the day that the rules give.")
@click.option("--no-key", is_flag=True, help="There never was a key, or it is lost.")
@_options
def purge(called: Called, /, name: str, early: bool, no_key: bool, as_of: str | None) -> int:
    """Destroy the key of CONTEST and delete its entries by pull request. The pool stays, and the draw can be checked for ever."""
    from handbill.contests.closing import purge as purge_contest

    contest = _contest(called, name, as_of)
    done = purge_contest(contest, private_folder(called, contest), is_early=early, is_without_key=no_key)
    lines: list[Said | str] = []
    if done.is_key_destroyed:
        lines += [
            said("The key is written over and deleted: from the pool, nobody can tell any more whose a ticket was."),
            said("Flash disks and snapshots may keep old bytes for a while, and copies keep them for ever: delete those too."),
        ]
    if done.entries:
        lines += [
            tell_count("{n} entry by pull request is deleted.", "{n} entries by pull request are deleted.", done.entries, called.lang),
            said("The accounts stay in the pool and in version history, as these people were told."),
        ]
    lines.append(said("Yours to delete: the lists of entries, tickets and winners, the answers in the form, and their copies."))
    told = [tell(one, called.lang) for one in lines]
    return _told(called, contest, "purged", {"key": done.is_key_destroyed, "entries": done.entries}, told)


@click.command(short_help="Cancel a contest whose pool is not frozen.")
@click.option("--reason", required=True, metavar="WHY", help="Why, in a sentence that everybody will read.")
@_options
def cancel(called: Called, /, name: str, reason: str, as_of: str | None) -> int:
    """Cancel CONTEST. Its page stays, and says why."""
    from handbill.contests.closing import cancel as cancel_contest

    contest = _contest(called, name, as_of)
    cancel_contest(contest, reason)
    return _told(called, contest, "cancelled", {}, [], "purge")


@click.command(short_help="Declare a contest void whose pool was frozen wrongly.")
@click.option("--reason", required=True, metavar="WHY", help="Why, in a sentence that everybody will read.")
@click.option("--again", default="", metavar="NEW_ID", help="Under which id it is announced anew.")
@_options
def void(called: Called, /, name: str, reason: str, again: str, as_of: str | None) -> int:
    """Declare CONTEST void before it is drawn. Its page stays, and says why."""
    from handbill.contests.closing import declare_void

    contest = _contest(called, name, as_of)
    declare_void(contest, reason, again)
    return _told(called, contest, "void", {"again": again}, [], "purge")


def _contest(called: Called, name: str, as_of: str | None) -> Contest:
    from handbill.contests.steps import contest_named

    return contest_named(name, called.options(as_of=as_of))


_DONE: dict[str, Said] = {
    "verified": said("{contest}: the winners are confirmed"),
    "published": said("{contest}: the results are published"),
    "settled": said("{contest}: the prizes are handed over"),
    "purged": said("{contest}: the data are destroyed"),
    "cancelled": said("{contest}: cancelled"),
    "void": said("{contest}: declared void"),
}


def _told(called: Called, contest: Contest, step: str, facts: dict[str, Any], lines: Sequence[str], then: str = "") -> int:
    """Tell that a step is committed, and what comes after it."""
    if called.form == "json":
        click.echo(json.dumps({"contest": contest.id, "step": step, **facts}, ensure_ascii=False, indent=2))
        return 0
    click.echo(tell(said(_DONE[step].pattern, contest=contest.id), called.lang))
    for line in lines:
        click.echo(line)
    click.echo(tell(said("Written: {path}. Commit it.", path=f"{contest.folder}/record.json"), called.lang))
    if then:
        click.echo(tell(said("Next: {command}", command=f"python3 build.py contest {then} {contest.id}"), called.lang))
    return 0
