"""The record of a letter: all that its templates, its text and its headers can see.  Plain values only."""

from __future__ import annotations

from dataclasses import dataclass

from handbill.outputs.content import Content, Part, Prose
from handbill.outputs.views import To

#: Stands in built letters wherever sending puts the member's token, which has the same length:
#: the bytes around it then never move.  Legal in addresses and in headers alike.
TOKEN = "handbill-member-token-0000000000"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Letter:
    """One number of a letter.  Addresses are whole; ``published`` is an ISO moment.

    ``content`` is what it says, in its order.  ``base`` is the root of the hub,
    ``home`` its front page in this language.  ``unsubscribe`` holds :data:`TOKEN` or is "".
    ``colours`` are the hub's own, by name (``ink``, ``dark-ink``, ``accent`` …).
    ``others`` are the same letter in other languages, by the tag of each.
    """

    lang: str
    community: str
    base: str
    home: str
    key: str
    name: str
    number: int
    subject: str
    preheader: str
    title: str
    published: str
    address: str
    content: Content
    archive: str
    help: str
    subscribe: str
    unsubscribe: str
    sender: str
    reply_to: str
    postal_address: str
    host: str
    colours: tuple[tuple[str, str], ...]
    unsubscribe_mail: str = ""
    others: tuple[To, ...] = ()

    @property
    def prose(self) -> tuple[Prose, ...]:
        """Return what was written by hand."""
        return tuple(one for one in self.content if isinstance(one, Prose))

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the automatic sections."""
        return tuple(one for one in self.content if isinstance(one, Part))


__all__ = ["TOKEN", "Letter", "Part", "Prose"]
