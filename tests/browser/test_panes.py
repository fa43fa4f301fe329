"""The pages on which letters are proofed, in a browser: every pane shows what it says, by keyboard and on a telephone too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.browser.driving import node_tool
from tests.browser.test_markup import messages
from tests.hubs import options, village, write

from handbill.preview.server import Preview

#: Long enough to be scrolled in every pane.
BODY = (
    "Bonjour,\n\n"
    + "Une phrase de plus sur le puits.\n\n" * 60
    + "![Un puits](../content/pictures/puits.png)\n\n```section\nshow: events\nlimit: 1\n```\n\n```section\nshow: posts\n```\n\nAda\n"
)
LETTER = f"---\nnumber: 3\nsubject: Avril au village, et un objet qui ne tient pas dans la boîte d'un téléphone\npreheader: Le puits, la fête et le reste\ndate: 2026-04-09 18:00\ndraft: true\n---\n\n{BODY}"


@dataclass(frozen=True)
class Shown:
    """Where the pages are."""

    letters: str

    @property
    def letter(self) -> str:
        return f"{self.letters}3/"


@pytest.fixture(scope="module")
def shown(ready: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Give the preview of the village with a letter to come, nothing of which is built."""
    root = write(village(tmp_path_factory.mktemp("panes")), {"newsletters/3.md": LETTER})
    with Preview(Path(root / "none"), port=0, lang="fr", root=root) as page:
        page.lay(lambda: options(root))
        yield Shown(page.letters)


def until(page, question: str) -> None:
    """Wait until the answer to a question is yes; the policy of the page lets Playwright's own way of waiting evaluate nothing."""
    for _ in range(100):
        if page.evaluate(question):
            return
        page.wait_for_timeout(50)
    raise AssertionError(question)


def opened(tab, address, **look):
    page = tab(**look)
    page.goto(address)
    until(
        page,
        "[...document.querySelectorAll('iframe')].every((one) => one.contentDocument && one.contentDocument.URL !== 'about:blank' && one.contentDocument.readyState === 'complete')",
    )
    return page


def ground(page, pane: str) -> str:
    """Return the colour on which the letter of a pane stands."""
    return page.evaluate(
        "(pane) => { const frame = document.querySelector(`[data-pane=${pane}] iframe`); const document_ = frame.contentDocument;"
        " return getComputedStyle(document_.body).backgroundColor + ' ' + getComputedStyle(document_.documentElement).filter }",
        pane,
    )


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pane_is_light_or_dark_however_the_screen_is_set(shown, tab, scheme):
    """Whoever works in the dark sends most letters to people who do not."""
    page = opened(tab, shown.letter, scheme=scheme)
    light, dark = ground(page, "phone"), ground(page, "dark")

    assert light != dark
    assert light == ground(page, "desktop")
    assert ("light", light, dark) == (
        "light",
        ground(opened(tab, shown.letter, scheme="light"), "phone"),
        ground(opened(tab, shown.letter, scheme="light"), "dark"),
    )


def test_a_phone_is_as_wide_as_a_phone_whatever_the_scale(shown, tab):
    """The letter breaks its lines there as it does on one."""
    page = opened(tab, shown.letter)
    widths = page.evaluate("[...document.querySelectorAll('iframe')].map((one) => one.contentWindow.innerWidth)")

    assert [375, 700, 375] == widths


@pytest.mark.parametrize("width", [1265, 1280, 1920])
def test_all_four_stand_side_by_side_on_a_laptop(shown, fresh, width):
    """What begins beyond the edge of the screen is compared with nothing; 1265 is left beside a scroll bar."""
    page = opened(fresh, shown.letter, width=width)
    end = "getBoundingClientRect().right"

    assert page.evaluate(f"document.querySelector('.pane.text .room').{end} <= document.querySelector('.panes').{end}")


def test_a_text_alone_can_be_read_on_a_telephone(shown, fresh):
    """Whoever approves a letter on the way reads the text, too; its lines break again, as they do in a mail program."""
    page = opened(fresh, shown.letter, width=360)
    page.click("button[data-view=text]")
    size, left, right = page.evaluate(
        "(() => { const text = document.querySelector('.pane.text pre'), box = text.getBoundingClientRect();"
        " return [parseFloat(getComputedStyle(text).fontSize) * box.width / text.offsetWidth, box.left, box.right] })()"
    )

    assert size > 12
    assert 0 < left < right < 360


