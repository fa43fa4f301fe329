"""The command that draws lots: contest draw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.contests.drawing import Made
    from handbill.contests.steps import Contest
    from handbill.draw.drawing import Drawing


@click.command(short_help="Draw lots, or count what the jury or the quiz decided.")
@click.argument("name", metavar="CONTEST")
@click.option("--beacon", default="", metavar="FILE|URL", help="The beacon's answer as a file, or the address of another of its servers.")
@click.option(
    "--numbers", multiple=True, metavar="NUMBERS", help="What a public drawing showed: '5 12 18'; once for each that the rules name."
)
@click.option("--fallback", is_flag=True, help="What the rules name first has failed: go by what they say then.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def draw(called: Called, /, name: str, beacon: str, numbers: tuple[str, ...], fallback: bool, as_of: str | None) -> int:
    """Draw the winners of CONTEST from its frozen pool, by the round of the beacon that was fixed when it was announced.

    Nothing is left to choose: the round's signature is verified, whoever
    brought it. Where public drawings decide (rfc3797), type their numbers.
    Drawn already, it is drawn again from what is committed, and what differs is
    told; nothing is written then.
    """
    from handbill.contests.drawing import draw as draw_lots
    from handbill.contests.lots import Given
    from handbill.contests.steps import contest_named

    with called.screen.progress() as show:
        show("Reading")
        contest = contest_named(name, called.options(as_of=as_of))
        if contest.record.last("decided", contest.at):
            return _tell_again(contest, called, is_given=bool(beacon or numbers or fallback))
        made = draw_lots(contest, Given(beacon, numbers, fallback))
    if called.form == "json":
        told = {"contest": contest.id, "is_new": True, "missing": made.lots.missing or None, "draw": plain(made.drawing)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    for line in _lines(contest, made, called.lang):
        click.echo(line)
    return 0


def plain(drawing: Drawing) -> dict[str, Any]:
    """Return a draw as draw.json has it."""
    from handbill.draw.drawing import drawing_bytes

    told: dict[str, Any] = json.loads(drawing_bytes(drawing))
    return told


def award_lines(contest: Contest, drawing: Drawing, lang: str) -> Iterator[str]:
    """Yield who wins what, prize by prize, and who moves up."""
    for place, prize in enumerate(contest.record.terms["prizes"]):
        won = [ticket for ticket, number in drawing.award.winners if number == place]
        yield "  " + prize["name"]
        yield from (f"    {one}" for one in won)
        if left := prize["quantity"] * prize["shared_by"] - len(won):
            yield "    " + tell_count("{n} without a winner: nobody is left", "{n} without a winner: nobody is left", left, lang)
    if drawing.award.substitutes:
        yield "  " + tell(said("Substitutes, in this order"), lang)
        yield from (f"    {one}" for one in drawing.award.substitutes)


def _lines(contest: Contest, made: Made, lang: str) -> Iterator[str]:
    drawing = made.drawing
    if contest.facts.is_judged:
        head = tell_count("{n} work judged", "{n} works judged", drawing.size, lang)
    else:
        head = tell_count("{n} ticket in the pool", "{n} tickets in the pool", drawing.size, lang)
    yield f"{contest.item.title} – {head}"
    yield from ("  " + line for line in _luck(contest, made, lang))
    if drawing.eligible is not None:
        yield "  " + tell_count("{n} ticket with the best answers", "{n} tickets with the best answers", len(drawing.eligible), lang)
    yield ""
    yield from award_lines(contest, drawing, lang)
    yield ""
    yield tell(
        said(
            "Written: {file}. Propose it as a change; there it is drawn again from what is committed.", file=f"{contest.folder}/draw.json"
        ),
        lang,
    )
    address = contest.settings.absolute(f"{contest.item.address}draw/")
    yield tell(said("Once it is published, everybody can check it there: {address}", address=address), lang)
    yield from winners_lines(contest, lang)


def winners_lines(contest: Contest, lang: str) -> Iterator[str]:
    """Yield the command by which an organiser learns who is to be told; accounts are known by their names."""
    from handbill.contests.standing import is_public

    if is_public(contest):
        return
    yield tell(said("Next, to know who is behind these tickets, in a file outside Git:"), lang)
    yield f"  python3 build.py contest winners {contest.id} ENTRIES.csv --output WINNERS.csv"


def _luck(contest: Contest, made: Made, lang: str) -> Iterator[str]:
    """Yield what decided; without ties, a jury's ranking needed no lots, and that is true of it as well."""
    from handbill.contests.lots import local
    from handbill.draw.beacon import moment_of

    lots = made.lots
    if lots.missing:
        missing = said(
            "Round {round} of the beacon was not published. Whoever reviews this has to see that for themselves.", round=lots.missing
        )
        yield tell(missing, lang)
    if lots.round:
        moment = local(contest, moment_of(lots.round))
        yield tell(said("Round {round} of the beacon ({moment}): signature verified", round=lots.round, moment=moment), lang)
    else:
        shown = " / ".join(" ".join(str(number) for number in one) for one in lots.numbers)
        yield tell(said("Numbers of the public drawings: {numbers}", numbers=shown), lang)


def _tell_again(contest: Contest, called: Called, *, is_given: bool) -> int:
    """Tell that the draw came out the same: a record that proves wrong is refused as soon as it is read."""
    from handbill.contests.drawing import drawn_again

    found = drawn_again(contest)
    if called.form == "json":
        checks = [{"check": one.name, "is_right": one.is_right, "found": tell(one.found, called.lang)} for one in found]
        click.echo(json.dumps({"contest": contest.id, "is_new": False, "checks": checks}, ensure_ascii=False, indent=2))
        return 0
    same = said("{contest}: drawn already. Drawn again from what is committed, it is the same to the byte.", contest=contest.id)
    click.echo(tell(same, called.lang))
    if is_given:
        click.echo("  " + tell(said("What you gave with the command decides nothing any more, and was not looked at."), called.lang))
    decided = contest.record.last("decided")
    has_fallen_back = decided is not None and "missing" in decided.facts
    for one in found:
        # No file can prove that a round was never published, or what a public drawing showed.
        if one.is_right is None and (one.name == "beacon" or (one.name == "round" and has_fallen_back)):
            click.echo("  " + tell(one.found, called.lang))
    return 0
