"""The preview of a hub while it is being written: build, show, watch, build again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from handbill.engine import engine_theme
from handbill.errors import ContentProblems, HandbillError, Problem, said
from handbill.layout import PRIVATE, SOURCES
from handbill.pipeline import Options, build
from handbill.preview.server import Preview
from handbill.preview.watch import watch
from handbill.publishing.store import Store
from handbill.screen import Screen
from handbill.settings import read_settings
from handbill.telling import tell


class Session:
    """One preview: builds into a folder of its own, and tells open pages what happened.

    *now* gives the moment of each build.  Letters are judged as of *today* where
    the hub is built for another moment.
    """

    def __init__(
        self, options: Options, page: Preview, screen: Screen, now: Callable[[], datetime] | None, today: datetime | None = None
    ) -> None:
        # Whole addresses lead to the preview itself, so that feeds and letters can be tried too.
        self._options = replace(options, base_url=page.address, records=False, flushed=False)
        self._page, self._screen, self._now = page, screen, now
        # Nobody else writes into this folder, so it need not be looked at before each build.
        self._store = Store(self._options.output, trusting=True)
        self._today = today
        # Letters are proofed and weighed with the addresses that they will have.
        page.lay(lambda: replace(self.as_of_now(), as_of=self._today or self.as_of_now().as_of, base_url=options.base_url))

    def as_of_now(self) -> Options:
        """Return how to build at this moment."""
        return replace(self._options, as_of=self._now()) if self._now else self._options

    def prepare(self) -> None:
        """Do ahead what the first publication after a first build would have to do."""
        with self._store.alone():
            self._store.prepare()

    def rebuild(self, _changed: frozenset[Path]) -> None:
        """Build again because files changed."""
        self.build()

    def build(self) -> bool:
        """Build once and show the result, or the problems; say whether it could be built."""
        started = perf_counter()
        try:
            report = build(self.as_of_now(), store=self._store)
        except ContentProblems as error:
            self._page.show(error.problems)
            self._screen.problems(error.problems, stopped=True)
            return False
        except HandbillError as error:
            self._page.show([Problem("theme", 0, 0, "", error.args[0], "", "HB901")])
            self._screen.say(f"handbill: {tell(error.args[0], self._screen.lang)}")
            return False
        self._page.reload()
        changed = len(report.written) + len(report.removed)
        seconds = self._screen.number(f"{perf_counter() - started:.2f}")
        self._screen.say(said("{n} of {all} files made anew in {seconds} s.", n=changed, all=report.paths, seconds=seconds))
        return True


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


def _shown(
    options: Options,
    port: int,
    screen: Screen,
    now: Callable[[], datetime] | None,
    tell_of: Callable[[Preview], None],
    today: datetime | None = None,
) -> int:
    folder = options.root / PRIVATE / "preview" / "public"
    base = _base(options)
    with Preview(folder, base=base, port=port, lang=screen.lang, root=options.root) as page:
        session = Session(replace(options, output=folder), page, screen, now, today)
        paths = [options.root / name for name in SOURCES] + [engine_theme()]
        try:
            session.build()
            screen.say("")
            tell_of(page)
            session.prepare()
            watch(paths, [options.root / PRIVATE, options.root / "public"], session.rebuild)
        except KeyboardInterrupt:
            screen.say(said("Preview ended."))
    return 0


def _base(options: Options) -> str:
    """Return the path under which the hub will lie, or the root while hub.toml cannot be read."""
    try:
        return urlsplit(read_settings(options.root).base_url).path or "/"
    except HandbillError:
        return "/"
