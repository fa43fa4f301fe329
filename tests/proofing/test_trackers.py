"""Links that follow readers."""

import pytest

from handbill.errors import Level
from handbill.proofing.galley import Galley
from handbill.proofing.trackers import followed


def told(text: str) -> list[tuple[str, str]]:
    """Return what is found and wanted, in words."""
    return [(str(mark.found), str(mark.wanted)) for mark in followed(Galley(text))]


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("[x](https://x.example/a?utm_source=lettre&utm_medium=mail)", "utm_source, utm_medium", "https://x.example/a"),
        ("Voir https://x.example/a?fbclid=IwAR0.", "fbclid", "https://x.example/a"),
        ("<https://x.example/a?page=2&amp;gclid=9>", "gclid", "the link without it"),
        ("[x]: https://x.example/?mc_eid=abc#bas", "mc_eid", "https://x.example/#bas"),
    ],
)
def test_a_link_that_follows_readers_is_told_with_the_clean_one(text, names, wanted):
    """A member pastes the address from a newsletter of others, and everybody here is counted there."""
    assert [(f"a link with “{names}”, which tells that site how each reader came", wanted)] == told(text)


@pytest.mark.parametrize(
    "text",
    ["https://x.example/a?page=2", "`https://x.example/?utm_source=x`", "utm_source=x", "https://x.example/utm_source=x", "Tu viens ?"],
)
def test_what_follows_nobody_is_left_alone(text):
    """A proof-reader who cries wolf is not read; a text about such links shows them in code."""
    assert [] == told(text)


def test_the_mark_covers_the_address_and_stops_nothing():
    """An editor programme underlines exactly what is to be replaced."""
    text = "Voir https://x.example/a?utm_campaign=x. Puis"
    (mark,) = followed(Galley(text))

    assert "https://x.example/a?utm_campaign=x" == text[mark.start : mark.end]
    assert Level.WARNING == mark.level
