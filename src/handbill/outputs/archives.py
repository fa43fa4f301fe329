"""The hub → its archives: what was published in each year, by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby

from handbill.hub.item import Item
from handbill.outputs.edition import Edition
from handbill.outputs.list_views import YearsPage
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import promised_years
from handbill.outputs.views import Group, ListPage, To


def archives(edition: Edition) -> Iterator[Sheet]:
    """Yield the archive of each year, and the overview of all years."""
    years = _years(edition)
    links = tuple(_link(edition, year) for year in years)
    for year, items in years.items():
        address = f"{edition.at('archives')}{year}/"
        yield Sheet(address, partial(_year, edition, year, items, links), (), f"year:{edition.lang}:{year}")
    yield Sheet(edition.at("archives"), partial(_overview, edition, years), (), f"list:{edition.lang}:archives")


def year_links(edition: Edition) -> tuple[To, ...]:
    """Return the link to the archive of each year, the latest first."""
    return tuple(_link(edition, year) for year in _years(edition))


def _years(edition: Edition) -> Mapping[int, tuple[Item, ...]]:
    """Return what was published in each year, and nothing for those once promised, the latest first."""
    return edition.hub.once(("years", edition.lang), lambda: _years_of(edition))


def _years_of(edition: Edition) -> Mapping[int, tuple[Item, ...]]:
    found: dict[int, list[Item]] = {year: [] for year in promised_years(edition.hub, "year", edition.lang)}
    for item in edition.hub.dated(edition.lang):
        if item.kind != "issue" and item.published:
            found.setdefault(item.published.year, []).append(item)
    return {year: tuple(found[year]) for year in sorted(found, reverse=True)}


def _link(edition: Edition, year: int) -> To:
    return To(str(year), edition.local(f"{edition.at('archives')}{year}/"))


def _overview(edition: Edition, years: Mapping[int, tuple[Item, ...]]) -> YearsPage:
    page = edition.head("archives.html", edition.say("Archives"), edition.at("archives"), edition.settings.words["archives"] + "/")
    rows = []
    for year, items in years.items():
        to = _link(edition, year)
        months = tuple((month, f"{to.address}#{month[:7]}", len(tuple(group))) for month, group in _by_month(items))
        rows.append((to, len(items), months))
    return YearsPage(page, tuple(rows))


def _year(edition: Edition, year: int, items: tuple[Item, ...], years: tuple[To, ...]) -> ListPage:
    page = edition.head("list.html", f"{edition.say('Archives')} {year}", f"{edition.at('archives')}{year}/", None)
    return ListPage(page, "year", tuple(Group(month, edition.shown(group)) for month, group in _by_month(items)), None, years)


def _by_month(items: tuple[Item, ...]) -> Iterator[tuple[str, Iterator[Item]]]:
    return groupby(items, key=lambda item: f"{item.published:%Y-%m}-01")
