"""A book that the build keeps is read line by line; what nobody understands is told and not dropped."""

from __future__ import annotations

import pytest

from handbill.errors import said
from handbill.reading.locks import LONGEST_LINE, MOST_TOLD, read_lock

WANTED = said("a number")


def read(root, content):
    """Return the lines that were understood, here numbers, and the problems."""
    (root / "numbers.lock").write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    found = []
    problems = read_lock(root, "numbers.lock", "HB401", lambda line: line.isdecimal() and not found.append(line), WANTED)
    return found, problems


def test_a_book_that_is_not_there_yet_has_no_line_and_no_fault(tmp_path):
    """The first build must work."""
    assert () == read_lock(tmp_path, "numbers.lock", "HB401", str.isdecimal, WANTED)


def test_remarks_and_empty_lines_are_passed_over(tmp_path):
    """The head of the file tells people what it is."""
    assert (["1", "2"], ()) == read(tmp_path, "# Numbers.\n\n1\n  \n2\n")


def test_a_line_that_is_not_understood_is_told_where_it_stands(tmp_path):
    """A slip of the finger must not drop a promise in silence."""
    found, (problem,) = read(tmp_path, "1\ntwo\tthree\n4\n")

    assert ["1", "4"] == found
    assert ("numbers.lock", 2, 1, 9, "HB401") == (problem.path, problem.line, problem.column, problem.width, problem.code)
    assert ("“two three”", WANTED) == (problem.found, problem.wanted)


@pytest.mark.parametrize("base", ["", "||||||| 3f2a\n0\n"], ids=["two sides", "with what both began from"])
def test_of_a_conflict_every_side_is_read_and_it_is_told_once(tmp_path, base):
    """What one of two branches has told the world is told, whichever of them is kept."""
    found, (problem,) = read(tmp_path, f"1\n<<<<<<< HEAD\n2\n{base}=======\n3\n>>>>>>> main\n<<<<<<< HEAD\n4\n=======\n>>>>>>> main\n")

    assert {"1", "2", "3", "4"} <= set(found)
    assert (2, "two versions of this list, left by a conflict") == (problem.line, problem.found)


def test_a_line_ends_where_a_line_ends(tmp_path):
    """A title may hold a character that some take for the end of a line; two halves would make two faults."""
    (problem,) = read(tmp_path, "one\u2028two\x0bthree\n")[1]

    assert (1, len("one two three")) == (problem.line, problem.width)


def test_line_ends_of_windows_are_no_problem(tmp_path):
    """Git may write them on checking out."""
    assert (["1", "2"], ()) == read(tmp_path, "1\r\n2\r\n")


@pytest.mark.parametrize("content", ["1\n".encode("utf-16"), b"\xe9\n"], ids=["UTF-16", "Latin-1"])
def test_a_book_in_another_encoding_is_told_at_its_first_byte_that_is_none(tmp_path, content):
    """A program saved it so; no line of it can be trusted."""
    found, (problem,) = read(tmp_path, content)

    assert ([], 1, "the file saved as UTF-8", "HB401") == (found, problem.line, problem.wanted, problem.code)


def test_of_a_book_of_nonsense_the_first_lines_are_told_and_how_many_follow(tmp_path):
    """A proposal of fifty thousand such lines would hide all else that is wrong."""
    _, problems = read(tmp_path, "x\n" * (MOST_TOLD + 7))

    assert MOST_TOLD + 1 == len(problems)
    assert "7 more lines" in problems[-1].found


def test_a_line_longer_than_any_is_not_looked_at(tmp_path):
    found, (problem,) = read(tmp_path, "1" * (LONGEST_LINE + 1) + "\n2\n")

    assert (["2"], 1) == (found, problem.line)


def test_a_folder_of_that_name_is_told(tmp_path):
    """It is no empty book: everything promised would be forgotten."""
    (tmp_path / "numbers.lock").mkdir()
    (problem,) = read_lock(tmp_path, "numbers.lock", "HB401", str.isdecimal, WANTED)

    assert "HB401" == problem.code
    assert "cannot be read" in problem.found
