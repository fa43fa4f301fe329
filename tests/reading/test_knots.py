"""Markdown that would cost an engine the square of its length is refused before, and nothing that people write is."""

import pytest

from handbill.reading.depth import TooDeep
from handbill.reading.knots import MOST_COLUMNS, knot


@pytest.mark.parametrize("line", [">" * 101, "> " * 101 + "a", "- " * 101 + "a", "1. " * 101, "> - " * 60 + "a", ">" * 5000 + "a*" * 9])
def test_more_than_a_hundred_quotes_or_lists_in_a_line_are_too_many(line):
    with pytest.raises(TooDeep):
        knot("a\n\n" + line)


def test_a_table_may_not_be_wider_than_anybody_reads():
    wide = MOST_COLUMNS + 1

    found, wanted = knot("|a" * wide + "|\n" + "|-" * wide + "|\n" + "|b\n")

    assert "a table of 502 columns, 1004 cells in all" == found
    assert "at most 500 columns and 50000 cells" == wanted


def test_a_table_may_not_be_filled_up_without_end():
    """Each row of one cell is filled up by an engine: sixty kilobytes became eighty megabytes."""
    assert knot("|a" * 400 + "|\n" + "|-" * 400 + "|\n" + "|b\n" * 200) is not None
    assert knot("|a" * 400 + "|\n" + "|-" * 400 + "|\n" + "|b\n" * 20) is None


@pytest.mark.parametrize("row", [")" * 200, ")." * 200, ")?!" * 99])
def test_hundreds_of_closing_brackets_are_no_address(row):
    assert "a row of hundreds of closing brackets" == knot(f"https://a.example/{row}")[0]


@pytest.mark.parametrize(
    "text",
    [
        "a\n" + "-" * 400,
        "a\n" + "=" * 400,
        "- " * 300 + "-",
        "* " * 300 + "*",
        "." * 900,
        "> " * 90 + "a",
        "|a|b|\n|" + "-" * 200 + "|" + "-" * 200 + "|\n|c|d|",
        " " * 300 + "a",
        "0123456789 " * 40,
        "(a) " * 900,
        "***",
    ],
)
def test_long_rules_lines_and_tables_are_left_alone(text):
    assert knot(text) is None
