"""What mail programs, search engines and shared links leave of a text."""

import pytest

from handbill.errors import Level
from handbill.hub.fields import Desk
from handbill.proofing.lengths import measure, start_of, width

PLACES = {name: (n, 10, 5) for n, name in enumerate(("title", "summary", "subject", "preheader"), 2)}


def told(**values: str) -> list[tuple[str, str, Level]]:
    """Return field, code and level of what is told."""
    desk = Desk("a.md", "UTC")
    measure(values, PLACES, desk)
    return [(problem.field, problem.code, problem.level) for problem in desk.problems]


def words(n: int) -> str:
    """Return a text of exactly *n* letters, in words of four."""
    return ("abc " * n)[: n - 1] + "d"


@pytest.mark.parametrize(
    ("field", "most", "code", "level"),
    [
        ("subject", 60, "HB230", Level.WARNING),
        ("subject", 48, "HB231", Level.NOTE),
        ("preheader", 100, "HB232", Level.NOTE),
        ("title", 70, "HB233", Level.NOTE),
        ("summary", 200, "HB234", Level.WARNING),
        ("summary", 160, "HB235", Level.NOTE),
    ],
)
def test_a_text_is_told_from_one_sign_too_many_on(field, most, code, level):
    """What is seen whole must not be told, or nobody reads what is cut."""
    assert code not in [one for _, one, _ in told(**{field: words(most)})]
    assert [(field, code, level)] == told(**{field: words(most + 1)})


def test_the_message_shows_where_members_stop_reading():
    """“Too long” says nothing; the last word that is seen does."""
    desk = Desk("a.md", "UTC")
    measure({"subject": "Samedi nous réparons des grille-pain et tout ce qui ne chauffe plus du tout"}, PLACES, desk)

    (problem,) = desk.problems
    assert "75 characters; in a list of mails the subject ends after “Samedi nous réparons des grille-pain et tout ce qui ne…”" == problem.found
    assert (4, 10, 5) == (problem.line, problem.column, problem.width)


def test_a_letter_whose_title_is_its_subject_is_told_once():
    """The title of a letter is its subject unless it has its own."""
    assert [("subject", "HB230", Level.WARNING)] == told(subject=words(80), title=words(80))


def test_a_text_is_as_wide_as_it_is_seen():
    """A sign of Japanese takes two places, an accent of its own none."""
    assert [3, 4, 3] == [width(text) for text in ("été", "修理", "e\u0301te")]


def test_a_text_is_ended_at_a_word():
    """As the programs end it."""
    assert "un deux…" == start_of("un deux, trois", 12)
    assert "un deux trois…" == start_of("un deux trois quatre", 14)
    assert "abcdefghi…" == start_of("abcdefghijklmnop", 10)
    assert 10 >= len(start_of("修理修理修理修理", 10))
