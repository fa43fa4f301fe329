"""The page on which a letter is proofed: what a member will see, and what an editor must know."""

import re
from html.parser import HTMLParser

import pytest
from tests.preview.letters import seen, sheet, standing

from handbill.composing.standings import Overview
from handbill.outputs.mail.weight import Weight
from handbill.preview.panes import PANES, index_page, letter_page


def page(others=(), lang="en", **changes):
    return letter_page(seen(**changes), others, sheet(lang))


class Outline(HTMLParser):
    """Checks that every element ends where it began, and keeps ids and labels."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.links = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


def test_the_four_panes_are_there_each_with_a_name():
    """Phone, desktop, dark and text: what looks right in one is wrong in another."""
    html = page()

    assert ["phone", "desktop", "dark", "text"] == [name for name, _, _ in PANES]
    assert ["light.html", "light.html", "dark.html"] == re.findall(r'<iframe src="([^"]*)"', html)
    assert 3 == len(re.findall(r'<iframe [^>]*title="The letter: [^"]+" sandbox="allow-same-origin allow-popups', html))
    assert "allow-scripts" not in html


def test_the_page_is_whole_and_each_way_within_it_leads_somewhere():
    """An element that is left open swallows the rest of the page."""
    outline = Outline(page((standing("4", 4), standing("3", 3), standing("2", 2))))

    assert [] == outline.open
    assert len(set(outline.ids)) == len(outline.ids)
    assert {one[1:] for one in outline.links if one.startswith("#")} <= set(outline.ids)


def test_nothing_that_a_letter_says_becomes_a_part_of_the_page():
    """Also not what is quoted as wrong in it."""
    html = page()

    assert "Bonjour &lt;b&gt;" in html
    assert "a &lt;b&gt; in it" in html
    assert "La fête &amp; le bal" in html


def test_the_line_above_leads_to_the_numbers_before_and_after_of_the_same_letter():
    """An editor compares with the last one; the agenda and the English letter are others."""
    others = [
        standing("4", 4),
        standing("3.en", 3, lang="en"),
        standing("agenda-9", 9, letter="agenda"),
        standing("3", 3),
        standing("2", 2),
    ]
    html = page(others)

    assert re.search(r'<a href="\.\./2/" rel="prev">← 2</a><a href="\.\./4/" rel="next">4 →</a>', html)


def test_what_matters_most_stands_above_the_panes():
    """Whoever looks for a second must see whether it can go out."""
    assert "1 warning" in page().partition('class="panes"')[0]
    assert "nothing is wrong" in page(problems=()).partition('class="panes"')[0]
    assert 'class="bad"><a href="#weight">' in page(weight=Weight(120_000, 130_000))
    assert 'class="bad"><a href="#links">' in page()


def test_the_inbox_shows_what_stands_in_for_a_missing_preheader():
    """Mail programs take the first words, and those are often “Read in the browser”."""
    from dataclasses import replace

    from tests.outputs.mail.letters import letter

    assert "no preheader" in page(letter=replace(letter(), preheader=""))
    assert "no preheader" not in page(letter=replace(letter(), preheader="Trois ateliers"))


def test_a_letter_that_cannot_be_made_says_so_in_the_place_of_the_panes():
    """Three empty frames would look like a fault of the browser."""
    html = page(forms={}, weight=Weight(0, 0), leadings=(), blocks=())

    assert "<iframe" not in html
    assert "cannot be made yet" in html


def test_the_page_speaks_french():
    """It is the tool of an editor."""
    html = page(lang="fr")

    assert '<html lang="fr">' in html
    assert "Vérifications" in html
    assert "Ce qui a été choisi, et pourquoi" in html


def test_the_list_leads_to_every_number():
    """Grouped by letter, with what is wrong."""
    rows = (standing("3", 3), standing("agenda-1", 1, letter="agenda"))
    html = index_page(Overview((("main", "La lettre"), ("agenda", "L'agenda")), rows), sheet())

    assert ["3/", "agenda-1/"] == re.findall(r'<td><a href="([^"]*)"', html)
    assert html.index("La lettre") < html.index('"3/"') < html.index("L'agenda") < html.index('"agenda-1/"')
    assert [] == Outline(html).open


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_empty_list_says_how_to_begin(lang):
    """The first visit is before the first letter."""
    assert "newsletter draft" in index_page(Overview((), ()), sheet(lang))
