"""A member with a role: a page, a name under texts, and the choice not to be listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.fields import Desk, Field, Flag, Group, Link, Many, Table, Text, When
from handbill.hub.kind import Kind, no_state

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a person's page shows; ``git`` are the names used in version history."""

    roles: tuple[str, ...]
    joined: date | None
    links: tuple[tuple[str, str], ...]
    git: tuple[str, ...]


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the person's facts; someone who does not want to be listed has no page either."""
    links = tuple((link["label"], link["url"]) for link in values["links"] if link.get("label") and link.get("url"))
    facts = PersonFacts(values["roles"], values["joined"], links, values["git"])
    return {"facts": facts, "is_listed": values["listed"]}


def view(item: Item, _hub: Hub) -> dict[str, Any]:
    """Return roles, ``joined`` (ISO day or "") and links; contributions come from the hub."""
    facts: PersonFacts = item.facts
    return {
        "roles": list(facts.roles),
        "joined": facts.joined.isoformat() if facts.joined else "",
        "links": [{"label": label, "url": url} for label, url in facts.links],
    }


PERSON = Kind(
    name="person",
    plural="people",
    folder="content/people",
    fields=(
        Field("title", Text(200), "the name, as the person wants it shown", required=True, example="Camille R."),
        Field("roles", Many(Text(80)), "what the person does in the community", default=(), example=said("[woodwork, treasury]")),
        Field("joined", When(moment=False), "since when the person takes part", example="2023-09-01"),
        Field(
            "links",
            Many(
                Group(
                    (
                        Field("label", Text(60), "what the link says", required=True, example=said("Notebook")),
                        Field("url", Link(), "where it leads", required=True, example="https://exemple.example/"),
                    )
                )
            ),
            "pages elsewhere that the person wants shown",
            default=(),
        ),
        Field("listed", Flag(), "false: the name appears under texts, but in no list, and has no page", default=True, example="false"),
        Field(
            "git",
            Many(Text(120, use="key")),
            "names that the person uses in version history, so that texts find their author",
            default=(),
            example="[Inès M.]",
        ),
    ),
    make=make,
    state=no_state,
    view=view,
    is_dated=False,
)
