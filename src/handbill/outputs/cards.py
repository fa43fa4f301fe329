"""Items → the small records by which pages, lists and letters show them."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from handbill.hub.address import slug_of
from handbill.hub.changed import awaited
from handbill.hub.facets import Occurrence, Picture
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.period import days_until
from handbill.outputs.disclosed import sentences
from handbill.outputs.pictures import srcset
from handbill.outputs.theme import Theme
from handbill.outputs.views import Byline, Card, Image, Left, To, When
from handbill.outputs.words import Words, words_for
from handbill.settings import Settings

WORDS_A_MINUTE = 220


class Cards:
    """Makes the records of one language, with addresses completed by *complete*.

    Pages complete addresses from the host on, letters with the whole origin.
    """

    def __init__(self, hub: Hub, settings: Settings, lang: str, complete: Callable[[str], str] | None = None) -> None:
        self._hub = hub
        self._settings = settings
        self._lang = lang
        self._complete = complete or settings.local
        # Programs that read mails and feeds take the first picture that they find.
        self._is_sent = complete is not None
        self._made: dict[str, Card] = {}

    @cached_property
    def words(self) -> Words:
        """Return the words of the language."""
        return words_for(self._lang, Theme(self._settings.root).locale(self._lang))

    def card(self, item: Item, occurrence: Occurrence | None = None, at: datetime | None = None) -> Card:
        """Return the item as lists show it at a moment (default: the build's), at one of its times if given."""
        if occurrence is None and at is None:
            # An item stands in a dozen lists; its plain card is the same in all of them.
            if item.id not in self._made:
                self._made[item.id] = self._card(item, None, self._hub.as_of)
            return self._made[item.id]
        return self._card(item, occurrence, at or self._hub.as_of)

    def without(self, item: Item) -> Cards:
        """Return the same cards with nothing kept of an item, whose words are about to change."""
        others = copy(self)
        others._made = {name: card for name, card in self._made.items() if name != item.id}
        return others

    def _card(self, item: Item, occurrence: Occurrence | None, at: datetime) -> Card:
        when = occurrence or next_of(item, at)
        state = self._hub.state(item, at)
        if occurrence is not None and item.series is not None:
            on = "ongoing" if occurrence.begins <= at else "upcoming"
            state = occurrence.status if occurrence.is_off else "past" if occurrence.finishes <= at else on
        return Card(
            kind=item.kind,
            title=item.title,
            address=self._complete(item.address) if self.has_page(item) else "",
            lang=item.lang,
            summary=item.summary,
            published=item.published.isoformat() if item.published else "",
            updated=item.updated.isoformat() if item.updated else "",
            picture=self.image(item.picture),
            tags=tuple(self.tag(name, item.lang) for name in item.tags),
            people=self.people(item),
            state=state,
            when=self.when(when, item, at) if when else None,
            place=self._place(item, when),
            left=self._left(item, at),
            number=getattr(item.facts, "number", None),
            minutes=minutes_of(item),
            roles=tuple(getattr(item.facts, "roles", ())),
            signup=self._signup(item, state, at),
            discloses=sentences(item.disclosure, self.words) if item.disclosure else (),
            is_paid=item.disclosure is not None and bool(item.disclosure.payer),
        )

    @staticmethod
    def has_page(item: Item) -> bool:
        """Say whether the item has a page: an unlisted person has none."""
        return item.is_listed

    def tag(self, name: str, lang: str) -> To:
        """Return the link to a tag's page in a language, under the tag's common spelling."""
        slug = slug_of(name)
        tag = self._hub.tags.get(slug)
        return To(tag.name if tag else name, self._complete(tag_address(slug, lang, self._settings)))

    def image(self, picture: Picture | None) -> Image | None:
        """Return the picture as pages place it."""
        if picture is None:
            return None
        media = None if self._is_sent else self._hub.pictures.get(picture.path)
        offered = srcset(media, self._complete) if media else ""
        return Image(self._complete(picture.path), picture.alt, picture.width, picture.height, offered)

    def people(self, item: Item) -> tuple[Byline, ...]:
        """Return everyone who has a part in the item, with a link where they have a page."""
        found = []
        for credit in item.credits:
            person = self._hub.person(credit.person, self._lang) if credit.person else None
            listed = person is not None and person.is_listed
            address = self._complete(person.address) if person is not None and listed else ""
            portrait = self.image(person.picture) if person is not None and listed else None
            found.append(Byline(person.title if person else credit.name, address, credit.role, portrait, person is not None and not listed))
        return tuple(found)

    def when(self, when: Occurrence, item: Item, at: datetime) -> When:
        """Return one time of an item as pages show it."""
        shown = self._when(when, item, at)
        if isinstance(when.starts, datetime) and isinstance(when.ends, datetime) and shown.zone:
            zone = ZoneInfo(self._hub.zone)
            starts, ends = when.starts.astimezone(zone), when.ends.astimezone(zone)
            if starts.utcoffset() != when.starts.utcoffset():
                return replace(shown, here=self._when(Occurrence(starts, ends, self._hub.zone), item, at))
        return shown

    def _when(self, when: Occurrence, item: Item, at: datetime) -> When:
        return When(
            starts=when.starts.isoformat(),
            ends=when.ends.isoformat(),
            all_day=when.all_day,
            zone="" if when.zone == self._hub.zone or when.all_day else when.zone,
            status=when.status,
            note=when.note,
            was=tuple(one.isoformat() for one in when.was),
            is_past=when.finishes <= at,
            is_on=when.begins <= at < when.finishes and not when.is_off,
            repeats=item.series is not None,
            awaited=tuple(one.isoformat() for one in awaited(when, at, self._hub.zone)),
        )

    def _left(self, item: Item, at: datetime) -> Left | None:
        if item.deadline is None:
            return None
        last = item.deadline.last
        return Left(item.deadline.opens.isoformat(), last.isoformat(), days_until(last, at, self._hub.zone))

    def _signup(self, item: Item, state: str, at: datetime) -> str:
        """Return what a list says of signing up; nothing once nobody can come any more."""
        registration = getattr(item.facts, "registration", None)
        if registration is None or state not in ("upcoming", "ongoing"):
            return ""
        return str(registration.standing(at, self._hub.zone))

    @staticmethod
    def _place(item: Item, when: Occurrence | None) -> str:
        is_elsewhere = when is not None and when.status == "moved_online"
        if item.place is None or is_elsewhere:
            return ""
        # What has no date takes place nowhere: it is a place itself, and its title says the name.
        return item.place.brief if when is not None else item.place.address


def minutes_of(item: Item) -> int:
    """Return how long it takes to read an item: all that lists show of its text."""
    return max(1, round(item.body.words / WORDS_A_MINUTE))


def next_of(item: Item, at: datetime) -> Occurrence | None:
    """Return the occurrence that matters at that moment: the next to finish, or else the last there was."""
    if not item.occurrences:
        return None
    coming = [when for when in item.occurrences if when.finishes > at]
    on = [when for when in coming if not when.is_off]
    if on or coming:
        return min(on or coming, key=lambda when: when.begins)
    return max(item.occurrences, key=lambda when: when.begins)


def tag_address(slug: str, lang: str, settings: Settings) -> str:
    """Return the address of a tag's page in a language."""
    return f"{settings.home(lang)}{settings.words['tags']}/{slug}/"
