"""The settings → the page that every unknown address answers with, in all languages of the hub at once.

A host has one such page and does not know in which language a reader came.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handbill.outputs.sheet import Say, Sheet, head
from handbill.outputs.standing_views import Elsewhere, LostPage
from handbill.outputs.views import To
from handbill.settings import Settings

ADDRESS = "/404.html"


def lost(settings: Settings, say: Mapping[str, Say]) -> Sheet:
    """Return the lost page; *say* translates, by language."""
    return Sheet(ADDRESS, partial(_lost_page, settings, say), ())


def _lost_page(settings: Settings, say: Mapping[str, Say]) -> LostPage:
    page = head(settings, "404.html", settings.lang, say[settings.lang]("Page not found"), ADDRESS, is_indexed=False)
    return LostPage(page, tuple(_elsewhere(settings, lang, say[lang]) for lang in settings.languages if lang != settings.lang))


def _elsewhere(settings: Settings, lang: str, say: Say) -> Elsewhere:
    home = settings.local(settings.home(lang))
    return Elsewhere(
        lang=lang,
        title=say("Page not found"),
        text=say("Nothing is pinned at this address. Perhaps the address has a typing error, or what was here has another place now."),
        front=To(say("To the front page"), home),
        ask=To(say("What are you looking for?"), f"{home}search/" if settings.search else ""),
        button=say("Search"),
    )
