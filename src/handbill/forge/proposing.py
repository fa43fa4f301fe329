"""Files that another step left → one pull request, with whoever proposed them credited; called twice, it is still one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbill.errors import Said, WrongUse, said
from handbill.forge.answers import Told
from handbill.forge.committing import commit, files_at, head_of, id_of
from handbill.forge.github import GitHub
from handbill.forge.proposal import Idle
from handbill.forge.room import Room
from handbill.forge.sticky import keep_comment
from handbill.forge.wanted import Wanted

#: The first line of our comment that answers a form.
MARKER = "<!-- handbill:intake -->"
#: Branches of ours begin so.
_BEGINNING = "proposal/"

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue that a form made, as GitHub tells it: its number, and who filled the form in."""

    number: int
    login: str
    id: int
    is_person: bool

    @property
    def credit(self) -> str:
        """Return the line that credits whoever proposed it, with the address that GitHub gives to everybody; "" for no person."""
        if not self.is_person or not _LOGIN.fullmatch(self.login):
            return ""
        return f"Co-authored-by: {self.login} <{self.id}+{self.login}@users.noreply.github.com>\n"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was done: the number of the pull request and where it stands, 0 and "" where only an answer was given."""

    told: Said
    number: int = 0
    address: str = ""


def issue_of(event: Told) -> Issue | None:
    """Return the issue of an event, ``None`` where it is about none.

    Raises:
        Idle: it is closed already, or no issue but a pull request.
    """
    if event.fields.get("issue") is None:
        return None
    issue = event.inside("issue")
    if issue.text("state") != "open" or issue.fields.get("pull_request") is not None:
        raise Idle(said("the form is closed already"))
    user = issue.inside("user")
    return Issue(issue.number("number"), user.text("login"), user.number("id"), user.text("type") == "User")


def propose(room: Room, github: GitHub, wanted: Wanted) -> Proposed:
    """Open a pull request with what is wanted, or bring the one that is open up to date; answer under the form.

    Which issue it is about, and who wrote it, is taken from the event alone.

    Raises:
        Idle: somebody decided already, or works on it.
        ServiceFailed: GitHub does not do it; calling again does no harm.
    """
    issue = issue_of(room.event())
    if not wanted.is_ready:
        if issue is None or not wanted.comment.strip():
            raise Idle(said("there is nothing to propose and nothing to say"))
        _answer(room, github, issue, wanted.comment)
        return Proposed(said("answered under {number}", number=issue.number))
    if (f"issue-{issue.number}" if issue else wanted.branch) != wanted.branch or (issue is None and wanted.branch.startswith("issue-")):
        raise WrongUse(said("the proposal is one of another form"))
    number, address = _opened(room, github, wanted, issue)
    if issue and wanted.comment.strip():
        _answer(room, github, issue, f"{wanted.comment.rstrip()}\n\n→ {address}\n")
    return Proposed(said("proposed as {number}", number=number), number, address)


def _opened(room: Room, github: GitHub, wanted: Wanted, issue: Issue | None) -> tuple[int, str]:
    branch = _BEGINNING + wanted.branch
    standing = _standing(github, branch)
    is_open = standing is not None and standing.text("state") == "open"
    if standing is not None and not is_open:
        raise Idle(said("it was decided already, in {number}", number=standing.number("number")))
    base = github.look("").text("default_branch")
    head = head_of(github, base)
    if head is None:
        raise WrongUse(said("there is no branch {name}", name=base))
    if taken := sorted(set(files_at(github, head)) & set(wanted.files)):
        raise WrongUse(said("{name}: stands in the hub already", name=taken[0]))
    tip = head_of(github, branch)
    if tip is None:
        github.ask("POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": head})
        tip = head
    elif is_open and not _is_ours(room, github, tip):
        raise Idle(said("somebody works on it already"))
    files = files_at(github, tip)
    changed = {name: content for name, content in wanted.files.items() if files.get(name) != id_of(content)}
    # Another title is another name: what was proposed under the former one goes.
    removed = [name for name in _proposed(github, standing) if name in files and name not in wanted.files]
    if changed or removed:
        # A title of a stranger in a commit could close an issue; the path was made by us.
        headline = f"proposal: {sorted(wanted.files)[0]}"[:100]
        commit(github, branch, tip, headline, issue.credit if issue else "", changed, removed)
    title = wanted.title or wanted.branch
    if standing is None:
        made = Told.of(
            github.ask(
                "POST", "/pulls", {"title": title, "head": branch, "base": base, "body": wanted.body, "maintainer_can_modify": True}
            ),
            github.wrong,
        )
        return made.number("number"), made.text("html_url")
    number = standing.number("number")
    if (standing.text("title"), _lines(standing.text("body", ""))) != (title, _lines(wanted.body)):
        github.ask("PATCH", f"/pulls/{number}", {"title": title, "body": wanted.body})
    return number, standing.text("html_url")


def _standing(github: GitHub, branch: str) -> Told | None:
    """Return the pull request of a branch of ours: the open one, or else the last that was decided."""
    owner = github.repository.partition("/")[0]
    every = [one for one in github.every("/pulls", head=f"{owner}:{branch}", state="all") if _is_of(one, github, branch)]
    return max(every, key=lambda one: (one.text("state") == "open", one.number("number")), default=None)


def _is_of(told: Told, github: GitHub, branch: str) -> bool:
    head = told.inside("head")
    # A fork may have a branch of the same name, and may be gone.
    return head.text("ref") == branch and head.fields.get("repo") is not None and head.inside("repo").text("full_name") == github.repository


def _is_ours(room: Room, github: GitHub, commit_id: str) -> bool:
    author = github.look(f"/commits/{commit_id}").fields.get("author")
    return isinstance(author, dict) and author.get("login") == room.actor


def _proposed(github: GitHub, standing: Told | None) -> list[str]:
    """Return the files that a pull request of ours brings."""
    if standing is None:
        return []
    return [one.text("filename") for one in github.every(f"/pulls/{standing.number('number')}/files") if one.text("status") == "added"]


def _answer(room: Room, github: GitHub, issue: Issue, comment: str) -> None:
    keep_comment(github, issue.number, MARKER, f"{MARKER}\n{comment}", room.actor)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip()
