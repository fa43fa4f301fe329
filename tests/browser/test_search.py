"""Search in a browser, under the policy of the hub: what members type finds what they want, by mouse, key and finger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.driving import LOOKS
from tests.browser.looking import WATCH, axe

QUERIES = Path(__file__).with_name("queries.txt")

#: How far down a result may stand unless the file says otherwise.
WITHIN = 3


def queries() -> list[tuple[str, str, int]]:
    """Return what members type, the address they want ("nothing" for none), and how far down it may stand."""
    lines = [line for line in QUERIES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    return [(row[0], row[1], int(row[2]) if len(row) > 2 else WITHIN) for row in rows]


def some_at_once(rows: list) -> list:
    """Let every fourth query be tried where somebody waits, the others with those that take long."""
    return [pytest.param(*row, marks=[pytest.mark.long] if at % 4 else []) for at, row in enumerate(rows)]


WANTED = [row for row in queries() if row[1] != "nothing"]
UNKNOWN = [row[0] for row in queries() if row[1] == "nothing"]


def ask(page, query: str) -> str:
    """Type a query, send it off, and return what the page says of it once it has been answered."""
    page.fill("#query", query)
    page.press("#query", "Enter")
    return answer(page)


def answer(page) -> str:
    """Return what the page says once everything has been answered."""
    page.wait_for_selector("#search-found[aria-busy=false]", state="attached", timeout=30_000)
    return page.inner_text("#search-status").replace("\u00a0", " ")


def found(page, where: str = "#search-results") -> list[str]:
    """Return the addresses of the results, from the host on."""
    return page.eval_on_selector_all(f"{where} h3 a", "links => links.map((link) => link.pathname)")


@pytest.fixture
def box(tab, demo):
    """Give the search page of the demo, with nothing typed yet."""
    page = tab()
    page.goto(demo.page("search/").url)
    return page


@pytest.fixture
def asked(fresh) -> Iterator:
    """Give a tab that was never here, and the addresses that it asks for."""
    page = fresh()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return page, addresses


# What members look for


def test_there_are_fifty_queries_and_ten_that_find_nothing():
    """Fewer would be chosen by what is found."""
    assert len(WANTED) >= 50
    assert len(UNKNOWN) >= 10


@pytest.mark.parametrize(("query", "wanted", "within"), some_at_once(WANTED), ids=[row[0] for row in WANTED])
def test_members_find_what_they_look_for(box, query, wanted, within):
    """Without accents, in the plural, with a letter too many, as on any telephone."""
    ask(box, query)

    assert wanted in found(box)[:within], f"{query}: {found(box)[:8]}"


@pytest.mark.parametrize("query", UNKNOWN)
def test_a_word_that_no_text_has_is_named(box, query):
    """Ten results that have nothing to do with it would be a lie."""
    said = ask(box, query)

    assert "Rien trouvé" in said or "Aucun texte n’a" in said


# What is loaded


def test_nothing_of_the_index_is_loaded_before_something_is_typed(asked, demo):
    """Most who open a page never search; a telephone pays by the megabyte."""
    page, addresses = asked
    for path in ("", "posts/outiltheque-mode-d-emploi/", "search/", "handbook/"):
        page.goto(demo.page(path).url, wait_until="networkidle")

    assert addresses
    assert not [one for one in addresses if "/pagefind/" in one]


def test_the_first_search_stays_below_four_hundred_kilobytes(asked, demo):
    """Both languages, their programs and ten excerpts, as they travel."""
    page, _ = asked
    requests = []
    page.on("requestfinished", lambda request: requests.append(request) if "/pagefind/" in request.url else None)
    page.goto(demo.page("search/").url)
    ask(page, "réparer grille-pain")
    sizes = [(one.url, one.sizes()["responseBodySize"]) for one in requests]

    assert len(sizes) > 10
    assert 200_000 < sum(size for _, size in sizes) < 400_000, sorted(sizes, key=lambda one: -one[1])[:5]


def test_the_policy_of_the_hub_is_kept(fresh, demo):
    """A strict policy that breaks the search would be switched off."""
    page = fresh()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demo.page("search/").url)
    ask(page, "concours")

    assert found(page)
    assert [] == complaints


def test_a_hub_below_a_path_of_its_host_is_searched_too(fresh, village):
    """Project pages of code hosts lie below the project's name."""
    page = fresh()
    page.goto(village.page("search/").url)
    ask(page, "puits")

    assert all(one.startswith("/hub/") for one in found(page))
    assert found(page)


def test_without_a_connection_the_page_says_so_and_shows_its_index(fresh, demo):
    """An empty page would look like a hub without texts."""
    page = fresh()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(demo.page("search/").url)
    page.fill("#query", "concours")
    page.press("#query", "Enter")
    page.wait_for_selector("#search-status:has-text('pas pu être chargée')")

    assert page.is_visible("#search-index")
    page.unroute("**/pagefind/**")
    ask(page, "concours photo")
    assert found(page)


