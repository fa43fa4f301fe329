"""What a kind is: its folder, its fields, and how front matter becomes facets and facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Flag, HubAddress, Lang, Many, Slug, Table, Text, When

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item

#: The keys that every kind has.
COMMON = (
    Field(
        "title",
        Text(200),
        "the name, everywhere: page, lists, feeds, letters",
        required=True,
        example=said("Mending a toaster"),
    ),
    Field(
        "summary",
        Text(300),
        "one or two sentences for lists, feeds, letters and search engines; default: how the text begins",
        example=said("Three faults out of four come from the thermostat."),
    ),
    Field(
        "date",
        When(),
        "when it is published; in the future it is shown nowhere yet; default: when version history first saw it",
        example="2026-05-01 18:00",
    ),
    Field("updated", When(), "the last change that readers should know of; default: from version history", example="2026-06-12"),
    Field("lang", Lang(), "the language of the text; default: from the file name (name.en.md) or the hub's", example="fr"),
    Field("slug", Slug(), "the last part of the address; default: the file name", example="grille-pain"),
    Field(
        "id",
        Text(120, use="key"),
        "the identity that feeds and calendars hang on; write the old one here when you rename a file",
        example="post:grille-pain",
    ),
    Field("aliases", Many(HubAddress()), "old addresses that lead here", default=(), example="[/blog/grille-pain/]"),
    Field("tags", Many(Text(60, use="name")), "subjects; each has a page and a feed of its own", default=(), example=said("[wood, tools]")),
    Field(
        "authors",
        Many(Text(120, use="name")),
        "who wrote it: the file name of a person, or a plain name",
        default=(),
        example="[ines-carrere]",
    ),
    Field(
        "picture",
        Text(300, use="key"),
        "a picture for the page, lists, letters and shared links; its path from this file",
        example="../pictures/grille-pain.png",
    ),
    Field(
        "picture_alt",
        Text(300, may_be_empty=True),
        'what the picture shows, for those who do not see it; "" for pure decoration',
        example=said("A toaster cut open"),
    ),
    Field(
        "typography",
        Flag(),
        "false leaves the spaces, apostrophes and quotation marks of a French text as they were typed",
        default=True,
        example="false",
    ),
    Field("draft", Flag(), "kept out of everything until this line is removed", default=False, example="true"),
    Field(
        "translation_of",
        Text(120, use="key"),
        "the id of the item that this one translates; default: the file of the same name without a language suffix",
        example="post:grille-pain",
    ),
)


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a fenced block of a certain word stands for in the texts of a kind.

    ``make`` turns the fields of one block into a value; ``put`` returns the
    facts of the item with all of them, and is given the numbers under which
    :attr:`~handbill.hub.item.Body.links` has the paths that the fields
    ``paths`` hold.
    """

    word: str
    fields: tuple[Field, ...]
    paths: tuple[str, ...]
    make: Callable[[dict[str, Any], Table, Desk], Any]
    put: Callable[[Any, tuple[Any, ...], Mapping[str, int]], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of item.  A new kind is one file that makes one of these, named once in ``KINDS``.

    ``make`` turns the typed front matter into facets and facts, given as
    keyword arguments of :class:`~handbill.hub.item.Item`; ``state`` says in one
    word how an item stands at a moment ("" where that means nothing);
    ``view`` returns what only this kind's template shows, as plain values.
    """

    name: str
    plural: str
    folder: str
    fields: tuple[Field, ...]
    make: Callable[[dict[str, Any], Table, Desk], dict[str, Any]]
    state: Callable[[Item, datetime], str]
    view: Callable[[Item, Hub], dict[str, Any]]
    is_dated: bool = True
    blocks: Blocks | None = None

    #: The common fields and the kind's own; an own field replaces a common one of its name.
    all_fields: tuple[Field, ...] = field(init=False)

    def __post_init__(self) -> None:
        own = {one.name for one in self.fields}
        object.__setattr__(self, "all_fields", tuple(one for one in COMMON if one.name not in own) + self.fields)


def nothing_more(_values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return no facets: what a kind without fields of its own makes."""
    return {}


def no_state(_item: Item, _at: datetime) -> str:
    """Return the empty word: what a kind says whose items do not change with time."""
    return ""


__all__ = ["COMMON", "Blocks", "Choice", "Kind", "no_state", "nothing_more"]
