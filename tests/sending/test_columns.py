"""The first row of a list, and the words in its cells, as programs and people write them."""

from __future__ import annotations

import pytest

from handbill.sending.columns import GETS, GETS_NOT, LEFT, NAMES, NO, YES, Columns, Unclear, columns_of, plain, says_left, words_of


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("uuid,email,name,attributes,status,created_at,updated_at", {"email": 1, "status": 4}),
        ("Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,TAGS", {"email": 0, "segments": 5}),
        ("EMAIL,NOM,PRENOM,SMS,LANGUE", {"email": 0, "lang": 4}),
        ("Nom adhérent,Prénom adhérent,Email payeur,Adresse,Email", {"email": 4}),
        ("Nom adhérent,Prénom adhérent,Email payeur,Ville", {"email": 2}),
        ("email_address,notes,tags,type", {"email": 0, "segments": 2, "status": 3}),
        ("Nom,Adresse électronique,Langue,Statut,Lettres,Groupes", {"email": 1, "lang": 2, "status": 3, "letters": 4, "segments": 5}),
        ("nom,courriel", {"email": 1}),
        ("E-Mail", {"email": 0}),
        ("adresse,langue", {"email": 0, "lang": 1}),
        ("  e‑mail ,status,type", {"email": 0, "status": 1}),
    ],
)
def test_columns_are_known_by_the_names_that_exports_give_them(row, at):
    """Nobody should have to rename columns before each letter."""
    found = columns_of(row.split(","))

    assert isinstance(found, Columns)
    assert at == found.at


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nom,prénom", "no column of addresses"),
        ("", "no column of addresses"),
        ("ada@lettre.example,Ada", "no column of addresses"),
        ("email,E-mail", "more than one column for “email”: 1, 2"),
        ("adresse,address", "more than one column for “email”: 1, 2"),
        ("email,lang,langue", "more than one column for “lang”: 2, 3"),
        ("email,status,nom,statut", "more than one column for “status”: 2, 4"),
    ],
)
def test_what_could_mean_two_things_is_not_guessed_at(row, said):
    """The wrong one of two columns is a letter to people who never asked."""
    found = columns_of(row.split(","))

    assert isinstance(found, Unclear)
    assert found.found.startswith(said)


def test_what_is_not_read_is_known_by_its_number_alone():
    """A header may hold a name where the list has none."""
    found = columns_of(["nom", "email", "Ada Lovelace", "unsub_time"])

    assert isinstance(found, Columns)
    assert ((1, 3), (3,)) == (found.others, found.left)


def test_no_word_says_two_things():
    """“active” among those who left would silence a whole list."""
    every = [name for groups in NAMES.values() for group in groups for name in group] + list(LEFT)

    assert len(set(every)) == len(every)
    assert set() == GETS & GETS_NOT == YES & NO
    assert {""} == NO - GETS_NOT


def test_the_words_are_written_as_they_are_compared():
    """A name with an accent would never be found."""
    for word in {name for groups in NAMES.values() for group in groups for name in group} | LEFT | GETS | GETS_NOT | YES | NO:
        assert word == plain(word)


@pytest.mark.parametrize(
    "cell", ["main, agenda", "agenda;MAIN", "main|agenda", '["main", "agenda"]', '"main","agenda"', " main\nagenda ", "main,,agenda,"]
)
def test_a_cell_lists_words_in_any_way(cell):
    """Exports write lists each in their own way."""
    assert {"main", "agenda"} == words_of(cell)


@pytest.mark.parametrize(
    ("cell", "left"),
    [("", False), ("Non", False), ("0", False), ("FALSE", False), ("oui", True), ("2026-05-01", True), ("?", True), ("—", False)],
)
def test_whoever_may_have_left_has(cell, left):
    """A doubt is read as a wish for no letter, but an empty cell is no doubt."""
    assert left == says_left(cell)
