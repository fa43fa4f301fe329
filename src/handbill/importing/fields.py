"""Headers of a Pelican file → fields of our front matter, as far as one file can tell.

What needs all files, such as numbers and addresses that must differ, comes
after; so a :class:`Text` is filled in twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from handbill.hub.address import name_of, slug_of
from handbill.importing.dates import read_date
from handbill.importing.front import Value
from handbill.importing.headers import Header, Headers
from handbill.importing.links import strip_marks
from handbill.importing.report import Note
from handbill.importing.sources import Refusal
from handbill.reading.body import read_body
from handbill.reading.files import FORBIDDEN
from handbill.reading.markdown import engine

LONGEST_SUMMARY = 300
LONGEST_TAG = 60
MOST_TAGS = 200

_NAME_DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?=\D|$)")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)?")
_ADDRESS = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")

#: Headers that mean something to Pelican or its themes, and for which a hub has another way.
_ELSEWHERE = {
    "template": "the theme decides",
    "keywords": "search engines do not read them",
    "description": "“summary” takes its place",
    "series": "tags take its place",
}


@dataclass(slots=True)
class Text:
    """One text on its way: where it comes from, what its headers say, what happened to it."""

    source: str
    raw: bytes
    headers: Headers
    body: str
    kind: str
    title: str = ""
    date: str = ""
    updated: str = ""
    lang: str = ""
    slug: str = ""
    number: int | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    aliases: tuple[str, ...] = ()
    is_draft: bool = False
    is_translation: bool = False
    id: str = ""
    writes_id: bool = False
    original: str = ""
    target: str = ""
    changes: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def line_of(self, name: str) -> int:
        """Return the line of a header in the source, 0 if there is none."""
        header = self.headers.named.get(name)
        return header.line if header else 0


def read_fields(text: Text, lang: str, zone: str) -> None:
    """Fill in what the headers of one file say.

    Raises:
        Refusal: without guessing, no item can be made of it.
    """
    named = dict(text.headers.named)
    for line, oddity in text.headers.oddities:
        text.notes.append(Note("left out of the headers", oddity, line))
    _title(text, named.pop("title", None))
    _dates(text, named.pop("date", None), named.pop("modified", None), zone)
    _status(text, named.pop("status", None))
    _lang(text, named.pop("lang", None), named.pop("translation", None), lang)
    text.tags = _tags(text, named.pop("tags", None))
    text.authors = tuple(dict.fromkeys(name for key in ("author", "authors") if (header := named.pop(key, None)) for name in _list(header)))
    _category(text, named.pop("category", None))
    _number(text, named.pop("number", None))
    if header := named.pop("slug", None):
        text.slug = slug_of(header.text)[:100].strip("-")
        if text.slug != header.text:
            detail = f"“{header.text}” → {text.slug or 'from the title'}"
            text.notes.append(Note("the slug is written with letters a to z, digits and hyphens", detail, header.line))
    old = [alias for key in ("save_as", "url") if (header := named.pop(key, None)) for alias in _alias(text, key, header)]
    text.aliases = tuple(dict.fromkeys(old))
    if header := named.pop("summary", None):
        _summary(text, "\n".join(header.values), header.line)
    for key, header in sorted(named.items(), key=lambda pair: pair[1].line):
        reason = f" ({_ELSEWHERE[key]})" if key in _ELSEWHERE else ""
        text.notes.append(Note(f"the header “{key}” was left out{reason}", header.text[:200], header.line))


def _title(text: Text, header: Header | None) -> None:
    if header is None or not header.text:
        if not text.headers.named:
            raise Refusal("no headers: neither “Title: …” in the first line nor YAML between two lines of ---", 1)
        raise Refusal("no title", header.line if header else 1)
    text.title = header.text


def _dates(text: Text, written: Header | None, modified: Header | None, zone: str) -> None:
    if written and written.text:
        text.date = _date(text, "Date", written, zone)
    elif match := _NAME_DATE.match(text.source.rsplit("/", 1)[-1]):
        # Pelican's own rule (FILENAME_METADATA).
        try:
            text.date = read_date(match[1], zone).text
            text.notes.append(Note("the date is that of the file name", text.date))
        except ValueError as error:
            raise Refusal(f"Date: nothing, and in the file name {error}", 1) from None
    elif text.kind != "page":
        raise Refusal("Date: nothing, and none in the file name", 1)
    if modified and modified.text:
        text.updated = _date(text, "Modified", modified, zone)


def _date(text: Text, name: str, header: Header, zone: str) -> str:
    try:
        moment = read_date(header.text, zone)
    except ValueError as error:
        raise Refusal(f"{name}: found {error}, wanted a date such as 2026-05-01 or 2026-05-01 18:30", header.line) from None
    if moment.left_out:
        text.notes.append(Note(f"left out of a date: {moment.left_out}", header.text, header.line))
    return moment.text


def _status(text: Text, header: Header | None) -> None:
    word = header.text.lower() if header else ""
    if word in ("", "published"):
        return
    line = header.line if header else 0
    if word == "skip":
        raise Refusal("Status: skip, so the old site left it out as well", line)
    if word not in ("draft", "hidden"):
        raise Refusal(f"Status: found “{word[:40]}”, wanted published, draft, hidden or skip", line)
    text.is_draft = True
    if word == "hidden":
        text.notes.append(Note("hidden became draft: a hub has no page that is online and in no list", "", line))


def _lang(text: Text, header: Header | None, translation: Header | None, lang: str) -> None:
    text.lang = header.text if header and header.text else lang
    if not _LANG.fullmatch(text.lang) or len(text.lang) > 12:
        raise Refusal(f"Lang: found “{text.lang[:40]}”, wanted a language such as en", header.line if header else 0)
    text.is_translation = translation is not None and translation.text.lower() == "true"


def _list(header: Header) -> list[str]:
    """Return the entries of a header that is a list, cut the way Pelican does."""
    parts: list[str] = []
    if header.is_list:
        parts = list(header.values)
    else:
        joined = "; ".join(header.values) if ";" in header.text else ", ".join(header.values)
        parts = joined.split(";" if ";" in joined else ",")
    return [one for part in parts if (one := " ".join(part.split()))]


def _tags(text: Text, header: Header | None) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tag in _list(header) if header else ():
        if refusal := no_tag(tag) or (f"there are more than {MOST_TAGS}" if len(found) == MOST_TAGS else ""):
            text.notes.append(Note(f"a tag was left out: {refusal}", tag[:80], header.line if header else 0))
        else:
            found.setdefault(slug_of(tag), tag)
    return tuple(found.values())


def no_tag(name: str) -> str:
    """Return why a word cannot be a tag, "" if it can."""
    if not slug_of(name):
        return "it has no letter for an address"
    return f"it has more than {LONGEST_TAG} letters" if len(name) > LONGEST_TAG else ""


def _category(text: Text, header: Header | None) -> None:
    if header and header.text:
        text.category = header.text
    elif "/" in text.source and text.kind != "page":
        # Pelican's own rule (USE_FOLDER_AS_CATEGORY).
        text.category = text.source.split("/")[-2]


def _number(text: Text, header: Header | None) -> None:
    if header is None:
        return
    if text.kind != "issue":
        text.notes.append(Note("the header “number” was left out", header.text, header.line))
    elif re.fullmatch(r"[0-9]{1,7}", header.text) and int(header.text) <= 1_000_000:
        text.number = int(header.text)
    else:
        text.notes.append(Note("a number that is none was left out", header.text[:40], header.line))


def _alias(text: Text, key: str, header: Header) -> list[str]:
    address = "/" + header.text.lstrip("/")
    if address.endswith("/index.html"):
        address = address.removesuffix("index.html")
    if _ADDRESS.fullmatch(address) and len(address) <= LONGEST_SUMMARY:
        return [address]
    if address == "/":
        text.notes.append(Note("it was the home page; a hub makes its own", header.text, header.line))
    else:
        text.notes.append(Note(f"the header “{key}” is no plain path, so the old address is not kept", header.text[:200], header.line))
    return []


def _summary(text: Text, written: str, line: int) -> None:
    """Take over a summary, which is Markdown to Pelican and plain text to us."""
    plain = plain_text(written)
    text.summary = shortened(plain)
    if text.summary != " ".join(written.split()):
        text.notes.append(Note("the summary is plain text, of 300 characters at most", f"it was: {' '.join(written.split())}", line))


def plain_text(markdown: str) -> str:
    """Return what a piece of Markdown says, on one line."""
    # Always the engine that no text can stall: this runs without a time limit.
    return " ".join(" ".join(read_body(engine("github")(FORBIDDEN.sub("", markdown))).body.blocks).split())


def shortened(text: str) -> str:
    """Return a text that fits in a summary, cut at a word."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0][: LONGEST_SUMMARY - 1].rstrip(" ,;:.!?…-–") + "…"


