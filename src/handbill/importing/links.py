"""Markdown → its links where they are written, and the same text with other targets.

Knows the three ways of writing a link that both dialects share: inline, by
reference, and as HTML.  Does not know what the targets mean.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handbill.importing.code import Code

#: What decides on a link: its new target, ``None`` to leave it as it is, or "" to leave only its words.
Decide = Callable[["Place"], str | None]

_MACRO = r"(?:\{(?:filename|static|attach|author|category|tag|index)\}|\|(?:filename|static|attach)\|)"
_TITLE = r"""(?:[ \t\n]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?"""
#: A target in angle brackets, one behind a macro, which can hold spaces, or one without; brackets within come in pairs.
_INLINE_TARGET = (
    r"(?:<(?P<angle>[^<>\n]*)>"
    rf"""|(?P<macro>{_MACRO}[^()"'\n]*?(?:\([^()"'\n]*\)[^()"'\n]*?)*)"""
    r"|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))"
)
_INLINE = re.compile(rf"\]\([ \t\n]*{_INLINE_TARGET}{_TITLE}[ \t\n]*\)")
_REFERENCE = re.compile(
    r"^(?:[ \t>]*)\[(?P<label>[^\]\[\n]{1,200})\]:[ \t]*(?:\n[ \t]*)?"
    rf"""(?:<(?P<angle>[^<>\n]*)>|(?P<macro>{_MACRO}[^"'\n]*?)|(?P<bare>\S+)){_TITLE}[ \t]*$\n?""",
    re.MULTILINE,
)
_TAG = re.compile(r"<(?P<name>a|img)(?=\s)[^<>]{0,4000}>", re.IGNORECASE)
_VALUE = r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<none>[^\s"'>]+))"""
_ATTRIBUTE = re.compile(rf"\s(?P<name>href|src|alt)\s*=\s*(?P<value>{_VALUE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A link as it is written: its target, the line (from 1), and whether it shows a picture."""

    target: str
    line: int
    is_picture: bool


@dataclass(frozen=True, slots=True)
class _Found:
    place: Place
    # Where the target stands, with its angle brackets or quotes.
    start: int
    end: int
    # What is taken out, in stretches, to leave only the words; and what is put in their stead.
    cuts: tuple[tuple[int, int, str], ...]
    form: str


def links_in(text: str) -> tuple[Place, ...]:
    """Return every link and picture of a text, in its order; what stands in code is none."""
    return tuple(found.place for found in sorted(_find(text), key=lambda one: one.start))


def rewrite(text: str, decide: Decide) -> str:
    """Return the text with the targets that *decide* chose; every other character stays."""
    edits: set[tuple[int, int, str]] = set()
    for found in _find(text):
        target = decide(found.place)
        if target is None:
            continue
        if target == "":
            edits.update(found.cuts)
        else:
            edits.add((found.start, found.end, f'"{html.escape(target)}"' if found.form == "html" else target))
    out: list[str] = []
    position = 0
    for start, end, new in sorted(edits):
        if start < position:
            # Lies within something already taken out.
            continue
        out += [text[position:start], new]
        position = end
    return "".join([*out, text[position:]])


def _find(text: str) -> Iterator[_Found]:
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    code = Code(text)
    starts = [0] + [match.end() for match in re.finditer("\n", text)]

    def line(position: int) -> int:
        return bisect_right(starts, position)

    yield from _inline(text, code, line)
    yield from _references(text, code, line)
    yield from _tags(text, code, line)


def _inline(text: str, code: Code, line: Callable[[int], int]) -> Iterator[_Found]:
    pairs = _pairs(text, code)
    for match in _INLINE.finditer(text):
        opening = pairs.get(match.start())
        if opening is None:
            continue
        is_picture = text[opening - 1 : opening] == "!" and text[opening - 2 : opening - 1] != "\\"
        name = next(name for name in ("angle", "macro", "bare") if match[name] is not None)
        start, end = match.span(name)
        if name == "angle":
            start, end = start - 1, end + 1
        cuts = ((opening - is_picture, opening + 1, ""), (match.start(), match.end(), ""))
        yield _Found(Place(match[name].strip(), line(match.start()), is_picture), start, end, cuts, "markdown")


def _pairs(text: str, code: Code) -> dict[int, int]:
    """Return where the bracket stands that belongs to each closing one; brackets pair within a paragraph."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r"\\.|[\[\]]|\n[ \t\r]*\n", text, re.DOTALL):
        sign = match[0]
        if sign[0] == "\n":
            opened.clear()
        elif sign[0] == "\\" or match.start() in code:
            continue
        elif sign == "[":
            opened.append(match.start())
        elif opened:
            pairs[match.start()] = opened.pop()
    return pairs


def _references(text: str, code: Code, line: Callable[[int], int]) -> Iterator[_Found]:
    definitions = [match for match in _REFERENCE.finditer(text) if match.start() not in code and not match["label"].startswith("^")]
    if not definitions:
        return
    used: dict[str, list[tuple[int, int, str]]] = {}
    pictures: set[str] = set()
    own = {match.start("label") - 1 for match in definitions}
    for use in re.finditer(r"(!?)\[((?:[^\[\]\n]|\n(?!\n)){0,500})\](?:\[((?:[^\[\]\n]|\n(?!\n)){0,200})\])?(?![(\[:])", text):
        if use.start() in code or use.start(2) - 1 in own or text[use.start() - 1 : use.start()] == "\\":
            continue
        label = _label(use[3] or use[2])
        used.setdefault(label, []).extend([(use.start(), use.start(2), ""), (use.end(2), use.end(), "")])
        if use[1]:
            pictures.add(label)
    for match in definitions:
        label = _label(match["label"])
        name = next(name for name in ("angle", "macro", "bare") if match[name] is not None)
        start, end = match.span(name)
        if name == "angle":
            start, end = start - 1, end + 1
        cuts = (*used.pop(label, ()), (match.start(), match.end(), ""))
        yield _Found(Place(match[name].strip(), line(match.start("label")), label in pictures), start, end, cuts, "markdown")


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _tags(text: str, code: Code, line: Callable[[int], int]) -> Iterator[_Found]:
    for tag in _TAG.finditer(text):
        if tag.start() in code:
            continue
        is_picture = tag["name"].lower() == "img"
        values = {match["name"].lower(): match for match in reversed(list(_ATTRIBUTE.finditer(tag[0])))}
        match = values.get("src" if is_picture else "href")
        if match is None:
            continue
        at = tag.start()
        start, end = at + match.start("value"), at + match.end("value")
        words = _value(values["alt"]) if "alt" in values else ""
        cuts = ((tag.start(), tag.end(), words),) if is_picture else ((at + match.start(), end, ""),)
        yield _Found(Place(html.unescape(_value(match)).strip(), line(start), is_picture), start, end, cuts, "html")


def _value(attribute: re.Match[str]) -> str:
    return next(attribute[name] for name in ("double", "single", "none") if attribute[name] is not None)


_MARK = re.compile(
    r"<!--[ \t]*(?:more|PELICAN_END_SUMMARY|PELICAN_BEGIN_SUMMARY)[ \t]*-->|^[ \t]*PELICAN_END_SUMMARY(?=[ \t]*\r?$)",
    re.IGNORECASE | re.MULTILINE,
)


def strip_marks(text: str) -> tuple[str, str, int]:
    """Return a text without the marks of where its summary ends, what stood before the first, and its line (0: none).

    A mark on a line of its own goes with its line.
    """
    code = Code(text.replace("<!--", "(!--")) if _MARK.search(text) else None
    marks = [match for match in _MARK.finditer(text) if code is not None and match.start() not in code]
    if not marks:
        return text, "", 0
    out: list[str] = []
    position = 0
    for match in marks:
        start, end = match.span()
        line = re.compile(r"[ \t]*(?:\r\n|\r|\n|$)").match(text, end)
        if line and not text[text.rfind("\n", 0, start) + 1 : start].strip():
            start, end = text.rfind("\n", 0, start) + 1, line.end()
        out.append(text[position:start])
        position = end
    first = marks[0].start()
    return "".join([*out, text[position:]]), text[:first], text.count("\n", 0, first) + 1
