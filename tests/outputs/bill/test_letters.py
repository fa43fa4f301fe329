"""The measures of the letters on social cards."""

from __future__ import annotations

import pytest

from handbill.outputs.bill.letters import font_file, letters

STYLES = ("Regular", "Semibold", "Bold", "It")

#: All that French prints, with its spaces, and what dates and prices need.
FRENCH = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸabcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ0123456789«»“”‘’…–—-·.,:;!?()/&@€%°² a\u00a0b\u202fc\u2011d"


@pytest.mark.parametrize("style", STYLES)
def test_every_french_letter_can_be_drawn(style: str):
    """A box in the place of an œ says that nobody looked."""
    assert FRENCH.replace("\u2011", "-") == letters(style).drawable(FRENCH)


@pytest.mark.parametrize("style", STYLES)
def test_the_licence_of_the_letters_lies_beside_them(style: str):
    """The SIL Open Font License asks that it travels with the font."""
    assert font_file(style).is_file()
    assert "SIL OPEN FONT LICENSE" in (font_file(style).parent / "LICENSE.txt").read_text(encoding="utf-8")


# As HarfBuzz 14.5 measures these lines at a size of 1000, without ligatures.
@pytest.mark.parametrize(
    ("style", "text", "width"),
    [
        ("Bold", "L’été À Vélo « Tout » 12–16", 11826),
        ("Bold", "AVATAR Tofu", 5914),
        ("Regular", "Yves Tati, Paty. « Wagner »", 11669),
        ("Semibold", "P. Fête, W.", 4539),
        ("It", "Conférence : pourquoi", 9038),
    ],
)
def test_letters_stand_as_close_as_the_font_wants(style: str, text: str, width: int):
    """Without kerning, a large T stands away from its o, which designers see at once."""
    assert width == round(letters(style).width(text))


def test_kerning_brings_letters_closer():
    """The test above would pass on a font that kerns nothing if its numbers were taken from there."""
    bold = letters("Bold")

    assert bold.width("To") < bold.width("T") + bold.width("o")


def test_the_narrow_space_of_french_is_narrow_though_the_font_lacks_it():
    """« Vraiment ! » with a wide gap before the sign looks as if something was missing."""
    bold = letters("Bold")

    assert 190 == bold.width("\u202f") < bold.width(" ") == bold.width("\u00a0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fête 🎉 de printemps", "Fête de printemps"),
        ("Bravo 🎉\u202f!", "Bravo\u202f!"),
        ("Bravo\u00a0🎉", "Bravo"),
        ("Merci ❤\ufe0f", "Merci"),
        ("1\ufe0f\u20e3 atelier", "1 atelier"),
        ("Relie\u0301 a\u0300 la main", "Relié à la main"),
        ("Porte\u2011clés", "Porte-clés"),
        ("Ремонт Ωμέγα", "Ремонт Ωμέγα"),
        ("👩\u200d🔧", ""),
    ],
)
def test_signs_that_the_font_lacks_are_left_out(text: str, shown: str):
    """Writers decorate titles; a row of empty boxes is what readers would get."""
    assert shown == letters("Bold").drawable(text)


@pytest.mark.parametrize("text", ["مقهى الإصلاح", "東京の会議", "Conférence : 東京", "תיקון", "सम्मेलन"])
def test_a_text_is_left_out_whole_where_letters_are_missing(text: str):
    """A title without some of its letters would say something else."""
    assert letters("Bold").drawable(text) == ""
