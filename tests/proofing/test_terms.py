"""The community's own terms, and every place where they are not meant."""

import pytest

from handbill.errors import Level
from handbill.hub.fields import Desk
from handbill.proofing.galley import Galley
from handbill.proofing.house import House
from handbill.proofing.proof import proof
from handbill.proofing.terms import avoided

HOUSE = House(avoid=(("usager", "membre"), ("con", ""), ("pute", ""), ("atelier participatif", "atelier"), ("sourd", "personne sourde"), ("œuvre", "travail")))


def terms(text: str, first_line: int = 1, house: House = HOUSE) -> list[str]:
    """Return the terms that are marked, as they stand in the text."""
    return [text[mark.start : mark.end] for mark in avoided(Galley(text, first_line), house)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les usagers viennent.", ["usagers"]),
        ("L’usager, l'USAGER, d'usager", ["usager", "USAGER", "usager"]),
        ("Usagère n’en est pas la forme", []),
        ("un usager·e, _usager_, **usager**, (usager)", ["usager"] * 4),
        ("UN ATELIER\nparticipatif, des ateliers participatifs", ["ATELIER\nparticipatif", "ateliers participatifs"]),
        ("une oeuvre, une Œuvre, des œuvres", ["oeuvre", "Œuvre", "œuvres"]),
        ("[Nos usagers](x.md)", ["usagers"]),
        ("| usager | membre |", ["usager"]),
    ],
)
def test_a_term_is_found_however_it_is_written(text, expected):
    """Capitals, plurals, elisions and markup change nothing."""
    assert expected == terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le jeu-concours, la dispute, un contact, réputé",
        "`usager`",
        "```\nusager\n```",
        "https://x.example/usager",
        "[a](usager.md)",
        "[a]: usager.md",
        "<!-- usager -->",
        '<img src="usager.png">',
        "porte-usager et usager-type",
        "Des personnes sourdes, une personne sourde",
    ],
)
def test_a_term_is_not_found_where_it_is_not_meant(text):
    """The rules of a community name what they forbid; a lexicon that marks “dispute” is switched off."""
    assert [] == terms(text)


def test_a_term_is_avoided_even_where_its_better_form_holds_it():
    """Said instead is “personne sourde”, and that holds the term itself."""
    assert ["sourds"] == terms("Les sourds et les personnes sourdes")


def test_front_matter_is_read_where_it_says_something():
    """A title is read by members; a file name, a key and a note are not."""
    text = "---\ntitle: Les usagers\nusager: x\n# usager\nslug: usager\npicture: usager.png\nvenue:\n  name: Salle des usagers\n  url: usager\n---\n"

    assert ["usagers", "usagers"] == terms(text, 11)


def test_the_better_word_is_offered_and_nothing_stops():
    """A list of words never decides alone: it warns."""
    (with_word, without) = avoided(Galley("usager con"), HOUSE)

    assert "“membre”, as this community says it" == with_word.wanted
    assert "another word: this community does not use it" == without.wanted
    assert {Level.WARNING} == {with_word.level, without.level}


def test_a_house_without_a_list_avoids_nothing():
    """There is no list of ours."""
    desk = Desk("a.md", "UTC")
    proof("usager con pute\n", 1, House(), desk)

    assert [] == desk.problems
