"""A sequence of edits with builds between them, each compared with a clean build of the same files, byte for byte."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import strategies as st
from tests.hubs import files_of
from tests.incremental import builds, edits, hubs
from tests.incremental.builds import Ask, Server, Told, do, once

#: After so many refused builds in a row the last good state comes back: most of a sequence shall be built.
MOST_REFUSED = 1


@dataclass(frozen=True)
class Step:
    """One edit, and what follows it.

    That is nothing yet, a build, a check and then a build, a build into another
    folder, or one that leaves some outputs for later and then one of all.
    """

    edit: str
    a: int
    b: int
    then: str = "build"


@dataclass(frozen=True)
class Sequence:
    """What is done to which hub; a ``living`` process builds it as ``serve`` does, or a new one each time."""

    hub: str
    steps: tuple[Step, ...]
    living: bool = False
    cards: bool = False
    search: bool = False
    handbook: bool = False
    jobs: int = 1


@dataclass
class Counts:
    """What sequences did, added up: a run that compared nothing must not look like a good one."""

    sequences: int = 0
    steps: int = 0
    built: int = 0
    refused: int = 0
    failed: int = 0
    unchanged: int = 0
    kept: int = 0
    edits: dict[str, int] = field(default_factory=dict)

    def __iadd__(self, other: Counts) -> Counts:
        for one in fields(self):
            if one.name != "edits":
                setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        self.edits = dict(Counter(self.edits) + Counter(other.edits))
        return self

    def __str__(self) -> str:
        rare = min(self.edits.values(), default=0)
        return (
            f"{self.sequences} sequences, {self.steps} steps, {len(self.edits)} of {len(edits.EDITS)} sorts of edits (the rarest {rare} times); "
            f"{self.built} builds compared, of which {self.unchanged} had nothing to do and {self.kept} kept a part; "
            f"{self.refused} refused, {self.failed} failed, each as a clean one"
        )


@dataclass(frozen=True)
class Clean:
    """What a clean build of some files told and made."""

    told: Told
    files: dict[str, bytes] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    locks: dict[str, bytes] = field(default_factory=dict)


class Cleans:
    """Builds from nothing, each done once: sequences often stand where another one stood."""

    #: As many are remembered, of about a megabyte each.
    MOST = 100

    def __init__(self) -> None:
        self._known: dict[str, Clean] = {}

    def of(self, ask: Ask, folder: Path) -> Clean:
        """Return what a build without caches makes of a copy of the files, in a new *folder*."""
        copy = folder / "hub"
        shutil.copytree(ask.root, copy, symlinks=True, ignore=shutil.ignore_patterns("public", "other", ".handbill", ".*.handbill"))
        _turn_links(copy, ask.root)
        asked = replace(ask, root=copy, output=folder / "public", more={**ask.more, "no_cache": True}, shared_from=0, later=())
        state = [(path.relative_to(copy).as_posix(), _content(path, copy)) for path in sorted(copy.rglob("*"))]
        key = sha256(repr((state, replace(asked, root=Path(), output=Path()))).encode()).hexdigest()
        if key not in self._known:
            told: Told = once(lambda: do(asked))
            while len(self._known) >= self.MOST:
                del self._known[next(iter(self._known))]
            public = folder / "public"
            self._known[key] = Clean(told, files_of(public), _folders(public), _locks(copy))
        with suppress(OSError):
            shutil.rmtree(folder)
        return self._known[key]


class Different(AssertionError):
    """An incremental build is not what a clean one is: the fault that all this is after."""


def steps() -> st.SearchStrategy[Step]:
    """Draw a step; half of the edits are those that people make most."""
    often = st.sampled_from(("append", "write_post", "retitle", "retag", "redate", "advance", "setting", "template", "go_back", "same_size"))
    numbers = st.integers(0, 59)
    then = st.sampled_from(("build",) * 5 + ("nothing", "nothing", "check", "other", "later"))
    return st.builds(Step, often | st.sampled_from(tuple(edits.EDITS)), numbers, numbers, then)


def sequences() -> st.SearchStrategy[Sequence]:
    """Draw a sequence."""

    def one_in(most: int) -> st.SearchStrategy[bool]:
        return st.integers(0, most - 1).map(lambda number: number == most - 1)

    return st.builds(
        Sequence,
        hub=st.sampled_from(("village",) * 5 + ("kept", "contest")),
        steps=st.lists(steps(), min_size=4, max_size=8).map(tuple),
        living=one_in(3), cards=one_in(10), search=one_in(12), handbook=one_in(60), jobs=st.sampled_from((1, 1, 1, 1, 1, 2)),
    )  # fmt: skip


def run(sequence: Sequence, room: Path, counts: Counts, cleans: Cleans | None = None) -> None:
    """Do it, in a folder of its own below *room*; *cleans* remembers what other sequences built from nothing.

    Raises:
        Different: says after which step, and in what first.
        builds.Fallen: a build fell.
    """
    folder = Path(mkdtemp(dir=room))
    server: Server | None = None
    cleans = cleans or Cleans()
    try:
        root = folder / "hub"
        once(lambda: hubs.make(sequence.hub, root, sequence.cards, sequence.handbook))
        ground = edits.Ground(root, hubs.FIRST[sequence.hub], hubs.LATER[sequence.hub])
        server = Server() if sequence.living else None
        counts.sequences += 1
        refused = 0
        for number, step in enumerate((Step("", 0, 0), *sequence.steps)):
            # A store that lives on takes what it published to be as it was (its docstring says so).
            if step.edit and not (server and step.edit == "damage_public"):
                edits.EDITS[step.edit](ground, step.a, step.b)
                counts.edits[step.edit] = counts.edits.get(step.edit, 0) + 1
            counts.steps += 1
            if step.then == "nothing" and number < len(sequence.steps):
                continue
            told = _compare(sequence, ground, step, folder / str(number), server, counts, cleans)
            refused = 0 if told.end == "built" else refused + 1
            if not refused:
                ground.states.append(ground.state())
            elif refused > MOST_REFUSED and ground.states:
                ground.go_back(ground.states[-1])
                ground.more = {}
    finally:
        if server:
            server.close()
        shutil.rmtree(folder, ignore_errors=True)


def _compare(sequence: Sequence, ground: edits.Ground, step: Step, folder: Path, server: Server | None, counts: Counts, cleans: Cleans) -> Told:
    """Build what stands, and a copy of it from nothing; compare all that comes of the two."""
    without = tuple(name for name in builds.COSTLY if not getattr(sequence, name))
    shared = {"jobs": 2} if sequence.jobs > 1 else {}
    public = ground.root / ("other" if step.then == "other" else "public")
    later = ("search", "report", "social", "wayfinding") if step.then == "later" else ()
    # Where little is shared out, the process that got ready renders pages (outputs/ahead.py), as in most builds of a command.
    least = 2 if shared and step.b % 2 == 0 else 0
    ask = Ask(ground.root, public, ground.as_of, {**ground.more, **shared}, without, shared_from=least, later=later)
    plain = replace(ask, more=ground.more)
    before = files_of(public)
    if step.then == "check":
        _same("what is checked", _done(replace(ask, checks=True), server), cleans.of(replace(plain, checks=True), folder).told)
    clean = cleans.of(plain, folder)
    told, wanted = _done(ask, server), clean.told
    if told.is_unchanged:
        # A build that has nothing to do tells nothing; whoever wants the problems asks for a check.
        counts.unchanged += 1
        told = replace(told, problems=_done(replace(ask, checks=True), server).problems, is_unchanged=False)
    _same("what was told", *(replace(one, read=0, made=0, written=()) for one in (told, wanted)))
    _same_files("the locks", _locks(ground.root), clean.locks)
    if wanted.end == "built":
        _same_files("the site", files_of(public), clean.files)
        _same("folders", _folders(public), clean.folders)
        counts.built += 1
        counts.kept += 0 < told.made < wanted.made
    else:
        _same_files("the site, which a refused build must leave alone,", files_of(public), before)
        counts.refused += wanted.end == "refused"
        counts.failed += wanted.end != "refused"
    return told


def _done(ask: Ask, server: Server | None) -> Told:
    told: Told = server.do(ask) if server else once(lambda: do(ask))
    return told


def _turn_links(copy: Path, root: Path) -> None:
    """Let links into the hub lead into its copy."""
    for file in copy.rglob("*"):
        if file.is_symlink() and str(file.readlink()).startswith(str(root)):
            target = copy / file.readlink().relative_to(root)
            file.unlink()
            file.symlink_to(target)


def _content(path: Path, root: Path) -> object:
    """Return what a file is for a build: its bytes, or where in the hub a link leads."""
    if path.is_symlink():
        return str(path.readlink()).replace(str(root), "")
    return path.read_bytes() if path.is_file() else None


def _locks(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in edits.LOCKS if (root / name).is_file()}


def _folders(root: Path) -> list[str]:
    return sorted(found.relative_to(root).as_posix() for found in root.rglob("*") if found.is_dir())


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise Different(f"{what} differs from a clean build\n  found:  {_cut(found)}\n  wanted: {_cut(wanted)}\n" + "\n".join(_only(found, wanted)))


def _only(found: object, wanted: object) -> Iterator[str]:
    for name in ("problems", "counts"):
        mine, its = set(getattr(found, name, ())), set(getattr(wanted, name, ()))
        yield from (f"  only found in {name}: {_cut(one)}" for one in sorted(mine - its)[:5])
        yield from (f"  only wanted in {name}: {_cut(one)}" for one in sorted(its - mine)[:5])


def _same_files(what: str, found: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    if found == wanted:
        return
    # The report lists the digests of all others.
    paths = sorted((path for path in {*found, *wanted} if found.get(path) != wanted.get(path)), key=lambda path: (path == "build.json", path))
    first = paths[0]
    told = f"{what} differs from a clean build in {len(paths)} files, first in {first}; all: {', '.join(paths[:20])}"
    if first in found and first in wanted:
        mine, its = found[first], wanted[first]
        at = next((n for n, (x, y) in enumerate(zip(mine, its, strict=False)) if x != y), min(len(mine), len(its)))
        told += f"\n  found:  …{_cut(mine[max(at - 80, 0) : at + 120])}…\n  wanted: …{_cut(its[max(at - 80, 0) : at + 120])}…"
    else:
        told += f"\n  {'only in the clean one' if first in wanted else 'not in the clean one'}"
    raise Different(told)


def _cut(value: object) -> str:
    said = repr(value)
    return said if len(said) < 1500 else f"{said[:1500]}…"
