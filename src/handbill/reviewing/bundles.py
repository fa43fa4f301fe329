"""The archive of a state → what lies in the folder of each frozen letter, whatever its manifest says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handbill.hub.frozen import Frozen, Proof
from handbill.layout import ARCHIVE
from handbill.listing import below
from handbill.reading.archive import state_of
from handbill.reading.bundles import LITTER, MANIFEST


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a frozen letter by their paths in its folder.

    The manifest alone does not tell what lies there: a mail changed by hand has
    still the manifest of the one that was approved.
    """

    files: Mapping[str, Proof]

    @property
    def digest(self) -> str:
        """Return one digest of all of it."""
        state = hashlib.blake2b(digest_size=20)
        for name, proof in sorted(self.files.items()):
            state.update(f"{name} {proof.size} {proof.sha256}\n".encode())
        return state.hexdigest()

    def is_as_frozen(self, frozen: Frozen | None) -> bool:
        """Say whether it is what was frozen: nothing else, nothing less, nothing more."""
        return frozen is not None and {name: one for name, one in self.files.items() if name != MANIFEST} == frozen.files


def bundles_of(root: Path) -> Mapping[str, Bundle]:
    """Return the bundles of a hub by the names of their folders."""
    folder = root / ARCHIVE
    if folder.is_symlink() or not folder.is_dir():
        return {}
    return _bundles(folder, state_of(folder))


# A review looks at several moments of one state, and at the archive each time.
@lru_cache(maxsize=4)
def _bundles(folder: Path, _state: str) -> Mapping[str, Bundle]:
    return {one.name: Bundle(proofs_of(one)) for one in sorted(folder.iterdir()) if one.is_dir() and not one.is_symlink()}


def proofs_of(bundle: Path) -> dict[str, Proof]:
    """Return size and SHA-256 of each plain file of a bundle, by its path from it, but for what file managers leave there."""
    found = {}
    for file in sorted(below(bundle)):
        if file.is_file() and not file.is_symlink() and file.name not in LITTER:
            raw = file.read_bytes()
            found[file.relative_to(bundle).as_posix()] = Proof(hashlib.sha256(raw).hexdigest(), len(raw))
    return found
