"""A letter as it was frozen: what was told, what is shown, and the digests that prove it.

Values only; the bytes lie in the archive (decision 0036).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from handbill.hub.facets import Occurrence
from handbill.hub.totals import Totals

#: What ends in .md is a text that happens to be called by a date, such as 2026-03.md.
_NAME = re.compile(r"(?:(?P<letter>[a-z0-9-]+)-)?(?P<number>\d{1,7})(?:\.(?!md$)(?P<lang>[A-Za-z-]+))?")


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter told of one item: its name then, its address, and the dates of which it told.

    The first of ``dates`` is the one that stood there, the others are those of
    which the same was said.  ``note`` is what was said instead of a summary.
    """

    id: str
    title: str
    address: str
    dates: tuple[Occurrence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A section as it was frozen: the number of its query among those of the letter, what the query was, and what it found."""

    number: int
    query: Mapping[str, object]
    entries: tuple[Told, ...]

    @property
    def show(self) -> str:
        """Return what sort of things it shows."""
        return str(self.query["show"])


@dataclass(frozen=True, slots=True)
class Proof:
    """What the bytes of a file must be: SHA-256 and size."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that a mail fetches from the hub: at which address, which file of the bundle it is, and what it was made of.

    ``sources`` pairs files of the content with their SHA-256; a picture of the theme has none.
    """

    address: str
    file: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the bytes of a letter were made of, so that it can be said what differs where they cannot be made again.

    ``source`` and ``sha256`` are the letter's own file; ``written`` are the
    digests of what in it is mailed, by the name of its field.  ``items`` are
    id, file and SHA-256 of what was chosen.  ``record`` is the digest of the
    whole record from which a letter is drawn, ``settings`` that of the part
    which hub.toml decides, ``theme`` that of templates and words.  ``program``
    and ``engines`` are versions, ``requirements`` the digest of their lock.
    """

    source: str
    sha256: str
    written: Mapping[str, str]
    items: tuple[tuple[str, str, str], ...]
    record: str
    settings: str
    theme: str
    program: Mapping[str, str]
    engines: Mapping[str, str]
    requirements: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """One number of a letter in one language, as it was frozen.

    ``name`` is that of its folder, ``item`` the id of its text, ``address``
    that of its page then, ``base`` the root of the hub then.  ``sent`` carries
    the hub's zone.  ``links`` are addresses of the hub to which the mail leads;
    they keep answering.  ``before`` is the name and the digest of the manifest
    before it.  ``digest`` is that of its own manifest, and is "" until that is
    written.  ``edited`` names what has been changed in the letter's text since,
    ``totals`` counts what became of its mails once it was sent.
    """

    name: str
    letter: str
    number: int
    lang: str
    item: str
    address: str
    base: str
    subject: str
    sent: datetime
    chosen: tuple[Chosen, ...]
    links: tuple[str, ...]
    pictures: tuple[Shown, ...]
    files: Mapping[str, Proof]
    inputs: Inputs
    before: tuple[str, str] | None
    digest: str = ""
    edited: tuple[str, ...] = ()
    totals: Totals | None = None

    @property
    def chain(self) -> tuple[str, str]:
        """Return what a chain of bundles has in common: the letter and the language."""
        return self.letter, self.lang

    def told_of(self, item: str, when: Occurrence) -> Occurrence | None:
        """Return how one date of an item stood when it was told, or ``None`` where it was not.

        A date is known again by its first announced start, wherever it has moved to.
        """
        known = {_plain(one) for one in (when.original, when.starts, *when.was) if one is not None}
        dates = [one for section in self.chosen for entry in section.entries if entry.id == item for one in entry.dates]
        # Of a series, one date may have moved to where another one was.
        found = [one for one in dates if _plain(one.original or one.starts) == _plain(when.original or when.starts)]
        found += [one for one in dates if {_plain(one.original or one.starts), _plain(one.starts)} & known]
        return found[0] if found else None


def is_same(one: Occurrence, other: Occurrence) -> bool:
    """Say whether whoever knows of a date what the one says needs not be told the other."""
    return (_plain(one.starts), one.status) == (_plain(other.starts), other.status)


def _plain(when: datetime | date) -> str:
    # Two records of one moment may name its zone in two ways; what was told is the clock on the wall.
    return when.isoformat(timespec="minutes")[:16] if isinstance(when, datetime) else when.isoformat()


def name_of(letter: str, number: int, lang: str, own: str) -> str:
    """Return the name of a bundle; the main letter and the hub's own language go without saying.

    >>> name_of("agenda", 3, "en", "fr")
    'agenda-3.en'
    """
    return ("" if letter == "main" else f"{letter}-") + str(number) + ("" if lang == own else f".{lang}")


def parts_of(wanted: str) -> tuple[str, int, str] | None:
    """Return letter, number and language ("" where none is named) of what people write for :func:`name_of`, also as a path.

    ``None`` is for what is no such name.

    >>> parts_of("newsletters/archive/agenda-3.en/")
    ('agenda', 3, 'en')
    """
    found = _NAME.fullmatch(wanted.strip().replace("\\", "/").removesuffix("/").rpartition("/")[2])
    return (found["letter"] or "main", int(found["number"]), found["lang"] or "") if found else None
