"""What is the community's own, and what it confirmed."""

import pytest

from handbill.proofing.house import House, is_confirmed, is_own, plain


@pytest.mark.parametrize(
    ("origin", "address", "expected"),
    [
        ("https://atelier.fr/", "ines@atelier.fr", True),
        ("https://www.atelier.fr/", "ines@atelier.fr", True),
        ("https://hub.atelier.fr/", "ines@atelier.fr", True),
        ("https://atelier.fr/", "ines@listes.atelier.fr", True),
        ("https://atelier.fr/", "ines@autreatelier.fr", False),
        ("https://atelier.free.fr/", "ines.invente@free.fr", False),
        ("https://atelier.fr/", "ines@fr", False),
        ("", "ines@atelier.fr", False),
    ],
)
def test_an_address_of_the_hubs_own_domain_is_the_communitys(origin, address, expected):
    """Members want its contact address; one at a provider for everybody is a person's, even if the hub lies there."""
    assert expected == is_own(address, House(origin=origin))


def test_the_senders_of_the_letters_are_the_communitys():
    """They stand at the head of every letter, wherever their box is."""
    house = House(mail=("Atelier <atelier.bordeaux@laposte.net>", ""))

    assert is_own("Atelier.Bordeaux@laposte.net", house)
    assert not is_own("ines@laposte.net", house)


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("07 00 21 73 95", "+33 (0)7.00.21.73.95"),
        ("+33700217395", "07 00 21 73 95"),
        ("0032 478 32 61 94", "+32 478 32 61 94"),
        ("Ines@Bal-Perso.fr", "ines@bal-perso.fr"),
        ("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013m02606"),
        ("@ines_carrere", "ines_carrere"),
        ("Marteau#4821", "marteau#4821"),
    ],
)
def test_what_is_confirmed_may_be_written_in_any_form(listed, written):
    """Nobody copies a number digit for digit from hub.toml."""
    assert is_confirmed(written, House(public=(listed,)))


def test_nothing_else_is_confirmed():
    """A list of one is a list of one."""
    assert not is_confirmed("07 00 21 73 96", House(public=("07 00 21 73 95",)))
    assert "33700217395" == plain("07 00 21 73 95")
