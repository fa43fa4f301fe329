"""What follows from a whole record is worked out when a page is rendered, and changes nothing else of it."""

from __future__ import annotations

from dataclasses import replace

from tests.outputs.told_pages import STATES, told_pages


def test_the_rest_of_the_page_stays_as_it_was():
    for view, page in told_pages().values():
        assert view.page == replace(page, trail=(), linked="", qr="", qr_size=0)


def test_what_is_to_come_has_a_poster_with_a_code():
    """Somebody pins it up in the bakery; a telephone leads from there to the page."""
    pages = told_pages(STATES, "2026-05-15 12:00")
    coded = {address for address, (_, page) in pages.items() if page.qr}

    assert {"/events/a-venir/", "/events/complet/", "/events/en-cours/"} <= coded
    assert not {"/events/passe/", "/events/annule/", "/events/reporte/", "/events/", "/"} & coded
