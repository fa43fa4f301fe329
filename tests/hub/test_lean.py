"""Texts held as UTF-8 are the texts that were given."""

import pickle
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from handbill.hub.lean import lean


@lean("text", "blocks")
@dataclass(frozen=True, slots=True)
class Page:
    """A value with a text, several texts, and something else."""

    text: str = ""
    blocks: tuple[str, ...] = ()
    words: int = 0


PAGES = [
    Page(),
    Page("l’été", ("un œuf", "deux"), 3),
    Page("\x02" + "0\x03", ("",), 0),
    Page("\ud800", ("", "", "a\nb"), 1),
    Page("🚲", ("🚲 " * 9,), 9),
]


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_what_was_given_is_what_comes_back(page):
    """Also a part of a character, which reading refuses later than this."""
    packed = pickle.dumps(page, protocol=5)
    for again in (pickle.loads(packed), copy(page), replace(page, words=page.words)):  # noqa: S301 - packed just now
        assert (page.text, page.blocks, page.words) == (again.text, again.blocks, again.words)
        assert page == again
        assert hash(page) == hash(again)
        assert repr(page) == repr(again)


def test_the_values_that_are_given_come_first():
    """And none for an empty page."""
    assert ("l’été", ("un œuf", "deux")) == (PAGES[1].text, PAGES[1].blocks)
    assert ("", ()) == (PAGES[0].text, PAGES[0].blocks)
    assert ("",) == PAGES[2].blocks


def test_a_copy_holds_the_same_bytes():
    """The text of a post is not held once for its draft and once for its item."""
    page = PAGES[1]

    first, second, number = copy(page).__getstate__()

    assert all(one is other for one, other in zip((first, second, number), page.__getstate__(), strict=True))
    assert "l’été".encode() == first


def test_values_stay_as_they_are():
    """A frozen value that lets a text be replaced would not be one."""
    with pytest.raises(FrozenInstanceError):
        PAGES[0].text = "other"
