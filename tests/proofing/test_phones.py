"""Telephone numbers, and all the other digits of a community's life."""

import pytest

from handbill.proofing.galley import Galley
from handbill.proofing.house import House
from handbill.proofing.numbers import chains
from handbill.proofing.phones import numbers


def found(text: str, public: tuple[str, ...] = ()) -> list[str]:
    galley = Galley(text)
    return [text[start:end] for start, end in numbers(galley, House(public), chains(galley))]


@pytest.mark.parametrize(
    "written",
    [
        "07 00 21 73 95",
        "07.00.21.73.95",
        "07-00-21-73-95",
        "07/00/21/73/95",
        "0700217395",
        "07\u00a000\u202f21\u00a073\u202f95",
        "05  56  08  42  17",
        "+33 7 00 21 73 95",
        "+33700217395",
        "+33 (0)7 00 21 73 95",
        "(+33) 7 00 21 73 95",
        "0033 7 00 21 73 95",
        "00 33 7 00 21 73 95",
        "+32 478 32 61 94",
        "0478/32.61.94",
        "079 418 22 37",
        "+351 912 648 307",
        "+44 7911 238604",
        "+1 (415) 367-2901",
        "(514) 937-2048",
        "+221 77 512 34 08",
    ],
)
def test_a_number_is_found_however_it_is_grouped(written):
    """Whoever is reached by it is called for years."""
    for text in (f"Appelez {written}.", f"Odile, {written}, vient.", f"({written})", f"| Odile | {written} |", f"**{written}**"):
        assert [written] == found(text), text


@pytest.mark.parametrize(
    "text",
    [
        "15, 17, 18, 112, 3114, 39 49, 118 712",
        "0 800 123 456, 0800 12 34 56, 0892 70 12 39, +33 800 123 456, +1 800 555 0199",
        "01 99 00 12 34, 06 39 98 45 67, +44 7700 900123, (212) 555-0142",
        "00 00 00 00 00, 0123456789, 01 02 03 04 05",
        "Loto : 05 12 23 34 45, 7",
        "12 07 00 21 73 95 11",
        "le 06/07/2026, 01.02.2026, 2026-01-02 03:04, 07 00",
        "+12 500 000, +48.85661234, +33 000 habitants, +10 000 000 €",
        "Commande 0700217395, réf. 07 00 21 73 95, facture n° 0700217395, ISBN 0306406152",
        "0306406152 est un livre, 0-306-40615-2 aussi",
        "https://x.fr/0700217395 [a](0700217395.pdf) IMG_0700217395 DSC-0700217395 a0700217395",
        "07 00 21 73 95,50 € et 0700217395 euros",
        "1 85 05 78 006 084 36, FR14 2004 1010 0505 0001 3M02 606",
    ],
)
def test_other_digits_are_left_alone(text):
    """A proof-reader who takes a date for a number is not read."""
    assert [] == found(text)


def test_two_numbers_side_by_side_are_two():
    """“06 … / 05 …” is how people write both of theirs."""
    assert ["07 00 21 73 95", "05 56 08 42 17"] == found("07 00 21 73 95 / 05 56 08 42 17")


def test_a_link_that_dials_is_a_number():
    """tel: and wa.me hold nothing else."""
    text = "[a](tel:+33700217395) https://wa.me/33700217395 https://api.whatsapp.com/send?phone=33700217395 tel:07 00 21 73 95"

    assert ["+33700217395", "33700217395", "33700217395", "07 00 21 73 95"] == found(text)


def test_the_word_before_decides_where_digits_alone_do_not():
    """“Ring” makes a number of what might be an article."""
    assert ["07911 238604"] == found("Ring 07911 238604")
    assert [] == found("Article 07911 238604")
    assert ["0700217395"] == found("Commande par téléphone : 0700217395")


def test_a_confirmed_number_may_stand_in_every_form():
    """The community's own line is on every poster."""
    assert [] == found("05 56 08 42 17, +33556084217", ("05.56.08.42.17",))
