"""The record of a page → the same facts as linked data (JSON-LD), for search engines and other programs.

Everything is taken from the record that the page is made of, so what machines
read is what members see.  Terms are those of schema.org.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from handbill.outputs.linked_event import event
from handbill.outputs.linked_event import place as place_of
from handbill.outputs.linked_node import Node, Site, node
from handbill.outputs.trail import place
from handbill.outputs.views import Card, HomePage, ItemPage, To
from handbill.outputs.views import Shell as Surroundings
from handbill.outputs.words import Words

#: What an item is called where it is written and dated; a kind that is not named here is a page.
ARTICLES = {"post": "BlogPosting", "contest": "Article", "issue": "Article"}

_SIGNS = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

# Made once: a hub has thousands of pages.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

#: A list names this many of its items; the rest is on the page.
MOST_LISTED = 30


def linked(view: Any, shell: Surroundings, trail: tuple[To, ...], words: Words) -> str:
    """Return the text of a page's ``application/ld+json`` element; "" for a page that nobody should find."""
    if not view.page.is_indexed:
        return ""
    site = Site(view.page, shell)
    graph = [*_about(view, site), *_crumbs(site, trail, place(view, words))]
    return _text({"@context": "https://schema.org", "@graph": graph})


def _text(value: Node) -> str:
    """Return JSON that no title can end early, wherever in a page it stands."""
    text = _ENCODER.encode(value)
    # As escapes these mean the same within JSON, whose own syntax has none of them.  To look for one after the other costs least.
    for sign, escape in _SIGNS.items():
        text = text.replace(sign, escape)
    return text


def _about(view: Any, site: Site) -> Iterator[Node]:
    if isinstance(view, HomePage):
        yield site.community(whole=True)
        yield site.whole()
    elif isinstance(view, ItemPage):
        yield _item(view, site)
    else:
        yield _collection(view, site)


def _item(view: ItemPage, site: Site) -> Node:
    card, page = view.card, view.page
    if card.when is not None:
        return event(view, card.when, site)
    if card.kind == "person":
        return _profile(view, site)
    if card.kind in ARTICLES:
        return _article(view, site)
    return node(
        "WebPage", f"{page.canonical}#page", name=card.title, url=page.canonical, description=card.summary, inLanguage=card.lang,
        dateModified=card.updated or card.published, primaryImageOfPage=site.picture(card.picture), isPartOf=site.part(),
    )  # fmt: skip


def _article(view: ItemPage, site: Site) -> Node:
    card, page = view.card, view.page
    return node(
        ARTICLES[card.kind], f"{page.canonical}#item", headline=card.title, url=page.canonical, mainEntityOfPage=page.canonical,
        description=card.summary, inLanguage=card.lang, datePublished=card.published, dateModified=card.updated,
        author=site.people(card, "author") or site.community(), publisher=site.community(), image=site.pictures(view),
        wordCount=view.words or None, keywords=[one.title for one in card.tags], isPartOf=_letter(view, site) or site.part(),
        correction=_corrections(view),
    )  # fmt: skip


def _corrections(view: ItemPage) -> list[Node]:
    """Return what was found wrong in a letter once it was sent."""
    return [node("CorrectionComment", text=one["text"], datePublished=one["date"]) for one in view.facts.get("corrections", ())]


def _letter(view: ItemPage, site: Site) -> Node | None:
    """Return the number of the letter that a page is, in the letter that it is a number of."""
    if view.card.number is None:
        return None
    letter = node("Periodical", name=view.facts.get("letter"), url=site.complete(view.facts["archive"]))
    return node("PublicationIssue", issueNumber=str(view.card.number), datePublished=view.card.published, isPartOf=letter)


def _profile(view: ItemPage, site: Site) -> Node:
    card, page = view.card, view.page
    person = node(
        "Person", f"{page.canonical}#person", name=card.title, url=page.canonical, description=card.summary,
        image=site.picture(card.picture), sameAs=[one["url"] for one in view.facts.get("links", ())], memberOf=site.community(),
    )  # fmt: skip
    return node("ProfilePage", f"{page.canonical}#page", url=page.canonical, inLanguage=card.lang, mainEntity=person, isPartOf=site.part())


def _collection(view: Any, site: Site) -> Node:
    page = view.page
    cards = _listed(view)
    listing = node(
        "ItemList", numberOfItems=len(cards), itemListElement=[_entry(n, one, site) for n, one in enumerate(cards[:MOST_LISTED], 1)]
    )
    return node(
        "CollectionPage" if cards else "WebPage", f"{page.canonical}#page", name=page.title, url=page.canonical,
        description=_own(page.description, site), inLanguage=page.lang, isPartOf=site.part(), mainEntity=listing if cards else None,
        about=_where(view),
    )  # fmt: skip


def _where(view: Any) -> Node | None:
    """Return the place that a page is about."""
    venue = getattr(view, "venue", None)
    return place_of(venue) if venue else None


def _own(description: str, site: Site) -> str:
    """Return what a page says of itself; most lists have the words of the whole site only."""
    return "" if description == site.shell.description else description


def _listed(view: Any) -> list[Card]:
    """Return the cards of a list that lead to a page, each item once."""
    groups: Iterable[Any] = (*getattr(view, "upcoming", ()), *getattr(view, "groups", ()))
    found: dict[str, Card] = {}
    for group in groups:
        for card in group.cards:
            if card.address:
                found.setdefault(card.address, card)
    return list(found.values())


def _entry(number: int, card: Card, site: Site) -> Node:
    return node("ListItem", position=number, name=card.title, url=site.complete(card.address))


def _crumbs(site: Site, trail: tuple[To, ...], here: str) -> Iterator[Node]:
    if not trail:
        return
    steps = [(one.title, site.complete(one.address)) for one in trail] + [(here, site.page.canonical)]
    entries = [node("ListItem", position=n, name=name, item=address) for n, (name, address) in enumerate(steps, 1)]
    yield node("BreadcrumbList", f"{site.page.canonical}#trail", itemListElement=entries)
