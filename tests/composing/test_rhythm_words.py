"""An editor is told which rhythm was seen, to see at once whether it was the right one."""

import pytest

from handbill.composing.rhythm import LAST, Rhythm
from handbill.composing.rhythm_words import said_rhythm
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.telling import tell

CASES = {
    "le premier jeudi du mois": Rhythm("weekday", 1, 3, 1),
    "le dernier vendredi du mois": Rhythm("weekday", 1, 4, LAST),
    "le deuxième mardi du mois, tous les 3 mois": Rhythm("weekday", 3, 1, 2),
    "le 5 du mois": Rhythm("day", 1, day=5),
    "chaque vendredi": Rhythm("weeks", 1, 4),
    "un lundi sur deux": Rhythm("weeks", 2, 0),
    "toutes les 3 semaines, le dimanche": Rhythm("weeks", 3, 6),
    "sans rythme, à 21 jours environ": Rhythm("gap", 21),
}


@pytest.mark.parametrize("told", CASES)
def test_a_rhythm_is_said_as_people_say_it(told, tmp_path):
    """“Weekday 3 of rank 1” would be believed by nobody."""
    words = words_for("fr", Theme(tmp_path).locale("fr"))

    assert told == tell(said_rhythm(CASES[told], words), "fr")


def test_it_is_said_in_english_as_well():
    """Half of the messages in another language is none."""
    assert "on the first Thursday of the month" == said_rhythm(Rhythm("weekday", 1, 3, 1), words_for("en", ()))
