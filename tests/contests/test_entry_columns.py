"""A list of entries comes out of any form, and its columns are known by their names, or asked for."""

import pytest

from handbill.contests.entry_columns import Columns, columns_of, names_what_counts
from handbill.sending.columns import Unclear

NEEDED = ("email", "entered")


def cells(text):
    return text.split(";")


@pytest.mark.parametrize(
    "first",
    [
        "email;entered",
        "Horodateur;Adresse e-mail",
        "Timestamp;Email Address;Name",
        "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom",
        "Submission ID;Submitted at;Your email",
        "courriel;Date de participation;date",
        "Numéro de série;Heure de soumission;Nom d'utilisateur;Courriel",
    ],
)
def test_the_exports_of_common_forms_are_known(first):
    """An organiser must not rename columns each evening."""
    found = columns_of(cells(first), NEEDED)

    assert isinstance(found, Columns)
    assert {"email", "entered"} <= found.at.keys()


def test_the_end_of_a_form_counts_before_its_beginning():
    """Whoever opened the form before it closed and sent it after was late."""
    found = columns_of(cells("Heure de début;Heure de fin;E-mail"), NEEDED)

    assert isinstance(found, Columns)
    assert 1 == found.at["entered"]


def test_a_column_may_say_that_it_is_of_utc():
    """One form tells its moments so; taken for local, two hours of late entries would be in time."""
    found = columns_of(cells("Email;Submit Date (UTC)"), NEEDED)

    assert isinstance(found, Columns)
    assert found.is_utc


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("email;nom", "no column “entered”"),
        ("entered;nom", "no column “email”"),
        ("email;e-mail;entered", "more than one column for “email”: 1, 2"),
        ("email;entered;chances;chance", "more than one column for “chances”: 3, 4"),
    ],
)
def test_what_is_not_clear_is_not_guessed(first, told):
    """Of two columns of addresses one is the friend's who told of the contest."""
    found = columns_of(cells(first), NEEDED)

    assert isinstance(found, Unclear)
    assert told in found.found


@pytest.mark.parametrize("first", ["email;entered;2;1;tiebreak", "email;entered;Q2;Question 1;Question subsidiaire"])
def test_the_answers_of_a_quiz_are_found_by_their_number(first):
    """Forms put their columns in the order in which questions were added."""
    found = columns_of(cells(first), NEEDED, questions=2, has_tiebreak=True)

    assert isinstance(found, Columns)
    assert (3, 2, 4) == found.answers


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("email;entered;1;tiebreak", "0 columns for question 2"),
        ("email;entered;1;2;question 2;tiebreak", "2 columns for question 2"),
        ("email;entered;1;2", "0 columns for the last question"),
    ],
)
def test_a_missing_answer_is_told_before_anybody_loses_by_it(first, told):
    """An empty column would make all answers wrong."""
    found = columns_of(cells(first), NEEDED, questions=2, has_tiebreak=True)

    assert isinstance(found, Unclear)
    assert told == found.found


def test_a_first_row_is_known_by_its_address_or_its_ticket():
    """By it the sign between cells is found."""
    assert names_what_counts(["Nom", "Courriel"])
    assert names_what_counts(["ticket", "chances"])
    assert not names_what_counts(["ticket,chances"])
