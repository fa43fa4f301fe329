"""The words of links in letters."""

import pytest
from tests.hubs import load_village
from tests.outputs.mail.letters import letter

from handbill.checking.labels import check_labels
from handbill.errors import Level


def told(body):
    item = load_village()[0].hub.of_kind("issue", "fr")[0]
    return [(one.code, one.level, one.found) for one in check_labels(item, letter(body=body))]


@pytest.mark.parametrize(
    "words",
    ["ici", "Cliquez ici", "<strong>lire la suite</strong> →", "En savoir plus…", "Plus d’infos", "click here", "Read more", "ce lien"],
)
def test_words_that_only_say_that_there_is_a_link_are_told(words):
    """Read from link to link, a letter would be “here, here, here”."""
    ((code, level, found),) = told(f'<p><a href="https://a.example/?b=1&amp;c=2" rel="x">{words}</a></p>')

    assert ("HB316", Level.NOTE) == (code, level)
    assert "https://a.example/?b=1&c=2" in found


@pytest.mark.parametrize("inner", ["", " ", "<em></em>", '<img src="a.png" alt="">'])
def test_a_link_without_words_is_told_louder(inner):
    """Nobody can follow what nobody sees."""
    assert [("HB316", Level.WARNING)] == [one[:2] for one in told(f'<p><a href="https://a.example/">{inner}</a></p>')]


@pytest.mark.parametrize(
    "inner",
    [
        "Le plan du quartier",
        "Je viens",
        "ici, au 14 rue des Établis",
        '<img src="a.png" alt="Le plan">',
        "https://a.example/",
        "Lire « Le banc »",
    ],
)
def test_words_that_say_where_a_link_leads_are_right(inner):
    """So is a picture with a description."""
    assert [] == told(f'<p><a href="https://a.example/">{inner}</a></p>')


def test_a_footnote_has_a_number_and_a_link_is_told_once():
    """The same link twice is one thing to mend."""
    assert [] == told('<p><a href="#fn-1">ici</a></p>')
    assert 1 == len(told('<p><a href="https://a.example/">ici</a> <a href="https://a.example/">ici</a></p>'))
