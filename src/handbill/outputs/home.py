"""The hub → the front page: what is on, what is new, and what one can do."""

from __future__ import annotations

from functools import partial

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item
from handbill.outputs.agenda import first_of_each, others
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subjects import links
from handbill.outputs.views import HomePage

ON_HOME = 6

#: How many contests, and how many dates that are called off, the front page has room for.
MOST_OPEN = 3
MOST_OFF = 2

#: Up to how many dates of this and of other languages the front page shows.
MOST_OTHERS = 5


def home(edition: Edition) -> Sheet:
    """Return the page that says what is on, what is new, and what one can do."""
    return Sheet(edition.home, partial(_home_page, edition), ("hub.toml",), f"list:{edition.lang}:home")


def _home_page(edition: Edition) -> HomePage:
    hub, lang = edition.hub, edition.lang
    letters = hub.of_kind("issue", lang)
    pairs = hub.upcoming(lang=lang)
    on = first_of_each((pair for pair in pairs if not pair[0].is_off), ON_HOME)
    # What is called off later than the last date shown is no news yet.
    off = [pair for pair in pairs if pair[0].is_off and (len(on) < ON_HOME or pair[0].begins < on[-1][0].begins)]
    come = next(([pair] for pair in pairs if _needs_no_word(*pair)), [])
    return HomePage(
        page=edition.head("home.html", edition.settings.name, edition.home, ""),
        upcoming=edition.times(on),
        open=edition.shown(hub.open(lang)[:MOST_OPEN]),
        posts=edition.shown(hub.of_kind("post", lang)[:ON_HOME]),
        letter=edition.cards.card(letters[0]) if letters else None,
        tags=tuple(links(edition)),
        off=edition.times(first_of_each(off, MOST_OFF)),
        come=next(iter(edition.times(come)), None),
        others=others(edition, max(0, MOST_OTHERS - len(on))),
    )


def _needs_no_word(when: Occurrence, item: Item) -> bool:
    """Say whether one can come to it without signing up before."""
    is_open = getattr(item.facts, "registration", None) is None
    return is_open and item.place is not None and when.status in ("confirmed", "rescheduled")