# Ways to ask


def test_the_box_of_every_page_leads_to_the_results(tab, demo):
    page = tab()
    page.goto(demo.page("posts/outiltheque-mode-d-emploi/").url)
    page.fill(".seek:visible input", "charte")
    page.press(".seek:visible input", "Enter")
    answer(page)

    assert ("/search/", "/charte/") == (page.evaluate("location.pathname"), found(page)[0])
    assert "charte" == page.input_value("#query")


def test_results_come_while_one_types_and_a_late_answer_never_wins(fresh, demo):
    """The answer for “con” may take longer than that for “concours photo”."""
    page = fresh()
    page.goto(demo.page("search/").url)
    page.type("#query", "concours", delay=5)
    page.wait_for_selector("#search-status:has-text('concours')")
    # What the first of two queries needs comes late, as over a bad line.
    held = []
    page.route(
        "**/pagefind/index/*.pf_index", lambda route: held.append(route) if page.input_value("#query") == "vélo" else route.continue_()
    )
    page.fill("#query", "vélo")
    page.wait_for_timeout(500)
    page.fill("#query", "grille-pain")
    page.wait_for_timeout(500)
    for route in held:
        route.continue_()
    page.wait_for_selector("#search-status:has-text('grille-pain')")
    answer(page)
    page.wait_for_timeout(300)

    assert held

    assert "/posts/comment-marche-un-grille-pain/" == found(page)[0]
    assert "« grille-pain »" in page.inner_text("#search-status").replace("\u00a0", " ")


def test_a_word_taken_for_another_is_named(box):
    """Whoever sees other words than their own must know why."""
    said = ask(box, "lampe qui clignotte")

    assert "Aucun texte n’a « clignotte ». Voici ceux qui ont « clignote »." in said
    assert "pour « lampe qui clignote »" in said


def test_what_is_typed_is_text_and_nothing_else(box):
    """An address with a query can be sent to anybody."""
    ask(box, "<img src=x onerror=document.title='!'>")

    assert 0 == box.locator(".search-found img").count()
    assert "<img src=x" in box.inner_text("#search-status")


def test_the_words_found_are_marked_in_their_text(box):
    ask(box, "morfil")

    assert ["morfil"] == box.eval_on_selector_all("#search-results > li:first-child mark", "all => all.map((one) => one.textContent)")


def test_a_text_in_another_language_says_so(box):
    """A screen reader would read it with the wrong voice, and a reader would wonder."""
    ask(box, "glue")

    assert "en" == box.get_attribute("#search-others h3 >> nth=0", "lang")
    assert "En anglais" == box.inner_text("#search-others h2")
    assert "/en/posts/what-lisbon-taught-us-about-glue/" in found(box, "#search-others")


def test_readers_of_english_find_english_first(tab, demo):
    page = tab()
    page.goto(demo.page("en/search/").url)
    ask(page, "chisel")

    assert found(page)[0].startswith("/en/")


def test_what_is_called_off_says_so_in_the_list(box):
    """Somebody would cycle there in the dark."""
    ask(box, "balade de nuit")
    first = box.locator("#search-results > li").first

    assert "Annulé" in first.inner_text()
    assert "11 décembre 2026" in first.inner_text()
    assert "11" == first.locator(".leaf-off .leaf-day").inner_text()


def test_more_results_come_ten_at_a_time_and_the_focus_goes_with_them(box):
    """Whoever presses the button by key must not be thrown back to the top."""
    ask(box, "atelier")
    assert 10 == len(found(box))
    box.press("#search-results .search-more button", "Enter")
    box.wait_for_function("() => document.querySelectorAll('#search-results h3').length > 10")

    assert 20 == len(found(box))
    assert found(box)[10] == box.evaluate("document.activeElement.pathname")


def test_a_long_page_leads_to_its_parts(box):
    ask(box, "vélo")
    ways = box.eval_on_selector_all("#search-results .search-parts a", "all => all.map((one) => one.pathname + one.hash)")

    assert "/posts/le-tirage-du-printemps/#les-lots" in ways


# Filters


