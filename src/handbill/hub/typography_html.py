"""Clean HTML → the same with its French set (:mod:`handbill.hub.typography`); what is code or another language stays.

A word may begin in one element and end in the next, so the whole text is set
at once, with a mark in the place of each tag.
"""

from __future__ import annotations

import html
import re

from handbill.hub.gaps import BREAK, EDGE, LEVEL, MARKS, RAISED, TAG, THING, WIDE, woven
from handbill.hub.typography import Manner, manner_of, set_marked, typeset

#: The class by which a writer exempts an element.
VERBATIM = "verbatim"

_LANG = re.compile(r' lang="([^"]*)"')
_VERBATIM = re.compile(rf' class="(?:[^"]* )?{VERBATIM}[ "]')
_SHOWN = re.compile(r' (alt|title)="([^"]*)"')

_CODE = frozenset({"code", "kbd", "pre", "samp", "var"})
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_FORMATS = (
    "a",
    "abbr",
    "b",
    "cite",
    "del",
    "dfn",
    "em",
    "i",
    "ins",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
)
#: The marks of tags that words pass through, that stand for a thing, or that break a line; all others are blocks.
_MARK_OF = {
    slash + name: mark
    for names, mark in ((_FORMATS, TAG), (("wbr",), TAG), (("img", "input"), THING), (("br",), BREAK))
    for name in names
    for slash in ("", "/")
}
_BLOCKS = ("p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "div", "section", "table", "thead", "tbody", "tr", "th", "td", "hr")
#: Tags that are met on every page, with nothing to look at in them.
_PLAIN = _MARK_OF | {slash + name: EDGE for name in _BLOCKS for slash in ("", "/")}


def typeset_html(text: str, lang: str) -> str:
    """Return clean HTML with its text set; HTML that is not French comes back as it is.

    Clean is what nh3 writes: well-formed, with ``<`` and ``>`` around tags alone.
    """
    manner = manner_of(lang)
    if manner is None or any(mark in text for mark in MARKS):
        return text
    pieces = text.replace("&nbsp;", WIDE).replace(">", "<").split("<")
    texts, tags = typeset_parts(pieces[::2], pieces[1::2], manner, lang)
    return woven(texts, [f"<{tag}>" for tag in tags])


def typeset_parts(texts: list[str], tags: list[str], manner: Manner, lang: str) -> tuple[list[str], list[str]]:
    """Return the texts of clean HTML set, and the tags between them with what they show set; neither holds a mark or ``&nbsp;``.

    The end of an ordinal comes with tags of its own, within its text.
    """
    marks = list(map(_PLAIN.get, tags))
    verbatim: list[tuple[int, list[str]]] = []
    if None in marks:
        texts, tags = texts[:], tags[:]
        verbatim = _marked(texts, tags, marks, lang)
    done = set_marked(woven(texts, marks), manner, is_page=True)  # type: ignore[arg-type]
    for mark in (THING, EDGE, BREAK):
        done = done.replace(mark, TAG)
    if RAISED in done:
        done = done.replace(RAISED, "<sup>").replace(LEVEL, "</sup>")
    texts = done.split(TAG)
    for place, inner in verbatim:
        texts[place:place] = inner
    return texts, tags


def _marked(texts: list[str], tags: list[str], marks: list[str | None], lang: str) -> list[tuple[int, list[str]]]:
    """Fill in the marks of tags that are not met on every page; take out and return, with their places, the texts that stay as they are.

    An element that stays as it is has one mark, that of its first tag.
    """
    verbatim: list[tuple[int, list[str]]] = []
    at = -1
    while True:
        try:
            at = marks.index(None, at + 1)
        except ValueError:
            return verbatim
        tag = tags[at]
        name, _, attributes = tag.partition(" ")
        mark = _MARK_OF.get(name, EDGE)
        if name in _CODE or _is_exempt(attributes):
            marks[at] = THING if mark == TAG or name in _CODE - {"pre"} else mark
            end = at if name in _VOID else _end(tags, at, name)
            if end > at:
                verbatim.append((at + 1, texts[at + 1 : end + 1]))
                texts[at + 1 : end + 1] = [""] * (end - at)
                marks[at + 1 : end + 1] = [""] * (end - at)
            at = end
            continue
        marks[at] = mark
        if "alt=" in attributes or "title=" in attributes:
            tags[at] = _SHOWN.sub(lambda found: f' {found[1]}="{_attribute(found[2], lang)}"', tag)


def _end(tags: list[str], place: int, name: str) -> int:
    """Return where the end tag is of the element that begins at a place."""
    depth = 0
    for at in range(place, len(tags)):
        found = tags[at].partition(" ")[0]
        depth += (found == name) - (found == "/" + name)
        if not depth:
            return at
    return len(tags) - 1


def _is_exempt(attributes: str) -> bool:
    """Say whether an element with these attributes is in another language, or is to stay as its writer left it."""
    if "lang=" in attributes and (language := _LANG.search(" " + attributes)) and manner_of(language[1]) is None:
        return True
    return VERBATIM in attributes and bool(_VERBATIM.search(" " + attributes))


def _attribute(value: str, lang: str) -> str:
    said = html.unescape(value)
    done = typeset(said, lang)
    if done == said:
        return value
    return done.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
