"""The only writer of the public folder: whole generations, swapped in one step.

::

    store = Store(public)
    with store.alone(on_wait):                # one build at a time
        standing = store.standing()           # path → Kept, what need not be made again
        if everything planned stands and store.is_intact():
            return                            # nothing is written
        with store.begin() as generation:     # grows unseen, beside the public folder
            generation.keep(path)             # or generation.add(path, key, content)
            generation.publish()              # all or nothing

It knows paths, keys and bytes; it does not know what they mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from handbill.errors import Said, said
from handbill.publishing import swap
from handbill.publishing.earlier import Limits
from handbill.publishing.generation import Generation, Published
from handbill.publishing.going_back import EarlierSite, NoSuchSite, NotWhole, find, sites
from handbill.publishing.lock import BuildRunning, only_build
from handbill.publishing.manifest import Kept, Manifest, Survey, extra_names, is_untouched, names_in, survey
from handbill.publishing.shelf import Shelf
from handbill.publishing.trouble import StoreError, told

__all__ = [
    "BuildRunning", "EarlierSite", "ForeignFolder", "Generation", "GoneBack", "Kept", "Limits", "NoSuchSite", "NotWhole", "Published",
    "Store", "StoreError",
]  # fmt: skip

_LOOK_BACK = said("look at the earlier sites")
_EMPTY = Manifest({}, {})
_NAMED = 5


class ForeignFolder(StoreError):
    """The output folder holds what Handbill did not make, and would lose it."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class GoneBack:
    """What was done to go back to an earlier site; ``former`` is the number that the one which stood has now, 0 if it was not kept."""

    site: EarlierSite
    done: Published
    former: int