def test_filters_narrow_count_and_stand_in_the_address(tab, demo):
    """A search that is sent to others must show them the same."""
    page = tab()
    page.goto(demo.page("search/").url)
    ask(page, "vélo")
    everything = len(found(page))
    page.check("input[name=kind][value=event]")
    page.wait_for_function("() => location.search.includes('kind=event')")
    count = int(page.locator("label:has(input[name=kind][value=event]) .quiet").inner_text())
    page.wait_for_function("n => document.querySelectorAll('#search-results h3').length === n", arg=count)

    assert all(one.startswith("/events/") for one in found(page))
    assert f"{count} résultats" in page.inner_text("#search-status")
    assert "input" == page.evaluate("document.activeElement.localName")

    page.reload()
    answer(page)
    assert count == len(found(page))
    assert page.is_checked("input[name=kind][value=event]")

    page.click("#search-clear")
    # The answer before this one stands until the new one is in.
    page.wait_for_function("n => document.querySelectorAll('#search-results h3').length === n", arg=everything)
    assert "?q=v%C3%A9lo" == page.evaluate("location.search")
    assert everything == len(found(page))

    page.go_back()
    answer(page)
    page.wait_for_function("n => document.querySelectorAll('#search-results h3').length === n", arg=count)
    assert page.is_checked("input[name=kind][value=event]")


def test_every_filter_has_what_it_says(tab, demo):
    page = tab()
    page.goto(demo.page("search/").url + "?q=atelier&place=Cour+de+l%27Atelier+Garonne&year=2024")
    answer(page)

    assert ["/events/week-end-bancs/"] == found(page)
    assert "2024" == page.input_value("#by-year")
    page.goto(demo.page("search/").url + "?q=concours&section=handbook")
    answer(page)
    assert found(page)
    assert all(one.startswith("/handbook/") for one in found(page))
    page.goto(demo.page("search/").url + "?q=bois&tag=bois&kind=post")
    answer(page)
    assert {"/posts/affuter-un-ciseau/", "/posts/dix-huit-bancs/"} == set(found(page))


def test_filters_that_leave_nothing_can_still_be_taken_away(tab, demo):
    page = tab()
    page.goto(demo.page("search/").url + "?q=concours&year=1999")
    said = answer(page)

    assert "Rien trouvé" in said
    assert page.is_visible("#search-clear")


def test_on_a_telephone_the_filters_are_folded(tab, demo):
    page = tab(width=360)
    page.goto(demo.page("search/").url + "?q=vélo&kind=event&year=2025")
    answer(page)

    assert not page.is_visible("input[name=kind][value=event]")
    assert "2" == page.inner_text("#search-chosen")
    page.focus(".search-filters summary")
    page.keyboard.press("Enter")
    assert page.is_visible("input[name=kind][value=event]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# Keys


def test_a_slash_leads_to_the_box_and_stays_a_slash_in_it(box):
    box.click("h1")
    box.keyboard.press("/")
    assert "query" == box.evaluate("document.activeElement.id")
    box.keyboard.type("a/b")

    assert "a/b" == box.input_value("#query")


def test_arrows_move_through_the_results_and_escape_leads_back(box):
    ask(box, "vélo")
    box.focus("#query")
    box.keyboard.press("ArrowDown")
    box.keyboard.press("ArrowDown")
    assert found(box)[1] == box.evaluate("document.activeElement.pathname")
    box.keyboard.press("ArrowUp")
    box.keyboard.press("ArrowUp")
    assert "query" == box.evaluate("document.activeElement.id")
    box.keyboard.press("ArrowDown")
    box.keyboard.press("Escape")
    assert "query" == box.evaluate("document.activeElement.id")
    box.keyboard.press("Escape")
    box.wait_for_selector("#search-index")

    assert "" == box.input_value("#query")
    assert "/search/" == box.evaluate("location.pathname + location.search")


# Every look


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_results_can_be_read_by_everybody(tab, demo, look):
    """The sweep of all pages sees the search page with nothing found."""
    page = tab(width=look.width, scheme=look.scheme)
    page.goto(demo.page("search/").url + "?q=vélo&kind=event&kind=post&section=site")
    answer(page)
    page.evaluate("document.querySelector('.search-filters').open = true")

    assert found(page)
    assert () == axe(page, is_forced=look.scheme == "forced")
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_results_come(fresh, demo, width):
    """Whoever has begun to read would lose the place."""
    page = fresh(width=width)
    page.add_init_script(WATCH)
    page.goto(demo.page("search/").url + "?q=concours")
    answer(page)

    assert sum(one[0] for one in page.evaluate("shifts")) < 0.01, page.evaluate("shifts")


# Without script


def test_without_script_the_page_is_an_index_of_everything(tab, demo):
    """The box of every other page leads here all the same."""
    page = tab(script=False)
    page.goto(demo.page("search/").url + "?q=concours")
    shown = set(page.eval_on_selector_all("#search-index a", "all => all.map((one) => one.pathname)"))
    items = re.compile(r"^(posts|events|contests|newsletters|people)/[^/]+/index\.html$")
    pages = {"/" + leaf.path.removesuffix("index.html") for leaf in demo.pages if items.match(leaf.path) and not leaf.is_moved}

    assert not page.is_visible("#search")
    assert not page.is_visible("#search-found")
    assert shown >= {
        one for one in pages if demo.folder.joinpath(one.strip("/"), "index.html").read_text("utf-8").count("data-pagefind-body")
    }
