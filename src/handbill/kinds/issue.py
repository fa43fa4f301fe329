"""A number of a newsletter: its headers, a hand-written part, and sections chosen by query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.facets import instant
from handbill.hub.fields import Choice, Desk, Field, Integer, Many, Slug, Table, Text, When
from handbill.hub.kind import Kind, no_state

if TYPE_CHECKING:
    from handbill.hub.facets import Occurrence
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item

SECTIONS = ("events", "posts", "contests", "people")

#: How far ahead a letter looks for events, and how many entries a section has at most.
AHEAD = timedelta(days=45)
MOST = 12


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """The headers of a letter.  ``letter`` names the list of letters that it belongs to."""

    number: int
    subject: str
    preheader: str
    letter: str
    sections: tuple[str, ...]
    since: date | None


@dataclass(frozen=True, slots=True)
class Section:
    """An automatic part of a letter; ``entries`` pair an item with its occurrence, if that is the point."""

    name: str
    entries: tuple[tuple[Item, Occurrence | None], ...]


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the letter's facts; its title is its subject and its summary the preheader unless it has its own."""
    if values["number"] is None or values["subject"] is None:
        return {}
    facts = IssueFacts(
        values["number"], values["subject"], values["preheader"], values["letter"], tuple(values["sections"]), values["since"]
    )
    return {"facts": facts, "title": values["title"] or values["subject"], "summary": values["preheader"]}


def sections(item: Item, hub: Hub) -> tuple[Section, ...]:
    """Return what the letter's queries choose, as things stood when it was sent.

    The moment is the letter's own date, never the build's, so a letter keeps
    saying what it said.  Empty sections are left out.
    """
    facts: IssueFacts = item.facts
    assert item.published is not None
    at = item.published
    start = instant(facts.since, hub.zone) if facts.since else _previous(item, hub)
    found: dict[str, tuple[tuple[Item, Occurrence | None], ...]] = {}
    if "events" in facts.sections:
        coming = [(i, when) for when, i in hub.upcoming(lang=item.lang, at=at) if when.begins < at + AHEAD and _known(i, at)]
        found["events"] = tuple(coming[:MOST])
    fresh = list(_between(start, at, item, hub))
    if "posts" in facts.sections:
        found["posts"] = tuple((i, None) for i in fresh if not i.occurrences and not i.deadline and i.kind != item.kind)[:MOST]
    if "contests" in facts.sections:
        found["contests"] = tuple((i, None) for i in hub.open(item.lang, at) if _known(i, at))[:MOST]
    if "people" in facts.sections:
        people = sorted({c.person for i in fresh for c in i.credits if c.person})
        cards = [hub.person(person, item.lang) for person in people]
        found["people"] = tuple((p, None) for p in cards if p is not None and p.is_listed)[:MOST]
    return tuple(Section(name, found[name]) for name in facts.sections if found.get(name))


def _known(item: Item, at: datetime) -> bool:
    return item.published is None or item.published <= at


def _between(start: datetime, at: datetime, item: Item, hub: Hub) -> Iterator[Item]:
    """Yield what was published from *start* until before *at*, newest first, without the letter itself."""
    for other in hub.dated(item.lang):
        assert other.published is not None
        if other.published < start:
            return
        if other.published < at and other.group != item.group:
            yield other


def _previous(item: Item, hub: Hub) -> datetime:
    """Return when the letter before was sent; for a first one, a month before its own date."""
    assert item.published is not None
    for other in hub.older(item):
        if other.facts.letter == item.facts.letter and other.published:
            return other.published
    return item.published - timedelta(days=31)


def view(item: Item, _hub: Hub) -> dict[str, Any]:
    """Return the headers as plain values; sections are added by the pages, which know addresses."""
    facts: IssueFacts = item.facts
    return {"number": facts.number, "subject": facts.subject, "preheader": facts.preheader, "letter": facts.letter}


_SECTIONS = (
    said("what takes place in the 45 days after"),
    said("posts published since the letter before"),
    said("contests open at that moment"),
    said("people who took part in what is told"),
)

ISSUE = Kind(
    name="issue",
    plural="newsletters",
    folder="newsletters",
    fields=(
        Field("title", Text(200), "the name of the letter's page; default: its subject", example=said("The letter of May")),
        Field("number", Integer(0, 1_000_000), "the number of the letter, used once", required=True, example="12"),
        Field(
            "subject",
            Text(200),
            "the subject of the mail; about 60 characters are seen",
            required=True,
            example=said("In May, we mend outdoors"),
        ),
        Field(
            "preheader",
            Text(200),
            "the line that mail programs show after the subject",
            default="",
            example=said("Three workshops, one contest"),
        ),
        Field("date", When(), "when it is sent; what it says is true at that moment", required=True, example="2026-05-07 18:00"),
        Field("letter", Slug(), "which of the hub's letters it belongs to", default="main", example="main"),
        Field(
            "sections",
            Many(Choice(SECTIONS, _SECTIONS)),
            "the automatic sections after the text, in their order",
            default=("events", "contests", "posts"),
            example="[events, posts]",
        ),
        Field("since", When(moment=False), "from which day on news are chosen; default: the letter before", example="2026-04-02"),
    ),
    make=make,
    state=no_state,
    view=view,
)
