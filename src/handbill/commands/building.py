"""The commands that read the whole hub: build it, check it, show it."""

from __future__ import annotations

from typing import Any

import click

from handbill.commands.called import Called, build_options, format_option, lang_option, moment, within
from handbill.errors import Level


@click.command(short_help="Check and build everything into public/; what is done without a command.")
@build_options
@click.pass_obj
def site(called: Called, /, **given: Any) -> int:
    """Check and build everything: site, feeds, calendars, letters, handbook, search."""
    from handbill.leaving import hold
    from handbill.memory import Memory
    from handbill.pipeline import build

    options = called.options(**given)
    screen = called.screen
    hold(memory := Memory())
    with screen.progress() as tell:
        report = build(options, tell, memory=memory)
    screen.built(report)
    return 0


@click.command()
@build_options
@format_option
@click.argument("paths", nargs=-1)
@click.pass_obj
def check(called: Called, /, paths: tuple[str, ...], strict: bool, **given: Any) -> int:
    """Tell every problem of the content, and build nothing.  PATHS narrow what is told."""
    from handbill.pipeline import check as check_all

    options = called.options(strict=strict, **given)
    wanted = [within(called.root, path) for path in paths]
    screen = called.screen
    with screen.progress() as tell:
        tell("Checking")
        problems = check_all(options)
    told = [
        one for one in problems if not wanted or any(path == "." or one.path == path or one.path.startswith(path + "/") for path in wanted)
    ]
    screen.problems(told)
    least = Level.WARNING if strict else Level.ERROR
    return 1 if any(one.level >= least for one in told) else 0


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The first port to try.")
@click.option("--drafts/--no-drafts", default=True, help="Show drafts too.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Show the hub as of that moment.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use.")
@lang_option
@click.pass_obj
def serve(called: Called, /, port: int, as_of: str | None, **given: Any) -> int:
    """Show the hub in the browser, and again after each change."""
    from handbill.preview.session import preview

    now = None if as_of else lambda: moment(None, called.root)
    return preview(called.options(as_of=as_of, **given), port, called.screen, now)
