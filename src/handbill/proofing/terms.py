"""The community's own list of terms that it does not use.  There is no list of ours: words are a matter of who speaks.

A term counts only as a whole word, because jeu-concours and dispute hold
others; and only in what members read, not in code, addresses or names of files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from handbill.errors import Level, said
from handbill.proofing.galley import Galley, Mark
from handbill.proofing.house import House

#: Keys of front matter whose values name things rather than say something.
_NAMING = """
id slug aliases picture translation_of authors organisers speakers recap url join_url git lang timezone date updated starts ends
status letter tags
"""
_NAMES = frozenset(_NAMING.split())
_KEY = re.compile(r"[ \t-]*([\w.-]+)[ \t]*:(?=[ \t\n]|$)|[ \t]*#")


def avoided(galley: Galley, house: House) -> Iterator[Mark]:
    """Yield a warning for each use of a term that the community avoids.

    Capitals and accents make no difference, nor does a plural in -s or -x.
    Where what is said instead holds the term itself, it is left alone.
    """
    if not house.avoid:
        return
    rule, stems, instead = _rule(house.avoid)
    text = _folded(galley.text)
    if not any(stem in text for stem in stems):
        return
    for match in rule.finditer(text):
        name = match.lastgroup
        if name is None or not name.startswith("t"):
            continue
        at = match.start()
        if galley.in_address(at) or galley.in_code(at) or (at < galley.body and _is_a_name(galley, at)):
            continue
        term = galley.text[at : match.end()]
        better = instead[int(name[1:])]
        wanted = (
            said("“{better}”, as this community says it", better=better) if better else said("another word: this community does not use it")
        )
        yield Mark(at, match.end(), said("“{term}”", term=" ".join(term.split())), wanted, "HB240", Level.WARNING)


def _is_a_name(galley: Galley, at: int) -> bool:
    """Say whether a position of the front matter is a key, a note, or the value of a key that only names something."""
    if galley.field(at) in _NAMES:
        return True
    start, end = galley.line(at)
    key = _KEY.match(galley.text, start, end)
    return key is not None and (key[1] is None or at < key.end() or key[1] in _NAMES)


@lru_cache(maxsize=8)
def _rule(avoid: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    parts = []
    for number, (term, instead) in enumerate(avoid):
        if words := _words(term):
            # Said first, so that "une personne sourde" is no "sourde".
            if (better := _words(instead)) and re.search(rf"(?<![^\W_]){words}(?![^\W_])", _folded(instead)):
                parts.append(better)
            parts.append(f"(?P<t{number}>{words})")
    parts.sort(key=lambda part: (part.startswith("(?P<"), -len(part)))
    rule = re.compile(rf"(?<![^\W_])(?<![-‑])(?:{'|'.join(parts)})(?![^\W_])(?![-‑]\w)" if parts else r"(?!)")
    stems = tuple(_folded(term).split()[0].partition("œ")[0].partition("oe")[0] for term, _ in avoid if term.split())
    return rule, stems, tuple(one[1] for one in avoid)


def _words(term: str) -> str:
    """Return the rule for a term: any space between its words, and each word in its plural too."""
    words = [re.escape(word).replace("œ", "(?:œ|oe)").replace("æ", "(?:æ|ae)") for word in _folded(term).split()]
    return r"(?:\s|\n[ \t>]*){1,3}".join(f"{word}(?:[sx])?" if word[-1:].isalpha() else word for word in words)


def _folded(text: str) -> str:
    """Return a text without capitals and accents, sign for sign as long as it was."""
    small = text.replace("İ", "i").lower().replace("’", "'")
    return small if small.isascii() else small.translate(_BARE)


class _Bare(dict[int, str]):
    """Each letter with its accent → the letter alone; filled as letters are met."""

    def __missing__(self, sign: int) -> str:
        self[sign] = unicodedata.normalize("NFD", chr(sign))[0]
        return self[sign]


_BARE = _Bare()
