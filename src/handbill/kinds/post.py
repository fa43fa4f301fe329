"""Dated writing: news, stories, how-tos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handbill.errors import said
from handbill.hub.fields import Desk, Field, Table, Text
from handbill.hub.kind import Kind, no_state
from handbill.hub.swift import swift
from handbill.kinds.disclosure import DISCLOSURE, disclosure_of


@swift
@dataclass(frozen=True, slots=True)
class PostFacts:
    """What only a post has: the name of the series that it is a part of, or ""."""

    series: str


def make(values: dict[str, Any], table: Table, desk: Desk) -> dict[str, Any]:
    """Return the post's series, and what it discloses."""
    return {"facts": PostFacts(values["series"]), "disclosure": disclosure_of(values, table, desk)}


POST = Kind(
    name="post",
    plural="posts",
    folder="content/posts",
    fields=(
        Field(
            "series",
            Text(120, use="name"),
            "the series that it is a part of: posts of the same series are numbered by date and lead to each other",
            default="",
            example=said("Portraits of menders"),
        ),
        DISCLOSURE,
    ),
    make=make,
    state=no_state,
    view=lambda _item, _hub: {},
)
