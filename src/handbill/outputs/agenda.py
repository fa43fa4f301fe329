"""The hub → the agenda: what comes by month, the next months as grids, and what each year saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from handbill.hub.address import slug_of
from handbill.hub.changed import awaited
from handbill.hub.facets import Occurrence, instant
from handbill.hub.item import Item
from handbill.hub.period import midnight
from handbill.outputs.calendar_choices import calendars
from handbill.outputs.edition import Edition
from handbill.outputs.list_views import AgendaPage, MonthGrid
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import promised_years
from handbill.outputs.translated import in_other_languages, stands_elsewhere
from handbill.outputs.views import Card, Feed, Group, ListPage, To

MONTHS_AHEAD = 3

#: How far the agenda looks ahead, and how much of what was it still lists; the years have the rest.
HORIZON = timedelta(days=730)
MOST_UPCOMING = 200
MOST_PAST = 8
MOST_OTHERS = 30


def agenda(edition: Edition) -> Iterator[Sheet]:
    """Yield what comes by month, the next months as grids; and a page for each year that has seen something."""
    years = _years(edition)
    links = tuple(To(str(year), edition.local(f"{edition.at('events')}{year}/")) for year in years)
    yield Sheet(edition.at("events"), partial(_agenda_page, edition, links), (), f"list:{edition.lang}:events")
    for year in years:
        yield Sheet(f"{edition.at('events')}{year}/", partial(_year_page, edition, year, links), (), f"events:{edition.lang}:{year}")


def _agenda_page(edition: Edition, years: tuple[To, ...]) -> AgendaPage:
    hub, lang, word = edition.hub, edition.lang, edition.settings.words["events"]
    upcoming = hub.upcoming(lang=lang, before=hub.as_of + HORIZON)
    grids = tuple(_month(edition, first) for first in _months(_today(edition), MONTHS_AHEAD))
    return AgendaPage(
        page=edition.head("agenda.html", edition.say("Agenda"), edition.at("events"), word + "/", word),
        months=grids,
        upcoming=coming_by_month(edition, _most_of(upcoming), tuple(one.month for one in grids)),
        past=(Group("", edition.times(first_of_each(hub.past(lang), MOST_PAST))),),
        calendars=tuple(
            Feed(one.title, (To("iCalendar", edition.settings.absolute(one.address("calendars", "ics", edition.settings))),))
            for one in calendars(hub, edition.settings, lang, edition.say)
        ),
        today=_today(edition).isoformat(),
        years=years,
        places=_places_of(edition, upcoming),
        tags=_tags_of(edition, upcoming),
        others=others(edition, MOST_OTHERS),
    )


def _most_of(pairs: tuple[tuple[Occurrence, Item], ...]) -> list[tuple[Occurrence, Item]]:
    """Return the nearest dates, and of what only has later ones the first: a daily series must not push a fair off the page."""
    near = list(pairs[:MOST_UPCOMING])
    named = {item.id for _, item in near}
    return near + first_of_each((pair for pair in pairs[MOST_UPCOMING:] if pair[1].id not in named), None)


def _today(edition: Edition) -> date:
    """Return the day that it is where the hub lies."""
    return _day_here(edition.hub.as_of, edition)


# What comes


def coming_by_month(edition: Edition, pairs: Iterable[tuple[Occurrence, Item]], always: tuple[str, ...] = ()) -> tuple[Group, ...]:
    """Return what comes under its month; the months *always* are there, also empty.

    What has begun in an earlier month and is not over stands in the present one.
    """
    present = f"{_today(edition):%Y-%m}-01"
    months: dict[str, list[tuple[Occurrence, Item]]] = {month: [] for month in always}
    for when, item in pairs:
        months.setdefault(max(present, f"{when.begins:%Y-%m}-01"), []).append((when, item))
    return tuple(Group(month, rows(edition, months[month])) for month in sorted(months))


def rows(edition: Edition, pairs: Iterable[tuple[Occurrence, Item]]) -> tuple[Card, ...]:
    """Return one card for each, but one for all dates of a series that need no word of their own."""
    found: list[tuple[Occurrence, Item]] = []
    also: dict[str, list[Occurrence]] = {}
    for when, item in pairs:
        is_plain = item.series is not None and when.status == "confirmed" and not when.note
        if is_plain and item.id in also:
            also[item.id].append(when)
            continue
        if is_plain:
            also[item.id] = []
        found.append((when, item))
    cards = []
    for when, item in found:
        card = edition.cards.card(item, when)
        further = also.pop(item.id, []) if when.status == "confirmed" and not when.note else []
        cards.append(replace(card, also=tuple(edition.cards.when(one, item, edition.hub.as_of) for one in further)) if further else card)
    return tuple(cards)


def others(edition: Edition, limit: int) -> tuple[Group, ...]:
    """Return what comes and is in other languages alone, each item once: whoever reads this one wants to know of it too."""
    hub, lang = edition.hub, edition.lang
    coming = hub.upcoming(before=hub.as_of + HORIZON) if limit > 0 else ()
    found = first_of_each((pair for pair in coming if not pair[0].is_off and stands_elsewhere(pair[1], hub, lang)), limit)
    return tuple(in_other_languages(edition.times(found), edition.settings, lang, edition.say))


def first_of_each(pairs: Iterable[tuple[Occurrence, Item]], limit: int | None) -> list[tuple[Occurrence, Item]]:
    """Return the pairs with each item once, at the first of its times given."""
    found: list[tuple[Occurrence, Item]] = []
    seen: set[str] = set()
    for when, item in pairs:
        if item.id not in seen:
            seen.add(item.id)
            found.append((when, item))
        if limit is not None and len(found) == limit:
            break
    return found


def _places_of(edition: Edition, pairs: Iterable[tuple[Occurrence, Item]]) -> tuple[To, ...]:
    """Return the link to each place where something comes."""
    names = {item.place.slug: item.place.name for _, item in pairs if item.place and item.place.slug}
    return tuple(To(name, edition.local(f"{edition.at('places')}{slug}/")) for slug, name in sorted(names.items()))


def _tags_of(edition: Edition, pairs: Iterable[tuple[Occurrence, Item]]) -> tuple[To, ...]:
    """Return the link to each subject on which something comes."""
    slugs = {slug_of(tag) for _, item in pairs for tag in item.tags}
    return tuple(edition.cards.tag(edition.hub.tags[slug].name, edition.lang) for slug in sorted(slugs))


# The events of a year


def _years(edition: Edition) -> tuple[int, ...]:
    """Return the years in which something has taken place, and those once promised, the latest first."""
    hub, lang = edition.hub, edition.lang
    here = {when.begins.year for item in hub.listed(hub.items, lang) for when in item.occurrences if when.finishes <= hub.as_of}
    return tuple(sorted(here | promised_years(hub, "events", lang), reverse=True))


def _year_page(edition: Edition, year: int, years: tuple[To, ...]) -> ListPage:
    """Return all that took place in a year, or will, in order of time."""
    pairs = [(when, item) for when, item in edition.hub.calendar if item.lang == edition.lang and when.begins.year == year]
    months = groupby(pairs, key=lambda pair: f"{pair[0].begins:%Y-%m}-01")
    groups = tuple(Group(month, rows(edition, group)) for month, group in months)
    address, feed = f"{edition.at('events')}{year}/", edition.settings.words["events"]
    page = edition.head("list.html", f"{edition.say('Agenda')} {year}", address, None, feed)
    return ListPage(page, "event", groups, None, years)


# Months as grids


def _month(edition: Edition, first: date) -> MonthGrid:
    zone = edition.hub.zone
    start = first - timedelta(days=first.weekday())
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    begins, ends = midnight(start, zone), midnight(after + timedelta(days=7), zone)
    own = [p for p in edition.hub.calendar if p[1].lang == edition.lang]
    pairs = [p for p in own if p[0].begins < ends and p[0].finishes > begins]
    left = _left_behind(edition, own)
    weeks = []
    day = start
    while day < after:
        week = []
        for _ in range(7):
            opens, closes = midnight(day, zone), midnight(day + timedelta(days=1), zone)
            found = [p for p in pairs if p[0].begins < closes and p[0].finishes > opens] if day.month == first.month else []
            gone = left.get(day, ()) if day.month == first.month else ()
            week.append((day.isoformat(), (*edition.times(found), *gone)))
            day += timedelta(days=1)
        weeks.append(tuple(week))
    return MonthGrid(first.isoformat(), tuple(weeks))


def _left_behind(edition: Edition, pairs: Iterable[tuple[Occurrence, Item]]) -> dict[date, list[Card]]:
    """Return by day what was announced for it and takes place on another; its state is ``moved``."""
    hub = edition.hub
    found: dict[date, list[Card]] = {}
    for when, item in pairs:
        for old in awaited(when, hub.as_of, hub.zone):
            day = _day_here(instant(old, when.zone), edition)
            if day != _day_here(when.begins, edition):
                found.setdefault(day, []).append(replace(edition.cards.card(item, when), state="moved"))
    return found


def _day_here(moment: datetime, edition: Edition) -> date:
    return moment.astimezone(ZoneInfo(edition.hub.zone)).date()


def _months(today: date, count: int) -> Iterator[date]:
    for ahead in range(count):
        number = today.month - 1 + ahead
        yield date(today.year + number // 12, number % 12 + 1, 1)
