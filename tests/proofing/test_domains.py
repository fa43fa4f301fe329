"""Domains that are not what they look like."""

import pytest

from handbill.errors import Level
from handbill.proofing.domains import misleading
from handbill.proofing.galley import Galley


def told(text: str) -> list[tuple[str, Level]]:
    """Return what is found, in words, with its level."""
    return [(str(mark.found), mark.level) for mark in misleading(Galley(text))]


@pytest.mark.parametrize(
    "domain",
    [
        "p\u0430ypal.com",
        "\u0430pple.fr",
        "g\u03bfogle.com",
        "xn--pypal-4ve.com",
        "XN--PYPAL-4VE.com",
        "www.b\u043enjour.fr",
        "micros\u043eft.com:443",
        "ines@p\u0430ypal.com",
        "p%D0%B0ypal.com",
        "p&#1072;ypal.com",
        "\u0570andbill.org",
        "bank.fr\u2044login.exemple.net",
        "bank\u2215fr.net",
        "\uff50\u0430ypal.com",
    ],
)
def test_a_domain_of_mixed_scripts_is_refused(domain):
    """Members would type a password on somebody else's page."""
    for text in (f"[banque](https://{domain}/x)", f"<https://{domain}>", f"https://{domain} puis", f"---\nurl: https://{domain}/\n---\n", f"[a]: //{domain}/"):
        assert [Level.ERROR] == [level for _, level in told(text)], text


@pytest.mark.parametrize("domain", ["\u0430\u0440\u0440\u04cf\u0435.com", "xn--80ak6aa92e.com", "payp\u0251l.com", "\u03b1\u03c1\u03bf.com", "s\u0131te.fr"])
def test_a_domain_of_look_alikes_is_a_warning(domain):
    """It may be somebody's true name in another script; only a person can tell."""
    assert [Level.WARNING] == [level for _, level in told(f"[a](https://{domain}/)")]


@pytest.mark.parametrize(
    "domain",
    [
        "atelier-garonne.example",
        "café-réparation.fr",
        "xn--caf-rparation-hkbe.fr",
        "пример.испытание",
        "почта.рф",
        "παράδειγμα.δοκιμή",
        "例え.jp",
        "東京タワーtower.jp",
        "한국abc.kr",
        "straße.de",
        "məktəb.az",
        "мой.атelier".replace("атelier", "atelier") + ".fr",
        "xn--0.fr",
    ],
)
def test_a_domain_of_one_script_is_left_alone(domain):
    """Names with accents, and names of the whole world, are names."""
    assert [] == told(f"[a](https://{domain}/)")


def test_the_message_shows_what_the_domain_is_in_truth():
    """The two look the same on the screen; their written form in a request does not."""
    ((found, _),) = told("https://p\u0430ypal.com/")
    ((alike, _),) = told("https://xn--80ak6aa92e.com/")

    assert "a link to “p\u0430ypal.com”, which mixes letters of two scripts, Cyrillic and Latin (in truth xn--pypal-4ve.com)" == found
    assert "a link to “\u0430\u0440\u0440\u04cf\u0435.com”, which looks like “apple.com” and is not (in truth xn--80ak6aa92e.com)" == alike


def test_a_text_about_such_domains_shows_them_in_code():
    """Nothing is followed there."""
    assert [] == told("Le faux `https://p\u0430ypal.com/` ressemble au vrai.")


def test_letters_of_another_script_beside_a_link_are_text():
    """A path, a query and the words around may be in any script."""
    assert [] == told("Привет [дом](https://example.org/дом?q=дом#дом) мир")
