"""Clean HTML → the same with its French set (:mod:`handbill.hub.typography`); what is code or another language stays.

A word may begin in one element and end in the next, so the whole text is set
at once, with a mark in the place of each tag.
"""

from __future__ import annotations

import html
import re

from handbill.hub.gaps import BREAK, EDGE, LEVEL, MARKS, RAISED, TAG, THING, WIDE, woven
from handbill.hub.typography import manner_of, set_marked, typeset

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
    texts, tags = pieces[::2], pieces[1::2]
    marks = [_PLAIN.get(tag, "") for tag in tags]
    if "" in marks:
        texts, tags, marks = _looked_at(texts, tags, marks, lang)
    done = set_marked(woven(texts, marks), manner, is_page=True)
    for mark in (THING, EDGE, BREAK):
        done = done.replace(mark, TAG)
    texts = done.replace(RAISED, "<sup>").replace(LEVEL, "</sup>").split(TAG)
    return woven(texts, [f"<{tag}>" for tag in tags])


def _looked_at(texts: list[str], tags: list[str], marks: list[str], lang: str) -> tuple[list[str], list[str], list[str]]:
    """Return the three with a mark for every tag; an element that stays as it is has become one tag."""
    all_texts, all_tags, all_marks = texts[:1], [], []
    place = 0
    # One more, so that the last is always found.
    marks = [*marks, ""]
    while True:
        at = marks.index("", place)
        all_texts += texts[place + 1 : at + 1]
        all_tags += tags[place:at]
        all_marks += marks[place:at]
        if at == len(tags):
            return all_texts, all_tags, all_marks
        end, tag = at, tags[at]
        name, _, attributes = tag.partition(" ")
        mark = _MARK_OF.get(name, EDGE)
        if name in _CODE or _is_exempt(attributes):
            end = at if name in _VOID else _end(tags, at, name)
            inner = map(">".join, zip(tags[at:end], texts[at + 1 : end + 1], strict=True))
            tag = "<".join((*inner, tags[end]))
            mark = THING if mark == TAG or name in _CODE - {"pre"} else mark
        elif "alt=" in attributes or "title=" in attributes:
            tag = _SHOWN.sub(lambda found: f' {found[1]}="{_attribute(found[2], lang)}"', tag)
        all_texts.append(texts[end + 1])
        all_tags.append(tag)
        all_marks.append(mark)
        place = end + 1


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
