"""The one table of the HTML that a text may hold."""

from __future__ import annotations

import re

import pytest

from handbill.hub.allowed import (
    BEYOND,
    ELEMENTS,
    EVERYWHERE,
    LOOKS,
    NOTHING_BEYOND,
    OWN_CLASS,
    PAGE_ANCHORS,
    SCHEMES,
    SECTION_ANCHORS,
    Beyond,
    attributes_of,
    beyond_in,
    kept_value,
)
from handbill.hub.typography_html import VERBATIM

#: What runs, asks, sends or changes what stands around it, in any browser.
ACTIVE = {
    "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "button", "select", "textarea", "base", "meta",
    "link", "svg", "math", "template", "noscript", "title", "head", "body", "html", "video", "audio", "source", "track", "picture", "map",
    "area", "dialog", "canvas", "slot", "portal", "noembed", "noframes", "xmp", "plaintext", "marquee",
}  # fmt: skip


def test_nothing_that_acts_is_on_either_list():
    """No setting can let in what is not on the second list."""
    assert set() == ACTIVE & (ELEMENTS.keys() | BEYOND.keys())
    assert set() == ELEMENTS.keys() & BEYOND.keys()


def test_no_attribute_runs_or_fetches_anything():
    """The one that fetches is the picture's, which is a file of the hub."""
    named = {name for own in attributes_of(Beyond(tuple(BEYOND))).values() for name in own}

    assert [] == [name for name in named if name.startswith("on")]
    assert set() == named & {"style", "srcset", "srcdoc", "action", "formaction", "data", "poster", "ping", "target", "name", "http-equiv"}
    assert ["img"] == [name for name, own in ELEMENTS.items() if "src" in own]
    assert set() == set(SCHEMES) & {"javascript", "vbscript", "data", "file", "blob", "about"}


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("id", "well-1", "well-1"), ("id", "1", None), ("id", "a b", None), ("id", "main", None), ("id", f"{SECTION_ANCHORS}x", None),
        ("class", "note badge language-py", "note language-py"), ("class", "button", None), ("class", "own-wide", None),
        ("lang", "pt-BR", "pt-BR"), ("lang", 'x" onclick="y', None), ("dir", "RTL", "RTL"), ("dir", "javascript:x", None),
        ("start", "3", "3"), ("start", "x", None), ("colspan", "2", "2"), ("colspan", "99999", None), ("title", "<b>", "<b>"),
    ],
)  # fmt: skip
def test_a_value_stays_as_it_is_or_goes(name, value, kept):
    """What an attribute may say is on the list, too."""
    assert kept == kept_value(name, value)


def test_every_place_of_a_page_is_refused_as_a_place_of_a_text():
    """Two places of one name: a link leads to the first."""
    assert {None} == {kept_value("id", name) for name in PAGE_ANCHORS}


def test_classes_of_the_communitys_own_stay_where_they_are_allowed():
    """Nobody else's begins so."""
    assert "own-wide" == kept_value("class", "own-wide own-other button", {"own-wide"})
    assert [True, False, False] == [bool(re.fullmatch(OWN_CLASS, one)) for one in ("own-wide-2", "wide", "own-")]


def test_the_look_that_typography_knows_is_on_the_list():
    """It is written twice, so that settings are read without the rules of printers."""
    assert VERBATIM in LOOKS
    assert VERBATIM == kept_value("class", VERBATIM)


def test_a_folder_allows_what_all_tables_that_name_it_or_one_around_it_allow():
    """A folder within a folder is trusted as it is."""
    trusted = (("content/pages", Beyond(("ruby", "rt"))), ("content/pages/deep", Beyond(("aside",), ("own-a",))))

    assert Beyond(("aside", "rt", "ruby"), ("own-a",)) == beyond_in("content/pages/deep/a.md", trusted)
    assert Beyond(("rt", "ruby")) == beyond_in("content/pages/a.md", trusted)
    assert NOTHING_BEYOND == beyond_in("content/pagesx/a.md", trusted)
    assert NOTHING_BEYOND == beyond_in("content/posts/content/pages/a.md", trusted)


def test_the_attributes_of_every_element_are_told_beside_its_own():
    """``*`` stands for any."""
    assert set(EVERYWHERE) == attributes_of(NOTHING_BEYOND)["*"]
    assert {"span"} == attributes_of(Beyond(("col",)))["col"]
    assert "col" not in attributes_of(NOTHING_BEYOND)
