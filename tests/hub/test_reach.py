"""Where somebody answers is named by a mail address or a page, and by nothing that leads nowhere."""

import pytest

from handbill.hub.nodes import Desk, Listing, Scalar
from handbill.hub.reach import Reach, link_to


def read(text):
    desk = Desk("hub.toml", "UTC")
    return Reach().read(Scalar(text, False, 3, 11), "legal.contact", desk), [str(one) for one in desk.problems]


@pytest.mark.parametrize("text", ["bonjour@atelier.example", "https://atelier.example/contact/", "prénom.nom@atelier-garonne.example"])
def test_a_mail_address_or_a_page_is_taken_as_it_is(text):
    """It is shown on the page word for word."""
    assert (text, []) == read(text)


def test_a_link_copied_from_a_page_is_the_address_in_it():
    """Browsers copy `mailto:` along."""
    assert ("bonjour@atelier.example", []) == read("mailto:bonjour@atelier.example")


@pytest.mark.parametrize("text", ["bonjour@atelier", "http://atelier.example/", "05 36 49 12 34", "un mot", "a@b.example, c@d.example"])
def test_what_nobody_can_write_to_is_refused_without_being_repeated(text):
    """A message may end in a public log, and a mail address in a spammer's list."""
    value, problems = read(text)

    assert value is None
    assert [
        "hub.toml:3:11: legal.contact: found no address at which one can write, "
        "wanted a mail address, or the address of a page that begins with https:// [HB207]"
    ] == problems


def test_a_list_is_no_address():
    """Two contacts would leave it open who answers."""
    desk = Desk("hub.toml", "UTC")

    assert Reach().read(Listing((), 1, 1), "legal.contact", desk) is None
    assert desk.problems


def test_a_link_to_mail_says_so():
    """A browser takes anything else for the path of a page."""
    assert "mailto:bonjour@atelier.example" == link_to("bonjour@atelier.example")
    assert "https://atelier.example/contact/" == link_to("https://atelier.example/contact/")
    assert "" == link_to("")
