"""What a proposal says stands in its review as words: on the page, whatever field it came by."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from tests.hostile.inert import active_nodes
from tests.hostile.payloads import FOLDER, in_file
from tests.reviewing.pages import FULL, asset

from handbill.reviewing.as_json import read, text
from handbill.reviewing.as_page import page
from handbill.reviewing.record import Review

#: Fields whose words are the program's own.
OWN = frozenset(
    {
        "how",
        "part",
        "what",
        "why",
        "lang",
        "level",
        "code",
        "marks",
        "kind",
        "state",
        "commit",
        "as_of",
        "since",
        "starts",
        "sent",
        "zone",
        "sort",
    }
)


def poisoned(value: Any, words: str, name: str = "") -> Any:
    """Return a record in which every text that a proposal can write is the payload."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: poisoned(getattr(value, one.name), words, one.name) for one in fields(value) if one.init and one.name not in OWN}
        return replace(value, **told)
    if isinstance(value, tuple):
        return tuple(poisoned(one, words, name) for one in value)
    return words if isinstance(value, str) and value and name not in OWN else value


def shape(review: Review) -> Counter[str]:
    """Return how often the page of a review holds each element and attribute that acts."""
    return Counter(
        told.partition("=")[0].partition(" stands")[0] for told in active_nodes(page(review, asset, lang="en"), "https://essai.example")
    )


@pytest.mark.parametrize("one", [*in_file(FOLDER / "fields.txt")][::9], ids=lambda one: one.where)
def test_what_is_told_of_a_proposal_is_words(one):
    """The page of a review is opened by those who may merge."""
    review = poisoned(FULL, one.text)

    # Its own style sheets, its script and frames in which nothing runs: no more of them, whatever is told.
    assert Counter() == shape(review) - shape(FULL)
    assert read(text(review).encode()).trusted == review.trusted
