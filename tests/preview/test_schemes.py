"""A pane shows a letter as one kind of program does, however the editor's own screen is set."""

import pytest

from handbill.preview.schemes import SCHEMES, dark, in_pane, inverted, light, without_pictures

LETTER = (
    '<html><head><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
    "<style>:root { color-scheme: light dark; } @media screen and (prefers-color-scheme: dark) { p { color: #fff } }"
    " @media (prefers-color-scheme:light) { p { color: #000 } }</style></head>"
    '<body><p>prefers-color-scheme: dark</p><img src="https://essai.example/a.png" alt="Un puits" width="10"></body></html>'
)


def test_what_is_asked_of_the_screen_is_answered_for_the_pane():
    """An editor who works in the dark proofs the light letter too."""
    assert "@media screen and (min-width: 0)" in dark(LETTER)
    assert "@media (max-width: 0)" in dark(LETTER)
    assert "@media screen and (max-width: 0)" in light(LETTER)
    assert 'content="dark"' in dark(LETTER)
    assert "color-scheme: light;" in light(LETTER)


def test_the_words_of_a_letter_are_left_alone():
    """A letter about style sheets is a letter."""
    assert all("<p>prefers-color-scheme: dark</p>" in scheme(LETTER) for scheme in SCHEMES.values())


def test_colours_are_turned_around_and_pictures_are_not():
    """So do programs that ask no letter what it wants."""
    assert "img{filter:invert(1) hue-rotate(180deg)}" in inverted(LETTER)
    assert "(max-width: 0)" in inverted(LETTER)


def test_before_pictures_load_their_descriptions_are_read():
    """Half of all programs load none at first."""
    assert '<img alt="Un puits" width="10">' in without_pictures(LETTER)


@pytest.mark.parametrize("name", SCHEMES)
def test_links_open_beside_the_pane(name):
    """A page in a pane of 375 pixels is no page."""
    assert '<head><base target="_blank">' in in_pane(SCHEMES[name](LETTER))
