"""The steps of a build, in order, and what a build tells.

Read everything, check everything, plan every path, make what changed, compare
with the plan, publish all or nothing.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from handbill.circles import no_looking_for_circles
from handbill.errors import ContentProblems, Level, Problem, said
from handbill.examining import examine, note_pages, program_state, promised_state_of, state_of
from handbill.layout import ADDRESSES, CALENDARS
from handbill.making import Making
from handbill.memory import Memory
from handbill.options import Options
from handbill.plain import refused
from handbill.publishing.standing import LastBuild, read_last, write_last, write_whole
from handbill.publishing.store import Limits, Store

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.outputs.planned import Planned
    from handbill.settings import Budget

Tell = Callable[[str], None]


@dataclass(slots=True)
class Report:
    """What a build did: counts of items by kind, paths, problems that do not stop it, seconds by step.

    ``left`` are the outputs whose old files were left standing for a later build,
    ``unkept`` says why the site that stood before cannot be gone back to.
    """

    output: Path
    counts: dict[str, int] = field(default_factory=dict)
    paths: int = 0
    read: int = 0
    made: int = 0
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    is_unchanged: bool = False
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    new_addresses: int = 0
    newly_told: int = 0
    until: str = ""
    left: tuple[str, ...] = ()
    unkept: str = ""

    @contextmanager
    def step(self, name: str, tell: Tell) -> Iterator[None]:
        """Tell of a step and note how long it took; one that goes on after another is not told again."""
        if name not in self.seconds:
            tell(name)
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start


@no_looking_for_circles()
def build(
    options: Options,
    tell: Tell = lambda _: None,
    store: Store | None = None,
    memory: Memory | None = None,
    later: Collection[str] = (),
) -> Report:
    """Build the hub of a repository and publish it into the output folder.

    One who builds again and again may hand over the *store* each time, and the
    same *memory*.  Of the outputs named in *later* what stands is left as it
    is, and the report tells which: they are made by building again without.

    Raises:
        ContentProblems: something is wrong in the content; the output is untouched.
        HandbillError: the options, the machine or the theme are at fault; likewise.
    """
    refuse_a_link_that_chooses(options)
    report = Report(options.output)
    step = partial(report.step, tell=tell)
    store = store or Store(options.output)
    # Builds into several folders may run at once, `serve` beside `site`: nothing of one is another's.
    name = hashlib.blake2b(str(store.public).encode(), digest_size=8).hexdigest()
    last_file, scratch = options.private / "last" / f"{name}.json", options.private / "scratch" / name
    terms = _terms(options)
    with store.alone(tell):
        files = state_of(options)
        last = read_last(last_file)
        promised = promised_state_of(options)
        if not options.no_cache and last and last.holds(terms, files + promised, store.seal(), options.as_of) and store.is_intact():
            report.is_unchanged, report.counts, report.paths, report.until = True, last.counts, last.pages, last.until
            return report
        # Imported only now: most runs of a watcher find nothing to do.
        from handbill.outputs.ahead import ahead_of
        from handbill.outputs.search_ahead import search_ahead_of

        known = memory.recall(terms + files + promised, options.as_of) if memory and not options.no_cache else None
        before = memory.found if memory else None
        # Where something stands already, little is made, and most of the time to make it is for getting ready.
        is_small = bool(last) and not options.no_cache and options.jobs > 1 and before is None
        late = options.private / "cache" / "late" / name
        with ahead_of(options.root, store.is_intact, is_wanted=is_small) as ahead, search_ahead_of(late / "search", is_wanted=is_small):
            if ahead:
                store.ask(ahead.first)
            notes: list[Callable[[], None]] = []
            found = known or examine(options, step, before, notes)
            hub, settings = found.hub, found.settings
            report.read, report.problems = found.read if known is None else 0, found.problems
            _stop_on(found.problems, options.strict)
            report.counts = {kind: sum(1 for item in hub.items if item.kind == kind) for kind in hub.kinds}
            with _room_at(scratch) as room, store.begin(limits_of(settings.budget)) as generation:
                making = Making(generation, store, room, options.no_cache, step, later, late)
                making.make(found.plans, settings, notes)
                made_late = making.make_late(found.planned, hub, settings, [partial(note_pages, options, found)])
                report.made, report.left = making.made, tuple(sorted(making.left))
                with step("Publishing"):
                    done = generation.publish(flushed=options.flushed)
        report.unkept = done.unkept
        report.written, report.removed, report.paths = done.written, done.removed, done.kept + len(done.written)
        if options.records:
            report.new_addresses = _record([*found.planned, *made_late], hub, options.root)
            report.newly_told = _note(hub, options.root)
        report.until = hub.stays_until().isoformat()
        if memory:
            memory.keep(terms + files + promised, found)
        # The state of the files is that of before they were read: an edit made meanwhile must not be taken for built.
        promised = promised_state_of(options)
        if not report.left:
            since, site = options.as_of.isoformat(), store.seal()
            write_last(last_file, LastBuild(terms, files + promised, since, report.until, report.counts, report.paths, site))
    return report


@no_looking_for_circles()
def check(options: Options) -> tuple[Problem, ...]:
    """Return every problem of the content, sorted by place, without making or writing anything.

    What was found is remembered while no file changes and nothing falls due.
    """
    from handbill.reading.cache import Cache

    notes = None if options.no_cache else Cache(options.private / "cache" / "checks", _terms(options))
    key = state_of(options) + promised_state_of(options)
    known: tuple[datetime, datetime, tuple[Problem, ...]] | None = notes.get(key) if notes else None
    if known and known[0] <= options.as_of < known[1]:
        return known[2]
    try:
        found = examine(options, nullcontext)
    except ContentProblems as refusal:
        return refusal.problems
    if notes:
        notes.put(key, (options.as_of, found.hub.stays_until(), found.problems))
        notes.save()
    return found.problems


def limits_of(budget: Budget) -> Limits:
    """Return what a hub's budget grants to earlier sites."""
    return Limits(budget.earlier, budget.earlier_bytes)


