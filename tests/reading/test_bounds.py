"""What one text may become: counted only where it is long, refused with its limit."""

import pytest

from handbill.reading.bounds import LONGEST_LINE, MOST_HEADINGS, MOST_LINKS, MOST_PICTURES, MOST_TAGS, ORDINARY, long_line, too_much

#: Makes a page long enough to be looked at.
LONG = "x" * (ORDINARY + 1)


@pytest.mark.parametrize(("times", "tag", "what"), [
    (MOST_HEADINGS, "<h2 id=a>", "headings"), (MOST_LINKS, "<a href=b>", "links"), (MOST_PICTURES, "<img src=c>", "pictures"), (MOST_TAGS, "<b>", "tags"),
])  # fmt: skip
def test_a_text_may_have_so_many_and_not_one_more(times, tag, what):
    assert too_much(LONG + tag * times, 10**9) is None

    refused = too_much(LONG + tag * (times + 1), 10**9)
    assert refused is not None
    assert f"{times + 1} {what}" in refused[0]
    assert f"at most {times}" in refused[1]


def test_a_page_of_more_bytes_than_its_budget_names_the_setting():
    refused = too_much(LONG, ORDINARY)

    assert refused is not None
    assert "page_kb" in refused[1]


def test_a_text_of_ordinary_length_is_not_counted():
    """Nearly all are short, and each count costs a way through the text."""
    assert too_much("<h1>" * (MOST_HEADINGS + 1), 1) is None
    assert long_line("x" * ORDINARY) is None


def test_the_longest_line_is_found_by_its_number():
    assert long_line("a\n" * 70_000 + "x" * LONGEST_LINE) is None

    refused = long_line("a\n" * 70_000 + "x" * (LONGEST_LINE + 1) + "\nb")
    assert refused is not None
    assert (70_000, f"a line of {LONGEST_LINE + 1} characters") == refused[:2]
