"""Letters as they would be mailed → what would reach members badly: too heavy, cut off, without pictures, refused by a mail program.

What needs the finished HTML is found once for each letter and kept by the
digest of all that decides its bytes, so a hub in which nothing changed pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from handbill.checking.pointing import at
from handbill.checking.weights import Proof, proof_of
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub, Media
from handbill.hub.item import Item
from handbill.outputs.cards import Cards
from handbill.outputs.letters import HTML, frame_digest, letter_of, maker, refusals
from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.mail.record import Letter
from handbill.outputs.planned import Planned, digest
from handbill.outputs.theme import Theme
from handbill.outputs.unsent import as_sent
from handbill.outputs.words import words_for
from handbill.settings import Settings

#: Formats of pictures that several large mail programs show nothing of, by the ending of their files.
UNSHOWN = {"webp": "WebP", "avif": "AVIF", "svg": "SVG"}

#: Bytes of all the pictures of a letter, which a telephone loads before anyone reads.
MOST_PICTURES = 1_000_000


class Notes(Protocol):
    """What was found before, by key."""

    def get(self, key: str) -> Any:
        """Return what was noted, or ``None``."""

    def put(self, key: str, value: Any) -> None:
        """Note it."""


class NoNotes:
    """Remembers nothing."""

    def get(self, _key: str) -> Any:
        return None

    def put(self, _key: str, _value: Any) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Mailing:
    """An issue, the record of its letter, and the digest of all that decides the bytes of its HTML."""

    item: Item
    letter: Letter
    key: str
    is_waiting: bool = False


def check_mails(mailings: Sequence[Mailing], hub: Hub, settings: Settings, notes: Notes) -> Iterator[Problem]:
    """Yield what is wrong with the mails of letters, and with the theme that they are made by."""
    pictures = {settings.absolute(one.address): one for one in hub.media}
    make: Callable[[Letter], str] | None = None
    for one in mailings:
        if one.is_waiting:
            # The plan sees to the others.
            yield from refusals(one.letter, one.item, settings)
        proof: Proof | None = notes.get(one.key)
        if proof is None:
            # Only here are the libraries of mail needed, and most runs of a watcher never come here.
            make = make or _maker(settings)
            proof = proof_of(one.letter, make, words_for(one.letter.lang, Theme(settings.root).locale(one.letter.lang)))
            notes.put(one.key, proof)
        yield from (replace(told, path=told.path or one.item.source) for told in proof.problems)
        yield from _of_pictures(one.item, [pictures[address] for address in proof.pictures if address in pictures])


def mailings_of(planned: Sequence[Planned], hub: Hub, settings: Settings) -> Iterator[Mailing]:
    """Yield the letters of a plan, and those that wait for their day: they are proofed before it, or never."""
    items = {item.source: item for item in hub.items}
    for one in planned:
        if isinstance(one.work, Letter) and one.path.endswith(HTML):
            yield Mailing(items[one.sources[0]], one.work, one.key)
    waiting = [item for item in hub.hidden if item.kind == "issue" and not item.is_draft and item.id not in hub.frozen]
    frame = frame_digest(settings) if waiting else ""
    for item in waiting:
        then = as_sent(item, hub)
        letter = letter_of(item, then, settings, Cards(then, settings, item.lang, settings.absolute))
        yield Mailing(item, letter, digest(digest(frame, letter), HTML), is_waiting=True)


def _maker(settings: Settings) -> Callable[[Letter], str]:
    """Return what makes letters; a theme that lacks a file makes none, and says so each time."""
    try:
        return maker(settings)
    except ThemeFault as fault:
        return partial(_fail, fault)


def _fail(fault: ThemeFault, _letter: Letter) -> str:
    raise fault


def _of_pictures(item: Item, shown: Sequence[Media]) -> Iterator[Problem]:
    """Yield what mail programs do not show of the pictures of a letter, and whether they are too heavy together."""
    for one in shown:
        if form := UNSHOWN.get(one.address.rpartition(".")[2].lower()):
            found = said("the picture {source}, a {form}, of which many mail programs show nothing", source=one.source, form=form)
            yield at(item, one.address, found, said("the same picture as JPEG or PNG"), "HB425", Level.WARNING, named="")
    together = sum(one.size for one in shown)
    if together > MOST_PICTURES:
        heaviest = max(shown, key=lambda one: (one.size, one.source))
        found = said(
            "{n} KB of pictures in one mail, of which {source} has {most}",
            n=together // 1000, source=heaviest.source, most=heaviest.size // 1000,
        )  # fmt: skip
        wanted = said(
            "{n} KB at most; python3 build.py fix images {source} makes it lighter", n=MOST_PICTURES // 1000, source=heaviest.source
        )
        yield Problem(item.source, 0, 0, "", found, wanted, "HB426", Level.WARNING)
