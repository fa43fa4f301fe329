"""The problems of a review that help most."""

import pytest

from handbill.errors import Level, Problem, said
from handbill.reviewing.problems import told_problems
from handbill.reviewing.record import Found, Review, State

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "https://forge.example/atelier/site"


def problem(path="events/a.md", line=4, level=Level.ERROR, code="HB213", found="2026-04-11 09:00", wanted="later"):
    """Return a problem."""
    return Problem(path, line, 1, "ends", found, wanted, code, level)


def review(*found: Found, commit: str = COMMIT) -> Review:
    """Return a review with these problems."""
    return Review(State("main"), State("HEAD", commit), "2026-05-01T12:00:00+02:00", "fr", "Atelier", "https://a.example/", problems=found)


def test_errors_of_the_proposal_come_before_those_that_were_there():
    """Whoever proposed mends their own first, and is not blamed for the others."""
    stopped, _ = told_problems(review(Found(problem("a.md"), False), Found(problem("b.md"), True)), "en")

    assert [True, False] == [one.is_new for one in stopped]
    assert stopped[1].line.endswith(" (it was there before)")


def test_a_problem_is_one_line_with_its_place_and_code():
    """What a terminal shows can be searched and explained; without a line number the file is the place."""
    stopped, _ = told_problems(review(Found(problem("a.md"), False), Found(problem("b.md", 0), False)), "en")

    assert [
        "a.md:4: ends: found 2026-04-11 09:00, wanted later [HB213] (it was there before)",
        "b.md: ends: found 2026-04-11 09:00, wanted later [HB213] (it was there before)",
    ] == [one.line for one in stopped]


def test_an_address_without_a_line_leads_to_the_file():
    """A picture has no lines; and a slash at the end of the repository's address is one too many."""
    ((told,), _) = told_problems(review(Found(problem("a.png", 0), True)), "en", f"{REPOSITORY}/")

    assert told.markdown.startswith(f"[`a.png`]({REPOSITORY}/blob/{COMMIT}/a.png) ends: ")
    assert told.markdown.endswith(" · `HB213`")


def test_of_each_file_one_is_told_before_a_second_one():
    """Ten errors of one file hide the only one of another."""
    found = [Found(problem("a.md", line), True) for line in (1, 2, 3)] + [Found(problem("b.md"), True)]

    stopped, _ = told_problems(review(*found), "en")

    assert ["a.md:1", "b.md:4", "a.md:2", "a.md:3"] == [one.line.split(": ")[0] for one in stopped]


def test_warnings_are_told_where_they_are_new():
    """What was there before and stops nothing is nobody's task here."""
    found = (Found(problem(level=Level.WARNING), False), Found(problem("b.md", level=Level.WARNING), True), Found(problem(level=Level.NOTE), True))

    stopped, remarks = told_problems(review(*found), "en")

    assert () == stopped
    assert ["b.md:4"] == [one.line.split(": ")[0] for one in remarks]


def test_the_same_words_are_told_once():
    """Two links of one line to one missing file are one line to look at."""
    twice = (Found(problem(), True), Found(Problem("events/a.md", 4, 9, "ends", "2026-04-11 09:00", "later", "HB213"), True))

    assert 1 == len(told_problems(review(*twice), "en")[0])


def test_a_problem_leads_to_its_line():
    """A click and not a search."""
    ((told,), _) = told_problems(review(Found(problem("content/posts/été (1).md"), True)), "en", REPOSITORY)

    address = f"{REPOSITORY}/blob/{COMMIT}/content/posts/%C3%A9t%C3%A9%20%281%29.md?plain=1#L4"
    assert f"[`content/posts/été (1).md:4`]({address}) ends: found 2026-04-11 09:00, wanted later · `HB213`" == told.markdown


@pytest.mark.parametrize(
    ("path", "commit"),
    [
        ("../../../ailleurs/depot/x.md", COMMIT),
        ("a/./b.md", COMMIT),
        ("a//b.md", COMMIT),
        ("/etc/passwd", COMMIT),
        ("a.md", "main"),
        ("a.md", "0123456) [x](https://ailleurs.example"),
        ("a.md", ""),
    ],
)
def test_a_path_or_commit_that_could_lead_elsewhere_is_no_link(path, commit):
    """Path and commit are words of the artifact, which anybody may have written."""
    ((told,), _) = told_problems(review(Found(problem(path), True), commit=commit), "en", REPOSITORY)

    assert "](" not in told.markdown


def test_what_is_private_is_not_shown_again():
    """A comment is mailed to everybody who watches the repository."""
    ((told,), _) = told_problems(review(Found(problem(code="HB601", found="le mot de passe hunter2"), True)), "en")

    assert "hunter2" not in told.markdown + told.line
    assert "something that must not be published" in told.line


def test_sentences_are_told_in_the_language_of_the_reader():
    """A review that was made here keeps its sentences; one from elsewhere is text already."""
    one = Problem("a.md", 1, 1, "", said("nothing"), said("an end after the start, or no line “ends” at all"), "HB213")

    ((told,), _) = told_problems(review(Found(one, True)), "fr")

    assert "wanted" not in told.line
    assert "attendu" in told.line


@pytest.mark.parametrize(("lang", "nothing", "told"), [("fr", "rien", "date : rien trouvé, attendu une date"), ("en", "nothing", "date: found nothing, wanted")])
def test_what_is_missing_is_told_as_missing(lang, nothing, told):
    """From the JSON it comes in words already, and “found rien” is no language."""
    one = Problem("a.md", 1, 1, "date", nothing, "une date", "HB203")

    ((found,), _) = told_problems(review(Found(one, True)), lang)

    assert told in found.line.replace("\u00a0", " ")
