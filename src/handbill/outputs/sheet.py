"""A page before it is rendered, and the two things that all pages are made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from handbill.hub.address import output_path
from handbill.hub.item import Item
from handbill.outputs.planned import Finished
from handbill.outputs.policy import page_policy
from handbill.outputs.social import card_of
from handbill.outputs.views import Image, Page, PlainPage, Shell, To
from handbill.settings import Settings

#: Translates an English text of the interface into one language.
Say = Callable[[str], str]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Where a page goes, the files that asked for it, what promises its address, and its record.

    The record is drawn when it is asked for: to check addresses nobody needs it.
    """

    address: str
    draw: Callable[[], Any]
    sources: tuple[str, ...]
    promise: str = ""

    @property
    def view(self) -> Any:
        """Return the record, drawn now."""
        return self.draw()

    def finished(self, view: Any, shell: Shell) -> Finished:
        """Return the page ready to be rendered, with its record as it was drawn."""
        page: Page = view.page
        return Finished(output_path(self.address), page.template, {"view": view, "page": page, "shell": shell})


def head(
    settings: Settings,
    template: str,
    lang: str,
    title: str,
    address: str,
    *,
    description: str = "",
    alternates: tuple[To, ...] = (),
    feeds: tuple[To, ...] = (),
    is_indexed: bool = True,
    picture: Image | None = None,
    shows_talk: bool = False,
    untranslated: tuple[str, ...] = (),
) -> Page:
    """Return what every page has, with its addresses completed.

    *shows_talk* where readers may ask for the discussion of an item.
    """
    return Page(
        template=template,
        lang=lang,
        title=title,
        description=description or settings.text("description", lang),
        address=settings.local(address),
        canonical=settings.absolute(address),
        alternates=alternates,
        feeds=feeds,
        is_indexed=is_indexed,
        picture=picture or (card_of(settings.home(lang), settings.name, settings) if is_indexed else None),
        policy=page_policy(settings, shows_talk=shows_talk),
        untranslated=untranslated,
    )


def moved(address: str, item: Item, settings: Settings) -> Sheet:
    """Return what an old address of an item answers: the way to its present one."""
    page = head(settings, "moved.html", item.lang, item.title, item.address, is_indexed=False)
    return Sheet(address, partial(PlainPage, page, settings.local(item.address)), (item.source,), item.id)
