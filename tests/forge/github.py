"""GitHub on this machine, as far as its documentation says what it does: strict about what it is asked, and honest about Git.

A path that it does not know, a right that the token lacks and a body with
another field are refused, so that a request that the real one might refuse
fails here.  Trees and blobs have the ids that Git gives them.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

from tests.sending.services.fake import Fake, Fault, Refusal

REPOSITORY = "atelier/hub"
TOKEN = "ghs_0123456789abcdefOfOurs"
BOT = "github-actions[bot]"

#: What the job of a workflow may be given.
EVERYTHING = {
    "contents": "write",
    "pull-requests": "write",
    "issues": "write",
    "actions": "read",
    "deployments": "read",
    "metadata": "read",
}

_ROUTES: list[tuple[str, re.Pattern[str], str, str, str]] = []


def route(method: str, path: str, scope: str, level: str = "read") -> Callable[[Any], Any]:
    """Let a method answer a path below a repository's own, for a token that has the right."""

    def note(function: Any) -> Any:
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path).replace("{", "(?P<").replace("*}", ">.+)"))
        _ROUTES.append((method, pattern, scope, level, function.__name__))
        return function

    return note


@dataclass
class Repository:
    """One repository there."""

    name: str
    blobs: dict[str, bytes] = field(default_factory=dict)
    trees: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    files: dict[int, list[str]] = field(default_factory=dict)
    reviews: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    runs: dict[int, dict[str, Any]] = field(default_factory=dict)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    deployments: list[dict[str, Any]] = field(default_factory=list)
    permissions: dict[str, str] = field(default_factory=dict)
    protected: set[str] = field(default_factory=set)

    def commit(self, branch: str, files: dict[str, bytes], message: str = "work", author: str = "ada", *, keep: bool = False) -> str:
        """Let a branch stand at a new commit with these files, beside those that were there where *keep* says so."""
        whole = {**(self.files_of(self.branches[branch]) if keep and branch in self.branches else {}), **files}
        tree = self._tree(whole)
        parent = self.branches.get(branch, "")
        oid = _id(repr((tree, parent, message, author, len(self.commits))).encode())
        self.commits[oid] = {"tree": tree, "parents": [parent] if parent else [], "message": message, "author": author}
        self.branches[branch] = oid
        return oid

    def files_of(self, commit: str, folder: str = "") -> dict[str, bytes]:
        """Return the files of a commit by their paths."""
        found: dict[str, bytes] = {}

        def walk(tree: str, start: str) -> None:
            for one in self.trees[tree]:
                if one["type"] == "tree":
                    walk(one["sha"], f"{start}{one['path']}/")
                else:
                    found[start + one["path"]] = self.blobs[one["sha"]]

        walk(self.commits[commit]["tree"], "")
        return {path: content for path, content in found.items() if path.startswith(folder)}

    def _tree(self, files: dict[str, bytes]) -> str:
        inside: dict[str, Any] = {}
        for path, content in files.items():
            name, _, rest = path.partition("/")
            if rest:
                inside.setdefault(name, {})[rest] = content
            else:
                inside[name] = content
        entries = []
        for name, one in inside.items():
            if isinstance(one, dict):
                entries.append({"path": name, "mode": "040000", "type": "tree", "sha": self._tree(one)})
            else:
                sha = _id(b"blob %d\0" % len(one) + one)
                self.blobs[sha] = one
                entries.append({"path": name, "mode": "100644", "type": "blob", "sha": sha})
        entries.sort(key=lambda one: one["path"] + ("/" if one["type"] == "tree" else ""))
        raw = b"".join(f"{one['mode'].lstrip('0')} {one['path']}\0".encode() + bytes.fromhex(one["sha"]) for one in entries)
        sha = _id(b"tree %d\0" % len(raw) + raw)
        self.trees[sha] = entries
        return sha


