"""The page of the handbook on HTML says what the cleaner does."""

from __future__ import annotations

import re

from tests.cases import for_each

from handbill.hub.allowed import BEYOND, ELEMENTS, EVERYWHERE, SCHEMES
from handbill.outputs.handbook_html import html_page
from handbill.reading.body import read_body

IN_TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
VOID = {"br", "hr", "wbr", "img", "input"}
TABLE = (
    "<table><caption>x</caption><thead><tr><th>x</th></tr></thead><tbody><tr><td>x</td></tr></tbody><tfoot><tr><td>x</td></tr></tfoot></table>"
)


@for_each("name", ELEMENTS)
def test_every_element_that_stays_is_on_the_page(name):
    """What editors may write they find there."""
    elements = html_page().split("## Elements")[1].split("## Addresses")[0]

    assert f"`{name}`" in elements
    assert all(f"`{one}`" in elements for one in (*ELEMENTS[name], *EVERYWHERE))


def test_no_element_is_on_the_page_that_does_not_stay():
    """What the page promises is what a text shows."""
    elements = html_page().split("## Elements")[1].split("Every element")[0]
    named = set(re.findall("`([a-z0-9]+)`", re.sub(r"\([^)]*\)", "", elements)))

    assert set(ELEMENTS) == named


def test_what_stands_on_the_page_stays_in_a_text():
    """Read as a text is read, and not from the same table."""
    whole = "".join(f"<{name}>x</{name}>" for name in ELEMENTS if name not in IN_TABLES | VOID) + TABLE
    html = read_body(f'{whole}<img src="a.png" alt="x"><input type="checkbox"><br><hr><wbr>').body.html

    # The title of the page is its one heading of the first level.
    assert ["h1"] == [name for name in ELEMENTS if f"<{name}" not in html]


def test_what_trusted_folders_may_hold_is_told_apart():
    """An editor elsewhere must not try it in vain."""
    before, trusted = html_page().split("## Trusted folders")

    assert [] == [name for name in BEYOND if f"| `{name}`" in before]
    assert all(f"| `{name}`" in trusted for name in BEYOND)
    assert all(f"`{one}:`" in before for one in SCHEMES)
