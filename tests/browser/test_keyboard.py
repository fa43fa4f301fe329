"""Journeys without a mouse: every control in its turn, seen when it has the focus, and usable."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.browser.driving import Look
from tests.browser.looking import measure, nothing
from tests.browser.sweep import Rooms, faces, side_by_side

#: As many steps as anyone would take; the longest page of the hubs has fewer.
MOST = 400


def walk(page) -> list[dict]:
    """Press Tab from the top to the end of the page; return every place where the focus rested."""
    steps = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        step = measure(page, "focused()")
        if step is None or (steps and step["place"] == steps[0]["place"] and len(steps) > 1):
            return steps
        steps.append(step)
    raise AssertionError(f"no end after {MOST} steps at {steps[-1]['name']}")


@pytest.fixture(scope="module")
def walks(demo, states, is_long):
    """Give the way of the focus through one page of each sort, on a desk and on a telephone with keys.

    Where somebody waits, through every sixth sort on one and through every other sixth on the other.
    """
    jobs = [(site, leaf, look) for at, (site, leaf) in enumerate(faces([demo, states])) for turn, look in enumerate((Look(1280), Look(360))) if is_long or at % 6 == 3 * turn]
    rooms, found = Rooms(), {}

    def job(site, leaf, look):
        def go(browser):
            page = rooms.tab(browser, look)
            page.goto(leaf.url)
            # The search page takes the focus to its box; a journey begins at the top.
            page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
            found[f"{site.name}: {leaf} ({look})"] = walk(page)

        return go

    side_by_side([job(*one) for one in jobs])
    return found


@pytest.mark.more
def test_the_first_step_skips_to_the_content(walks):
    """Whoever goes by keyboard has read the menu once."""
    assert walks
    nothing([f"{name}: {steps[0]['name']}" for name, steps in walks.items() if not (steps[0]["href"] or "").startswith("#") or not steps[0]["isOnScreen"]])


@pytest.mark.more
def test_the_focus_goes_down_the_page(walks):
    """A focus that jumps about is a reader who is lost: never back in the page, and never up and to the left of what stood last.

    One column at the side may come first in the text, and stand on the right.
    """
    lost = []
    for name, steps in walks.items():
        columns = 0
        for last, step in pairwise(steps[1:]):
            if step["place"] < last["place"]:
                lost.append(f"{name}: {last['name']} → {step['name']}, which is before it")
            elif step["bottom"] < last["y"] and step["x"] < last["x"]:
                columns += 1
                if columns > 1 or step["right"] > last["x"]:
                    lost.append(f"{name}: {last['name']} → {step['name']}, which is above it and to its left")

    nothing(lost)


@pytest.mark.more
def test_the_focus_is_always_seen(walks):
    """Whoever does not see where they are cannot go anywhere (WCAG 2.4.7, 2.4.11)."""
    unseen = []
    for name, steps in walks.items():
        for step in steps:
            if not step["isOnScreen"] or step["isCovered"]:
                unseen.append(f"{name}: {step['name']} {'is covered' if step['isCovered'] else 'is off the screen'}")
            if step["ring"] < 2:
                unseen.append(f"{name}: {step['name']} has a ring of {step['ring']} px")

    nothing(unseen)


@pytest.mark.more
def test_every_page_can_be_walked_to_its_end(walks):
    """A page without a way through would pass all the tests above."""
    nothing([f"{name}: {len(steps)} steps" for name, steps in walks.items() if len(steps) < 8])
    nothing([f"{name}: nothing in the head" for name, steps in walks.items() if not any(step["inHead"] for step in steps)])
    assert sum(any(step["inMain"] for step in steps) for steps in walks.values()) > len(walks) / 2


def test_the_skip_link_skips(demo, fresh):
    page = fresh()
    page.goto(demo.host.address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert measure(page, "focused()")["inMain"]


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(demo, fresh):
    page = fresh(width=360)
    page.goto(demo.host.address)
    summary = page.locator("header summary").first
    summary.focus()
    page.keyboard.press("Enter")

    assert page.locator("header details[open] nav a").first.is_visible()

    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert not page.locator("header details[open]").count()
    assert "SUMMARY" == page.evaluate("document.activeElement.tagName")


def test_the_search_box_of_every_page_leads_to_the_search(demo, fresh):
    page = fresh()
    page.goto(demo.page("posts/affuter-un-ciseau/").url)
    box = page.locator("header input[type=search]:visible").first
    box.focus()
    page.keyboard.type("lampe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=lampe")

    assert "lampe" == page.locator("main input[type=search]").input_value()


@pytest.mark.parametrize("path", ["", "handbook/editors/billet/"], ids=["hub", "handbook"])
def test_a_scheme_is_chosen_by_keyboard_and_kept(demo, fresh, path):
    """The choice holds on the next page, in the handbook as on the hub, and nothing was kept before it was made."""
    page = fresh()
    page.goto(demo.host.address + path)
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert [] == measure(page, "stored()")
    switch = page.locator("button.scheme:visible").first
    switch.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
        if page.evaluate("document.documentElement.dataset.scheme") == "dark":
            break
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert "dark" == page.evaluate("document.documentElement.dataset.scheme")
    assert before != dark
    for other in ("", "events/", "handbook/"):
        page.goto(demo.host.address + other)
        assert ("dark", dark) == (page.evaluate("document.documentElement.dataset.scheme"), page.evaluate("getComputedStyle(document.documentElement).backgroundColor")), other


def test_the_grid_of_months_is_a_table_whose_days_can_be_opened(demo, fresh):
    page = fresh()
    page.goto(demo.host.address + "events/")
    day = page.locator("main table td a").first
    assert page.locator("main table caption").count() or page.locator("main table[aria-labelledby], main table[aria-label]").count()
    assert 7 == page.locator("main table").first.locator("th").count()
    day.focus()
    wanted = day.evaluate("(one) => one.href")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


def test_the_rules_and_prizes_of_a_contest_can_be_reached(demo, fresh):
    """A contest that only a mouse can enter is a contest for some."""
    page = fresh(width=360)
    page.goto(demo.page("contests/objet-histoire/").url)
    names = [step["href"] or step["name"] for step in walk(page) if step["inMain"]]

    assert any("formulaires.atelier-garonne.example" in name for name in names)


def test_addresses_of_feeds_can_be_reached_and_copied(demo, fresh):
    """Each address stands there to be copied, by a control or by selecting it."""
    page = fresh()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(demo.host.address + "feeds/")
    address = demo.host.address + "feeds/all.atom.xml"
    assert address in page.evaluate("document.querySelector('main').innerText + [...document.querySelectorAll('main input')].map((one) => one.value).join(' ')")
    copy = page.locator("main button:visible").first
    if not copy.count():
        pytest.fail("no control copies an address")
    copy.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('http'))", timeout=3000)
