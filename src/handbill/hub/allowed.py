"""Which HTML a text may hold: the one table by which texts are cleaned and the handbook tells editors what stays.

What is not on it is left out of every output.  A folder of which somebody is
asked about each change may be allowed a little more (``BEYOND``); nothing on
either list runs, asks another server, or sends what a reader typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbill.errors import said


@dataclass(frozen=True, slots=True)
class Sort:
    """Elements of one sort: what they are for, and each with the attributes of its own that stay."""

    about: str
    elements: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Beyond:
    """What texts of a trusted folder may hold beyond the others: elements of :data:`BEYOND`, and classes of the community's own."""

    elements: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


#: Of most texts.
NOTHING_BEYOND = Beyond()

SORTS = (
    Sort("paragraphs and headings", dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "wbr", "pre"), ())),
    Sort(
        "parts of a text",
        dict.fromkeys(("blockquote", "div", "section", "span", "figure", "figcaption", "summary"), ()) | {"details": ("open",)},
    ),
    Sort("lists", dict.fromkeys(("ul", "li", "dl", "dt", "dd"), ()) | {"ol": ("start",)}),
    Sort(
        "tables",
        dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr"), ())
        | {"td": ("align", "colspan", "rowspan"), "th": ("align", "colspan", "rowspan", "scope")},
    ),
    Sort(
        "words",
        dict.fromkeys(
            (
                "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "strong", "sub", "sup", "u",
                "var",
            ), (),
        )
        | {"abbr": ("title",), "time": ("datetime",)},
    ),
    Sort("links", {"a": ("href", "title")}),
    Sort("pictures of the hub; one from elsewhere becomes a link to it", {"img": ("src", "alt", "title")}),
    Sort("the boxes of a list of things to do, which nobody can tick", {"input": ("type", "checked", "disabled")}),
)  # fmt: skip

#: Every element, with the attributes of its own.
ELEMENTS: Mapping[str, tuple[str, ...]] = {name: own for sort in SORTS for name, own in sort.elements.items()}

#: What any element may say of itself.
EVERYWHERE: Mapping[str, str] = {
    "id": "a place that links can lead to: a letter, then letters, digits, `-`, `_`, `.` and `:`; not a place of the page around the text",
    "class": "one of the looks below",
    "lang": "the language of the words in it, such as `en` or `pt-BR`",
    "dir": "the direction in which they are read: `ltr`, `rtl` or `auto`",
}

#: How an address may begin; one without any of these leads to a file or a place of the hub.
SCHEMES = ("http", "https", "mailto", "tel", "geo", "xmpp", "irc", "ircs", "matrix", "webcal")

#: The looks that a text may choose: as handbooks show it, and what it is.
LOOKS: Mapping[str, str] = {
    "verbatim": "words that stay as they were typed, without the spaces and quotation marks of printers",
    "language-…": "the language of a piece of code",
    "note, tip, important, warning, caution, admonition, markdown-alert": "boxes, as both dialects write them",
    "footnotes, footnote-…, task-list-…": "what the dialects make of notes and of lists of things to do",
}
# Patterns are compiled when a text asks for them: a hub in which nothing changed needs none.
_LOOK = (
    r"verbatim|language-[\w+#.-]{1,30}|markdown-alert(-\w+)?|footnotes?(-\w+)*|admonition(-title)?|note|tip|important|warning|caution"
    r"|task-list(-\w+)*"
)

#: What a trusted folder may be allowed, each with its attributes and what it is for: where it is not known, its words stand there.
BEYOND: Mapping[str, tuple[tuple[str, ...], str]] = {
    "address": ((), said("how somebody is reached")),
    "article": ((), said("a part that stands for itself")),
    "aside": ((), said("what stands beside the matter")),
    "bdi": ((), said("words whose direction is not known")),
    "bdo": ((), said("words in the direction that `dir` says")),
    "col": (("span",), said("a column of a table")),
    "colgroup": (("span",), said("columns of a table")),
    "data": (("value",), said("words with what they are to a program")),
    "footer": ((), said("the end of a part")),
    "header": ((), said("the beginning of a part")),
    "hgroup": ((), said("a heading and the line below it")),
    "rp": ((), said("brackets around a reading, where readings cannot stand above the words")),
    "rt": ((), said("how the words below it are read")),
    "ruby": ((), said("words with how they are read, as in Japanese")),
}

#: What a class of the community's own is called: none of the program's looks or scripts begins so.
OWN_CLASS = "own-[a-z0-9]+(?:-[a-z0-9]+)*"

_ID = r"[A-Za-z][\w:.-]{0,100}"
_LANG = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"
_NUMBER = r"-?[0-9]{1,9}"
_SPAN = r"[0-9]{1,3}"
_SHAPES = {"id": _ID, "lang": _LANG, "start": _NUMBER, "colspan": _SPAN, "rowspan": _SPAN, "span": _SPAN}
_DIRECTIONS = frozenset({"ltr", "rtl", "auto"})

#: Places of a page around its text (theme/templates); a place of the text of the same name could not be reached.
PAGE_ANCHORS = frozenset({
    "main", "corrections", "corrections-title", "seek-wide", "seek-narrow", "related", "contents-title", "page-talk", "page-talk-title",
    "dates", "prizes", "winners", "part-coming", "part-post", "part-contest", "part-more", "part-past",
    "committed", "ticket",
})  # fmt: skip
#: How the places of a letter's sections begin on its page; no heading's own anchor does.
SECTION_ANCHORS = "section--"


def attributes_of(beyond: Beyond) -> dict[str, set[str]]:
    """Return the attributes that stay, by element, those of every element under ``*``."""
    own = {name: set(attributes) for name, attributes in ELEMENTS.items() if attributes}
    more = {name: set(BEYOND[name][0]) for name in beyond.elements if BEYOND[name][0]}
    return {**own, **more, "*": set(EVERYWHERE)}


def kept_value(name: str, value: str, classes: Iterable[str] = ()) -> str | None:
    """Return what stays of the value of an attribute, ``None`` where the attribute goes; *classes* may stand beside the looks."""
    if name == "class":
        return " ".join(word for word in value.split() if word in classes or re.fullmatch(_LOOK, word)) or None
    if (shape := _SHAPES.get(name)) and not re.fullmatch(shape, value):
        return None
    if name == "id" and (value in PAGE_ANCHORS or value.startswith(SECTION_ANCHORS)):
        return None
    return value if name != "dir" or value.lower() in _DIRECTIONS else None


def beyond_in(source: str, trusted: Iterable[tuple[str, Beyond]]) -> Beyond:
    """Return what a text at that path may hold beyond others; *trusted* pairs folders with what is allowed in them."""
    found = [one for folder, one in trusted if source.startswith(f"{folder}/")]
    if not found:
        return NOTHING_BEYOND
    elements = sorted({name for one in found for name in one.elements})
    return Beyond(tuple(elements), tuple(sorted({name for one in found for name in one.classes})))
