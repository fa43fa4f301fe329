"""Lines that fit, in any writing."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbill.outputs.mail.wrapping import WIDTH, columns, underlined, wrapped

LONG = "Une phrase qui ne finit pas, " * 12


def test_a_line_that_fits_stays_as_it_is():
    """Also one that fits exactly; one sign more makes two."""
    assert "a" * 70 + " bcd" == wrapped("a" * 70 + " bcd")
    assert "a" * 70 + "\nbcde" == wrapped("a" * 70 + " bcde")
    assert "" == wrapped("")


@pytest.mark.parametrize(
    ("begin", "go_on"),
    [
        ("- ", "  "),
        ("1. ", "   "),
        ("123. ", "     "),
        ("[1] ", "    "),
        ("> ", "> "),
        ("> > - ", "> >   "),
        ("    ", "    "),
        ("  - ", "    "),
    ],
)
def test_entries_quotes_and_code_keep_their_margin(begin, go_on):
    """Without it the second line of an entry looks like a paragraph."""
    first, *others = wrapped(begin + LONG.strip()).split("\n")

    assert first.startswith(f"{begin}Une")
    assert others
    assert all(line.startswith(go_on) and line[len(go_on)] not in " >" for line in others)


def test_what_is_given_stands_before_the_lines():
    """Entries have a sign before their first line, and room below it."""
    assert "- un" == wrapped("un", "- ", "  ")
    assert ["* Une", "  "] == [line[: 5 if not number else 2] for number, line in enumerate(wrapped(LONG, "* ", "  ").split("\n"))][:2]
    assert all(line.startswith("  ") for line in wrapped(LONG, "  ").split("\n"))


def test_no_margin_is_wider_than_a_third_of_the_line():
    """Forty quotations in quotations left no room for words."""
    assert all(len(line) <= 78 for line in wrapped("> " * 40 + LONG).split("\n"))
    assert wrapped("> " * 40 + "mot").startswith("> " * 12 + "mot")


def test_signs_as_wide_as_two_count_as_two():
    """A line of 74 Chinese signs is as wide as two lines of Latin ones."""
    assert 10 == columns("安全な手紙")
    assert 8 == columns("한국어ab")
    assert 3 == columns("🫠a")
    assert 4 == columns("été!")
    assert all(columns(line) <= WIDTH for line in wrapped("修理" * 100).split("\n"))


def test_how_wide_a_sign_is_depends_on_no_version_of_python():
    """A sign that a later Unicode names would break the line elsewhere, and the same letter have other bytes."""
    assert "3.2.0" == unicodedata.ucd_3_2_0.unidata_version
    # Named by Unicode 15 and 16, which only later Pythons know.
    assert [2, 2, 2] == [columns(sign) for sign in ("\U0001fae8", "\U0001fadf", "\U00031350")]
    assert 1 == columns("\u0301")


def test_addresses_are_never_broken():
    """They would lead nowhere."""
    for address in ("https://long.example/" + "a" * 120, "<mailto:" + "a" * 90 + "?subject=x>", "a" * 40 + "@" + "b" * 60 + ".example"):
        assert address in wrapped(f"Voir {address}, et plus loin.").replace("\n", " ").split(", et")[0]
        assert "," not in wrapped(f"{address}").replace("\n", ",")


def test_a_word_without_end_is_cut():
    """Some languages write without spaces; and some writers hold a key down."""
    made = wrapped("a" * 200)

    assert "a" * 200 == made.replace("\n", "")
    assert ["a" * 74, "a" * 74, "a" * 52] == made.split("\n")
    assert ["- " + "a" * 72, "  " + "a" * 72, "  " + "a" * 56] == wrapped("- " + "a" * 200).split("\n")


@pytest.mark.parametrize("letter", ["e\u0301", "👩🏽\u200d🔧", "🏴\U000e0067\U000e0062\U000e007f", "❤\ufe0f", "क\u094d\u200d"])
def test_no_letter_is_cut_from_its_marks(letter):
    """The mark would stand alone at the beginning of a line, or one sign become two."""
    for before in range(9):
        lines = wrapped("x" * before + letter * 100).split("\n")

        assert all(line.lstrip("x") == letter * (len(line.lstrip("x")) // len(letter)) for line in lines)
        assert all(len(line) <= 78 and columns(line) <= 78 for line in lines)


def test_a_heap_of_marks_is_cut_all_the_same():
    """Pranks pile hundreds of them on one letter."""
    assert all(len(line) <= 78 for line in wrapped("Z" + "\u0301" * 500).split("\n"))


def test_a_heading_is_underlined_as_far_as_it_goes():
    """Also where its signs are wide, and never farther than a line may go."""
    assert "Été\n---" == underlined("Été", "-")
    assert "修理\n====" == underlined("修理", "=")
    lines = underlined(f"Voir https://long.example/{'a' * 90}", "-").split("\n")
    assert "-" * 74 == lines[-1]
    lines = underlined(LONG, "-").split("\n")
    assert max(map(len, lines[:-1])) == len(lines[-1])


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=400))
def test_any_line_keeps_its_words_and_fits(line):
    """Whatever somebody pastes."""
    made = wrapped(line)

    assert re.sub(r"[> \n]", "", line) == re.sub(r"[> \n]", "", made)
    assert all(len(one) <= 78 and columns(one) <= 78 for one in made.split("\n") if not re.search(r"://|:|@", one))
