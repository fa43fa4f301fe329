"""Every page tells programs which feeds it has: whoever gives its address to a reading program is offered them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from tests.hubs import options, village

from handbill.pipeline import build

LINK = re.compile(r'<link rel="alternate" type="(application/[a-z+]+)" title="([^"]+)" href="/hub/([^"]+)">')


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the village as published."""
    root = village(tmp_path_factory.mktemp("feeds"))
    build(options(root))
    return root / "public"


@pytest.mark.parametrize("where", ["posts", "events", "contests", "newsletters", "tags/eau", "en/posts", "en/events"])
def test_a_list_offers_its_own_feed_first_and_then_the_whole(public, where):
    """Some want all of it; who stands before the list of events probably wants those."""
    home = "en/" if where.startswith("en/") else ""
    name = where.removeprefix("en/")

    found = [href for _, _, href in LINK.findall((public / where / "index.html").read_text(encoding="utf-8"))]
    assert [f"{home}feeds/{name}.atom.xml", f"{home}feeds/all.atom.xml"] == found


def test_every_page_offers_a_feed_that_is_there_under_its_own_title(public):
    """Programs show the title of the link, and then that of the feed."""
    pages = {file: file.read_text(encoding="utf-8") for file in public.rglob("index.html")}
    shown = {file: text for file, text in pages.items() if 'http-equiv="refresh"' not in text}

    assert len(shown) > 20
    for file, text in shown.items():
        offered = LINK.findall(text)
        assert offered, file
        for kind, title, href in offered:
            assert "application/atom+xml" == kind
            assert title == etree.parse(public / href).getroot().findtext("{http://www.w3.org/2005/Atom}title"), file
