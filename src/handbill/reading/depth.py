"""HTML as somebody wrote it → how deep it is nested and what it would become, without building it.

Cleaning costs more than twice as much for twice the depth, and an element of
words that is left open is written anew for each paragraph that follows.  Both
are known from the tags alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Deeper nesting than any text has; cleaning and mail programs suffer from it.
MOST_DEPTH = 100

#: So many signs at most may be written for elements of words that are taken up again.
_MOST_AGAIN = 500_000

_VOID = frozenset({"br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "link", "meta", "source", "track"})
#: Elements that old pages leave open, and that cannot nest without another one between them (HTML, 13.1.2.4).
_CLOSED_BY_THE_NEXT = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"})
_UNCOUNTED = _VOID | _CLOSED_BY_THE_NEXT
#: Elements of words: left open, they go on in the next block (HTML, 13.2.4.3).
_OF_WORDS = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
#: What an end tag does not reach beyond (HTML, 13.2.4.2), but for what is not counted.
_EDGES = frozenset({"table", "caption", "template", "marquee", "object", "applet"})
#: Elements whose end takes with it what is open in them (HTML, 13.2.6.4.7); "h" is any heading.  Other ends close what was
#: opened last, or nothing.
_BLOCKS = frozenset({
    "address", "applet", "article", "aside", "blockquote", "button", "center", "details", "dir", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "h", "header", "listing", "main", "marquee", "menu", "nav", "object", "ol", "pre", "section", "summary", "table",
    "template", "ul",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements in which no tag is read but their own end.
_OF_SIGNS = frozenset({"title", "textarea", "style", "script", "xmp", "iframe", "noembed", "noframes"})
#: Where tags are read by other rules, so that from there on none is taken for an end, and none for a sign.
_STRANGE = frozenset({"svg", "math", "select", "noscript"})

#: A comment, a declaration, or a tag with its attributes (HTML, 13.2.5).
_PIECE = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+"
    r"|<(/?)([a-zA-Z][^\s/>]*+)"
    r"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+|(?=>)))?+)*+",
    re.DOTALL,
)
_SAID = r"(?:\s++[\w:.-]++(?:=\"[^\"<>]*+\"|='[^'<>]*+')?+)*+\s*+"
_DRAWN = "(?:g|path|circle|ellipse|line|rect|polyline|polygon|defs|use|stop|linearGradient|radialGradient|clipPath|mask|symbol)"
#: A drawing as programs write them, of elements that end with it: where it ends is known without all other rules.
_DRAWING = re.compile(rf"<svg{_SAID}>(?:[^<>]++|</{_DRAWN}\s*+>|<{_DRAWN}{_SAID}/?+>)*+</svg\s*+>", re.IGNORECASE)


class TooDeep(Exception):
    """A text nested deeper than any reader could follow."""


def check_depth(raw: str) -> None:
    """Look at HTML before anybody builds it.

    Raises:
        TooDeep: elements are nested more than :data:`MOST_DEPTH` deep, or would be written anew without end.
    """
    opened: list[str] = []
    weight = again = 0
    weights: dict[str, list[int]] = {}
    for slash, name, length in _tags(raw):
        if name in _VOID:
            continue
        name = "h" if name in _HEADINGS else name
        if name in _CLOSED_BY_THE_NEXT:
            # Closed or opened: where such a one begins, what was left open is taken up.
            again += weight
        elif not slash:
            opened.append(name)
            if name in _OF_WORDS:
                weights.setdefault(name, []).append(length)
                weight += length
            else:
                again += weight
        elif _close(opened, name) and name in _OF_WORDS:
            weight -= weights[name].pop()
        if len(opened) > MOST_DEPTH or again > _MOST_AGAIN:
            raise TooDeep


def _tags(raw: str) -> Iterator[tuple[str, str, int]]:
    """Yield each tag that counts as its slash, its name in small letters, and its length, as a browser reads them."""
    at, is_strange = 0, False
    while piece := _PIECE.search(raw, at):
        at = piece.end()
        if name := piece[2]:
            name = name.lower()
            if name == "svg" and not is_strange and (drawing := _DRAWING.match(raw, piece.start())) and _opened_in(drawing[0]) < MOST_DEPTH:
                yield from (("", name, 0), ("/", name, 0))
                at = drawing.end()
                continue
            is_strange |= not piece[1] and name in _STRANGE
            if not (is_strange and piece[1]) or name in _CLOSED_BY_THE_NEXT:
                yield piece[1], name, at - piece.start()
            if name in _OF_SIGNS and not piece[1] and not is_strange:
                end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(raw, at)
                at = end.start() if end else len(raw)


def _opened_in(drawing: str) -> int:
    """Return how many elements a drawing opens that do not end at once; it is nested no deeper."""
    return drawing.count("<") - drawing.count("</") - drawing.count("/>")


def _close(opened: list[str], name: str) -> bool:
    """Take the element that an end tag closes from those that are open, and say whether there was one.

    What it closes besides is taken with it, but for elements of words, which go on.
    """
    for at in range(len(opened) - 1, -1, -1):
        one = opened[at]
        if one == name:
            if name in _BLOCKS:
                opened[at:] = [one for one in opened[at + 1 :] if one in _OF_WORDS]
            else:
                del opened[at]
            return True
        if one in _EDGES or not (name in _BLOCKS or name in _OF_WORDS or one in _OF_WORDS):
            return False
    return False


def check_nesting(tags: list[str]) -> None:
    """Look at the tags of clean HTML, of which each has its end.

    Raises:
        TooDeep: they are nested more than :data:`MOST_DEPTH` deep.
    """
    depth = 0
    for tag in tags:
        if tag[0] == "/":
            depth -= tag[1:] not in _CLOSED_BY_THE_NEXT
        elif tag.partition(" ")[0] not in _UNCOUNTED:
            depth += 1
            if depth > MOST_DEPTH:
                raise TooDeep
