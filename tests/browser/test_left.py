"""What the reader's own clock corrects on a page that was made days ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.browser.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


pytestmark = pytest.mark.long


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
        ("Europe/Paris", "events/en-ligne/", ["Heure de Paris (UTC+2)"]),
        ("America/Montreal", "events/en-ligne/", ["Heure de Paris (UTC+2)", "À votre horloge : 13 h – 15 h"]),
        ("Asia/Tokyo", "events/en-ligne/", ["Heure de Paris (UTC+2)", "À votre horloge : mercredi 10 juin, 2 h – 4 h"]),
        ("America/Montreal", "events/ailleurs/", ["Décalage sur place : UTC−4"]),
        ("Europe/Paris", "events/ailleurs/", ["Décalage sur place : UTC−4", "À Paris : samedi 11 juillet 2026, de minuit à 2 h"]),
        ("Asia/Tokyo", "events/ailleurs/", ["Décalage sur place : UTC−4", "À votre horloge : samedi 11 juillet, 7 h – 9 h"]),
        ("Asia/Tokyo", "events/a-venir/", []),
        ("Asia/Tokyo", "events/plusieurs-jours/", []),
    ],
)
def test_a_time_is_told_by_the_clock_of_who_follows_from_afar(
    states: Site, browser: Browser, zone: str, path: str, said: list[str]
) -> None:
    """Nothing is added where it says the same, nor for what one has to be present at, nor for whole days."""
    room = browser.new_context(timezone_id=zone, locale="fr-FR")
    page = room.new_page()
    page.goto(states.page(path).url)

    assert said == [plain(one.inner_text()) for one in page.locator(".item-zone").all() if one.is_visible()]
    room.close()


def test_a_time_abroad_stands_by_the_hub_s_clock_without_script(states: Site, tab: Callable[..., Page]) -> None:
    """Midnight in Bordeaux is what members there need, and no script is asked for it."""
    page = tab(script=False)
    page.goto(states.page("events/ailleurs/").url)

    assert ["Décalage sur place : UTC−4", "À Paris : samedi 11 juillet 2026, de minuit à 2 h"] == [
        plain(one.inner_text()) for one in page.locator(".item-zone").all() if one.is_visible()
    ]


@pytest.mark.parametrize(
    ("moment", "path", "offers", "says"),
    [
        ("2026-06-01T08:59:59+02:00", "events/inscriptions-bientot/", False, "Les inscriptions ouvrent le"),
        ("2026-06-01T09:00:00+02:00", "events/inscriptions-bientot/", True, "jusqu’au"),
        ("2026-06-19T18:00:00+02:00", "events/inscriptions-bientot/", False, "Les inscriptions sont closes."),
        ("2026-05-17T17:59:59+02:00", "events/derniers-jours/", True, "Il reste 3 places"),
        ("2026-05-17T18:00:00+02:00", "events/derniers-jours/", False, "Les inscriptions sont closes."),
    ],
)
def test_signing_up_opens_and_ends_at_its_moment(
    states: Site, fresh: Callable[..., Page], moment: str, path: str, offers: bool, says: str
) -> None:
    """The page was made on 15 May; who waits for nine o'clock need not wait for the next build."""
    page = at(fresh(), moment, states.page(path).url)
    box = page.locator(".signup")

    assert offers == box.get_by_role("link", name="S’inscrire").is_visible()
    assert says in plain(box.inner_text())


def test_a_date_is_taken_over_by_links_that_ask_nobody_first(states: Site, fresh: Callable[..., Page]) -> None:
    """The list opens by the keyboard and without script; no company learns of a reader who only looks."""
    page = fresh(script=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(states.page("events/a-venir/").url)
    page.locator(".adding summary").press("Enter")
    links = page.locator(".adding a")

    assert ["Apple, Outlook, Thunderbird…", "Google Agenda", "Outlook.com", "Microsoft 365"] == [one.inner_text() for one in links.all()]
    assert all(one.is_visible() for one in links.all())
    assert all("noreferrer" in (one.get_attribute("rel") or "") for one in links.all()[1:])
    assert all(url.startswith(states.page("events/a-venir/").url.split("/events/")[0]) for url in asked)
