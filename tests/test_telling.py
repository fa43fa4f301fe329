"""Messages in the language of the person who reads them."""

import pickle

import pytest

from handbill.errors import Problem, said
from handbill.telling import line_of, sentence, tell, tell_count

PROBLEM = Problem("content/posts/a.md", 4, 7, "date", said("“{value}”", value="hier"), said("a day such as 2026-05-01"), "HB205")


def test_in_english_a_sentence_is_what_stands_in_the_code():
    """English needs no catalogue."""
    assert "“hier”" == tell(PROBLEM.found, "en")


def test_a_problem_is_one_line_in_either_language():
    """Where, which field, what was found, what was wanted, which code."""
    assert str(PROBLEM) == line_of(PROBLEM, "en")
    assert line_of(PROBLEM, "fr").startswith("content/posts/a.md:4:7: date\u00a0: trouvé «\u00a0hier\u00a0», attendu ")
    assert line_of(PROBLEM, "fr").endswith(" [HB205]")


def test_a_problem_of_the_whole_file_names_no_line():
    """Line 0 exists in no editor."""
    whole = Problem("a.md", 0, 0, "", said("a symbolic link"), "", "HB122")

    assert "a.md: found a symbolic link [HB122]" == line_of(whole, "en")
    assert "found a symbolic link" == sentence(whole, "en")
    assert "a.md: trouvé un lien symbolique [HB122]" == line_of(whole, "fr")


def test_a_sentence_within_a_sentence_is_translated_too():
    """“attendu a folder” is neither language."""
    assert "ends\u00a0: trouvé un lien symbolique, attendu un dossier" == sentence(
        Problem("a.md", 1, 1, "ends", said("a symbolic link"), said("a folder"), "HB122"), "fr"
    )


def test_what_a_value_holds_is_never_taken_for_a_gap():
    """Someone writes about templates: `{{ name }}`."""
    assert "«\u00a0{value} {0}\u00a0»" == tell(said("“{value}”", value="{value} {0}"), "fr")


def test_a_plain_text_is_told_where_somebody_translated_it():
    """The names of steps cross the pipeline as they are."""
    assert ["Lecture", "unheard of", ""] == [tell(text, "fr") for text in ("Reading", "unheard of", "")]


def test_a_sentence_keeps_its_pattern_on_its_way_from_a_worker():
    """Files are read by several processes."""
    crossed = pickle.loads(pickle.dumps(PROBLEM))  # noqa: S301 - our own bytes

    assert line_of(PROBLEM, "fr") == line_of(crossed, "fr")


def test_counted_things_have_their_plural():
    """“1 problems” makes people doubt the rest."""
    assert ["1 page", "2 pages"] == [tell_count("{n} page", "{n} pages", n, "en") for n in (1, 2)]
    assert ["0 personne", "1 personne", "2 personnes"] == [tell_count("{n} person", "{n} people", n, "fr") for n in (0, 1, 2)]


@pytest.mark.parametrize(
    ("field", "wanted", "expected"),
    [
        ("title", "three hyphens: ---", "title : rien trouvé, attendu trois tirets : ---"),
        ("title", "", "title : rien trouvé"),
        ("", "three hyphens: ---", "rien trouvé, attendu trois tirets : ---"),
        ("", "", "rien trouvé"),
    ],
)
def test_nothing_is_no_thing_that_was_found(field, wanted, expected):
    """“Trouvé rien” is French that nobody speaks."""
    problem = Problem("a.md", 0, 0, field, said("nothing"), said(wanted) if wanted else "", "HB203")

    assert expected == sentence(problem, "fr").replace("\u00a0", " ")
