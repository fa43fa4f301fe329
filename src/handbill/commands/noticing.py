"""The command that writes the post of a date that was called off or moved: notice."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from handbill.commands.called import Called, lang_option, moment
from handbill.errors import WrongUse, said
from handbill.kinds import KINDS
from handbill.telling import sentence, tell


@click.command(short_help="Write the post that tells of an event that was cancelled or moved.")
@click.argument("event", metavar="EVENT")
@click.option("--date", "day", metavar="DAY", default="", help="Of a series, the date that changed; default: the most urgent one.")
@click.option("--print", "--dry-run", "only_print", is_flag=True, help="Print the posts, and write nothing.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Write them as of that moment; default: now.")
@lang_option
@click.pass_context
def notice(ctx: click.Context, /, event: str, day: str, only_print: bool, as_of: str | None) -> int:
    """Write a post that tells members what became of an EVENT, named by its path, slug or id.

    First say in the event's own file what happened (status, status_note);
    date, reason and link are taken from there. The post is written in each
    language of the event, passes every check, and can be changed like any other.
    """
    from handbill.authoring.finding import find
    from handbill.authoring.new import Unfit
    from handbill.authoring.notice import notices
    from handbill.authoring.writing import put
    from handbill.engine import engine_digest
    from handbill.reading.cache import Cache
    from handbill.reading.load import load
    from handbill.settings import read_settings

    called = ctx.find_object(Called)
    assert called is not None
    options = called.options(as_of=as_of, drafts=True)
    settings, at = read_settings(called.root), moment(as_of, called.root)
    cache = Cache(options.private / "cache" / "drafts", engine_digest())
    hub = load(settings, at, cache, drafts=False).hub
    kinds: dict[str, Any] = {kind.name: kind for kind in KINDS}
    item = find(event, kinds["event"], hub, settings.lang, settings.root)
    try:
        found = notices(item, hub, settings, kinds["post"], _day(day), cache)
    except Unfit as refusal:
        click.echo(f"handbill: {tell(refusal.args[0], called.lang)}", err=True)
        for one in refusal.problems:
            click.echo(f"  {sentence(one, called.lang)}", err=True)
        return refusal.exit_code
    for made in found.made:
        if only_print:
            click.echo(made.text, nl=False)
            click.echo(tell(said("It would be {path}.", path=made.path), called.lang), err=True)
        else:
            (called.root / made.path).parent.mkdir(parents=True, exist_ok=True)
            put(called.root, made.path, made.text.encode())
            click.echo(tell(said("Written: {path}", path=made.path), called.lang))
    for lacking in found.notices:
        click.echo(f"- {tell(lacking, called.lang)}", err=only_print)
    if not only_print:
        click.echo(tell(said("To look at it: {command}", command="python3 build.py serve"), called.lang))
    return 0


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise WrongUse(said("--date: found “{written}”, wanted a day such as 2026-05-01", written=written)) from None
