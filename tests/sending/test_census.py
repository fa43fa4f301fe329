"""A whole list at a glance: how many get what, and what has to be mended, by rows."""

from __future__ import annotations

import pytest

from handbill.sending.audience import Source
from handbill.sending.census import MOST_REASONS, MOST_ROWS, census, ranges
from handbill.sending.keys import member_key

SECRET = bytes(range(32))


def source(tmp_path, *rows, letters=("main", "agenda")):
    file = tmp_path / "membres.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return Source(file, SECRET, ("fr", "en"), letters)


def test_members_are_counted_by_letter_and_language(tmp_path):
    """An editor sees at once that a whole language is missing."""
    rows = [
        "email;langue;lettres",
        "ada@x.example;fr;main",
        "eve@x.example;en;main,agenda",
        "ida@x.example;;agenda",
        "oda@x.example;de;main",
    ]
    found = census(source(tmp_path, *rows), ("main", "agenda"), {member_key(SECRET, "eve@x.example")})

    assert {"main": {"fr": 1, "en": 1, "": 1}, "agenda": {"en": 1, "": 1}} == found.members
    assert {"main": 1, "agenda": 1} == found.silent
    assert (0, 0) == (found.faults, found.warnings)


def test_a_row_is_counted_once_however_many_letters_and_faults_it_has(tmp_path):
    """“5 rows” must be five rows to look for."""
    rows = ["email;langue;statut", "nope;fr;oui", "ada@x.example;??;??", "eve@x.example;fr;oui", "EVE@x.example;fr;oui"]
    found = census(source(tmp_path, *rows), ("main", "agenda"), ())

    assert (2, 1) == (found.faults, found.warnings)
    assert [[2], [3], [3], [5]] == sorted(one.rows for one in found.reasons)


def test_who_is_there_twice_is_told_for_whichever_letter(tmp_path):
    """The first letter may be the one that knows nothing of it."""
    rows = ["email;lettres", "ada@x.example;agenda", "ada@x.example;agenda"]
    found = census(source(tmp_path, *rows), ("main", "agenda"), ())

    assert [("HB618", [3])] == [(one.first.code, one.rows) for one in found.reasons]


def test_of_many_bad_rows_the_first_are_named_and_all_are_counted(tmp_path):
    """A list in the wrong columns has a fault in each row."""
    found = census(source(tmp_path, "email", *(f"nope{n}" for n in range(500))), ("main",), ())
    many = census(source(tmp_path, "email", *(f"{'a' * (65 + n)}@x.example" for n in range(150))), ("main",), ())

    assert [(500, list(range(2, 2 + MOST_ROWS)))] == [(one.count, one.rows) for one in found.reasons]
    assert (500, 150, MOST_REASONS) == (found.faults, many.faults, len(many.reasons))


@pytest.mark.parametrize(("rows", "said"), [([], ""), ([4], "4"), ([7, 8, 9, 4], "4, 7–9"), ([2, 3], "2–3"), ([1, 3, 5], "1, 3, 5")])
def test_rows_are_named_as_people_do(rows, said):
    """“4, 5, 6, 7, 8, 9” is read twice."""
    assert said == ranges(rows)
