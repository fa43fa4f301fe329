"""The page of a review in a browser: opened from a file, offline, by people who see, hear or type, and by strangers' pages that mean harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.browser.looking import axe
from tests.browser.test_markup import messages
from tests.reviewing.pages import FULL, asset, change, html, letter

from handbill.reviewing.as_page import page
from handbill.reviewing.shots import Shots

#: What a page of a stranger would do where it could; each would be seen below.
HARM = (
    "<script>parent.document.title = 'stolen'; top.location = 'https://evil.example/'</script>",
    "<img src=x onerror=\"parent.document.title = 'stolen'\">",
    '<img src="https://evil.example/pixel.gif"><iframe src="https://evil.example/"></iframe><object data="https://evil.example/"></object>',
    '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
    '<a id=away href="https://evil.example/" target="_top" style="position: fixed; inset: 0">x</a>',
    '<form action="https://evil.example/"><button>x</button></form>',
    "<style>@import 'https://evil.example/x.css'; body { background: url(https://evil.example/y) } @font-face { font-family: z; src: url(https://evil.example/z) } p { font-family: z }</style>",
    '<svg><script>parent.document.title = "stolen"</script><image href="https://evil.example/x.png"/></svg>',
    '<video src="https://evil.example/x.mp4" autoplay></video><link rel=stylesheet href="https://evil.example/x.css">',
    '<base href="https://evil.example/"><embed src="x"><details open ontoggle="parent.document.title = \'stolen\'"></details>',
)  # fmt: skip

#: What tells a page of a letter from one of a site: as wide as it is asked to be, and another colour where the screen is dark.
SCHEMES = "<style>:root { color-scheme: light dark } body { margin: 0; background: #fff } @media (prefers-color-scheme: dark) { body { background: #000 } }</style>"


@pytest.fixture(scope="module")
def shown(ready: None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a review in which there is everything."""
    high = {"/posts/pot/": {"phone": 2_400, "desk": 1_600}}
    harm = tuple(change(f"/harm/{number}/", title="Harm", after=html(f"<p>x</p>{piece}")) for number, piece in enumerate(HARM))
    schemes = change(
        "/colours/", title="Colours", words=(), marks=("style",), before=html("<p>x</p>", SCHEMES), after=html("<p>y</p>", SCHEMES)
    )
    review = replace(FULL, pages=(*FULL.pages, schemes, *(replace(one, words=()) for one in harm)), letters=(letter(),))
    file = tmp_path_factory.mktemp("review") / "review.html"
    file.write_text(page(review, asset, Shots(high=high), "en"), encoding="utf-8")
    return file.as_uri()


def opened(tab, address: str, **look):
    found = tab(**look)
    found.goto(address)
    for one in found.locator("summary").all():
        one.evaluate("(summary) => { summary.parentElement.open = true }")
    return found


def test_nothing_of_a_stranger_runs_asks_or_leads_away(shown, fresh):
    """The reviewer is signed in to the forge, and has the right to approve."""
    found, asked = fresh(), []
    found.on("request", lambda request: asked.append(request.url))
    opened(lambda **_: found, shown)
    for frame in found.locator("iframe").all():
        frame.scroll_into_view_if_needed()
    found.wait_for_timeout(500)

    assert "Can be published – Le village" == found.title()
    assert [] == [url for url in asked if not url.startswith(("file:", "data:", "about:"))]
    assert found.locator("iframe").count() > 10
    assert shown == found.url


def test_a_click_within_a_shown_page_leads_nowhere(shown, fresh):
    """Whoever follows a link of a preview looks at what is published already, and approves it."""
    found, asked = fresh(), []
    opened(lambda **_: found, shown)
    found.on("request", lambda request: asked.append(request.url))
    for frame in found.frames[1:]:
        if frame.locator("#away").count():
            frame.locator("#away").click(force=True)
            break
    else:
        raise AssertionError("the page with the link is not there")
    found.wait_for_timeout(300)

    assert [] == [url for url in asked if "evil" in url]
    assert shown == found.url


