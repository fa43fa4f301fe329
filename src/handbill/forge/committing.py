"""Files → a commit on a branch, made by GitHub itself and signed by it, or nothing if the branch moved in between.

No file that is made so can be a link or a program: GitHub gives each the mode of a plain one.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence

from handbill.door import Refused
from handbill.errors import ServiceFailed, said
from handbill.forge.github import GitHub, part

#: More than this in one commit is refused now and then; what is larger becomes several.
_FILES, _BYTES = 100, 8 << 20

_QUESTION = "mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }"


class Moved(ServiceFailed):
    """The branch is not where it was when it was looked at; nothing was committed."""


def head_of(github: GitHub, branch: str) -> str | None:
    """Return the commit at which a branch stands, ``None`` where there is no such branch."""
    told = github.look_for(f"/git/ref/heads/{'/'.join(part(one) for one in branch.split('/'))}")
    return told.inside("object").commit("sha") if told else None


def files_at(github: GitHub, commit: str, folder: str = "") -> dict[str, str]:
    """Return the files of a commit below a folder, by their whole path, each as the id that Git has for its bytes.

    Raises:
        ServiceFailed: there are more than GitHub lists.
    """
    tree = github.look(f"/git/commits/{commit}").inside("tree").commit("sha")
    for name in folder.split("/") if folder else ():
        inside = {one.text("path"): one for one in github.look(f"/git/trees/{tree}").several("tree") if one.text("type") == "tree"}
        if name not in inside:
            return {}
        tree = inside[name].commit("sha")
    told = github.look(f"/git/trees/{tree}", recursive=1)
    if told.fields.get("truncated") is not False:
        raise ServiceFailed(said("GitHub does not list all files of {commit}", commit=commit[:12]))
    start = f"{folder}/" if folder else ""
    return {start + one.text("path"): one.commit("sha") for one in told.several("tree") if one.text("type") == "blob"}


def content_of(github: GitHub, blob: str) -> bytes:
    """Return the bytes of a file."""
    told = github.look(f"/git/blobs/{blob}")
    if told.text("encoding") != "base64":
        raise github.wrong(said("something without “{name}”, or with another sort of it", name="encoding"))
    return b64decode(told.text("content"))


def id_of(content: bytes) -> str:
    """Return the id that Git gives to the bytes of a file."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def commit(
    github: GitHub, branch: str, head: str, headline: str, body: str, written: Mapping[str, bytes], removed: Sequence[str] = ()
) -> str:
    """Commit files on a branch that stands at *head*, and return the commit at which it stands then.

    Raises:
        Moved: somebody else was faster.
        ServiceFailed: GitHub does not do it, or does not say whether it did.
    """
    for additions, deletions in _portions(written, removed):
        values = {
            "branch": {"repositoryNameWithOwner": github.repository, "branchName": branch},
            "message": {"headline": headline, "body": body},
            "expectedHeadOid": head,
            "fileChanges": {
                "additions": [{"path": path, "contents": b64encode(content).decode()} for path, content in additions],
                "deletions": [{"path": path} for path in deletions],
            },
        }
        try:
            told = github.graph(_QUESTION, {"input": values})
        except Refused as refused:
            if refused.status == 409:
                raise Moved(*refused.args) from refused
            raise
        head = told.inside("createCommitOnBranch").inside("commit").commit("oid")
    return head


def _portions(written: Mapping[str, bytes], removed: Sequence[str]) -> Iterator[tuple[list[tuple[str, bytes]], Sequence[str]]]:
    """Yield what one commit takes; what goes, goes with the last, when all that replaces it is there."""
    portion: list[tuple[str, bytes]] = []
    size = 0
    for path, content in sorted(written.items()):
        if portion and (len(portion) == _FILES or size + len(content) > _BYTES):
            yield portion, ()
            portion, size = [], 0
        portion.append((path, content))
        size += len(content)
    # A commit that takes away as many files as it likes is one of a few bytes.
    if portion or removed:
        yield portion, sorted(removed)
