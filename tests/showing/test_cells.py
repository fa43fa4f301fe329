"""What a terminal shows of any text, and how wide that is."""

from __future__ import annotations

import pytest

from handbill.showing.cells import cells, clusters, safe, visible, windowed


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("ends: hier", 10),
        ("日本語", 6),
        ("ｆｕｌｌ", 8),
        ("e\u0301te\u0301", 3),
        ("👍", 2),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("🇫🇷🇧🇪", 4),
        ("❤\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("각", 2),
        ("", 0),
    ],
)
def test_signs_take_as_many_cells_as_terminals_give_them(text, wide):
    """A caret under the wrong word sends an editor to the wrong word."""
    assert wide == cells(text)


def test_what_is_set_onto_a_sign_stays_with_it():
    """An accent on a line of its own is put onto whatever stands before."""
    assert ["e\u0301", "t", "👨\u200d👩"] == [cluster for cluster, _ in clusters("e\u0301t👨\u200d👩")]


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("\x1b", "␛"), ("\x07", "␇"), ("\x7f", "␡"), ("\x85", "‹U+0085›"), ("\u202e", "‹U+202E›"), ("\u2066", "‹U+2066›"),
        ("\u200b", "‹U+200B›"), ("\ufeff", "‹U+FEFF›"), ("\u2028", "‹U+2028›"), ("\udce9", "\ufffd"), ("\ue000", "‹U+E000›"),
        ("\U000e0041", "‹U+E0041›"), ("é", "é"), ("\u00a0", "\u00a0"),
    ],
)  # fmt: skip
def test_what_nobody_sees_or_a_terminal_obeys_is_shown_as_a_sign(sign, shown):
    """A stranger's file must not turn the text around, move the cursor or ring."""
    assert shown == visible(sign, "a")


def test_an_emoji_is_joined_and_a_word_is_not():
    """The same invisible sign makes a family of three people, or hides in an address."""
    assert "\u200d" == visible("\u200d", "👨")
    assert "‹U+200D›" == visible("\u200d", "a")


def test_an_accent_without_a_letter_gets_a_circle():
    """Else it would sit on the line that is drawn beside the text."""
    assert "◌\u0301" == visible("\u0301", "")


def test_a_safe_text_is_one_line():
    """A message is a line of a log, whatever it quotes."""
    assert "a␊b‹U+202E›c\u00a0d" == safe("a\nb\u202ec\u00a0d")


@pytest.mark.parametrize(
    ("text", "mark", "room", "shown", "place"),
    [
        ("court", (0, 5), 20, "court", (0, 5)),
        ("x" * 40 + "ICI" + "y" * 40, (40, 43), 30, "…xxxxxxxxxxICIyyyyyyyyyyyyyyy…", (11, 14)),
        ("x" * 5 + "ICI" + "y" * 40, (5, 8), 30, "xxxxxICIyyyyyyyyyyyyyyyyyyyyy…", (5, 8)),
        ("x" * 40 + "ICI", (40, 43), 30, "…xxxxxxxxxxICI", (11, 14)),
        ("日" * 40, (20, 21), 20, "…日日日日日日日日日…", (4, 5)),
        ("z" * 90, (0, 90), 20, "z" * 19 + "…", (0, 19)),
    ],
)
def test_a_long_line_is_cut_around_what_is_meant(text, mark, room, shown, place):
    """A paragraph is one line of a file; the terminal has eighty cells."""
    found = windowed(text, mark, room, False, False)

    assert (shown, place) == found
    assert room >= cells(found[0])
