"""What the search index knows of every page, kept from build to build; losing it costs time, nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handbill.key import BYTES, signature
from handbill.outputs.search_index import Language
from handbill.outputs.search_postings import Posting
from handbill.outputs.search_run import FACTS, Page
from handbill.owned import is_own
from handbill.whole import put_whole

_MAGIC = b"handbill-search-2\n"

# Later versions look for values that come twice, which takes as long as all the rest and finds little.
_FORMAT = 2


@dataclass(slots=True)
class Known:
    """What is known of all pages.

    ``pages`` are their digests as they are published, ``texts`` those of what is indexed of
    them, both by path; ``facts`` the names of facts by their number in the index; ``entry`` and
    ``programs`` (by language) what pagefind said of itself; ``files`` the digests of those
    files of the index that we make, by path; ``is_lasting`` is false where there is no page at all.
    """

    pages: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)
    facts: tuple[str, ...] = FACTS
    entry: dict[str, Any] = field(default_factory=dict)
    programs: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    is_lasting: bool = True


def noted(file: Path | None, terms: str) -> Known | None:
    """Return what was written down under the same *terms*; ``None`` if the file is missing, damaged, another user's or kept by git."""
    if file is None or not is_own(file):
        return None
    try:
        raw = memoryview(file.read_bytes())
    except OSError:
        return None
    head = _head(terms)
    start = len(head) + BYTES
    if raw[: len(head)] != head or signature(head, raw[start:], may_make=False) != raw[len(head) : start]:
        return None
    try:
        return _known(marshal.loads(raw[start:]))  # noqa: S302 - its digest was right, and the file is the user's own
    except (EOFError, TypeError, ValueError):
        # Sound bytes of another version of Python may be written in another way.
        return None


def write_notes(file: Path | None, terms: str, known: Known) -> None:
    """Write down what is known."""
    if file is None:
        return
    payload = marshal.dumps(_plain(known), _FORMAT)
    # A full disk must not fail a build that is otherwise done.
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        put_whole(file, (head := _head(terms), signature(head, payload), payload))


def _head(terms: str) -> bytes:
    return _MAGIC + hashlib.sha256(terms.encode("utf-8")).digest()


def _plain(known: Known) -> tuple[Any, ...]:
    """Return the same in plain values: to pickle records of so many pages and words took three times as long."""
    languages = [
        (lang, list(map(tuple, one.pages)), list(one.words), list(map(tuple, one.words.values())), dict(one.offered))
        for lang, one in known.languages.items()
    ]
    return known.pages, known.texts, languages, known.facts, known.entry, known.programs, known.files


def _known(plain: Any) -> Known:
    pages, texts, languages, *others = plain
    read = {
        lang: Language(lang, list(map(Page._make, told)), dict(zip(words, map(Posting._make, postings), strict=True)), Counter(offered))
        for lang, told, words, postings, offered in languages
    }
    return Known(pages, texts, read, *others)
