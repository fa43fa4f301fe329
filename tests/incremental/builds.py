"""Builds in processes of their own, forked from one that never built anything: what a run of the command would do, without its start.

What a process remembers of an earlier build can therefore not reach the next
one, unless the two are asked of one living process, as under ``serve``.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pickle
import pkgutil
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any

#: Outputs that run a program each, and are left out of most builds.
COSTLY = ("search", "handbook")


@dataclass(frozen=True)
class Ask:
    """A build or a check to be done: of which folder, at which moment, and what is left out of it."""

    root: Path
    output: Path
    as_of: str
    more: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = COSTLY
    checks: bool = False
    #: From so many texts or pages on, work is shared among processes.
    shared_from: int = 0
    #: Outputs that are left as they stand at first, and made by a second build.
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a build told: how it ended, every problem, until when it holds, and what it did."""

    end: str
    problems: tuple[str, ...] = ()
    until: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    paths: int = 0
    is_unchanged: bool = False
    read: int = 0
    made: int = 0
    written: tuple[str, ...] = ()


def do(ask: Ask, *kept: Any) -> Told:
    """Do it here and now, and return what was told; *kept* is what a living process keeps: a store, and a memory."""
    from tests.hubs import options

    from handbill import outputs, pipeline
    from handbill.errors import ContentProblems, HandbillError

    _leave_out(outputs, ask.without)
    if ask.shared_from:
        _share(ask.shared_from)
    given = options(ask.root, ask.as_of, output=ask.output, **ask.more)
    try:
        if ask.checks:
            return Told("checked", tuple(map(repr, pipeline.check(given))))
        if ask.later:
            # As under `serve`, which writes nothing down: what a build notes of calendars is known to the next.
            pipeline.build(replace(given, records=False), lambda _: None, *kept, later=ask.later)
        report = pipeline.build(given, lambda _: None, *kept)
    except ContentProblems as refusal:
        return Told("refused", tuple(map(repr, refusal.problems)))
    except HandbillError as trouble:
        # The root of a copy is another, and so is its name in what is told.
        return Told(f"{type(trouble).__name__}: {trouble}".replace(str(ask.output), "OUTPUT").replace(str(ask.root), "ROOT"))
    told = tuple(map(repr, report.problems))
    counts = tuple(sorted(report.counts.items()))
    return Told("built", told, report.until, counts, report.paths, report.is_unchanged, report.read, report.made, report.written)


def _leave_out(outputs: Any, names: tuple[str, ...]) -> None:
    if not hasattr(outputs, "ALL_OF_THEM"):
        outputs.ALL_OF_THEM = (outputs.OUTPUTS, outputs.LATE)
    outputs.OUTPUTS, outputs.LATE = (tuple(one for one in some if one not in names) for some in outputs.ALL_OF_THEM)


def _share(least: int) -> None:
    import handbill.outputs.site
    import handbill.reading.texts

    for module, name in ((handbill.outputs.site, "PARTS_FROM"), (handbill.reading.texts, "CREW_FROM")):
        # A name that is not there would share nothing, and prove nothing.
        assert hasattr(module, name)
        setattr(module, name, least)


class Living:
    """A process that goes on living, as ``serve`` does: it builds what it is asked, and remembers what it likes."""

    def __init__(self, answer: Callable[[Any], Any], alone: bool = False) -> None:
        self._out, out = os.pipe()
        inner, self._in = os.pipe()
        self.number = os.fork()
        if self.number == 0:
            with suppress(BaseException):
                os.close(self._out)
                os.close(self._in)
                if alone:
                    os.setsid()
                _answer_for_ever(inner, out, answer)
            os._exit(0)
        os.close(out)
        os.close(inner)

    def ask(self, question: Any) -> Any:
        """Return the answer to a question; raise what went wrong in answering it."""
        _put(self._in, question)
        return self.answer()

    def put(self, question: Any) -> None:
        """Ask without waiting."""
        _put(self._in, question)

    def answer(self) -> Any:
        """Wait for an answer and return it."""
        found = _get(self._out)
        if found is None:
            raise Fallen("the process died without an answer")
        good, answer = found
        if not good:
            raise Fallen(answer)
        return answer

    def close(self) -> None:
        """End it, and wait for that; what it was asked it has answered."""
        # To close its pipe is not enough: processes that were forked after it hold the other end of it as well.
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        for end in (self._in, self._out):
            with suppress(OSError):
                os.close(end)
        with suppress(ChildProcessError):
            os.waitpid(self.number, 0)


