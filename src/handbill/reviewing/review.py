"""Two states of a repository → the review of what lies between them.

Each state is examined in a process of its own; only what has another key is
made, on both sides, and only what has other bytes is told (decision 0056).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Literal

from handbill.errors import MachineLacks, Problem, WrongUse, said
from handbill.layout import HUB
from handbill.options import Options
from handbill.publishing.lock import only_one
from handbill.reviewing.comparing import Bytes, differing, pages_and_files, unlike
from handbill.reviewing.gathering import Gathered
from handbill.reviewing.record import Review, Sizes
from handbill.reviewing.remembering import Memory, seed
from handbill.reviewing.revisions import SHORT, Pair, pair_of
from handbill.reviewing.saying import in_words
from handbill.reviewing.snapshot import Made, Snapshot
from handbill.reviewing.sources import sources_of
from handbill.reviewing.subjects import FACTS, subject
from handbill.reviewing.talking import Talk, closing
from handbill.reviewing.verdict import broken_in, found_of, hidden_of, links_of, moments_of
from handbill.reviewing.worktrees import check_out

_Asked = tuple[Talk, Snapshot, list[Made], Sequence[str]]
Tell = Callable[[str], None]
Which = Literal["before", "after"]

#: Below the hub's own folder of ours.
FOLDER = "review"

#: So many moments at which something that is scheduled will appear are looked at.
MOST_MOMENTS = 5


@dataclass(slots=True)
class Opened:
    """A review, and the two states that it is of for as long as it is open; each moment that was looked at has its two snapshots."""

    review: Review
    _memory: Memory
    _talks: Mapping[Which, Talk]
    _states: Mapping[datetime, Mapping[Which, Snapshot]]

    def asset(self, which: Which, path: str) -> bytes | None:
        """Return the bytes of a published file of one state, ``None`` where there is none: now, or at a moment that was looked at."""
        for at, states in self._states.items():
            keys = states[which].keys
            # A folder that another program makes is planned as a whole.
            owner = path if path in keys else next((one for one in keys if one.endswith("/") and path.startswith(one)), "")
            if owner:
                made = self._memory.made(owner, keys[owner])
                if made is None:
                    made, _ = self._talks[which].asked("make", at, (owner,))
                    self._memory.keep_made(keys, (owner,), made)
                return next((one.content for one in made if one.path == path), None)
        return None


def review(options: Options, base: str, head: str, lang: str, tell: Tell = lambda _: None) -> Review:
    """Return what *head* changes for members compared with *base*; as :func:`opened`."""
    with opened(options, base, head, lang, tell) as found:
        return found.review


@contextmanager
def opened(options: Options, base: str, head: str, lang: str, tell: Tell = lambda _: None) -> Iterator[Opened]:
    """Compare two states of the repository and keep both at hand; *head* "" is the files as they lie there.

    Raises:
        WrongUse: one of the two is no commit, or they have nothing in common.
        MachineLacks: git, or a part of the history, is missing.
    """
    pair = pair_of(options.root, base, head)
    room = options.private / FOLDER
    room.mkdir(parents=True, exist_ok=True)
    with only_one(room / "lock", _busy, lambda: tell(said("another review of this hub is running; waiting for it to finish")), 1800):
        scratch = room / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        work = _Work(options, pair, Memory(room, options, lang), lang, tell)
        tell(said("Laying out both states"))
        with work.step("laying out"):
            sides = work.sides(room)
        before = Talk(sides[0], scratch / "before", lang)
        after = Talk(sides[1], scratch / "after", lang, (before,))
        try:
            with closing(before, after):
                found = work.compared(before, after)
                yield Opened(found, work.memory, {"before": before, "after": after}, work.states)
                work.memory.save()
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _busy() -> MachineLacks:
    return MachineLacks(said("another review of this hub is still running; wait for it or end it"))


@dataclass(slots=True)
class _Work:
    """One comparison: where the two states lie, and what was found so far."""

    options: Options
    pair: Pair
    memory: Memory
    lang: str
    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)
    states: dict[datetime, Mapping[Which, Snapshot]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start

    def sides(self, room: Path) -> tuple[Options, Options]:
        """Return how to examine each state, with its files laid out; the state that lies there already is examined in its place."""
        jobs = max(1, self.options.jobs // 2)
        return self._side(self.pair.base.commit, room / "base", jobs), self._side(self.pair.head.commit, room / "head", jobs)

    def _side(self, commit: str, folder: Path, jobs: int) -> Options:
        options = replace(self.options, records=False, jobs=jobs)
        if not commit:
            return options
        check_out(self.pair.git, commit, folder)
        # Never below the folder itself: a commit may hold files of that name, and what is kept is unpickled.
        there = replace(options, root=folder / self.pair.prefix, notes=folder.parent / "notes" / folder.name)
        if not (there.root / HUB).is_file():
            raise WrongUse(said("{commit} has no hub.toml in this folder, so there is no hub to compare", commit=commit[:SHORT]))
        seed(self.options.private, there.private)
        return there

    def compared(self, before: Talk, after: Talk) -> Review:
        as_of = self.options.as_of
        sources = sources_of(self.pair)
        touched = {path for one in sources for path in (one.path, one.former) if path}
        gathered = Gathered()
        self.tell(said("Examining both states"))
        old, new = self._snapshots(before, after, as_of)
        wrong = list(self._gather(gathered, before, after, as_of, old, new, touched, ""))
        if self.pair.head.commit:
            wrong += in_words(links_of(sources), self.lang, self.options.root)
        found = found_of(old.problems, new.problems, sources)
        moments, rest = moments_of(old, new, touched, as_of, MOST_MOMENTS)
        for moment in moments:
            then = self._snapshots(before, after, moment)
            since = moment.isoformat()
            wrong += self._gather(gathered, before, after, moment, *then, touched, since)
            known = {one.problem for one in found}
            found += tuple(one for one in found_of(then[0].problems, then[1].problems, sources) if one.is_new and one.problem not in known)
        self._finish_subjects(gathered, before, after)
        found += found_of((), wrong, ())
        pages = gathered.of("pages")
        return Review(
            base=self.pair.base,
            head=self.pair.head,
            as_of=as_of.isoformat(),
            lang=self.lang,
            hub=new.name or old.name,
            base_url=new.base_url or old.base_url,
            is_whole=new.is_whole and not wrong,
            sources=sources,
            problems=found,
            hidden=hidden_of(old, new, sources, rest),
            sizes=Sizes(
                files=(len(old.keys), len(new.keys)),
                pages=(_pages_in(old), _pages_in(new)),
                page_bytes=(sum(len(one.before or b"") for one in pages), sum(len(one.after or b"") for one in pages)),
            ),
            seconds=self.seconds,
            **gathered.all(),
        )

    def _snapshots(self, before: Talk, after: Talk, at: datetime) -> tuple[Snapshot, Snapshot]:
        with self.step("examining"):
            base = self.pair.base.commit
            old = self.memory.snapshot(base, self.pair.prefix, at)
            if old is None:
                before.ask("snapshot", at, 1)
            else:
                # Its bytes may be asked for all the same; while it gets ready, the other one has time to itself.
                before.hint("examine", at)
            after.ask("snapshot", at, 1 if old is None else self.options.jobs)
            new = after.answer()
            if old is None:
                old = before.answer()
                self.memory.keep_snapshot(base, self.pair.prefix, old)
            assert old is not None
            self.states[at] = {"before": old, "after": new}
            return old, new

    def _gather(
        self, gathered: Gathered, before: Talk, after: Talk, at: datetime, old: Snapshot, new: Snapshot, touched: set[str], since: str
    ) -> Sequence[Problem]:
        """Take what differs at one moment; return what could not be made."""
        if not new.is_readable:
            return ()
        # Of a first state that cannot be read nothing is known: all of the second is told, because silence would hide it.
        olds, news = unlike(old, new)
        with self.step("making"):
            waiting = [self._ask(talk, at, state, paths) for talk, state, paths in ((before, old, olds), (after, new, news))]
            (former, _), (made, wrong) = (self._made(*one) for one in waiting)
        with self.step("comparing"):
            broken = broken_in(new)
            bytes_ = _without_broken(differing(_by_path(former), _by_path(made)), old, broken)
            gathered.pages_and_files(*pages_and_files(bytes_, old, new, touched, since))
            gathered.files(bytes_, old, new, broken, since)
            gathered.facts(old, new, broken, since)
        return tuple(wrong)

    def _ask(self, talk: Talk, at: datetime, state: Snapshot, paths: Sequence[str]) -> _Asked:
        """Ask a state for those files that were never made yet."""
        known = {path: files for path in paths if (files := self.memory.made(path, state.keys[path])) is not None}
        missing = tuple(path for path in paths if path not in known)
        if missing:
            talk.ask("make", at, missing)
        return talk, state, [one for files in known.values() for one in files], missing

    def _made(self, talk: Talk, state: Snapshot, known: list[Made], missing: Sequence[str]) -> tuple[list[Made], Sequence[Problem]]:
        if not missing:
            return known, ()
        made, wrong = talk.answer()
        self.memory.keep_made(state.keys, missing, made)
        return known + made, wrong

    def _finish_subjects(self, gathered: Gathered, before: Talk, after: Talk) -> None:
        """Let those subjects work that tell more of what differs than is told of all."""
        for name, module in FACTS.items():
            changes = gathered.of(name)
            if changes and hasattr(subject(module), "with_forms"):
                with self.step(name):
                    names = tuple(one.name for one in changes)
                    before.ask("forms", name, self.options.as_of, names)
                    after.ask("forms", name, self.options.as_of, names)
                    gathered.put(name, subject(module).with_forms(changes, before.answer(), after.answer(), self.lang))


def _by_path(made: Sequence[Made]) -> dict[str, Made]:
    return {one.path: one for one in made}


def _pages_in(state: Snapshot) -> int:
    return sum(1 for path in state.keys if path.endswith("/index.html") or path == "index.html")


def _without_broken(bytes_: Bytes, old: Snapshot, broken: Set[str]) -> Bytes:
    """Leave out what seems to go only because its file cannot be read as it is now."""
    if not broken:
        return bytes_
    return replace(
        bytes_, before={path: one for path, one in bytes_.before.items() if path in bytes_.after or not _asked(path, old) & broken}
    )


def _asked(path: str, state: Snapshot) -> set[str]:
    sheet = state.keys.get(path)
    return set(sheet.sources) if sheet else set()
