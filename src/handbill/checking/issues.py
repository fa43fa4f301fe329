"""Numbers of a letter: what is out of order in them, is shown by none of their sections, or was forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from handbill.checking.pointing import at, by_address
from handbill.errors import Level, Problem, Said, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item

_NO_TEXT = said("something that is no text of the hub"), said("the path of an event, a post, a contest or a person")


def check_issues(hub: Hub) -> Iterator[Problem]:
    """Yield a warning for what an editor did not mean, and a note for each section that shows nothing in a letter to come."""
    letters = [one for one in (*hub.items, *hub.hidden) if hasattr(one.facts, "queries") and one.published]
    yield from _order(letters)
    for item in letters:
        if item.id not in hub.frozen:
            yield from _pins(item, hub)
            yield from _forgotten(item, hub)
            yield from _empty(item, hub)


def _order(letters: list[Item]) -> Iterator[Problem]:
    """Yield a warning where numbers fall back while time goes on."""
    chains: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in letters:
        chains[item.facts.letter, item.lang].append(item)
    for chain in chains.values():
        for earlier, later in pairwise(sorted(chain, key=lambda one: (one.published, one.facts.number))):
            if later.facts.number < earlier.facts.number:
                found = said(
                    "number {number} on {day}, after number {other} on {earlier} ({source})",
                    number=later.facts.number,
                    day=_day(later),
                    other=earlier.facts.number,
                    earlier=_day(earlier),
                    source=earlier.source,
                )
                yield at(later, "number", found, said("numbers that rise with the dates"), "HB265", Level.WARNING)


def _pins(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield a warning for each path under ``pin`` that the letter will not show, or not as it should."""
    for query in item.facts.placed:
        for number in query.pins:
            address = item.body.links[number].partition("#")[0]
            if not address:
                # It leads to no file at all, which is told of any link (HB301).
                continue
            other = by_address(hub).get(address)
            trouble = _trouble(item, other) if other else _NO_TEXT
            # Of what waits, a letter that is out already is told as of any link (HB503).
            if trouble and not (other in hub.hidden and item in hub.items):
                found, wanted = trouble
                yield at(item, f"section[{query.place}]", found, wanted, "HB266", Level.WARNING, named="pin")


def _trouble(item: Item, other: Item) -> tuple[Said, Said] | None:
    assert item.published is not None
    if other.is_draft:
        return said("{source}, a draft, which the letter leaves out", source=other.source), said("it finished, or no such line")
    if other.published and other.published > item.published:
        found = said(
            "{source}, which appears on {moment}, after the letter",
            source=other.source,
            moment=f"{other.published:%Y-%m-%d %H:%M}",
        )
        return found, said("a date before {moment} in that file, or no such line", moment=f"{item.published:%Y-%m-%d %H:%M}")
    if other.lang != item.lang:
        found = said("{source}, which is in the language “{lang}”", source=other.source, lang=other.lang)
        return found, said("the text in the language of the letter, “{lang}”", lang=item.lang)
    return None


def _forgotten(item: Item, hub: Hub) -> Iterator[Problem]:
    if item.is_draft and item.published and item.published < hub.as_of:
        found = said("{moment}, which is past, and the letter is a draft still", moment=f"{item.published:%Y-%m-%d %H:%M}")
        yield at(item, "date", found, said("a date to come, or no line draft"), "HB268", Level.WARNING)


def _empty(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield a note for each section that stands in the text of a letter to come and would show nothing."""
    assert item.published is not None
    if item.published <= hub.as_of or not item.facts.placed:
        return
    # Most letters are sent already, and for those nothing of this need be loaded.
    from handbill.outputs.unsent import as_sent, empty_queries

    for query in empty_queries(item, as_sent(item, hub)):
        found = said("a section of {sort} that shows nothing so far, and would not appear", sort=query.show)
        yield at(item, f"section[{query.place}]", found, said("something to show until {day}, or no such section", day=_day(item)),
                 "HB267", Level.NOTE, named="")  # fmt: skip


def _day(item: Item) -> str:
    return item.published.date().isoformat() if item.published else ""
