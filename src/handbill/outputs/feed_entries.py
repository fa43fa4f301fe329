"""Items → the entries by which feeds show them, made once for all feeds that hold them.

What is said is what held when the entry last changed: a feed does not change by the clock alone.
"""

from __future__ import annotations

import json
from html import escape

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.cards import Cards
from handbill.outputs.feed_facts import facts, titled, told
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


class Entries:
    """The entries of a hub, each in the language of its item."""

    def __init__(self, hub: Hub, settings: Settings) -> None:
        self._hub, self._settings, self._theme = hub, settings, Theme(settings.root)
        self._desks: dict[str, tuple[Cards, Words]] = {}
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

    def title(self, item: Item) -> str:
        """Return the title of an item as feeds show it."""
        cards, say = self._desk(item.lang)
        at = changed_at(item)
        return titled(item, cards.card(item, at=at), at, say)

    def facts(self, item: Item) -> str:
        """Return date and place of an item as its entry says them, in HTML."""
        cards, say = self._desk(item.lang)
        at = changed_at(item)
        return facts(item, cards.card(item, at=at), cards, at, say)

    def _desk(self, lang: str) -> tuple[Cards, Words]:
        if lang not in self._desks:
            cards = Cards(self._hub, self._settings, lang, self._settings.absolute)
            self._desks[lang] = cards, words_for(lang, self._theme.locale(lang))
        return self._desks[lang]

    def _entry(self, item: Item) -> Entry:
        assert item.published is not None
        cards, say = self._desk(item.lang)
        at = changed_at(item)
        card = cards.card(item, at=at)
        calendar = self._settings.absolute(f"{item.address}event.ics") if item.occurrences else ""
        known = told(item, card, calendar, at)
        text = for_readers(with_alert_titles(item.body.with_links(self._settings.absolute), say), card.address)
        return Entry(
            id=tag_uri(self._hub.host, item.id),
            address=card.address,
            title=titled(item, card, at, say),
            summary=item.summary,
            content=_picture(card, text) + facts(item, card, cards, at, say) + text,
            published=item.published,
            updated=at,
            lang=item.lang,
            authors=tuple(_author(person) for person in card.people if person.role == "author"),
            tags=tuple(tag.title for tag in card.tags),
            picture=self._enclosure(item),
            told=json.dumps(known, ensure_ascii=False) if known else "",
        )

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
