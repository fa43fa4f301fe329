"""The commands that freeze a letter, and prove that it still is what was mailed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import Level, Problem, said
from handbill.telling import LEVEL_NAMES, sentence, tell

if TYPE_CHECKING:
    from handbill.errors import Said
    from handbill.freezing.freeze import Changed, Outcome
    from handbill.freezing.verify import Proof, Proved
    from handbill.hub.frozen import Told

_jobs = click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use; default: one for each core.")


@click.command(short_help="Write down for ever what a letter mails.")
@click.argument("number", metavar="N")
@click.option("--in", "language", default="", metavar="LANG", help="Freeze it in this language only; default: in all that it has.")
@click.option("--despite-warnings", is_flag=True, help="Freeze it although its text has warnings.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@_jobs
@json_option
@lang_option
@click.pass_obj
def freeze(called: Called, /, number: str, language: str, despite_warnings: bool, **given: Any) -> int:
    """Check letter N, make its mails, and keep them in newsletters/archive/: what is mailed, shown on the site and kept is then the same.

    N is a number, or a name such as agenda-3 where a hub has several letters.
    What the letter tells is as of its own date. Freezing it again changes
    nothing; if it would be another letter now, that is told and refused.
    """
    from handbill.freezing.freeze import Changed
    from handbill.freezing.freeze import freeze as freeze_letter

    screen = called.screen
    try:
        with screen.progress() as show:
            outcomes = freeze_letter(number, language, called.options(**given), _step(show), despite_warnings)
    except Changed as refusal:
        _tell_changed(refusal, called)
        return refusal.exit_code
    if called.form == "json":
        click.echo(json.dumps({"letters": [_plain(one) for one in outcomes]}, ensure_ascii=False, indent=2))
        return 0
    for one in outcomes:
        _tell_frozen(one, called)
    if any(one.is_new for one in outcomes):
        click.echo(tell(said("Commit {folder} with your change.", folder="newsletters/archive/"), called.lang))
    return 0


@click.command(short_help="Prove that the archive holds what was mailed.")
@click.argument("number", metavar="[N]", default="")
@click.option("--bytes-only", is_flag=True, help="Prove bytes and chain, and do not make the mails again.")
@_jobs
@json_option
@lang_option
@click.pass_obj
def verify(called: Called, /, number: str, bytes_only: bool, **given: Any) -> int:
    """Prove letter N with all that were frozen before it, or without N the whole archive.

    Every byte is compared with its digest, each manifest with the one before
    it. Then each letter is made again from the sources of today: where the same
    is put in, the same must come out; where not, what differs is told.
    """
    from handbill.freezing.verify import verify as prove

    with called.screen.progress() as show:
        proof = prove(number, called.options(**given), show, rebuild=not bytes_only)
    if called.form == "json":
        click.echo(json.dumps(_proof(proof, called.lang), ensure_ascii=False, indent=2))
    else:
        _tell_proof(proof, called)
    return 1 if any(one.level is Level.ERROR for one in proof.faults) else 0


def _step(show: Any) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def step(name: str) -> Any:
        show(name)
        yield

    return step


def _tell_frozen(one: Outcome, called: Called) -> None:
    frozen = one.frozen
    head = said("{name}: frozen now, “{subject}”", name=frozen.name, subject=frozen.subject)
    if not one.is_new:
        head = said("{name}: frozen already, and the same to the byte", name=frozen.name)
    click.echo(tell(head, called.lang))
    for heading, entries in one.told:
        title = heading or tell(said("By a link in its text"), called.lang)
        names = ", ".join(_named(entry.title, [when.starts for when in entry.dates]) for entry in entries)
        click.echo("  " + tell(said("{name}: {items}", name=title, items=names), called.lang))
    click.echo("  " + ", ".join(f"{name} {tell(said('{n} bytes', n=size), called.lang)}" for name, size in one.weights))
    for title in one.waiting:
        click.echo("  " + tell(said("“{title}” is told in it, and can be seen only once its own date has come", title=title), called.lang))


def _named(title: str, starts: list[Any]) -> str:
    return f"{title} ({starts[0]:%Y-%m-%d}{'…' if len(starts) > 1 else ''})" if starts else title


def _tell_changed(refusal: Changed, called: Called) -> None:
    told = [tell(one, called.lang) for one in refusal.differences]
    text = tell(refusal.args[0], called.lang)
    if called.form == "json":
        click.echo(json.dumps({"error": text, "letter": refusal.name, "differences": told}, ensure_ascii=False, indent=2))
        return
    click.echo(f"handbill: {text}", err=True)
    for one in told:
        click.echo(f"  {one}", err=True)


def _tell_proof(proof: Proof, called: Called) -> None:
    for one in proof.bundles:
        click.echo(tell(said("{name}: {items}", name=one.frozen.name, items=tell(_verdict(one), called.lang)), called.lang))
        for reason in one.differs:
            click.echo(f"  {tell(reason, called.lang)}")
    if proof.faults:
        called.screen.problems(proof.faults)
        return
    last = said("every byte is as it was frozen, and every chain unbroken") if proof.bundles else said("no letter is frozen")
    click.echo(tell(last, called.lang))


def _verdict(one: Proved) -> Said:
    if one.faults:
        return said("not as it was frozen")
    if one.is_rebuilt:
        return said("as it was frozen, and made again the same")
    if one.is_rebuilt is None:
        return said("as it was frozen")
    return said("as it was frozen; it would be made otherwise today, so its bytes alone are proved")


def _plain(one: Outcome) -> dict[str, Any]:
    frozen = one.frozen
    return {
        "name": frozen.name,
        "is_new": one.is_new,
        "subject": frozen.subject,
        "sent": frozen.sent.isoformat(),
        "manifest": frozen.digest,
        "files": dict(one.weights),
        "chosen": [
            {"show": section.show, "title": section.query.get("title") or "", "entries": [_entry(one) for one in section.entries]}
            for section in frozen.chosen
        ],
        "waiting": list(one.waiting),
    }


def _entry(told: Told) -> dict[str, Any]:
    return {"id": told.id, "title": told.title, "dates": [when.starts.isoformat() for when in told.dates]}


def _proof(proof: Proof, lang: str) -> dict[str, Any]:
    return {
        "letters": [
            {
                "name": one.frozen.name,
                "manifest": one.frozen.digest,
                "is_sound": not one.faults,
                "is_rebuilt": one.is_rebuilt,
                "differs": [tell(reason, lang) for reason in one.differs],
            }
            for one in proof.bundles
        ],
        "faults": [_fault(one, lang) for one in proof.faults],
    }


def _fault(one: Problem, lang: str) -> dict[str, str]:
    return {"path": one.path, "code": one.code, "level": LEVEL_NAMES[one.level], "text": sentence(one, lang)}
