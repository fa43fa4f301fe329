"""Where a front matter is faulty, and how a value is quoted in what is offered."""

import pytest

from handbill.errors import said
from handbill.reading.yaml_place import KEY, Place, quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Un : deux", '"Un : deux"'), ('Dire "oui"', "'Dire \"oui\"'"), ("L'an\\neuf", '"L\'an\\\\neuf"'), (' L\'heure "h" ', "'L''heure \"h\"'")],
)
def test_what_is_offered_between_quotes_means_the_text_again(text, expected):
    """An editor copies it from the message into the file."""
    assert expected == quoted(text)


def test_a_place_is_told_from_one_and_to_the_end_of_its_line():
    """Editors count from one, and underline what they see."""
    refused = Place(["---", "title: a: b  "], 1, 0).refused(7, said("x"), said("y"))

    assert (2, 8, 4, "HB107") == (refused.line, refused.column, refused.width, refused.code)


def test_a_key_is_known_with_its_hyphens_and_spaces():
    """Entries of lists have keys as well."""
    match = KEY.fullmatch("  - name : x")

    assert match is not None
    assert ("  ", "- ", "name", "x") == (match["indent"], match["hyphen"], match["key"], match["value"])
