"""Pages: their place in the menus."""

from tests.hubs import load_village


def test_a_page_has_a_place_in_a_menu_and_is_in_no_feed():
    """An about page is no news."""
    hub = load_village()[0].hub
    page = hub.by_id["page:a-propos"]

    assert ("header", 10) == (page.facts.menu, page.facts.order)
    assert page not in hub.dated()
