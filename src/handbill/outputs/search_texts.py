"""Built pages → the texts that the search index is made of, and the words that a misspelt one may have meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

#: Only what stands inside an element with this attribute is ever found.
MARK = b"data-pagefind-body"

#: How many words of a language are offered instead of misspelt ones, and the shortest of them.
MOST_WORDS = 6000
SHORTEST = 4

#: A word in a title, a heading or a fact counts as much as in so many texts.
_NAMED = 3

_ROOT = re.compile(rb"<html\b[^>]*>")
_LANG = re.compile(rb'<html\b[^>]*?\blang="([^"]*)"')
_BODY = re.compile(rb"<body\b[^>]*>")
_NAME = re.compile(rb"<([a-zA-Z]+)")
_SAYS_MORE = re.compile(rb"data-pagefind-(?!ignore)")
_TAG = re.compile(rb"<(script|style|pre|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)
_HEADING = re.compile(rb"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", re.DOTALL)
_FACT = re.compile(rb'data-pagefind-meta="(?:people|tags|place):([^"]*)"')
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def stage(made: Path, into: Path) -> int:
    """Write the pages in *made* that have the mark into *into*, as they are to be indexed; return how many there are."""
    staged = 0
    # The order does not matter, and sorting fifty thousand paths takes as long as reading many of them.
    for page in made.rglob("*.html"):
        raw = page.read_bytes()
        if MARK in raw:
            copy = into / page.relative_to(made)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(as_indexed(raw))
            staged += 1
    return staged


def as_indexed(raw: bytes) -> bytes:
    """Return a page as it is to be indexed.

    Pagefind takes words apart at a straight apostrophe alone: “échecs” is
    found in d'échecs, and would not be in d’échecs; the search page shows the
    printed one again.  And it joins what stands in cells and lines without a
    space between, so that “Price” and “Free” would be one word.  What is not
    worth printing, such as “See it on a map”, is not worth finding either.
    """
    colon = b" : " if lang_of(raw).startswith("fr") else b": "
    raw = raw.replace("’".encode(), b"'").replace(b"</dt>", colon + b"</dt>").replace(b"</span><span>", b"</span> <span>")
    return _without_surroundings(raw.replace(b'class="no-print"', b'class="no-print" data-pagefind-ignore'))


def lang_of(raw: bytes) -> str:
    """Return the language of a page as pagefind reads it."""
    found = _LANG.search(raw)
    return found[1].decode("ascii", "replace").lower() if found else "unknown"


def _without_surroundings(raw: bytes) -> bytes:
    """Return a page without what stands around its marked part, which is three quarters of its bytes and never found."""
    root, body, mark = _ROOT.search(raw), _BODY.search(raw), raw.find(MARK)
    if root is None or body is None or mark < body.end():
        return raw
    start = raw.rfind(b"<", body.end(), mark)
    end = _end_of_element(raw, start)
    # A community's own template may say something to pagefind elsewhere.
    if _SAYS_MORE.search(raw, 0, start) or _SAYS_MORE.search(raw, end):
        return raw
    return b"<!doctype html>%b<body>%b</body></html>" % (root[0], raw[start:end])


def _end_of_element(raw: bytes, start: int) -> int:
    """Return where the element that begins at *start* ends."""
    found = _NAME.match(raw, start)
    depth = 0
    for tag in re.finditer(rb"<(/?)%b\b[^>]*>" % found[1], raw[start:]) if found else ():
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start + tag.end()
    return len(raw)


def words(staged: Path) -> Mapping[str, list[str]]:
    """Return by language the words that most texts have, the most common first."""
    counted: dict[str, Counter[str]] = {}
    for page in staged.rglob("*.html"):
        raw = page.read_bytes()
        count = counted.setdefault(lang_of(raw), Counter())
        count.update(set(_words(_TAG.sub(b" ", raw[raw.rfind(b"<", 0, raw.find(MARK)) :]))))
        for _ in range(_NAMED):
            count.update(set(_words(_TAG.sub(b"", b" ".join([*_HEADING.findall(raw), *_FACT.findall(raw)])))))
    return {lang: _most_common(count)[:MOST_WORDS] for lang, count in counted.items()}


def _most_common(count: Counter[str]) -> list[str]:
    """Return the words, among equals by the alphabet: a counter's own order is that of the disk."""
    return sorted(count, key=lambda word: (-count[word], word))


def _words(raw: bytes) -> Iterator[str]:
    return (found.lower() for found in _WORD.findall(unescape(raw.decode("utf-8", "replace"))))
