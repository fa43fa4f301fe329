"""A text, and a picture that gets another ending → the same text with every reference to it changed, and no other byte.

References are what Markdown and HTML make of a text, so the reader of the hub
is asked before and after; what it still finds was written in a way that is
left to the editor.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from handbill.kinds import KINDS
from handbill.reading.draft import Terms
from handbill.reading.drafting import read_draft
from handbill.reading.media import media_address

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(
    r"""^(?:picture|[ \t]*map)[ \t]*:[ \t]*("[^"\r\n]*"|'[^'\r\n]*'|[^\s#"'][^\r\n]*?)[ \t]*(?:[ \t]\#[^\r\n]*)?\r?$""", re.MULTILINE
)
_INLINE = re.compile(r"\]\(\s*(<[^<>\r\n]*>|(?:\\.|\([^\s()]*\)|[^\s()\\<])+)")
_DEFINITION = re.compile(r"^[ \t>]*\[[^\]\r\n]+\]:[ \t]*\r?\n?[ \t]*(<[^<>\r\n]*>|[^\s<]\S*)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"""\b(?:src|href|poster)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\r\n]*$.*?(?:^[ \t>]*\1[`~]*[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE)
_SECTION = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*section\b")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_BY_NAME = {kind.name: kind for kind in KINDS}


class Unfollowed(Exception):
    """A text refers to the picture in a way that cannot be changed without guessing."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A picture's path before and after, in the hub that is published at ``base_url``."""

    old: str
    new: str
    base_url: str

    def concerns(self, text: str) -> bool:
        """Say whether a text may name the picture; cheap, and never wrong when it says no."""
        # However a name is written, its plain letters and digits stay; an address has them small.
        stem = posixpath.basename(self.old).rpartition(".")[0]
        runs = re.findall(r"[a-z0-9]+", stem.casefold())
        return not runs or max(runs, key=len) in text.casefold()

    def leads_to(self, written: str, source: str, target: str) -> bool:
        """Say whether a link in the file *source* leads to the picture *target*."""
        if written.startswith(self.base_url):
            written = "/" + written.removeprefix(self.base_url)
        path = unquote(re.split("[?#]", written, maxsplit=1)[0])
        if path.startswith("/"):
            return path == media_address(target)
        return posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) == target


def followed(raw: bytes, source: str, kind: str, renaming: Renaming, terms: Terms) -> bytes | None:
    """Return a text with its references to the picture changed; ``None`` where it has none.

    Raises:
        Unfollowed: it has some, and not all of them could be changed.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        # Such a file is refused until it is saved anew; nobody knows what it refers to.
        return None
    if not renaming.concerns(text):
        return None
    new = "".join(_changed(text, source, renaming)).encode("utf-8")
    old_links, new_links = (_links(one, source, kind, terms) for one in (raw, new))
    if old_links is not None and new_links is not None:
        meant = sum(renaming.leads_to(link, source, renaming.old) for link in old_links)
        missed = sum(renaming.leads_to(link, source, renaming.old) for link in new_links)
        if missed or len(new_links) != len(old_links):
            raise Unfollowed
        if not meant:
            return None
    return new if new != raw else None


def _links(raw: bytes, source: str, kind: str, terms: Terms) -> list[str] | None:
    """Return all that a text refers to as the hub reads it; ``None`` where the hub cannot."""
    draft, _ = read_draft(source, raw, _BY_NAME[kind], terms)
    if draft is None:
        return None
    venue = draft.values.get("venue") or {}
    return [*draft.body.links, *(one for one in (draft.values.get("picture"), draft.values.get("map"), venue.get("map")) if one)]


def _changed(text: str, source: str, renaming: Renaming) -> Iterator[str]:
    """Yield the text in pieces, with the picture's new ending in each reference."""
    old_ending = "." + renaming.old.rpartition(".")[2]
    new_tail = renaming.new.removeprefix(renaming.old.removesuffix(old_ending))
    done = 0
    for start, end in sorted(set(_destinations(text))):
        written = text[start:end]
        path = re.split("[?#]", written, maxsplit=1)[0]
        meant = unescape(_ESCAPED.sub(r"\1", written))
        if start < done or not renaming.leads_to(meant, source, renaming.old) or not path.lower().endswith(old_ending.lower()):
            continue
        yield text[done:start] + path[: -len(old_ending)] + new_tail
        done = start + len(path)
    yield text[done:]


def _destinations(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each address that a text refers to begins and ends; samples of code are left out."""
    front = _FRONT.match(text)
    body = front.end() if front else 0
    if front:
        yield from (_inside(text, found) for found in _FIELD.finditer(text, 0, body))
    fences = [found.span() for found in _FENCE.finditer(text, body)]
    for start, end in fences:
        if _SECTION.match(text, start):
            # No code, but fields, such as the mark of a letter's sponsor.
            yield from (_inside(text, found) for found in _FIELD.finditer(text, start, end))
    for pattern in (_INLINE, _DEFINITION, _ATTRIBUTE):
        for found in pattern.finditer(text, body):
            if not any(start <= found.start() < end for start, end in fences):
                yield _inside(text, found)


def _inside(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Return where an address lies without the quotation marks or brackets around it."""
    start, end = found.span(1)
    return (start + 1, end - 1) if text[start] in "<\"'" and end - start > 1 else (start, end)
