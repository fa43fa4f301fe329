"""Slips of the finger are told from other words, and the nearest known name is found soon."""

from __future__ import annotations

from time import process_time

import pytest

from handbill.hub.likeness import MOST_QUESTIONS, Names, is_like, is_slip, likeness


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("menuiserie", "menusierie", True),
        ("menuiserie", "menuiseri", True),
        ("menuiserie", "menuisserie", True),
        ("menuiserie", "menuizerie", True),
        ("menuiserie", "menuiserie", False),
        ("menuiserie", "menuisrei", False),
        ("menuiserie", "meunisreie", False),
        ("bois", "toits", False),
        ("a", "", True),
        ("ab", "ba", True),
        ("aab", "aba", True),
        ("aa", "aaa", True),
    ],
)
def test_one_slip_is_told_from_two_and_from_none(one, other, slip):
    """Two slips make another word too often."""
    assert slip is is_slip(one, other) is is_slip(other, one)


def test_the_nearest_name_is_found():
    """An editor takes what is offered, so it must be the right one."""
    names = Names(["content/posts/le-banc.md", "content/posts/les-bancs.md", "events/2026/foire.md"])

    assert "content/posts/le-banc.md" == names.near("content/posts/le-banx.md")
    assert "events/2026/foire.md" == names.near("events/2025/foire.md")


def test_nothing_is_offered_that_is_not_alike():
    """A wrong proposal costs more time than none."""
    names = Names(["content/posts/le-banc.md", "content/posts/les-bancs.md"])

    assert ["", "", ""] == [names.near(word) for word in ("tondeuse.png", "", "x")]
    assert "" == Names([]).near("x")


def test_equally_near_names_are_always_offered_in_the_same_order():
    """A message that changes from run to run is no longer the same message."""
    one, other = Names(["foire-b", "foire-c"]), Names(["foire-c", "foire-b"])

    assert "foire-b" == one.near("foire-a") == other.near("foire-a")


def test_a_thousand_wrong_names_among_ten_thousand_are_soon_looked_at():
    """A folder that was renamed breaks all links to it at once; each must not be compared with every name."""
    names = Names([f"content/posts/2026-01-{n % 28 + 1:02}-un-billet-numero-{n}.md" for n in range(10_000)])
    names.near("x")
    start = process_time()
    for n in range(100):
        names.near(f"content/billets/2026-01-01-un-billet-numro-{n}.md")

    assert process_time() - start < 3


def test_what_is_told_apart_by_letters_is_what_a_comparison_tells_apart():
    """A short way that judged otherwise would let a doublet pass, or accuse somebody."""
    words = ("fête", "Fete", "soupe", "soupe d’automne", "atelier vélo", "Atelier vélos", "", "a", "a" * 300, "puits du village", "puits au village")

    for least in (0.0, 0.6, 0.85, 1.0):
        for one in words:
            for other in words:
                if one or other:
                    assert (likeness(one, other) >= least) == is_like(one, other, least), (one, other, least)


def test_who_names_hundreds_of_things_that_do_not_exist_has_not_mistyped_them():
    """Sixty kilobytes of dead links kept a build busy with guesses."""
    names = Names(["atelier", "bibliothèque"])

    told = [names.near("ateliers") for _ in range(MOST_QUESTIONS + 1)]

    assert ["atelier"] * MOST_QUESTIONS + [""] == told
