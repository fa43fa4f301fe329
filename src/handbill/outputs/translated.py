"""What of the hub exists in which language: the same page in others, what is in none but one, and how a language says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.languages import name_within, own_name
from handbill.outputs.sheet import Say
from handbill.outputs.theme import Theme
from handbill.outputs.views import Card, Group, To, Tongue
from handbill.outputs.words import words_for
from handbill.settings import Settings


def tongues(settings: Settings) -> tuple[Tongue, ...]:
    """Return the languages of the hub, each with what it has to say to its readers on a page that is not in it."""
    return tuple(_tongue(lang, settings) for lang in settings.languages)


def _tongue(lang: str, settings: Settings) -> Tongue:
    say = words_for(lang, Theme(settings.root).locale(lang))
    return Tongue(
        title=own_name(lang),
        address=settings.local(settings.home(lang)),
        lang=lang,
        direction=say.direction,
        missing=say("Not yet in {language}.", language=name_within(lang)),
        way=say("To the front page"),
    )


def alternates(item: Item, hub: Hub, settings: Settings) -> tuple[To, ...]:
    """Return the pages of an item and its translations, by language; none where it has one page only."""
    found = {item.lang: item}
    for one in hub.listed(hub.translations(item)):
        found.setdefault(one.lang, one)
    order = [lang for lang in settings.languages if lang in found]
    return tuple(To(lang, settings.absolute(found[lang].address)) for lang in order) if len(order) > 1 else ()


def untranslated(lang: str, others: Iterable[To], settings: Settings) -> tuple[str, ...]:
    """Return the languages of the hub in which a page in *lang*, with *others* as its alternates, does not exist."""
    there = {lang, *(one.title for one in others)}
    return tuple(one for one in settings.languages if one not in there)


def stands_elsewhere(item: Item, hub: Hub, lang: str) -> bool:
    """Say whether readers of a language find the item in another one alone, and in that one best.

    Of an item in several other languages it is the one whose language the hub
    names first.
    """
    pages = tuple(hub.listed(hub.translations(item)))
    return item in pages[:1] and lang not in {one.lang for one in pages}


def in_other_languages(cards: Iterable[Card], settings: Settings, lang: str, say: Say) -> Iterator[Group]:
    """Yield cards that are in other languages under a heading for each of these, said in *lang*."""
    order = {one: n for n, one in enumerate(settings.languages)}
    for other, group in groupby(sorted(cards, key=lambda card: order.get(card.lang, len(order))), key=lambda card: card.lang):
        yield Group(say("In {language} only").format(language=name_within(other, lang)), tuple(group))
