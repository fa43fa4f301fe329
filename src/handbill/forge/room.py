"""What the machine of a workflow hands over: which repository, which event, where to leave what was found.  Reads the environment.

A step's line in a workflow never holds a value of an event: what strangers
write would be a part of the command.  It comes by files and variables instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handbill.errors import Said, WrongUse, said
from handbill.exchange import strict_json
from handbill.forge.answers import Told
from handbill.forge.github import API, GitHub

#: More than this is no event; GitHub itself cuts at 25 MB.
_LARGEST = 32 << 20
#: Values that a workflow gets: nothing that could end a line, or begin another.
_VALUE = re.compile(r"[A-Za-z0-9._:/+-]{0,300}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a command runs: ``repository`` and ``token``, the ``event`` that brought it there, and the machine's own words.

    ``commit`` is what was checked out, ``run`` the number of the run, ``server``
    where people look at the repository, ``actor`` who comments as us.
    """

    repository: str
    token: str = field(repr=False, default="")
    api: str = API
    server: str = "https://github.com"
    name: str = ""
    event_file: Path | None = None
    commit: str = ""
    run: int = 0
    branch: str = ""
    output: Path | None = None
    summary: Path | None = None
    actor: str = "github-actions[bot]"

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Room:
        """Return the room of a workflow's step.

        Raises:
            WrongUse: the command was called elsewhere, and without saying which repository is meant.
        """
        repository = environ.get("GITHUB_REPOSITORY", "")
        if not repository:
            raise WrongUse(said("{variable} is missing; this command is one for workflows", variable="GITHUB_REPOSITORY"))
        run = environ.get("GITHUB_RUN_ID", "")
        return cls(
            repository,
            environ.get("GITHUB_TOKEN", ""),
            environ.get("GITHUB_API_URL") or API,
            (environ.get("GITHUB_SERVER_URL") or "https://github.com").rstrip("/"),
            environ.get("GITHUB_EVENT_NAME", ""),
            _file(environ, "GITHUB_EVENT_PATH"),
            environ.get("GITHUB_SHA", ""),
            int(run) if run.isascii() and run.isdigit() else 0,
            environ.get("GITHUB_REF_NAME", ""),
            _file(environ, "GITHUB_OUTPUT"),
            _file(environ, "GITHUB_STEP_SUMMARY"),
            environ.get("HANDBILL_BOT") or "github-actions[bot]",
        )

    def github(self) -> GitHub:
        """Return the way to ask about the repository."""
        return GitHub(self.repository, self.token, self.api)

    def event(self) -> Told:
        """Return what happened, as GitHub tells it.

        Raises:
            WrongUse: nothing is told, or what cannot be an event.
        """
        if self.event_file is None:
            raise WrongUse(said("{variable} is missing; this command is one for workflows", variable="GITHUB_EVENT_PATH"))
        try:
            with self.event_file.open("rb") as opened:
                raw = opened.read(_LARGEST + 1)
            value = strict_json(raw) if len(raw) <= _LARGEST else None
        except (OSError, ValueError):
            value = None
        return Told.of(value, _no_event)

    def leave(self, **values: str) -> None:
        """Hand values over to the steps that follow."""
        for name, value in values.items():
            if not _VALUE.fullmatch(value):
                raise ValueError(name)
        if self.output:
            with self.output.open("a", encoding="utf-8", newline="\n") as opened:
                opened.writelines(f"{name}={value}\n" for name, value in values.items())

    def show(self, markdown: str) -> None:
        """Add to the page of the run, where people look; *markdown* is harmless already."""
        if self.summary:
            with self.summary.open("a", encoding="utf-8", newline="\n") as opened:
                opened.write(markdown.rstrip("\n") + "\n\n")


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]) if environ.get(name) else None


def _no_event(found: Said) -> WrongUse:
    return WrongUse(said("the event is none that GitHub tells: {found}", found=found))
