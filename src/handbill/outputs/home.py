"""The hub → the front page: what is on, what is new, and what one can do."""

from __future__ import annotations

from functools import partial

from handbill.outputs.agenda import first_of_each
from handbill.outputs.edition import Edition
from handbill.outputs.sheet import Sheet
from handbill.outputs.subjects import links
from handbill.outputs.views import HomePage

ON_HOME = 6


def home(edition: Edition) -> Sheet:
    """Return the page that says what is on, what is new, and what one can do."""
    return Sheet(edition.home, partial(_home_page, edition), ("hub.toml",), f"list:{edition.lang}:home")


def _home_page(edition: Edition) -> HomePage:
    hub, lang = edition.hub, edition.lang
    letters = hub.of_kind("issue", lang)
    return HomePage(
        page=edition.head("home.html", edition.settings.name, edition.home, ""),
        upcoming=edition.times(first_of_each(hub.upcoming(lang=lang), ON_HOME)),
        open=edition.shown(hub.open(lang)),
        posts=edition.shown(hub.of_kind("post", lang)[:ON_HOME]),
        letter=edition.cards.card(letters[0]) if letters else None,
        tags=tuple(links(edition)),
    )
