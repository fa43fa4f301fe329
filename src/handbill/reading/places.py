"""Where a text names a link or shows a picture: line, column and width, for messages.

Looked for only when there is something to say, because most links are sound;
then the text is gone through once, however many links are to be found.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

#: Where a line ends to every editor; `str.splitlines` counts more than that.
LINE_END = re.compile(r"\r\n|\r|\n")

#: Line, column and width; a width of 0 means that it is not known.
Place = tuple[int, int, int]

#: A link as it may be written: inline, by reference, as HTML; its target in angle brackets, in quotes, or by itself.
_LINK = re.compile(
    r"(?:\]\(|\]:|\b(?:href|src)\s{0,3}=)\s{0,3}"
    r"(?:<([^<>\n]*)>|\"([^\"\n]*)\"|'([^'\n]*)'|([^\s<>\"'()]+(?:\([^\s()]*\)[^\s<>\"'()]*)*))",
    re.IGNORECASE,
)
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^<>\s]*)>", re.IGNORECASE)
#: A picture whose brackets are empty, up to its last sign; and any picture in HTML.
_BARE = re.compile(r"!\[\s{0,20}\](?=\()")
_REST = re.compile(r"[^()<>\n]{0,300}\)")
_IMG = re.compile(r"<img\b[^<>]{0,2000}>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s{0,3}=\s{0,3}[\"']?[^\s\"'>]", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Written:
    """A text as it stands in its file, from line *first_line* on.

    It is either that text, with lines that end in a line feed, or the bytes of
    the whole file, or what returns them: nobody asks until there is something to say.
    """

    def __init__(self, written: str | bytes | Callable[[], bytes], first_line: int = 1) -> None:
        self._written, self._first_line = written, first_line

    @cached_property
    def _text(self) -> str:
        if isinstance(self._written, str):
            return self._written
        raw = self._written if isinstance(self._written, bytes) else self._written()
        return "\n".join(LINE_END.split(raw.decode("utf-8", "replace"))[self._first_line - 1 :])

    def place_of(self, target: str) -> Place:
        """Return where *target* is named first.

        A link to it is preferred to a word that only reads like it.  The begin
        of the text, and no width, where it is not found as it was written.
        """
        for form in _forms(target):
            if spans := self._links.get(form):
                return self._place(*spans[0])
        for form in (*_forms(target), target):
            if form and (at := self._text.find(form)) >= 0:
                return self._place(at, at + len(form))
        return self._first_line, 1, 0

    def place_of_words(self, words: str) -> Place:
        """Return where the description of a picture stands."""
        for before in ("![", 'alt="'):
            if (at := self._text.find(before + words)) >= 0:
                return self._place(at + len(before), at + len(before) + len(words))
        return self._first_line, 1, 0

    def place_of_picture(self, target: str, number: int) -> Place:
        """Return where a picture stands without a description for the *number*-th time, counted from 0."""
        for form in _forms(target):
            if len(spans := self._bare.get(form, [])) > number:
                return self._place(*spans[number])
        return self.place_of(target)

    @cached_property
    def _links(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for match in (*_LINK.finditer(self._text), *_AUTOLINK.finditer(self._text)):
            assert match.lastindex
            span = match.span(match.lastindex)
            for form in _forms(_as_meant(match[match.lastindex])):
                found[form].append(span)
        return found

    @cached_property
    def _bare(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for target, span in sorted(self._bare_pictures(), key=lambda one: one[1]):
            found[_as_meant(target)].append(span)
        return found

    def _bare_pictures(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for match in _BARE.finditer(self._text):
            link = _LINK.match(self._text, match.end() - 1)
            if link and link.lastindex:
                rest = _REST.match(self._text, link.end())
                yield link[link.lastindex], (match.start(), rest.end() if rest else link.end())
        for tag in _IMG.finditer(self._text):
            source = None if _ALT.search(tag[0]) else next(islice(_LINK.finditer(tag[0]), 1), None)
            if source and source.lastindex:
                yield source[source.lastindex], tag.span()

    def _place(self, start: int, end: int) -> Place:
        """Return a stretch of the text as a place; it ends with its line."""
        begin = self._text.rfind("\n", 0, start) + 1
        stop = self._text.find("\n", start)
        line = self._first_line + self._text.count("\n", 0, start)
        return line, start - begin + 1, (end if stop < 0 else min(end, stop)) - start


def _as_meant(written: str) -> str:
    """Return a target as engines understand it: without escapes, entities and percent signs."""
    return unquote(html.unescape(_ESCAPE.sub(r"\1", written.strip())))


def _forms(target: str) -> tuple[str, ...]:
    """Return a target, and what it is without its anchor."""
    meant = unquote(target)
    return tuple(one for one in dict.fromkeys((meant, meant.partition("#")[0])) if one)