def refuse_a_link_that_chooses(options: Options) -> None:
    """Build into no folder that a proposal chose; where this user made the link, the folder that it leads to is what is replaced."""
    output = options.output
    if not output.is_symlink():
        return
    if not output.is_dir():
        found, wanted = said("a symbolic link that leads to no folder"), said("a folder, or nothing: the program makes it anew")
        raise ContentProblems((refused(output.name, found, wanted),))
    if output.parent.resolve() != options.root.resolve():
        return
    from handbill.owned import is_brought, look_again

    look_again()
    if is_brought(options.root, output.name):
        found = said("a symbolic link that came with a commit")
        raise ContentProblems((refused(output.name, found, said("it taken out of the repository: the build makes the folder")),))


def _terms(options: Options) -> str:
    # The state of the program's modules and not their digest: to read them all took 30 ms.
    return repr((program_state(), options.base_url, options.drafts, sorted(options.finished), options.strict))


@contextmanager
def _room_at(place: Path) -> Iterator[Path]:
    """Lend an empty folder for what is made on the way; elsewhere where nothing can be written in its place."""
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True)
    except OSError:
        with TemporaryDirectory(prefix="handbill-") as elsewhere:
            yield Path(elsewhere)
        return
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _stop_on(problems: Sequence[Problem], strict: bool) -> None:
    least = Level.WARNING if strict else Level.ERROR
    if any(problem.level >= least for problem in problems):
        raise ContentProblems(tuple(problems))


def _record(planned: Sequence[Planned], hub: Hub, root: Path) -> int:
    """Write newly promised addresses into addresses.lock; return how many there were."""
    from handbill.checking.addresses import promises_of
    from handbill.reading.promises import lock_text

    known = set(hub.promises)
    fresh = set(promises_of(planned)) - known
    if fresh:
        write_whole(root / ADDRESSES, lock_text(known | fresh))
    return len(fresh)


def _note(hub: Hub, root: Path) -> int:
    """Write down in calendars.lock what calendars tell now; return how many lines of it are new."""
    from handbill.reading.ledger import ledger_text

    file, text = root / CALENDARS, ledger_text(hub.told)
    before = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    if before != text.splitlines():
        write_whole(file, text)
    return sum(1 for line in set(text.splitlines()) - set(before) if not line.startswith("#"))


__all__ = ["Options", "Report", "build", "check", "limits_of", "refuse_a_link_that_chooses"]
