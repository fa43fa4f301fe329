"""What one text may become: counted only where it is long, refused with its limit."""

import pytest

from handbill.reading.bounds import long_line, too_much

#: Makes a page long enough to be looked at.
LONG = "x" * 65_537


@pytest.mark.parametrize(("times", "tag", "what"), [
    (2_000, "<h2 id=a>", "headings"), (2_000, "<h6>", "headings"), (5_000, "<a href=b>", "links"), (2_000, "<img src=c>", "pictures"), (200_000, "<b>", "tags"),
])  # fmt: skip
def test_a_text_may_have_so_many_and_not_one_more(times, tag, what):
    assert too_much(LONG + tag * times, 10**9) is None

    refused = too_much(LONG + tag * (times + 1), 10**9)
    assert refused is not None
    assert f"{times + 1} {what}" in refused[0]
    assert f"at most {times}; no setting moves this limit, so make several texts of it" == refused[1]


def test_a_page_of_more_bytes_than_its_budget_names_the_setting():
    """A kilobyte is 1024 bytes, as in the settings."""
    assert too_much("x" * 800 * 1024, 800 * 1024) is None

    assert (
        "a text that makes 900 KB of HTML",
        "at most 800 KB, or a larger page_kb under [budget] in hub.toml",
    ) == too_much("x" * 900 * 1024, 800 * 1024)


def test_a_text_of_ordinary_length_is_not_counted():
    """Nearly all are short, and each count costs a way through the text."""
    ordinary = LONG[1:]

    assert too_much("<h1>" * 2_001 + ordinary[8_004:], 1) is None
    assert long_line(ordinary) is None
    assert too_much(LONG, 1) is not None


def test_the_longest_line_is_found_by_its_number():
    assert long_line("a\n" * 70_000 + "x" * 65_536) is None

    assert (70_000, "a line of 65537 characters", "at most 65536; no setting moves this limit") == long_line("a\n" * 70_000 + LONG + "\nb")
