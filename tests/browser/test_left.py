"""What the reader's own clock corrects on a page that was made days ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.browser.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def plain(text: str) -> str:
    """Return a text with plain spaces; browsers differ in which one they put between a number and its unit."""
    return " ".join(text.split())


def at(page: Page, moment: str, address: str) -> Page:
    """Show a page to a reader whose clock stands at that moment."""
    page.clock.set_fixed_time(moment)
    page.goto(address)
    return page


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("2026-05-16T10:00:00+02:00", "encore 30 jours"),
        ("2026-06-14T23:59:00+02:00", "encore 1 jour"),
        ("2026-06-15T09:30:00+02:00", "encore 14 heures"),
        ("2026-06-15T23:40:00+02:00", "encore 20 minutes"),
        ("2026-06-15T23:59:30+02:00", "encore 1 minute"),
        ("2026-06-16T00:00:00+02:00", "clos"),
    ],
)
def test_the_time_left_is_that_of_the_reader_s_clock(states: Site, fresh: Callable[..., Page], moment: str, left: str) -> None:
    """The page was made a month ago; “15 days left” would send entries after the end."""
    page = at(fresh(), moment, states.page("contests/ouvert/").url)

    assert left == plain(page.locator("[data-closes]").first.inner_text())


def test_nobody_is_asked_to_enter_what_is_closed(states: Site, fresh: Callable[..., Page]) -> None:
    """The button stands on the page until the hub is built again; the day stands there in full all the time."""
    page = at(fresh(), "2026-06-16T00:00:01+02:00", states.page("contests/ouvert/").url)

    assert not page.get_by_role("link", name="Participer").is_visible()
    assert not page.locator(".marks-large").get_by_text("Ouvert").is_visible()
    assert page.get_by_text("lundi 15 juin 2026 à minuit").first.is_visible()


def test_one_closed_contest_in_a_list_closes_no_other(states: Site, fresh: Callable[..., Page]) -> None:
    """Two are open; one ends a month before the other."""
    page = at(fresh(), "2026-05-20T12:00:00+02:00", states.page("contests/").url)

    assert {"clos", "encore 26 jours"} == {plain(one) for one in page.locator("[data-closes]").all_inner_texts()}


@pytest.mark.parametrize(
    ("zone", "path", "said"),
    [
        ("Europe/Paris", "events/en-ligne/", ""),
        ("America/Montreal", "events/en-ligne/", "13:00"),
        ("America/Montreal", "events/ailleurs/", ""),
        ("Asia/Tokyo", "events/a-venir/", ""),
    ],
)
def test_a_time_is_told_by_the_clock_of_who_follows_from_afar(states: Site, browser: Browser, zone: str, path: str, said: str) -> None:
    """Nothing is added where it says the same, nor for what one has to be present at."""
    room = browser.new_context(timezone_id=zone, locale="fr-FR")
    page = room.new_page()
    page.goto(states.page(path).url)
    shown = [one for one in page.locator(".item-zone").all() if one.is_visible()]

    assert bool(said) == bool(shown)
    assert all(said in one.inner_text() for one in shown)
    room.close()


def test_a_time_abroad_stands_by_the_hub_s_clock_without_script(states: Site, tab: Callable[..., Page]) -> None:
    """Midnight in Bordeaux is what members there need, and no script is asked for it."""
    page = tab(script=False)
    page.goto(states.page("events/ailleurs/").url)

    assert "À Paris" in page.locator(".item-zone").inner_text()
