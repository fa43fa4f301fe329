"""A contest of the hub, and the one way in which a step of its life is committed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

from handbill.authoring.finding import find
from handbill.engine import engine_digest
from handbill.errors import ContentProblems, HandbillError, Level, MachineLacks, WrongUse, said
from handbill.hub.frozen import Proof
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.record import Record, Step, refusal, state_at
from handbill.kinds.contest import CONTEST
from handbill.kinds.contest_facts import ContestFacts
from handbill.kinds.contest_terms import contest_id
from handbill.layout import CONTESTS
from handbill.options import Options
from handbill.publishing.flush import flush_folder
from handbill.reading.bundles import KEPT_AS_IS
from handbill.reading.cache import Cache
from handbill.reading.contests import RECORD, folder_of, record_text
from handbill.reading.load import Loaded, load
from handbill.settings import Settings, read_settings
from handbill.whole import put_whole

#: Without it, Git may change the ends of lines on its way to another machine, and no digest is right there.
ATTRIBUTES = f"{CONTESTS}/.gitattributes"


class NotNow(HandbillError):
    """A step cannot be committed as the contest stands; the message says why."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Contest:
    """One contest: its text in the hub's language, all its texts, and what was committed of it.

    ``at`` is the moment meant, in whole seconds UTC.
    """

    id: str
    item: Item
    texts: tuple[Item, ...]
    record: Record
    hub: Hub
    settings: Settings
    at: datetime

    @property
    def facts(self) -> ContestFacts:
        """Return what its text says."""
        facts: ContestFacts = self.item.facts
        return facts

    @property
    def folder(self) -> str:
        """Return where what was committed of it lies, from the root of the hub."""
        return folder_of(self.id)

    @property
    def state(self) -> str:
        """Return how it stands by its steps and dates, one of :data:`handbill.hub.record.STATES`."""
        assert self.item.deadline is not None
        return state_at(self.record, self.item.deadline, self.facts.is_judged, self.at)

    def file(self, name: str) -> bytes:
        """Return the bytes of a file of its archive.

        Raises:
            NotNow: it is not there, or is no longer what was read.
        """
        path = self.settings.root / self.folder / name
        if name not in self.record.files or not path.is_file():
            raise NotNow(said("{path}: is not there", path=f"{self.folder}/{name}"))
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != self.record.files[name].sha256:
            raise NotNow(said("{path}: was changed while it was read", path=f"{self.folder}/{name}"))
        return raw

    def check_step(self, step: str) -> None:
        """Refuse a step that the contest's state does not allow.

        Raises:
            NotNow: with the reason.
        """
        if why := refusal(self.state, step):
            raise NotNow(said("{contest}: {why}", contest=self.id, why=why))


def contest_named(word: str, options: Options) -> Contest:
    """Return the contest that is called by its id, path or slug, at the moment meant.

    Raises:
        WrongUse: there is none of that name.
        ContentProblems: its text, its record or hub.toml has errors.
    """
    settings = read_settings(options.root)
    loaded = _loaded(settings, options)
    try:
        item = find(word, CONTEST, loaded.hub, settings.lang, settings.root)
    except WrongUse:
        # A text with errors is no item, and what is wrong in it says more than that nothing has its name.
        broken = tuple(one for one in loaded.problems if one.level is Level.ERROR and _may_be(word, one.path))
        if broken:
            raise ContentProblems(broken) from None
        raise
    contest = _contest(item, loaded.hub, settings, options)
    sources = {text.source for text in contest.texts}
    own = tuple(one for one in loaded.problems if one.path in sources or one.path.startswith(f"{contest.folder}/"))
    if any(one.level is Level.ERROR for one in own):
        raise ContentProblems(own)
    return contest


def _may_be(word: str, path: str) -> bool:
    """Say whether a contest of that name may stand in a file."""
    called = PurePath(word.replace("\\", "/").rstrip("/")).name.partition(".")[0]
    return PurePath(path).is_relative_to(CONTEST.folder) and PurePath(path).name.partition(".")[0] == called


def every_contest(options: Options) -> tuple[Contest, ...]:
    """Return the contests of a hub by their ids, at the moment meant; texts that cannot be read are not among them."""
    settings = read_settings(options.root)
    hub = _loaded(settings, options).hub
    firsts = {
        one.group: one for one in sorted((*hub.items, *hub.hidden), key=lambda one: one.source, reverse=True) if one.kind == CONTEST.name
    }
    return tuple(sorted((_contest(one, hub, settings, options) for one in firsts.values()), key=lambda one: one.id))


def _loaded(settings: Settings, options: Options) -> Loaded:
    cache = None if options.no_cache else Cache(options.private / "cache" / "drafts", engine_digest())
    return load(settings, options.as_of, cache, drafts=True)


def _contest(item: Item, hub: Hub, settings: Settings, options: Options) -> Contest:
    """Return the contest of which *item* is one of the texts."""
    texts = tuple(one for one in (*hub.items, *hub.hidden) if one.kind == CONTEST.name and one.group == item.group)
    item = next((one for one in texts if one.id == item.group), item)
    id_ = contest_id(item)
    record = item.facts.record or Record(id_, ())
    return Contest(id_, item, texts, record, hub, settings, options.as_of.astimezone(UTC).replace(microsecond=0))


def take(contest: Contest, step: str, facts: Mapping[str, Any], files: Mapping[str, bytes]) -> Record:
    """Commit a step: write its *files* into the contest's archive, and then the step into the record.

    *facts* are plain values of JSON: digests and numbers, never a person.  An
    earlier file of the same name is replaced; what is interrupted leaves the
    record as it was.

    Raises:
        NotNow: the contest's state does not allow the step, or it would go back in time.
        MachineLacks: a file cannot be written.
    """
    contest.check_step(step)
    if contest.record.steps and contest.record.steps[-1].at > contest.at:
        moment = f"{contest.record.steps[-1].at:%Y-%m-%d %H:%M:%S} UTC"
        raise NotNow(said("{contest}: its last step was at {moment}, which is later", contest=contest.id, moment=moment))
    record = replace(contest.record, steps=(*contest.record.steps, Step(step, contest.at, dict(facts))))
    write_files(contest, {**files, RECORD: record_text(record)})
    proofs = {name: Proof(hashlib.sha256(raw).hexdigest(), len(raw)) for name, raw in files.items()}
    return replace(record, files=MappingProxyType({**record.files, **proofs}))


def write_files(contest: Contest, files: Mapping[str, bytes]) -> None:
    """Write files into a contest's archive, each whole or not at all, in the order given.

    Raises:
        MachineLacks: one cannot be written.
    """
    folder = contest.settings.root / contest.folder
    try:
        _write_all(folder, files)
        flush_folder(folder)
        attributes = contest.settings.root / ATTRIBUTES
        if not attributes.exists():
            put_whole(attributes, (f"{KEPT_AS_IS}\n".encode(),), flushed=True)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise MachineLacks(said("{path}: cannot be written ({reason})", path=contest.folder, reason=reason)) from trouble


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all of them; on a full disk, bring back what was there: without their step every command would refuse the new ones (HB472)."""
    before: dict[Path, bytes | None] = {}
    try:
        for name, raw in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            earlier = place.read_bytes() if place.exists() else None
            put_whole(place, (raw,), flushed=True)
            before[place] = earlier
    except OSError:
        with suppress(OSError):
            for place, earlier in before.items():
                if earlier is None:
                    place.unlink()
                else:
                    put_whole(place, (earlier,), flushed=True)
            # Not where something is left in it.
            folder.rmdir()
        raise