class Fallen(AssertionError):
    """A build fell with a traceback, or its process died: never right, whatever the files held."""


def once(job: Callable[[], Any]) -> Any:
    """Return what *job* returns in a process of its own that ends with it."""
    process = Living(lambda _: job())
    try:
        return process.ask(None)
    finally:
        process.close()


class Server:
    """A living process with one store that trusts what it published, and one memory, as the preview has."""

    def __init__(self) -> None:
        kept: dict[Path, tuple[Any, Any]] = {}

        def answer(ask: Ask) -> Told:
            from handbill.memory import Memory
            from handbill.publishing.store import Store

            if ask.output not in kept:
                kept[ask.output] = (Store(ask.output, trusting=True), Memory())
            return do(ask, *kept[ask.output])

        self._process = Living(answer)

    def do(self, ask: Ask) -> Told:
        """Build, and return what was told."""
        told: Told = self._process.ask(ask)
        return told

    def close(self) -> None:
        """End the process."""
        self._process.close()


def _answer_for_ever(questions: int, answers: int, answer: Callable[[Any], Any]) -> None:
    while True:
        # A pipe that was closed is the end; a question may well be None.
        question = _get(questions, ...)
        if question is ...:
            return
        try:
            given = (True, answer(question))
        except BaseException:
            given = (False, traceback.format_exc())
        _put(answers, given)


def _put(end: int, value: Any) -> None:
    raw = pickle.dumps(value)
    raw = len(raw).to_bytes(8, "big") + raw
    while raw:
        raw = raw[os.write(end, raw) :]


def _get(end: int, without: Any = None) -> Any:
    length = _read(end, 8)
    return pickle.loads(_read(end, int.from_bytes(length, "big"))) if length else without  # noqa: S301 - from a child of ours


def _read(end: int, length: int) -> bytes:
    raw = b""
    while len(raw) < length:
        more = os.read(end, length - len(raw))
        if not more:
            return b""
        raw += more
    return raw


@contextmanager
def room_for_builds() -> Iterator[Path]:
    """Lend a folder for builds, and make this process one from which they can be forked."""
    with TemporaryDirectory(prefix="handbill-incremental-") as folder:
        room = Path(folder).resolve()
        (room / "templates").mkdir()
        prepare(room / "templates")
        yield room


def prepare(kept: Path) -> None:
    """Import all of the program, and remember compiled templates in the folder *kept*; nothing is built in this process.

    To compile the templates takes three quarters of a small build, and what
    comes of it follows from the text alone; which program it is, and when
    clocks are turned, follow from no hub at all.
    """
    import jinja2
    import pelican.generators
    import pelican.writers  # noqa: F401 - imported for the processes that will be forked

    import handbill

    for module in pkgutil.walk_packages(handbill.__path__, "handbill."):
        # What cannot be imported here falls where it is asked for.
        with suppress(ImportError):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    _learn()
    known: dict[str, CodeType] = {}
    compiled = jinja2.Environment.compile

    def remembered(env: Any, source: Any, name: Any = None, filename: Any = None, raw: bool = False, defer_init: bool = False) -> Any:
        if raw or defer_init or not isinstance(source, str):
            return compiled(env, source, name, filename, raw, defer_init)
        how = (source, name, filename, env.trim_blocks, env.lstrip_blocks, sorted(env.extensions), repr(env.autoescape), env.undefined.__name__)
        key = hashlib.sha256(repr(how).encode()).hexdigest()
        file = kept / key
        if key not in known:
            import marshal

            if file.is_file():
                known[key] = marshal.loads(file.read_bytes())  # noqa: S302 - written by a child of ours
            else:
                known[key] = compiled(env, source, name, filename)
                draft = kept / f"{key}.{os.getpid()}"
                draft.write_bytes(marshal.dumps(known[key]))
                draft.replace(file)
        return known[key]

    jinja2.Environment.compile = remembered  # type: ignore[method-assign]


def _learn() -> None:
    """Work out what no hub decides, and what each build would work out again."""
    import gc

    from babel import Locale

    from handbill.engine import engine_digest
    from handbill.examining import program_state
    from handbill.outputs.zones import observances

    engine_digest()
    program_state()
    for zone in ("Europe/Paris", "America/Montreal"):
        observances(zone, 2026)
    for lang in ("fr", "en", "de"):
        Locale.parse(lang).plural_form  # noqa: B018 - reads the locale
    gc.collect()
    gc.freeze()
