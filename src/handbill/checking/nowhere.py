"""What members will not find: pages that nothing leads to, people without a part, letters without a word, unused pictures."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.settings import Settings


def check_nowhere(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a note for what nothing leads to, and a warning for a letter that would say nothing."""
    yield from _pages(hub, settings)
    yield from _people(hub)
    yield from _letters(hub, settings)
    yield from _pictures(hub)


def _pages(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a note for each page in no menu to which no text links; a translation is reached through its original."""
    pages = {item.address: item for item in hub.items if hasattr(item.facts, "menu")}
    reached = {item.group for item in pages.values() if item.facts.menu != "none"}
    mails = (one.mail(settings.mail, lang) for one in (settings.letter("main"), *settings.letters.values()) for lang in settings.languages)
    for address in {address for mail in mails for address in (mail.subscribe_url, mail.unsubscribe)}:
        if (page := pages.get("/" + address.removeprefix(settings.base_url))) and address.startswith(settings.base_url):
            reached.add(page.group)
    for item in hub.items:
        for link in item.body.links:
            page = pages.get(link.partition("#")[0])
            if page is not None and page.group != item.group:
                reached.add(page.group)
    for page in pages.values():
        if page.group not in reached:
            found = said("a page in no menu, to which no text links")
            yield at(page, "menu", found, said("menu: header or footer, or a link to it"), "HB505", Level.NOTE, named="")


def _people(hub: Hub) -> Iterator[Problem]:
    """Yield a note for each person who is in no list and named under no text."""
    named = {credit.person for item in (*hub.items, *hub.hidden) for credit in item.credits}
    for item in hub.items:
        if item.kind == "person" and not item.is_listed and item.slug not in named:
            found = said("a person who is in no list and named under no text")
            yield at(item, "listed", found, said("the name under a text, or no such file"), "HB505", Level.NOTE, named="")


def _letters(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a warning for each letter without a text whose sections have nothing to show.

    What a letter of the future will show is not known yet, unless it has no sections.
    """
    for item, is_shown in (*((one, True) for one in hub.items), *((one, False) for one in hub.hidden)):
        if hasattr(item.facts, "queries") and not item.body.with_links(str).strip():
            if item.facts.queries and (not is_shown or _shows_something(item, hub, settings)):
                continue
            found = said("a letter without a text, whose sections have nothing to show")
            if not item.facts.queries:
                found = said("a letter without a text and without sections")
            yield at(
                item,
                "sections",
                found,
                said("a text below the front matter, or sections with something in them"),
                "HB509",
                Level.WARNING,
                named="",
            )


def _shows_something(item: Item, hub: Hub, settings: Settings) -> bool:
    # Almost every letter has a text, and for those nothing of this need be loaded.
    from handbill.outputs.cards import Cards
    from handbill.outputs.letters import letter_of

    return bool(letter_of(item, hub, settings, Cards(hub, settings, item.lang, settings.absolute)).parts)


def _pictures(hub: Hub) -> Iterator[Problem]:
    """Yield a note for each picture that no text shows, also none that waits."""
    used = {link for item in (*hub.items, *hub.hidden) for link in item.body.links}
    used |= {item.picture.path for item in (*hub.items, *hub.hidden) if item.picture}
    used |= {item.place.map.path for item in (*hub.items, *hub.hidden) if item.place and item.place.map}
    for one in hub.media:
        if one.address not in used:
            yield Problem(
                one.source,
                0,
                0,
                "",
                said("a picture that no text shows"),
                said("a text that shows it, or no such file"),
                "HB506",
                Level.NOTE,
            )
