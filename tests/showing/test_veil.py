"""What is private in a file stays out of everything that is shown of it."""

from __future__ import annotations

from handbill.errors import Problem
from handbill.showing.veil import HIDDEN, lines_of, occurrences, secrets_of, veiled, veils

RAW = "title: Appeler Inès\ntel: 06 12 34 56 78, le soir\n\nÉcrire à ines@example.org.\n".encode()


def private(line: int, column: int, width: int) -> Problem:
    return Problem("a.md", line, column, "", "x", "", "HB601", width=width)


def test_lines_are_those_of_an_editor():
    """A page break or a separator pasted from elsewhere begins no line in any editor."""
    assert ("a\x0cb\u2028c", "d", "e", "") == lines_of("\ufeffa\x0cb\u2028c\r\nd\re\n".encode())


def test_a_byte_that_is_no_utf_8_is_one_sign():
    """Columns are counted so where such a file is refused."""
    assert [4] == [len(line) for line in lines_of(b"caf\xe9")]


def test_the_private_texts_of_a_file_are_known():
    """To be hidden where another message quotes them."""
    assert ("06 12 34 56 78",) == secrets_of(RAW, [private(2, 6, 14)])
    assert () == secrets_of(None, [private(2, 6, 14)])


def test_something_private_over_several_lines_is_hidden_on_each():
    """A key is many lines, and only its first one is named."""
    assert {1: [(7, 9)], 2: [(0, 2)], 3: [(0, 3)]} == veils(("a key: --", "MI", "end of it"), [private(1, 8, 9)])


def test_without_a_width_the_rest_of_the_line_is_hidden():
    """What is not known to be harmless is not shown."""
    assert {1: [(3, 9)]} == veils(("a private",), [private(1, 4, 0)])
    assert {1: [(0, 9)]} == veils(("a private",), [private(1, 0, 0)])


def test_a_quotation_is_hidden_whole_or_cut_short():
    """Messages quote the first sixty signs of a value."""
    assert f"found {HIDDEN} and {HIDDEN}… there" == veiled("found ines@example.org and ines@exam… there", ("ines@example.org",))


def test_the_begin_of_a_word_is_no_secret():
    """Half of the message would be dots."""
    assert "les ines sont là…" == veiled("les ines sont là…", ("ines@example.org",))


def test_a_short_text_is_hidden_only_where_it_was_found():
    """A pin of three digits would hide every year."""
    assert () == secrets_of(b"pin: 201\n", [private(1, 6, 3)])


def test_a_text_is_found_wherever_it_stands_in_a_line():
    """The same number is in the title and in the text."""
    assert [(0, 4), (5, 9)] == list(occurrences("abcd abcd", ("abcd",)))
