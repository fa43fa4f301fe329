"""Subject and preheader fit into a list of mails, and say what is worth opening the letter for."""

import pytest

from handbill.outputs.letter_lines import Tidings, greeting, letter_lines
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for

EVENTS = [("Fête de la récup", "2026-09-26T10:00:00+02:00"), ("Balade", "2026-10-03")]


@pytest.fixture
def french(tmp_path):
    return words_for("fr", Theme(tmp_path).locale("fr"))


def lines(tidings, words, room=(60, 100)):
    return letter_lines(tidings, words, "La lettre", room, len)


def test_the_next_date_is_the_subject_and_the_closing_its_second_line(french):
    """Dates are what makes people act."""
    found = lines(Tidings(EVENTS, [("La photo", "2026-10-06T23:59:00+02:00")], ["Le puits"]), french)

    assert (
        "Fête de la récup, samedi 26 septembre",
        "Et aussi : La photo, jusqu’au 6 octobre ; Balade, samedi 3 octobre ; Le puits",
    ) == found


def test_a_long_title_loses_its_day_before_its_words(french):
    """A subject that is cut off in the box says nothing."""
    assert "Fête de la récup" == lines(Tidings(EVENTS), french, (20, 100))[0]
    assert "Fête de la récup, 26 septembre" == lines(Tidings(EVENTS), french, (30, 100))[0]


def test_what_fits_nowhere_gives_way_to_the_next(french):
    """A title of ninety letters is no subject."""
    tidings = Tidings([("Une fête " * 10, "2026-09-26"), EVENTS[1]])

    assert "Balade, samedi 3 octobre" == lines(tidings, french)[0]


def test_nothing_to_tell_is_no_fault(french):
    """Some letters are words alone."""
    assert ("La lettre", "") == lines(Tidings(), french)


def test_printers_spaces_are_left_to_the_printer(french):
    """In the file of an editor they would be signs that nobody can type."""
    assert ("Où ? samedi", "") == lines(Tidings(texts=["Où\u202f? samedi"]), french)


def test_a_first_letter_greets_in_its_own_language(french):
    """An editor would translate it first of all."""
    assert ("Bonjour,", "Hello,") == (greeting(french), greeting(words_for("en", ())))
