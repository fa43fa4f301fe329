"""The words of the index, each with the pages that have it: read out of pagefind's chunks, changed page by page, never understood.

What pagefind says of a word on one page (places, weights, fields) is carried from
one index to another as it is encoded; only the number of the page is ours.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from operator import sub
from typing import NamedTuple

from handbill.outputs.search_cbor import as_head, as_text, head

#: Parts a word from the form of it that is written with accents or capitals: "ete" from "été".
APART = "\t"

# Whole numbers, of either sign, and the head of an array: their first bytes tell them apart, so nothing is tried twice.
_NUMBERS = rb"[\x00-\x17\x20-\x37]*+(?:(?:[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})[\x00-\x17\x20-\x37]*+)*+"
_ARRAY = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_ENTRY = re.compile(rb"\x83(?:[\x00-\x17]|\x18.|\x19..|\x1a.{4})(%b%b(%b%b))" % (_ARRAY, _NUMBERS, _ARRAY, _NUMBERS), re.DOTALL)

# Where the number of a page ends, by the first byte of it.
_HEAD_SIZE = {0x18: 3, 0x19: 4, 0x1A: 6}
_HEADS = [b"\x83" + as_head(0, step) for step in range(4096)]

#: More changes than this in one word, and it is put together again from its parts.
_MOST_CUTS = 24


class Posting(NamedTuple):
    """The pages of one word: their numbers and the sizes of what is said of each (arrays of "I"), and what is said."""

    numbers: bytes
    sizes: bytes
    said: bytes


EMPTY = Posting(b"", b"", b"")


@dataclass(frozen=True, slots=True)
class Renumbering:
    """How pages moved: the new number of each old one, and the old numbers from which on all are further up or down."""

    moved: Sequence[int]
    breaks: Sequence[int]


class Added(NamedTuple):
    """A page that comes to a word: its number, how many of the old numbers are before it, and what is said of it."""

    number: int
    after: int
    tail: bytes


def read_chunk(raw: bytes, renamed: Callable[[bytes], bytes]) -> Iterator[tuple[str, list[int], list[bytes]]]:
    """Yield each word of a chunk with its pages, numbered as in there, and what is said of each.

    *renamed* gets the places in fields, encoded, where a word has any.
    """
    _, _, at = head(raw, 0)
    _, count, at = head(raw, at)
    for _ in range(count):
        _, _, at = head(raw, at)
        word, at = _text(raw, at)
        numbers, tails, at = _entries(raw, at, renamed)
        if numbers:
            yield word + APART, numbers, tails
        _, variants, at = head(raw, at)
        for _ in range(variants):
            _, _, at = head(raw, at)
            variant, at = _text(raw, at)
            numbers, tails, at = _entries(raw, at, renamed)
            yield word + APART + variant, numbers, tails


def posting(numbers: Sequence[int], tails: Sequence[bytes]) -> Posting:
    """Return what is said of pages in the order of their numbers."""
    said = [_head_of(step) + tail for step, tail in zip(_steps(numbers), tails, strict=True)]
    return Posting(array("I", numbers).tobytes(), array("I", map(len, said)).tobytes(), b"".join(said))


def revised(old: Posting, dropped: Sequence[int], added: Sequence[Added], renumbering: Renumbering) -> Posting:
    """Return a word's pages without the *dropped* ones, with the *added* ones, and all under their new numbers.

    Both come in the order of pages.  Of what stays, only the numbers beside a change are written anew.
    """
    numbers = memoryview(old.numbers).cast("I")
    breaks = renumbering.breaks
    if not dropped and not added and (not breaks or numbers[-1] < breaks[0]):
        return old
    if len(breaks) + len(dropped) + len(added) > _MOST_CUTS:
        return _put_together(old, set(dropped), added, renumbering)
    gone = [bisect_left(numbers, number) for number in dropped]
    cuts = {0, *gone, *(at + 1 for at in gone)}
    cuts.update(bisect_left(numbers, number) for number in breaks)
    cuts.update(bisect_left(numbers, one.after) for one in added)
    return _spliced(old, sorted({*cuts, len(numbers)}), set(gone), added, renumbering)


def written(word: str, plain: Posting, variants: Sequence[tuple[str, Posting]]) -> bytes:
    """Return a word as it stands in a chunk."""
    parts = [b"\x83", as_text(word), _listed(plain), as_head(4, len(variants))]
    for variant, pages in variants:
        parts += [b"\x82", as_text(variant), _listed(pages)]
    return b"".join(parts)


def _listed(pages: Posting) -> bytes:
    return as_head(4, len(pages.numbers) // 4) + pages.said


def _text(raw: bytes, at: int) -> tuple[str, int]:
    _, length, at = head(raw, at)
    return raw[at : at + length].decode("utf-8"), at + length


def _entries(raw: bytes, at: int, renamed: Callable[[bytes], bytes]) -> tuple[list[int], list[bytes], int]:
    _, count, at = head(raw, at)
    steps, tails = [], []
    match = _ENTRY.match
    for _ in range(count):
        found = match(raw, at)
        if found is None:
            raise ValueError("the search index holds something else than pages and places")
        first = raw[at + 1]
        steps.append(first if first < 24 else int.from_bytes(raw[at + 2 : found.start(1)], "big"))
        fields = found[2]
        tails.append(found[1] if fields == b"\x80" else found[1][: -len(fields)] + renamed(fields))
        at = found.end()
    return list(accumulate(steps)), tails, at


def _spliced(old: Posting, cuts: list[int], gone: set[int], added: Sequence[Added], renumbering: Renumbering) -> Posting:
    """Join what lies between the cuts, which moved as one, and what is added."""
    numbers, sizes = memoryview(old.numbers).cast("I"), memoryview(old.sizes).cast("I")
    new_numbers, new_sizes, said = array("I"), array("I"), []
    waiting, before, offset = list(reversed(added)), 0, 0

    def say(number: int, tail: bytes) -> None:
        nonlocal before
        entry = _head_of(number - before) + tail
        new_numbers.append(number)
        new_sizes.append(len(entry))
        said.append(entry)
        before = number

    for start, end in pairwise(cuts):
        while waiting and waiting[-1].after <= numbers[start]:
            say(waiting[-1].number, waiting.pop().tail)
        length = sum(sizes[start:end])
        if start not in gone:
            first = offset + sizes[start]
            say(renumbering.moved[numbers[start]], _tail(old.said, offset, first))
            new_numbers.extend(map(renumbering.moved.__getitem__, numbers[start + 1 : end]))
            new_sizes.extend(sizes[start + 1 : end])
            said.append(old.said[first : offset + length])
            before = new_numbers[-1]
        offset += length
    while waiting:
        say(waiting[-1].number, waiting.pop().tail)
    return Posting(new_numbers.tobytes(), new_sizes.tobytes(), b"".join(said))


def _put_together(old: Posting, dropped: set[int], added: Sequence[Added], renumbering: Renumbering) -> Posting:
    numbers = memoryview(old.numbers).cast("I")
    ends = list(accumulate(memoryview(old.sizes).cast("I"), initial=0))
    pages = [
        (renumbering.moved[number], _tail(old.said, start, end))
        for number, (start, end) in zip(numbers, pairwise(ends), strict=True)
        if number not in dropped
    ]
    pages += [(one.number, one.tail) for one in added]
    pages.sort()
    return posting([number for number, _ in pages], [tail for _, tail in pages])


def _tail(said: bytes, start: int, end: int) -> bytes:
    return said[start + _HEAD_SIZE.get(said[start + 1], 2) : end]


def _steps(numbers: Sequence[int]) -> Iterator[int]:
    """Return how far each page is from the one before: pagefind counts pages so."""
    return map(sub, numbers, chain((0,), numbers))


def _head_of(step: int) -> bytes:
    return _HEADS[step] if step < len(_HEADS) else b"\x83" + as_head(0, step)


def fields_renamed(names: Sequence[str], wanted: Mapping[str, int]) -> Callable[[bytes], bytes]:
    """Return what writes places in fields, numbered by *names*, with the numbers of *wanted*.

    A field is named by a negative number before its places: -1 is the first.
    """
    numbers = {index: wanted[name] for index, name in enumerate(names)}

    def renamed(raw: bytes) -> bytes:
        _, count, at = head(raw, 0)
        parts = [raw[:at]]
        for _ in range(count):
            kind, number, end = head(raw, at)
            parts.append(as_head(1, numbers[number]) if kind == 1 else raw[at:end])
            at = end
        return b"".join(parts)

    return renamed
