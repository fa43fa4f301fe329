"""Which calendars members can subscribe to: each choice of what has a date, by name, language and items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from handbill.hub.announced import SENT
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.place_names import moved_places
from handbill.outputs.subscriptions import ALL_LANGUAGES, HEADINGS, Subscription, promised, tags_of
from handbill.settings import Settings

#: What a calendar can hold: what takes place, the moments of deadlines, the sending of letters.
EVENTS, CONTESTS, LETTERS = "events", "contests", "newsletters"


@dataclass(frozen=True, slots=True)
class Choice(Subscription):
    """A calendar; ``sorts`` are those of its items' dates that it holds.  One that ``is_whole`` leaves none of them out."""

    sorts: tuple[str, ...] = (EVENTS,)
    is_whole: bool = False


def calendars(hub: Hub, settings: Settings, lang: str, say: Callable[[str], str]) -> Iterator[Choice]:
    """Yield the calendars of a language: all, all languages, contests, letters, each tag that has events, each place."""
    kept = _kept(hub, lang)
    dated = _by_id(hub.listed(hub.items, lang))
    closing = tuple(item for item in dated if item.deadline)
    all_, has_contests = settings.calendar_all, CONTESTS in settings.calendar_all
    yield Choice("all", settings.name, lang, tuple(i for i in dated if i.occurrences or (has_contests and i.deadline)), "", all_, True)
    if lang == settings.lang and (len(settings.languages) > 1 or ALL_LANGUAGES in kept):
        best = _by_id(i for i in hub.listed(hub.items) if (i.occurrences or (has_contests and i.deadline)) and i is hub.best(i))
        yield Choice(ALL_LANGUAGES, f"{settings.name} – {say('In all languages')}", lang, best, "", all_, True)
    if closing or CONTESTS in kept:
        yield Choice(CONTESTS, f"{settings.name} – {say(HEADINGS[CONTESTS])}", lang, closing, "", (CONTESTS,), True)
    letters = _by_id(i for i in (*hub.items, *hub.hidden) if i.lang == lang and i.id + SENT in hub.told.records and _goes_out(i, hub))
    if (hub.letters and lang == settings.lang) or letters or LETTERS in kept:
        yield Choice(LETTERS, f"{settings.name} – {say(HEADINGS[LETTERS])}", lang, letters, "", (LETTERS,), True)
    for slug in tags_of(hub, lang):
        name = f"{settings.words['tags']}/{slug}"
        items = _by_id(item for item in hub.tagged(slug, lang) if item.occurrences)
        if items or name in kept:
            title = hub.tags[slug].name if slug in hub.tags else slug
            yield Choice(name, f"{settings.name} – {title}", lang, items)
    away = moved_places(hub, settings, lang)
    yield from (one for one in _of_places(hub, settings, lang) if one.name.removeprefix("places/") not in away)


def moved_calendars(hub: Hub, settings: Settings, lang: str) -> Iterator[Choice]:
    """Yield the calendars at addresses that places had before: they hold what those of today hold, and no page names them."""
    today = {one.name: one for one in _of_places(hub, settings, lang)}
    for slug, item in moved_places(hub, settings, lang).items():
        now = today.get(f"places/{item.slug}")
        if f"places/{slug}" in _kept(hub, lang):
            yield Choice(f"places/{slug}", f"{settings.name} – {item.title}", lang, now.items if now else ())


def _of_places(hub: Hub, settings: Settings, lang: str) -> Iterator[Choice]:
    """Yield the calendar of each place; one without a Latin letter in its name has no address, and is in the calendar of all alone."""
    names = {item.slug: item.title for item in hub.of_kind("place", lang)}
    items: dict[str, list[Item]] = {name.removeprefix("places/"): [] for name in _kept(hub, lang) if name.startswith("places/")}
    for item in _by_id(item for item in hub.listed(hub.items, lang) if item.occurrences):
        # What takes place in a part of a place takes place there.
        for slug, name in ((item.place.slug, item.place.name), *item.place.above) if item.place else ():
            if slug:
                names.setdefault(slug, name)
                items.setdefault(slug, []).append(item)
    for slug, found in sorted(items.items()):
        yield Choice(f"places/{slug}", f"{settings.name} – {names.get(slug, slug)}", lang, tuple(found))


def _kept(hub: Hub, lang: str) -> set[str]:
    """Return the names of the calendars once promised."""
    return {name.removesuffix(".ics") for name in promised(hub, "calendars", lang)}


def _by_id(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.id))


def _goes_out(item: Item, hub: Hub) -> bool:
    """Say whether a letter belongs to those that calendars tell of, and has gone out or will."""
    return getattr(item.facts, "letter", "") in hub.letters and (item.id in hub.by_id or not item.is_draft)
