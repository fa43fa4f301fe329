"""The command that turns a form into a file, or into a friendly list of what is missing: intake."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from handbill.commands.called import Called, json_option, lang_option, moment
from handbill.errors import WrongUse, said
from handbill.layout import PRIVATE
from handbill.telling import tell

if TYPE_CHECKING:
    from handbill.proposals.issue import Issue
    from handbill.proposals.outcome import Outcome

_NAMES = ("event", "post", "entry", "correction", "report")


@click.command(short_help="Turn a form that somebody filled in into a file to be proposed.")
@click.argument("event", required=False, envvar="GITHUB_EVENT_PATH", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=None, help="Where to write; default: .handbill/proposal.")
@click.option("--form", type=click.Choice(_NAMES), default=None, help="Which form it is; default: the one that its questions are of.")
@click.option("--body", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file with the text alone, instead of EVENT.")
@click.option("--forms", "only_forms", is_flag=True, help="Write the forms themselves into .github/ISSUE_TEMPLATE, and nothing else.")
@click.option("--as-of", default=None, metavar="MOMENT", help="Take it in as of that moment; default: now.")
@json_option
@lang_option
@click.pass_obj
def intake(called: Called, /, event: Path | None, into: Path | None, only_forms: bool, **given: Any) -> int:
    """Take in a form: EVENT is the event of an issue, as the forge writes it.

    The folder then holds proposal.json, with the comment that answers, and
    where nothing is missing the file to be proposed below files/. Whatever
    somebody wrote into a form, this ends well: the answer says what to do.
    """
    if only_forms:
        return _write_forms(called)
    issue = _issue(event, given["body"])
    outcome = _taken_in(called, issue, given["form"], given["as_of"])
    folder = into or called.root / PRIVATE / "proposal"
    told = _as_plain(outcome, issue)
    _write(folder, outcome, told)
    _tell_forge(outcome, told["comment"])
    if called.form == "json":
        called.screen.say(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    lines = {
        "ready": said("Ready to be proposed: {path}", path=outcome.path),
        "unknown": said("This issue is none of the forms; nothing is said to it."),
    }
    called.screen.say(tell(lines.get(outcome.state, said("No file; the answer says why.")), called.lang))
    called.screen.say(tell(said("Written: {path}", path=folder / "proposal.json"), called.lang))
    return 0


def _issue(event: Path | None, body: Path | None) -> Issue:
    from handbill.proposals.body import MOST_BYTES
    from handbill.proposals.issue import Issue, read_issue

    if body is not None:
        with body.open("rb") as opened:
            # What is longer is refused for its length, whatever its end.
            return Issue(opened.read(4 * MOST_BYTES).decode("utf-8", "replace"))
    if event is None:
        raise WrongUse(said("which form? an EVENT or --body FILE is wanted"))
    return read_issue(event.read_bytes())


def _taken_in(called: Called, issue: Issue, form: str | None, as_of: str | None) -> Outcome:
    from handbill.engine import engine_digest
    from handbill.proposals.forms import named
    from handbill.proposals.intake import Room, take_in
    from handbill.reading.cache import Cache
    from handbill.settings import read_settings

    options = called.options(as_of=as_of, drafts=True)
    cache = Cache(options.private / "cache" / "drafts", engine_digest())
    room = Room(read_settings(called.root), moment(as_of, called.root), cache)
    return take_in(issue, room, named(form) if form else None)


def _as_plain(outcome: Outcome, issue: Issue) -> dict[str, Any]:
    """Return what the next step reads; every text in it is harmless as Markdown."""
    from handbill.proposals.replies import merge_text, reply

    return {
        "ready": outcome.is_ready,
        "state": outcome.state,
        "form": outcome.form,
        "lang": outcome.lang,
        "kind": outcome.kind,
        "path": outcome.path if outcome.is_ready else "",
        "title": outcome.title if outcome.is_ready else "",
        "branch": f"issue-{issue.number or PurePosixPath(outcome.path).name.partition('.')[0][:50]}" if outcome.is_ready else "",
        "issue": issue.number or None,
        "proposer": issue.proposer,
        "is_private": outcome.state == "private",
        "comment": reply(outcome),
        "body": merge_text(outcome, issue.number, issue.proposer),
    }


def _write(folder: Path, outcome: Outcome, told: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)
    if outcome.is_ready:
        file = folder / "files" / outcome.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(outcome.content)
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / "proposal.json").write_text(text, encoding="utf-8", newline="\n")


def _tell_forge(outcome: Outcome, comment: str) -> None:
    """Tell the workflow whether there is a file, and show the answer in its summary unless it speaks of something private."""
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8", newline="\n") as opened:
            opened.write(f"ready={'true' if outcome.is_ready else 'false'}\n")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and comment and outcome.state != "private":
        with Path(summary).open("a", encoding="utf-8", newline="\n") as opened:
            opened.write(comment)


def _write_forms(called: Called) -> int:
    """Write the forms, and take away those that a former version wrote under another name."""
    from handbill.proposals.issue_forms import FOLDER, NOTE, issue_forms
    from handbill.settings import read_settings

    files = issue_forms(read_settings(called.root))
    folder = called.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.yml")):
        if old.read_text(encoding="utf-8", errors="replace").startswith(NOTE) and f"{FOLDER}/{old.name}" not in files:
            old.unlink()
    for name, text in files.items():
        (called.root / name).write_text(text, encoding="utf-8", newline="\n")
        called.screen.say(tell(said("Written: {path}", path=name), called.lang))
    return 0
