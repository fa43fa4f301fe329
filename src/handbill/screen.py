"""What people and programs see of a command: progress, problems, and what was built.  Knows rich.

On a terminal, work that lasts shows a moving line; elsewhere each step is one
plain line, so that a log can be read.
"""

from __future__ import annotations

import json
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbill.errors import Problem, said
from handbill.showing.annotations import annotation, chosen
from handbill.showing.listing import Piece, explained, listing, plain, summary
from handbill.showing.source import source
from handbill.showing.told import Told, as_plain, told
from handbill.telling import tell, tell_count

if TYPE_CHECKING:
    from handbill.pipeline import Report

#: Anything shorter needs no moving line.
_PATIENCE_S = 1.0

#: How wide a log is taken to be.
WIDTH = 100

#: What the numbers of lines take before an excerpt, and a little air after it.
_GUTTER = 12

#: The steps of a build by their names.
STEPS = {
    str(step): step
    for step in (
        said("Reading"), said("Checking"), said("Planning"), said("Proofing letters"), said("Making site"), said("Making pictures"),
        said("Making social"), said("Making feeds"), said("Making calendars"), said("Making letters"), said("Making frozen"),
        said("Making contest_files"), said("Making handbook"), said("Making wayfinding"), said("Making headers"), said("Making security"),
        said("Making search"), said("Making report"), said("Publishing"),
    )
}  # fmt: skip

_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan", "place": "bold", "quiet": "dim"}


class Screen:
    """Prints for a person at a terminal, for a log, for a program, or for GitHub."""

    def __init__(self, form: str = "text", lang: str = "en", root: Path | None = None, *, strict: bool = False) -> None:
        """Print in one of the forms ``text``, ``json`` and ``github``.

        *root* is the folder of the hub; with *strict* warnings count as errors.
        """
        self._json, self._github, self.lang, self._root = form == "json", form == "github", lang, root or Path()
        self._strict = strict
        self._out = sys.stdout
        self._is_terminal = sys.stdout.isatty() and not self._json
        self._tell = partial(tell, lang=lang)

    def say(self, text: str) -> None:
        """Print some lines, in the reader's language where they can be translated."""
        print(self._tell(text), file=self._out, flush=True)

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
            with _moving() as show:
                yield lambda step: show(self._step(step))
        else:
            yield lambda step: self.say(self._step(step))

    def _step(self, step: str) -> str:
        return f"{self._tell(STEPS.get(step, step))} …"

    def problems(self, problems: Sequence[Problem], stopped: bool = False) -> None:
        """Print problems, worst kind counted last; *stopped*: they kept the build from happening."""
        found = self._told(problems)
        if self._json:
            self._say_json({"problems": [as_plain(one) for one in found], "published": not stopped})
        elif self._github:
            self._annotate(found)
        else:
            self._list(found)
            count = summary(found, self.lang)
            if stopped:
                self.say("")
                self.say(said("{count}. Nothing was published; the public folder is as it was.", count=count))
            elif count:
                self.say(f"\n{count}.")
            else:
                self.say(said("No problem found."))
            self._offer(found)

    def built(self, report: Report) -> None:
        """Print what was built, where it is, and how to look at it."""
        found = self._told(report.problems)
        if self._json:
            self._say_json(_report(report, found))
            return
        self._list(found)
        items = ", ".join(_counted(kind, number, self.lang) for kind, number in report.counts.items() if number)
        what = items or self._tell(said("nothing yet"))
        place = short(report.output, self._root)
        if report.is_unchanged:
            self.say(said("Nothing changed: {items}; {n} files in {folder}/, none written.", items=what, n=report.paths, folder=place))
        else:
            self.say("")
            self.say(said("Built {items}.", items=what))
            self.say(
                said(
                    "{n} files in {folder}/: {written} written, {removed} removed, the others as they were.",
                    n=report.paths, folder=place, written=len(report.written), removed=len(report.removed),
                )
            )  # fmt: skip
            if n := report.new_addresses:
                told_addresses = tell_count(
                    "{n} new address is promised in addresses.lock: commit it with your change.",
                    "{n} new addresses are promised in addresses.lock: commit it with your change.",
                    n,
                    self.lang,
                )
                self.say(told_addresses)
            if n := report.newly_told:
                self.say(
                    tell_count("{n} line to commit in calendars.lock, too.", "{n} lines to commit in calendars.lock, too.", n, self.lang)
                )
            if report.unkept:
                self.say(said("The site that stood before could not be kept to go back to: {reason}.", reason=report.unkept))
            self.say(self._times(report))
        self._offer(found)
        self.say(said("To look at it: {command}", command="python3 build.py serve"))

    def _times(self, report: Report) -> str:
        steps = [f"{self._tell(STEPS.get(name, name)).lower()} {s:.1f}" for name, s in report.seconds.items() if s >= 0.05]
        whole = f"{sum(report.seconds.values()):.1f}"
        # A decimal sign belongs to a language, as words do.
        return self._tell(said("{seconds} s: {steps}", seconds=self.number(whole), steps=self.number(", ".join(steps))))

    def number(self, text: str) -> str:
        """Return numbers with the decimal sign of the reader's language."""
        return text.replace(".", ",") if self.lang == "fr" else text

    def _told(self, problems: Sequence[Problem]) -> tuple[Told, ...]:
        wide = shutil.get_terminal_size((WIDTH, 24)).columns if self._is_terminal else WIDTH
        return told(problems, self.lang, partial(source, self._root), strict=self._strict, room=wide - _GUTTER)

    def _list(self, problems: Sequence[Told]) -> None:
        lines = listing(problems, self.lang)
        if self._is_terminal and problems:
            _coloured(lines, self._out)
        else:
            for line in lines:
                print(plain(line), file=self._out)
        self._out.flush()

    def _offer(self, problems: Sequence[Told]) -> None:
        """Say how to learn more of the problems that have to be mended."""
        if codes := explained(problems):
            self.say(said("To learn more: {command}", command=f"python3 build.py explain {codes}"))

    def _annotate(self, problems: Sequence[Told]) -> None:
        names = _names(self.lang) if problems else {}
        shown = chosen(problems)
        for one in shown:
            self.say(annotation(one, lambda code: names.get(code, "")))
        if (more := len(problems) - len(shown)) > 0:
            self.say(
                tell_count(
                    "{n} more problem, which is no annotation; all of them: python3 build.py check",
                    "{n} more problems, which are no annotations; all of them: python3 build.py check",
                    more,
                    self.lang,
                )
            )

    def _say_json(self, plain: dict[str, Any]) -> None:
        print(json.dumps(plain, ensure_ascii=False, indent=1), file=self._out, flush=True)


