"""The command that writes the next number of a letter: newsletter draft."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handbill.commands.called import Called, lang_option, moment
from handbill.errors import said
from handbill.telling import sentence, tell

if TYPE_CHECKING:
    from handbill.composing.drafting import Drafted


@click.command(short_help="Write the next number from what happened since the last one.")
@click.option("--letter", metavar="NAME", default="main", show_default=True, help="Which of the hub's letters.")
@click.option("--in", "text_lang", metavar="LANG", default="", help="The language of the text; default: the hub's.")
@click.option("--like", metavar="NUMBER", default="", help="Take order and sections from that number; default: the last one.")
@click.option("--date", "day", metavar="DAY", default="", help="When it is sent; default: by the rhythm of the last ones.")
@click.option("--print", "--dry-run", "only_print", is_flag=True, help="Print the file, and write nothing.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=None, metavar="FOLDER", help="Write it as a proposal.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Write it as of that moment; default: now.")
@lang_option
@click.pass_obj
def draft(
    called: Called, /, letter: str, text_lang: str, like: str, day: str, only_print: bool, into: Path | None, as_of: str | None
) -> int:
    """Write the next number of a letter, ready to be edited.

    Number, date, greeting, sections and signature go on from the last numbers;
    what each section shows today stands in it on comment lines. Subject and
    preheader are proposals. Nothing that is there already is written again.
    """
    from handbill.authoring.new import Taken, Unfit
    from handbill.composing.drafting import Drafter, Wish
    from handbill.engine import engine_digest
    from handbill.reading.cache import Cache
    from handbill.settings import read_settings

    options = called.options(as_of=as_of)
    settings = read_settings(called.root)
    cache = Cache(options.private / "cache" / "drafts", engine_digest())
    try:
        found = Drafter(settings, moment(as_of, called.root), called.lang, cache).draft(Wish(letter, text_lang, like, day))
    except Unfit as refusal:
        click.echo(f"handbill: {tell(refusal.args[0], called.lang)}", err=True)
        for one in refusal.problems:
            click.echo(f"  {sentence(one, called.lang)}", err=True)
        return refusal.exit_code
    if only_print:
        click.echo(found.text, nl=False)
        click.echo(tell(said("It would be {path}.", path=found.path), called.lang), err=True)
    elif into:
        _propose(found, into)
        click.echo(tell(said("Written: {path}", path=into / "files" / found.path), called.lang))
    else:
        file = called.root / found.path
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(found.text)
        except FileExistsError:
            raise Taken(said("{owner} is there already", owner=found.path)) from None
        click.echo(tell(said("Written: {path}", path=found.path), called.lang))
    for notice in found.notices:
        click.echo(f"- {tell(notice, called.lang)}", err=only_print)
    if not only_print and not into:
        command = f"python3 build.py newsletter preview {found.name}"
        click.echo(tell(said("To look at it: {command}", command=command), called.lang))
    return 0


def _propose(found: Drafted, folder: Path) -> None:
    """Leave the letter in *folder* in the form in which a workflow opens a proposal."""
    file = folder / "files" / found.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(found.text, encoding="utf-8", newline="\n")
    told = {"ready": True, "kind": "issue", "title": file.stem, "branch": f"letter-{found.name}", "comment": "", "body": ""}
    (folder / "proposal.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