@pytest.mark.long
@pytest.mark.parametrize("script", [True, False])
def test_width_and_colours_are_chosen_without_a_script(shown, tab, script):
    """There is none in the file, and whoever forbids them sees the same."""
    found = opened(tab, shown, script=script)
    # As the driver sets colours it sets them for every frame, whatever the page asks for.
    found.emulate_media(color_scheme="null")
    entry = found.locator("article", has=found.get_by_role("heading", name="Colours"))
    entry.scroll_into_view_if_needed()

    def seen() -> tuple[int, str]:
        wide = entry.locator("iframe").first.evaluate("(one) => one.offsetWidth")
        body = entry.frame_locator(".after iframe").locator("body")
        return wide, body.evaluate("(one) => getComputedStyle(one).backgroundColor")

    assert (375, "rgb(255, 255, 255)") == seen()
    found.check("#width-desk")
    found.check("#colours-dark")
    assert (1280, "rgb(0, 0, 0)") == seen()
    assert 700 == found.locator("#letters iframe").first.evaluate("(one) => one.offsetWidth")
    found.check("#width-phone")
    found.check("#colours-light")
    found.emulate_media(color_scheme="light")


def test_one_state_is_shown_in_the_place_of_the_other(shown, tab):
    """What jumps when two pictures change places is what differs."""
    found = opened(tab, shown)
    places = []
    for side, name in (("before", "before"), ("after", "after")):
        found.check(f"#side-{side}")
        pair = found.locator("#letters .pair")
        assert [True, False] == [pair.locator(f".{one}").is_visible() for one in (name, "after" if name == "before" else "before")]
        places.append(pair.locator(f".{name} .room").bounding_box())
    found.check("#side-both")

    assert (places[0]["x"], places[0]["y"]) == (places[1]["x"], places[1]["y"])


def test_both_states_of_a_measured_page_are_scrolled_together(shown, tab):
    """What is beside each other can be compared."""
    found = opened(tab, shown)
    box = found.locator(".measured .rooms").first
    box.focus()
    found.keyboard.press("End")
    found.wait_for_timeout(700)

    assert box.evaluate("(one) => one.scrollTop") > 500
    assert [2_400, 2_400] == box.locator("iframe").evaluate_all("(all) => all.map((one) => one.offsetHeight)")


@pytest.mark.long
def test_every_choice_is_reached_by_keys(shown, fresh):
    """Who cannot hold a mouse still approves letters."""
    found = opened(fresh, shown)
    found.focus("#width-phone")
    found.keyboard.press("ArrowRight")
    assert found.is_checked("#width-desk")
    found.keyboard.press("Tab")
    assert "colours-light" == found.evaluate("document.activeElement.id")


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_no_part_is_wider_than_the_screen(shown, tab, width):
    """Approved on the way, too."""
    found = opened(tab, shown, width=width)

    assert found.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nobody_is_shut_out(shown, tab, width, scheme):
    """Every rule of WCAG that a program can tell: no finding at all."""
    found = opened(tab, shown, width=width, scheme=scheme)

    assert () == axe(found)


@pytest.mark.long
def test_the_markup_is_sound(shown):
    """What only browsers forgive breaks with the next one."""
    assert [] == [f"{one.get('lastLine')}: {one['message']}" for one in messages([shown.removeprefix("file://")])]


@pytest.mark.long
def test_it_can_be_printed(shown, fresh, tmp_path):
    """A committee meets around a table; what is folded on the screen is not on paper."""
    found = fresh()
    found.goto(shown)
    found.emulate_media(media="print")

    assert not found.locator(".switches").is_visible()
    assert found.locator(".follows .words").first.is_visible()
    assert Path(tmp_path / "x.pdf").write_bytes(found.pdf()) > 10_000
