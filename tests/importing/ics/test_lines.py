"""The lines of a calendar, as they were meant, whoever wrote them."""

import pytest

from handbill.importing.ics.lines import LONGEST, content_lines, is_line, parsed, unescaped


def read(raw: bytes) -> list[str]:
    return [text for _, text in content_lines(raw)[0]]


def told(raw: bytes) -> list[tuple[str, int]]:
    return [(note.what, note.line) for note in content_lines(raw)[1]]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_lines_are_put_together_where_they_were_folded_whatever_ends_them(end):
    """The standard wants CRLF; half of the programs write something else."""
    raw = end.join([b"SUMMARY:Foire aux", b"  plants", b"\tet graines", b"UID:1"])

    assert [(1, "SUMMARY:Foire aux plantset graines"), (4, "UID:1")] == content_lines(raw)[0]


def test_a_fold_in_the_middle_of_a_letter_is_undone():
    """Programs fold by octets, and an é has two of them."""
    assert ["SUMMARY:é"] == read(b"SUMMARY:\xc3\r\n \xa9\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        "SUMMARY:Fête d’été".encode(),
        b"\xef\xbb\xbf" + "SUMMARY:Fête d’été".encode(),
        "SUMMARY:Fête d’été".encode("cp1252"),
        "SUMMARY:Fête d’été".encode("utf-16"),
        "SUMMARY:Fête d’été".encode("utf-16-le"),
        "SUMMARY:Fête d’été".encode("utf-16-be"),
    ],
)
def test_letters_are_right_however_the_file_was_saved(raw):
    """A calendar saved by an old Windows program has its accents elsewhere."""
    assert ["SUMMARY:Fête d’été"] == read(raw)


def test_a_line_in_another_form_than_utf_8_is_told():
    """What was guessed must be said."""
    assert [("a line that is no UTF-8 was read as old Windows writes (cp1252)", 2)] == told(b"UID:1\nSUMMARY:\xe9t\xe9\n")


def test_a_line_end_that_was_not_escaped_goes_on_with_its_text():
    """Some programs write a description just as it was typed."""
    raw = b"DESCRIPTION:one\nand two\nUID:1\n"

    assert ["DESCRIPTION:one\\nand two", "UID:1"] == read(raw)
    assert [("a line that begins no property went to the one before it", 2)] == told(raw)


def test_nothing_is_joined_to_the_begin_or_end_of_a_component():
    """Otherwise the component would have no end, and take the next events into itself."""
    assert ["END:VEVENT", "rubbish", "BEGIN:VEVENT"] == read(b"END:VEVENT\nrubbish\nBEGIN:VEVENT\n")


def test_a_line_as_long_as_a_book_is_cut_and_told():
    """Three million letters in a title must not reach a page."""
    raw = b"SUMMARY:" + b"y" * 3_000_000

    assert LONGEST == len(read(raw)[0])
    assert [(f"a line of more than {LONGEST} characters was cut", 1)] == told(raw)


def test_control_characters_are_taken_out_and_told():
    """No text of a hub may hold them: feeds cannot carry them."""
    assert ["SUMMARY:ab"] == read(b"SUMMARY:a\x07b\n")
    assert [("control characters were taken out", 1)] == told(b"SUMMARY:a\x07b\n")


def test_a_line_is_taken_apart_also_where_colons_and_semicolons_are_quoted():
    """Outlook names its zones “(UTC+01:00) Brussels, Copenhagen, Madrid, Paris”."""
    line = parsed(7, 'dtstart;TZID="(UTC+01:00) Brussels; Paris";X-A=1,"2,3":20260509T120000')

    assert line is not None
    assert ("DTSTART", "20260509T120000", 7) == (line.name, line.value, line.number)
    assert {"TZID": ("(UTC+01:00) Brussels; Paris",), "X-A": ("1", "2,3")} == line.params


def test_a_parameter_without_a_value_does_not_hide_the_rest():
    """A broken parameter is no reason to lose the date."""
    line = parsed(1, "DTSTART;TZID:20260509T120000")

    assert line is not None
    assert "20260509T120000" == line.value


def test_texts_lose_the_backslashes_that_protected_them():
    """RFC 5545, 3.3.11."""
    line = parsed(1, r"CATEGORIES:Jardin,a\,b, ,c")

    assert line is not None
    assert ("Jardin", "a,b", "c") == line.texts
    assert "a\nb\nc;d,e\\f" == unescaped(r"a\nb\Nc\;d\,e\\f")


@pytest.mark.parametrize("text", ["no colon", "", ":x", "é:x"])
def test_what_is_no_line_is_known(text):
    """It is told and passed over, and nothing fails."""
    assert parsed(1, text) is None
    assert not is_line(text)
