"""Markdown that would cost an engine the square of its length is refused before, and nothing that people write is."""

import pytest

from handbill.reading.depth import TooDeep
from handbill.reading.knots import knot


@pytest.mark.parametrize("line", [">" * 101, "> " * 101 + "a", "- " * 101 + "a", "1. " * 101, "> - " * 60 + "a", ">" * 5000 + "a*" * 9])
def test_more_than_a_hundred_quotes_or_lists_in_a_line_are_too_many(line):
    with pytest.raises(TooDeep):
        knot("a\n\n" + line)
    with pytest.raises(TooDeep):
        knot(line)


def table(columns: int, rows: int, end: str = "\n") -> str:
    """Return a table whose rows have one cell each but for the first, which is the heading."""
    return "\n".join(["|a" * columns + "|", "|-" * columns + "|", *["|b"] * (rows - 1)]) + end


def test_a_line_that_is_no_list_or_quote_says_what_it_likes_after_a_hundred_of_them():
    """The limit is where it is said to be, and what is quoted may hold the signs of quotes."""
    assert knot(">" * 100 + "a> b > c") is None
    assert knot("- " * 100 + "a - b") is None


def test_a_table_may_not_be_wider_than_anybody_reads():
    found, wanted = knot(table(501, 2))

    assert "a table of 501 columns, 1002 cells in all" == found
    assert "at most 500 columns and 50000 cells" == wanted
    assert knot(table(500, 2)) is None


@pytest.mark.parametrize("quoted", ["", "> "])
@pytest.mark.parametrize("end", ["", "\n", "\n\na\n" + "b\n" * 999])
def test_a_table_may_not_be_filled_up_without_end(quoted, end):
    """Each row of one cell is filled up by an engine: sixty kilobytes became eighty megabytes."""
    few, many = ("\n".join(quoted + line for line in table(400, rows, "").split("\n")) for rows in (125, 126))

    assert knot(few + end) is None
    assert "a table of 400 columns, 50400 cells in all" == knot(many + end)[0]


def test_a_table_of_fifty_columns_may_be_as_long_as_it_likes():
    """Lists of hundreds of places and dates are kept so; what is filled up stays within what was written."""
    assert knot(table(50, 2_000)) is None
    assert knot(table(51, 2_000)) is not None


@pytest.mark.parametrize("row", [")" * 200, ")." * 200, ")?!" * 99, ")" * 50 + "." * 150])
def test_hundreds_of_closing_brackets_are_no_address(row):
    assert ("a row of hundreds of closing brackets", "fewer of them") == knot(f"https://a.example/{row}")


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
        ")" * 199,
        ")" * 49 + "." * 900 + "a)",
        ":|" * 600,
    ],
)
def test_long_rules_lines_and_tables_are_left_alone(text):
    assert knot(text) is None
