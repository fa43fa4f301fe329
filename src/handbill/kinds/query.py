"""What a letter is asked to show at a place of its text: the fields of a section, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Integer, Link, Many, Slug, Table, Text, When, place_of
from handbill.hub.kind import Blocks

#: What a section can show, and the sections that the front matter can name.
SORTS = ("changes", "events", "posts", "contests", "recaps", "people", "corrections", "sponsor")
SECTIONS = SORTS[:-1]

LAYOUTS = ("cards", "list", "headline")

#: How many days ahead a letter looks for events, and how many entries a section has at most.
AHEAD = 45
MOST = 12

#: What only sections of some sorts can be told.
_ONLY = {"ahead": ("events",), "place": ("events",), "tags": ("events", "posts", "contests", "recaps")} | dict.fromkeys(
    ("name", "link", "text", "picture", "picture_alt"), ("sponsor",)
)
_NEVER = {
    "sponsor": ("limit", "since", "pin", "except", "layout"),
    "changes": ("limit", "since", "pin", "except"),
    "corrections": ("limit", "pin", "except"),
}


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Who supports a letter: a name, a text, an address elsewhere, and a picture by its number among the body's links."""

    name: str
    text: str
    link: str
    picture: int | None
    picture_alt: str


@dataclass(frozen=True, slots=True)
class Query:
    """What a section shows.

    ``place`` is the number of its mark in the text, ``None`` after the text.
    ``pins`` come first whatever else is chosen, ``excluded`` never; both are
    numbers of :attr:`~handbill.hub.item.Body.links`.  ``line`` is where it
    stands in the file, for messages.
    """

    show: str
    title: str = ""
    layout: str = "cards"
    limit: int = MOST
    ahead: int = AHEAD
    since: date | None = None
    tags: tuple[str, ...] = ()
    venue: str = ""
    pins: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    place: int | None = None
    sponsor: Sponsor | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """A query whose paths are not numbered yet."""

    query: Query
    pins: tuple[str, ...]
    excluded: tuple[str, ...]
    picture: str


def make(values: dict[str, Any], table: Table, desk: Desk) -> _Written | None:
    """Return what a section asks for, or ``None`` after putting down why it cannot be."""
    show = values["show"]
    if show is None:
        return None
    for key, _ in table.pairs:
        if show not in _ONLY.get(key.text, (show,)) or key.text in _NEVER.get(show, ()):
            found = said("“{key}” in a section of {sort}", key=key.text, sort=show)
            desk.refuse(key, key.text, found, said("the section without this line: there it does nothing"), "HB263")
    for name in ("pin", "except"):
        for number, path in enumerate(values[name]):
            if "://" in path or path.startswith(("#", "//", "mailto:")):
                wanted = said("the path of a file, from this one, such as ../events/2026/fair.md")
                desk.refuse(place_of(table, name, number), name, said("“{value}”", value=path[:80]), wanted, "HB301")
    sponsor = None
    if show == "sponsor":
        if not values["name"]:
            desk.refuse(
                table, "name", said("nothing"), said("a line such as {name}{sign}{example}", name="name", sign=": ", example=_NAME), "HB203"
            )
        if values["picture"] and values["picture_alt"] is None:
            wanted = said('a line {field}: what it shows in a few words, or "" if it only decorates', field="picture_alt")
            desk.refuse(place_of(table, "picture"), "picture", said("a picture without {field}", field="picture_alt"), wanted, "HB307")
        sponsor = Sponsor(values["name"] or "", values["text"], values["link"] or "", None, values["picture_alt"] or "")
    query = Query(
        show, values["title"] or "", values["layout"], values["limit"], values["ahead"], values["since"], tuple(values["tags"]),
        values["place"] or "", sponsor=sponsor,
    )  # fmt: skip
    return _Written(query, tuple(values["pin"]), tuple(values["except"]), values["picture"] or "")


def put(facts: Any, written: tuple[_Written, ...], numbers: Mapping[str, int]) -> Any:
    """Return the facts of a letter with the sections that stand in its text."""

    def numbered(paths: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(numbers[path] for path in paths if path in numbers)

    found = []
    for place, one in enumerate(written):
        sponsor = one.query.sponsor and replace(one.query.sponsor, picture=numbers.get(one.picture))
        found.append(replace(one.query, place=place, pins=numbered(one.pins), excluded=numbered(one.excluded), sponsor=sponsor))
    return replace(facts, placed=tuple(found))


_NAME, _WORDS = said("Joinery of the Quay"), said("Offcuts for members on Fridays.")
_LAYOUTS = (
    said("an entry each, with its leaf or picture and its first sentences"),
    said("a line each"),
    said("large, with the whole picture: for what matters most"),
)
SORTS_DO = (
    said("what earlier letters announced and was called off or moved since"),
    said("what takes place in the 45 days after"),
    said("posts published since the letter before"),
    said("contests open at that moment"),
    said("reports of events, published since the letter before"),
    said("people who took part in what is told"),
    said("corrections of earlier letters"),
    said("who supports the letter, with a label that says so"),
)

FIELDS = (
    Field("show", Choice(SORTS, SORTS_DO), "what the section shows", required=True, example="events"),
    Field("title", Text(120), "its heading; default: that of what it shows", example=said("This month")),
    Field("layout", Choice(LAYOUTS, _LAYOUTS), "how its entries stand", default="cards", example="list"),
    Field("limit", Integer(1, 60), "how many entries it has at most", default=MOST, example="6"),
    Field("ahead", Integer(1, 400), "how many days ahead of the letter it looks for events", default=AHEAD, example="30"),
    Field("since", When(moment=False), "from which day on its news are chosen; default: as for the whole letter", example="2026-04-02"),
    Field("tags", Many(Text(60, use="name")), "only what has one of these subjects", default=(), example=said("[wood, tools]")),
    Field("place", Slug(), "only what takes place there: the file name of a place", example="atelier-garonne"),
    Field(
        "pin",
        Many(Text(300, use="key")),
        "what stands first, whatever else is chosen: paths from this file",
        default=(),
        example="[../events/2026/fair.md]",
    ),
    Field("except", Many(Text(300, use="key")), "what is left out: paths from this file", default=(), example="[../events/2026/board.md]"),
    Field("name", Text(120, use="name"), "who supports the letter", example=_NAME),
    Field("link", Link(), "the address of who supports the letter", example="https://quay.example/"),
    Field("text", Text(300), "what the sponsor has to say, in a sentence or two", default="", example=_WORDS),
    Field("picture", Text(300, use="key"), "the sponsor's mark; its path from this file", example="../content/pictures/quay.png"),
    Field("picture_alt", Text(300, may_be_empty=True), "what the mark says, for those who do not see it", example=_NAME),
)  # fmt: skip

BLOCKS = Blocks("section", FIELDS, ("pin", "except", "picture"), make, put)
