"""When and where something is, and what became of it: said on top of its feed entry, and told to programs.

Many read titles only, and the text of an announcement often takes date and
place for known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from handbill.hub.facets import OFF, Occurrence
from handbill.hub.item import Item
from handbill.outputs.cards import Cards, next_of
from handbill.outputs.news import changes
from handbill.outputs.repeats import repeats_of
from handbill.outputs.views import Card
from handbill.outputs.words import Words


def titled(item: Item, card: Card, at: datetime, say: Words) -> str:
    """Return the title, with the word for what members must not miss in front."""
    word = _standing(card.state, say)
    if getattr(item.facts, "record", None):
        # Of a contest without one nobody promised that every step is told.
        word = {"frozen": say("List frozen"), "published": say("Results are out")}.get(card.state, word)
    if not word and item.series is None and card.when:
        word = _standing(card.when.status, say)
    if not word and item.series is not None and (changed := changes(item, at)):
        # What became of all dates to come is said in its own word.
        alike = {one.status for one in changed} if len(changed) == sum(one.finishes > at for one in item.occurrences) else set()
        word = _standing(alike.pop(), say) if len(alike) == 1 else say("Change of dates")
    return f"{word}{say(': ')}{item.title}" if word else item.title


def facts(item: Item, card: Card, cards: Cards, at: datetime, say: Words, committed: str = "") -> str:
    """Return paragraphs with date, place and what changed, in HTML; *committed* is what a contest's record tells."""
    repeats = repeats_of(item.series, item.occurrences, at)
    lines = [
        *_when_and_where(item, card, say),
        *([escape(committed)] if committed else ()),
        *([escape(say.repeats(repeats))] if repeats else ()),
        *_changed_dates(item, cards, at, say),
        *([f"<em>{escape(' '.join(card.discloses))}</em>"] if card.discloses else ()),
    ]
    return "".join(f"<p>{line}</p>\n" for line in lines)


def ways(item: Item, card: Card, calendar: str, say: Words) -> str:
    """Return the links by which one joins and keeps the date, in HTML; none to what is off."""
    if not card.when or card.when.status in OFF or card.state in OFF:
        return ""
    online = item.online.address if item.online else ""
    links = ((online, say("Join from where you are")), (calendar, say("Add to my calendar")))
    shown = " · ".join(f'<a href="{escape(address)}">{escape(words)}</a>' for address, words in links if address)
    return f"<p>{shown}</p>\n"


def _when_and_where(item: Item, card: Card, say: Words) -> Iterator[str]:
    when = card.when
    parts: list[str] = []
    if when:
        if when.was:
            yield f"{escape(say('Announced before for:'))} {', '.join(f'<s>{escape(say.moment(one))}</s>' for one in when.was)}"
        parts.append(_struck(say.span(when), is_off=when.status in OFF))
    if item.place:
        parts.append(_struck(item.place.line, is_off=when is not None and when.status == "moved_online"))
    if card.left and not when:
        parts.append(_struck(say("Entries close on {day}", day=say.deadline(card.left.closes)), is_off=card.state in OFF))
    standing = _standing(when.status if when else card.state, say) or (
        say("To be confirmed") if when and when.status == "tentative" else ""
    )
    if standing:
        parts.insert(0, escape(standing))
    if parts:
        yield f"<strong>{' · '.join(parts)}</strong>"
    if note := when.note if when else "" if getattr(item.facts, "record", None) else getattr(item.facts, "cancelled", ""):
        yield escape(note)


def _changed_dates(item: Item, cards: Cards, at: datetime, say: Words) -> Iterator[str]:
    """Yield a line for each date of a series that was called off or moved and is not the one said above."""
    if item.series is None:
        return
    said_above = next_of(item, at)
    for one in changes(item, at):
        if one == said_above:
            continue
        shown = cards.when(one, item, at)
        before = "".join(f"<s>{escape(say.moment(was))}</s> → " for was in shown.was)
        note = f" · {escape(shown.note)}" if shown.note else ""
        yield f"{_word(_standing(one.status, say), say)}{before}{_struck(say.span(shown), is_off=one.status in OFF)}{note}"


def _standing(status: str, say: Words) -> str:
    """Return the word for what members must not miss; "" where all is as announced."""
    words = {
        "cancelled": say("Cancelled"),
        "void": say("Declared void"),
        "postponed": say("Postponed"),
        "rescheduled": say("New date"),
        "moved_online": say("Moved online"),
    }
    return words.get(status, "")


def _word(word: str, say: Words) -> str:
    return escape(f"{word}{say(': ')}")


def _struck(text: str, *, is_off: bool) -> str:
    return f"<s>{escape(text)}</s>" if is_off else escape(text)


def told(item: Item, card: Card, calendar: str, at: datetime) -> dict[str, Any]:
    """Return what programs need not read out of the text, without what does not apply; {} for what has neither date nor place."""
    found: dict[str, Any] = {}
    if when := next_of(item, at):
        found |= _time(when)
        found |= {"repeats": item.series.rule if item.series else "", "calendar": calendar}
        found["also"] = [one.isoformat() for one in item.series.added] if item.series else []
        found["changes"] = [_kept(_time(one)) for one in changes(item, at)] if item.series else []
        if online := item.online:
            found["online"] = _kept({"address": online.address, "after_registration": online.is_withheld or None})
    if place := item.place:
        names = ("name", "room", "street", "postcode", "city", "country", "latitude", "longitude")
        found["place"] = _kept({name: getattr(place, name) for name in names})
    if item.deadline:
        found |= {"opens": item.deadline.opens.isoformat(), "closes": item.deadline.closes.isoformat(), "state": card.state}
    return _kept({"kind": item.kind, **found}) if found else {}


def _time(when: Occurrence) -> dict[str, Any]:
    return {
        "starts": when.starts.isoformat(),
        "ends": when.ends.isoformat(),
        "all_day": when.all_day,
        "zone": when.zone,
        "status": when.status,
        "note": when.note,
        "was": [one.isoformat() for one in when.was],
        "announced_for": when.original.isoformat() if when.original else "",
    }


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value not in ("", [], None)}