def _names(lang: str) -> dict[str, str]:
    """Return the short name of every code; read only where it is shown."""
    from handbill.explaining import read_pages

    return {page.code: page.title(lang) for page in read_pages()}


def _counted(kind: str, n: int, lang: str) -> str:
    """Return how many items of a kind there are, as people call them."""
    words = {
        "post": tell_count("{n} post", "{n} posts", n, lang),
        "page": tell_count("{n} page", "{n} pages", n, lang),
        "event": tell_count("{n} event", "{n} events", n, lang),
        "contest": tell_count("{n} contest", "{n} contests", n, lang),
        "issue": tell_count("{n} letter", "{n} letters", n, lang),
        "person": tell_count("{n} person", "{n} people", n, lang),
        "place": tell_count("{n} place", "{n} places", n, lang),
    }
    return words.get(kind, f"{n} {kind}" if n == 1 else f"{n} {kind}s")


def short(path: Path, root: Path) -> str:
    """Return a path as it is told: within the hub by its name there."""
    try:
        return path.relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)


def _coloured(lines: Iterable[Sequence[Piece]], out: Any) -> None:
    """Print lines with the colours of their roles; rich leaves them out where NO_COLOR is set."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False)
    for line in lines:
        console.print(Text.assemble(*((text, _STYLES.get(role, "")) for text, role in line)), soft_wrap=True)


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

    def show(step: str) -> None:
        current[0] = step
        if status:
            status[0].update(step)

    try:
        yield show
    finally:
        timer.cancel()
        timer.join()
        if status:
            status[0].stop()


def _report(report: Report, problems: Sequence[Told]) -> dict[str, Any]:
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
        "newly_told": report.newly_told,
        "holds_until": report.until,
        "unkept": report.unkept,
        "seconds": {name: round(s, 3) for name, s in report.seconds.items()},
        "problems": [as_plain(one) for one in problems],
        "published": True,
    }
