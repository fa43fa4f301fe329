"""Personal data of a text, each told once, none of it repeated."""

from handbill.errors import Level
from handbill.proofing.galley import Galley
from handbill.proofing.house import House
from handbill.proofing.personal import personal

TEXT = "ines@bal-perso.fr, 07 00 21 73 95, FR14 2004 1010 0505 0001 3M02 606, 4539 1488 0343 6467, 2 69 05 49 588 157 80, Discord : louve_33\n"


def test_each_sort_has_its_code_and_stops_a_build():
    """An editor looks the code up; nothing of it may be published by a build that only warned."""
    marks = sorted(personal(Galley(TEXT), House()), key=lambda mark: mark.start)

    assert ["HB601", "HB602", "HB603", "HB604", "HB605", "HB606"] == [mark.code for mark in marks]
    assert {Level.ERROR} == {mark.level for mark in marks}


def test_no_message_says_what_was_found():
    """Logs of builds are read by more people than the file."""
    for mark in personal(Galley(TEXT), House()):
        datum = TEXT[mark.start : mark.end]
        assert datum not in repr(mark)
        assert datum not in str(mark.found) + str(mark.wanted) + repr(vars(mark.found))


def test_the_digits_of_an_account_are_not_told_twice():
    """A telephone number inside an IBAN is no telephone number."""
    assert ["HB603"] == [mark.code for mark in personal(Galley("GB02 NWBK 0601 2345 6789 10 FR76 3000 6000 0112 3456 7890 189"), House())]


def test_a_text_without_anything_gets_no_mark():
    """Places and people by name are what a community writes about; a street is no home."""
    assert [] == list(personal(Galley("Chez Odile, 14 rue des Établis, 33800 Bordeaux, samedi à 14 h 30."), House()))
