"""A letter and the hub of its day → what each of its sections chose, by which rule, and what it left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from handbill.errors import Said, said
from handbill.hub.facets import instant
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.choosing import Entry, Section, asked, previous
from handbill.kinds.query import Query
from handbill.kinds.remembered import sections as shown_sections
from handbill.outputs.words import Words

#: More entries than any letter could find.
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """One entry of a section: what it is, where its text lies, and the start of its date as ISO writes it ("" without one)."""

    title: str
    source: str
    address: str
    when: str = ""
    is_pinned: bool = False
    is_off: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a section shows and why.

    ``rule`` says what it looked for.  ``left_out`` counts what it found beyond
    its limit, ``excluded`` what it was told to leave out.  ``place`` is its
    number in the text, ``None`` after the text.
    """

    show: str
    title: str
    layout: str
    limit: int
    place: int | None
    rule: Said
    entries: tuple[Chosen, ...]
    left_out: int = 0
    excluded: int = 0
    sponsor: str = ""


def choices_of(letter: Item, hub: Hub, words: Words) -> tuple[Choice, ...]:
    """Return what each section of a letter chose, those too that find nothing; dates are said in the words of the reader.

    Of a frozen letter it is what was written down when it was frozen.
    """
    if letter.id in hub.frozen:
        return tuple(_choice(one.query, one, letter, hub, words, 0) for one in shown_sections(letter, hub))
    found = asked(letter, hub)
    shown = {_point(one) for section in found for one in section.entries}
    choices = []
    for number, section in enumerate(found):
        more = 0
        if len(section.entries) >= section.query.limit and section.name not in ("changes", "sponsor"):
            # What a later section shows is not left out.
            more = sum(_point(one) not in shown for one in _unlimited(letter, number, hub))
        choices.append(_choice(section.query, section, letter, hub, words, more))
    return tuple(choices)


def _point(entry: Entry) -> tuple[str, object]:
    return entry.item.id, entry.when and entry.when.starts


def _unlimited(letter: Item, number: int, hub: Hub) -> tuple[Entry, ...]:
    """Return what one of a letter's sections would show if it had room for all."""
    queries = [replace(one, limit=_ALL) if place == number else one for place, one in enumerate(letter.facts.queries)]
    # As if all of them stood in the text, where each can say how many entries it has.
    return asked(replace(letter, facts=replace(letter.facts, placed=tuple(queries), sections=())), hub)[number].entries


def _choice(query: Query, section: Section, letter: Item, hub: Hub, words: Words, left_out: int) -> Choice:
    pinned = {letter.body.links[number].partition("#")[0] for number in query.pins if number < len(letter.body.links)}
    return Choice(
        show=query.show,
        title=query.title,
        layout=query.layout,
        limit=query.limit,
        place=query.place,
        rule=rule_of(query, letter, hub, words),
        entries=tuple(_chosen(one, pinned) for one in section.entries),
        left_out=left_out,
        excluded=len(query.excluded),
        sponsor=query.sponsor.name if query.sponsor else "",
    )


def _chosen(entry: Entry, pinned: set[str]) -> Chosen:
    item, when = entry.item, entry.when
    return Chosen(
        item.title,
        item.source,
        item.address,
        when.starts.isoformat() if when else "",
        item.address in pinned,
        when is not None and when.is_off,
        entry.note,
    )


def rule_of(query: Query, letter: Item, hub: Hub, words: Words) -> Said:
    """Return what a section looks for, in one sentence without a capital."""
    assert letter.published is not None
    at = letter.published
    since = query.since or letter.facts.since
    start = words.plain_day((instant(since, hub.zone) if since else previous(letter, hub)).isoformat())
    day = words.plain_day(at.isoformat())
    rules = {
        "events": said(
            "what takes place from {start} to {end}", start=day, end=words.plain_day((at + timedelta(days=query.ahead)).isoformat())
        ),
        "posts": said("posts published since {start}", start=start),
        "contests": said("contests open on {day}", day=day),
        "recaps": said("reports of events, published since {start}", start=start),
        "people": said("people who took part in what was published since {start}", start=start),
        "corrections": said("corrections of earlier letters since {start}", start=start),
        "changes": said("what earlier letters announced, and was called off or moved since {start}", start=start),
        "sponsor": said("named by hand"),
    }
    rule = rules[query.show]
    if query.tags:
        rule = said("{rule}, with the subject {tags}", rule=rule, tags=", ".join(query.tags))
    return said("{rule}, at {place}", rule=rule, place=query.venue) if query.venue else rule
