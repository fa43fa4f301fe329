"""The command that asks whether the pages elsewhere still answer: links."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from handbill.commands.called import Called, json_option, lang_option, within
from handbill.errors import said
from handbill.telling import tell


@click.command(short_help="Ask whether the pages elsewhere that the hub leads to still answer.")
@click.argument("paths", nargs=-1)
@click.option("--minutes", type=click.FloatRange(0.1, 600), default=20.0, show_default=True, help="How long it may take in all.")
@click.option("--again", is_flag=True, help="Ask also what answered well within the last seven days.")
@click.option("--local", "is_local", is_flag=True, help="Ask machines of one's own network, too.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take the hub as of that moment; default: now.")
@json_option
@lang_option
@click.pass_obj
def links(called: Called, /, paths: tuple[str, ...], minutes: float, again: bool, is_local: bool, as_of: str | None) -> int:
    """Ask every page elsewhere that the hub leads to, and tell which lead nowhere, have moved or do not answer.

    It is advice and stops nothing: the exit code is 0 whatever is found. PATHS
    narrow which files are looked at. In a run of a forge, the page of the run
    tells it, too.
    """
    from handbill.outside.asked import Wish, asked
    from handbill.outside.report import lines, markdown, plain

    called.stopped = said("Stopped; nothing was kept of what was asked.")
    wish = Wish(tuple(within(called.root, path) for path in paths), minutes, again, is_local)
    last = -1

    def show(n: int, of: int) -> None:
        nonlocal last
        if sys.stdout.isatty() or n // 100 > last:
            last = n // 100
            step(tell(said("{n} of {of} links asked", n=n, of=of), called.lang))

    with called.screen.progress() as step:
        found = asked(called.options(as_of=as_of), wish, show)
    if called.form == "json":
        click.echo(json.dumps(plain(found, called.lang), ensure_ascii=False, indent=1))
    else:
        for line in lines(found, called.lang):
            click.echo(line)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(markdown(found, called.lang))
    return 0
