"""A hub → every number of every letter: when it is sent, how it stands, what it weighs, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from handbill.composing.naming import issues, named
from handbill.composing.states import problems_of, state_of
from handbill.engine import engine_digest
from handbill.errors import HandbillError, Level, Problem
from handbill.examining import examine
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.totals import Totals
from handbill.layout import ARCHIVE
from handbill.options import Options
from handbill.outputs.cards import Cards
from handbill.outputs.letters import HTML, frame_digest, letter_of, maker
from handbill.outputs.mail.record import Letter
from handbill.outputs.mail.weight import Weight, weight_of
from handbill.outputs.planned import digest
from handbill.outputs.unsent import as_sent
from handbill.reading.cache import Cache
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """How one number of a letter stands.  ``weight`` is ``None`` where it cannot be made, ``totals`` where it was not sent yet."""

    name: str
    letter: str
    number: int
    lang: str
    subject: str
    sent: datetime
    state: str
    weight: Weight | None
    source: str
    address: str
    problems: tuple[Problem, ...]
    totals: Totals | None = None

    @property
    def is_wrong(self) -> bool:
        """Say whether something has to be mended."""
        return any(one.level is not Level.NOTE for one in self.problems)


@dataclass(frozen=True, slots=True)
class Overview:
    """All numbers of all letters, the latest first, and the names of the letters in the order of hub.toml."""

    letters: tuple[tuple[str, str], ...]
    standings: tuple[Standing, ...]


def standings(options: Options) -> Overview:
    """Return how every number of every letter stands at the moment of the options.

    Raises:
        ContentProblems: hub.toml cannot be read.
    """
    found = examine(replace(options, drafts=False), nullcontext)
    hub, settings = found.hub, found.settings
    weigh = _Scales(hub, settings, options)
    rows = []
    for item in issues(hub):
        assert item.published is not None
        name = named(item, settings)
        rows.append(
            Standing(
                name=name,
                letter=item.facts.letter,
                number=item.facts.number,
                lang=item.lang,
                subject=item.facts.subject,
                sent=item.published,
                state=state_of(item, name, hub, found.problems),
                weight=weigh.of(item),
                source=item.source,
                address=item.address,
                problems=tuple(problems_of(found.problems, item.source, name, item.facts.letter)),
                totals=hub.frozen[item.id].totals if item.id in hub.frozen else None,
            )
        )
    weigh.save()
    rows.sort(key=lambda one: (-one.sent.timestamp(), one.letter, -one.number, one.lang))
    used = dict.fromkeys(one.letter for one in rows)
    letters = tuple((key, settings.letter(key).says("name", settings.lang)[0]) for key in dict.fromkeys((*settings.letters, *sorted(used))))
    return Overview(tuple(one for one in letters if one[0] in used), tuple(rows))


class _Scales:
    """Weighs letters; what was weighed once is remembered by all that decides its bytes."""

    def __init__(self, hub: Hub, settings: Settings, options: Options) -> None:
        self._hub, self._settings = hub, settings
        self._notes = Cache(options.private / "cache" / "weights", engine_digest())
        self._frame = frame_digest(settings)
        self._make: Callable[[Letter], str] | None = None

    def of(self, item: Item) -> Weight | None:
        """Return what a letter weighs, ``None`` where its theme cannot make it."""
        frozen = self._hub.frozen.get(item.id)
        if frozen:
            try:
                return weight_of((self._settings.root / ARCHIVE / frozen.name / HTML).read_bytes().decode("utf-8"))
            except OSError:
                return None
        then = as_sent(item, self._hub)
        letter = letter_of(item, then, self._settings, Cards(then, self._settings, item.lang, self._settings.absolute))
        key = digest(self._frame, letter)
        weight: Weight | None = self._notes.get(key)
        if weight is None:
            try:
                self._make = self._make or maker(self._settings)
                weight = weight_of(self._make(letter))
            except HandbillError:
                return None
            self._notes.put(key, weight)
        return weight

    def save(self) -> None:
        """Remember what was weighed."""
        self._notes.save()
