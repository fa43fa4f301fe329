"""A machine of a forge, as far as our workflows know one: it clones, sets variables, and runs each line in a shell.

What a step of an action would do is done in our own words; an action, an
expression or a condition that is not known here ends the run, so that no line
of a workflow is passed over.

``python -m tests.workflows.machine`` checks a proposal to this very repository,
from a clean clone with nothing made beforehand, and prints each line with its
exit code and how long it took.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.forge.github import BOT, REPOSITORY, TOKEN, FakeGitHub
from tests.workflows.graph import REPOSITORY as ENGINE
from tests.workflows.graph import Job, read, texts

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Ran:
    """A line that was run, and what came of it."""

    line: str
    code: int
    told: str
    seconds: float


@dataclass
class Machine:
    """One run of a workflow; ``values`` are what expressions mean in it, ``artifacts`` what its jobs left."""

    folder: Path
    origin: Path
    ref: str
    values: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    fake: FakeGitHub | None = None
    artifacts: dict[str, bytes] = field(default_factory=dict)
    ran: list[Ran] = field(default_factory=list)
    #: Expressions that were asked for and that nobody had to know.
    truths: Mapping[str, bool] = field(default_factory=dict)

    def run(self, file: str) -> None:
        """Run the jobs of a workflow."""
        (workflow,) = (one for one in read(texts()).workflows if one.file == file)
        done: set[str] = set()
        for job in workflow.jobs.values():
            # What was skipped or went wrong takes with it what needs it.
            if done >= set(job.needs) and self._holds(str(job.raw.get("if", ""))) and self._job(job):
                done.add(job.key)

    def _job(self, job: Job) -> bool:
        work, temp = self.folder / job.key / "work", self.folder / job.key / "temp"
        temp.mkdir(parents=True)
        rights = dict(job.rights)
        if self.fake:
            self.fake.tokens[TOKEN] = (BOT, {REPOSITORY: rights})
        is_failed = False
        for place, step in enumerate(job.steps):
            # A condition that does not ask how it went so far means: if all went well.
            if (is_failed and "cancelled()" not in step.get("if", "")) or not self._holds(step.get("if", "")):
                continue
            if "uses" in step:
                self._act(
                    step["uses"].split("@")[0].strip(), {key: self._filled(one, temp) for key, one in step.get("with", {}).items()}, work
                )
                continue
            given = {**job.raw.get("env", {}), **step.get("env", {})}
            outputs = temp / f"output-{place}"
            begin = time.monotonic()
            done = subprocess.run(
                ["bash", "-e", _script(temp / f"step-{place}.sh", step["run"])],
                cwd=work, capture_output=True, text=True, check=False,
                env={**self._room(temp, outputs), **{key: self._filled(one, temp) for key, one in given.items()}},
            )  # fmt: skip
            self.ran.append(Ran(step["run"], done.returncode, done.stdout + done.stderr, time.monotonic() - begin))
            is_failed = is_failed or done.returncode != 0
            if outputs.exists() and "id" in step:
                for line in outputs.read_text(encoding="utf-8").splitlines():
                    name, _, value = line.partition("=")
                    self.values[f"steps.{step['id']}.outputs.{name}"] = value
                    self.values[f"needs.{job.key}.outputs.{name}"] = value
        return not is_failed

    def _act(self, action: str, given: dict[str, str], work: Path) -> None:
        if action == "actions/checkout":
            assert "false" == given["persist-credentials"]
            depth = [] if given.get("fetch-depth") == "0" else ["--depth", "1"]
            _git(self.folder, "init", "-q", "-b", "main", str(work))
            _git(work, "remote", "add", "origin", self.origin.as_uri())
            _git(
                work, "fetch", "-q", *depth, "origin", f"+{self.ref}:refs/remotes/origin/here", "+refs/heads/main:refs/remotes/origin/main"
            )
            _git(work, "checkout", "-q", *(["-B", "main", "origin/main"] if self.ref == "refs/heads/main" else ["--detach", "origin/here"]))
        elif action in ("actions/upload-artifact", "actions/upload-pages-artifact"):
            name = given.get("name", "github-pages")
            found = [file for one in given["path"].split() for file in _files(work / one)]
            assert found or given.get("if-no-files-found") == "ignore", f"{name}: nothing to keep"
            base = work if "\n" in given["path"].strip() else work / given["path"].strip()
            raw = io.BytesIO()
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in found:
                    archive.write(file, file.relative_to(base).as_posix())
            self.artifacts[name] = raw.getvalue()
        elif action == "actions/download-artifact":
            with zipfile.ZipFile(io.BytesIO(self.artifacts[given["name"]])) as archive:
                archive.extractall(work / given["path"])
        elif action == "actions/deploy-pages":
            assert "github-pages" in self.artifacts
        else:
            assert action == "actions/setup-python", action

    def _room(self, temp: Path, outputs: Path) -> dict[str, str]:
        """Return what the machine sets by itself; never a token, which a step gets only where its workflow hands it one."""
        own = {
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
            "HOME": str(temp),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "RUNNER_ENVIRONMENT": "github-hosted",
            "RUNNER_TEMP": str(temp),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "HANDBILL_ENGINE": str(ENGINE),
        }
        return {**own, **({"GITHUB_API_URL": self.fake.address} if self.fake else {}), **self.variables}

    def _filled(self, text: str, temp: Path) -> str:
        known = {"runner.temp": str(temp), "github.token": TOKEN, **self.values}
        return _EXPRESSION.sub(lambda found: known[found[1]], text)

    def _holds(self, condition: str) -> bool:
        plain = " ".join(_EXPRESSION.sub(r"\1", condition).split())
        if plain in ("", "!cancelled()"):
            return True
        if plain in self.truths:
            return self.truths[plain]
        asked = re.fullmatch(r"(needs\.\w+\.outputs\.\w+) == '(\w+)'", plain)
        assert asked, f"what does “{plain}” mean here?"
        return self.values[asked[1]] == asked[2]


def check_this_repository() -> None:
    """Propose one more post to this repository as it is committed, check the proposal as a forge would, and print what came of it."""
    with TemporaryDirectory() as folder:
        origin, ground = Path(folder) / "origin", Path(folder) / "ground"
        _git(Path(folder), "clone", "-q", "--no-local", str(ENGINE), str(origin))
        _git(origin, "checkout", "-q", "-b", "proposal")
        post = origin / "content/posts/un-essai.md"
        post.write_text("---\ntitle: Un essai\ndate: 2026-01-02\n---\n\nTexte.\n", encoding="utf-8")
        _git(origin, "add", "--all")
        _git(origin, "commit", "-q", "-m", "one more post")
        _git(origin, "update-ref", "refs/pull/7/merge", "HEAD")
        ground.mkdir()
        (ground / "event.json").write_text("{}", encoding="utf-8")
        base = "github.event_name == 'pull_request' && 'HEAD^1' || github.event.merge_group.base_sha"
        values = {base: "HEAD^1", "github.event.pull_request.number": "7"}
        one = Machine(ground, origin, "refs/pull/7/merge", values, truths={"!cancelled() && github.event_name == 'pull_request'": True})
        try:
            one.run("check.yml")
        finally:
            for ran in one.ran:
                print(f"{ran.code}  {ran.seconds:6.1f} s  {ran.line}")  # noqa: T201 - a program that prints a table
                print("\n".join(f"      {line}" for line in ran.told.splitlines()[-4:]))  # noqa: T201
        for name, raw in one.artifacts.items():
            print(f"{len(raw) >> 10:8} KB  {name}")  # noqa: T201


def _script(file: Path, line: str) -> str:
    file.write_text(line + "\n", encoding="utf-8")
    return str(file)


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())


def _git(folder: Path, *words: str) -> str:
    own = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@atelier.example", "-c", "protocol.file.allow=always"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True, env=own).stdout.strip()


git = _git


if __name__ == "__main__":
    check_this_repository()
