"""Messages in the language of the person who reads them."""

from handbill.errors import Problem, said
from handbill.telling import line_of, sentence, tell, tell_count

PROBLEM = Problem("content/posts/a.md", 4, 7, "date", said("“{value}”", value="hier"), said("a day such as 2026-05-01"), "HB205")


def test_in_english_a_sentence_is_what_stands_in_the_code():
    """English needs no catalogue."""
    assert "“hier”" == tell(PROBLEM.found, "en")


def test_a_problem_is_one_line_in_either_language():
    """Where, which field, what was found, what was wanted, which code."""
    assert str(PROBLEM) == line_of(PROBLEM, "en")


def test_a_problem_of_the_whole_file_names_no_line():
    """Line 0 exists in no editor."""
    whole = Problem("a.md", 0, 0, "", said("a symbolic link"), "", "HB122")

    assert "a.md: found a symbolic link [HB122]" == line_of(whole, "en")
    assert "found a symbolic link" == sentence(whole, "en")


def test_counted_things_have_their_plural():
    """“1 problems” makes people doubt the rest."""
    assert ["1 file", "2 files"] == [tell_count("{n} file", "{n} files", n, "en") for n in (1, 2)]
