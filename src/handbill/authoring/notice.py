"""An event that was called off or moved → the post that tells members, one in each of its languages, ready to be checked."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from handbill.authoring.new import Made, Unfit
from handbill.authoring.placing import Place, exists, others, place_for, taken_by
from handbill.errors import Level, Problem, Said, WrongUse, said
from handbill.hub.address import slug_of
from handbill.hub.changed import Change, changes_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.kind import Kind
from handbill.hub.written import Value, block
from handbill.outputs.cards import Cards
from handbill.outputs.notice import Setting, Told, notice_of
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.reading.cache import Cache
from handbill.reading.load import load
from handbill.reading.walk import Found
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Notices:
    """The posts to be written, and the event's languages of which there is none, with why."""

    made: tuple[Made, ...]
    notices: tuple[Said, ...] = ()


def notices(event: Item, hub: Hub, settings: Settings, post: Kind, day: date | None = None, cache: Cache | None = None) -> Notices:
    """Return a post for each language in which the event tells of a change: of that *day*, or of the most urgent one.

    Raises:
        WrongUse: there is nothing to tell, or nobody to tell it to.
        Unfit: what the event says makes no sound post.
    """
    if event.source not in {one.source for one in hub.items}:
        raise WrongUse(said("{path} is not published yet, so nobody needs to be told of a change", path=event.source))
    first, rest = _meant(event, hub, day)
    found: list[tuple[Item, Change]] = []
    lacking: list[Said] = []
    for one in hub.translations(event):
        own = next((pair for pair in changes_of(one, hub.as_of, hub.zone) if pair[0].starts == first.starts), None)
        if own is None or own[0].status != first.status:
            lacking.append(said("{path} does not tell of this change yet: make the same edit there, then call this again", path=one.source))
        else:
            found.append((one, own if day is None else (own[0], own[1] if rest else ())))
    texts = [(item, _told(item, pair, hub, settings, post)) for item, pair in found]
    return Notices(_placed(texts, hub, settings, post, cache), tuple(lacking))


def _meant(event: Item, hub: Hub, day: date | None) -> Change:
    """Return the change to tell."""
    found = changes_of(event, hub.as_of, hub.zone)
    if not found:
        wanted = said("status: cancelled, postponed, rescheduled or moved_online")
        raise WrongUse(said("{path} tells of no change to a date that is still to come; wanted {wanted}", path=event.source, wanted=wanted))
    if day is None:
        return found[0]
    for first, rest in found:
        for one in (first, *rest):
            if day in {_day(start) for start in (one.starts, one.original or one.starts, *one.was)}:
                return one, () if one is not first else rest
    days = ", ".join(sorted({_day(first.original or first.starts).isoformat() for first, _ in found}))
    raise WrongUse(said("nothing changed on {day}; --date can be: {days}", day=day.isoformat(), days=days))


def _day(start: datetime | date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _told(item: Item, change: Change, hub: Hub, settings: Settings, post: Kind) -> Told:
    cards = Cards(hub, settings, item.lang)
    when, rest = change
    card = cards.card(item, when)
    if rest:
        card = replace(card, also=tuple(cards.when(one, item, hub.as_of) for one in rest))
    link = posixpath.relpath(item.source, post.folder)
    words = words_for(item.lang, Theme(settings.root).locale(item.lang))
    return notice_of(card, Setting(link, hub.zone, settings.dialect == "github"), words)


def _placed(texts: Sequence[tuple[Item, Told]], hub: Hub, settings: Settings, post: Kind, cache: Cache | None) -> tuple[Made, ...]:
    """Return the posts under one name that is free in all languages, the first one's: so they are translations of each other."""
    day = {"date": hub.as_of.date().isoformat()}
    own = slug_of(texts[0][1].title) or texts[0][0].slug
    for slug in (own, *others(own, day)):
        made: list[Made] = []
        owner = ""
        for item, told in texts:
            place = place_for(post, slug, day, "" if item.lang == settings.lang else item.lang)
            text = _text(item, told, day["date"], slug)
            owner = owner or _owner(place, text, settings, hub, post, cache)
            made.append(Made(place.path, text))
        if not owner:
            return tuple(made)
    raise AssertionError("a thousand names are taken")


def _owner(place: Place, text: str, settings: Settings, hub: Hub, post: Kind, cache: Cache | None) -> str:
    """Return what has that place or address already, "" if nothing.

    Raises:
        Unfit: the post would be no sound one.
    """
    if exists(settings.root, place):
        return place.path
    found = load(settings, hub.as_of, cache, True, (Found(place.path, post.name), text.encode()))
    errors: tuple[Problem, ...] = tuple(one for one in found.problems if one.path == place.path and one.level is Level.ERROR)
    if errors:
        raise Unfit(errors)
    item = next((one for one in (*found.hub.items, *found.hub.hidden) if one.source == place.path), None)
    return taken_by(item, found.hub, settings.gone) if item else ""


def _text(item: Item, told: Told, day: str, slug: str) -> str:
    """Return the file: only what is needed, so that there is nothing to take out of it."""
    own = slug_of(told.title)
    values: dict[str, Value] = {"title": told.title, "date": day, "summary": told.summary}
    if item.tags:
        values["tags"] = item.tags
    if own and own != slug and not slug.startswith(own):
        # A translation has the name of its original, and an address in its own language.
        values["slug"] = own
    return "\n".join(["---", *_lines(values), "---", "", told.text])


def _lines(values: dict[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        yield from block(name, value, is_text=name in ("title", "summary", "tags"))
