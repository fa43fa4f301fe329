"""A gap between two words has one space, wherever the tags are."""

import re

import pytest

from handbill.hub.gaps import GAP, MARKS, TAG, WIDE, filled, places, typed, wide, woven


@pytest.mark.parametrize(
    ("gap", "is_before", "printed"),
    [
        ("", True, "_"),
        (" ", True, "_"),
        (" \n\u00a0", True, "_"),
        # Out of an element that ends, and not into one that begins.
        ("<", True, "<_"),
        ("<", False, "_<"),
        ("< <", True, "<_<"),
        (" < ", False, "_<"),
        ("<< ", True, "<<_"),
    ],
)
def test_a_gap_is_filled_with_one_space_and_keeps_its_tags(gap, is_before, printed):
    """Two spaces, one on each side of an end tag, would show as a hole."""
    assert printed.replace("<", TAG) == filled(gap.replace("<", TAG), "_", is_before=is_before)


def test_a_gap_has_a_space_in_it():
    """Tags alone keep words together."""
    assert re.fullmatch(GAP, f"{TAG} \u202f{TAG}{TAG}")
    assert not re.fullmatch(GAP, TAG)


def test_a_run_of_spaces_becomes_one():
    """A line break of the source is a space too."""
    assert f"12{WIDE}km" == wide("12 \n km")


def test_signs_are_found_in_their_order():
    """The rules go through a text once."""
    assert [1, 3, 5, 7] == places("a!b?c;d!", "!?;")
    assert [] == places("abc", "!")


def test_texts_and_what_stands_between_are_woven():
    """As split takes them apart."""
    assert "a1b2c" == woven(["a", "b", "c"], ["1", "2"])


def test_every_mark_is_one_sign_that_no_text_holds():
    """Reading refuses control characters; two marks alike would mix tags up."""
    assert len(set(MARKS)) == len(MARKS)
    assert all(ord(mark) < 32 and mark not in "\t\n\r\x02\x03\x04\x05\x06" for mark in MARKS)


def test_a_name_is_found_however_it_was_set():
    """Version history writes Inès d'Artagnan; her page, a printer's apostrophe."""
    assert typed("Inès d'Artagnan") == typed("Inès\u00a0d’Artagnan")