class FakeGitHub(Fake):
    """Repositories, by name; the token of a job may do what ``rights`` says.  Its clock moves a minute with each thing that is done."""

    def __init__(self, *faults: Fault, rights: dict[str, str] | None = None) -> None:
        self.now = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
        self.repositories: dict[str, Repository] = {}
        #: Who may do what: a token → its account, and its rights in repositories by name.
        self.tokens: dict[str, tuple[str, dict[str, dict[str, str]]]] = {}
        self.secrets_handed_out = 0
        #: Requests that came with a token where none belongs.
        self.leaked: list[str] = []
        self.commits_made = 0
        self._ids = 1000
        super().__init__(*faults)
        self.add(REPOSITORY)
        self.tokens[TOKEN] = (BOT, {REPOSITORY: dict(EVERYTHING if rights is None else rights)})

    @property
    def repository(self) -> Repository:
        return self.repositories[REPOSITORY]

    def add(self, name: str) -> Repository:
        self.repositories[name] = Repository(name)
        return self.repositories[name]

    def token(self, token: str, account: str, repository: str, **rights: str) -> None:
        """Let a token be one that may do something in a repository."""
        self.tokens.setdefault(token, (account, {}))[1][repository] = {name.replace("_", "-"): level for name, level in rights.items()}

    def tick(self, minutes: int = 1) -> str:
        """Let time pass, and return the moment."""
        self.now += timedelta(minutes=minutes)
        return self.moment()

    def moment(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def id(self) -> int:
        self._ids += 1
        return self._ids

    # What happened there before anybody asks.

    def pull(
        self, number: int, head: str, branch: str = "fair", *, of: str = "", author: str = "stranger", base: str = "main"
    ) -> dict[str, Any]:
        """Let somebody propose a commit of a branch, of another repository where *of* names one."""
        self.repository.pulls[number] = {
            "number": number, "state": "open", "draft": False, "merged": False, "title": "A fair", "body": "", "user": user(author), "labels": [],
            "created_at": "2026-03-01T09:00:00Z", "requested_reviewers": [], "requested_teams": [],
            "html_url": f"https://github.com/{REPOSITORY}/pull/{number}",
            "head": {"sha": head, "ref": branch, "repo": {"full_name": of or REPOSITORY}},
            "base": {"sha": self.repository.branches.get(base, "0" * 40), "ref": base, "repo": {"full_name": REPOSITORY}},
        }  # fmt: skip
        self.repository.files.setdefault(number, ["content/posts/fair.md"])
        return self.repository.pulls[number]

    def run(self, number: int, head: str, branch: str = "fair", *, of: str = "", event: str = "pull_request") -> dict[str, Any]:
        """Let a workflow have run, and return it as an event tells it."""
        self.repository.runs[number] = {
            "id": number, "head_sha": head, "head_branch": branch, "event": event, "conclusion": "success", "run_started_at": self.moment(),
            "path": ".github/workflows/check.yml", "repository": {"full_name": REPOSITORY}, "head_repository": {"full_name": of or REPOSITORY},
        }  # fmt: skip
        return self.repository.runs[number]

    def artifact(self, run: int, name: str, content: bytes, **more: Any) -> int:
        """Let a run have left a zip file."""
        number = self.id()
        told = {
            "id": number,
            "name": name,
            "size_in_bytes": len(content),
            "expired": False,
            "workflow_run": {"id": run},
            "content": content,
        }
        self.repository.artifacts.append({**told, **more})
        return number

    def deployment(self, commit: str, *states: str, environment: str = "github-pages", run: int = 0) -> None:
        """Let a commit have been deployed, with these states one after the other."""
        address = f"https://github.com/{REPOSITORY}/actions/runs/{run}/job/1" if run else ""
        number = self.id()
        statuses = [{"id": self.id(), "state": state, "log_url": address, "target_url": ""} for state in states]
        self.repository.deployments.insert(
            0, {"id": number, "sha": commit, "environment": environment, "created_at": self.moment(), "statuses": statuses}
        )

    def label(self, number: int, name: str, by: str, *, kind: str = "User") -> None:
        """Let somebody put a label on a proposal."""
        self.happens(number, "labeled", by, kind=kind, label={"name": name})
        self.repository.pulls[number]["labels"].append({"name": name})

    def happens(self, number: int, event: str, by: str = "stranger", *, kind: str = "User", **more: Any) -> None:
        """Let something happen to a proposal, a minute later."""
        told = {"id": self.id(), "event": event, "actor": user(by, kind), "created_at": self.tick(), "number": number, **more}
        self.repository.events.append(told)

    # Answering.

    def _handle(self, handler: Any) -> None:
        handler.date_time_string = lambda *_: format_datetime(self.now, usegmt=True)
        path = handler.path.split("?")[0]
        if path.startswith("/blob/"):
            self.asked.append(f"GET {path}")
            if "Authorization" in handler.headers:
                self.leaked.append(path)
            _raw(handler, 200, next(one["content"] for one in self.repository.artifacts if str(one["id"]) == path[6:]))
            return
        if (found := re.fullmatch(rf"/repos/{REPOSITORY}/actions/artifacts/(\d+)/zip", path)) and handler.command == "GET":
            self.asked.append(f"GET {path}")
            held = [one for one in self.repository.artifacts if str(one["id"]) == found[1]]
            if not self._may(handler.headers.get("Authorization", ""), REPOSITORY, "actions", "read"):
                _raw(handler, 401, b'{"message": "Requires authentication"}')
            elif not held:
                _raw(handler, 410 if found else 404, b"{}")
            else:
                self.secrets_handed_out += 1
                _raw(handler, 302, b"", Location=held[0].get("address") or f"{self.address}/blob/{found[1]}?sig=secret")
            return
        super()._handle(handler)

    def work(self, method: str, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> tuple[int, Any]:
        if "application/vnd.github+json" != headers.get("accept") or "2022-11-28" != headers.get("x-github-api-version"):
            raise Refusal(400, {"message": "say which version"})
        if path == "/graphql":
            return 200, self._graph(body, headers.get("authorization", ""))
        found = re.fullmatch(r"/repos/([^/]+/[^/]+)(/.*)?", path)
        if not found or found[1] not in self.repositories:
            raise Refusal(404, {"message": "Not Found"})
        repository = self.repositories[found[1]]
        for verb, pattern, scope, level, name in _ROUTES:
            inside = pattern.fullmatch(found[2] or "/")
            if verb != method or not inside:
                continue
            # What is public may be read by everybody who says who it is.
            if (level == "write" or scope == "actions") and not self._may(headers.get("authorization", ""), repository.name, scope, level):
                raise Refusal(403, {"message": "Resource not accessible by integration"})
            answer = getattr(self, name)(repository, query, body, **{key: unquote(value) for key, value in inside.groupdict().items()})
            if method != "GET":
                self.tick()
            return answer
        raise Refusal(404, {"message": f"Not Found: {method} {path}"})

    def _may(self, authorization: str, repository: str, scope: str, level: str) -> bool:
        held = self.tokens.get(authorization.removeprefix("Bearer "), ("", {}))[1].get(repository, {})
        return any(held.get(one) in ("write", level) for one in scope.split("|"))

    def _account(self, authorization: str) -> str:
        return self.tokens[authorization.removeprefix("Bearer ")][0]

    @route("GET", "/", "metadata")
    def _repository(self, repository: Repository, _query: Any, _body: Any) -> tuple[int, Any]:
        return 200, {"full_name": repository.name, "default_branch": "main"}

    @route("GET", "/git/ref/heads/{branch*}", "contents")
    def _ref(self, repository: Repository, _query: Any, _body: Any, branch: str) -> tuple[int, Any]:
        if branch not in repository.branches:
            raise Refusal(404, {"message": "Not Found"})
        return 200, {"ref": f"refs/heads/{branch}", "object": {"type": "commit", "sha": repository.branches[branch]}}

    @route("POST", "/git/refs", "contents", "write")
    def _new_ref(self, repository: Repository, _query: Any, body: Any) -> tuple[int, Any]:
        _only(body, "ref", "sha")
        name = body["ref"].removeprefix("refs/heads/")
        if name in repository.branches or body["sha"] not in repository.commits:
            raise Refusal(422, {"message": "Reference already exists"})
        repository.branches[name] = body["sha"]
        return 201, {"ref": body["ref"], "object": {"sha": body["sha"]}}

    @route("GET", "/git/commits/{sha}", "contents")
    def _commit(self, repository: Repository, _query: Any, _body: Any, sha: str) -> tuple[int, Any]:
        one = _known(repository.commits, sha)
        return 200, {
            "sha": sha,
            "tree": {"sha": one["tree"]},
            "parents": [{"sha": parent} for parent in one["parents"]],
            "message": one["message"],
        }

    @route("GET", "/commits/{sha}", "contents")
    def _commit_of(self, repository: Repository, _query: Any, _body: Any, sha: str) -> tuple[int, Any]:
        one = _known(repository.commits, sha)
        return 200, {
            "sha": sha,
            "author": user(one["author"], "Bot" if one["author"].endswith("[bot]") else "User"),
            "commit": {"message": one["message"]},
        }

    @route("GET", "/compare/{both}", "contents")
    def _compare(self, repository: Repository, _query: Any, _body: Any, both: str) -> tuple[int, Any]:
        branch, _, commit = both.partition("...")
        at = _known(repository.branches, branch)
        _known(repository.commits, commit)
        if at == commit:
            return 200, {"status": "identical"}
        behind, ahead = (_is_before(repository, *pair) for pair in ((commit, at), (at, commit)))
        return 200, {"status": "behind" if behind else "ahead" if ahead else "diverged"}

    @route("GET", "/git/trees/{sha}", "contents")
    def _tree(self, repository: Repository, query: Any, _body: Any, sha: str) -> tuple[int, Any]:
        entries = _known(repository.trees, sha)
        if "recursive" in query:
            entries = list(_walked(repository, sha, ""))
        return 200, {"sha": sha, "tree": entries, "truncated": False}

    @route("GET", "/git/blobs/{sha}", "contents")
    def _blob(self, repository: Repository, _query: Any, _body: Any, sha: str) -> tuple[int, Any]:
        # GitHub breaks the lines of it.
        text = b64encode(_known(repository.blobs, sha)).decode()
        return 200, {"sha": sha, "encoding": "base64", "content": "\n".join(re.findall(".{1,60}", text)), "size": len(text)}

    @route("GET", "/commits/{sha}/pulls", "contents")
    def _pulls_of(self, repository: Repository, query: Any, _body: Any, sha: str) -> tuple[int, Any]:
        found = [one for one in repository.pulls.values() if one["head"]["sha"] == sha]
        if not found and sha not in repository.commits:
            raise Refusal(422, {"message": f"No commit found for SHA: {sha}"})
        return 200, _page(found, query)

    @route("GET", "/pulls", "pull-requests")
    def _pulls(self, repository: Repository, query: Any, _body: Any) -> tuple[int, Any]:
        owner, _, branch = query.get("head", [":"])[0].partition(":")
        state = query.get("state", ["open"])[0]
        found = [
            one
            for one in repository.pulls.values()
            if (
                not branch
                or (one["head"]["ref"] == branch and (one["head"]["repo"] or {"full_name": "/"})["full_name"].split("/")[0] == owner)
            )
            and state in ("all", one["state"])
        ]
        return 200, _page(sorted(found, key=lambda one: -one["number"]), query)

    @route("GET", "/pulls/{number}", "pull-requests")
    def _pull(self, repository: Repository, _query: Any, _body: Any, number: str) -> tuple[int, Any]:
        return 200, _known(repository.pulls, int(number))

    @route("POST", "/pulls", "pull-requests", "write")
    def _new_pull(self, repository: Repository, _query: Any, body: Any) -> tuple[int, Any]:
        _only(body, "title", "head", "base", "body", "maintainer_can_modify", "draft")
        if any(one["state"] == "open" and one["head"]["ref"] == body["head"] for one in repository.pulls.values()):
            raise Refusal(422, {"message": "Validation Failed"})
        number = max([0, *repository.pulls, *repository.issues]) + 1
        self.pull(number, repository.branches[body["head"]], body["head"], author=BOT, base=body["base"])
        repository.pulls[number] |= {"title": body["title"], "body": body["body"]}
        return 201, repository.pulls[number]

    @route("PATCH", "/pulls/{number}", "pull-requests", "write")
    def _edit_pull(self, repository: Repository, _query: Any, body: Any, number: str) -> tuple[int, Any]:
        _only(body, "title", "body")
        _known(repository.pulls, int(number)).update(body)
        return 200, repository.pulls[int(number)]

    @route("GET", "/pulls/{number}/files", "pull-requests")
    def _pull_files(self, repository: Repository, query: Any, _body: Any, number: str) -> tuple[int, Any]:
        return 200, _page([{"filename": name, "status": "modified"} for name in repository.files[int(number)]], query)

    @route("GET", "/pulls/{number}/reviews", "pull-requests")
    def _reviews(self, repository: Repository, query: Any, _body: Any, number: str) -> tuple[int, Any]:
        return 200, _page(repository.reviews.get(int(number), []), query)

    @route("GET", "/issues/{number}/comments", "issues")
    def _comments(self, repository: Repository, query: Any, _body: Any, number: str) -> tuple[int, Any]:
        return 200, _page([one for one in repository.comments if one["number"] == int(number)], query)

    @route("POST", "/issues/{number}/comments", "issues|pull-requests", "write")
    def _new_comment(self, repository: Repository, _query: Any, body: Any, number: str) -> tuple[int, Any]:
        _only(body, "body")
        if int(number) not in repository.pulls and int(number) not in repository.issues:
            raise Refusal(404, {"message": "Not Found"})
        return 201, self.comments_on(int(number), body["body"], BOT, kind="Bot", of=repository)

    def comments_on(self, number: int, text: str, by: str, *, kind: str = "User", of: Repository | None = None) -> dict[str, Any]:
        """Let somebody write a comment."""
        if not 0 < len(text) <= 65_536:
            raise Refusal(422, {"message": "body is too long (maximum is 65536 characters)"})
        one = {
            "id": self.id(), "number": number, "body": text.replace("\n", "\r\n"), "user": user(by, kind), "created_at": self.moment(), "updated_at": self.moment(),
        }  # fmt: skip
        one["html_url"] = f"https://github.com/{REPOSITORY}/pull/{number}#issuecomment-{one['id']}"
        (of or self.repository).comments.append(one)
        return one

    @route("PATCH", "/issues/comments/{id}", "issues|pull-requests", "write")
    def _edit_comment(self, repository: Repository, _query: Any, body: Any, id: str) -> tuple[int, Any]:  # noqa: A002
        _only(body, "body")
        one = _known({one["id"]: one for one in repository.comments}, int(id))
        one |= {"body": body["body"].replace("\n", "\r\n"), "updated_at": self.moment()}
        return 200, one

    @route("GET", "/issues/{number}/events", "issues")
    def _events(self, repository: Repository, query: Any, _body: Any, number: str) -> tuple[int, Any]:
        return 200, _page([one for one in repository.events if one["number"] == int(number)], query)

    @route("DELETE", "/issues/{number}/labels/{name}", "issues|pull-requests", "write")
    def _unlabel(self, repository: Repository, _query: Any, body: Any, number: str, name: str) -> tuple[int, Any]:
        assert body is None
        pull = _known(repository.pulls, int(number))
        if name not in [one["name"] for one in pull["labels"]]:
            raise Refusal(404, {"message": "Label does not exist"})
        pull["labels"] = [one for one in pull["labels"] if one["name"] != name]
        self.happens(int(number), "unlabeled", BOT, kind="Bot", label={"name": name})
        return 200, pull["labels"]

    @route("GET", "/collaborators/{login}/permission", "metadata")
    def _permission(self, repository: Repository, _query: Any, _body: Any, login: str) -> tuple[int, Any]:
        return 200, {
            "permission": repository.permissions.get(login, "read"),
            "role_name": repository.permissions.get(login, "read"),
            "user": user(login),
        }

    @route("GET", "/actions/runs/{number}", "actions")
    def _run(self, repository: Repository, _query: Any, _body: Any, number: str) -> tuple[int, Any]:
        return 200, _known(repository.runs, int(number))

    @route("GET", "/actions/runs/{number}/artifacts", "actions")
    def _artifacts(self, repository: Repository, query: Any, _body: Any, number: str) -> tuple[int, Any]:
        name = query.get("name", [""])[0]
        found = [one for one in repository.artifacts if one["workflow_run"]["id"] == int(number) and name in ("", one["name"])]
        plain = [{key: value for key, value in one.items() if key not in ("content", "address")} for one in found]
        return 200, {"total_count": len(plain), "artifacts": _page(plain, query)}

    @route("GET", "/deployments", "deployments")
    def _deployments(self, repository: Repository, query: Any, _body: Any) -> tuple[int, Any]:
        wanted = query.get("environment", [""])[0]
        found = [one for one in repository.deployments if wanted in ("", one["environment"])]
        return 200, _page([{key: value for key, value in one.items() if key != "statuses"} for one in found], query)

    @route("GET", "/deployments/{number}/statuses", "deployments")
    def _statuses(self, repository: Repository, query: Any, _body: Any, number: str) -> tuple[int, Any]:
        found = next(one for one in repository.deployments if one["id"] == int(number))
        return 200, _page(found["statuses"][::-1], query)

    def _graph(self, body: Any, authorization: str) -> Any:
        _only(body, "query", "variables")
        if not re.match(r"mutation\(\$input: CreateCommitOnBranchInput!\) \{ createCommitOnBranch\(input: \$input\) \{", body["query"]):
            return {"errors": [{"message": "not known here"}]}
        given = body["variables"]["input"]
        _only(given, "branch", "message", "expectedHeadOid", "fileChanges")
        name, branch = given["branch"]["repositoryNameWithOwner"], given["branch"]["branchName"]
        if not self._may(authorization, name, "contents", "write"):
            return {"data": None, "errors": [{"type": "FORBIDDEN", "message": "Resource not accessible by integration"}]}
        repository = self.repositories[name]
        if branch in repository.protected:
            return {"errors": [{"type": "UNPROCESSABLE", "message": "Changes must be made through a pull request."}]}
        if repository.branches.get(branch) != given["expectedHeadOid"]:
            return {
                "errors": [
                    {"type": "STALE_DATA", "message": "Expected branch to point to another commit but it did not. Pull and try again."}
                ]
            }
        additions, deletions = given["fileChanges"]["additions"], given["fileChanges"]["deletions"]
        if len(additions) > 100:
            return {"errors": [{"type": "UNPROCESSABLE", "message": "too many files"}]}
        files = repository.files_of(given["expectedHeadOid"])
        for one in deletions:
            if one["path"] not in files:
                return {"errors": [{"type": "UNPROCESSABLE", "message": "A path was requested for deletion which does not exist"}]}
            del files[one["path"]]
        files |= {one["path"]: b64decode(one["contents"], validate=True) for one in additions}
        words = f"{given['message']['headline']}\n\n{given['message']['body']}"
        self.commits_made += 1
        oid = repository.commit(branch, files, words, self._account(authorization))
        for pull in repository.pulls.values():
            if pull["state"] == "open" and pull["head"]["ref"] == branch and pull["head"]["repo"]["full_name"] == name:
                pull["head"]["sha"] = oid
        self.tick()
        return {"data": {"createCommitOnBranch": {"commit": {"oid": oid}}}}


def user(login: str, kind: str = "User") -> dict[str, Any]:
    return {"login": login, "id": 1 + int(hashlib.sha256(login.encode()).hexdigest()[:6], 16), "type": kind}


def packed(**files: bytes | str) -> bytes:
    """Return a zip file as the upload of an artifact makes it."""
    return zip_of({name.replace("__", "/").replace("_", "."): content for name, content in files.items()})


def zip_of(files: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            about.external_attr, about.compress_type, about.create_system = 0o100644 << 16, zipfile.ZIP_DEFLATED, 3
            opened.writestr(about, content)
    return target.getvalue()


def _walked(repository: Repository, sha: str, start: str) -> Any:
    for one in repository.trees[sha]:
        yield {**one, "path": start + one["path"]}
        if one["type"] == "tree":
            yield from _walked(repository, one["sha"], f"{start}{one['path']}/")


def _is_before(repository: Repository, commit: str, later: str) -> bool:
    parents = repository.commits[later]["parents"]
    return commit in parents or any(_is_before(repository, commit, one) for one in parents)


def _id(raw: bytes) -> str:
    return hashlib.sha1(raw, usedforsecurity=False).hexdigest()


def _page(found: list[Any], query: dict[str, list[str]]) -> list[Any]:
    size, number = min(100, int(query.get("per_page", ["30"])[0])), int(query.get("page", ["1"])[0])
    return found[(number - 1) * size : number * size]


def _known(held: dict[Any, Any], key: Any) -> Any:
    if key not in held:
        raise Refusal(404, {"message": "Not Found"})
    return held[key]


def _only(body: Any, *names: str) -> None:
    if not isinstance(body, dict) or set(body) - set(names):
        raise Refusal(422, {"message": f"Validation Failed: {sorted(set(body or {}) - set(names))}"})


def _raw(handler: Any, status: int, content: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {
        "Content-Type": "application/zip" if status == 200 else "application/json",
        "Content-Length": str(len(content)),
        **headers,
    }.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)
