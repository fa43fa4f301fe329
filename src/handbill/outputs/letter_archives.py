"""The hub in one language → the archive of its letters, and where it has several, the archive of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby, islice

from handbill.hub.item import Item
from handbill.outputs.edition import Edition
from handbill.outputs.following import other
from handbill.outputs.list_views import LettersPage
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import HEADINGS, LETTER, archive_at, letters_apart, of_letter
from handbill.outputs.translated import in_other_languages, stands_elsewhere
from handbill.outputs.views import Group, To

#: How many numbers of each letter stand on the page of all.
RECENT = 6

#: How many numbers say more than their title in an archive; with all of theirs, ten years of weekly letters
#: would be a page of 60 KB (compressed).
TOLD = 120


def letter_archives(edition: Edition) -> Iterator[Sheet]:
    """Yield the archive of all letters, and that of each where there are several."""
    yield Sheet(edition.at("newsletters"), partial(_all, edition), (), f"list:{edition.lang}:newsletters")
    for key in letters_apart(edition.hub, edition.settings, edition.lang):
        address = archive_at(edition.settings, key, edition.lang)
        yield Sheet(address, partial(_one, edition, key, address), ("hub.toml",), f"{LETTER}:{edition.lang}:{key}")


def _all(edition: Edition) -> LettersPage:
    """Return the latest numbers of each letter, or all numbers of the only one by year."""
    word = edition.settings.words["newsletters"]
    keys = letters_apart(edition.hub, edition.settings, edition.lang)
    groups = tuple(_latest(edition, key) for key in keys) or _by_year(edition, edition.hub.of_kind("issue", edition.lang))
    page = edition.head("letters.html", edition.say(HEADINGS["newsletters"]), edition.at("newsletters"), word + "/", word)
    about, lang = ("", "") if keys else _about(edition, next(iter(edition.settings.letters), "main"))
    return LettersPage(page, "issue", groups + _elsewhere(edition), None, (), about=about, about_lang=lang)


def _one(edition: Edition, key: str, address: str) -> LettersPage:
    """Return all numbers of one letter, by year."""
    settings = edition.settings
    name, _ = settings.letter(key).says("name", edition.lang)
    feed = f"{settings.words['newsletters']}/{key}"
    page = edition.head("letters.html", name, address, None, feed, f"{settings.name} – {name}")
    about, lang = _about(edition, key)
    groups = _by_year(edition, of_letter(edition.hub, key, edition.lang))
    shown = replace(page, description=page.description if lang else about or page.description)
    return LettersPage(shown, "issue", groups, None, (), about=about, about_lang=lang)


def _latest(edition: Edition, key: str) -> Group:
    name, _ = edition.settings.letter(key).says("name", edition.lang)
    more = To(edition.say("All numbers of this letter"), edition.local(archive_at(edition.settings, key, edition.lang)))
    return Group(name, edition.shown(of_letter(edition.hub, key, edition.lang)[:RECENT]), more)


def _by_year(edition: Edition, items: Iterable[Item]) -> tuple[Group, ...]:
    cards = (replace(card, summary="") if place >= TOLD else card for place, card in enumerate(edition.shown(items)))
    return tuple(Group(year, tuple(group)) for year, group in groupby(cards, key=lambda card: card.published[:4]))


def _about(edition: Edition, key: str) -> tuple[str, str]:
    """Return what a letter says of itself, and the language of that where it is not the page's."""
    about, is_own = edition.settings.letter(key).says("description", edition.lang)
    return about, "" if is_own else other(edition.settings.lang, edition.lang)


def _elsewhere(edition: Edition) -> tuple[Group, ...]:
    """Return the latest numbers that are in other languages alone."""
    found = (one for one in edition.hub.of_kind("issue") if stands_elsewhere(one, edition.hub, edition.lang))
    return tuple(in_other_languages(edition.shown(islice(found, RECENT)), edition.settings, edition.lang, edition.say))
