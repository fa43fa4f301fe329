"""The hub → every page of the site: the items' own pages, the lists, and what answers old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from handbill.hub.address import slug_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.issue import sections
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.cards import Cards
from handbill.outputs.lists import lists
from handbill.outputs.sheet import Say, Sheet, head
from handbill.outputs.views import Card, ItemPage, PlainPage, To
from handbill.settings import Settings

RELATED = 3


def sheets(hub: Hub, settings: Settings, say: Mapping[str, Say]) -> Iterator[Sheet]:
    """Yield every page of the site; *say* translates, by language."""
    taken: set[str] = set()
    for lang in settings.languages:
        cards = Cards(hub, settings, lang)
        for sheet in (*_items(hub, settings, lang, cards, say[lang]), *lists(hub, settings, lang, cards, say[lang])):
            taken.add(sheet.address)
            yield sheet
    page = head(settings, "404.html", settings.lang, say[settings.lang]("Page not found"), "/404.html", is_indexed=False)
    yield Sheet("/404.html", partial(PlainPage, page), ())
    yield from _old_addresses(hub, settings, say, taken)


def _items(hub: Hub, settings: Settings, lang: str, cards: Cards, say: Say) -> Iterator[Sheet]:
    for kind in hub.kinds.values():
        listed = hub.of_kind(kind.name, lang)
        for place, item in enumerate(listed):
            newer = listed[place - 1] if place and kind.is_dated else None
            older = listed[place + 1] if place + 1 < len(listed) and kind.is_dated else None
            yield Sheet(item.address, partial(item_page, item, hub, settings, cards, say, older, newer), (item.source,), item.id)


def item_page(
    item: Item, hub: Hub, settings: Settings, cards: Cards, say: Say, older: Item | None = None, newer: Item | None = None
) -> ItemPage:
    """Return the record of an item's own page; *older* and *newer* are its neighbours in the list of its kind."""
    card = cards.card(item)
    alternates = tuple(To(one.lang, settings.absolute(one.address)) for one in hub.translations(item))
    return ItemPage(
        page=head(
            settings, f"{item.kind}.html", item.lang, item.title, item.address,
            description=item.summary, alternates=alternates if len(alternates) > 1 else (), picture=card.picture,
        ),
        card=card,
        body=with_alert_titles(item.body.with_links(settings.local), say),
        headings=tuple({"level": heading.level, "anchor": heading.anchor, "text": heading.text} for heading in item.body.headings),
        previous=To(older.title, settings.local(older.address)) if older else None,
        next=To(newer.title, settings.local(newer.address)) if newer else None,
        related=_related(item, hub, cards) if hub.kinds[item.kind].is_dated else (),
        facts=_facts(item, hub, settings, cards),
    )  # fmt: skip


def _related(item: Item, hub: Hub, cards: Cards) -> tuple[Card, ...]:
    """Return the items that share the most tags, the newest first among equals."""
    shared: dict[str, int] = {}
    found: dict[str, Item] = {}
    for slug in dict.fromkeys(slug_of(tag) for tag in item.tags):
        # A tag that is on everything says nothing, and costs the square of its items.
        for other in hub.tagged(slug, item.lang)[:40]:
            if other.group != item.group and hub.kinds[other.kind].is_dated and other.kind != "issue":
                shared[other.id] = shared.get(other.id, 0) + 1
                found[other.id] = other
    best = sorted(shared, key=lambda one: (-shared[one], -(found[one].published.timestamp() if found[one].published else 0), one))  # type: ignore[union-attr]
    return tuple(cards.card(found[one]) for one in best[:RELATED])


def _facts(item: Item, hub: Hub, settings: Settings, cards: Cards) -> dict[str, Any]:
    """Return what only the kind's template shows: the kind's own view, and what needs addresses or other items."""
    facts = hub.kinds[item.kind].view(item, hub)
    if item.occurrences:
        coming = [one for one in item.occurrences if one.finishes > hub.as_of]
        facts |= {
            "dates": tuple(cards.when(one, item, hub.as_of) for one in coming[:12]),
            "past_dates": len(item.occurrences) - len(coming),
            "calendar": settings.local(f"{item.address}event.ics"),
            "recap": _recap(item, hub, settings),
        }
    if item.kind == "person":
        facts["contributions"] = tuple(cards.card(one) for one in hub.contributions(item.slug, item.lang))
    if item.kind == "issue":
        facts |= _letter(item, hub, settings, cards)
    return facts


def _recap(item: Item, hub: Hub, settings: Settings) -> To | None:
    address = getattr(item.facts, "recap", "")
    post = next((one for one in hub.items if one.address == address), None) if address else None
    return To(post.title, settings.local(post.address)) if post else None


def _letter(item: Item, hub: Hub, settings: Settings, cards: Cards) -> dict[str, Any]:
    letter = settings.letters.get(item.facts.letter)
    return {
        "letter": letter.name if letter else settings.name,
        "sections": [
            {"name": one.name, "cards": tuple(cards.card(entry, when, item.published) for entry, when in one.entries)}
            for one in sections(item, hub)
        ],
        "mail": settings.local(f"{item.address}mail.html"),
        "text": settings.local(f"{item.address}mail.txt"),
    }


def _old_addresses(hub: Hub, settings: Settings, say: Mapping[str, Say], taken: set[str]) -> Iterator[Sheet]:
    """Yield what answers addresses that moved or were taken back."""
    moved: dict[str, tuple[Item, str]] = {}
    for item in hub.items:
        if item.is_listed:
            for alias in item.aliases:
                yield _moved(alias, item, settings, item.source)
                taken.add(alias)
    for promise in hub.promises:
        item_now = hub.by_id.get(promise.id)
        if item_now and item_now.is_listed and promise.address not in taken and promise.address != item_now.address:
            moved.setdefault(promise.address, (item_now, promise.id))
    for address, (item, _) in sorted(moved.items()):
        yield _moved(address, item, settings, item.source)
        taken.add(address)
    for address in settings.gone:
        if address not in taken:
            page = head(settings, "gone.html", settings.lang, say[settings.lang]("This page was taken back"), address, is_indexed=False)
            yield Sheet(address, partial(PlainPage, page), ("hub.toml",), f"gone:{address}")


def _moved(address: str, item: Item, settings: Settings, source: str) -> Sheet:
    page = head(settings, "moved.html", item.lang, item.title, item.address, is_indexed=False)
    return Sheet(address, partial(PlainPage, page, settings.local(item.address)), (source,), item.id)
