"""The command that shows a letter before it is sent: newsletter preview."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import Level, said
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.composing.impression import Impression


@click.command(short_help="Show a letter as members will get it: phone, desktop, dark, text.")
@click.argument("number", metavar="[N]", default="")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The first port to try.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None, help="Write its forms there, and serve nothing.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="How many processes to use; default: one for each core.")
@json_option
@lang_option
@click.pass_obj
def preview(called: Called, /, number: str, port: int, output: Path | None, as_of: str | None, jobs: int | None) -> int:
    """Show letter N, or the next to be sent, as of its own date: in four panes, with weight, links, choices and checks.

    N is a number, a name such as agenda-3 or 12.en, or the path of its file.
    A draft is shown too. The panes load themselves again after each change.
    """
    from handbill.composing.naming import find, named
    from handbill.engine import engine_digest
    from handbill.reading.cache import Cache
    from handbill.reading.load import load
    from handbill.settings import read_settings

    options = called.options(as_of=as_of, jobs=jobs)
    cache = Cache(options.private / "cache" / "drafts", engine_digest())
    settings = read_settings(called.root)
    item = find(number, load(settings, moment(as_of, called.root), cache).hub, settings)
    assert item.published is not None
    if output is None and called.form != "json":
        from handbill.preview.session import preview_letter

        return preview_letter(options, item.source, named(item, settings), item.published, port, called.screen)
    from handbill.composing.impression import impression

    with tempfile.TemporaryDirectory(prefix="handbill-") as scratch:
        seen = impression(options, item.source, item.published, Path(scratch), called.lang)
    if output is not None:
        _write(seen, output, called)
    if called.form == "json":
        from handbill.composing.plain import of_impression

        click.echo(json.dumps(of_impression(seen, called.lang), ensure_ascii=False, indent=2))
    elif output is not None:
        called.screen.problems(seen.problems)
    return 1 if any(one.level is Level.ERROR for one in seen.problems) else 0


def _write(seen: Impression, output: Path, called: Called) -> None:
    """Write the forms of a letter into a folder, and nothing else."""
    output.mkdir(parents=True, exist_ok=True)
    for name, content in seen.forms.items():
        (output / name).write_bytes(content)
        if called.form != "json":
            click.echo(tell(said("Written: {path}", path=(output / name).as_posix()), called.lang))
