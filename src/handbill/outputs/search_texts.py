"""Built pages → the texts that the search index is made of, and the words that a misspelt one may have meant."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

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
_DAY = re.compile(rb'\bdata-day="([^"]*)"')
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def as_indexed(raw: bytes) -> bytes:
    """Return a page as it is to be indexed.

    Pagefind takes words apart at a straight apostrophe alone: “échecs” is
    found in d'échecs, and would not be in d’échecs; the search page shows the
    printed one again.  And it joins what stands in cells and lines without a
    space between, so that “Price” and “Free” would be one word.  What is not
    worth printing, such as “See it on a map”, is not worth finding either.
    """
    colon = b" : " if lang_of(raw).startswith("fr") else b": "
    raw = _without_surroundings(raw).replace("’".encode(), b"'").replace(b"</dt>", colon + b"</dt>")
    raw = raw.replace(b"</span><span>", b"</span> <span>")
    return raw.replace(b'class="no-print"', b'class="no-print" data-pagefind-ignore')


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


def day_of(raw: bytes) -> str:
    """Return the day that a page is told to be about, "" where it tells none."""
    found = _DAY.search(raw)
    return found[1].decode("utf-8", "replace") if found else ""


def words_of(raw: bytes) -> tuple[str, str]:
    """Return the words of a page as it is indexed, one a line: those of its text, and those in its title, headings and facts."""
    text = _TAG.sub(b" ", raw[raw.rfind(b"<", 0, raw.find(MARK)) :])
    named = _TAG.sub(b"", b" ".join([*_HEADING.findall(raw), *_FACT.findall(raw)]))
    return _words(text), _words(named)


def count_words(count: Counter[str], text: str, named: str, *, times: int = 1) -> None:
    """Count the words of one more page, or with -1 of one less."""
    for word in text.split("\n"):
        count[word] += times
    for word in named.split("\n"):
        count[word] += _NAMED * times


def most_common(count: Counter[str]) -> list[str]:
    """Return the words that most texts have, the most common first, and among equals by the alphabet."""
    held = sorted(word for word, times in count.items() if word and times > 0)
    return sorted(held, key=count.__getitem__, reverse=True)[:MOST_WORDS]


def _words(raw: bytes) -> str:
    """Return each word once; the order of a set would be that of chance."""
    # What stands between blanks is taken apart only once, though most of it comes again and again.
    pieces = set(unescape(raw.decode("utf-8", "replace")).lower().split())
    return "\n".join(sorted(set(_WORD.findall(" ".join(pieces)))))
