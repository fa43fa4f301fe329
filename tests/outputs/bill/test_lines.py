"""Titles broken into lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.outputs.bill.letters import letters
from handbill.outputs.bill.lines import Block, block, one_line

BOLD = letters("Bold")
SIZES = (116, 100, 85, 72, 61, 52, 44)
WIDTH, HEIGHT = 1000, 300


def broken(text: str, width: int = WIDTH, height: int = HEIGHT) -> Block:
    return block(text, BOLD, width, height, SIZES)


def wide(line: str, size: int) -> float:
    return BOLD.width(line) * size / 1000


def test_a_short_title_is_as_large_as_can_be():
    """It is what a chat shows three centimetres wide."""
    assert Block(("La radio de Marcel",), 116) == broken("La radio de Marcel")


def test_a_long_title_gets_smaller_before_anything_else():
    """Its last word may be the one that matters."""
    title = "Pièces détachées : ce que la loi vous donne, ce qu’il faut demander, à qui, comment, et ce que l’on peut attendre d’un fabricant qui ne répond pas"
    found = broken(title)

    assert found.is_whole
    assert title == " ".join(found.lines)
    assert found.size < SIZES[0]


def test_lines_are_even():
    """A single word on the last line looks forgotten."""
    assert ("Marché des", "choses réparées") == broken("Marché des choses réparées", width=900, height=150).lines


def test_a_line_rather_ends_where_the_sense_pauses():
    """« Conférence : pourquoi / ma machine » is read twice."""
    assert "Conférence\u00a0:" == broken("Conférence\u00a0: pourquoi ma machine n’a plus de pièces", width=700).lines[0]


def test_a_line_rather_ends_with_a_word_than_with_an_article():
    """« La fête de / l’atelier » is how one speaks; « le / retour » is not."""
    lines = broken("Tout savoir sur le retour à la bobine", width=800).lines

    assert not [line for line in lines[:-1] if len(line.split(" ")[-1]) <= 2]


def test_a_slightly_smaller_size_is_taken_where_its_lines_end_better():
    """« un grille- / pain » in the largest letters is not worth it."""
    title = "Comment marche un grille-pain (et pourquoi le vôtre ne retient plus le pain)"

    assert ("Comment marche un grille-pain", "(et pourquoi le vôtre", "ne retient plus le pain)") == broken(title).lines


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_no_line_ends_at_a_space_that_does_not_break(space: str):
    """A line that begins with a question mark is the first thing that French readers see."""
    title = f"Pourquoi pas nous{space}? Parce que «{space}nous{space}», c’est vous{space}!"
    for width in range(300, 1100, 50):
        lines = broken(title, width).lines
        assert not [line for line in lines if line[0] in "?!»" or line[-1] == "«" or line != line.strip(" ")]
        assert title == " ".join(lines)


def test_a_hyphen_lets_a_line_end_and_stays():
    """« outilthèque-atelier » may be broken where it is joined, with no second hyphen."""
    lines = broken("Porte-bagages et garde-boue extraordinaires", width=560).lines

    assert "Porte-bagages et garde-boue extraordinaires" == re.sub("- ", "-", " ".join(lines))
    assert not [line for line in lines if "--" in line]


def test_a_word_that_is_too_wide_is_made_smaller_before_it_is_broken():
    """Half a word at full size is worse than the whole of it at two thirds."""
    found = broken("Anticonstitutionnellement")

    assert ("Anticonstitutionnellement",) == found.lines
    assert wide(found.lines[0], found.size) <= WIDTH


def test_a_word_that_is_too_wide_even_then_is_broken_with_a_hyphen():
    """Running over the edge of the card, its end would not be there at all."""
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    found = broken(word, width=700)

    assert word == "".join(line.removesuffix("-") for line in found.lines)
    assert all(line.endswith("-") for line in found.lines[:-1])


def test_a_broken_address_gains_no_hyphen_beside_a_sign():
    """Someone may copy it."""
    address = "https://www.example.org/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24"
    found = broken(address, width=700)

    assert len(found.lines) > 1
    assert address == "".join(found.lines)


def test_what_finds_no_room_at_all_ends_with_dots():
    """A title that stops in the middle without a sign says something else than was written."""
    found = broken("Un titre, " * 60)

    assert not found.is_whole
    assert re.search(r"\w…$", found.lines[-1])
    assert SIZES[-1] == found.size


def test_nothing_gives_no_line():
    """Many cards have nothing below their title."""
    assert broken("").lines == broken(" \u00a0 ").lines == ()
    assert broken("").height(BOLD) == 0


def test_a_line_of_its_own_is_found_or_not():
    """A name is not broken while a smaller size shows it on one line."""
    assert Block(("Atelier Garonne",), 116) == one_line("Atelier Garonne", BOLD, WIDTH, SIZES)
    assert one_line("Atelier Garonne " * 10, BOLD, WIDTH, SIZES) is None


@given(st.text(st.sampled_from("abcdéÉ W’-\u00a0\u202f:!? 12iiii"), max_size=200), st.integers(200, 1000), st.integers(60, 360))
def test_whatever_a_title_is_it_stays_inside_and_loses_nothing(title: str, width: int, height: int):
    """Titles are written by people; one that breaks the drawing stops the whole build."""
    found = block(title, BOLD, width, height, SIZES)

    assert all(wide(line, found.size) <= width + 1 for line in found.lines)
    assert found.height(BOLD) <= height
    letters_of = re.sub(r"[\s…-]", "", title)
    shown = re.sub(r"[\s…-]", "", "".join(found.lines))
    assert shown == letters_of if found.is_whole else letters_of.startswith(shown)
