"""Pages on paper: nothing cut off at the edge, and the address that leads back."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from tests.browser.looking import measure, nothing

pytestmark = pytest.mark.long

PRINTED = {
    "post": "posts/affuter-un-ciseau/",
    "event": "events/samedi-reparation/",
    "contest": "contests/objet-histoire/",
    "letter": "newsletters/2026-11/",
}
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
SHEET = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)

#: A point of the printer's measure, for rounding.
SLACK = 1


@pytest.fixture(scope="module", params=PRINTED)
def printed(request, demo, tab, tmp_path_factory):
    """Give a printed page: its address, the pieces of its text on the screen, and its sheets with the place of each word."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext: apt-get install poppler-utils")
    path = PRINTED[request.param]
    page = tab()
    page.goto(demo.host.address + path)
    file = tmp_path_factory.mktemp("paper") / "page.pdf"
    page.pdf(path=str(file), format="A4", prefer_css_page_size=True, print_background=True)
    text = measure(page, "lines('main h1, main .prose')")
    raw = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True).stdout
    sheets = [(float(wide), float(high), [(*map(float, word[:4]), word[4]) for word in WORD.findall(inside)]) for wide, high, inside in SHEET.findall(raw)]
    return demo.host.address + path, text, sheets


def letters(text: str) -> str:
    """Return letters and digits alone: a printer joins letters and breaks words where it likes."""
    joined = text.replace("&apos;", "").replace("&quot;", "").replace("&amp;", "").replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi")
    return re.sub(r"[\W_]+", "", joined).lower()


def test_no_word_is_off_the_sheet(printed):
    _, _, sheets = printed
    off = [
        f"sheet {number}: {word!r} at {left:.0f}–{right:.0f}, {top:.0f}–{bottom:.0f} of {wide:.0f}×{high:.0f}"
        for number, (wide, high, words) in enumerate(sheets, 1)
        for left, top, right, bottom, word in words
        if left < -SLACK or top < -SLACK or right > wide + SLACK or bottom > high + SLACK
    ]

    nothing(off)


def test_the_whole_text_is_on_paper(printed):
    """What scrolls on the screen must be whole on paper."""
    _, text, sheets = printed
    paper = letters(" ".join(word[4] for _, _, words in sheets for word in words))
    missing = [line for line in text if letters(line) not in paper]

    assert len(text) > 5
    nothing(missing)


def test_the_address_is_on_paper(printed):
    """A sheet on a wall must lead to the page, where the last changes are told."""
    address, _, sheets = printed
    paper = letters(" ".join(word[4] for _, _, words in sheets for word in words))

    assert letters(address) in paper or letters(address.split("://")[1]) in paper


def test_the_screen_is_left_out_of_the_paper(printed):
    """A menu cannot be pressed on paper."""
    _, _, sheets = printed
    paper = letters(" ".join(word[4] for _, _, words in sheets for word in words))

    assert letters("Aller au contenu") not in paper
    assert letters("Rechercher") not in paper
