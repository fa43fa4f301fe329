"""The hub → the agenda: months as grids, what comes as a list, and what was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item
from handbill.hub.period import midnight
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import calendars
from handbill.outputs.views import AgendaPage, Feed, Group, MonthGrid, To

MONTHS_AHEAD = 3

#: How far the agenda looks ahead, and how much of what was it still lists; the archives have the rest.
HORIZON = timedelta(days=730)
MOST_UPCOMING = 200
MOST_PAST = 60


def agenda(edition: Edition) -> Iterator[Sheet]:
    """Yield the calendar: months as grids, what comes as a list, what was."""
    yield Sheet(edition.at("events"), partial(_agenda_page, edition), (), f"list:{edition.lang}:events")


def _agenda_page(edition: Edition) -> AgendaPage:
    hub, lang, word = edition.hub, edition.lang, edition.settings.words["events"]
    upcoming = [pair for pair in hub.upcoming(lang=lang) if pair[0].begins < hub.as_of + HORIZON]
    today = hub.as_of.astimezone(midnight(hub.as_of.date(), hub.zone).tzinfo).date()
    coming = first_of_each(upcoming, MOST_UPCOMING, each_month=True)
    past = first_of_each(hub.past(lang), MOST_PAST)
    return AgendaPage(
        page=edition.head("agenda.html", edition.say("Agenda"), edition.at("events"), word + "/", word),
        months=tuple(_month(edition, first) for first in _months(today, MONTHS_AHEAD)),
        upcoming=tuple(Group(month, edition.times(pairs)) for month, pairs in _by_month(coming)),
        past=tuple(Group(month, edition.times(pairs)) for month, pairs in _by_month(past)),
        calendars=tuple(
            Feed(one.title, (To("iCalendar", edition.settings.absolute(one.address("calendars", "ics", edition.settings))),))
            for one in calendars(hub, edition.settings, lang, edition.say)
        ),
        today=today.isoformat(),
    )


def _month(edition: Edition, first: date) -> MonthGrid:
    zone = edition.hub.zone
    start = first - timedelta(days=first.weekday())
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    begins, ends = midnight(start, zone), midnight(after + timedelta(days=7), zone)
    pairs = [p for p in edition.hub.calendar if p[1].lang == edition.lang and p[0].begins < ends and p[0].finishes > begins]
    weeks = []
    day = start
    while day < after:
        week = []
        for _ in range(7):
            opens, closes = midnight(day, zone), midnight(day + timedelta(days=1), zone)
            found = [p for p in pairs if p[0].begins < closes and p[0].finishes > opens] if day.month == first.month else []
            week.append((day.isoformat(), edition.times(found)))
            day += timedelta(days=1)
        weeks.append(tuple(week))
    return MonthGrid(first.isoformat(), tuple(weeks))


def first_of_each(
    pairs: Iterable[tuple[Occurrence, Item]], limit: int | None, *, each_month: bool = False
) -> list[tuple[Occurrence, Item]]:
    """Return the pairs with each item once, at the first of its times given; or once in each month."""
    found: list[tuple[Occurrence, Item]] = []
    seen: set[tuple[str, ...]] = set()
    for when, item in pairs:
        key = (item.id, f"{when.begins:%Y-%m}") if each_month else (item.id,)
        if item.series is None or key not in seen:
            seen.add(key)
            found.append((when, item))
        if limit is not None and len(found) == limit:
            break
    return found


def _by_month(pairs: Iterable[tuple[Occurrence, Item]]) -> Iterator[tuple[str, list[tuple[Occurrence, Item]]]]:
    for month, group in groupby(pairs, key=lambda pair: f"{pair[0].begins:%Y-%m}-01"):
        yield month, list(group)


def _months(today: date, count: int) -> Iterator[date]:
    for ahead in range(count):
        number = today.month - 1 + ahead
        yield date(today.year + number // 12, number % 12 + 1, 1)
