"""What pagefind said of single pages → the index of a language: its pages, its words, and the files that a browser loads of it.

Nothing here knows in which order pages came or went: the files follow from the
pages alone.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handbill.outputs.search_cbor import as_array, as_number, as_text
from handbill.outputs.search_postings import APART, EMPTY, Added, Posting, Renumbering, posting, revised, written
from handbill.outputs.search_run import Page
from handbill.outputs.search_texts import count_words, most_common

#: A chunk of words ends once it is as large; a word that is larger has one of its own.  Pagefind's own are of this size.
CHUNK_BYTES = 48_000

#: The shortest word that longer ones stay with.
STEM = 4

_NAME = 10

Words = Mapping[str, tuple[list[int], list[bytes]]]


@dataclass(slots=True)
class Language:
    """The pages of one language, sorted, and what the index knows of them."""

    lang: str
    pages: list[Page] = field(default_factory=list)
    words: dict[str, Posting] = field(default_factory=dict)
    offered: Counter[str] = field(default_factory=Counter)

    def revise(self, gone: Collection[str], came: Mapping[int, Page], words: Words) -> None:
        """Take out the pages with the paths *gone*, and put in those that *came*, by their place in *words*.

        A page that changed is in both.
        """
        old = self.pages
        left = [number for number, page in enumerate(old) if page.path in gone]
        self.pages = sorted([page for page in old if page.path not in gone] + list(came.values()), key=_place)
        for number in left:
            count_words(self.offered, old[number].offered, old[number].named, times=-1)
        for page in came.values():
            count_words(self.offered, page.offered, page.named)
        self.offered = +self.offered
        if old:
            self._revise_words(old, left, came, words)
        else:
            self._put_words(came, words)

    def _put_words(self, came: Mapping[int, Page], words: Words) -> None:
        rank = {page.path: number for number, page in enumerate(self.pages)}
        numbers = {place: rank[page.path] for place, page in came.items()}
        for word in sorted(words):
            places, tails = words[word]
            pairs = sorted(zip(map(numbers.__getitem__, places), tails, strict=True))
            self.words[word] = posting([number for number, _ in pairs], [tail for _, tail in pairs])

    def _revise_words(self, old: Sequence[Page], left: Sequence[int], came: Mapping[int, Page], words: Words) -> None:
        rank = {page.path: number for number, page in enumerate(self.pages)}
        dropped: dict[str, list[int]] = defaultdict(list)
        for number in left:
            for word in old[number].words.split("\n"):
                dropped[word].append(number)
        keys = [_place(page) for page in old]
        places = {place: (rank[page.path], bisect_left(keys, _place(page))) for place, page in came.items()}
        renumbering = _renumbering(old, set(left), rank)
        touched = {*(self.words if renumbering.breaks else dropped), *words}
        is_sorted = True
        for word in touched:
            added = [Added(*places[place], tail) for place, tail in zip(*words[word], strict=True)] if word in words else []
            before = self.words.get(word, EMPTY)
            after = revised(before, dropped.get(word, ()), sorted(added), renumbering)
            if after.numbers:
                is_sorted = is_sorted and bool(before.numbers)
                self.words[word] = after
            else:
                del self.words[word]
        if not is_sorted:
            self.words = dict(sorted(self.words.items()))

    def fragments(self) -> dict[str, str]:
        """Return the name of each fragment, by the digest of the file: pagefind's own, longer where two would have the same."""
        shared = {label for label, times in Counter(page.label for page in self.pages).items() if times > 1}
        return {page.fragment: f"{self.lang}_{page.label}{page.fragment if page.label in shared else ''}" for page in self.pages}

    def chunks(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield the words in pieces: the first and the last of each, and the piece as pagefind's script reads it.

        Where a piece ends follows from the words in it.  A word is not parted from
        longer ones that begin with it: whoever asks for it is also shown those, as
        far as they are in the same piece.
        """
        held: list[bytes] = []
        first = last = stem = ""
        size = 0
        for word, raw in self._written():
            is_longer = len(stem) >= STEM and word.startswith(stem)
            if not is_longer:
                stem = word
            if held and not is_longer and (size >= CHUNK_BYTES or len(raw) >= CHUNK_BYTES):
                yield first, last, as_array([as_array(held)])
                held, size = [], 0
            first = first if held else word
            last = word
            held.append(raw)
            size += len(raw)
        if held:
            yield first, last, as_array([as_array(held)])

    def _written(self) -> Iterator[tuple[str, bytes]]:
        word, plain = "", EMPTY
        variants: list[tuple[str, Posting]] = []
        for key, pages in self.words.items():
            name, _, variant = key.partition(APART)
            if name != word:
                if word:
                    yield word, written(word, plain, variants)
                word, plain, variants = name, EMPTY, []
            if variant:
                variants.append((variant, pages))
            else:
                plain = pages
        if word:
            yield word, written(word, plain, variants)

    def meta(self, version: str, names: Mapping[str, str], chunks: Sequence[tuple[str, str, str]], facts: Sequence[str]) -> bytes:
        """Return what pagefind's script loads first: all pages, and which words are in which chunk.

        Filters are counted by our page from :meth:`facets`, and there is no order but by rank.
        """
        pages = (as_array([as_text(names[page.fragment]), as_number(page.length)]) for page in self.pages)
        pieces = (as_array(map(as_text, chunk)) for chunk in chunks)
        return as_array([as_text(version), as_array(pages), as_array(pieces), as_array(()), as_array(()), as_array(map(as_text, facts))])

    def facets(self, names: Mapping[str, str]) -> bytes:
        """Return what the filters say, in plain numbers.

        ``pages`` are the ids of the pages; each filter holds, by value, the places
        of its pages in that list, each as the distance from the one before, which
        compresses to almost nothing.  Pagefind's own counting takes seconds where
        thousands of pages are found; a browser counts these in a moment.
        """
        last: dict[tuple[str, str], int] = {}
        found: dict[str, dict[str, list[int]]] = {}
        for number, page in enumerate(self.pages):
            for label, value in page.filters:
                found.setdefault(label, {}).setdefault(value, []).append(number - last.get((label, value), 0))
                last[label, value] = number
        return as_json({"pages": [names[page.fragment].removeprefix(f"{self.lang}_") for page in self.pages], **found})

    def most_offered(self) -> bytes:
        """Return the words to offer for misspelt ones."""
        return as_json(most_common(self.offered))


def named_after(raw: bytes, lang: str) -> str:
    """Return the name of a file of the index that is made of *raw*."""
    return f"{lang}_{hashlib.sha256(raw).hexdigest()[:_NAME]}"


def as_json(value: Any) -> bytes:
    """Return a value as JSON without a needless byte."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _place(page: Page) -> tuple[str, str]:
    """Return what sorts pages: by their day, because a new post then moves no other."""
    return page.day, page.path


def _renumbering(old: Sequence[Page], left: Collection[int], rank: Mapping[str, int]) -> Renumbering:
    """Return where the old pages went."""
    moved = array("I", bytes(4 * len(old)))
    breaks, shift = [], 0
    for number, page in enumerate(old):
        if number in left:
            continue
        moved[number] = rank[page.path]
        if rank[page.path] - number != shift:
            shift = rank[page.path] - number
            breaks.append(number)
    return Renumbering(moved, breaks)
