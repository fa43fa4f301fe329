"""What a writer put into a text and members will not see: elements that are left out, and addresses that nobody can follow.

A text is cleaned of all that could do harm.  What is lost that way is told, or
else the writer waits for a film that never comes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handbill.errors import Level, Said, said
from handbill.hub.fields import Desk
from handbill.hub.likeness import is_slip
from handbill.hub.nodes import Spot
from handbill.reading.places import Place, Written

#: What engines make of Markdown; a text of nothing else needs no closer look.
_USUAL = frozenset({
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "input", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "section", "small", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
})  # fmt: skip
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])")
#: Elements that one engine shows as text, as the forge does; in code, the closing sign would be encoded as well.
_SHOWN = re.compile(r"&lt;(title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)\b[^<>&]*>", re.IGNORECASE)
#: To its end or, as in a browser, to that of the text; that nothing is looked for twice, however many are begun.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ADDRESS = re.compile(r"<(a|img)\b[^<>]*?\s(?:href|src)\s{0,3}=\s{0,3}[\"']?([^\"'<>]*)", re.IGNORECASE)
_SCHEME = re.compile(r"\s{0,3}([a-zA-Z][a-zA-Z0-9+.-]{0,30}):(.*)", re.DOTALL)
_KEPT_SCHEME = re.compile(r'(?:href|src)="([a-zA-Z][a-zA-Z0-9+.-]{0,30}):', re.IGNORECASE)
_BEGIN = re.compile(r"<([a-z][a-z0-9-]*)")
_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]{0,400}?\s(style|on[a-z]{3,20})\s{0,3}=", re.IGNORECASE)
#: Code in which an element is only written about.
_CODE = re.compile(r"^([ \t>]*)(```+|~~~+).*?(?:^[ \t>]*\2|\Z)|(?<!`)(`++).{1,2000}?(?<!`)\3(?!`)", re.DOTALL | re.MULTILINE)

#: How nearly all addresses begin.
_COMMON = frozenset({"http", "https", "mailto", "tel"})
_FILMS = frozenset({"iframe", "video", "audio", "embed", "object", "source", "track"})
_FORMS = frozenset({"form", "button", "select", "option", "textarea", "fieldset", "label", "datalist", "legend"})
_PROGRAMS = frozenset({"script", "noscript", "style", "link", "meta", "base", "template"})
_PRINTED = frozenset({
    "address", "area", "article", "aside", "bdi", "bdo", "big", "body", "canvas", "center", "col", "colgroup", "data", "dialog", "font",
    "footer", "frame", "frameset", "head", "header", "hgroup", "html", "main", "map", "marquee", "math", "menu", "meter", "nav", "noembed",
    "noframes", "picture", "plaintext", "progress", "rp", "rt", "ruby", "search", "slot", "strike", "svg", "title", "tt", "xmp",
})  # fmt: skip


#: What to write instead of each sort of element.
_INSTEAD = (
    (_FILMS, said("a link to it, and perhaps a picture of the hub")),
    (_FORMS, said("a link to the form")),
    (_PROGRAMS, said("nothing: programs and styles have no place in a text")),
    (_PRINTED, said("Markdown, or nothing")),
)


def check_unseen(raw: str, kept: str, text: str, first_line: int, desk: Desk) -> None:
    """Put down at the desk what stands in the rendered *raw* and no longer in what is *kept* of it.

    *text* is the Markdown that it was made of; it begins on *first_line*.
    """
    shown = _COMMENT.sub("", raw) if "<!--" in raw else raw
    written_as = {name.lower(): name for name in _NAME.findall(shown)}
    names = written_as.keys() - _USUAL
    if names:
        names -= {name.lower() for name in _NAME.findall(kept)}
    as_text = {name.lower() for name in _SHOWN.findall(shown)}
    lost = sorted(names | as_text)
    schemes = list(_schemes(raw))
    has_attributes = "=" in text and _ATTRIBUTE.search(text)
    if not (lost or schemes or has_attributes):
        return
    plain = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    lower = plain.replace("İ", "i").lower()
    begins: dict[str, int] = {}
    for match in _BEGIN.finditer(lower):
        begins.setdefault(match[1], match.start())
    for name in lost:
        as_written = written_as.get(name, name)
        found, wanted = said("the element <{name}>, which is left out", name=as_written), _instead(as_written)
        if name in as_text:
            found = said("the element <{name}>, which members see as it is written", name=as_written)
            wanted = wanted if name in _FILMS | _FORMS else _to_be_read(as_written)
        _refuse(desk, _place(lower, begins.get(name, -1), len(name) + 1, first_line), found, wanted, "HB118", Level.WARNING)
    markdown = said("Markdown: how a text looks is decided for the whole hub")
    for name in dict.fromkeys(match[1].lower() for match in _ATTRIBUTE.finditer(plain)):
        found = said("the attribute {name}, which is left out", name=name)
        _refuse(desk, _place(lower, lower.find(name), len(name), first_line), found, markdown, "HB118", Level.WARNING)
    written = Written(text, first_line)
    let_through = _schemes_in(kept) if schemes else ()
    for tag, scheme, rest in dict.fromkeys(schemes):
        if scheme.lower() not in let_through:
            _refuse(desk, written.place_of(f"{scheme}:{rest}"), *_unfollowed(scheme, is_picture=tag == "img"), "HB318")


def _schemes(raw: str) -> Iterator[tuple[str, str, str]]:
    """Yield of each address with a scheme that is not common: the element, the scheme, and the rest."""
    for match in _ADDRESS.finditer(raw):
        # A sign by its number may be none at all, and an address without it another one.
        address = html.unescape(match[2]) if "&" in match[2] else match[2]
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() not in _COMMON:
            yield match[1].lower(), scheme[1], scheme[2]


def is_let_through(address: str, kept: str) -> bool:
    """Say whether an address, whole or not, is one that links in what was *kept* of the HTML may have."""
    scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]{0,30}):", address)
    if scheme is None or scheme[1].lower() in _COMMON:
        return True
    return scheme[1].lower() in _schemes_in(kept)


def _schemes_in(kept: str) -> set[str]:
    return {match[1].lower() for match in _KEPT_SCHEME.finditer(kept)}


def _instead(name: str) -> Said:
    if name.islower() or name.isupper():
        for names, said_instead in _INSTEAD:
            if name.lower() in names:
                return said_instead
    # Nobody writes <Option> for a form: it is a word of the text, such as the name of a type.
    return _to_be_read(name)


def _to_be_read(name: str) -> Said:
    return said("“`<{name}>`”, between backquotes, if it is to be read", name=name)


def _unfollowed(scheme: str, is_picture: bool) -> tuple[Said, Said]:
    """Return what was found and wanted for an address that is not let through; it may tell of its writer, and is not repeated."""
    scheme = scheme.lower()
    if len(scheme) == 1 or scheme == "file":
        if is_picture:
            return said("a picture on your own computer"), said("a picture file of the hub, and its path from this file")
        return said("a link to a file on your own computer"), said("a path to a file of the content, from this file")
    if scheme == "data":
        return said("a picture written out as text"), said("a picture file of the hub")
    if scheme in ("javascript", "vbscript"):
        return said("a link that runs a program"), said("an address, or nothing")
    near = next((one for one in ("https", "http", "mailto", "tel") if is_slip(one, scheme)), "")
    if near:
        return said("a link that begins with {scheme}:", scheme=scheme), said("{near}, perhaps", near=f"{near}:")
    wanted = said("an address that begins with https://, mailto: or tel:")
    return said("a link that begins with {scheme}:, which is not let through", scheme=scheme), wanted


def _place(text: str, at: int, width: int, first_line: int) -> Place:
    if at < 0:
        return first_line, 1, 0
    return first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at), width


def _refuse(desk: Desk, place: Place, found: Said, wanted: Said, code: str, level: Level = Level.ERROR) -> None:
    line, column, width = place
    desk.refuse(Spot(line, column, width), "", found, wanted, code, level)
