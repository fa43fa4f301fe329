"""A number of a letter → what its page shows besides what every item's page does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import ARCHIVE
from handbill.outputs.bodies import placed
from handbill.outputs.cards import Cards
from handbill.outputs.content import Part, Prose, content_of
from handbill.outputs.feed_letters import shown_corrections
from handbill.outputs.languages import name_within
from handbill.outputs.mail.standing import over_and_heading
from handbill.outputs.paragraphs import set_apart
from handbill.outputs.sheet import Say
from handbill.outputs.subscriptions import HEADINGS, archive_of, is_apart
from handbill.outputs.theme import Theme
from handbill.outputs.views import Card, To
from handbill.outputs.words import words_for
from handbill.settings import Settings

#: The file of a bundle that "as it was mailed" shows.
MAILED = "mail.html"


@dataclass(frozen=True, slots=True)
class Headed:
    """A section under its heading; ``over`` is what is said over that, nearly always ""."""

    name: str
    over: str
    heading: str
    cards: tuple[Card, ...]
    layout: str


def letter_facts(item: Item, hub: Hub, settings: Settings, cards: Cards, say: Say) -> dict[str, Any]:
    """Return name and archive of the letter, what the number says in its order, its corrections, its mail, and how it was frozen.

    ``frozen`` holds when it was mailed, the SHA-256 of its HTML, the address at
    which the history of its manifest lies, and how many members it reached where
    the hub tells that and they are not too few (0 otherwise); ``None`` until then.
    """
    return {
        "letter": settings.letter(item.facts.letter).says("name", item.lang)[0],
        "archive": settings.local(archive_of(item, hub, settings)),
        "content": _content(item, hub, settings, cards, say),
        "mail": settings.local(f"{item.address}{MAILED}"),
        "text": settings.local(f"{item.address}mail.txt"),
        "corrections": shown_corrections(item, hub),
        "others": tuple(_others(item, hub, settings)),
        "frozen": _frozen(item, hub, settings),
    }


def letter_feed(item: Item, hub: Hub, settings: Settings, say: Say) -> To:
    """Return the feed in which the next number will be."""
    word, title = settings.words["newsletters"], say(HEADINGS["newsletters"])
    if is_apart(item, hub, settings):
        word, title = f"{word}/{item.facts.letter}", settings.letter(item.facts.letter).says("name", item.lang)[0]
    return To(f"{settings.name} – {title}", settings.local(f"{settings.home(item.lang)}feeds/{word}.atom.xml"))


def _content(item: Item, hub: Hub, settings: Settings, cards: Cards, say: Say) -> tuple[Prose | Headed, ...]:
    # The picture with which a letter begins is fetched at once, those of later paragraphs when they come near.
    found = content_of(item, hub, cards, settings.local)
    first = next((one for one in found if isinstance(one, Prose)), None)
    return tuple(
        replace(one, html=_set(placed(one.html, hub, settings, say, is_first=item.picture is None and one is first)))
        if isinstance(one, Prose)
        else _headed(one, say)
        for one in found
    )


def _headed(part: Part, say: Say) -> Headed:
    return Headed(part.name, *over_and_heading(part.name, part.title, say), part.cards, part.layout)


def _set(html: str) -> str:
    return set_apart(html, lambda attributes, label: f'<p class="act"><a class="button" {attributes}>{label}</a></p>')


def _others(item: Item, hub: Hub, settings: Settings) -> Iterator[dict[str, str]]:
    """Yield the same number in other languages, each with what leads there, said in that language."""
    for one in hub.listed(hub.translations(item)):
        if one.lang != item.lang:
            say = words_for(one.lang, Theme(settings.root).locale(one.lang))
            text = say("This letter in {language}", language=name_within(one.lang))
            yield {"lang": one.lang, "address": settings.local(one.address), "text": text}


def _frozen(item: Item, hub: Hub, settings: Settings) -> dict[str, str | int] | None:
    frozen = hub.frozen.get(item.id)
    if frozen is None or MAILED not in frozen.files:
        return None
    return {
        "sent": frozen.sent.isoformat(),
        "digest": frozen.files[MAILED].sha256,
        "history": settings.repository.history(f"{ARCHIVE}/{frozen.name}/manifest.json"),
        "reached": frozen.totals.shown if frozen.totals and settings.sending.totals else 0,
    }
