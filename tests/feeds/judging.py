"""What every rule about feeds shares: the register of rules, and a document with what rules ask of it.

The rules are those that the W3C's feed validation service documents, one page
each (https://validator.w3.org/feed/docs/), under the names that they have
there, as far as they concern the forms that we publish; those of JSON Feed are
from its specification and begin with ``Json``; those that are ours alone begin
with ``Own``.  Written from what the pages say: nothing of theirs is in here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from xml.parsers import expat

from lxml import etree
from tests.feeds.markup import Markup, read_markup

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a document breaks, and where."""

    rule: str
    what: str


class NotReadable(Exception):
    """The document is none of its form, so that no other rule can be asked."""


@dataclass(frozen=True, slots=True)
class Document:
    """A feed or list of feeds as published at an address; nothing in it may be later than ``as_of``."""

    raw: bytes
    address: str
    as_of: datetime

    @property
    def form(self) -> str:
        """Return rss, atom, opml or json, as the address says."""
        return next(form for form in ("rss", "atom", "opml", "json") if form in self.address.rpartition("/")[2].split("."))


class Xml:
    """A feed in XML, read once for all rules."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.form = document.form
        try:
            self.tree = etree.fromstring(document.raw)
            expat.ParserCreate().Parse(document.raw, True)
        except (etree.XMLSyntaxError, expat.ExpatError) as fault:
            raise NotReadable(str(fault)) from None

    @cached_property
    def elements(self) -> list[Any]:
        """Return every element of the document."""
        return [one for one in self.tree.iter() if isinstance(one.tag, str)]

    @cached_property
    def channel(self) -> Any:
        """Return what the entries lie in."""
        found = self.tree.find("channel") if self.form == "rss" else self.tree
        return etree.Element("channel") if found is None else found

    @cached_property
    def entries(self) -> list[Any]:
        """Return the entries or items."""
        return list(self.channel.iterfind("item" if self.form == "rss" else f"{ATOM}entry"))

    @cached_property
    def links(self) -> list[tuple[Any, str]]:
        """Return every Atom link with its rel."""
        return [(one, one.get("rel", "alternate")) for one in self.tree.iter(f"{ATOM}link")]

    @cached_property
    def selves(self) -> list[Any]:
        """Return the links by which the feed names its own address."""
        return [one for one in self.channel.iterfind(f"{ATOM}link") if one.get("rel") == "self"]

    @cached_property
    def addresses(self) -> list[tuple[Any, str]]:
        """Return every address outside of texts, with the element that has it."""
        found = [
            (one, one.text or "")
            for one in self.elements
            if one.tag in ("link", "url", "docs", "comments", f"{ATOM}uri", f"{ATOM}icon", f"{ATOM}logo")
        ]
        found += [(one, one.get("href") or "") for one, _ in self.links]
        found += [
            (one, one.get(name) or "")
            for one in self.elements
            for name in ("domain", "scheme", "url", "xmlUrl", "htmlUrl")
            if one.get(name) is not None and one.tag != "cloud"
        ]
        return found

    @cached_property
    def plain(self) -> list[tuple[Any, str]]:
        """Return the texts that hold no HTML, whatever they look like."""
        if self.form == "rss":
            names = {"title", "name", f"{DC}creator"}
            found = [one for one in self.elements if one.tag in names or (one.tag == "description" and one.getparent().tag != "item")]
            return [(one, one.text or "") for one in found]
        names = {f"{ATOM}{name}" for name in ("title", "subtitle", "summary", "rights")}
        return [(one, one.text or "") for one in self.elements if one.tag in names and one.get("type", "text") == "text"]

    @cached_property
    def markups(self) -> list[tuple[Any, Markup]]:
        """Return the texts that are HTML, read."""
        if self.form == "rss":
            found = [one for one in self.elements if one.tag == CONTENT or (one.tag == "description" and one.getparent().tag == "item")]
            return [(one, read_markup(one.text or "")) for one in found]
        return [(one, read_markup(one.text or "")) for one in self.elements if one.get("type") == "html"]

    def name(self, element: Any) -> str:
        """Return where an element stands, for a message."""
        entry = next((one for one in (element, *element.iterancestors()) if one.tag in ("item", f"{ATOM}entry")), None)
        of = "" if entry is None else f" of {(entry.findtext('guid') or entry.findtext(f'{ATOM}id') or '?')[-60:]}"
        return f"{etree.QName(element).localname}{of}"


class Json:
    """A feed in JSON, read once for all rules."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.twice: list[str] = []
        try:
            self.feed: dict[str, Any] = json.loads(document.raw, object_pairs_hook=self._once, parse_constant=self._refuse)
        except (ValueError, UnicodeDecodeError) as fault:
            raise NotReadable(str(fault)) from None
        if not isinstance(self.feed, dict):
            raise NotReadable("no object")

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        self.twice += [name for name in names if names.count(name) > 1]
        return dict(pairs)

    def _refuse(self, constant: str) -> None:
        raise ValueError(constant)

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """Return the items that are objects."""
        items = self.feed.get("items")
        return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []

    @cached_property
    def markups(self) -> list[tuple[str, Markup]]:
        """Return the HTML of each item, read."""
        return [(str(one.get("id")), read_markup(one["content_html"])) for one in self.items if isinstance(one.get("content_html"), str)]


Rule = Callable[[Any], Iterator[str]]

#: Every rule by form and name; some hold for several forms.
RULES: dict[tuple[str, str], tuple[str, Rule]] = {}


def rule(name: str, level: str, *forms: str) -> Callable[[Rule], Rule]:
    """Put a rule into the register: ``error`` or ``warning``, for these forms."""

    def put(judge: Rule) -> Rule:
        for form in forms:
            assert (form, name) not in RULES
            RULES[form, name] = level, judge
        return judge

    return put


def findings(raw: bytes, address: str, as_of: datetime) -> list[Finding]:
    """Return every rule that a feed breaks."""
    import tests.feeds.rules
    import tests.feeds.rules_of_atom
    import tests.feeds.rules_of_json
    import tests.feeds.rules_of_rss  # noqa: F401

    document = Document(raw, address, as_of)
    found = [Finding(name, what) for (form, name), (_, judge) in RULES.items() if form == "bytes" for what in judge(document)]
    try:
        read = Json(document) if document.form == "json" else Xml(document)
    except NotReadable as fault:
        return [*found, Finding("JsonSyntax" if document.form == "json" else "SAXError", str(fault))]
    return found + [Finding(name, what) for (form, name), (_, judge) in RULES.items() if form == document.form for what in judge(read)]


def cut(text: object) -> str:
    """Return a text short enough for a message."""
    return re.sub(r"\s+", " ", str(text))[:80]
