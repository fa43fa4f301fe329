"""Over a slow line: half of a page, and pictures that are not there yet.  What stands already must not move for what comes."""

from __future__ import annotations

import pytest
from tests.browser import driving
from tests.browser.driving import WIDTHS, Look
from tests.browser.looking import WATCH
from tests.browser.serving import LATE, STOPS
from tests.browser.sweep import faces

#: Where the line stops at each width: in the middle of what stands at the right end of a page's head.
PLACES = {360: '<details class="menu-fold"', 768: '<details class="menu-fold"', 1280: '<button type="button" class="scheme"'}

#: Longer than it takes to look at a page.
NOT_YET = "8000"

BOXES = "() => [...document.images].map((one) => [one.getAttribute('src'), Math.round(one.offsetWidth), Math.round(one.offsetHeight)])"
EAGER = "() => { for (const one of document.images) one.loading = 'eager'; }"
COME = "() => [...document.images].filter((one) => one.offsetParent).every((one) => one.complete && one.naturalWidth)"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_head_of_a_page_is_seen_when_it_is_whole(demo, browser, width):
    """A search field jumped aside under the finger when the languages beside it came."""
    room = driving.context(browser, Look(width), extra_http_headers={STOPS: PLACES[width]})
    room.add_init_script(WATCH)
    page = room.new_page()
    moved = {}
    for path in ("index.html", "contests/index.html", "en/events/index.html"):
        leaf = next(one for one in demo.pages if one.path == path)
        page.goto(leaf.url)
        moved[path] = page.evaluate("shifts")
    room.close()

    assert {path: [] for path in moved} == moved


def test_what_stands_beside_the_text_stands_there_before_the_text_comes(demo, states, browser):
    """The facts of an event stood to the left, then jumped to the right when the text came."""
    room = driving.context(browser, Look(1280), extra_http_headers={STOPS: '<div class="with-side-main">'})
    room.add_init_script(WATCH)
    page = room.new_page()
    moved = {}
    for _, leaf in faces([demo, states]):
        page.goto(leaf.url)
        if page.locator(".with-side").count():
            moved[leaf.template] = page.evaluate("shifts")
    room.close()

    assert {"event.html": [], "contest.html": [], "place.html": []} == moved


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 1280])
def test_a_picture_has_its_place_before_it_comes(demo, states, browser, width):
    """A tall picture at the head of a letter pushed the rest of the page down when it was there at last."""
    waiting, there = (driving.context(browser, Look(width), extra_http_headers=headers) for headers in ({LATE: NOT_YET}, {}))
    before, after = waiting.new_page(), there.new_page()
    pictures, moved = 0, []
    for site, leaf in faces([demo, states]):
        before.goto(leaf.url, wait_until="domcontentloaded")
        without = before.evaluate(BOXES)
        if not without:
            continue
        after.goto(leaf.url)
        after.evaluate(EAGER)
        after.wait_for_function(COME)
        pictures += len(without)
        moved += [
            f"{site.name}: {leaf}: {one} became {other}" for one, other in zip(without, after.evaluate(BOXES), strict=True) if one != other
        ]
    waiting.close()
    there.close()

    assert pictures > 20
    assert [] == moved
