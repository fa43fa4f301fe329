"""HTML as an engine made it → a :class:`~handbill.hub.item.Body`: clean, linked, with its plain text.

One pass over the cleaned HTML sets anchors, marks the links, and writes the
plain text.  Knows nh3; does not know which dialect it came from.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

import nh3

from handbill.hub.address import slug_of
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Body, Heading

#: Deeper nesting than any text has; cleaning and mail programs suffer from it.
MOST_DEPTH = 100

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "var", "wbr",
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "details": {"open"},
    "*": {"id", "class", "lang", "dir"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "geo", "xmpp", "irc", "ircs", "matrix", "webcal"}
_CLASS = re.compile(r"language-[\w+#.-]{1,30}|markdown-alert(-\w+)?|footnotes?(-\w+)*|admonition(-title)?|note|tip|important|warning|caution|task-list(-\w+)*")
_ID = re.compile(r"[A-Za-z][\w:.-]{0,100}")

_TOKEN = re.compile(r"<!--.*?-->|<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z_:][\w:.-]*(?:=\"[^\"]*\")?)*)\s*/?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)(?:=\"([^\"]*)\")?")
_RAW_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "area", "base", "col", "embed", "link", "meta", "source", "track"})
_BLOCKS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "table", "tr", "ul", "ol", "dl", "dt", "dd", "div",
    "figure", "figcaption", "hr", "section", "details", "summary", "caption",
})
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


class TooDeep(Exception):
    """A text nested deeper than any reader could follow."""


@dataclass(slots=True)
class _Pass:
    """What one pass over the HTML collects."""

    out: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def mark(self, target: str) -> str:
        """Return the numbered mark that stands for a link of the hub in the HTML."""
        return f"{LINK_OPEN}{self.links.setdefault(target, len(self.links))}{LINK_CLOSE}"


@dataclass(frozen=True, slots=True)
class Rough:
    """A body whose links still name source files, as the writer wrote them.

    ``pictures`` pairs each picture's target with its alternative text;
    ``remote`` lists pictures that would be fetched from elsewhere; the pass
    has turned those into links, because no page may call a third party.
    """

    body: Body
    pictures: tuple[tuple[str, str], ...]
    remote: tuple[str, ...]
    anchors: frozenset[str]


def clean(raw: str) -> str:
    """Return HTML that can only be content: known elements, safe addresses, no script, no style."""
    depth = deepest = 0
    for slash, name in _RAW_TAG.findall(raw):
        if name.lower() not in _VOID:
            depth += -1 if slash else 1
            deepest = max(deepest, depth)
    if deepest > MOST_DEPTH:
        raise TooDeep
    return nh3.clean(
        raw, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, strip_comments=True,
        attribute_filter=_filter, clean_content_tags={"script", "style"},
    )  # fmt: skip


def _filter(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.fullmatch(word)) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    return value


def read_body(raw: str) -> Rough:
    """Return the clean body of rendered HTML.

    Raises:
        TooDeep: elements are nested more than :data:`MOST_DEPTH` deep.
    """
    cleaned = clean(raw).strip()
    found = _Pass(anchors=set(re.findall(r' id="([^"]*)"', cleaned)))
    position = 0
    heading_at: tuple[int, int] | None = None
    for token in _TOKEN.finditer(cleaned):
        found.out.append(cleaned[position : token.start()])
        position = token.end()
        slash, name, attributes = token[1], token[2], token[3]
        if name is None:
            continue
        if name[0] == "h" and len(name) == 2 and name != "hr":
            if slash:
                if heading_at:
                    _end_heading(found, int(name[1]), heading_at)
                heading_at = None
            else:
                found.out.append(token[0])
                heading_at = (len(found.out) - 1, len(found.headings))
                continue
        found.out.append(token[0] if slash else _opened(found, name, attributes, token[0]))
    found.out.append(cleaned[position:])
    finished = "".join(found.out)
    lines = text_of(finished)
    blocks = tuple(re.sub(r" ?⟨[^⟩]*⟩", "", line.lstrip("-#> ").strip()) for line in lines if line.strip())
    body = Body(
        html=finished,
        blocks=tuple(block for block in blocks if block),
        headings=tuple(found.headings),
        links=tuple(found.links),
        text="\n".join(lines),
        words=sum(len(block.split()) for block in blocks),
    )
    return Rough(body, tuple(found.pictures), tuple(found.remote), frozenset(found.anchors))


def _end_heading(found: _Pass, level: int, at: tuple[int, int]) -> None:
    index, _ = at
    inner = "".join(found.out[index + 1 :])
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", inner)).split())
    written = re.search(r' id="([^"]*)"', found.out[index])
    if written:
        anchor = written[1]
    else:
        base = anchor = slug_of(text)[:80].strip("-") or "section"
        number = 1
        while anchor in found.anchors:
            number += 1
            anchor = f"{base}-{number}"
        found.anchors.add(anchor)
        found.out[index] = f'{found.out[index][:-1]} id="{anchor}">'
    found.headings.append(Heading(level, anchor, text))


def _opened(found: _Pass, name: str, attributes: str, whole: str) -> str:
    if name not in ("a", "img", "td", "th", "input"):
        return whole
    values = {key: value for key, value in _ATTRIBUTE.findall(attributes)}
    if name == "input":
        if values.get("type") != "checkbox":
            return ""
        return '<input type="checkbox" disabled=""' + (' checked="">' if "checked" in values else ">")
    if name in ("td", "th"):
        align = values.pop("align", "")
        if not align:
            return whole
        if align in ("left", "center", "right"):
            values["class"] = f"align-{align}"
        return _tag(name, values)
    key = "href" if name == "a" else "src"
    target = html.unescape(values.get(key, "")).strip()
    if name == "img":
        alt = html.unescape(values.get("alt", ""))
        if not target:
            return ""
        if _SCHEME.match(target):
            found.remote.append(target)
            address = html.escape("https:" + target if target.startswith("//") else target)
            return f'<a href="{address}">{html.escape(alt or target)}</a>'
        found.pictures.append((target, alt))
        values["src"] = found.mark(target)
        values["alt"] = values.get("alt", "")
        return _tag(name, values)
    if target and not target.startswith("#") and not _SCHEME.match(target):
        values["href"] = found.mark(target)
        return _tag(name, values)
    if target.startswith("//"):
        values["href"] = html.escape("https:" + target)
        return _tag(name, values)
    return whole


def _tag(name: str, values: dict[str, str]) -> str:
    return f"<{name}" + "".join(f' {key}="{value}"' for key, value in values.items()) + ">"


def text_of(finished: str) -> list[str]:
    """Return clean HTML as the lines of a plain-text letter, not yet wrapped.

    Headings keep their ``#``, entries their ``-``; a link is followed by its
    address in ``⟨ ⟩`` unless the text is the address.
    """
    lines: list[str] = []
    buffer: list[str] = []
    prefix = ""
    lists: list[int] = []
    quotes = pre = cell = 0
    link: tuple[str, int] | None = None

    def flush(gap: bool = False) -> None:
        nonlocal prefix
        text = "".join(buffer)
        text = text.strip("\n") if pre else " ".join(text.split())
        buffer.clear()
        if text:
            mark = "> " * quotes
            lines.extend(mark + prefix + line for line in (text.split("\n") if pre else [text]))
            prefix = "  " * len(lists)
        if gap and lines and lines[-1]:
            lines.append("")

    position = 0
    for token in _TOKEN.finditer(finished):
        buffer.append(html.unescape(finished[position : token.start()]))
        position = token.end()
        closes, name = bool(token[1]), token[2]
        if name == "a":
            if closes and link:
                target, start = link
                said = "".join(buffer[start:]).strip()
                if said and target and target not in (said, "mailto:" + said):
                    buffer.append(f" ⟨{target}⟩")
                link = None
            elif not closes:
                target = html.unescape(dict(_ATTRIBUTE.findall(token[3])).get("href", ""))
                link = ("" if target.startswith("#") else target, len(buffer))
        elif name == "img":
            buffer.append(html.unescape(dict(_ATTRIBUTE.findall(token[3])).get("alt", "")))
        elif name == "br":
            buffer.append("\n" if pre else " ")
        elif name == "input":
            buffer.append("[x] " if "checked" in token[3] else "[ ] ")
        elif name in ("td", "th"):
            if not closes:
                buffer.append(" | " if cell else "")
                cell += 1
        elif name in _BLOCKS:
            flush(gap=not lists and name not in ("tr", "li"))
            if name in ("ul", "ol"):
                lists.append(0) if not closes else lists and lists.pop()
                prefix = "  " * len(lists)
                if closes and not lists:
                    flush(gap=True)
            elif name == "li" and not closes:
                lists[-1:] = [lists[-1] + 1] if lists else []
                prefix = "  " * max(0, len(lists) - 1) + "- "
            elif name == "blockquote":
                quotes += -1 if closes else 1
            elif name == "pre":
                pre += -1 if closes else 1
                prefix = "" if closes else "    "
            elif name == "tr":
                cell = 0
            elif name[0] == "h" and name[1:].isdigit():
                prefix = "" if closes else "#" * int(name[1]) + " "
            elif name == "hr":
                lines.extend(["* * *", ""])
            if not lists and name in ("p", "li") and closes:
                prefix = ""
    buffer.append(html.unescape(finished[position:]))
    flush()
    while lines and not lines[-1]:
        lines.pop()
    return lines
