"""The commands that workflows run: what they tell the program that keeps the repository, and ask of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import said
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.errors import Said
    from handbill.forge.github import GitHub
    from handbill.forge.room import Room

_PACK = click.Path(path_type=Path, exists=True)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_trial_option = click.option("--dry-run", "is_trial", is_flag=True, help="Tell what would be done, and do nothing.")


@click.group("forge", short_help="What workflows tell GitHub, and ask of it.")
def forge() -> None:
    """Do what the workflows of a hub need GitHub for; each command says what it needs of its environment."""


@forge.command("comment", short_help="Show under a proposal what members will get of it.")
@click.argument("pack", type=_PACK, required=False)
@json_option
@lang_option
@click.pass_obj
def comment(called: Called, /, pack: Path | None) -> int:
    """Write what the review of a proposal found as one comment under it, or renew that comment.

    Without PACK, the file is fetched that the run of the event left; nothing of
    it is believed but the record of the review, and nothing of it is run.
    """
    from handbill.forge.commenting import MOST
    from handbill.forge.commenting import comment as write_comment
    from handbill.reviewing.as_json import read
    from handbill.reviewing.as_markdown import comment as words_of

    def work(room: Room, github: GitHub) -> tuple[Said, dict[str, Any]]:
        # Links to lines lead to our own repository, whatever a record says.
        own = f"{room.server}/{room.repository}"
        done = write_comment(room, github, pack, read, lambda found, whole, files: words_of(found, called.lang, MOST, whole, own, files))
        return done.told, {"proposal": done.number, "comment": done.how, "address": done.address}

    return _done(called, work)


@forge.command("due", short_help="Tell whether the hub has to be published now.")
@click.option("--environment", default="github-pages", help="The environment into which the hub is published.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Tell it for that moment; default: now.")
@json_option
@lang_option
@click.pass_obj
def due(called: Called, /, environment: str, as_of: str | None) -> int:
    """Tell whether something was merged since the hub was published, or came due; the step's output is due=true or due=false.

    Where nobody can tell, it is due.
    """
    from handbill.forge.due import due_of
    from handbill.reading.load import load
    from handbill.settings import read_settings

    now = moment(as_of, called.root)

    def until(made: datetime) -> datetime:
        return load(read_settings(called.root), made, None).hub.stays_until()

    def work(room: Room, github: GitHub) -> tuple[Said, dict[str, Any]]:
        found = due_of(room, github, environment, now, until)
        room.leave(due="true" if found.is_due else "false")
        told = said("due: {why}", why=found.why) if found.is_due else said("not due: {why}", why=found.why)
        return told, {"due": found.is_due, "until": found.until.isoformat() if found.until else ""}

    return _done(called, work)


@forge.command("keep", short_help="Commit the books that a build wrote.")
@click.option("--branch", default="", help="The branch that is published; default: the one that was checked out.")
@_trial_option
@json_option
@lang_option
@click.pass_obj
def keep(called: Called, /, branch: str, is_trial: bool) -> int:
    """Commit addresses.lock and calendars.lock as the build left them, and nothing else, on the branch that is published.

    What others wrote there meanwhile stays.
    """
    from handbill.forge.keeping import keep as keep_books

    def work(room: Room, github: GitHub) -> tuple[Said, dict[str, Any]]:
        kept = keep_books(github, called.root, branch or room.branch, room.commit, is_trial=is_trial)
        if not kept.names:
            return said("nothing to write down"), {"files": [], "commit": ""}
        names = ", ".join(kept.names)
        told = said("{names}: would be written down", names=names) if is_trial else said("{names}: written down", names=names)
        return told, {"files": list(kept.names), "commit": kept.commit}

    return _done(called, work)


@forge.command("preview", short_help="Show the site of a proposal elsewhere, after a maintainer asked for it.")
@click.option("--to", default="", envvar="HANDBILL_PREVIEW_REPOSITORY", metavar="REPOSITORY", help="The repository that shows previews.")
@click.option(
    "--at", default="", envvar="HANDBILL_PREVIEW_URL", metavar="URL", help="Where that repository is shown; another site than the hub's."
)
@click.option("--branch", default="main", help="The branch of that repository which is shown.")
@click.option("--label", default="preview", help="The label by which a maintainer asks.")
@json_option
@lang_option
@click.pass_obj
def preview(called: Called, /, to: str, at: str, branch: str, label: str) -> int:
    """Put up the site of a proposal as a preview on another site, and take away those of proposals that are closed.

    It is put up for exactly the commit that the comment under the proposal
    shows, when somebody who may write here put the label after that comment.
    The token for the other repository is in HANDBILL_PREVIEW_TOKEN.
    """
    from handbill.forge.github import GitHub
    from handbill.forge.origin import check_elsewhere
    from handbill.forge.previewing import Host
    from handbill.forge.previewing import preview as put_up
    from handbill.forge.proposal import Idle
    from handbill.settings import read_settings

    def work(room: Room, github: GitHub) -> tuple[Said, dict[str, Any]]:
        if not (to and at):
            raise Idle(said("no place for previews is set up"))
        host = Host(
            GitHub(to, os.environ.get("HANDBILL_PREVIEW_TOKEN", ""), room.api),
            branch,
            check_elsewhere(at, read_settings(called.root).base_url),
        )
        done = put_up(room, github, host, label, called.lang)
        return done.told, {"proposal": done.number, "address": done.address, "files": done.files, "gone": list(done.gone)}

    return _done(called, work)


@forge.command("propose", short_help="Open a pull request with what another step left.")
@click.argument("folder", type=_FOLDER)
@json_option
@lang_option
@click.pass_obj
def propose(called: Called, /, folder: Path) -> int:
    """Open a pull request with the files in FOLDER, or bring the one that is open up to date; answer under the form.

    FOLDER is what intake or newsletter draft wrote with --into.
    """
    from handbill.forge.proposing import propose as open_proposal
    from handbill.forge.wanted import wanted_in

    def work(room: Room, github: GitHub) -> tuple[Said, dict[str, Any]]:
        done = open_proposal(room, github, wanted_in(folder))
        return done.told, {"proposal": done.number, "address": done.address}

    return _done(called, work)


def _done(called: Called, work: Callable[[Room, GitHub], tuple[Said, dict[str, Any]]]) -> int:
    """Do some work, and tell what became of it; that there was nothing to do is no failure."""
    from handbill.forge.proposal import Idle
    from handbill.forge.room import Room

    room = Room.of(os.environ)
    try:
        told, plain = work(room, room.github())
        is_done = True
    except Idle as idle:
        told, plain, is_done = said("nothing to do: {why}", why=idle.why), {}, False
    text = tell(told, called.lang)
    room.show(text)
    click.echo(json.dumps({"done": is_done, "told": text, **plain}, ensure_ascii=False, indent=2) if called.form == "json" else text)
    return 0
