"""A number of a letter → its text as reading programs show it: corrections first, then prose and sections in the order of the mail.

A section is a plain list, because programs drop what looks like more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from handbill.hub.facets import OFF
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.alerts import with_alert_titles
from handbill.outputs.cards import Cards
from handbill.outputs.content import Part, Prose, content_of
from handbill.outputs.mail.standing import STANDINGS, heading_of, standing
from handbill.outputs.views import Card
from handbill.outputs.words import Words


def letter_text(item: Item, hub: Hub, cards: Cards, complete: Callable[[str], str], say: Words) -> str:
    """Return the HTML of a number, its addresses completed; *cards* makes those of its language, with whole addresses."""
    texts = [
        _corrected(shown_corrections(item, hub), say),
        *(
            with_alert_titles(one.html, say) if isinstance(one, Prose) else _section(one, say)
            for one in content_of(item, hub, cards, complete)
        ),
    ]
    return "\n".join(one for one in texts if one)


def shown_corrections(item: Item, hub: Hub) -> tuple[dict[str, str], ...]:
    """Return what was put right until now, the latest first."""
    today = hub.as_of.date().isoformat()
    told: list[dict[str, Any]] = [{"date": one.date.isoformat(), "text": one.text} for one in getattr(item.facts, "corrections", ())]
    return tuple(sorted((one for one in told if one["date"] <= today), key=lambda one: one["date"], reverse=True))


def _corrected(all_: tuple[dict[str, str], ...], say: Words) -> str:
    return "\n".join(
        f"<p><strong>{escape(say('Corrected on {day}', day=say.plain_day(one['date'])) + say(': '))}</strong>{escape(one['text'])}</p>"
        for one in all_
    )


def _section(part: Part, say: Words) -> str:
    if not part.cards:
        return ""
    entries = "\n".join(f"<li>{_entry(card, say)}</li>" for card in part.cards)
    return f"<h2>{escape(heading_of(part.name, part.title, say))}</h2>\n<ul>\n{entries}\n</ul>"


def _entry(card: Card, say: Words) -> str:
    title = escape(card.title)
    lang = f' lang="{escape(card.lang)}"' if card.lang != say.lang else ""
    link = f'<a href="{escape(card.address)}"{lang}>{title}</a>' if card.address else f"<span{lang}>{title}</span>" if lang else title
    facts = " · ".join(_facts(card, say))
    lines = (f"<strong>{link}</strong>", facts, f"<span{lang}>{escape(card.summary)}</span>" if lang else escape(card.summary))
    return "<br>".join(one for one in lines if one)


def _facts(card: Card, say: Words) -> Iterator[str]:
    """Yield what is to be known at a glance: state, date, place, until when, how many came."""
    state = standing(card)
    if state in STANDINGS:
        yield escape(say(STANDINGS[state][0]))
    if card.when:
        span = escape(say.span(card.when))
        yield f"<s>{span}</s>" if state in OFF else span
        if card.when.awaited:
            yield f"{escape(say('Announced before for:'))} {', '.join(f'<s>{escape(say.moment(one))}</s>' for one in card.when.awaited)}"
        if card.also:
            yield escape(say.likewise(card.also))
        if state not in OFF:
            yield escape(card.place or say("Online"))
        if card.when.note:
            yield escape(card.when.note)
    elif card.left and card.state == "open":
        yield escape(say("Entries close on {day}", day=say.deadline(card.left.closes)))
    if card.came:
        yield escape(say.count("One person came", "{n} people came", card.came))
