"""Pages of a hub as it will be are those that a build of that hub makes."""

from __future__ import annotations

from dataclasses import replace

from tests.hubs import load_village

from handbill.outputs.foreseen import foreseen
from handbill.outputs.site import plan

POST, HOME = "posts/le-puits/index.html", "index.html"


def test_pages_are_drawn_as_a_build_draws_them():
    """What an editor is shown ahead must not change when the build is over."""
    loaded, settings = load_village()
    hub = replace(loaded.hub, items=tuple(replace(item, title=f"Autre : {item.title}") for item in loaded.hub.items))
    planned = {one.path: one for one in plan(hub, settings)}

    assert {path: planned[path].work for path in (POST, HOME)} == {page.path: page for page in foreseen((POST, HOME), hub, settings)}


def test_nothing_is_drawn_for_what_is_no_page():
    loaded, settings = load_village()

    assert [] == list(foreseen(("theme/hub.css", "posts/nowhere/index.html"), loaded.hub, settings))
