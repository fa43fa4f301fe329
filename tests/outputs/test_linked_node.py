"""The nodes that all linked data is made of."""

from __future__ import annotations

from tests.outputs.told_pages import told_pages

from handbill.outputs.linked_node import Site, node
from handbill.outputs.views import Image, Shell


def test_what_is_not_known_is_left_out():
    """An empty value says that there is none, which nobody wrote."""
    assert {"@type": "Place", "name": "Salle", "latitude": 0.0} == node("Place", name="Salle", url="", geo=None, image=[], latitude=0.0)


def test_addresses_get_the_host_that_the_page_has():
    """A hub may lie below a path of somebody else's host."""
    page = told_pages()["/posts/le-puits/"][1]
    site = Site(page, object.__new__(Shell))

    assert "https://village.example" == site.origin
    assert "https://village.example/hub/x.png" == site.picture(Image("/hub/x.png", "", 2, 1))["url"]
    assert "https://elsewhere.example/x" == site.complete("https://elsewhere.example/x")
