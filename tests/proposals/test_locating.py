"""Words of a page, found in their file."""

import pytest
from tests.hubs import load_village, text, village, write

from handbill.proposals.locating import MOST, located, page_named

BODY = "Une ligne.\n\nElle coupe *très* [droit](https://x.example/a), dit-on,\nl’atelier fermé.\n\nElle coupe mal."


@pytest.fixture
def place(tmp_path):
    """Return a village with a post of known lines, and its settings."""
    root = write(village(tmp_path), {"content/posts/scie.md": text(BODY, title="La scie du quai")})
    loaded, settings = load_village(root=root)
    return root, loaded.hub, settings


@pytest.mark.parametrize(
    "written",
    [
        "https://village.example/hub/posts/scie/",
        "/posts/scie/",
        "posts/scie",
        "https://village.example/hub/posts/scie/?x=1#y",
        "La scie du quai",
        "content/posts/scie.md",
    ],
)
def test_a_page_is_known_by_all_that_people_call_it(place, written):
    """People copy what their browser shows, or write what the page is called."""
    _, hub, settings = place

    assert "content/posts/scie.md" == page_named(written, hub, settings).source


@pytest.mark.parametrize("written", ["", "https://[", "/nowhere/", "../../etc/passwd", "x" * 10_000])
def test_what_names_no_page_names_none(place, written):
    """It is a stranger's word; no file is opened by it."""
    _, hub, settings = place

    assert page_named(written, hub, settings) is None


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("coupe très droit", [8]),
        ("dit-on, l'atelier fermé", [8]),
        ("L’ATELIER", [9]),
        ("Elle coupe", [8, 11]),
        ("La scie du quai", [2]),
        ("n’y est pas du tout", []),
        ("", []),
    ],
)
def test_words_are_found_as_the_page_shows_them(place, words, lines):
    """Emphasis, links, line ends and apostrophes are a matter of print."""
    root, hub, settings = place
    page = page_named("/posts/scie/", hub, settings)

    assert lines == [one.line for one in located(page, words, hub, root) if one.source == "content/posts/scie.md"]


def test_without_a_page_only_many_words_are_looked_for(place):
    """“le” stands in every file, and a list of all helps nobody."""
    root, hub, _ = place

    assert ["content/posts/scie.md"] == [one.source for one in located(None, "elle coupe très droit", hub, root)]
    assert () == located(None, "coupe", hub, root)
    assert MOST >= len(located(None, "e" * 5000, hub, root))
