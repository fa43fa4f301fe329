"""Bytes become clean text, or are refused at the byte that is none."""

import pytest
from tests.cases import for_each

from handbill.hub.clean import decode, named
from handbill.hub.nodes import Desk


def read(raw):
    desk = Desk("a.md", "UTC")
    return decode(raw, desk), [(one.code, one.line, one.column, one.found) for one in desk.problems]


@pytest.mark.parametrize(
    "raw", ["Été\n\nDeux".encode(), b"\xef\xbb\xbf" + "Été\n\nDeux".encode(), "Été\r\n\r\nDeux".encode(), "Été\r\rDeux".encode()]
)
def test_marks_and_line_ends_of_other_systems_change_nothing(raw):
    """The same text from Windows must give the same site."""
    assert ("Été\n\nDeux", []) == read(raw)


@pytest.mark.parametrize(
    ("raw", "code", "line", "column", "found"),
    [
        ("é\n".encode("latin-1"), "HB102", 1, 1, "a byte (0xe9) that is no UTF-8; in old Windows files it is “é”"),
        ("été\nUn café".encode() + b"\x92", "HB102", 2, 8, "a byte (0x92) that is no UTF-8; in old Windows files it is “’”"),
        (b"\r\na\xff", "HB102", 2, 2, "a byte (0xff) that is no UTF-8; in old Windows files it is “ÿ”"),
        (b"a\xc0\xaf", "HB102", 1, 2, "a byte (0xc0) that is no UTF-8"),
        (b"\xed\xa0\x80", "HB102", 1, 1, "a byte (0xed) that is no UTF-8"),
        (b"abc\xe2\x80", "HB102", 1, 4, "a byte (0xe2) that is no UTF-8"),
        (b"a\x81", "HB102", 1, 2, "a byte (0x81) that is no UTF-8"),
        ("---\n".encode("utf-16"), "HB102", 1, 1, "a file saved as UTF-16"),
        ("\ufeff---\n".encode("utf-16-be"), "HB102", 1, 1, "a file saved as UTF-16"),
        ("---\n".encode("utf-16-le"), "HB103", 1, 2, "the control character U+0000, which nobody sees"),
        (b"\n\xff", "HB102", 2, 1, "a byte (0xff) that is no UTF-8; in old Windows files it is “ÿ”"),
        (b"\r\xff", "HB102", 2, 1, "a byte (0xff) that is no UTF-8; in old Windows files it is “ÿ”"),
        (b"\n\x00", "HB103", 2, 1, "the control character U+0000, which nobody sees"),
        (b"a\n\x00", "HB103", 2, 1, "the control character U+0000, which nobody sees"),
        (b"\x1b[0m", "HB103", 1, 1, "the control character U+001B, which nobody sees"),
        ("a\x9f".encode(), "HB103", 1, 2, "the control character U+009F, which nobody sees"),
        ("é\ufffe".encode(), "HB103", 1, 2, "the control character U+FFFE, which nobody sees"),
        ("\uffff".encode(), "HB103", 1, 1, "the control character U+FFFF, which nobody sees"),
    ],
)  # fmt: skip
def test_what_is_no_clean_text_is_refused_at_its_place(raw, code, line, column, found):
    """One such byte loses a whole feed; columns count characters, as editors do."""
    assert (None, [(code, line, column, found)]) == read(raw)


@pytest.mark.parametrize(
    ("raw", "column", "code", "wanted"),
    [
        (b"a\xff", 2, "HB102", "the file saved as UTF-8"),
        ("---\n".encode("utf-16"), 1, "HB102", "the file saved as UTF-8"),
        (b"a\x00", 2, "HB103", "that character taken out, or the line typed anew"),
    ],
    ids=["no UTF-8", "UTF-16", "a control character"],
)
def test_one_sign_is_shown_and_what_is_wanted_is_said(raw, column, code, wanted):
    """The sign is underlined in the line, and no field is named: there may be none yet."""
    desk = Desk("a.md", "UTC")
    decode(raw, desk)
    [problem] = desk.problems

    assert ("", column, code, wanted) == (problem.field, problem.column, problem.code, problem.wanted)
    assert (0 if code == "HB102" and column == 1 else 1) == problem.width


@for_each("sign", [*map(chr, (*range(32), *range(127, 160))), "\ufeff", "\ufffe", "\uffff"], ids=named)
def test_of_the_signs_that_nobody_sees_only_tabs_and_ends_of_lines_are_taken(sign):
    """Whatever they stand beside."""
    kept = {"\t": "\t", "\n": "\n", "\r": "\n", "\x85": "\x85"}
    for text in (f"a{sign}b", f"é{sign}é"):
        decoded, problems = read(text.encode())

        assert decoded == (text.replace(sign, kept[sign]) if sign in kept else None), ascii(text)
        assert [] == problems or [("HB103", 1, 2)] == [one[:3] for one in problems]


@pytest.mark.parametrize("sign", ["\x20", "\x7e", "\xa0", "\xad", "\u0c42", "\uf8ff", "\ufefe", "\ufffd"], ids=named)
def test_signs_beside_those_are_taken(sign):
    assert (f"a{sign}", []) == read(f"a{sign}".encode())


@pytest.mark.parametrize(
    ("raw", "column", "found"),
    [
        # A sign of two bytes that was cut, and one after which another follows, are no letters of old files.
        (b"\xe9\x80 a", 1, "a byte (0xe9) that is no UTF-8"),
        (b"caf\xe9", 4, "a byte (0xe9) that is no UTF-8"),
        (b"caf\xe9 ", 4, "a byte (0xe9) that is no UTF-8; in old Windows files it is “é”"),
        (b"\xef\xbb\xbfcaf\xe9 ", 4, "a byte (0xe9) that is no UTF-8; in old Windows files it is “é”"),
        (b"a\x9d a", 2, "a byte (0x9d) that is no UTF-8"),
    ],
)
def test_a_letter_of_an_old_file_is_named_where_it_is_one(raw, column, found):
    """Whoever reads “é” knows at once which program saved the file."""
    assert (None, [("HB102", 1, column, found)]) == read(raw)


def test_a_character_has_the_number_that_people_search_for():
    """U+200B is what the web knows it by."""
    assert "U+200B" == named("\u200b")
