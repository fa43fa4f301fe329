"""A date that was called off or moved → the words of a post that tells it.  Does not know files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbill.outputs.views import Card, When
from handbill.outputs.words import Words

#: What Markdown would take for its own.
_SIGNS = re.compile(r"([\\`*_\[\]<>~|]|&(?=#?\w+;)|^(?:[-+#=]|\d+(?=[.)])))")


@dataclass(frozen=True, slots=True)
class Told:
    """What a post says of a change: title, summary, and its text in Markdown."""

    title: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a post stands: the path of the event's file from there, the hub's zone, whether double tildes strike out."""

    link: str
    zone: str
    strikes: bool


def notice_of(card: Card, setting: Setting, words: Words) -> Told:
    """Return what a post says of the change that a card shows; further dates of the same fate are in ``card.also``."""
    when = card.when
    if when is None:
        raise ValueError(f"{card.title}: nothing that takes place")
    lines = [f"- {line}" for line in _facts(when, card, setting, words)]
    blocks = [
        f"{words('What changes for {event}', event=f'[{plain(card.title)}]({setting.link})')}{words(': ')}".rstrip(),
        "\n".join(lines),
        plain(when.note) if when.note else "",
        words("If you have subscribed to our calendar, you need not do anything: it brings itself up to date."),
    ]
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return Told(_title(when, card, words), _summary(when, card.also, words), typed(text))


def typed(text: str) -> str:
    """Return a text with the spaces that one types; where lines may not break is seen to when it is read."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def plain(text: str) -> str:
    """Return Markdown that shows a text as it is."""
    return _SIGNS.sub(r"\\\1", text)


def _title(when: When, card: Card, words: Words) -> str:
    became = {
        "cancelled": words("Cancelled"),
        "postponed": words("Postponed"),
        "moved_online": words("Moved online"),
    }.get(when.status, words("New date"))
    # Of a series, readers must know at once which date is meant.
    named = words("{title} ({day})", title=card.title, day=words.plain_day(_old(when))) if when.repeats and not card.also else card.title
    return typed(f"{became}{words(': ')}{named}")


def _old(when: When) -> str:
    """Return the start that members know: the one announced last, if it was moved."""
    return when.was[-1] if when.was and when.status not in ("cancelled", "postponed") else when.starts


def _summary(when: When, also: Sequence[When], words: Words) -> str:
    day = words.day(_old(when))
    if also:
        said = {
            "cancelled": words("All dates from {day} on are cancelled.", day=day),
            "postponed": words("All dates from {day} on are put off; the new ones are not known yet.", day=day),
            "moved_online": words("All dates from {day} on take place online.", day=day),
            "rescheduled": words("All dates from {day} on are moved; the next one is on {new}.", day=day, new=words.day(when.starts)),
        }
    else:
        said = {
            "cancelled": words("The event planned for {day} will not take place.", day=day),
            "postponed": words("The event planned for {day} is put off; the new date is not known yet.", day=day),
            "moved_online": words("The event planned for {day} takes place online.", day=day),
        }
    return typed(said.get(when.status) or _moved(when, words))


def _moved(when: When, words: Words) -> str:
    old = _old(when)
    if old[:10] == when.starts[:10] and not when.all_day:
        return words("The event on {day} now begins at {time}.", day=words.day(old), time=words.clock(when.starts))
    return words("The event planned for {day} takes place on {new} instead.", day=words.day(old), new=words.day(when.starts))


def _facts(when: When, card: Card, setting: Setting, words: Words) -> Iterator[str]:
    """Yield what one wants to compare at a glance: the old date, the new one, the place."""

    def struck(said: str) -> str:
        return f"~~{said}~~" if setting.strikes else said

    if when.status in ("cancelled", "postponed"):
        yield words("Date announced: {date}", date=struck(words.span(when)))
    else:
        if when.was:
            yield words("Old date: {date}", date=", ".join(struck(words.moment(one)) for one in when.was))
            yield words("New date: {date}", date=f"**{words.span(when)}**")
        else:
            yield words("Date: {date}", date=words.span(when))
        if when.here:
            yield words("In {city}: {span}", city=words.city(setting.zone), span=words.span(when.here))
        if card.place:
            yield words("Place: {place}", place=plain(card.place))
        if when.status == "moved_online" or not card.place:
            yield words("How to connect: see [the page of the event]({link})", link=setting.link)
    if card.also:
        yield words.likewise(card.also)
