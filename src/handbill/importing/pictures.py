"""Pictures without a description → pictures that say so, as a hub wants it.

What an old site shows, nobody here has seen.  A picture's title becomes its
description; one without any says that it only decorates, which is what those
who do not see it were told before.  Each is told, so that somebody can look.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from handbill.importing.code import Code
from handbill.importing.fields import Text
from handbill.importing.report import Note

DECORATIVE = "decorative"

_TITLE = r"""(?:[ \t\n]+(?P<quoted>"(?P<double>[^"\n]{0,500})"|'(?P<single>[^'\n]{0,500})'|\((?P<round>[^()\n]{0,500})\)))?"""
_TARGET = r"(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()<>]|\([^\s()]*\)|(?<=\S) (?=[^\s\"'()<>]))+))"
_INLINE = re.compile(rf"!\[(?P<words>[ \t\n]{{0,20}})\]\([ \t\n]*(?P<target>{_TARGET}){_TITLE}[ \t\n]*\)")
_USE = re.compile(r"!\[(?P<words>[ \t\n]{0,20})\]\[(?P<label>[^\]\[\n]{1,200})\]")
_DEFINITION = re.compile(
    rf"^(?:[ \t>]*)\[(?P<label>[^\]\[\n]{{1,200}})\]:[ \t]*(?:\n[ \t]*)?(?P<target>{_TARGET}){_TITLE}[ \t]*$", re.MULTILINE
)
_IMG = re.compile(r"<img(?=\s)[^<>]{0,4000}?(?P<end>\s*/?>)", re.IGNORECASE)
_VALUE = r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<none>[^\s"'>/]+))"""
_ATTRIBUTE = re.compile(rf"\s(?P<name>alt|title|src)\s*=\s*{_VALUE}", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def describe(text: Text, body: str) -> str:
    """Return the *body* of a text in which every picture says what it is; what was done is noted at *text*."""
    new, titled, decorative = described(body)
    # Lines still count as in the file unless a definition was taken out above.
    first = text.headers.body_line if body.count("\n") == text.body.count("\n") else None
    for what, pictures in (
        ("titles of pictures became their descriptions", titled),
        ("pictures without a description are said to decorate; look at them", decorative),
    ):
        text.changes.extend(Note(what, target, first + line - 1 if first else 0) for line, target in pictures)
    return new


def described(text: str) -> tuple[str, tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]:
    """Return the text in which every picture says what it is, and the lines and targets of those that were changed.

    First come those whose title became their description, then those that are now said to decorate.
    """
    if "![" not in text and not _IMG.search(text):
        return text, (), ()
    code = Code(text)
    starts = [0] + [match.end() for match in re.finditer("\n", text)]
    titled: list[tuple[int, str]] = []
    decorative: list[tuple[int, str]] = []
    out: list[str] = []
    position = 0
    for start, end, new, target, is_titled in sorted(_edits(text, lambda at: at in code)):
        if start >= position:
            out += [text[position:start], new]
            position = end
            (titled if is_titled else decorative).append((bisect_right(starts, start), target))
    return "".join([*out, text[position:]]), tuple(titled), tuple(decorative)


#: From where to where, what is put there, the picture that it is about, and whether its title tells what it shows.
_Edit = tuple[int, int, str, str, bool]


def _edits(text: str, is_code: Callable[[int], bool]) -> Iterator[_Edit]:
    for match in _INLINE.finditer(text):
        if _is_ours(match["target"]) and not is_code(match.start()) and text[match.start() - 1 : match.start()] != "\\":
            yield _markdown(match.start(), match.end(), match["target"], _said(match), match["quoted"] or "")
    definitions = {_label(match["label"]): match for match in _DEFINITION.finditer(text) if not is_code(match.start())}
    for use in _USE.finditer(text):
        meant = definitions.get(_label(use["label"]))
        if meant and _is_ours(meant["target"]) and not is_code(use.start()):
            # Others may use the same definition, with words of their own; so it stays as it is.
            yield _markdown(use.start(), use.end(), meant["target"], _said(meant), meant["quoted"] or "")
    for match in _IMG.finditer(text):
        values = {one["name"].lower(): one for one in reversed(list(_ATTRIBUTE.finditer(match[0])))}
        target = _value(values["src"]) if "src" in values else ""
        if target and _is_ours(target) and not is_code(match.start()) and not ("alt" in values and _value(values["alt"]).strip()):
            yield _tag(match, values, target)


def _markdown(start: int, end: int, target: str, title: str, quoted: str) -> _Edit:
    if title:
        words = re.sub(r"[\[\]\\]", "", title)
        return start, end, f"![{words}]({target} {quoted})", target, True
    return start, end, f'![]({target} "{DECORATIVE}")', target, False


def _tag(match: re.Match[str], values: dict[str, re.Match[str]], target: str) -> _Edit:
    title = _value(values["title"]).strip() if "title" in values else ""
    name, said = ("alt", title) if title else ("title", DECORATIVE)
    tag = match[0]
    if name in values:
        one = values[name]
        tag = tag[: one.start()] + tag[one.end() :]
    end = len(tag) - len(match["end"])
    return match.start(), match.end(), f'{tag[:end]} {name}="{html.escape(said)}"{match["end"]}', target, bool(title)


def _said(match: re.Match[str]) -> str:
    return next((match[name] for name in ("double", "single", "round") if match[name]), "").strip()


def _value(match: re.Match[str]) -> str:
    return html.unescape(next(match[name] for name in ("double", "single", "none") if match[name] is not None))


def _is_ours(target: str) -> bool:
    return not _ELSEWHERE.match(target.strip("<"))


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
