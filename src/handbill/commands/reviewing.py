"""The command that shows what a proposal changes for members: review."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from handbill.commands.called import Called, json_option, lang_option
from handbill.errors import said
from handbill.layout import PRIVATE


@click.command(short_help="Show what members will get that they would not have got: pages, feeds, calendars, letters.")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", default="")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=None, help="Where to write the pack.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@click.option("--base-url", default=None, metavar="URL", help="Build for this address instead of the one in hub.toml.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use; default: one for each core.")
@click.option("--no-cache", is_flag=True, help="Make everything anew; the result is the same.")
@click.option("--no-pictures", is_flag=True, help="Take no screenshots.")
@json_option
@lang_option
@click.pass_obj
def review(called: Called, /, base: str, head: str, into: Path | None, no_pictures: bool, **given: Any) -> int:
    """Compare two states of the hub and write a pack to approve from: what members would get from HEAD and not from BASE.

    Both are branches, tags or commits; without HEAD, the files as they lie
    there. The pack is one page, one text for a comment, and JSON.
    """
    from handbill.reviewing import as_json, as_markdown, pack
    from handbill.reviewing.review import opened

    called.stopped = said("Stopped; nothing of the hub was changed.")
    options = called.options(**given)
    folder = into or called.root / PRIVATE / "review" / "pack"
    screen = called.screen
    with screen.progress() as progress, opened(options, base, head, called.lang, progress) as found:
        progress(said("Writing the pack"))
        pack.write(found, folder, called.lang, pictures=not no_pictures, tell=progress)
    # In a workflow, the page of the run shows it where nobody could comment.
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(page).open("a", encoding="utf-8", newline="\n") as file:
            file.write((folder / pack.MARKDOWN).read_text(encoding="utf-8").rstrip("\n") + "\n\n")
    if called.form == "json":
        click.echo(as_json.text(found.review), nl=False)
    else:
        screen.say(as_markdown.summary(found.review, called.lang))
        screen.say(said("Written: {path}", path=(folder / pack.PAGE).as_posix()))
    return 0 if found.review.is_whole else 1
