"""The command that freezes the pool of a contest: contest freeze."""

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
    from handbill.contests.pooling import Frozen, Pool
    from handbill.contests.steps import Contest
    from handbill.sending.sheets import Fault


@click.command(short_help="Freeze the pool: write its tickets down, and the digest that is told before the draw.")
@click.argument("name", metavar="CONTEST")
@click.option(
    "--tickets", multiple=True, type=click.Path(path_type=Path, dir_okay=False), metavar="TICKETS.csv", help="A file of “contest ticket”."
)
@click.option("--despite", is_flag=True, help="Freeze it although something in it is unusual; what, is told first.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def freeze(called: Called, /, name: str, tickets: tuple[Path, ...], despite: bool, as_of: str | None) -> int:
    """Write pool.txt for CONTEST, from files of tickets and from entries by pull request, and commit its digest to the record.

    From then on nobody comes in or goes out. The digest has to reach people
    before what decides the draw is known: pages, feeds and the next letter tell
    it by themselves.
    """
    from handbill.contests.pooling import freeze as freeze_pool
    from handbill.contests.pooling import gathered
    from handbill.contests.steps import contest_named

    with called.screen.progress() as show:
        show("Reading")
        contest = contest_named(name, called.options(as_of=as_of))
        pool = gathered(contest, private_folder(called, contest), tickets)
        is_stopped = bool(pool.faults) or (bool(pool.doubts) and not despite)
        frozen = None if is_stopped else freeze_pool(contest, pool)
    if called.form == "json":
        click.echo(json.dumps(_plain(contest, pool, frozen), ensure_ascii=False, indent=2))
    else:
        for line in _lines(contest, pool, frozen, called.lang):
            click.echo(line)
    return 0 if frozen else 1


def _lines(contest: Contest, pool: Pool, frozen: Frozen | None, lang: str) -> Iterator[str]:
    from handbill.contests.pooling import sentence_of, spoken

    faults: dict[str, list[Fault]] = {}
    for name, fault in pool.faults:
        faults.setdefault(name, []).append(fault)
    for name, found in faults.items():
        yield from fault_lines(name, found, lang)
    for doubt in pool.doubts:
        yield tell(doubt, lang)
    if frozen is None:
        yield tell(said("The pool is not frozen."), lang)
        if not pool.faults:
            yield tell(said("If that is meant so: --despite"), lang)
        return
    people = tell_count("{n} person is in", "{n} people are in", frozen.entrants, lang)
    chances = tell_count("{n} chance", "{n} chances", frozen.size, lang)
    yield f"{people} ({chances})"
    yield tell(said("Written: {path}", path=f"{contest.folder}/pool.txt"), lang)
    yield ""
    yield tell(said("Its digest, to be told before the draw:"), lang)
    yield f"  {frozen.digest}"
    yield tell(said("The page of the contest, its feed and the next letter tell it by themselves. Elsewhere, say:"), lang)
    yield ""
    yield f"  {tell(sentence_of(contest, frozen, lang), lang)}"
    yield ""
    if frozen.draws is not None:
        yield tell(
            said("Commit this, and send a letter before the draw: {moment}. Then:", moment=spoken(contest, frozen.draws, lang)), lang
        )
    else:
        yield tell(said("Commit this, and send a letter. Then:"), lang)
    yield f"  python3 build.py contest draw {contest.id}"


def _plain(contest: Contest, pool: Pool, frozen: Frozen | None) -> dict[str, Any]:
    return {
        "contest": contest.id,
        "people": len(pool.chances),
        "chances": sum(pool.chances.values()),
        "accounts": len(pool.handles),
        "faults": [{"file": name, **plain_faults([fault])[0]} for name, fault in pool.faults],
        "doubts": list(pool.doubts),
        "frozen": None
        if frozen is None
        else {
            "pool": frozen.digest,
            "size": frozen.size,
            "round": frozen.round or None,
            "draws": frozen.draws.isoformat() if frozen.draws else None,
        },
    }
