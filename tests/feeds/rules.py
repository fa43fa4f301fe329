"""Rules that hold for every feed in XML: its bytes, its elements, its addresses, and the HTML within."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any

from lxml import etree
from tests.feeds.judging import ATOM, CONTENT, DC, LANG, Document, Json, Xml, cut, rule
from tests.feeds.values import has_mail, is_canonical, is_iri, is_known_scheme, is_language, is_media_type, is_tag_uri, is_uri, is_whole

BOTH = ("rss", "atom")
XML = ("rss", "atom", "opml")
ALL = ("rss", "atom", "json")

_NOT_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_DANGEROUS = frozenset(
    [
        "applet",
        "base",
        "comment",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "link",
        "listing",
        "meta",
        "noscript",
        "object",
        "plaintext",
        "script",
        "style",
        "xmp",
        "form",
        "input",
        "button",
        "textarea",
        "select",
        "template",
        "slot",
        "svg",
        "math",
    ]
)

#: The attributes that the service lets pass, with those of elements that came later (audio, video, details).
_ATTRIBUTES = frozenset(
    [
        "abbr",
        "accept",
        "accept-charset",
        "accesskey",
        "action",
        "align",
        "alt",
        "axis",
        "border",
        "cellpadding",
        "cellspacing",
        "char",
        "charoff",
        "charset",
        "checked",
        "cite",
        "class",
        "clear",
        "cols",
        "colspan",
        "color",
        "compact",
        "coords",
        "datetime",
        "dir",
        "disabled",
        "enctype",
        "for",
        "frame",
        "headers",
        "height",
        "href",
        "hreflang",
        "hspace",
        "id",
        "ismap",
        "label",
        "lang",
        "longdesc",
        "maxlength",
        "media",
        "method",
        "multiple",
        "name",
        "nohref",
        "noshade",
        "nowrap",
        "open",
        "prompt",
        "readonly",
        "rel",
        "reversed",
        "rev",
        "rows",
        "rowspan",
        "rules",
        "scope",
        "selected",
        "shape",
        "size",
        "sizes",
        "span",
        "src",
        "srcset",
        "start",
        "summary",
        "tabindex",
        "target",
        "title",
        "type",
        "usemap",
        "valign",
        "value",
        "vspace",
        "width",
        "controls",
        "preload",
        "poster",
        "loop",
        "muted",
        "kind",
        "srclang",
        "default",
    ]
)
_NAMESPACES = {
    "rss": {"http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/modules/content/", "http://purl.org/dc/elements/1.1/"},
    "atom": {"http://www.w3.org/2005/Atom"},
    "opml": set(),
}
_PREFIXES = {
    "http://www.w3.org/2005/Atom": {"atom", None},
    "http://purl.org/rss/1.0/modules/content/": {"content"},
    "http://purl.org/dc/elements/1.1/": {"dc"},
}

#: Elements that hold others and no words of their own.
_HOLDERS = {
    "rss",
    "channel",
    "item",
    "image",
    "textInput",
    "skipHours",
    "skipDays",
    "opml",
    "head",
    "body",
    "outline",
    f"{ATOM}feed",
    f"{ATOM}entry",
    f"{ATOM}author",
    f"{ATOM}contributor",
}
_EMPTY = {f"{ATOM}link", f"{ATOM}category", "enclosure", "cloud"}


@rule("UnicodeError", "error", "bytes")
def is_utf_8(document: Document) -> Iterator[str]:
    try:
        document.raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        yield str(fault)


@rule("BadCharacters", "warning", "bytes")
def holds_characters(document: Document) -> Iterator[str]:
    text = document.raw.decode("utf-8", "replace")
    for bad in set(_NOT_CHARACTERS.findall(text)) | {one for one in set(text) if ord(one) > 0xFFFF and ord(one) & 0xFFFE == 0xFFFE}:
        yield f"U+{ord(bad):04X}"
    # The same written as a reference is no better; a parser that reads it has it all the same.
    for number in re.findall(
        r"&#x([0-9a-fA-F]+);" if not document.address.endswith("json") else r"(?<!\\)(?:\\\\)*\\u([0-9a-fA-F]{4})", text
    ):
        if _NOT_CHARACTERS.match(chr(int(number, 16))):
            yield f"a reference to U+{number}"


@rule("ByteOrderMark", "warning", "bytes")
def begins_with_its_first_sign(document: Document) -> Iterator[str]:
    if document.raw.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"


@rule("WPBlankLine", "error", "bytes")
def begins_at_once(document: Document) -> Iterator[str]:
    if document.raw[:1].isspace():
        yield "a blank line before the document"


@rule("BadXmlVersion", "error", *XML)
def is_xml_1_0(feed: Xml) -> Iterator[str]:
    version = re.match(rb"<\?xml[^>]*version=[\"']([^\"']*)", feed.document.raw)
    if version and version[1] != b"1.0":
        yield cut(version[1])


@rule("MissingEncoding", "warning", *XML)
def names_its_encoding(feed: Xml) -> Iterator[str]:
    if not re.match(rb"<\?xml[^>]*encoding=", feed.document.raw):
        yield "no encoding"


@rule("NotUTF8", "warning", *XML)
def is_in_utf_8(feed: Xml) -> Iterator[str]:
    named = re.match(rb"<\?xml[^>]*encoding=[\"']([^\"']*)", feed.document.raw)
    if named and named[1].lower() != b"utf-8":
        yield cut(named[1])


@rule("DeprecatedDTD", "error", *XML)
def has_no_dtd(feed: Xml) -> Iterator[str]:
    if b"<!DOCTYPE" in feed.document.raw:
        yield "a DOCTYPE"


@rule("ContainsSystemEntity", "error", *XML)
def has_no_entities_of_its_own(feed: Xml) -> Iterator[str]:
    if b"<!ENTITY" in feed.document.raw:
        yield "an entity of its own"


@rule("UnknownNamespace", "warning", *XML)
def names_known_spaces(feed: Xml) -> Iterator[str]:
    found = {space for one in feed.elements for space in one.nsmap.values()}
    yield from sorted(found - _NAMESPACES[feed.form])


@rule("AvoidNamespacePrefix", "warning", "atom")
def has_the_usual_names(feed: Xml) -> Iterator[str]:
    yield from sorted({str(one.prefix) for one in feed.elements if one.prefix})


@rule("ReservedPrefix", "warning", *BOTH)
def gives_spaces_their_prefixes(feed: Xml) -> Iterator[str]:
    for prefix, space in {pair for one in feed.elements for pair in one.nsmap.items()}:
        if space in _PREFIXES and prefix not in _PREFIXES[space]:
            yield f"{prefix} for {space}"


@rule("UnexpectedText", "error", *XML)
def has_words_only_where_they_belong(feed: Xml) -> Iterator[str]:
    for one in feed.elements:
        inside = (one.text or "") if one.tag in _HOLDERS else ""
        after = "".join(child.tail or "" for child in one)
        if inside.strip() or after.strip():
            yield f"{feed.name(one)}: {cut(inside + after)}"


@rule("AtomLinkNotEmpty", "warning", *BOTH)
def has_nothing_within_links(feed: Xml) -> Iterator[str]:
    yield from (feed.name(one) for one in feed.elements if one.tag in _EMPTY and ((one.text or "").strip() or len(one)))


@rule("NotBlank", "error", *XML)
def has_no_empty_element(feed: Xml) -> Iterator[str]:
    yield from (
        feed.name(one) for one in feed.elements if one.tag not in _HOLDERS | _EMPTY and not (one.text or "").strip() and not len(one)
    )


@rule("AttrNotBlank", "warning", *XML)
def has_no_empty_attribute(feed: Xml) -> Iterator[str]:
    yield from (f"{feed.name(one)} {name}" for one in feed.elements for name, value in one.items() if not value.strip())


@rule("UnexpectedWhitespace", "error", *BOTH)
def has_bare_values(feed: Xml) -> Iterator[str]:
    names = {"link", "guid", "url", "pubDate", "lastBuildDate", "language", "docs", "ttl", f"{DC}creator"} | {
        f"{ATOM}{name}" for name in ("id", "uri", "updated", "published", "icon", "logo")
    }
    for one in feed.elements:
        if one.tag in names and one.text and one.text != one.text.strip():
            yield f"{feed.name(one)}: {one.text!r}"


@rule("InvalidFullLink", "error", *XML)
def has_whole_addresses(feed: Xml) -> Iterator[str]:
    yield from (f"{feed.name(one)}: {cut(address)}" for one, address in feed.addresses if not is_whole(address.strip()))


@rule("InvalidIRI", "error", *XML)
def has_addresses_in_ascii(feed: Xml) -> Iterator[str]:
    yield from (
        f"{feed.name(one)}: {cut(address)}" for one, address in feed.addresses if is_whole(address.strip()) and not is_uri(address.strip())
    )


@rule("NonCanonicalURI", "warning", *BOTH)
def has_addresses_in_one_way_only(feed: Xml) -> Iterator[str]:
    ids = [(one, one.text or "") for one in feed.elements if one.tag in ("guid", f"{ATOM}id")]
    yield from (
        f"{feed.name(one)}: {cut(address)}" for one, address in (*feed.addresses, *ids) if is_whole(address) and not is_canonical(address)
    )


@rule("SchemeNotIANARegistered", "warning", *BOTH)
def has_addresses_that_programs_know(feed: Xml) -> Iterator[str]:
    found = [(feed.name(one), address) for one, address in feed.addresses]
    found += [(feed.name(one), address) for one, markup in feed.markups for _, _, address in markup.addresses]
    yield from (f"{name}: {cut(address)}" for name, address in found if is_whole(address) and not is_known_scheme(address))


@rule("InvalidTAG", "error", *BOTH)
def has_valid_tag_addresses(feed: Xml) -> Iterator[str]:
    for one in feed.elements:
        if one.tag in ("guid", f"{ATOM}id") and (one.text or "").startswith("tag:") and not is_tag_uri(one.text):
            yield cut(one.text)


@rule("MissingAtomSelfLink", "warning", "rss")
@rule("MissingSelf", "warning", "atom")
def names_its_own_address(feed: Xml) -> Iterator[str]:
    if not feed.selves:
        yield "no link rel=self"


@rule("SelfDoesntMatchLocation", "warning", *BOTH)
def names_its_true_address(feed: Xml) -> Iterator[str]:
    for one in feed.selves:
        if is_whole(one.get("href", "")) and one.get("href") != feed.document.address:
            yield str(one.get("href"))


@rule("RelativeSelf", "warning", *BOTH)
def names_its_whole_address(feed: Xml) -> Iterator[str]:
    yield from (str(one.get("href")) for one in feed.selves if not is_whole(one.get("href", "")))


@rule("SelfNotAtom", "warning", *BOTH)
def names_its_own_type(feed: Xml) -> Iterator[str]:
    yield from (str(one.get("type")) for one in feed.selves if one.get("type") != f"application/{feed.form}+xml")


@rule("UnregisteredAtomLinkRel", "warning", *BOTH)
def links_in_known_ways(feed: Xml) -> Iterator[str]:
    yield from (
        rel
        for _, rel in feed.links
        if rel not in ("alternate", "enclosure", "related", "self", "via", "hub", "next", "prev", "first", "last")
    )


@rule("InvalidMIMEType", "error", *BOTH)
def names_media_types(feed: Xml) -> Iterator[str]:
    found = [(one, one.get("type")) for one in feed.elements if one.tag in ("enclosure", f"{ATOM}link")]
    yield from (f"{feed.name(one)}: {kind}" for one, kind in found if kind is not None and not is_media_type(kind))


@rule("InvalidIntegerAttribute", "error", *BOTH)
def counts_lengths_in_bytes(feed: Xml) -> Iterator[str]:
    for one in feed.elements:
        length = one.get("length")
        if length is not None and not re.fullmatch(r"[1-9]\d*|0", length):
            yield f"{feed.name(one)}: {length}"


@rule("InvalidLanguage", "error", *XML)
def names_languages(feed: Xml) -> Iterator[str]:
    found = [one.text or "" for one in feed.elements if one.tag in ("language", f"{DC}language")]
    found += [value for one in feed.elements for name in (LANG, "hreflang", "language") if (value := one.get(name)) is not None]
    yield from sorted({one for one in found if not is_language(one)})


@rule("ContainsHTML", "warning", *BOTH)
def has_plain_texts(feed: Xml) -> Iterator[str]:
    for one, text in feed.plain:
        entities = [name for name in re.findall(r"&(#?\w+)", text) if name in name2codepoint or name == "apos" or name.startswith("#")]
        if re.search(r"</\w+>", text) or entities:
            yield f"{feed.name(one)}: {cut(text)}"


@rule("ContainsEmail", "warning", *BOTH)
def has_no_mail_address(feed: Xml) -> Iterator[str]:
    names = {f"{DC}creator", f"{ATOM}name", f"{ATOM}email"}
    yield from (f"{feed.name(one)}: {cut(one.text)}" for one in feed.elements if one.tag in names and has_mail(one.text or ""))


def _texts(feed: Xml | Json) -> Iterator[tuple[str, Any]]:
    for one, markup in feed.markups:
        yield (feed.name(one) if isinstance(feed, Xml) else str(one)), markup


@rule("NotHtml", "warning", *ALL)
def is_well_made(feed: Xml | Json) -> Iterator[str]:
    yield from (f"{name}: {fault}" for name, markup in _texts(feed) for fault in markup.faults)


@rule("OwnNesting", "warning", *ALL)
def has_everything_in_its_place(feed: Xml | Json) -> Iterator[str]:
    """The service looks for no more than known elements, closed in order; a strict reader also moves what stands in the wrong one."""
    yield from (f"{name}: {fault}" for name, markup in _texts(feed) for fault in markup.misplaced)


@rule("SecurityRisk", "warning", *ALL)
def has_no_dangerous_element(feed: Xml | Json) -> Iterator[str]:
    yield from (f"{name}: <{tag}>" for name, markup in _texts(feed) for tag, _ in markup.tags if tag in _DANGEROUS)


@rule("SecurityRiskAttr", "warning", *ALL)
def has_no_dangerous_attribute(feed: Xml | Json) -> Iterator[str]:
    for name, markup in _texts(feed):
        for tag, attrs in markup.tags:
            yield from (f"{name}: <{tag} {key}>" for key, _ in attrs if key not in _ATTRIBUTES and key != "style")


@rule("DangerousStyleAttr", "warning", *ALL)
def has_no_style(feed: Xml | Json) -> Iterator[str]:
    yield from (
        f"{name}: <{tag} style>" for name, markup in _texts(feed) for tag, attrs in markup.tags for key, _ in attrs if key == "style"
    )


@rule("ContainsRelRef", "warning", *ALL)
def has_whole_addresses_in_texts(feed: Xml | Json) -> Iterator[str]:
    for name, markup in _texts(feed):
        yield from (
            f"{name}: {cut(address)}" for _, _, address in markup.addresses if not address.startswith("#") and not is_whole(address)
        )


@rule("SameDocumentReference", "warning", *ALL)
def leads_out_of_the_feed(feed: Xml | Json) -> Iterator[str]:
    for name, markup in _texts(feed):
        own = feed.document.address
        yield from (
            f"{name}: {cut(address)}" for _, _, address in markup.addresses if address.startswith("#") or address.partition("#")[0] == own
        )


@rule("OwnScriptAddress", "error", *ALL)
def has_no_address_that_acts(feed: Xml | Json) -> Iterator[str]:
    for name, markup in _texts(feed):
        for tag, _, address in markup.addresses:
            scheme = address.strip().partition(":")[0].lower()
            if scheme in ("javascript", "vbscript") or (scheme == "data" and tag != "img"):
                yield f"{name}: {cut(address)}"


@rule("OwnAddressInText", "error", *ALL)
def has_writable_addresses_in_texts(feed: Xml | Json) -> Iterator[str]:
    for name, markup in _texts(feed):
        yield from (f"{name}: {cut(address)}" for _, _, address in markup.addresses if is_whole(address) and not is_iri(address))


@rule("OwnHiddenControl", "error", *ALL)
def shows_what_it_holds(feed: Xml | Json) -> Iterator[str]:
    """Our own marks of links, left in a text, would be such characters."""
    for name, markup in _texts(feed):
        if re.search("[\x00-\x08\x0e-\x1f]|&#0*[0-8];|&#x0*[0-8];", markup.text):
            yield name


def twice(feed: Xml, parents: list[Any], names: set[str]) -> Iterator[str]:
    """Yield each element that its parent has twice and may have once."""
    for parent in parents:
        found = [one.tag for one in parent if one.tag in names]
        yield from (f"{etree.QName(tag).localname} in {feed.name(parent)}" for tag in sorted(set(found)) if found.count(tag) > 1)


__all__ = ["ALL", "BOTH", "CONTENT", "XML", "twice"]
