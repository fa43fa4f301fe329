"""What an old site showed of people is listed once, and nothing that is dangerous is let through."""

from __future__ import annotations

import tomllib

from tests.hubs import write

from handbill.errors import Problem, said
from handbill.importing.confirming import shown_of_people, with_public


def problem(code: str, line: int, column: int, width: int, path: str = "a.md") -> Problem:
    return Problem(path, line, column, "", said("a mail address"), "", code, width=width)


def test_each_datum_is_taken_once_as_it_is_written(tmp_path):
    """The same contact stands under every letter."""
    write(tmp_path, {"a.md": "é jean@asso.test\r\n01 02 03 04 05\njean@asso.test", "b.md": "\u2028x@asso.test"})
    found = [problem("HB601", 1, 3, 14), problem("HB602", 2, 1, 14), problem("HB601", 3, 1, 14), problem("HB606", 1, 2, 11, "b.md")]

    assert ("01 02 03 04 05", "jean@asso.test", "x@asso.test") == shown_of_people(found, tmp_path)


def test_keys_cards_and_other_problems_are_no_business_of_the_list(tmp_path):
    """Confirming one of them would publish it once more."""
    write(tmp_path, {"a.md": "1234567890"})

    assert () == shown_of_people([problem(code, 1, 1, 4) for code in ("HB603", "HB604", "HB605", "HB611", "HB614", "HB301")], tmp_path)
    assert () == shown_of_people([problem("HB601", 0, 0, 0)], tmp_path)


def test_the_list_is_written_behind_the_settings_and_replaced_by_a_longer_one():
    """An import looks again after each round."""
    once = with_public('[hub]\nname = "A"\n', ["b@asso.test"])
    twice = with_public(once, ['a"\\@asso.test', "b@asso.test"])

    assert {"hub": {"name": "A"}, "proofing": {"public": ["b@asso.test"]}} == tomllib.loads(once)
    assert ['a"\\@asso.test', "b@asso.test"] == tomllib.loads(twice)["proofing"]["public"]
    assert 1 == twice.count("[proofing]")
