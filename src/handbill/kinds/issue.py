"""A number of a newsletter: its headers, a text written by hand, and sections chosen by query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Group, Integer, Many, Slug, Table, Text, When, Zone
from handbill.hub.kind import Kind, no_state
from handbill.hub.since import Since
from handbill.kinds.query import BLOCKS, SECTIONS, SORTS_DO, Query

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item

#: The sections after the text of a letter that has none in its text and names none.
_USUAL = ("changes", "events", "contests", "posts")


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a letter that is sent, and the day on which it was put right."""

    date: date
    text: str


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """The headers of a letter.  ``letter`` names the list of letters that it belongs to.

    ``sections`` are those after the text, ``None`` where the file names none;
    ``placed`` those that stand in the text.
    """

    number: int
    subject: str
    preheader: str
    letter: str
    sections: tuple[str, ...] | None
    since: date | None
    corrections: tuple[Correction, ...] = ()
    placed: tuple[Query, ...] = ()

    @property
    def queries(self) -> tuple[Query, ...]:
        """Return what the letter shows by itself, in its order.

        One that has any section tells of changes: after the text, first of all,
        unless it gives them another place.
        """
        after = self.sections if self.sections is not None else () if self.placed else _USUAL
        named = [*(one.show for one in self.placed), *after]
        if named and "changes" not in named:
            after = ("changes", *after)
        return (*self.placed, *(Query(name) for name in after))


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the letter's facts; its title is its subject and its summary the preheader unless it has its own."""
    if values["number"] is None or values["subject"] is None:
        return {}
    facts = IssueFacts(
        values["number"],
        values["subject"],
        values["preheader"],
        values["letter"],
        values["sections"],
        values["since"],
        tuple(Correction(one["date"], one["text"]) for one in values["corrections"] if one["date"] and one["text"]),
    )
    return {"facts": facts, "title": values["title"] or values["subject"], "summary": values["preheader"]}


def view(item: Item, _hub: Hub) -> dict[str, Any]:
    """Return the headers as plain values; sections are added by the pages, which know addresses."""
    facts: IssueFacts = item.facts
    return {
        "number": facts.number,
        "subject": facts.subject,
        "preheader": facts.preheader,
        "letter": facts.letter,
        "corrections": tuple({"date": one.date.isoformat(), "text": one.text} for one in facts.corrections),
    }


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
            Many(Choice(SECTIONS, SORTS_DO[:-1])),
            "the automatic sections after the text, in their order; changes come first where they have no other place",
            example="[changes, events, posts]",
        ),
        Field("timezone", Zone(), "the zone of the moment at which it is sent; default: the hub's", example="Europe/Lisbon"),
        Field("since", Since(), "from which day on news are chosen; `last`, the default: since the letter before", example="2026-04-02"),
        Field(
            "corrections",
            Many(
                Group(
                    (
                        Field("date", When(moment=False), "the day of the correction", required=True, example="2026-05-09"),
                        Field(
                            "text",
                            Text(500),
                            "what was wrong, and what is right",
                            required=True,
                            example=said("The fair begins at 2 pm, not at 3 pm."),
                        ),
                    )
                )
            ),
            "what was found wrong once the letter was sent; its page and the next letter say so",
            default=(),
        ),
    ),
    make=make,
    state=no_state,
    view=view,
    blocks=BLOCKS,
)
