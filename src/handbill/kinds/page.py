"""Undated writing: about, contact, legal pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Integer, Table
from handbill.hub.kind import Kind, no_state


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Where a page stands in the menus; ``menu`` is header, footer or none."""

    menu: str
    order: int


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the page's place in the menus."""
    return {"facts": PageFacts(values["menu"], values["order"])}


_MENUS = (said("at the top of every page"), said("at the foot of every page"), said("in no menu: links lead to it"))

PAGE = Kind(
    name="page",
    plural="pages",
    folder="content/pages",
    fields=(
        Field("menu", Choice(("header", "footer", "none"), _MENUS), "the menu that the page is in", default="none", example="footer"),
        Field("order", Integer(0, 1000), "its position in the menu, the lowest first", default=100, example="10"),
    ),
    make=make,
    state=no_state,
    view=lambda _item, _hub: {},
    is_dated=False,
)
