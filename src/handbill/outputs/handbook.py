"""The handbook: MkDocs with Material, run as a program in an environment of its own (decision 0001)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbill.engine import engine_digest
from handbill.errors import ContentProblems, MachineLacks, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.outputs.handbook_frame import Frame, frame
from handbill.outputs.handbook_pages import check_pages, tidy
from handbill.outputs.handbook_sources import CONFIG, LOOK, PAGES, Sources, check_sources, find_sources, room
from handbill.outputs.planned import Artifact, Planned, digest, settled
from handbill.settings import Settings

name = "handbook"

#: The longest time that building a handbook may take; ours takes two seconds.
TIMEOUT_S = 120

#: What MkDocs shall take for the time of the build, as seconds since 1970.
EPOCH = "315532800"

# One message of MkDocs, with the lines that belong to it.
_WARNING = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(.*(?:\n(?!INFO|WARNING|ERROR|DEBUG|Aborted|Traceback|\s*$).*)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Work:
    """A handbook's files, and the head, masthead and foot that its pages share with the hub's."""

    sources: Sources
    frame: Frame


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the handbook's folder, if the hub has one."""
    if settings.has_handbook:
        work = _Work(find_sources(settings), frame(hub, settings))
        lock = _home() / "requirements-handbook.lock"
        engine = lock.read_bytes() if lock.is_file() else b""
        yield settled(f"{PAGES}/", digest(engine_digest(), engine, work.sources.key, work.frame.key, settings.typography), (CONFIG,), work)


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Build the handbook from a staged copy of its sources.

    Raises:
        MachineLacks: its environment is missing.
        ContentProblems: a file of the handbook is not as it must be.
    """
    for one in planned:
        work: _Work = one.work
        sources = work.sources
        python = handbook_python()
        _stop_at(check_sources(sources, python))
        staged, built = scratch / "staged", scratch / "built"
        parts = work.frame.parts()
        sources.stage(staged, parts)
        _stop_at(_run(python, staged, built, sources))
        tidy(built, work.frame.words, settings.typography)
        _stop_at(check_pages(built, parts.values()))
        yield Artifact(one.path, built)


def handbook_python() -> Path:
    """Return the Python of the handbook's environment, which lies beside the one that runs.

    Raises:
        MachineLacks: there is none.
    """
    folder = _home() / ".venv-handbook"
    python = folder.joinpath(*(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
    if not python.is_file():
        raise MachineLacks(
            said(
                "the handbook's environment is missing ({folder}): start with python3 build.py, which prepares it, "
                "or make it there with mkdocs-material 9.8 and pymdown-extensions 12.3 in it",
                folder=folder,
            )
        )
    return python


def _home() -> Path:
    """Return the folder in which the launcher keeps both environments."""
    return Path(sys.prefix).parent


def _run(python: Path, staged: Path, built: Path, sources: Sources) -> list[Problem]:
    """Run MkDocs on the staged copy and return what it complains of.

    Never with its option -q: together with --strict it hides broken links and
    still ends with an error, so nobody would learn which.
    """
    command = [str(python), "-I", "-m", "mkdocs", "build", "--strict", "--config-file", "build.yml", "--site-dir", str(built)]
    try:
        done = subprocess.run(
            command, cwd=staged, env=room() | {"SOURCE_DATE_EPOCH": EPOCH}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=TIMEOUT_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        found_late = said("a handbook that takes longer than {seconds} s to build", seconds=TIMEOUT_S)
        return [Problem(CONFIG, 0, 0, "", found_late, said("simpler pages"), "HB703")]
    if done.returncode == 0:
        return []
    words = done.stdout.decode("utf-8", "replace")
    found = complaints(words, sources)
    if "Traceback" in words or not found:
        found.append(Problem(CONFIG, 0, 0, "", _last_words(words), said("a handbook that MkDocs can build"), "HB703"))
    return found


def complaints(words: str, sources: Sources) -> list[Problem]:
    """Return the warnings and errors of MkDocs, each at the place that it speaks of."""
    found: list[Problem] = []
    for warning in _WARNING.findall(words):
        text = " ".join(warning.split())
        told = re.match(r"Doc file '([^']+)' contains (.*)", text)
        if told is None:
            found.append(Problem(CONFIG, 0, 0, "", _in_its_words(text.rstrip(".")), "", "HB703"))
            continue
        page, rest = f"{PAGES}/{told[1]}", told[2].rstrip(".")
        link = re.search(r"link '([^']*)'", rest)
        line = _line_of(f"({link[1]}" if link else "", sources.files.get(page))
        wanted = said("a link to a page of the handbook or a whole address")
        found.append(Problem(page, line, 0, "", _link_found(rest, link[1] if link else ""), wanted, "HB703"))
    return found


def _link_found(rest: str, link: str) -> Said:
    """Return what MkDocs found in a page; its usual complaints in words of ours, because those can be translated."""
    for words, sentence in (
        ("is not found among documentation files", said("a link to {path}, which does not exist", path=link)),
        ("there is no such anchor", said("a link to “{anchor}”, which is no heading there", anchor=link)),
        ("does not contain an anchor", said("a link to “{anchor}”, which is no heading there", anchor=link)),
        ("an absolute link", said("a link to {path}, which is no path from this page", path=link)),
        ("unrecognized relative link", said("a link to {path}, which is no path from this page", path=link)),
    ):
        if link and words in rest:
            return sentence
    return _in_its_words(rest)


def _in_its_words(words: str) -> Said:
    return said("what MkDocs complains of: {words}", words=words)


def _line_of(words: str, file: Path | None) -> int:
    text = file.read_text(encoding="utf-8", errors="replace") if file and words else ""
    at = text.find(words)
    return text.count("\n", 0, at) + 1 if words and at >= 0 else 0


def _last_words(words: str) -> Said:
    """Return the last line of what MkDocs said, and the template that it was at."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    at = re.findall(rf'File "({LOOK}/[^"]+)", line (\d+)', words)
    if not lines:
        return said("what made MkDocs stop without a word")
    if not at:
        return said("what made MkDocs stop: {words}", words=lines[-1][:300])
    return said("what made MkDocs stop at {place}: {words}", place=":".join(at[-1]), words=lines[-1][:300])


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise ContentProblems(tuple(sorted(problems, key=lambda one: one.order)))
