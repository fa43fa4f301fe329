"""The lines to look at, with the place that is meant."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.errors import Problem
from handbill.showing.cells import cells
from handbill.showing.excerpt import excerpt
from handbill.showing.veil import HIDDEN


def problem(line: int, column: int, width: int = 0, code: str = "HB201") -> Problem:
    return Problem("a.md", line, column, "", "x", "", code, width=width)


def drawn(raw: str | bytes | None, one: Problem, *private: Problem, room: int = 60) -> list[str]:
    """Return the excerpt as it is seen, the carets under their line."""
    rows = excerpt(raw.encode() if isinstance(raw, str) else raw, one, private, room)
    return [line for row in rows for line in ([f"{row.number} {row.text}"] + [f"  {row.pointer}"] * (row.mark is not None))]


def test_the_line_before_is_shown_too():
    """Without it an editor searches for the place."""
    assert ["1 starts: 2026-05-01 20:00", "2 ends: 2026-05-01 02:00", "        ^^^^^^^^^^^^^^^^"] == drawn(
        "starts: 2026-05-01 20:00\nends: 2026-05-01 02:00\n", problem(2, 7, 16)
    )


@pytest.mark.parametrize("before", ["", "   ", "---", "```"])
def test_a_line_before_without_words_is_left_out(before):
    """It tells nothing."""
    assert ["3 b", "  ^"] == drawn(f"a\n{before}\nb\n", problem(3, 1, 1))


@pytest.mark.parametrize(
    ("line", "column", "width", "shown"),
    [
        ("日本語 : テスト", 7, 3, ["1 日本語 : テスト", "           ^^^^^^"]),
        ("e\u0301te\u0301: xyz", 8, 3, ["1 e\u0301te\u0301: xyz", "       ^^^"]),
        ("x\u0301 là", 2, 1, ["1 x\u0301 là", "  ^"]),
        ("👍🏽 non", 4, 3, ["1 👍🏽 non", "     ^^^"]),
        ("👨\u200d👩\u200d👧 né", 7, 2, ["1 👨\u200d👩\u200d👧 né", "     ^^"]),
        ("🇫🇷 né", 4, 2, ["1 🇫🇷 né", "     ^^"]),
        ("\ttitle: x", 1, 1, ["1 →   title: x", "  ^^^^"]),
        ("a:\tb\tccc", 6, 3, ["1 a:→ b→  ccc", "          ^^^"]),
        ("日\tb", 3, 1, ["1 日→ b", "      ^"]),
        ("abc\u202edef", 4, 1, ["1 abc‹U+202E›def", "     ^^^^^^^^"]),
        ("a\x1b[31mb", 7, 1, ["1 a␛[31mb", "        ^"]),
        ("title: \u00a0Un", 8, 1, ["1 title: ⍽Un", "         ^"]),
        ("title:   ", 8, 2, ["1 title: ␣␣", "         ^^"]),
        ("title: Un titre", 8, 8, ["1 title: Un titre", "         ^^^^^^^^"]),
        ("a\u00a0: b", 5, 1, ["1 a\u00a0: b", "      ^"]),
        ("abc", 4, 0, ["1 abc", "     ^"]),
        ("abc", 9, 3, ["1 abc", "     ^"]),
        ("abc", 2, 99, ["1 abc", "   ^^"]),
        ("abc", 0, 0, ["1 abc"]),
    ],
)
def test_the_carets_stand_under_what_is_meant(line, column, width, shown):
    """Whatever the line is made of."""
    assert shown == drawn(line, problem(1, column, width))


def test_a_file_that_is_no_utf_8_is_shown_with_its_odd_bytes():
    """The place of the byte is all that helps there."""
    assert ["1 caf\ufffd noir", "     ^"] == drawn(b"caf\xe9 noir\n", problem(1, 4, 1))


def test_a_long_line_is_shown_around_the_place():
    """The whole paragraph would bury it."""
    line, pointer = drawn("x" * 200 + " ICI " + "y" * 200, problem(1, 202, 3))

    assert line.index("ICI") == pointer.index("^^^")
    assert line[2] == line[-1] == "…"
    assert 62 == len(line)


def test_a_line_of_a_megabyte_costs_next_to_nothing():
    """There may be a thousand problems in it."""
    from time import process_time

    raw = b"y" * 1_000_000 + b"\n" + b"z" * 1_000_000
    start = process_time()
    assert ["1", "2"] == [line[0] for line in drawn(raw, problem(2, 500_000, 3)) if line[0] != " "]
    assert 0.5 > process_time() - start


@pytest.mark.parametrize(("raw", "one"), [(None, problem(1, 1)), (b"a\n", problem(7, 1)), (b"a\n", problem(0, 0)), (b"", problem(2, 1))])
def test_without_such_a_line_nothing_is_shown(raw, one):
    """The file may be gone since, or be another one."""
    assert [] == drawn(raw, one)


def test_something_private_is_shown_by_nobody_s_excerpt():
    """The log of a proposal is public."""
    raw = "tel: 0612345678\nends: hier\n"
    private = problem(1, 6, 10, "HB601")

    assert ["1 tel: ••••", "       ^^^^"] == drawn(raw, private, private)
    assert ["1 tel: ••••", "2 ends: hier", "        ^^^^"] == drawn(raw, problem(2, 7, 4), private)
    assert ["1 tel: ••••", "  ^^^"] == drawn(raw, problem(1, 1, 3), private)


def test_something_private_is_hidden_wherever_the_file_repeats_it():
    """The proof names one place of it, perhaps."""
    raw = "tel: 0612345678\nends: 0612345678 hier\n"

    assert ["1 tel: ••••", "2 ends: •••• hier", "             ^^^^"] == drawn(raw, problem(2, 18, 4), problem(1, 6, 10, "HB601"))


def test_a_file_that_is_private_as_a_whole_is_not_shown():
    """Where in it the datum stands is not known."""
    assert [] == drawn("a\n", problem(1, 1), problem(0, 0, 0, "HB611"))


def test_how_long_something_private_is_cannot_be_seen():
    """Eleven dots are half of a telephone number."""
    assert {"1 ••••"} == {drawn("x" * n, problem(1, 1, n, "HB601"), problem(1, 1, n, "HB601"))[0] for n in range(1, 40)}


@settings(max_examples=300, deadline=None)
@given(
    raw=st.binary(max_size=80) | st.text(st.sampled_from("ab é日👍\u0301\u200d\u202e\t\x1b\n\r\x85\u2028•…"), max_size=60).map(str.encode),
    line=st.integers(0, 6),
    column=st.integers(0, 70),
    width=st.integers(0, 70),
    hidden=st.tuples(st.integers(1, 5), st.integers(0, 60), st.integers(0, 60)),
    room=st.integers(20, 60),
)
def test_any_file_can_be_shown(raw, line, column, width, hidden, room):
    """A stranger's file must not stop the telling, nor speak to the terminal, nor be wider than it."""
    for row in excerpt(raw, problem(line, column, width), [problem(*hidden, code="HB601")], room):
        assert cells(row.text) <= room
        assert not [sign for sign in row.text if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in "\u202e\u200b"]
        assert len(row.pointer.strip()) <= max(1, cells(row.text)) or row.mark is None
        start, end = row.mark or (0, 0)
        assert 0 <= start <= end <= len(row.text)


@settings(max_examples=200, deadline=None)
@given(
    secret=st.text(st.sampled_from("0123456789 .@abcé日"), min_size=4, max_size=20).filter(
        lambda text: text == text.strip() and "  " not in text
    ),
    before=st.text(st.sampled_from("xyz \t日"), max_size=30),
    after=st.text(st.sampled_from("xyz \t日"), max_size=90),
    column=st.integers(0, 120),
    room=st.integers(20, 90),
)
def test_no_part_of_something_private_is_left_over(secret, before, after, column, room):
    """Wherever the line is cut, and whatever else is meant on it."""
    raw = f"{before}{secret}{after}\n".encode()
    private = problem(1, len(before) + 1, len(secret), "HB601")

    (row,) = excerpt(raw, problem(1, column, 3), [private], room)
    assert secret not in row.text
    assert not set(secret) & set(row.text) - set(before + after + HIDDEN + "…→ ␣")


def test_of_a_row_of_members_nothing_is_shown_and_nothing_of_the_next_one():
    """Rows are counted as a spreadsheet does, so the line with that number may be somebody else's; and each line of a list is a person."""
    assert [] == drawn("email\nada@membres.example\nbob@membres.example\n", problem(3, 0, code="HB615"), problem(3, 0, code="HB615"))
