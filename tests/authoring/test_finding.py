"""An item, however somebody calls it."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, settled_village

from handbill.authoring.finding import find
from handbill.errors import WrongUse
from handbill.kinds import KINDS

KIND = {kind.name: kind for kind in KINDS}


def called(name: str, kind: str = "event", lang: str = "fr") -> str:
    return find(name, KIND[kind], load_village()[0].hub, lang, settled_village()).source


@pytest.mark.parametrize("name", ["fete", "event:fete", "events/2026/fete.md", "fete.md", "/events/fete/", r"events\2026\fete.md"])
def test_an_item_is_found_by_any_of_its_names(name):
    """Nobody should have to know which one is meant."""
    assert "events/2026/fete.md" == called(name)


def test_an_item_is_found_by_its_path_from_where_one_stands(monkeypatch):
    """What the shell completes."""
    monkeypatch.chdir(settled_village() / "events")

    assert "events/2026/fete.md" == called("2026/fete.md")


def test_a_slug_of_two_languages_is_that_of_the_language_asked_for():
    """The hub's own, unless another is asked for."""
    assert "content/posts/2026-03-01-le-puits.md" == called("2026-03-01-le-puits", "post")
    assert "content/posts/2026-03-01-le-puits.en.md" == called("content/posts/2026-03-01-le-puits.en.md", "post")


def test_a_slip_is_answered_with_the_nearest():
    """And not with a list of a thousand."""
    with pytest.raises(WrongUse, match="“corvee”"):
        called("corvees")
    with pytest.raises(WrongUse, match="its path, slug or id is wanted"):
        called("qqqqqq")


def test_another_kind_is_not_taken_for_this_one():
    """`new event --like` of a contest would mix two sets of fields."""
    with pytest.raises(WrongUse, match="of the kind contest, not event"):
        called("photo")
