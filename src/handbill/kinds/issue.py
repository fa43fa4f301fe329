"""A number of a newsletter: its headers, a hand-written part, and sections chosen by query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.changed import changed_between, changes_of, matters_from
from handbill.hub.facets import instant
from handbill.hub.fields import Choice, Desk, Field, Integer, Many, Slug, Table, Text, When
from handbill.hub.kind import Kind, no_state

if TYPE_CHECKING:
    from handbill.hub.facets import Occurrence
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item

SECTIONS = ("changes", "events", "posts", "contests", "people")

#: An item at one of its dates, with the later ones of which the same is to be said.
Dated = tuple["Item", "Occurrence", tuple["Occurrence", ...]]

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
    """An automatic part of a letter; ``entries`` pair an item with its occurrence, if that is the point.

    ``also`` has for each entry, if any has some, the later dates of which the
    same is to be said.
    """

    name: str
    entries: tuple[tuple[Item, Occurrence | None], ...]
    also: tuple[tuple[Occurrence, ...], ...] = ()


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the letter's facts; its title is its subject and its summary the preheader unless it has its own."""
    if values["number"] is None or values["subject"] is None:
        return {}
    facts = IssueFacts(
        values["number"], values["subject"], values["preheader"], values["letter"], _in_order(tuple(values["sections"])), values["since"]
    )
    return {"facts": facts, "title": values["title"] or values["subject"], "summary": values["preheader"]}


def _in_order(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections of a letter; one that has any tells of changes, first of all unless it gives them another place."""
    return ("changes", *given) if given and "changes" not in given else given


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
    also: dict[str, tuple[tuple[Occurrence, ...], ...]] = {}
    for name, choose in (("changes", _changes), ("events", _events)):
        dates = choose(start, item, hub) if name in facts.sections else []
        found[name], also[name] = tuple((i, when) for i, when, _ in dates), tuple(rest for _, _, rest in dates)
    fresh = list(_between(start, at, item, hub))
    if "posts" in facts.sections:
        found["posts"] = tuple((i, None) for i in fresh if not i.occurrences and not i.deadline and i.kind != item.kind)[:MOST]
    if "contests" in facts.sections:
        found["contests"] = tuple((i, None) for i in hub.open(item.lang, at) if _known(i, at))[:MOST]
    if "people" in facts.sections:
        people = sorted({c.person for i in fresh for c in i.credits if c.person})
        cards = [hub.person(person, item.lang) for person in people]
        found["people"] = tuple((p, None) for p in cards if p is not None and p.is_listed)[:MOST]
    return tuple(Section(name, found[name], also.get(name, ())) for name in facts.sections if found.get(name))


def _events(_start: datetime, item: Item, hub: Hub) -> list[Dated]:
    """Return what comes; a series of which all the rest is off stands there once, not at each of its dates."""
    at = item.published
    assert at is not None
    found: list[Dated] = []
    over: set[str] = set()
    for when, other in hub.upcoming(lang=item.lang, at=at):
        if when.begins >= at + AHEAD or not _known(other, at) or other.id in over:
            continue
        rest = tuple(one for one in other.occurrences if one.finishes > at and one is not when)
        is_over = bool(rest) and when.is_off and all((one.status, one.note) == (when.status, when.note) for one in rest)
        if is_over:
            over.add(other.id)
        found.append((other, when, rest if is_over else ()))
    return found[:MOST]


def _changes(start: datetime, item: Item, hub: Hub) -> list[Dated]:
    """Return what an earlier letter announced and was called off or moved since *start*: what matters soonest first.

    It is not cut short: whoever is not told comes in vain.
    """
    at = item.published
    assert at is not None
    earlier = [one for one in hub.older(item) if one.facts.letter == item.facts.letter]
    found = [
        (other, when, rest)
        for other in hub.listed(hub.items, item.lang)
        if other.occurrences and _known(other, at) and changed_between(other, start, at)
        for when, rest in changes_of(other, at, hub.zone)
        if any(_announced(other, when, letter) for letter in earlier)
    ]
    return sorted(found, key=lambda one: (matters_from(one[1], at, hub.zone), one[1].begins, one[0].id))


def _announced(item: Item, when: Occurrence, letter: Item) -> bool:
    """Say whether a letter told of a date: among those to come, as it was then, or by a link in its text."""
    at = letter.published
    if at is None or not _known(item, at):
        return False
    if item.address in (link.partition("#")[0] for link in letter.body.links):
        return True
    if "events" not in letter.facts.sections:
        return False
    return any(at <= instant(one, when.zone) < at + AHEAD for one in (when.original or when.starts, when.starts, *when.was))


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
    said("what earlier letters announced and was called off or moved since"),
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
            "the automatic sections after the text, in their order; changes come first where they are not named",
            default=("changes", "events", "contests", "posts"),
            example="[changes, events, posts]",
        ),
        Field("since", When(moment=False), "from which day on news are chosen; default: the letter before", example="2026-04-02"),
    ),
    make=make,
    state=no_state,
    view=view,
)
