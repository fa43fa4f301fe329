"""The commands about who looks at proposals, and how long these have waited: owners, queue."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import WrongUse, said
from handbill.layout import PRIVATE
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.proposals.export import Proposal
    from handbill.proposals.owners import Forge


@click.command(short_help="Write who is asked about a proposal, and what proposers are asked, for the forge.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 when the files are not what hub.toml says.")
@click.option(
    "--forge", type=click.Choice(["github", "gitlab", "forgejo"]), default=None, help="For which program; default: as in hub.toml."
)
@json_option
@lang_option
@click.pass_obj
def owners(called: Called, /, only_check: bool, forge: str | None) -> int:
    """Write the file of owners from the sections of hub.toml, and the text that a proposal begins with from the kinds.

    Nobody is asked over the network whether these owners exist.
    """
    from handbill.authoring.writing import put
    from handbill.kinds import KINDS
    from handbill.proposals.owners import PLACES, owners_text, unowned
    from handbill.proposals.templates import templates
    from handbill.proposals.tracked import tracked
    from handbill.settings import read_settings

    settings = read_settings(called.root)
    program = cast("Forge", forge or settings.repository.forge or "github")
    wanted = templates(KINDS, program, settings.lang)
    if settings.sections:
        text = owners_text(settings.sections, lambda path: (called.root / path).is_file(), program, settings.lang)
        wanted = {PLACES[program]: text} | wanted
    differing = [path for path, text in wanted.items() if _standing(called, path) != text]
    alone = unowned(tracked(called.root) if settings.sections else (), settings.sections)
    if not only_check:
        for path in differing:
            (called.root / path).parent.mkdir(parents=True, exist_ok=True)
            put(called.root, path, wanted[path].encode())
    if called.form == "json":
        told = {"differing" if only_check else "written": differing, "unowned": list(alone)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return int(only_check and bool(differing))
    for path in differing:
        click.echo(tell(said("Not as hub.toml says: {path}", path=path) if only_check else said("Written: {path}", path=path), called.lang))
    if not differing:
        click.echo(tell(said("Everything stands as hub.toml says."), called.lang))
    if not settings.sections:
        click.echo(tell(said("hub.toml names no section, so nobody is asked: see {where}.", where="[sections.<name>]"), called.lang))
    for path in alone[:_MOST_TOLD]:
        click.echo(tell(said("Nobody is asked about {path}", path=path), called.lang))
    if len(alone) > _MOST_TOLD:
        click.echo(tell(said("… and about {n} more.", n=len(alone) - _MOST_TOLD), called.lang))
    return int(only_check and bool(differing))


#: How many files of nobody are named on a screen.
_MOST_TOLD = 10


def _standing(called: Called, path: str) -> str | None:
    try:
        return (called.root / path).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


@click.command(short_help="Show which proposals wait, for how long, for whom, and which date they must not miss.")
@click.argument("export", metavar="[EXPORT]", default="")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=None, help="Where to write the page.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take that moment for now.")
@json_option
@lang_option
@click.pass_obj
def queue(called: Called, /, export: str, into: Path | None, as_of: str | None) -> int:
    """Make a page of the open proposals that the forge listed in EXPORT; - reads what another program prints.

    Without EXPORT, GitHub is asked, as the variables of a workflow say. In CI
    the summary of the step gets the same as Markdown.
    """
    from handbill.engine import engine_digest
    from handbill.proposals.export import read_export
    from handbill.proposals.queue import queue_of
    from handbill.proposals.queue_files import PAGE, RECORD, TEXT, queue_files
    from handbill.proposals.queue_text import gist
    from handbill.reading.cache import Cache
    from handbill.reading.load import load
    from handbill.settings import read_settings

    settings, at = read_settings(called.root), moment(as_of, called.root)
    proposals = read_export(_read(export)) if export else _asked()
    hub = load(settings, at, Cache(called.root / PRIVATE / "cache" / "drafts", engine_digest()), drafts=False).hub
    found = queue_of(proposals, hub, settings, called.lang)
    made = queue_files(found, settings, called.lang)
    if page := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(page).open("a", encoding="utf-8") as summary:
            summary.write(made[TEXT])
    if called.form == "json":
        click.echo(made[RECORD], nl=False)
        return 0
    folder = into or called.root / PRIVATE / "queue"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_bytes(text.encode())
    click.echo(gist(found, called.lang))
    click.echo(tell(said("Written: {path}", path=(folder / PAGE).as_posix()), called.lang))
    return 0


def _asked() -> tuple[Proposal, ...]:
    from handbill.forge.room import Room
    from handbill.forge.waiting import waiting

    return waiting(Room.of(os.environ).github())


def _read(export: str) -> bytes:
    from handbill.proposals.export import MOST_BYTES

    if export == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(export).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise WrongUse(said("{path} cannot be read: {reason}", path=export, reason=trouble.strerror or trouble)) from None
