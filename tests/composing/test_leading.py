"""Every link of a letter is told with its words and where it leads."""

from handbill.composing.leading import leadings
from handbill.outputs.mail.record import TOKEN

ANSWERS = {"/": "", "/events/fete/": "La fête", "/été/": "L'été"}
BASE = "https://essai.example/"


def told(html):
    return [(one.words, one.sort, one.where) for one in leadings(html, ANSWERS, BASE)]


def test_a_page_of_the_hub_is_told_by_its_title():
    """An address alone says little to whoever proofs a letter."""
    assert [("Venez", "hub", "“La fête”")] == told(f'<a href="{BASE}events/fete/#programme">Venez</a>')
    assert [("ici", "hub", "a page of the hub")] == told(f'<a href="{BASE}">ici</a>')


def test_an_address_that_nothing_answers_is_lost():
    """It would be found by the members."""
    assert ["lost"] == [sort for _, sort, _ in told(f'<a href="{BASE}events/fote/">Venez</a>')]


def test_an_address_is_read_as_browsers_write_it():
    """An accent in it is three signs there."""
    assert ["hub"] == [sort for _, sort, _ in told(f'<a href="{BASE}%C3%A9t%C3%A9/?a=1">L’été</a>')]


def test_what_leads_elsewhere_names_the_host_and_a_mail_its_address():
    """Whom members are sent to is the editor's to answer for."""
    found = told('<a href="https://quai.example/x">Quai</a> <a href="mailto:a@b.example?subject=x">Écrire</a>')

    assert [("Quai", "elsewhere", "elsewhere: quai.example"), ("Écrire", "mail", "a mail to a@b.example")] == found


def test_what_each_member_gets_for_himself_is_said_to_be_so():
    """Nobody shall click it away from the list by proofing."""
    assert ["member"] == [sort for _, sort, _ in told(f'<a href="{BASE}sortir/{TOKEN}">Se désabonner</a>')]


def test_a_link_of_a_picture_has_its_description_for_words():
    """It is what those read who see no pictures."""
    assert [("Une affiche", "hub")] == [one[:2] for one in told(f'<a href="{BASE}"><img alt="Une affiche"></a>')]
    assert [""] == [words for words, _, _ in told(f'<a href="{BASE}"><img></a>')]


def test_an_address_that_comes_again_is_told_once_and_counted():
    """Title, picture and button lead to the same page."""
    (one,) = leadings(f'<a href="{BASE}"><img></a><a href="{BASE}">Le  site\n</a><a name="x">y</a>', ANSWERS, BASE)

    assert ("Le site", 2) == (one.words, one.times)
