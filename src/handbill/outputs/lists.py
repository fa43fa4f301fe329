"""The hub → home, lists, agenda, tags, archives and the other common pages of one language."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial

from handbill.hub.address import slug_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.agenda import agenda
from handbill.outputs.archives import archives, year_links
from handbill.outputs.cards import Cards
from handbill.outputs.duties import duties
from handbill.outputs.edition import Edition
from handbill.outputs.following import following
from handbill.outputs.home import home
from handbill.outputs.letter_archives import letter_archives
from handbill.outputs.places import places
from handbill.outputs.search_page import search_page
from handbill.outputs.sheet import Say, Sheet
from handbill.outputs.subjects import subjects
from handbill.outputs.subscriptions import HEADINGS
from handbill.outputs.translated import in_other_languages, stands_elsewhere
from handbill.outputs.views import Group, ListPage
from handbill.settings import Settings

#: Under which heading contests stand, by their state: what one can still do first, what waits next, then what is over.
_SHELVES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Open now", ("open",)),
    ("Coming soon", ("announced", "draft")),
    ("Results to come", ("closed", "frozen", "drawn", "judged", "verified")),
    ("Results", ("published", "settled", "purged")),
    ("Cancelled", ("cancelled", "void")),
)


def lists(hub: Hub, settings: Settings, lang: str, cards: Cards, say: Say, addresses: Container[str] = frozenset()) -> Iterator[Sheet]:
    """Yield every page of a language that belongs to no single item; *addresses* are known in full when records are drawn."""
    edition = Edition(hub, settings, lang, cards, say, addresses)
    yield home(edition)
    yield from _posts(edition)
    yield from agenda(edition)
    yield _list(edition, "contests", _contests_page)
    yield from letter_archives(edition)
    yield _list(edition, "people", _people_page)
    yield from subjects(edition)
    yield from archives(edition)
    yield from places(edition)
    yield from following(edition)
    yield from duties(hub, settings, lang, say)
    yield search_page(edition)


def _posts(edition: Edition) -> Iterator[Sheet]:
    """Yield the list of posts, in pages."""
    word = edition.settings.words["posts"]
    yield from edition.paged(
        "post", edition.say(HEADINGS["posts"]), edition.at("posts"), edition.hub.of_kind("post", edition.lang),
        word, f"list:{edition.lang}:posts", word + "/", year_links(edition),
    )  # fmt: skip


def _contests_page(edition: Edition) -> ListPage:
    """Return the contests: open ones first, then those to come, then the others."""
    found = edition.hub.of_kind("contest", edition.lang)
    by_title = {title: [i for i in found if edition.hub.state(i) in states] for title, states in _SHELVES}
    by_title["Open now"] = list(edition.hub.open(edition.lang))
    groups = tuple(Group(edition.say(title), edition.shown(items)) for title, items in by_title.items() if items)
    return _list_page(edition, "contests", "contest", groups + _contests_elsewhere(edition), edition.settings.words["contests"])


def _contests_elsewhere(edition: Edition) -> tuple[Group, ...]:
    """Return what one can enter now or soon, and is told of in other languages alone."""
    hub = edition.hub
    found = [i for i in hub.with_deadline() if hub.state(i) in ("open", "announced") and stands_elsewhere(i, hub, edition.lang)]
    found.sort(key=lambda item: (item.deadline.closes, item.id))  # type: ignore[union-attr]
    return tuple(in_other_languages(edition.shown(found), edition.settings, edition.lang, edition.say))


def _people_page(edition: Edition) -> ListPage:
    """Return the people by name, under their first role where most share theirs with somebody."""
    found = sorted(edition.hub.of_kind("person", edition.lang), key=lambda item: (slug_of(item.title), item.id))
    by_role: dict[str, list[Item]] = {}
    for item in found:
        by_role.setdefault(next(iter(getattr(item.facts, "roles", ())), ""), []).append(item)
    if 2 * len(by_role) > len(found):
        by_role = {"": found}
    roles = sorted(by_role, key=lambda role: (not role, slug_of(role), role))
    groups = tuple(Group(role or (edition.say("And also") if len(roles) > 1 else ""), edition.shown(by_role[role])) for role in roles)
    return _list_page(edition, "people", "person", groups)


def _list(edition: Edition, plural: str, view: Callable[[Edition], ListPage]) -> Sheet:
    return Sheet(edition.at(plural), partial(view, edition), (), f"list:{edition.lang}:{plural}")


def _list_page(edition: Edition, plural: str, kind: str, groups: tuple[Group, ...], feed: str = "all") -> ListPage:
    page = edition.head("list.html", edition.say(HEADINGS[plural]), edition.at(plural), edition.settings.words[plural] + "/", feed)
    return ListPage(page, kind, groups, None, ())
