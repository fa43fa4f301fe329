"""What people and programs see of a command: progress, problems, and what was built.  Knows rich.

On a terminal, work that lasts shows a moving line; elsewhere each step is one
plain line, so that a log can be read.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbill.errors import Level, Problem

if TYPE_CHECKING:
    from handbill.pipeline import Report

_WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}

#: GitHub shows this many annotations of a step and drops the others.
ANNOTATIONS = 10

#: Anything shorter needs no moving line.
_PATIENCE_S = 1.0

#: What one item of a kind is called, and several.
_KINDS = {
    "post": ("post", "posts"),
    "page": ("page", "pages"),
    "event": ("event", "events"),
    "contest": ("contest", "contests"),
    "issue": ("letter", "letters"),
    "person": ("person", "people"),
}


class Screen:
    """Prints for a person at a terminal, for a log, for a program, or for GitHub."""

    def __init__(self, form: str = "text", lang: str = "en", root: Path | None = None) -> None:
        """Print in one of the forms ``text``, ``json`` and ``github``; *root* is the folder of the hub."""
        self._json, self._github, self._lang, self._root = form == "json", form == "github", lang, root
        self._out = sys.stdout
        self._is_terminal = sys.stdout.isatty() and not self._json

    def say(self, text: str) -> None:
        """Print some lines."""
        print(text, file=self._out, flush=True)

    def page(self, title: str, note: str, markdown: str, plain: str) -> None:
        """Print a page: its Markdown as a terminal can show it, else the *plain* form of the same."""
        if not self._is_terminal:
            self.say(f"{title}\n{'─' * len(title)}\n{note}\n\n{plain}")
            return
        from rich.console import Console
        from rich.markdown import Markdown
        from rich.text import Text
        from rich.theme import Theme

        # rich puts names on black, which is a hole in a light terminal.
        console = Console(file=self._out, theme=Theme({"markdown.code": "bold cyan"}))
        console.print(Text(title, style="bold"))
        console.print(Text(f"{note}\n", style="dim"))
        console.print(Markdown(markdown, code_theme="ansi_dark", hyperlinks=False))

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """Give a function that tells the current step."""
        if self._json or self._github:
            yield lambda _: None
        elif self._is_terminal:
            with _moving() as tell:
                yield tell
        else:
            yield lambda step: self.say(f"{step} …")

    def problems(self, problems: Sequence[Problem], stopped: bool = False) -> None:
        """Print problems, worst kind counted last; *stopped*: they kept the build from happening."""
        if self._json:
            self.say(json.dumps({"problems": [as_plain(one) for one in problems], "published": not stopped}, ensure_ascii=False, indent=1))
            return
        if self._github:
            for one in sorted(problems, key=lambda p: (-p.level, p.order))[:ANNOTATIONS]:
                self.say(_annotation(one))
            return
        for one in problems:
            self.say(f"{_WORDS[one.level] + ':':<9}{one}")
        count = {level: sum(1 for one in problems if one.level is level) for level in Level}
        told = [f"{count[level]} {_WORDS[level]}{'s' * (count[level] != 1)}" for level in reversed(Level) if count[level]]
        if stopped:
            self.say(f"\n{', '.join(told)}. Nothing was published; the public folder is as it was.")
        else:
            self.say(f"\n{', '.join(told)}." if told else "No problem found.")

    def built(self, report: Report) -> None:
        """Print what was built, where it is, and how to look at it."""
        if self._json:
            self.say(json.dumps(_report(report), ensure_ascii=False, indent=1))
            return
        for one in report.problems:
            self.say(f"{_WORDS[one.level] + ':':<9}{one}")
        items = ", ".join(_counted(kind, number) for kind, number in report.counts.items() if number) or "nothing yet"
        place = _short(report.output, self._root)
        if report.is_unchanged:
            self.say(f"Nothing changed: {items}; {report.paths} files in {place}/, none written.")
        else:
            self.say(f"\nBuilt {items}.")
            self.say(
                f"{report.paths} files in {place}/: {len(report.written)} written, {len(report.removed)} removed, the others as they were."
            )
            if report.new_addresses:
                self.say(f"{report.new_addresses} new addresses are promised in addresses.lock: commit it with your change.")
            self.say(
                f"{sum(report.seconds.values()):.1f} s: "
                + ", ".join(f"{name.lower()} {s:.1f}" for name, s in report.seconds.items() if s >= 0.05)
            )
        self.say("To look at it: python3 build.py serve")


def _counted(kind: str, number: int) -> str:
    one, many = _KINDS.get(kind, (kind, f"{kind}s"))
    return f"{number} {one if number == 1 else many}"


def _short(path: Path, root: Path | None) -> str:
    try:
        return path.relative_to(root or Path.cwd()).as_posix()
    except ValueError:
        return str(path)


@contextmanager
def _moving() -> Iterator[Callable[[str], None]]:
    """Give a function that shows the current step on a line of its own, once work lasts longer than a second."""
    from rich.console import Console

    console = Console()
    status: list[Any] = []
    current = [""]

    def appear() -> None:
        status.append(console.status(current[0]))
        status[0].start()

    timer = threading.Timer(_PATIENCE_S, appear)
    timer.daemon = True
    timer.start()

    def tell(step: str) -> None:
        current[0] = f"{step} …"
        if status:
            status[0].update(current[0])

    try:
        yield tell
    finally:
        timer.cancel()
        timer.join()
        if status:
            status[0].stop()


def as_plain(one: Problem) -> dict[str, Any]:
    """Return a problem as programs read it."""
    return {
        "path": one.path, "line": one.line, "column": one.column, "field": one.field, "found": one.found,
        "wanted": one.wanted, "code": one.code, "level": _WORDS[one.level], "text": str(one),
    }  # fmt: skip


def _annotation(one: Problem) -> str:
    def clean(text: str, more: str = "") -> str:
        for sign in "%\r\n" + more:
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    place = f"file={clean(one.path, ':,')}" + (f",line={one.line},col={max(one.column, 1)}" if one.line else "")
    level = {"error": "error", "warning": "warning", "note": "notice"}[_WORDS[one.level]]
    text = (f"{one.field}: " if one.field else "") + f"found {one.found}" + (f", wanted {one.wanted}" if one.wanted else "")
    return f"::{level} {place},title={clean(one.code)}::{clean(text)}"


def _report(report: Report) -> dict[str, Any]:
    return {
        "output": str(report.output),
        "unchanged": report.is_unchanged,
        "items": report.counts,
        "files": report.paths,
        "read": report.read,
        "made": report.made,
        "written": list(report.written),
        "removed": list(report.removed),
        "new_addresses": report.new_addresses,
        "holds_until": report.until,
        "seconds": {name: round(s, 3) for name, s in report.seconds.items()},
        "problems": [as_plain(one) for one in report.problems],
        "published": True,
    }
