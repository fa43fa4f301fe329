"""A hundred signs that nobody sees: told, except where a script or a picture needs them."""

import pytest
from tests.cases import for_each

from handbill.errors import Level
from handbill.proofing.galley import Galley
from handbill.proofing.signs import MOST, unseen

TURNS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
HINTS = ["\u200e", "\u200f", "\u061c"]
UNSEEN = [chr(code) for code in (0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x206A, 0x206F, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5)]
UNSEEN += [chr(code) for code in (0x180E, 0x180B, 0x3164, 0xFFA0, 0x2028, 0x2029, 0x85, 0xFE00, 0xFE0F, 0xFFF9, 0xFFFB, 0x1D173, 0x1D17A, 0xE0100, 0xE01EF)]
BOXES = ["\ufffc", "\ufffd", "\ue000", "\uf0b7", "\uf8ff", "\U000f0001", "\U0010fffd"]
TAGS = ["\U000e0001", "\U000e0041", "\U000e007f"]

#: In a word, between words, and at the end of a line: 36 + 9 + 90 + 21 cases with those of the tags.
SHAPES = ("mot{}mot", "un {} deux", "fin{}")

IN_PLACE = (
    "👨\u200d👩\u200d👧 famille",
    "❤\ufe0f\u200d🔥 et ✌🏽\ufe0f",
    "🏳\ufe0f\u200d🌈 🏴\u200d☠\ufe0f",
    "👩🏾\u200d🚀 🙂\u200d↔\ufe0f",
    "1\ufe0f⃣ #\ufe0f⃣ ☎\ufe0e ©\ufe0f ℹ\ufe0f ↔\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f d’Écosse",
    "می\u200cخواهم",
    "क्\u200dष et क्\u200cष",
    "ශ්\u200dරී ලංකා",
    "שלום\u200f (Paris)",
    "مرحبا\u200e 123",
    "ภาษา\u200bไทย",
    "កម្ពុ\u200bជា",
    "葛\U000e0100城",
    "ᠮᠣᠩ\u180b",
    "12\u202f500\u00a0€, « mot », aujourd’hui, co‑working",
)


def told(text: str, first_line: int = 1) -> list[tuple[str, Level]]:
    """Return what is found, in words, with its level."""
    return [(str(mark.found), mark.level) for mark in unseen(Galley(text, first_line))]


@for_each("shape", SHAPES)
@for_each("sign", TURNS + HINTS + TAGS, ids=ascii)
def test_what_turns_or_hides_a_text_is_refused(sign, shape):
    """A reviewer sees other words than members get; a machine reads what nobody sees."""
    assert [Level.ERROR] == [level for _, level in told(shape.format(sign))]


@for_each("shape", SHAPES)
@for_each("sign", UNSEEN + BOXES, ids=ascii)
def test_what_is_only_invisible_or_a_box_is_a_warning(sign, shape):
    """A search does not find the word, and a screen reader stumbles; nobody is deceived."""
    assert [Level.WARNING] == [level for _, level in told(shape.format(sign))]


def test_there_are_a_hundred_cases_and_more():
    """The table must not shrink unnoticed."""
    assert 100 <= len(SHAPES) * len(TURNS + HINTS + TAGS + UNSEEN + BOXES)


@pytest.mark.parametrize("text", IN_PLACE)
def test_a_sign_in_its_own_place_is_left_alone(text):
    """Emoji, Persian, Hindi, Thai and French typography are no faults."""
    assert [] == told(text)


def test_a_soft_hyphen_is_a_note():
    """It does no harm; it is only in the way when the word is searched."""
    assert [("a hyphen that shows only at the end of a line (soft hyphen, U+00AD), left by a word processor", Level.NOTE)] == told("co\u00adpeaux")


def test_the_message_names_what_cannot_be_seen():
    """“An invisible character” alone sends an editor looking for nothing."""
    assert ["an invisible character (zero width space, U+200B)"] == [found for found, _ in told("co\u200bpeaux")]
    assert ["an invisible character that turns the direction of writing around (right-to-left override, U+202E)"] == [
        found for found, _ in told("co\u202epeaux")
    ]


def test_a_line_full_of_them_is_told_once():
    """A paragraph pasted from a page can hold one after each word."""
    (mark,) = unseen(Galley("a\nmot\u200b mot\u200b mot\u200b\n"))

    assert "an invisible character (zero width space, U+200B), 3 times on this line" == mark.found
    assert (5, 6) == (mark.start, mark.end)


def test_a_hidden_text_is_one_mark_over_its_whole_length():
    """So that all of it is shown as what it is."""
    (mark,) = unseen(Galley("mot" + "".join(chr(0xE0000 + ord(sign)) for sign in "ignore") + " suite"))

    assert "6 invisible characters that can hide a text (tags, the first is U+E0069)" == mark.found
    assert (3, 9) == (mark.start, mark.end)


@pytest.mark.parametrize("text", ["mot &#8238; mot", "mot &#x202E; mot", "mot &#917569; mot"])
def test_a_sign_written_by_its_number_is_refused_as_well(text):
    """HTML makes the sign of it; in code it stays what it is."""
    assert [Level.ERROR] == [level for _, level in told(text)]
    assert [] == told(f"`{text}`")


def test_an_escape_counts_where_it_is_read():
    """YAML reads it in front matter; in a text it is six letters."""
    text = '---\ntitle: "a\\u202eb"\n---\n\nLe signe \\u202e.\n'

    assert ["“\\u202e”, which stands for an invisible character (right-to-left override, U+202E)"] == [found for found, _ in told(text, 5)]


def test_a_lost_character_in_code_is_talked_about():
    """A post about the replacement character shows it."""
    assert [] == told("le signe `\ufffd` veut dire")


def test_a_file_full_of_them_says_how_many_more():
    """Half a million messages would help nobody, and silence would be wrong."""
    found = told("a\u200b\n" * (MOST + 50))

    assert MOST + 1 == len(found)
    assert "50 more invisible characters from here on" == found[-1][0]
