"""What of a calendar names a person or opens a door stays out."""

import pytest

from handbill.importing.ics.mask import GAP, Mask
from handbill.proofing.proof import House


@pytest.mark.parametrize(
    ("text", "wanted", "sort"),
    [
        ("Écrire à jeanne.martin@gmail.com, merci", f"Écrire à {GAP}, merci", "a mail address"),
        ("Appelez le 06 12 34 56 78 le soir", f"Appelez le {GAP} le soir", "a telephone number"),
        ("a\nb\nà jeanne (at) gmail.com", f"a\nb\nà {GAP}", "a mail address"),
        ("mot de passe : Hunter2-Rivage", f"mot de passe : {GAP}", "a password"),
    ],
)
def test_what_names_a_person_or_opens_a_door_is_taken_out_and_counted(text, wanted, sort):
    """A private calendar that becomes public must not give away who is in it."""
    masked, found = Mask(House()).of(text)

    assert wanted == masked
    assert {sort: 1} == dict(found)


def test_what_the_community_confirmed_stays():
    """[proofing] public lists what everybody may read."""
    assert "jeanne.martin@gmail.com" == Mask(House(public=("jeanne.martin@gmail.com",))).of("jeanne.martin@gmail.com")[0]


def test_signs_that_nobody_sees_are_taken_out_first():
    """Between the letters of an address they would hide it from us and not from its readers."""
    masked, found = Mask(House()).of("jeanne\u200b.martin@gmail.com \u202ex\u202c")

    assert f"{GAP} x" == masked
    assert {"signs that nobody sees": 3, "a mail address": 1} == dict(found)


def test_a_plain_text_comes_back_as_it_was():
    """Also a second time, from memory."""
    mask = Mask(House())

    assert [("Foire aux plants", {})] * 2 == [
        (text, dict(found)) for text, found in (mask.of("Foire aux plants"), mask.of("Foire aux plants"))
    ]
