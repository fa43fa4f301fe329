"""The commands that send a frozen letter, and that say what became of a mail of which nobody knows: newsletter send and settle."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import WrongUse, said
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.sending.departing import Departure, Done
    from handbill.sending.handing import HandedOver
    from handbill.sending.means import Progress
    from handbill.sending.readiness import Readiness

_COMMAND = "python3 build.py newsletter"

#: In a log, so often a step is told: each so many mails.
_EVERY = 100


@click.command(short_help="Send a frozen letter that was approved; without --really, tell what would happen.")
@click.argument("number", metavar="N")
@click.option("--really", is_flag=True, help="Send it. Without this, nothing leaves.")
@click.option("--test", "proofs", metavar="ADDRESS", multiple=True, help="Send a proof to this address, and nothing to any member.")
@click.option("--draft", is_flag=True, help="Make the draft at the service and compare it; nothing is sent.")
@click.option("--segment", metavar="NAME", default="", help="Send it only to the members whom the list has in that segment.")
@click.option("--late", is_flag=True, help="Begin to send it although its date is long past.")
@click.option("--digests", default=None, metavar="DIGESTS", help="Only if these are its digests, one for each language.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Tell what would happen at that moment; not with --really.")
@json_option
@lang_option
@click.pass_obj
def send(
    called: Called, /, number: str, really: bool, proofs: tuple[str, ...], draft: bool, segment: str, late: bool,
    digests: str | None, as_of: str | None,
) -> int:  # fmt: skip
    """Tell what would happen if letter N were sent now: to how many, how, and all that is in the way. With --really, send it.

    Only what is frozen, approved and due leaves: it must stand, with its very
    bytes, on the branch that is published. A run that was stopped goes on where
    it was. Nobody gets a letter twice: what is unclear is told, and is never
    sent again by itself.
    """
    _refuse_together({"--really": really, "--test": bool(proofs), "--draft": draft}, as_of)
    if proofs:
        from handbill.commands.proving import send_proofs

        return send_proofs(called, number, proofs)
    from handbill.sending.departing import Departure
    from handbill.sending.lent import check_digests, check_memory

    departure = Departure.of(called.root, number, segment, late)
    if digests is not None:
        check_digests(departure.mailing, digests)
    if really:
        check_memory(departure.settings.sending.way, os.environ)
        return _send(departure, called)
    now = moment(as_of, called.root)
    if draft:
        return _tell_done(departure, departure.draft(now), called)
    return _tell_ready(departure, called, now)


@click.command(short_help="Say what became of a mail of which nobody knows whether it arrived.")
@click.argument("number", metavar="N")
@click.argument("key", metavar="[KEY]", default="")
@click.option("--arrived", is_flag=True, help="It arrived, or its member shall not get it again.")
@click.option("--again", is_flag=True, help="It did not arrive; the next sending sends it again.")
@click.option("--really", is_flag=True, help="With --again: yes, also if it arrives twice.")
@json_option
@lang_option
@click.pass_obj
def settle(called: Called, /, number: str, key: str, arrived: bool, again: bool, really: bool) -> int:
    """Say what became of the mail KEY of letter N; without KEY, list those of which nobody knows whether they arrived.

    A mail is unclear where the connection broke after it was handed over, and
    before the server said whether it has it. The server's own log can tell.
    """
    if arrived and again:
        raise WrongUse(said("{options} mean different things; one at a time", options="--arrived, --again"))
    if bool(key) != (arrived or again):
        raise WrongUse(said("wanted a KEY with --arrived or --again; without them, the unclear mails are listed"))
    from handbill.sending.settling import decide, unclear_of

    is_sure = arrived or (again and really)
    now = moment(None, called.root)
    name, rest = decide(called.root, number, key, arrived, now) if is_sure else unclear_of(called.root, number, key)
    if called.form == "json":
        from handbill.sending.plain import of_unclear

        click.echo(json.dumps({"name": name, "unclear": [of_unclear(one) for one in rest]}, ensure_ascii=False, indent=2))
        return 0
    if again and not really:
        text = said(
            "If the mail {key} arrived after all, its member gets it twice. To send it again all the same: {option}",
            key=key,
            option="--really",
        )
        click.echo(tell(text, called.lang))
        return 0
    from handbill.sending.lines import unclear_lines

    for line in unclear_lines(name, rest, called.lang):
        click.echo(line)
    if again:
        click.echo(tell(said("It is sent with the next run: {command}", command=f"{_COMMAND} send {name} --really"), called.lang))
    return 0


def _refuse_together(given: dict[str, bool], as_of: str | None) -> None:
    """Refuse options that contradict each other; what is meant is not guessed where mails may leave."""
    chosen = [name for name, is_given in given.items() if is_given]
    if len(chosen) > 1:
        raise WrongUse(said("{options} mean different things; one at a time", options=", ".join(chosen)))
    if as_of is not None and chosen:
        raise WrongUse(said("--as-of is for telling only, without {option}: what leaves, leaves now", option=chosen[0]))


def _send(departure: Departure, called: Called) -> int:
    from handbill.sending.stopping import until_asked

    called.stopped = said("Stopped; what was handed over is noted, and the next run goes on from there.")
    with called.screen.progress() as show, until_asked() as stop:
        done = departure.go(lambda: moment(None, called.root), stop, _told(show, called))
    return _tell_done(departure, done, called)


def _told(show: Callable[[str], None], called: Called) -> Callable[[Progress], None]:
    """Return what tells how far a run is: often where it moves on one line, rarely where each is a line of a log."""
    last = -1

    def tell_progress(one: Progress) -> None:
        nonlocal last
        mails = sum(one.counts.values())
        if one.pause_s:
            show(said("{n} mails; waiting for {seconds} s: {why}", n=mails, seconds=round(one.pause_s), why=one.why))
        elif sys.stdout.isatty() or mails // _EVERY > last:
            last = mails // _EVERY
            show(tell_count("{n} mail", "{n} mails", mails, called.lang))

    return tell_progress


def _tell_ready(departure: Departure, called: Called, now: Any) -> int:
    """Tell what would happen; return what a sending would end with."""
    from handbill.sending.lines import ready_lines, service_lines
    from handbill.sending.plain import of_handed, of_readiness

    found, handed = departure.asked(now)
    if called.form == "json":
        plain = of_readiness(found, departure.settings.sending, called.lang)
        click.echo(json.dumps({**plain, "service": [of_handed(one) for one in handed], "sent": False}, ensure_ascii=False, indent=2))
        return _expected(found)
    for line in ready_lines(found, departure.settings.sending, called.lang):
        click.echo(line)
    if handed:
        for line in service_lines(departure.service(), handed, called.lang):
            click.echo(line)
    _tell_problems(departure, found, called)
    return _expected(found)


def _expected(found: Readiness) -> int:
    """Return what a sending would end with, as far as that is known: what is unclear is so afterwards, too."""
    return found.exit_code or (4 if found.unclear else 0)


def _tell_problems(departure: Departure, found: Readiness, called: Called) -> None:
    """Tell all that is in the way, or how to send it."""
    from handbill.errors import Level
    from handbill.sending.plain import waiting

    click.echo("")
    for text in found.refusals:
        click.echo(tell(said("{name}: {items}", name=said("error"), items=text), called.lang))
    if found.problems:
        called.screen.problems(found.problems)
    if found.exit_code:
        click.echo(tell(said("Nothing was sent, and nothing would be."), called.lang))
        return
    assert not any(one.level is Level.ERROR for one in found.problems)
    if not departure.is_by_service and not waiting(found):
        click.echo(tell(said("Nobody waits for it any more; nothing would be sent."), called.lang))
        return
    click.echo(tell(said("Nothing was sent. To send it: {command}", command=_really(departure)), called.lang))


def _really(departure: Departure) -> str:
    """Return the command that sends the letter as it was looked at."""
    from handbill.sending.readiness import named

    segment = f" --segment {departure.segment}" if departure.segment else ""
    return f"{_COMMAND} send {named(departure.mailing)} --really{segment}" + (" --late" if departure.is_late else "")


def _tell_done(departure: Departure, done: Done, called: Called) -> int:
    from handbill.sending.lines import done_lines, ready_lines, service_lines
    from handbill.sending.plain import of_done, of_readiness

    if called.form == "json":
        plain = of_readiness(done.found, departure.settings.sending, called.lang)
        click.echo(json.dumps({**plain, **of_done(done, called.lang)}, ensure_ascii=False, indent=2))
        return done.exit_code
    if done.found.exit_code:
        for line in ready_lines(done.found, departure.settings.sending, called.lang):
            click.echo(line)
        _tell_problems(departure, done.found, called)
        return done.exit_code
    handed: tuple[HandedOver, ...] = done.handed
    for line in service_lines(departure.service(), handed, called.lang) if handed else done_lines(done, called.lang):
        click.echo(line)
    if handed and all(one.state == "draft" for one in handed):
        click.echo(tell(said("Nothing was sent. To send it: {command}", command=_really(departure)), called.lang))
    if outbox := departure.outbox:
        click.echo(tell(said("The mails lie in {folder}", folder=outbox / "new"), called.lang))
    return done.exit_code
