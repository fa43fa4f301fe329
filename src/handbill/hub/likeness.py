"""Names that look alike: slips of the finger, and the known name that an unknown one is nearest to.

A hub has thousands of names and a hostile one thousands of wrong ones, so no
wrong name is ever compared with all of the known.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

#: How many candidates are looked at closely, and how much of them must be alike.
_CLOSELY = 24
_ALIKE = 0.68

#: So many wrong names are compared with the known ones.
MOST_QUESTIONS = 500


def is_slip(one: str, other: str) -> bool:
    """Say whether two words differ by one slip: a letter too many, another letter, or two that changed places.

    >>> is_slip("menuiserie", "menusierie"), is_slip("vélo", "vélos"), is_slip("bois", "toits")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < min(len(one), len(other)) - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[begin : len(one) - end], other[begin : len(other) - end]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


def fold(name: str) -> str:
    """Return the form in which careless file systems, and people, compare names: case and the form of accents do not count."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def likeness(one: str, other: str) -> float:
    """Return how much of two names is the same, from 0 to 1; capitals do not count."""
    return SequenceMatcher(None, one.casefold()[:200], other.casefold()[:200], autojunk=False).ratio()


def is_like(one: str, other: str, least: float) -> bool:
    """Say whether at least that much of two names is the same, as :func:`likeness` counts; most are told apart by their letters."""
    mine, yours = _letters(one), _letters(other)
    # What is the same cannot be more than the letters that both have.  They are
    # numbered, so that sets hold them all and need no loop to be compared.
    wanted = least * (len(mine) + len(yours))
    return 2 * min(len(mine), len(yours)) >= wanted and 2 * len(mine & yours) >= wanted and likeness(one, other) >= least


@lru_cache(maxsize=4096)
def _letters(name: str) -> frozenset[tuple[str, int]]:
    """Return the letters of a name, the second of a kind as another one than the first."""
    seen: Counter[str] = Counter()
    found = []
    for letter in name.casefold()[:200]:
        seen[letter] += 1
        found.append((letter, seen[letter]))
    return frozenset(found)


class Names:
    """Known names, asked for the one that somebody may have meant.  The index is made at the first question.

    After :data:`MOST_QUESTIONS` there is no answer any more: whoever names so
    many things that do not exist has not mistyped them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._asked = 0

    def first(self, most: int) -> tuple[str, ...]:
        """Return the first names, *most* of them at most, in the order in which they were given."""
        return self._names[:most]

    def near(self, written: str, without: str = "") -> str:
        """Return the known name most like *written*, other than *without*, or "" where none is much alike."""
        self._asked += 1
        if self._asked > MOST_QUESTIONS:
            return ""
        shared: Counter[int] = Counter()
        for part in _parts(written):
            shared.update(self._index.get(part, ()))
        # The order of what is equally near must not depend on that of a set.
        closest = sorted(shared, key=lambda number: (-shared[number], self._names[number]))[:_CLOSELY]
        candidates = [name for number in closest if (name := self._names[number]) != without]
        best = max(((likeness(written, name), -place) for place, name in enumerate(candidates)), default=(0.0, 0))
        return candidates[-best[1]] if best[0] >= _ALIKE else ""

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """Return which names hold each three letters in a row; what most of them hold tells nothing, and is left out."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for part in _parts(name):
                found[part].append(number)
        most = max(200, len(self._names) // 20)
        return {part: numbers for part, numbers in found.items() if len(numbers) <= most}


def _parts(name: str) -> set[str]:
    folded = f" {name.casefold()[:200]} "
    return {folded[at : at + 3] for at in range(len(folded) - 2)}
