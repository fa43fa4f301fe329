"""The hub → its archives: what was published in each year, by month."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from handbill.hub.item import Item
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subscriptions import promised
from handbill.outputs.views import Group, ListPage, To


def archives(edition: Edition) -> Iterator[Sheet]:
    """Yield the archive of each year, and the list of years, which shows the latest."""
    years = years_of(edition)
    for year in years:
        address = f"{edition.at('archives')}{year}/"
        title = f"{edition.say('Archives')} {year}"
        yield Sheet(address, partial(_year, edition, year, title, address, None), (), f"year:{edition.lang}:{year}")
    address, where = edition.at("archives"), edition.settings.words["archives"] + "/"
    latest = partial(_year, edition, years[0] if years else None, edition.say("Archives"), address, where)
    yield Sheet(address, latest, (), f"list:{edition.lang}:archives")


def years_of(edition: Edition) -> tuple[int, ...]:
    """Return the years in which something was published, and those once promised, the latest first."""
    here = {item.published.year for item in _archived(edition) if item.published}
    return tuple(sorted(here | {int(name) for name in promised(edition.hub, "year", edition.lang) if name.isdigit()}, reverse=True))


def year_links(edition: Edition) -> tuple[To, ...]:
    """Return the link to the archive of each year."""
    return tuple(To(str(year), edition.local(f"{edition.at('archives')}{year}/")) for year in years_of(edition))


def _archived(edition: Edition) -> tuple[Item, ...]:
    return tuple(item for item in edition.hub.dated(edition.lang) if item.kind != "issue")


def _year(edition: Edition, year: int | None, title: str, address: str, where: str | None) -> ListPage:
    items = [item for item in _archived(edition) if item.published and item.published.year == year]
    months = groupby(items, key=lambda item: f"{item.published:%Y-%m}-01")
    groups = tuple(Group(month, edition.shown(group)) for month, group in months)
    return ListPage(edition.head("list.html", title, address, where), "year", groups, None, year_links(edition))
