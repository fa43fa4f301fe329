"""Dated writing: news, stories, how-tos."""

from __future__ import annotations

from handbill.hub.kind import Kind, no_state, nothing_more

POST = Kind(
    name="post",
    plural="posts",
    folder="content/posts",
    fields=(),
    make=nothing_more,
    state=no_state,
    view=lambda _item, _hub: {},
)
