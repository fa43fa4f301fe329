"""The hub → home, lists, agenda, tags, archives and the other common pages of one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from handbill.hub.address import slug_of
from handbill.hub.facets import Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.period import midnight
from handbill.outputs.cards import Cards, tag_address
from handbill.outputs.sheet import Say, Sheet, head
from handbill.outputs.subscriptions import FORMS, HEADINGS, Subscription, calendars, feeds, promised, tags_of
from handbill.outputs.views import (
    AgendaPage,
    Card,
    Feed,
    FeedsPage,
    Group,
    HomePage,
    ListPage,
    MonthGrid,
    Page,
    Pager,
    PlainPage,
    TagsPage,
    To,
)  # fmt: skip
from handbill.settings import Settings

#: Makes the cards of some items.
Show = Callable[[Iterable[Item]], tuple[Card, ...]]

ON_A_PAGE = 12
ON_HOME = 6
MONTHS_AHEAD = 3

#: How far the agenda looks ahead, and how much of what was it still lists; the archives have the rest.
HORIZON = timedelta(days=730)
MOST_UPCOMING = 200
MOST_PAST = 60


def lists(hub: Hub, settings: Settings, lang: str, cards: Cards, say: Say) -> Iterator[Sheet]:
    """Yield every page of a language that belongs to no single item."""
    maker = _Lists(hub, settings, lang, cards, say)
    yield maker.home()
    yield from maker.posts()
    yield maker.agenda()
    yield maker.contests()
    yield maker.letters()
    yield maker.people()
    yield maker.tags()
    yield from maker.each_tag()
    yield from maker.years()
    yield maker.feeds()
    yield maker.search()


class _Lists:
    """The lists of one language."""

    def __init__(self, hub: Hub, settings: Settings, lang: str, cards: Cards, say: Say) -> None:
        self._hub, self._settings, self._lang, self._cards, self._say = hub, settings, lang, cards, say
        self._home = settings.home(lang)
        self._posts = hub.of_kind("post", lang)
        self._archived = tuple(i for i in hub.dated(lang) if i.kind != "issue")
        here = {item.published.year for item in self._archived if item.published}
        self._years = sorted(here | {int(name) for name in promised(hub, "year", lang) if name.isdigit()}, reverse=True)

    def _word(self, plural: str) -> str:
        return f"{self._home}{self._settings.words[plural]}/"

    def _head(
        self,
        template: str,
        title: str,
        address: str,
        where: str | None,
        feed: str = "all",
        feed_title: str = "",
        *,
        is_indexed: bool = True,
    ) -> Page:
        """Return the head of a list.

        *where* is the part of its address that all languages share, ``None``
        for a list that other languages may not have.
        """
        alternates: tuple[To, ...] = ()
        if where is not None and len(self._settings.languages) > 1:
            alternates = tuple(To(one, self._settings.absolute(self._settings.home(one) + where)) for one in self._settings.languages)
        found = To(feed_title or self._settings.name, self._settings.local(f"{self._home}feeds/{feed}.atom.xml"))
        return head(self._settings, template, self._lang, title, address, alternates=alternates, feeds=(found,), is_indexed=is_indexed)

    def _all(self, items: Iterable[Item]) -> tuple[Card, ...]:
        return tuple(self._cards.card(item) for item in items)

    def _times(self, pairs: Iterable[tuple[Occurrence, Item]]) -> tuple[Card, ...]:
        return tuple(self._cards.card(item, when) for when, item in pairs)

    def home(self) -> Sheet:
        """Return the page that says what is on, what is new, and what one can do."""
        return Sheet(self._home, self._home_page, ("hub.toml",), f"list:{self._lang}:home")

    def _home_page(self) -> HomePage:
        upcoming = self._hub.upcoming(lang=self._lang)
        letters = self._hub.of_kind("issue", self._lang)
        return HomePage(
            page=self._head("home.html", self._settings.name, self._home, ""),
            upcoming=self._times(_first_of_each(upcoming, ON_HOME)),
            open=self._all(self._hub.open(self._lang)),
            posts=self._all(self._posts[:ON_HOME]),
            letter=self._cards.card(letters[0]) if letters else None,
            tags=tuple(self._tag_links()),
        )

    def _tag_links(self) -> Iterator[To]:
        for slug in tags_of(self._hub, self._lang):
            if slug in self._hub.tags and self._hub.tagged(slug, self._lang):
                yield To(self._hub.tags[slug].name, self._settings.local(tag_address(slug, self._lang, self._settings)))

    def _year_links(self) -> tuple[To, ...]:
        return tuple(To(str(year), self._settings.local(f"{self._word('archives')}{year}/")) for year in self._years)

    def posts(self) -> Iterator[Sheet]:
        """Yield the list of posts, in pages."""
        word = self._settings.words["posts"]
        yield from self._paged(
            "post",
            self._say(HEADINGS["posts"]),
            self._word("posts"),
            self._posts,
            word,
            f"list:{self._lang}:posts",
            word + "/",
            self._year_links(),
        )

    def letters(self) -> Sheet:
        """Return the archive of letters, by year."""
        return Sheet(self._word("newsletters"), self._letters_page, (), f"list:{self._lang}:newsletters")

    def _letters_page(self) -> ListPage:
        letters = self._hub.of_kind("issue", self._lang)
        groups = _by_year(letters, self._all)
        page = self._head(
            "list.html",
            self._say(HEADINGS["newsletters"]),
            self._word("newsletters"),
            self._settings.words["newsletters"] + "/",
            self._settings.words["newsletters"],
        )
        return ListPage(page, "issue", groups, None, ())

    def _paged(
        self, kind: str, title: str, address: str, items: Sequence[Item], feed: str, promise: str, where: str | None = None,
        years: tuple[To, ...] = (), feed_title: str = "",
    ) -> Iterator[Sheet]:  # fmt: skip
        """Yield a long list in pages; only the first one's address is promised, the others begin elsewhere with every post."""
        count = max(1, -(-len(items) // ON_A_PAGE))

        def at(number: int) -> str:
            return address if number == 1 else f"{address}page/{number}/"

        def view(number: int) -> ListPage:
            shown = items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
            pager = Pager(
                number, count,
                self._settings.local(at(number - 1)) if number > 1 else "",
                self._settings.local(at(number + 1)) if number < count else "",
            ) if count > 1 else None  # fmt: skip
            page = self._head("list.html", title, at(number), where if number == 1 else None, feed, feed_title)
            return ListPage(page, kind, (Group("", self._all(shown)),), pager, years)

        for number in range(1, count + 1):
            yield Sheet(at(number), partial(view, number), (), promise if number == 1 else "")

    def agenda(self) -> Sheet:
        """Return the calendar: months as grids, what comes as a list, what was."""
        return Sheet(self._word("events"), self._agenda_page, (), f"list:{self._lang}:events")

    def _agenda_page(self) -> AgendaPage:
        upcoming = [pair for pair in self._hub.upcoming(lang=self._lang) if pair[0].begins < self._hub.as_of + HORIZON]
        zone = midnight(self._hub.as_of.date(), self._hub.zone).tzinfo
        today = self._hub.as_of.astimezone(zone).date()
        coming = _first_of_each(upcoming, MOST_UPCOMING, each_month=True)
        past = _first_of_each(self._hub.past(self._lang), MOST_PAST)
        return AgendaPage(
            page=self._head(
                "agenda.html",
                self._say("Agenda"),
                self._word("events"),
                self._settings.words["events"] + "/",
                self._settings.words["events"],
            ),
            months=tuple(self._month(first) for first in _months(today, MONTHS_AHEAD)),
            upcoming=tuple(Group(month, self._times(pairs)) for month, pairs in _by_month(coming)),
            past=tuple(Group(month, self._times(pairs)) for month, pairs in _by_month(past)),
            calendars=tuple(
                self._feed(one, "calendars", (("iCalendar", "ics"),)) for one in calendars(self._hub, self._settings, self._lang, self._say)
            ),
            today=today.isoformat(),
        )

    def _month(self, first: date) -> MonthGrid:
        start = first - timedelta(days=first.weekday())
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        begins, ends = midnight(start, self._hub.zone), midnight(after + timedelta(days=7), self._hub.zone)
        pairs = [p for p in self._hub.calendar if p[1].lang == self._lang and p[0].begins < ends and p[0].finishes > begins]
        weeks = []
        day = start
        while day < after:
            week = []
            for _ in range(7):
                opens, closes = midnight(day, self._hub.zone), midnight(day + timedelta(days=1), self._hub.zone)
                found = [p for p in pairs if p[0].begins < closes and p[0].finishes > opens] if day.month == first.month else []
                week.append((day.isoformat(), self._times(found)))
                day += timedelta(days=1)
            weeks.append(tuple(week))
        return MonthGrid(first.isoformat(), tuple(weeks))

    def contests(self) -> Sheet:
        """Return the contests: open ones first, then those to come, then the others."""
        return Sheet(self._word("contests"), self._contests_page, (), f"list:{self._lang}:contests")

    def _contests_page(self) -> ListPage:
        found = self._hub.of_kind("contest", self._lang)
        by_state = {
            state: [i for i in found if self._hub.state(i) == state] for state in ("open", "announced", "closed", "drawn", "cancelled")
        }
        by_state["open"] = list(self._hub.open(self._lang))
        titles = {"open": "Open now", "announced": "Coming soon", "closed": "Results to come", "drawn": "Results", "cancelled": "Cancelled"}
        groups = tuple(Group(self._say(titles[state]), self._all(items)) for state, items in by_state.items() if items)
        page = self._head(
            "list.html",
            self._say(HEADINGS["contests"]),
            self._word("contests"),
            self._settings.words["contests"] + "/",
            self._settings.words["contests"],
        )
        return ListPage(page, "contest", groups, None, ())

    def people(self) -> Sheet:
        """Return the people, by name."""
        return Sheet(self._word("people"), self._people_page, (), f"list:{self._lang}:people")

    def _people_page(self) -> ListPage:
        found = sorted(self._hub.of_kind("person", self._lang), key=lambda item: (slug_of(item.title), item.id))
        page = self._head("list.html", self._say(HEADINGS["people"]), self._word("people"), self._settings.words["people"] + "/")
        return ListPage(page, "person", (Group("", self._all(found)),), None, ())

    def tags(self) -> Sheet:
        """Return all subjects, with the number of items of each."""
        return Sheet(self._word("tags"), self._tags_page, (), f"list:{self._lang}:tags")

    def _tags_page(self) -> TagsPage:
        counted = tuple((link, len(self._hub.tagged(link.address.rstrip("/").rsplit("/", 1)[1], self._lang))) for link in self._tag_links())
        page = self._head("tags.html", self._say("Tags"), self._word("tags"), self._settings.words["tags"] + "/")
        return TagsPage(page, counted)

    def each_tag(self) -> Iterator[Sheet]:
        """Yield the pages of each tag, also of one that nobody uses any more but that was promised."""
        for slug in tags_of(self._hub, self._lang):
            name = self._hub.tags[slug].name if slug in self._hub.tags else slug
            yield from self._paged(
                "tag", name, tag_address(slug, self._lang, self._settings), self._hub.tagged(slug, self._lang),
                f"{self._settings.words['tags']}/{slug}", f"tag:{self._lang}:{slug}", feed_title=f"{self._settings.name} – {name}",
            )  # fmt: skip

    def years(self) -> Iterator[Sheet]:
        """Yield the archive of each year, by month, and the list of years."""
        for year in self._years:
            address = f"{self._word('archives')}{year}/"
            title = f"{self._say('Archives')} {year}"
            yield Sheet(address, partial(self._year_page, year, title, address, None), (), f"year:{self._lang}:{year}")
        address, where = self._word("archives"), self._settings.words["archives"] + "/"
        newest = self._years[0] if self._years else None
        latest = partial(self._year_page, newest, self._say("Archives"), address, where)
        yield Sheet(address, latest, (), f"list:{self._lang}:archives")

    def _year_page(self, year: int | None, title: str, address: str, where: str | None) -> ListPage:
        page = self._head("list.html", title, address, where)
        items = [i for i in self._archived if i.published and i.published.year == year]
        return ListPage(page, "year", _by_publication_month(items, self._all), None, self._year_links())

    def feeds(self) -> Sheet:
        """Return the page that explains feeds and calendars, and lists them."""
        return Sheet(f"{self._home}feeds/", self._feeds_page, (), f"list:{self._lang}:feeds")

    def _feeds_page(self) -> FeedsPage:
        return FeedsPage(
            page=self._head("feeds.html", self._say("Feeds and calendars"), f"{self._home}feeds/", "feeds/"),
            feeds=tuple(self._feed(one, "feeds", FORMS) for one in feeds(self._hub, self._settings, self._lang, self._say)),
            calendars=tuple(
                self._feed(one, "calendars", (("iCalendar", "ics"),)) for one in calendars(self._hub, self._settings, self._lang, self._say)
            ),
            opml=self._settings.absolute(f"{self._home}feeds/hub.opml"),
        )

    def _feed(self, one: Subscription, folder: str, forms: Sequence[tuple[str, str]]) -> Feed:
        # People copy these addresses into other programs, so they carry the whole origin.
        return Feed(
            one.title, tuple(To(name, self._settings.absolute(one.address(folder, ending, self._settings))) for name, ending in forms)
        )

    def search(self) -> Sheet:
        """Return the page with the search box."""
        page = self._head("search.html", self._say("Search"), f"{self._home}search/", "search/", is_indexed=False)
        return Sheet(f"{self._home}search/", partial(PlainPage, page), (), f"list:{self._lang}:search")


def _first_of_each(
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


def _by_year(items: Sequence[Item], show: Show) -> tuple[Group, ...]:
    years = groupby(items, key=lambda item: item.published.year if item.published else 0)
    return tuple(Group(str(year), show(group)) for year, group in years)


def _by_publication_month(items: Sequence[Item], show: Show) -> tuple[Group, ...]:
    months = groupby(items, key=lambda item: f"{item.published:%Y-%m}-01")
    return tuple(Group(month, show(group)) for month, group in months)
