"""The preview of a hub while it is being written: build, show, watch, build again."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlsplit

from handbill.engine import engine_theme
from handbill.errors import ContentProblems, HandbillError, Level, Problem, said
from handbill.glimpse import Glimpse
from handbill.layout import PRIVATE, SOURCES
from handbill.memory import Memory
from handbill.outputs.rendering import Rendering
from handbill.outputs.theme import Theme
from handbill.pipeline import Options, Report, build
from handbill.preview.server import Preview
from handbill.preview.turns import Turns
from handbill.preview.watch import watch
from handbill.publishing.store import Store
from handbill.screen import Screen
from handbill.settings import read_settings
from handbill.telling import tell

#: What no page is waited for, made once it is quiet: it costs more than all the rest.
LATER = ("search", "handbook", "report")

#: So long after the last change what is late is made.
_QUIET_S = 1.5

#: A browser that was shown a page ahead is to have it before a build takes the processor.
_HEAD_START_S = 0.1


class Session:
    """One preview: builds into a folder of its own, and tells open pages what happened.

    *now* gives the moment of each build.  Letters are judged as of *today* where
    the hub is built for another moment.  A change is shown in three steps: what
    an open page will be, at once and from memory (:mod:`handbill.glimpse`); all
    that was changed by it, published whole; and last what is late.
    """

    def __init__(
        self, options: Options, page: Preview, screen: Screen, now: Callable[[], datetime] | None, today: datetime | None = None
    ) -> None:
        # Whole addresses lead to the preview itself, so that feeds and letters can be tried too.
        self._options = replace(options, base_url=page.address, records=False, flushed=False)
        self._page, self._screen, self._now = page, screen, now
        # Nobody else writes into this folder, so it need not be looked at before each build.
        self._store = Store(self._options.output, trusting=True)
        self._memory = Memory()
        self._today = today
        self._is_prepared = False
        self._lock = threading.Lock()
        # Files changed since the last build began, each with the number of its change.
        self._changed: dict[Path, int] = {}
        self._changes = 0
        self._glimpse: Glimpse | None = None
        self._ahead: Mapping[str, bytes] = {}
        # What was told ahead of the build to be wrong, and stands over the pages alone.
        self._told: frozenset[Problem] = frozenset()
        # Letters are proofed and weighed with the addresses that they will have.
        page.lay(lambda: replace(self.as_of_now(), as_of=self._today or self.as_of_now().as_of, base_url=options.base_url))

    def as_of_now(self) -> Options:
        """Return how to build at this moment."""
        return replace(self._options, as_of=self._now()) if self._now else self._options

    def follow(self, stop: threading.Event | None = None, on_ready: Callable[[], None] = lambda: None, quiet_s: float = _QUIET_S) -> None:
        """Show each change of the sources as soon as it is written, until interrupted or until *stop* is set."""
        root = self._options.root
        self._page.on_open(self.open)
        stop = stop or threading.Event()
        # A preview that builds no more is not to look as if it did.
        with Turns(self.build_soon, self.build_rest, quiet_s, stop.set) as turns:

            def changed(files: frozenset[Path]) -> None:
                self.note(files)
                turns.press()

            watch([*(root / name for name in SOURCES), engine_theme()], [root / PRIVATE, root / "public"], changed, stop, on_ready)

    def note(self, changed: frozenset[Path]) -> None:
        """Take down what changed for the next build, and show it ahead where that can be done at once."""
        with self._lock:
            self._changes += 1
            self._changed |= dict.fromkeys(changed, self._changes)
            self._look_ahead()

    def build(self, later: Collection[str] = (), check: Callable[[str], None] = lambda _: None) -> bool:
        """Build once and show the result, or the problems; say whether it could be built.

        What is *later* stays as it is; *check* is told of each step and may end the build by raising.
        """
        started = perf_counter()
        with self._lock:
            begun = self._changes
        try:
            report = build(self.as_of_now(), check, self._store, self._memory, later)
        except ContentProblems as error:
            self._refuse(error.problems)
            self._screen.problems(error.problems, stopped=True)
            return False
        except HandbillError as error:
            self._refuse([Problem("theme", 0, 0, "", error.args[0], "", "HB901")])
            self._screen.say(f"handbill: {tell(error.args[0], self._screen.lang)}")
            return False
        self._show(report, begun)
        if not report.is_unchanged:
            changed = len(report.written) + len(report.removed)
            seconds = self._screen.number(f"{perf_counter() - started:.2f}")
            self._screen.say(said("{n} of {all} files made anew in {seconds} s.", n=changed, all=report.paths, seconds=seconds))
        self._learn()
        return True

    def build_soon(self) -> bool:
        """Build what pages are waited for; say whether there is something left."""
        if self._ahead:
            sleep(_HEAD_START_S)
        return self.build(LATER)

    def build_rest(self, check: Callable[[], None]) -> None:
        """Build what is late, unless *check* ends it, and tidy up."""
        if not self._is_prepared:
            # The first publication after a first build would have to do it.
            with self._store.alone():
                self._store.prepare()
            self._is_prepared = True
        # A build that has come to publishing is nearly over.
        if self.build(check=lambda step: None if step == "Publishing" else check()):
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def open(self) -> None:
        """Have ready what the pages that are open now will need."""
        with self._lock:
            if self._glimpse:
                self._glimpse.prepare(self._page.open_pages)

    def _look_ahead(self) -> None:
        """Show what the open pages will be, if that can be told without a build; else what they show stays."""
        if self._glimpse is None:
            return
        if faults := self._glimpse.faults(self._changed):
            self._ahead, self._told = {}, frozenset(faults)
            self._page.show(faults)
            return
        try:
            for pages in self._glimpse.pages(self._changed, self._page.open_pages):
                self._ahead = pages
                if self._told:
                    self._told = frozenset()
                    self._page.reload(pages, pages)
                else:
                    self._page.show_ahead(pages)
        except (HandbillError, OSError, UnicodeDecodeError):
            # A template is wrong, or a file goes while an editor writes it anew: what there is to say, the build says.
            return

    def _refuse(self, problems: Sequence[Problem]) -> None:
        with self._lock:
            self._ahead = {}
            if self._told != {one for one in problems if one.level is Level.ERROR}:
                self._told = frozenset()
            self._page.show(problems)

    def _show(self, report: Report, begun: int) -> None:
        """Show what was published, and ahead of it what changed since the build had *begun*."""
        with self._lock:
            self._told = frozenset()
            self._changed = {file: number for file, number in self._changed.items() if number > begun}
            ahead = self._ahead if self._changed else {}
            changed = {*report.written, *report.removed}
            for path, content in self._ahead.items():
                if path in ahead or content == _read(report.output / path):
                    changed.discard(path)
                else:
                    changed.add(path)
            self._ahead = ahead
            if self._glimpse and self._glimpse.found is not self._memory.found:
                # What it knows of others is no longer so.
                self._glimpse = None
            self._page.reload(changed, ahead)

    def _learn(self) -> None:
        """Take what the last build found for what pages are shown ahead from."""
        found = self._memory.found
        if self._glimpse and self._glimpse.found is found:
            return
        glimpse = Glimpse(found, Rendering(Theme(found.settings.root))) if found else None
        try:
            if glimpse:
                glimpse.prepare(self._page.open_pages)
        except HandbillError:
            # A template was saved meanwhile that is wrong: the build that follows says so.
            glimpse = None
        with self._lock:
            self._glimpse = glimpse
            if self._changed:
                self._look_ahead()


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def preview(options: Options, port: int, screen: Screen, now: Callable[[], datetime] | None) -> int:
    """Show the hub at an address of this machine until interrupted; return the exit code.

    *now* gives the moment for each build; ``None`` keeps the one of *options*.
    """

    def tell_of(page: Preview) -> None:
        screen.say(said("Look at it: {address}    (Ctrl-C ends the preview)", address=page.address))
        screen.say(said("Letters before they are sent: {address}", address=page.letters))

    return _shown(options, port, screen, now, tell_of)


def preview_letter(options: Options, source: str, name: str, sent: datetime, port: int, screen: Screen) -> int:
    """Show a letter, and the hub as it will stand when that is sent, until interrupted; return the exit code."""

    def tell_of(page: Preview) -> None:
        screen.say(said("Look at it: {address}    (Ctrl-C ends the preview)", address=f"{page.letters}{name}/"))

    then = replace(options, as_of=max(options.as_of, sent), finished=frozenset({source}))
    return _shown(then, port, screen, None, tell_of, options.as_of)


#: So soon a thread that has little to do gets its turn beside a build that has much.
_TURN_S = 0.0005


def _shown(
    options: Options,
    port: int,
    screen: Screen,
    now: Callable[[], datetime] | None,
    tell_of: Callable[[Preview], None],
    today: datetime | None = None,
) -> int:
    sys.setswitchinterval(_TURN_S)
    folder = options.root / PRIVATE / "preview" / "public"
    base = _base(options)
    with Preview(folder, base=base, port=port, lang=screen.lang, root=options.root) as page:
        session = Session(replace(options, output=folder), page, screen, now, today)
        try:
            session.build()
            screen.say("")
            session.follow(on_ready=lambda: tell_of(page))
        except KeyboardInterrupt:
            screen.say(said("Preview ended."))
    return 0


def _base(options: Options) -> str:
    """Return the path under which the hub will lie, or the root while hub.toml cannot be read."""
    try:
        return urlsplit(read_settings(options.root).base_url).path or "/"
    except HandbillError:
        return "/"
