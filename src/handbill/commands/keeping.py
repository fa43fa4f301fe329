"""The commands that bring in or write down what a hub keeps: an older site's content, version history."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import MachineLacks, said

if TYPE_CHECKING:
    from handbill.errors import Problem


@click.group("import")
def import_() -> None:
    """Bring in content from elsewhere."""


@import_.command("pelican")
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The folder of the new hub.")
@click.option("--kind", type=click.Choice(["post", "page", "issue"]), default="post", help="What the texts become.")
@click.option("--name", default=None, help="The community's name; default: the folder's.")
@click.option("--base-url", default="https://hub.example/", help="The address of the new hub.")
@click.option("--lang", default="en", help="The language of the texts.")
@click.option("--timezone", "zone", default="UTC", help="The zone of dates that name none.")
@click.option("--dialect", type=click.Choice(["python-markdown", "github"]), default="python-markdown", help="The flavour of Markdown.")
@click.option("--old-url", default="", help="The old site's address, for links that lead out of the source.")
@json_option
@click.pass_obj
def import_pelican(called: Called, /, source: Path, into: Path, name: str | None, **given: Any) -> int:
    """Make a hub of the content of a Pelican site."""
    from handbill.engine import PACKAGE
    from handbill.importing.pelican import import_pelican as bring

    screen = called.screen
    engine = PACKAGE.parent.parent
    is_checkout = (engine / "build.py").is_file()
    with screen.progress() as show:
        show(said("Importing"))
        report = bring(source, into, name=name or into.resolve().name, engine=engine if is_checkout else None, check=_whole_check, **given)
    screen.say(report.json() if called.form == "json" else report.text())
    return 0


@import_.command("ics")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--into", type=click.Path(path_type=Path), default=None, help="The hub; default: the one here. An empty folder becomes one.")
@click.option("--organiser", default="", help="Who organises what names nobody; default: the community.")
@click.option("--venue", default="", help="Where an event takes place that names no place; without it, such an event becomes a draft.")
@click.option("--name", default=None, help="For a new hub: the community's name; default: the folder's.")
@click.option("--base-url", default="https://hub.example/", help="For a new hub: its address.")
@click.option("--lang", default="fr", help="For a new hub: the language of the texts.")
@click.option("--timezone", "zone", default="Europe/Paris", help="For a new hub: its time zone.")
@json_option
@click.pass_obj
def import_ics(called: Called, /, source: Path, into: Path | None, organiser: str, venue: str, name: str | None, **given: Any) -> int:
    """Bring the events of a calendar (.ics), or of a folder of them, into a hub."""
    from handbill.engine import PACKAGE
    from handbill.importing.ics.bringing import Wish, new_hub
    from handbill.importing.ics.bringing import import_ics as bring

    screen = called.screen
    engine = PACKAGE.parent.parent
    root = into or called.root

    def begin(folder: Path) -> None:
        new_hub(folder, name or root.resolve().name, engine=engine if (engine / "build.py").is_file() else None, **given)

    with screen.progress() as show:
        show(said("Importing"))
        report = bring(source, root, moment(None, root), Wish(organiser, venue), begin, _whole_check)
    screen.say(report.json() if called.form == "json" else report.text())
    return 0


def _whole_check(root: Path, as_of: datetime) -> tuple[Problem, ...]:
    """Return what a whole build of the hub in *root* would find."""
    from handbill.pipeline import Options
    from handbill.pipeline import check as check_all

    return check_all(Options(root=root, output=root / "public", as_of=as_of, drafts=True, jobs=os.cpu_count() or 1))


@click.command(short_help="Write down in history.lock when files changed.")
@lang_option
@click.pass_obj
def history(called: Called, /) -> int:
    """Write down in history.lock what version history says, for clones that have none."""
    from handbill.layout import FOLDERS, HISTORY
    from handbill.publishing.standing import write_whole
    from handbill.reading.history import head_of, lock_text, read_git, read_lock, with_authors
    from handbill.reading.load import load
    from handbill.settings import read_settings

    root = called.root
    if not head_of(root):
        raise MachineLacks(said("there is no complete version history here (no git, no commit, or a shallow clone)"))
    hub = load(read_settings(root), moment(None, root), None, drafts=True).hub
    people = [item for item in (*hub.items, *hub.hidden) if item.kind == "person"]
    past = with_authors(read_git(root, FOLDERS), {name for item in people for name in (item.title, *item.facts.git)})
    if past != read_lock(root):
        write_whole(root / HISTORY, lock_text(past))
        called.screen.say(said("{file}: written, {n} files", file=HISTORY, n=len(past)))
    else:
        called.screen.say(said("{file}: up to date, {n} files", file=HISTORY, n=len(past)))
    return 0
