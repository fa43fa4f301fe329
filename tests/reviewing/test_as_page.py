"""A review → one HTML file that opens anywhere: verdict first, then what members get, then everything."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.reviewing.pages import EMPTY, FULL, asset, change, html, letter

from handbill.errors import Level, Problem, said
from handbill.reviewing.as_page import page
from handbill.reviewing.record import Found, Run
from handbill.reviewing.shots import Shots

NO_BROWSER = said("The browser stopped while pictures were taken: some are missing.")
WRONG = Found(Problem("content/posts/neuf.md", 2, 1, "date", "nothing", "a day", "HB203", Level.ERROR), True)


class Outline(HTMLParser):
    """The elements, addresses and parts of a page, without what stands in its frames."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "srcset", "data", "poster")]
        self.ids += [given["id"] or ""] if "id" in given else []
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.fixture(scope="module")
def full() -> str:
    return page(FULL, asset, lang="en")


def test_the_verdict_is_read_first_and_then_what_members_get(full):
    """That is what a reviewer opens the file for."""
    first = full.partition("</header>")[0]

    assert "<h1>Can be published</h1>" in first
    assert "1 new page, 2 pages changed" in first


def test_errors_are_the_verdict():
    """Whoever reads only the first line must know."""
    text = page(replace(FULL, problems=(WRONG, *FULL.problems), is_whole=False), asset, lang="en")

    assert "<h1>Cannot be published: 1 error</h1>" in text
    assert "Below is what could be made of it." in text
    assert text.index("HB203") < text.index("HB202")


def test_parts_stand_in_the_order_in_which_they_matter(full):
    """Problems, what to look at twice, letters, pages, and then the rest."""
    order = re.findall(r'<section id="(\w+)"', full)

    assert ["problems", "care", "letters", "pages", "dates", "feeds", "addresses", "files", "sources"] == order


def test_problems_of_the_proposal_come_before_those_that_were_there(full):
    """Nobody mends in a proposal what was wrong before it."""
    assert full.index("HB202") < full.index("1 problem that was there before") < full.index("HB101")


def test_nothing_for_members_is_one_line():
    """A mended comma in the handbook of developers is approved in a second."""
    text = page(EMPTY, asset, lang="en")

    assert "Nothing changes for members." in text
    assert "<section" not in text
    assert "<fieldset" not in text


def test_the_file_asks_nobody_for_anything_and_runs_nothing(full):
    """It is opened offline, from a folder of downloads, by somebody who is signed in everywhere."""
    outline = Outline(full)

    assert not {"script", "object", "embed", "form", "base"} & set(outline.tags)
    assert [] == outline.handlers
    assert [] == [one for one in outline.addresses if not one.startswith(("#", "data:"))]


def test_every_way_within_the_page_leads_somewhere(full):
    """A line of contents that leads nowhere looks like an empty part."""
    outline = Outline(full)

    assert len(outline.ids) == len(set(outline.ids))
    assert {one[1:] for one in outline.addresses if one.startswith("#")} <= set(outline.ids)


def test_the_page_weighs_what_it_may_and_says_what_is_left_out():
    """A change of the whole look makes a thousand pages; the most important ones are shown."""
    pages = tuple(change(f"/{number}/", words=(), marks=(str(number),), after=html("<p>x</p>" * 3_000)) for number in range(40))
    text = page(replace(EMPTY, pages=pages), asset, lang="en", most=1_000_000)

    assert 200_000 < len(text.encode()) <= 1_000_000
    assert "pages are told in words alone, to keep this file small." in text


def test_why_there_are_no_pictures_is_said():
    """A reviewer compares two packs, and one of them was made without a browser."""
    assert "The browser stopped" in page(FULL, asset, Shots(told=NO_BROWSER), "en")


def test_it_is_told_in_the_language_of_the_hub_unless_another_is_asked_for(full):
    """Editors speak French, those who help with workflows often do not."""
    assert '<html lang="fr">' in page(FULL, asset)
    assert "<h1>Peut être publié</h1>" in page(FULL, asset)
    assert '<html lang="en">' in full


def test_equal_reviews_give_equal_bytes():
    """Two packs that differ must come from two proposals that do."""
    assert page(FULL, asset) == page(FULL, asset)


@pytest.mark.parametrize("sign", ["&", "\u200b", "\U0001f980"])
def test_no_text_makes_the_page_heavier_than_it_may_be(sign):
    """What takes one sign in a proposal may take twelve bytes where it is shown."""
    novel = (Run("new", sign * 40_000),)
    pages = tuple(change(f"/{number}/", title=sign * 5_000, words=novel, marks=(str(number),)) for number in range(150))
    letters = tuple(letter(subject=sign * 5_000, words=novel) for _ in range(2))

    assert len(page(replace(EMPTY, pages=pages, letters=letters), asset).encode()) < 20_000_000
