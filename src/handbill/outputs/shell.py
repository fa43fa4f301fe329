"""What surrounds every page of one language: names, menus, and where the common pages are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbill.hub.hub import Hub
from handbill.outputs.duties import duty_links
from handbill.outputs.subscriptions import HEADINGS
from handbill.outputs.tokens import read_tokens
from handbill.outputs.translated import tongues
from handbill.outputs.views import Shell, To
from handbill.settings import Settings

#: The kinds that have an entry in the menu, in its order.
MENU = ("posts", "events", "contests", "newsletters", "people")


def shell(hub: Hub, settings: Settings, lang: str, say: Callable[[str], str]) -> Shell:
    """Return the surroundings of a language's pages; *say* translates."""
    home = settings.home(lang)
    plurals = {kind.plural: kind.name for kind in hub.kinds.values()}
    menu = [
        To(say("Agenda" if plural == "events" else HEADINGS[plural]), settings.local(f"{home}{settings.words[plural]}/"))
        for plural in MENU
        if hub.of_kind(plurals[plural], lang)
    ]
    pages = sorted(hub.of_kind("page", lang), key=lambda item: (getattr(item.facts, "order", 100), item.id))
    links = {where: [To(i.title, settings.local(i.address)) for i in pages if i.facts.menu == where] for where in ("header", "footer")}
    tokens, _ = read_tokens(settings)
    return Shell(
        lang=lang,
        name=settings.name,
        tagline=settings.text("tagline", lang),
        description=settings.text("description", lang),
        home=settings.local(home),
        base=settings.base,
        languages=tongues(settings),
        menu=tuple(menu + links["header"]),
        footer=(
            *links["footer"],
            To(say("Tags"), settings.local(f"{home}{settings.words['tags']}/")),
            To(say("Archives"), settings.local(f"{home}{settings.words['archives']}/")),
            *duty_links(hub, settings, lang, say),
        ),
        feed=settings.local(f"{home}feeds/all.atom.xml"),
        feeds_page=settings.local(f"{home}feeds/"),
        agenda=settings.local(f"{home}{settings.words['events']}/"),
        search=settings.local(f"{home}search/") if settings.search else "",
        handbook=settings.local("/handbook/") if settings.has_handbook else "",
        subscribe=settings.local(f"{home}{settings.words['subscribe']}/"),
        style=settings.local("/theme/hub.css"),
        logo=settings.local(f"/theme/{settings.logo}") if settings.logo else "",
        ground=tokens["light"]["paper"],
        ground_dark=tokens["dark"]["paper"],
        since=settings.since,
        zone=settings.zone,
        sections=tuple(_sections(settings, home, say)),
    )


def _sections(settings: Settings, home: str, say: Callable[[str], str]) -> Iterator[tuple[str, To]]:
    """Yield what the addresses of a language begin with, each with the list that it belongs to."""
    titles = {**HEADINGS, "events": "Agenda", "tags": "Tags", "archives": "Archives"}
    for plural, word in settings.words.items():
        if plural in titles:
            yield settings.local(f"{home}{word}/"), To(say(titles[plural]), settings.local(f"{home}{word}/"))
