"""A letter → what it says, in its order: texts written by hand, and sections with the cards by which page and mail show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.choosing import Section, reported
from handbill.kinds.query import Sponsor
from handbill.kinds.remembered import sections
from handbill.outputs.cards import Cards
from handbill.outputs.contest_told import told_of
from handbill.outputs.views import Card, Image


@dataclass(frozen=True, slots=True)
class Prose:
    """A text written by hand: clean HTML, and its plain form with a line for each paragraph, heading or entry."""

    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """An automatic section: what it shows (events, posts, sponsor …), its entries, the heading that the editor gave it, its layout.

    A heading of "" is the usual one of what it shows.  ``layout`` is cards, list or headline.
    """

    name: str
    cards: tuple[Card, ...]
    title: str = ""
    layout: str = "cards"


#: What a letter says, in its order.
Content = tuple[Prose | Part, ...]


def content_of(item: Item, hub: Hub, cards: Cards, complete: Callable[[str], str]) -> Content:
    """Return what a letter says, with its addresses completed; *cards* makes those of its language."""
    found = sections(item, hub)
    placed = {one.query.place: one for one in found if one.query.place is not None}
    content: list[Prose | Part] = []
    for piece in item.body.pieces(complete):
        if piece.section is None:
            content.append(Prose(piece.html, piece.text))
        elif piece.section in placed:
            content.append(_part(placed[piece.section], item, hub, cards, complete))
    content += [_part(one, item, hub, cards, complete) for one in found if one.query.place is None]
    return tuple(_said_once(content))


def _said_once(content: Sequence[Prose | Part]) -> Iterator[Prose | Part]:
    """Yield what a letter says; why a date was changed is told among the changes, and not again where it stands anew."""
    changes = [card for one in content if isinstance(one, Part) and one.name == "changes" for card in one.cards]
    told = {(card.address, when.starts) for card in changes for when in (card.when, *card.also) if when}
    for one in content:
        if isinstance(one, Prose) or one.name == "changes" or not told:
            yield one
        else:
            cards = (_plain(card) if card.when and (card.address, card.when.starts) in told else card for card in one.cards)
            yield replace(one, cards=tuple(cards))


def _plain(card: Card) -> Card:
    assert card.when is not None
    return replace(card, when=replace(card.when, note="", awaited=()))


def _part(section: Section, letter: Item, hub: Hub, cards: Cards, complete: Callable[[str], str]) -> Part:
    shown = _sponsored(section.sponsor, letter, hub, complete) if section.sponsor else _cards(section, letter, hub, cards, complete)
    found = tuple(shown)
    title = section.query.title
    if section.name == "contests" and not title and any(one.state not in ("open", "announced") for one in found):
        # Where lists were frozen or winners found, there is more to read than where to enter.
        title = cards.words("Contests")
    return Part(section.name, found, title, section.query.layout)


def _cards(section: Section, letter: Item, hub: Hub, cards: Cards, complete: Callable[[str], str]) -> Iterator[Card]:
    """Yield the card of each entry as things stood when the letter was sent; what stands there several times is described once."""
    at = letter.published or hub.as_of
    told = hub.once("reports", lambda: reported(hub)) if section.name == "recaps" else {}
    seen: set[str] = set()
    for entry in section.entries:
        card = cards.card(entry.item, entry.when, at)
        if section.name == "changes" or entry.item.id in seen:
            # What it is has been told before; what became of it is the news.
            card = replace(card, summary="")
        if note := entry.note or told_of(entry.item, hub, at, cards.words):
            card = replace(card, summary=note)
        if card.discloses and section.query.layout != "list":
            # Who paid is told before what is praised.  A list of lines has no room for a summary, and says all in its own place.
            paid, rest = card.discloses[: card.is_paid], card.discloses[card.is_paid :]
            card = replace(card, summary=" ".join(part for part in (*paid, card.summary, *rest) if part), discloses=())
        if section.name == "corrections" and card.address:
            card = replace(card, address=f"{card.address}#corrections")
        seen.add(entry.item.id)
        registration = getattr(entry.item.facts, "registration", None)
        # Where one connects from home, nobody asks for steps.
        place = entry.item.place if card.when and card.place else None
        yield replace(
            card,
            also=tuple(cards.when(one, entry.item, at) for one in entry.also),
            takes=registration.state(at) if registration and card.state in ("upcoming", "ongoing") else "",
            access=place.accessibility if place else (),
            calendar=complete(f"{entry.item.address}event.ics") if entry.item.occurrences and card.address else "",
            came=_attended(told.get(entry.item.group)),
        )


def _attended(event: Item | None) -> int:
    """Return how many came to an event, 0 where nobody counted them."""
    totals = getattr(event.facts, "attendance", None) if event else None
    return totals.attended or 0 if totals else 0


def _sponsored(sponsor: Sponsor, letter: Item, hub: Hub, complete: Callable[[str], str]) -> Iterator[Card]:
    path = letter.body.links[sponsor.picture] if sponsor.picture is not None else ""
    media = hub.pictures.get(path)
    picture = Image(complete(path), sponsor.picture_alt, media.width, media.height) if media else None
    yield Card(
        kind="sponsor", title=sponsor.name, address=sponsor.link, lang=letter.lang, summary=sponsor.text, published="", updated="",
        picture=picture, tags=(), people=(), state="", when=None, place="", left=None, number=None, minutes=0,
    )  # fmt: skip