def summarised(text: Text) -> str:
    """Return the body without marks of where a summary ends; what stands before one becomes the summary if it can."""
    body, before, line = strip_marks(text.body)
    if line:
        text.changes.append(Note("the mark of where the summary ends was taken out", "", text.headers.body_line + line - 1))
        if not text.summary and len(before) <= 4000 and (summary := plain_text(before)) and shortened(summary) == summary:
            text.summary = summary
            text.notes.append(Note("the summary is what stood before its mark"))
    return body


def pairs_of(text: Text, lang: str, languages: tuple[str, ...]) -> list[tuple[str, Value]]:
    """Return the front matter of a text, in the order in which an editor reads it."""
    name, by_name = name_of(text.target, languages)
    pairs: list[tuple[str, Value]] = []
    if text.kind == "issue":
        # A letter keeps saying what it said: it gets no sections that it did not have.
        pairs += [("number", str(text.number)), ("subject", text.title), ("date", text.date), ("sections", ())]
    else:
        pairs += [("title", text.title), ("date", text.date)]
    pairs += [
        ("updated", text.updated),
        ("lang", text.lang if text.lang != (by_name or lang) else ""),
        ("slug", text.slug if text.slug != slug_of(name) else ""),
        ("id", text.id if text.writes_id else ""),
        ("translation_of", text.original),
        ("aliases", text.aliases),
        ("tags", text.tags),
        ("authors", text.authors),
        ("summary", text.summary),
        ("draft", "true" if text.is_draft else ""),
    ]
    return [(key, value) for key, value in pairs if value or key == "sections"]
