"""Questions to a person: what is asked about a field, and what the hub can propose as an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handbill.authoring.answers import Values, field_named
from handbill.hub.address import slug_of
from handbill.hub.facets import Place
from handbill.hub.fields import Choice, Group, Many
from handbill.hub.hub import Hub
from handbill.hub.kind import Kind
from handbill.hub.sample import sample
from handbill.hub.written import Value, written
from handbill.telling import tell


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one field, in the language of the person.

    ``words`` pairs each word of a closed list with what it means, ``known``
    names what the hub has of that sort, and an empty answer takes ``default``.
    """

    name: str
    does: str
    example: str
    default: str = ""
    words: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()


#: Puts a question to a person and returns the answer, which may be empty.
Ask = Callable[[Question], str]


class Known:
    """What the hub can propose: its people, its places, the next number of a letter."""

    def __init__(self, hub: Hub) -> None:
        """Take the hub with its drafts."""
        self._items = (*hub.items, *hub.hidden)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Return how texts call the people of the hub."""
        return tuple(sorted({one.slug for one in self._items if one.kind == "person"}))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Return how events call the places of the registry."""
        return tuple(sorted({one.slug for one in self._items if one.kind == "place"}))

    @cached_property
    def venues(self) -> Mapping[str, Values]:
        """Return where events of the hub take place, the most usual first.

        A place of the registry stands under its file name, which is all that an
        event needs to say; another under its name, as it was written last.
        """
        found: dict[str, Values] = {}
        placed = [(one.place, one) for one in self._items if one.place and one.occurrences]
        usual = Counter(place.key or place.name for place, _ in placed)
        placed.sort(key=lambda pair: (usual[pair[0].key or pair[0].name], str(pair[1].published or ""), pair[1].source), reverse=True)
        for place, _ in placed:
            found.setdefault(place.key or place.name, {"place": place.key} if place.key else _written_out(place))
        return found | {slug: {"place": slug} for slug in self.places if slug not in found}

    def complete(self, values: Values) -> None:
        """Put what the hub knows of a place in the stead of its mere name."""
        venue = values.get("venue")
        if isinstance(venue, Mapping) and set(venue) == {"name"}:
            name = str(venue["name"])
            slug = self._registered.get(slug_of(name))
            same = (dict(one) for known, one in self.venues.items() if known.casefold() == name.casefold())
            values["venue"] = {"place": slug} if slug else next(same, venue)

    @cached_property
    def _registered(self) -> Mapping[str, str]:
        """Return the places of the registry by all that people call them."""
        places = [one for one in self._items if one.kind == "place"]
        return {slug_of(one.title): one.slug for one in places} | {one.slug: one.slug for one in places}

    def next_number(self, letter: str) -> int:
        """Return the first number after all of that letter."""
        return max((one.facts.number for one in self._items if one.kind == "issue" and one.facts.letter == letter), default=0) + 1

    def last_of(self, letter: str) -> date:
        """Return the day of the last number of a letter; the first of all days where there is none."""
        days = [one.published.date() for one in self._items if one.kind == "issue" and one.facts.letter == letter and one.published]
        return max(days, default=date.min)

    def question(self, kind: Kind, name: str, values: Mapping[str, Value], lang: str, default: str = "") -> Question:
        """Return what to ask about a field."""
        one = field_named(kind.all_fields, name)
        inner = one.type.of if isinstance(one.type, Many) else one.type
        words = (
            tuple((word, tell(does, lang)) for word, does in zip(inner.words, inner.does, strict=False))
            if isinstance(inner, Choice)
            else ()
        )
        shown = sample(one, lambda text: tell(text, lang))
        if isinstance(inner, Group):
            # A group is asked for by its first key: a venue by its name, prizes by theirs.
            first = shown[0] if isinstance(shown, tuple) else shown
            shown = next(iter(first.values())) if isinstance(first, Mapping) else first
        example = (
            ", ".join(str(part) for part in shown) if isinstance(shown, tuple) else written(shown) if isinstance(shown, Mapping) else shown
        )
        return Question(name, tell(one.does, lang), example, default or self._default(kind, name, values), words, self._known(name))

    def _known(self, name: str) -> tuple[str, ...]:
        if name in ("authors", "organisers", "speakers"):
            return self.people
        if name == "part_of":
            return self.places
        return tuple(self.venues) if name == "venue" else ()

    def _default(self, kind: Kind, name: str, values: Mapping[str, Value]) -> str:
        if name == "number":
            return str(self.next_number(str(values.get("letter") or "main")))
        if name == "venue":
            return next(iter(self.venues), "")
        if name == "organiser" and kind.name == "contest":
            own = [one for one in self._items if one.kind == "contest" and one.published]
            return str(max(own, key=lambda one: (one.published, one.source)).facts.organiser) if own else ""
        default = next((one.default for one in kind.all_fields if one.name == name), None)
        return default if isinstance(default, str) else ""


def _written_out(place: Place) -> Values:
    """Return a place that no file describes as an event has it."""
    keys = ("name", "street", "postcode", "city", "country", "latitude", "longitude", "access", "transport", "contact")
    values: Values = {key: str(value) for key in keys if (value := getattr(place, key)) not in (None, "")}
    return values | ({"accessibility": dict(place.accessibility)} if place.accessibility else {})
