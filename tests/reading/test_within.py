"""What a text answers for alone: descriptions of pictures, places in itself, addresses of mail and telephone."""

from __future__ import annotations

import pytest

from handbill.hub.fields import Desk
from handbill.hub.likeness import Names
from handbill.reading.body import read_body
from handbill.reading.markdown import engine
from handbill.reading.within import check_within, near_anchor, says_nothing


def told(text, dialect="github"):
    desk = Desk("a.md", "UTC")
    check_within(read_body(engine(dialect)(text)), text, 5, desk)
    return desk.problems


def codes(text, dialect="github"):
    return [one.code for one in told(text, dialect)]


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
def test_a_picture_without_a_description_is_refused(dialect):
    """Somebody who does not see it would not know that something is there."""
    (problem,) = told("Un.\n\n![](pictures/p.png)", dialect)

    assert (7, 1, 19, "HB308", 2) == (problem.line, problem.column, problem.width, problem.code, problem.level)
    assert "a picture without a description" == problem.found


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
@pytest.mark.parametrize("word", ["decorative", "décorative", "Décoratif"])
def test_a_picture_that_only_decorates_says_so(word, dialect):
    """A line between two parts needs no words, and says that nobody forgot them."""
    assert [] == told(f'![](trait.png "{word}")', dialect)


def test_each_of_two_pictures_is_told():
    """Mending the first must not be all that the first message asks for."""
    assert [(5, 1), (7, 1)] == [(one.line, one.column) for one in told("![](p.png)\n\n![](p.png)")]


def test_words_that_stand_in_the_title_are_offered():
    """They are shown on hovering only; on a phone nobody hovers."""
    (problem,) = told('![](p.png "Le banc repeint")')

    assert "what it shows, between the brackets, where “Le banc repeint” may belong" == problem.wanted


@pytest.mark.parametrize(
    ("words", "target", "nothing"),
    [
        ("image", "a.png", True),
        ("Photo", "a.png", True),
        ("une photo", "a.png", True),
        ("IMG_2034", "a.jpg", True),
        ("img-2034 (1)", "a.jpg", True),
        ("DSC01234", "a.jpg", True),
        ("Capture d’écran", "a.png", True),
        ("Screenshot 2026-05-01", "a.png", True),
        ("etabli.jpg", "etabli.jpg", True),
        ("vue.webp", "a.png", True),
        ("etabli_v2", "pictures/etabli_v2.png", True),
        ("20260501", "20260501.png", True),
        ("Photo du banc repeint", "a.png", False),
        ("établi", "etabli.png", False),
        ("etabli", "etabli.png", False),
        ("grille-pain", "grille-pain.png", False),
        ("Image de synthèse d'un engrenage", "a.png", False),
        ("2026", "a.png", False),
        ("", "a.png", False),
        ("La photographie de groupe", "a.png", False),
    ],
)
def test_a_description_says_what_is_to_be_seen(words, target, nothing):
    """“Image”, read aloud, is worse than silence; a single right word is enough."""
    assert nothing is says_nothing(words, target)


def test_a_description_that_says_nothing_is_only_a_warning():
    """Members who see the picture miss nothing."""
    (problem,) = told("Un.\n\n![image](p.png)")

    assert ("HB316", 1, 7, 3, 5) == (problem.code, problem.level, problem.line, problem.column, problem.width)


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
@pytest.mark.parametrize("link", ["#le-banc", "#", "#top", "#Top", "#fn"])
def test_a_place_in_the_same_text_is_found(link, dialect):
    """A table of contents made by hand is welcome."""
    assert [] == told(f'## Le banc\n\n<span id="fn">x</span> [y]({link})', dialect)


def test_footnotes_lead_to_their_places():
    """The engine makes these links, not the editor."""
    for dialect in ("github", "python-markdown"):
        assert [] == told("Un[^1] et deux[^b].\n\n[^1]: Une.\n[^b]: Deux.", dialect)


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("#l'été", "#l-ete, perhaps"),
        ("#L%27été", "#l-ete, perhaps"),
        ("#l-etee", "#l-ete, perhaps"),
        ("#zzz", "one of its headings: #l-ete"),
    ],
)
def test_a_place_that_the_text_does_not_have_is_told(link, wanted):
    """Nothing happens on clicking, and nobody knows why."""
    (problem,) = told(f"## L’été\n\n[y](<{link}>)")

    assert ("HB303", wanted) == (problem.code, problem.wanted)
    assert (7, 6, len(link)) == (problem.line, problem.column, problem.width)


def test_the_headings_that_there_are_are_named():
    """Some of them: a manual has fifty."""
    (few,) = told("## Un\n\n## Deux\n\n[y](#zzz)")
    (many,) = told("".join(f"## T{n}\n\n" for n in range(9)) + "[y](#zzz)")
    (none,) = told("[y](#zzz)")

    assert "one of its headings: #deux, #un" == few.wanted
    assert "one of its headings: #t0, #t1, #t2, #t3, #t4, …" == many.wanted
    assert "a link without “#”, because that text has no headings" == none.wanted


def test_the_headings_that_there_are_are_not_gone_through_for_each_wrong_link():
    """A text of a thousand headings and as many wrong links took 2.4 times as long when it was twice as long."""

    class Unseen(frozenset):
        def __iter__(self):
            raise AssertionError("gone through")

    said = near_anchor("zzz", Unseen("bcadfe"), Names("abcdef"))

    assert "one of its headings: #a, #b, #c, #d, #e, …" == str(said)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("mailto:", ["HB318"]),
        ("mailto:contact", ["HB318"]),
        ("mailto:contact@asso", ["HB318"]),
        ("mailto:a@asso.example,b", ["HB318"]),
        ("mailto:contact@asso.example", []),
        ("mailto:contact@asso.example?subject=Bonjour%20%3F", []),
        ("mailto:a@asso.example,%20b@asso.example", []),
        ("mailto:?subject=À lire", []),
        ("tel:", ["HB318"]),
        ("tel:xx", ["HB318"]),
        ("tel:15", []),
        ("tel:+33%205%2000", []),
    ],
)
def test_a_link_to_somebody_must_name_somebody(link, code):
    """A mail program opens with an empty field, or a telephone with nothing to dial."""
    assert code == codes(f"[x](<{link}>)")


def test_what_was_written_for_an_address_is_not_repeated():
    """Half an address of somebody is still somebody's."""
    assert [] == [one for one in told("[x](mailto:jean@dupont)") if "jean" in str(one)]


def test_a_path_with_spaces_is_told_where_members_would_see_brackets():
    """“Ma photo.jpg” is how telephones and people call files, and the picture would just not have been there."""
    (problem,) = told("Un.\n\n![Une vue](../pictures/ma vue.png) et `[x](un deux.md)` <!-- [x](un deux.md) -->")

    assert (7, 12, 22, "HB318") == (problem.line, problem.column, problem.width, problem.code)
    assert "the path between < and >: (<../pictures/ma vue.png>)" == problem.wanted
    assert [] == told("![Une vue](<../pictures/ma vue.png>) et ![Une vue](../pictures/ma%20vue.png)")


def test_a_path_with_spaces_that_is_a_link_is_none_of_our_business():
    """The other dialect takes it for what it was meant to be."""
    assert [] == told("![Une vue](ma vue.png)", "python-markdown")


def test_words_between_parentheses_are_no_path():
    """A sentence may follow a bracket."""
    assert [] == told("[x](voir plus loin) [^1] (le fichier a b.png) [y](z.md \"Un titre.md\")")
