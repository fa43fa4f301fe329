"""The hub → every page of the site: the items' own pages, the lists, and what answers old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.adding import adding
from handbill.outputs.bodies import placed
from handbill.outputs.cards import Cards
from handbill.outputs.contest_draw import contest_facts, draw_pages
from handbill.outputs.contest_rules import moved_pages, rules_pages
from handbill.outputs.duties import alternates as duty_alternates
from handbill.outputs.duties import facts_for, role_of
from handbill.outputs.letter_page import letter_facts, letter_feed
from handbill.outputs.lists import lists
from handbill.outputs.lost import lost
from handbill.outputs.maps import on_map
from handbill.outputs.onward import Onward, contributions
from handbill.outputs.place_names import place_address
from handbill.outputs.repeats import repeats_of
from handbill.outputs.sheet import Say, Sheet, head, moved
from handbill.outputs.social import card_of
from handbill.outputs.translated import alternates, untranslated
from handbill.outputs.views import Card, ItemPage, PlainPage
from handbill.settings import Settings


def sheets(hub: Hub, settings: Settings, say: Mapping[str, Say]) -> Iterator[Sheet]:
    """Yield every page of the site; *say* translates, by language."""
    taken: set[str] = set()
    found: list[Sheet] = []
    for lang in settings.languages:
        cards = Cards(hub, settings, lang)
        found += (*_items(hub, settings, lang, cards, say[lang]), *lists(hub, settings, lang, cards, say[lang], taken))
    # Before the first record is drawn: lists name those of other languages that there are.
    taken.update(sheet.address for sheet in found)
    yield from found
    yield lost(settings, say)
    yield from _old_addresses(hub, settings, say, taken)


def _items(hub: Hub, settings: Settings, lang: str, cards: Cards, say: Say) -> Iterator[Sheet]:
    onward = Onward(hub, settings, lang, cards)
    for kind in hub.kinds.values():
        # The page of a place is a list of what takes place there.
        for item in hub.of_kind(kind.name, lang) if kind.name != "place" else ():
            yield Sheet(item.address, partial(item_page, item, hub, settings, cards, say, onward), (item.source,), item.id)
    yield from draw_pages(hub, settings, lang, say)
    yield from rules_pages(hub, settings, lang, say)


def item_page(item: Item, hub: Hub, settings: Settings, cards: Cards, say: Say, onward: Onward) -> ItemPage:
    """Return the record of an item's own page."""
    card = cards.card(item)
    before, after = onward.neighbours(item)
    role = role_of(item, settings)
    others = duty_alternates(role, hub, settings) if role else alternates(item, hub, settings)
    return ItemPage(
        page=head(
            settings, f"{item.kind}.html", item.lang, item.title, item.address,
            description=item.summary, alternates=others if len(others) > 1 else (),
            feeds=(letter_feed(item, hub, settings, say),) if item.kind == "issue" else (),
            picture=card_of(item.address, item.title, settings) or card.picture,
            untranslated=untranslated(item.lang, others, settings), shows_talk=hub.kinds[item.kind].is_dated,
        ),
        card=card,
        body=placed(item.body.with_links(settings.local), hub, settings, say, is_first=item.picture is None),
        headings=tuple({"level": heading.level, "anchor": heading.anchor, "text": heading.text} for heading in item.body.headings),
        previous=before,
        next=after,
        related=onward.related(item),
        facts=_facts(item, hub, settings, cards, say) | {"series": onward.series(item)},
        words=item.body.words,
        # What was frozen is put right by a note, never by an edit.
        edit="" if item.id in hub.frozen else settings.repository.edit(item.source),
        history=settings.repository.history(item.source),
        **(_talk(item, settings) if hub.kinds[item.kind].is_dated else {}),
    )  # fmt: skip


def _talk(item: Item, settings: Settings) -> dict[str, str]:
    """Return where an item is talked about; the discussion hangs on its id, so that it moves along with it."""
    talk, address = settings.discussion, settings.absolute(item.address)
    return {"discuss": talk.address(item.title, address), "talk": talk.widget(item.id, item.lang, item.summary, address)}


def _facts(item: Item, hub: Hub, settings: Settings, cards: Cards, say: Say) -> dict[str, Any]:
    """Return what only the kind's template shows: the kind's own view, and what needs addresses or other items."""
    facts = hub.kinds[item.kind].view(item, hub)
    if item.occurrences:
        coming = [one for one in item.occurrences if one.finishes > hub.as_of]
        shown = coming[:12]
        facts |= {
            "dates": tuple(cards.when(one, item, hub.as_of) for one in shown),
            # Beside each of the dates, or for the only one that there is.
            "adding": tuple(adding(item, one, settings, hub.as_of, say) for one in shown),
            "past_dates": len(item.occurrences) - len(coming),
            "repeats": repeats_of(item.series, item.occurrences, hub.as_of),
            "calendar": settings.local(f"{item.address}event.ics"),
            "recap": _told_elsewhere(getattr(item.facts, "recap", ""), item, hub, cards),
            "conduct": _told_elsewhere(getattr(item.facts, "conduct", ""), item, hub, cards),
            "place": settings.local(place_address(item.place.slug, item.lang, settings)) if item.place else "",
        }
    if item.place and facts.get("venue"):
        facts["venue"] |= {"map": cards.image(hub.map_of(item.place, item.lang)), "on_map": on_map(item.place)}
    if item.kind == "page":
        role = role_of(item, settings)
        facts["duty"] = facts_for(role, settings, item.lang, say) if role else ()
    if item.kind == "person":
        facts["contributions"] = contributions(item, hub, cards)
    if item.kind == "contest":
        facts |= contest_facts(item, hub, settings)
    if item.kind == "issue":
        facts |= letter_facts(item, hub, settings, cards, say)
    return facts


def _told_elsewhere(address: str, item: Item, hub: Hub, cards: Cards) -> Card | None:
    """Return the text at an address that the item names, in the item's own language where it is translated."""
    page, mark, part = address.partition("#")
    text = hub.by_address.get(page)
    if text is None:
        return None
    told = next((one for one in hub.listed(hub.translations(text)) if one.lang == item.lang), text)
    card = cards.card(told)
    # Headings of a translation have names of their own.
    return replace(card, address=f"{card.address}{mark}{part}") if told is text else card


def _old_addresses(hub: Hub, settings: Settings, say: Mapping[str, Say], taken: set[str]) -> Iterator[Sheet]:
    """Yield what answers addresses that moved or were taken back."""
    before: dict[str, Item] = {}
    for item in hub.items:
        if item.is_listed:
            for alias in item.aliases:
                yield moved(alias, item, settings)
                taken.add(alias)
    for sheet in moved_pages(hub, settings, taken):
        yield sheet
        taken.add(sheet.address)
    for promise in hub.promises:
        item_now = hub.by_id.get(promise.id)
        if item_now and item_now.is_listed and promise.address not in taken and promise.address != item_now.address:
            before.setdefault(promise.address, item_now)
    for address, item in sorted(before.items()):
        yield moved(address, item, settings)
        taken.add(address)
    for address in settings.gone:
        if address not in taken:
            page = head(settings, "gone.html", settings.lang, say[settings.lang]("This page was taken back"), address, is_indexed=False)
            yield Sheet(address, partial(PlainPage, page), ("hub.toml",), f"gone:{address}")
