"""The view records of the agenda, of places and of years; what they are made of stands in :mod:`handbill.outputs.views`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handbill.outputs.views import Card, Feed, Group, ListPage, Page, To


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month as a table: ``month`` is its first day; each week holds seven (ISO day, cards) pairs."""

    month: str
    weeks: tuple[tuple[tuple[str, tuple[Card, ...]], ...], ...]


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """What takes place: by month, the next ones with a grid each, and the latest of what is past.

    ``upcoming`` has a group for each month with a grid, also for an empty one.
    ``others`` come too, and are in other languages alone.
    ``years`` lead to all events of a year, ``places`` and ``tags`` to those of
    a place or subject.
    """

    page: Page
    months: tuple[MonthGrid, ...]
    upcoming: tuple[Group, ...]
    past: tuple[Group, ...]
    calendars: tuple[Feed, ...]
    today: str
    years: tuple[To, ...] = ()
    places: tuple[To, ...] = ()
    tags: tuple[To, ...] = ()
    others: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a list: its address on one line, how many dates are to come there, and ``venue`` as an event's facts have it."""

    to: To
    street: str
    count: int
    venue: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place: how one gets there, and what takes place and took place in it; ``venue`` as an event's facts have it.

    ``above`` are the places that it is a part of, from the nearest one up, and
    ``parts`` its own.  The rest is there for a place that has a file: ``card``
    is that of its item, which may be in another language than the page.
    """

    page: Page
    venue: dict[str, Any]
    upcoming: tuple[Group, ...]
    past: tuple[Card, ...]
    calendar: str
    above: tuple[To, ...] = ()
    parts: tuple[PlaceRow, ...] = ()
    card: Card | None = None
    body: str = ""
    edit: str = ""
    history: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the search knows of it, as of an item."""
        return {"venue": self.venue}


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """All places, each part below what it is a part of."""

    page: Page
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class YearsPage:
    """The archives: each year with the number of items, and its months (ISO day, address, number)."""

    page: Page
    years: tuple[tuple[To, int, tuple[tuple[str, str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class LettersPage(ListPage):
    """The archive of letters, or of one of several.

    ``about`` is what the community says of it, in ``about_lang`` where that is
    not the page's language.
    """

    about: str = ""
    about_lang: str = ""
