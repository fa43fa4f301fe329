"""One language's edition of the hub: what every list in it is made with."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from handbill.hub.facets import Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.cards import Cards
from handbill.outputs.sheet import Say, Sheet, head
from handbill.outputs.subscriptions import HEADINGS
from handbill.outputs.views import Card, Group, ListPage, Page, Pager, To
from handbill.settings import Settings

ON_A_PAGE = 12


@dataclass(frozen=True, eq=False)
class Edition:
    """The hub in one language, with its settings, its cards and its words.

    ``addresses`` are those of all pages in all languages, once these are known.
    """

    hub: Hub
    settings: Settings
    lang: str
    cards: Cards
    say: Say
    addresses: Container[str] = frozenset()

    @property
    def home(self) -> str:
        """Return the address of the front page."""
        return self.settings.home(self.lang)

    def at(self, plural: str) -> str:
        """Return the address of a list, such as ``/en/events/``."""
        return f"{self.home}{self.settings.words[plural]}/"

    def local(self, address: str) -> str:
        """Return an address as pages link to it."""
        return self.settings.local(address)

    def shown(self, items: Iterable[Item]) -> tuple[Card, ...]:
        """Return the cards of some items."""
        return tuple(self.cards.card(item) for item in items)

    def times(self, pairs: Iterable[tuple[Occurrence, Item]]) -> tuple[Card, ...]:
        """Return the cards of some items, each at one of its times."""
        return tuple(self.cards.card(item, when) for when, item in pairs)

    def head(
        self,
        template: str,
        title: str,
        address: str,
        where: str | None,
        feed: str = "all",
        feed_title: str = "",
        *,
        is_indexed: bool = True,
        is_first: bool = True,
    ) -> Page:
        """Return the head of a list.

        *where* is the part of its address that all languages share, ``None``
        for a list that other languages may not have.  A page of a long list that
        is not the first has none like it in other languages.
        """
        settings = self.settings
        alternates = self._alternates(address, where) if is_first else ()
        found = To(feed_title or self._feed_title(feed), settings.local(f"{self.home}feeds/{feed}.atom.xml"))
        return head(
            settings, template, self.lang, title, address,
            alternates=alternates, feeds=(found,), is_indexed=is_indexed,
        )  # fmt: skip

    def _feed_title(self, feed: str) -> str:
        """Return what the feed of all or of a kind calls itself: a page offers it beside another."""
        plural = next((plural for plural in HEADINGS if self.settings.words.get(plural) == feed), "")
        return f"{self.settings.name} – {self.say(HEADINGS[plural])}" if plural else self.settings.name

    def _alternates(self, address: str, where: str | None) -> tuple[To, ...]:
        """Return the same list in every language that has it; none where this one alone has."""
        settings = self.settings
        rest = address.removeprefix(self.home) if where is None else where
        there = {one: settings.home(one) + rest for one in settings.languages}
        found = tuple(
            To(one, settings.absolute(at)) for one, at in there.items() if where is not None or at == address or at in self.addresses
        )
        return found if len(found) > 1 else ()

    def paged(
        self,
        kind: str,
        title: str,
        address: str,
        items: Sequence[Item],
        feed: str,
        promise: str,
        where: str | None = None,
        years: tuple[To, ...] = (),
        feed_title: str = "",
        ahead: Callable[[], tuple[Group, ...]] = tuple,
        calendar: str = "",
    ) -> Iterator[Sheet]:
        """Yield a long list in pages, by year; only the first one's address is promised, the others begin elsewhere with every post.

        The first page begins with the groups *ahead*, and does not show their items again.
        """
        count = max(1, -(-len(items) // ON_A_PAGE))

        def at(number: int) -> str:
            return address if number == 1 else f"{address}page/{number}/"

        def view(number: int) -> ListPage:
            first = ahead() if number == 1 else ()
            taken = {card.address for group in first for card in group.cards}
            shown = [item for item in items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE] if self.local(item.address) not in taken]
            by_year = groupby(shown, key=lambda item: str(item.published.year) if item.published else "")
            groups = (*first, *(Group(year, self.shown(group)) for year, group in by_year))
            pager = Pager(
                number, count,
                self.local(at(number - 1)) if number > 1 else "",
                self.local(at(number + 1)) if number < count else "",
            ) if count > 1 else None  # fmt: skip
            page = self.head("list.html", title, at(number), where, feed, feed_title, is_first=number == 1)
            return ListPage(page, kind, groups, pager, years, calendar)

        for number in range(1, count + 1):
            yield Sheet(at(number), partial(view, number), (), promise if number == 1 else "")
