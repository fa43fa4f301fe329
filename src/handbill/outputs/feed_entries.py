"""Items → the entries by which feeds show them, made once for all feeds that hold them.

What is said is what held when the entry last changed: a feed does not change by the clock alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from html import escape

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.cards import Cards
from handbill.outputs.contest_told import told_of
from handbill.outputs.feed_facts import facts, titled, told, ways
from handbill.outputs.feed_letters import letter_text
from handbill.outputs.feed_record import Author, Enclosure, Entry, tag_uri
from handbill.outputs.feed_text import for_readers
from handbill.outputs.news import changed_at
from handbill.outputs.planned import digest
from handbill.outputs.theme import Theme
from handbill.outputs.views import Byline, Card
from handbill.outputs.words import Words, words_for
from handbill.settings import Settings

#: What pictures of the content are, by the end of their names (reading/forms.py).
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brief:
    """What is said of an item before its text: its title as feeds show it, date and place in HTML, all as of its last change."""

    card: Card
    at: datetime
    title: str
    facts: str


class Entries:
    """The entries of a hub, each in the language of its item."""

    def __init__(self, hub: Hub, settings: Settings) -> None:
        self._hub, self._settings, self._theme = hub, settings, Theme(settings.root)
        self._desks: dict[str, tuple[Cards, Words]] = {}
        self._briefs: dict[str, Brief] = {}
        self._made: dict[str, tuple[str, Entry]] = {}

    def words(self, lang: str) -> Words:
        """Return the words of a language."""
        return self._desk(lang)[1]

    def entry(self, item: Item) -> tuple[str, Entry]:
        """Return the entry of an item with its digest."""
        if item.id not in self._made:
            entry = self._entry(item)
            self._made[item.id] = (digest(entry), entry)
        return self._made[item.id]

    def brief(self, item: Item) -> Brief:
        """Return what a list of entries says of an item; its text is not drawn for that."""
        if item.id not in self._briefs:
            cards, say = self._desk(item.lang)
            at = changed_at(item, self._hub)
            card = cards.card(item, at=at)
            committed = told_of(item, self._hub, at, say)
            self._briefs[item.id] = Brief(card, at, titled(item, card, at, say), facts(item, card, cards, at, say, committed))
        return self._briefs[item.id]

    def _desk(self, lang: str) -> tuple[Cards, Words]:
        if lang not in self._desks:
            cards = Cards(self._hub, self._settings, lang, self._settings.absolute)
            self._desks[lang] = cards, words_for(lang, self._theme.locale(lang))
        return self._desks[lang]

    def _entry(self, item: Item) -> Entry:
        assert item.published is not None
        brief, say = self.brief(item), self.words(item.lang)
        card, at = brief.card, brief.at
        calendar = self._settings.absolute(f"{item.address}event.ics") if item.occurrences else ""
        known = told(item, card, calendar, at)
        text = for_readers(self._text(item), card.address)
        return Entry(
            id=tag_uri(self._hub.host, item.id),
            address=card.address,
            title=brief.title,
            summary=item.summary,
            content=_picture(card, text) + brief.facts + text + ways(item, card, calendar, say),
            published=item.published,
            updated=at,
            lang=item.lang,
            authors=tuple(_author(person) for person in card.people if person.role == "author"),
            tags=tuple(tag.title for tag in card.tags),
            picture=self._enclosure(item),
            told=json.dumps(known, ensure_ascii=False) if known else "",
        )

    def _text(self, item: Item) -> str:
        cards, say = self._desk(item.lang)
        if item.kind == "issue":
            return letter_text(item, self._hub, cards, self._settings.absolute, say)
        return with_alert_titles(item.body.with_links(self._settings.absolute), say)

    def _enclosure(self, item: Item) -> Enclosure | None:
        media = self._hub.pictures.get(item.picture.path) if item.picture else None
        if media is None:
            return None
        return Enclosure(self._settings.absolute(media.address), _TYPES[media.address.rpartition(".")[2].lower()], media.size)


def _author(person: Byline) -> Author:
    return Author(person.name, person.address, person.picture.address if person.picture else "")


def _picture(card: Card, text: str) -> str:
    """Return the picture of an item for the top of its text, unless it is in there: many programs show no other."""
    one = card.picture
    if one is None or f'src="{escape(one.address)}"' in text:
        return ""
    return f'<p><img src="{escape(one.address)}" alt="{escape(one.alt)}" width="{one.width}" height="{one.height}"></p>\n'