def test_the_list_tells_on_a_telephone_how_each_number_stands(shown, tab):
    """Whether a letter is frozen is what one looks for there, and nobody scrolls a list sideways."""
    page = opened(tab, shown.letters, width=360)
    cells = page.evaluate("[...document.querySelectorAll('.letters tbody :is(th, td)')].map((one) => one.getBoundingClientRect().right)")

    assert cells
    assert all(right <= 360 for right in cells)


def test_pictures_load_before_anything_is_published(shown, tab):
    """A letter without its pictures is not proofed."""
    page = opened(tab, shown.letter)

    assert page.evaluate("[...document.querySelector('iframe').contentDocument.images].map((one) => one.naturalWidth > 0)") == [True]


def test_colours_turn_around_and_pictures_go_by_keyboard(shown, tab):
    """Two boxes that can be reached and ticked without a mouse."""
    page = opened(tab, shown.letter)
    before = ground(page, "dark")
    page.focus("[data-toggle=inverted]")
    page.keyboard.press("Space")
    until(
        page,
        "document.querySelector('[data-pane=dark] iframe').contentDocument.querySelector('style') && getComputedStyle(document.querySelector('[data-pane=dark] iframe').contentDocument.documentElement).filter !== 'none'",
    )
    turned = ground(page, "dark")
    page.focus("[data-toggle=bare]")
    page.keyboard.press("Space")
    until(
        page,
        "document.querySelector('iframe').contentDocument.URL.endsWith('-bare.html') && document.querySelector('iframe').contentDocument.readyState === 'complete'",
    )
    pictures = page.evaluate(
        "[...document.querySelector('iframe').contentDocument.images].map((one) => [one.getAttribute('src'), one.alt])"
    )

    assert before != turned
    assert "invert(1)" in turned
    assert pictures
    assert all(not source and described for source, described in pictures)
    page.evaluate("sessionStorage.clear()")


@pytest.mark.long
def test_one_pane_alone_is_chosen_by_keyboard_and_stays_chosen(shown, fresh):
    """The page loads itself again after each save, and must not jump back."""
    page = opened(fresh, shown.letter)
    page.focus("button[data-view=text]")
    page.keyboard.press("Enter")
    page.reload()

    assert ["text"] == page.evaluate(
        "[...document.querySelectorAll('.pane')].filter((one) => one.offsetWidth).map((one) => one.dataset.pane)"
    )
    assert "true" == page.get_attribute("button[data-view=text]", "aria-pressed")


def test_the_panes_are_scrolled_together(shown, fresh):
    """What is wrong in one is looked for in the others."""
    page = opened(fresh, shown.letter)
    page.focus(".pane.text pre")
    page.keyboard.press("End")
    until(
        page,
        "[...document.querySelectorAll('iframe')].every((one) => { const box = one.contentDocument.scrollingElement;"
        " return box.scrollTop > 100 && box.scrollTop >= box.scrollHeight - box.clientHeight - 2 })",
    )


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_is_wider_than_the_screen(shown, tab, width):
    """A proof is read on the way, too."""
    for address in (shown.letter, shown.letters):
        page = opened(tab, address, width=width)

        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nobody_is_shut_out(shown, tab, width, scheme):
    """The rules of WCAG as far as a program can tell: no finding at all."""
    axe = node_tool("axe-core/axe.min.js")
    if not axe:
        pytest.skip("needs axe-core in NODE_PATH")
    for address in (shown.letter, shown.letters):
        page = opened(tab, address, width=width, scheme=scheme)
        page.evaluate(axe.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {iframes: false})")

        assert [] == [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


@pytest.mark.long
def test_the_markup_is_sound(shown):
    """Both pages through the checker of the W3C: no error and no warning."""
    assert [] == [one["message"] for one in messages([shown.letter, shown.letters])]


def test_nobody_else_is_asked_for_anything(shown, fresh):
    """An editor on a train proofs as well, and a letter from a fork tells nobody who read it."""
    page, asked, faults = fresh(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(shown.letter, wait_until="networkidle")

    assert asked
    assert [] == [url for url in asked if not url.startswith((shown.letters.partition("/__handbill")[0], "data:"))]
    assert [] == faults
