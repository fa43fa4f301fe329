"""Where a page hangs in the hub."""

from __future__ import annotations

import pytest
from tests.outputs.told_pages import ROOT, told_pages

from handbill.outputs.theme import Theme
from handbill.outputs.trail import place
from handbill.outputs.words import words_for


def titles(address):
    return [(one.title, one.address) for one in told_pages()[address][1].trail]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/", []),
        ("/en/", []),
        ("/posts/", [("Accueil", "/hub/")]),
        ("/posts/le-puits/", [("Accueil", "/hub/"), ("Articles", "/hub/posts/")]),
        ("/en/posts/the-well/", [("Home", "/hub/en/"), ("Posts", "/hub/en/posts/")]),
        ("/events/fete/", [("Accueil", "/hub/"), ("Agenda", "/hub/events/")]),
        ("/archives/2026/", [("Accueil", "/hub/"), ("Archives", "/hub/archives/")]),
        ("/a-propos/", [("Accueil", "/hub/")]),
        ("/404.html", []),
        ("/search/", []),
    ],
)
def test_a_page_hangs_below_the_list_that_it_belongs_to(address, wanted):
    """Who came from a search engine finds the rest from there."""
    assert wanted == titles(address)


def test_every_step_leads_to_a_page_that_exists():
    pages = told_pages()
    steps = {one.address.removeprefix("/hub") for _, page in pages.values() for one in page.trail}

    assert {"/", "/posts/", "/tags/"} <= steps
    assert steps <= set(pages)


def test_a_further_page_of_a_list_is_called_by_its_number():
    """“Articles › Articles” would lead in a circle."""
    pages = told_pages(ROOT, "2026-11-21 12:00")
    french = words_for("fr", Theme(ROOT).locale("fr"))

    assert ["Accueil", "Articles"] == [one.title for one in pages["/posts/page/2/"][1].trail]
    assert place(pages["/posts/page/2/"][0], french).startswith("Page 2 sur ")
    assert "Articles" == place(pages["/posts/"][0], french)
