"""Undated writing: about, contact, legal pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Choice, Desk, Field, Integer, Table
from handbill.hub.kind import Kind, no_state


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Where a page stands in the menus, and what the community does by it; ``menu`` is header, footer or none.

    ``role`` is legal, privacy, accessibility, or "" for a page like any other.
    """

    menu: str
    order: int
    role: str = ""


def make(values: dict[str, Any], _table: Table, _desk: Desk) -> dict[str, Any]:
    """Return the page's place in the menus, and its role."""
    return {"facts": PageFacts(values["menu"], values["order"], values["role"])}


_ROLES = (
    said("the legal notice, with the facts of [legal] in hub.toml"),
    said("what is kept of members, with the facts of [legal]"),
    said("the statement of accessibility, with the facts of [accessibility]"),
)
_MENUS = (said("at the top of every page"), said("at the foot of every page"), said("in no menu: links lead to it"))

PAGE = Kind(
    name="page",
    plural="pages",
    folder="content/pages",
    fields=(
        Field("menu", Choice(("header", "footer", "none"), _MENUS), "the menu that the page is in", default="none", example="footer"),
        Field("order", Integer(0, 1000), "its position in the menu, the lowest first", default=100, example="10"),
        Field(
            "role",
            Choice(("legal", "privacy", "accessibility"), _ROLES),
            "what the community does by this page, which then takes the place of the one that the build makes",
            default="",
            example="legal",
        ),
    ),
    make=make,
    state=no_state,
    view=lambda _item, _hub: {},
    is_dated=False,
)
