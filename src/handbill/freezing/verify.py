"""Prove the archive: every byte, the chain, and, where the same was put in, that the same comes out."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.engine import engine_digest
from handbill.errors import HandbillError, Problem, Said, WrongUse, said
from handbill.freezing.bundling import mails, unfrozen
from handbill.freezing.inputs import differing, inputs_of
from handbill.hub.frozen import Frozen
from handbill.hub.hub import Hub
from handbill.kinds.remembered import chosen
from handbill.layout import ARCHIVE
from handbill.options import Options
from handbill.reading.bundles import CHAIN, MANIFEST, Archive, read_archive
from handbill.reading.cache import Cache
from handbill.reading.load import load
from handbill.reading.totals import ENDING
from handbill.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Proved:
    """What was found of one bundle: faults, whether its mails come out the same today, and if not what differs in what is put in.

    ``is_rebuilt`` is ``None`` where nobody tried.
    """

    frozen: Frozen
    faults: tuple[Problem, ...]
    is_rebuilt: bool | None
    differs: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of the archive; ``faults`` are all of it, those of single bundles too."""

    bundles: tuple[Proved, ...]
    faults: tuple[Problem, ...]


def verify(wanted: str, options: Options, tell: Callable[[str], None], rebuild: bool = True) -> Proof:
    """Prove the archive, or one letter with the chain that leads to it.

    Raises:
        WrongUse: no letter of that name is frozen.
    """
    archive = read_archive(options.root)
    bundles, faults = _asked_for(wanted, archive)
    shown = [one for one in bundles if not wanted or one.name == wanted]
    by_folder = {one.name: tuple(fault for fault in faults if fault.path.startswith(f"{ARCHIVE}/{one.name}/")) for one in shown}
    if not rebuild:
        return Proof(tuple(Proved(one, by_folder[one.name], None) for one in shown), faults)
    proved: list[Proved] = []
    with _Workshop(options) as workshop:
        for one in sorted(shown, key=lambda frozen: (frozen.sent, frozen.name)):
            tell(said("Making {name}", name=one.name))
            is_same, differs = workshop.rebuilt(one)
            mine = by_folder[one.name]
            if not is_same and not differs:
                found = said("mails that come out otherwise today, although everything that is put in is the same")
                path = f"{ARCHIVE}/{one.name}/{MANIFEST}"
                mine = (*mine, Problem(path, 0, 0, "", found, said("the program that froze them, and a report of this fault"), "HB441"))
            proved.append(Proved(one, mine, is_same, differs))
    extra = [fault for one in proved for fault in one.faults if fault not in faults]
    return Proof(tuple(proved), tuple(sorted({*faults, *extra}, key=lambda fault: fault.order)))


def _asked_for(wanted: str, archive: Archive) -> tuple[Sequence[Frozen], tuple[Problem, ...]]:
    """Return the bundles to prove, and the faults that matter to them: their own, those of the chain before, and those of the whole."""
    if not wanted:
        return archive.bundles, archive.problems
    one = next((one for one in archive.bundles if one.name == wanted), None)
    counts = f"{ARCHIVE}/{wanted.partition('.')[0]}{ENDING}"
    own = tuple(one for one in archive.problems if one.path.startswith(f"{ARCHIVE}/{wanted}/") or one.path == counts)
    if one is None and not own and wanted not in archive.chain:
        names = ", ".join(sorted(archive.chain)[-3:]) or "-"
        raise WrongUse(said("no letter {name} is frozen; wanted one of: {names}", name=wanted, names=names))
    before = [other for other in archive.bundles if one and other.chain == one.chain and other.number <= one.number]
    folders = tuple(f"{ARCHIVE}/{other.name}/" for other in before)
    return before, tuple(
        fault for fault in archive.problems if fault in own or fault.path == CHAIN or fault.path.startswith(folders or ("\0",))
    )


class _Workshop:
    """Makes letters again from the sources of today, each as of its own date."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._settings: Settings = replace(read_settings(options.root), jobs=options.jobs)
        self._cache = Cache(options.private / "cache" / "drafts", engine_digest())
        self._scratch: Path = options.private / "scratch" / "verifying"
        self._hubs: dict[object, Hub] = {}

    def __enter__(self) -> _Workshop:
        self._scratch.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)

    def rebuilt(self, one: Frozen) -> tuple[bool, tuple[Said, ...]]:
        """Say whether the mails of a letter come out the same today, and if not, what differs in what is put in."""
        if one.sent not in self._hubs:
            # One hub at a time: a letter a month for years are many.
            self._hubs = {one.sent: load(self._settings, one.sent, self._cache).hub}
        hub = self._hubs[one.sent]
        item = hub.by_id.get(one.item)
        if item is None or not item.is_listed:
            return False, (said("its text {file} is not there, or is a draft", file=one.inputs.source),)
        hub = unfrozen(item, hub)
        try:
            letter, files = mails(item, hub, self._settings, self._scratch)
        except HandbillError as refusal:
            return False, (said("it cannot be made any more: {reason}", reason=refusal.args[0]),)
        frozen = {name: proof.sha256 for name, proof in one.files.items() if "/" not in name}
        if frozen == {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}:
            return True, ()
        return False, tuple(differing(one.inputs, inputs_of(item, letter, chosen(item, hub), hub, self._settings)))
