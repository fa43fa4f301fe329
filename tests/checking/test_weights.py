"""The bill of a letter that is too heavy, and what else its HTML tells."""

from dataclasses import replace

import pytest
from tests.outputs.mail.letters import CARD, LETTER, POST, french, letter

from handbill.checking.weights import proof_of
from handbill.errors import Level, said
from handbill.outputs.mail.fault import ThemeFault
from handbill.outputs.mail.record import Part, Prose
from handbill.telling import tell


def html(one):
    """Return what a plain theme makes of a letter."""
    pieces = (
        piece.html if isinstance(piece, Prose) else "".join(f"<p>{card.title}{card.summary}</p>" for card in piece.cards)
        for piece in one.content
    )
    return (
        "<html><style>p { margin: 0 }</style>"
        + "".join(pieces)
        + '<img src="https://essai.example/a.png" alt=""><img src="https://essai.example/a.png" alt="">'
    )


def heavy(n, *more):
    return letter(
        content=(
            Prose("<p>Bonjour.</p>", ""),
            Part("posts", tuple(replace(POST, title=f"{number:03}", summary="m" * 997) for number in range(n))),
            *more,
        )
    )


def proof(one, make=html):
    return proof_of(one, make, french())


def test_a_letter_as_it_should_be_tells_its_pictures_alone():
    """Which of them mail programs show is asked of the hub."""
    assert ((), ("https://essai.example/a.png",)) == (proof(letter(CARD)).problems, proof(letter(CARD)).pictures)


def test_too_heavy_is_an_error_with_a_bill_and_a_way_to_mend_it():
    """What an editor reads, word for word, in both languages."""
    (told,) = proof(heavy(120, Part("events", (replace(CARD, summary="m" * 3000),), "Ce samedi"))).problems

    assert ("HB422", Level.ERROR, "") == (told.code, told.level, told.path)
    assert (
        "125 KB of HTML, of which Gmail hides the end, and the way out of the list with it: “À lire” 121 KB (97 %), “Ce samedi” 4 KB (2 %), 0 KB for all the rest"
        == told.found
    )
    assert "100 KB at most; it has 98 without entries 95 to 120 of “À lire”" == told.wanted
    assert "125\u00a0Ko de HTML" in tell(told.found, "fr").replace(" Ko", "\u00a0Ko")
    assert "sans les articles 95 à 120 de «\u00a0À lire\u00a0»" in tell(told.wanted, "fr")


def test_close_to_too_heavy_is_a_warning():
    """The next letter grows out of this one."""
    (told,) = proof(heavy(82)).problems

    assert ("HB423", Level.WARNING) == (told.code, told.level)
    assert "“À lire”" in told.found


def test_where_no_section_helps_the_text_is_named():
    """A long text is a post, and a letter leads to it."""
    (told,) = proof(letter(body="<p>" + "m" * 200_000 + "</p>")).problems

    assert "100 KB at most: a part of the text as a post, say, with a link to it" == told.wanted


def test_a_fault_of_the_theme_is_told_at_the_file_of_the_theme():
    """It is no fault of who wrote the letter."""

    def fails(_letter):
        raise ThemeFault("letter.mjml", 7, said("a"), said("b"))

    (told,) = proof(LETTER, fails).problems
    assert ("theme/mail/letter.mjml", 7, "HB429", Level.ERROR) == (told.path, told.line, told.code, told.level)


@pytest.mark.parametrize("style", ["p{}" * 3000, "@media screen { @media print { p { } } }"])
def test_styles_that_gmail_drops_are_the_theme_s(style):
    """The letter is right, and its dark colours are lost."""
    (told,) = proof(LETTER, lambda _: f"<style>{style}</style>").problems

    assert ("theme/mail/screen.css", "HB424", Level.ERROR) == (told.path, told.code, told.level)
