"""The words that hub.toml chooses for addresses: each is one kind's alone, and none is the name of a feed that every hub has."""

from __future__ import annotations

from typing import Any

from handbill.errors import said
from handbill.hub.fields import Desk, Scalar, Table, place_of
from handbill.settings_fields import ADDRESSES, FEED_NAMES

#: The kinds whose word names a feed.
_FED = ("posts", "events", "contests", "newsletters")


def check_words(table: Table, words: dict[str, Any], desk: Desk) -> None:
    """Put down a word that two kinds share or that is the name of a feed, and take the usual words in place of all."""
    is_taken = False
    seen: dict[str, str] = {}
    # The words that nobody wrote come first: what is told must be one that can be mended.
    names = sorted((name for name in words if name != "gone"), key=lambda name: isinstance(place_of(table, "addresses", name), Scalar))
    for name in names:
        word = words[name]
        if word in seen:
            found = said("“{word}”, the word for {other} already", word=word, other=seen[word])
            desk.refuse(place_of(table, "addresses", name), f"addresses.{name}", found, said("a word of its own for each"))
        elif word in FEED_NAMES and name in _FED:
            is_taken = True
            found = said("“{word}”, the name of a feed that every hub has", word=word)
            desk.refuse(place_of(table, "addresses", name), f"addresses.{name}", found, said("another word"), "HB431")
        seen.setdefault(word, name)
    if is_taken or len(seen) < len(names):
        words.update({one.name: one.default for one in ADDRESSES if one.name != "gone"})
