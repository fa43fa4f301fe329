"""What outputs planned → what is published: what stands and is still right is kept, the rest is made and compared with the plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from handbill.engine import engine_digest
from handbill.errors import HandbillError, said
from handbill.publishing.store import Generation, Kept, Store

if TYPE_CHECKING:
    from handbill.examining import Step
    from handbill.hub.hub import Hub
    from handbill.outputs.planned import Artifact, Before, LateOutput, Output, Planned
    from handbill.settings import Settings


@runtime_checkable
class Beginning(Protocol):
    """An output that other processes make while this one does something else."""

    def begun(self, planned: Sequence[Planned], settings: Settings, scratch: Path) -> AbstractContextManager[Iterator[Artifact]]:
        """Begin to make what was planned."""


@runtime_checkable
class LateBeginning(Protocol):
    """A late output that another process makes while this one does something else."""

    def begun(
        self, planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before
    ) -> AbstractContextManager[Iterator[Artifact]]:
        """Begin to make what was planned from the files in the folder *made*."""


class Making:
    """One build's making: keeps what stands and is still right, makes the rest, compares it with the plan.

    ``made`` counts the paths that were not kept; ``left`` names the outputs of
    which old files were left standing.
    """

    def __init__(
        self,
        generation: Generation,
        store: Store,
        scratch: Path,
        no_cache: bool,
        step: Step,
        later: Collection[str] = (),
        notes: Path | None = None,
    ) -> None:
        self._generation, self._scratch, self._step, self._later = generation, scratch, step, later
        self._notes = None if no_cache else notes
        self._program = engine_digest()[:16]
        self.left: set[str] = set()
        self.made = 0
        self._standing: Mapping[str, Kept] = {} if no_cache else store.standing()
        self._folders: Mapping[str, str] = {} if no_cache else store.folders()

    def make(
        self, plans: Iterable[tuple[Output, Sequence[Planned]]], settings: Settings, meanwhile: Iterable[Callable[[], None]] = ()
    ) -> None:
        """Make what the outputs planned; what other processes make is begun in its turn, and taken when all else is made and done."""
        with ExitStack() as under_way:
            begun: list[tuple[str, Sequence[Planned], Iterator[Artifact]]] = []
            for output, planned in plans:
                if wanted := self._unkept(output.name, planned):
                    with self._room(output.name) as room:
                        if isinstance(output, Beginning):
                            begun.append((output.name, wanted, under_way.enter_context(output.begun(wanted, settings, room))))
                        else:
                            self._take(output.name, wanted, output.make(wanted, settings, room))
            for do in meanwhile:
                do()
            for name, ours, artifacts in begun:
                with self._step(f"Making {name}"):
                    self._take(name, ours, artifacts)

    def make_late(
        self, planned: Sequence[Planned], hub: Hub, settings: Settings, meanwhile: Iterable[Callable[[], None]] = ()
    ) -> tuple[Planned, ...]:
        """Make what is made of the artifacts so far, and return what was planned of it.

        What another process makes is taken when *meanwhile* is done and all is
        made but what comes last, which tells of everything.
        """
        from handbill.outputs import late_outputs

        late: list[Planned] = []
        begun: list[tuple[str, Sequence[Planned], Iterator[Artifact]]] = []
        *others, last = late_outputs()

        def wanted_of(output: LateOutput) -> list[Planned]:
            digests = {path: kept.digest for path, kept in self._generation.files.items()}
            own = tuple(output.plan([*planned, *late], digests, hub, settings))
            late.extend(own)
            return self._unkept(output.name, own)

        def given(wanted: Sequence[Planned], name: str, room: Path) -> tuple[Sequence[Planned], Settings, Path, Path, Before]:
            return wanted, settings, room, self._generation.settle(), self._before(name, wanted)

        with ExitStack() as under_way:
            for output in others:
                if wanted := wanted_of(output):
                    with self._room(output.name) as room:
                        if isinstance(output, LateBeginning):
                            artifacts = under_way.enter_context(output.begun(*given(wanted, output.name, room)))
                            begun.append((output.name, wanted, artifacts))
                        else:
                            self._take(output.name, wanted, output.make(*given(wanted, output.name, room)))
            for do in meanwhile:
                do()
            for name, ours, artifacts in begun:
                with self._step(f"Making {name}"):
                    self._take(name, ours, artifacts)
        if wanted := wanted_of(last):
            with self._room(last.name) as room:
                self._take(last.name, wanted, last.make(*given(wanted, last.name, room)))
        return tuple(late)

    def _before(self, name: str, wanted: Sequence[Planned]) -> Before:
        """Return what earlier builds left to an output: nothing where caches are not believed."""
        from handbill.outputs.planned import Before

        folders = tuple(one.path for one in wanted if one.path.endswith("/"))
        standing = {path: kept.digest for path, kept in self._standing.items() if folders and path.startswith(folders)}
        return Before(self._notes and self._notes / name, standing)

    @contextmanager
    def _room(self, name: str) -> Iterator[Path]:
        with self._step(f"Making {name}"):
            room = self._scratch / name
            room.mkdir(parents=True)
            yield room

    def _unkept(self, name: str, planned: Sequence[Planned]) -> list[Planned]:
        """Keep what stands under the same key, or under any where the output may come later, and return the others."""
        if name not in self._later:
            return self._unlike(planned)
        wanted = [one for one in planned if not self._leave(one)]
        if len(wanted) < len(planned):
            self.left.add(name)
        return wanted

    def _leave(self, one: Planned) -> bool:
        """Keep what stands whatever it was made of; its old key stays with it, so that the next build looks at it again."""
        if one.path.endswith("/"):
            return self._keep_folder(one.path, self._folders.get(one.path.rstrip("/")) is not None)
        return self._keep_file(one.path, one.path in self._standing)

    def _unlike(self, planned: Sequence[Planned]) -> list[Planned]:
        """Keep what stands under the same key, and return the others."""
        same: list[str] = []
        wanted: list[Planned] = []
        standing, program = self._standing, self._program
        for one in planned:
            path = one.path
            if path.endswith("/"):
                stands = self._keep_folder(path, self._folders.get(path.rstrip("/")) == self._key(one))
            elif stands := (kept := standing.get(path)) is not None and kept.key == program + one.key:
                same.append(path)
            if not stands:
                wanted.append(one)
        self._generation.keep_all(same)
        return wanted

    def _key(self, one: Planned) -> str:
        """Return the key under which it is written down: what another program made is made again."""
        return f"{self._program}{one.key}"

    def _keep_folder(self, path: str, stands: bool) -> bool:
        if stands:
            self._generation.keep_folder(path)
        return stands

    def _keep_file(self, path: str, stands: bool) -> bool:
        if stands:
            self._generation.keep(path)
        return stands

    def _take(self, name: str, wanted: Sequence[Planned], artifacts: Iterable[Artifact]) -> None:
        left = {one.path: one for one in wanted}
        self.made += len(wanted)
        for artifact in artifacts:
            one = left.pop(artifact.path, None)
            if one is None:
                raise NotAsPlanned(said("{output} made {path}, which was not planned", output=name, path=artifact.path))
            # Asked for now and not before: an output may learn keys from the processes that make its pages.
            key = self._key(one)
            if artifact.path.endswith("/"):
                assert isinstance(artifact.content, Path)
                self._generation.adopt_folder(artifact.path, key, artifact.content, artifact.kept)
            else:
                self._generation.add(artifact.path, key, artifact.content, artifact.measured)
            # Nobody needs what it was made of any more, and the process has pages of others to take.
            one.forget()
        if left:
            paths = ", ".join(sorted(left)[:5])
            raise NotAsPlanned(said("{output} did not make {paths}, which was planned", output=name, paths=paths))


class NotAsPlanned(HandbillError):
    """The program made more or less than it had planned: a fault of ours, and nothing was published."""

    exit_code = 3