class Store:
    """What stands in the folder *public*, and the one way to replace it.

    Its own things (manifests, the former generation, the lock) are in a hidden
    folder beside it; see the handbook, decisions/0004.

    A preview publishes every few seconds and is *trusting*: files that this
    very object published are taken to be as they were.  Names are still
    compared, and the next build looks at every file again.
    """

    def __init__(self, public: Path, *, trusting: bool = False) -> None:
        # A link to a folder elsewhere stays a link: the folder is what is swapped.
        self.public = Path(os.path.realpath(public))
        if not self.public.name:
            raise ForeignFolder(said("{folder}: a whole disk cannot be an output folder; choose another with --output", folder=public))
        self._shelf = Shelf(self.public)
        self._seen: tuple[Manifest, Survey] | None = None
        self._is_alone = False
        self._asked: tuple[Manifest | None, Callable[[], bool]] | None = None
        self._is_trusting = trusting

    @contextmanager
    def alone(self, on_wait: Callable[[str], None] = lambda _: None, limit_s: float = 600.0) -> Iterator[None]:
        """Keep other builds of this folder out until the end, and finish what a killed one left.

        Raises:
            ForeignFolder: the folder is not ours to replace.
            BuildRunning: another build did not end within *limit_s* seconds.
        """
        self._refuse_foreign()
        with ExitStack() as held:
            with told(self.public, said("lock the output folder")):
                self._shelf.make()
                held.enter_context(only_build(self._shelf.lock, on_wait, limit_s))
            self._mend()
            self._is_alone, self._seen = True, None
            try:
                yield
            finally:
                self._is_alone, self._seen, self._asked = False, None, None

    def standing(self) -> Mapping[str, Kept]:
        """Return what stands in the public folder as it was published, by path.

        A file that is gone or altered is left out; of a folder that another
        program made, either every file is there or none.  Damage to our own
        list makes it empty.
        """
        return MappingProxyType(_whole(*self._look()))

    def folders(self) -> Mapping[str, str]:
        """Return prefix → key of the folders made by other programs that stand complete."""
        standing, adopted = self.standing(), self._look()[0].adopted
        keys = {}
        for prefix in sorted(adopted):
            inside = next((path for path in standing if path.startswith(f"{prefix}/")), None)
            if inside is not None:
                keys[prefix] = standing[inside].key
        return MappingProxyType(keys)

    def is_intact(self) -> bool:
        """Return whether the public folder holds exactly what was published; no file is read."""
        manifest, found = self._look()
        return bool(manifest.files) and found.is_exact

    def ask(self, is_intact: Callable[[], bool]) -> None:
        """Ask another process whether the folder is intact, instead of looking; it began while no other build could change anything."""
        self._asked = self._shelf.manifest_of_public(self.public), is_intact

    def seal(self) -> str:
        """Return what tells the generation that stands from every other one; "" where there is no list of it."""
        with told(self.public, said("read the output folder")):
            manifest = self._shelf.manifest_of_public(self.public)
        return manifest.seal if manifest else ""

    def begin(self, limits: Limits | None = None) -> Generation:
        """Start a generation beside the public folder, which stays as it is until published.

        With *limits*, what stands until then is kept to go back to.

        Raises:
            ForeignFolder: the folder holds what we did not make.
            StoreError: the disk refuses.
        """
        self._refuse_foreign()
        self._mend()
        manifest, found = self._look()
        if found.extra:
            raise ForeignFolder(self._foreign(found.extra))
        with told(self.public, said("prepare the next generation")):
            self._shelf.make()
            standing = _whole(manifest, found)
            if limits is None or self._is_trusting:
                return Generation(self.public, self._shelf, manifest, standing, self._spare(standing))
            self._shelf.catch_up(manifest, limits)
            keep = partial(self._shelf.take_down, limits=limits)
            return Generation(self.public, self._shelf, manifest, standing, self._spare(standing), keep)

    def earlier(self, limits: Limits) -> tuple[EarlierSite, ...]:
        """Return the earlier sites, the newest first."""
        manifest, found = self._look()
        with told(self.public, _LOOK_BACK):
            self._shelf.catch_up(manifest, limits)
            return tuple(sites(self._shelf.earlier, _whole(manifest, found)))

    def go_back(self, number: int | None, limits: Limits) -> GoneBack:
        """Put the earlier site of that *number* in the place of what stands; without one, the last before that.

        What stands becomes an earlier site itself.

        Raises:
            NoSuchSite: there is none.
            NotWhole: something of it is missing or altered.
            StoreError: the disk refuses; the public folder is untouched.
        """
        manifest, standing = self._look()
        with told(self.public, _LOOK_BACK):
            self._shelf.catch_up(manifest, limits)
            found = find(self._shelf.earlier, number, manifest.seal, _whole(manifest, standing))
        with self.begin(limits) as generation:
            generation.take_back(found)
            done = generation.publish()
        former = 0
        # A favour to whoever goes back once more without saying whereto, or forward again.
        with suppress(OSError, StoreError):
            self._shelf.earlier.note_back(self.seal(), found.site.number)
            former = self._shelf.earlier.number_of(manifest.seal)
        return GoneBack(found.site, done, former)

    def forget_earlier(self) -> int:
        """Remove every earlier site, and what is left of the last one in the spare; return how many there were."""
        with told(self.public, said("remove the earlier sites")):
            self._shelf.discard_spare()
            return self._shelf.earlier.forget()

    def prepare(self) -> None:
        """Make the next publication cheap, when there is time: bring the spare up to what stands.

        Without it the publication after a first build links every file, at
        0.1 ms each; nothing but time depends on it.
        """
        with self.begin() as generation:
            if self.is_intact():
                generation.mirror()

    def _look(self) -> tuple[Manifest, Survey]:
        """Compare the public folder with its manifest; once, while no other build can change it."""
        with told(self.public, said("read the output folder")):
            manifest = self._shelf.manifest_of_public(self.public) or _EMPTY
            if self._is_alone and self._seen is not None and self._seen[0] is manifest:
                return self._seen
            if self._is_trusting and self._shelf.has_put(manifest):
                found = Survey(manifest.files, extra_names(self.public, manifest), ())
            elif self._is_alone and self._asked is not None and self._asked[0] is manifest and self._asked[1]():
                found = Survey(manifest.files, (), ())
            else:
                found = survey(self.public, manifest)
            self._seen = (manifest, found)
        return self._seen

    def _spare(self, standing: Mapping[str, Kept]) -> Manifest:
        """Return what can be reused of the former generation: all of it, or none."""
        spare = self._shelf.spare
        manifest = self._shelf.manifest(spare)
        if manifest is not None and self._can_reuse(spare, manifest, standing):
            return manifest
        self._shelf.discard_spare()
        spare.mkdir()
        spare.chmod(0o755)
        self._shelf.drop(spare)
        return _EMPTY

    def _can_reuse(self, spare: Path, manifest: Manifest, standing: Mapping[str, Kept]) -> bool:
        if self._is_trusting and self._shelf.has_put(manifest):
            return True
        if not is_untouched(spare, manifest):
            return False
        shared = (path for path, kept in manifest.files.items() if path in standing and kept.is_same_file(standing[path]))
        path = next(shared, None)
        if path is not None and (spare / path).samefile(self.public / path):
            # What both generations have is one file under two names, and was
            # looked at under the other; what they do not share is not reused.
            return True
        return survey(spare, manifest).is_exact

    def _mend(self) -> None:
        with told(self.public, said("finish what a killed build left")):
            swap.mend(self.public, self._shelf.aside)

    def _refuse_foreign(self) -> None:
        with told(self.public, said("read the output folder")):
            if not self.public.exists():
                return
            if not self.public.is_dir():
                raise ForeignFolder(said("{folder}: this is a file; choose a folder with --output", folder=self.public))
            strange = names_in(self.public)
            if strange and not self._shelf.is_ours(self.public):
                raise ForeignFolder(self._foreign(strange))

    def _foreign(self, names: tuple[str, ...]) -> Said:
        named = ", ".join(names[:_NAMED])
        more = len(names) - _NAMED
        return said(
            "{folder}: holds what Handbill did not make ({names}), and a build replaces the whole folder. "
            "Move it elsewhere (files to be published as they are belong in theme/static), "
            "or choose another folder with --output",
            folder=self.public,
            names=said("{names} and {n} more", names=named, n=more) if more > 0 else named,
        )


def _whole(manifest: Manifest, found: Survey) -> Mapping[str, Kept]:
    """Return the files that stand, without folders of other programs that are no longer whole."""
    broken = {prefix for prefix in manifest.adopted for path in found.missing if path.startswith(f"{prefix}/")}
    if not broken:
        return found.files
    gone = tuple(f"{prefix}/" for prefix in broken)
    return {path: kept for path, kept in found.files.items() if not path.startswith(gone)}
