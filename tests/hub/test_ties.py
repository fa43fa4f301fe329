"""What belongs together stays on one line; the table of sentences is in test_typography."""

import pytest

from handbill.hub.gaps import LEVEL, RAISED, TAG
from handbill.hub.ties import with_ties


def seen(text: str) -> str:
    """Return a text with what cannot be seen made visible."""
    for sign, shown in (("\u00a0", "~"), ("\u202f", "^"), (TAG, "|"), (RAISED, "<"), (LEVEL, ">")):
        text = text.replace(sign, shown)
    return text


@pytest.mark.parametrize(
    ("typed", "page", "line"),
    [
        ("le 1er mai", "le 1<er>~mai", "le 1er~mai"),
        ("la 2ème fois", "la 2<e> fois", "la 2ème fois"),
        ("la 1ère fois", "la 1<re> fois", "la 1ère fois"),
        ("au XXème siècle", "au XX<e>~siècle", "au XXème~siècle"),
        ("12e, 21es, 3ièmes", "12<e>, 21<es>, 3<es>", "12e, 21es, 3ièmes"),
        ("1e, 1nd, 2er, 0e, 3e-5, a2e, 2eb", "1e, 1nd, 2er, 0e, 3e-5, a2e, 2eb", "1e, 1nd, 2er, 0e, 3e-5, a2e, 2eb"),
    ],
)
def test_only_a_page_raises_the_ends_of_ordinals(typed, page, line):
    """A subject line has no raised letters, and an editor's own ending is then the best there is."""
    assert page == seen(with_ties(typed, is_page=True))
    assert line == seen(with_ties(typed, is_page=False))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("12| |km", "12|~|km"),
        ("|12| 500", "|12|^500"),
        ("12|€", "12|~€"),
        ("1|er| mai", "1|er|~mai"),
        ("XX|e| siècle", "XX|e|~siècle"),
        ("|M.| Dupont", "|M.|~Dupont"),
        ("18|h|30", "18|~h|~30"),
        ("n°|5|", "n°|5|"),
        ("n° |5|", "n°~|5|"),
        ("il |– enfin –| là", "il |–~enfin~–| là"),
    ],
)
def test_tags_part_nothing(typed, printed):
    """Editors make numbers bold."""
    assert printed == seen(with_ties(typed.replace("|", TAG), is_page=False))


@pytest.mark.parametrize("text", ["25h30", "18h60", "1,5h30", "x12 km", "12 kmx", "A4 ou B5", "M. dupont", "plan. 12"])
def test_what_only_looks_alike_is_left(text):
    """An hour that no clock shows is a reference of some kind."""
    assert text == with_ties(text, is_page=True)


def test_dashes_pair_within_a_sentence_and_not_beyond():
    """A dash in each of two sentences encloses nothing."""
    assert "Un~– deux. Trois~– quatre^! Cinq –~six~– sept" == seen(with_ties("Un – deux. Trois – quatre\u202f! Cinq – six – sept", is_page=True))
