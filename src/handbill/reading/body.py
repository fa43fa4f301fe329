"""HTML as an engine made it → a :class:`~handbill.hub.item.Body`: clean, linked, with its plain text.

One pass over the cleaned HTML sets anchors, marks the links, and writes the
plain text.  Knows nh3; does not know which dialect it came from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import nh3

from handbill.hub.address import slug_of
from handbill.hub.allowed import ELEMENTS, NOTHING_BEYOND, PAGE_ANCHORS, SCHEMES, Beyond, attributes_of, kept_value
from handbill.hub.clean import FORBIDDEN
from handbill.hub.fields import one_line
from handbill.hub.gaps import WIDE, woven
from handbill.hub.item import LINK_CLOSE, LINK_OPEN, Body, Heading
from handbill.hub.typography import manner_of
from handbill.hub.typography_html import typeset_parts
from handbill.reading.depth import MOST_DEPTH, check_depth, check_nesting
from handbill.reading.draft import FIRST
from handbill.reading.outline import outline
from handbill.reading.spoken import spoken
from handbill.reading.tame import tamed

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Tags of the text in which nothing has to be looked at.
_PASSED = frozenset(slash + name for slash in ("", "/") for name in ELEMENTS.keys() - _HEADINGS - {"a", "img", "input"})
#: Those that leave nothing behind in the plain text.
_UNSPOKEN = frozenset(
    slash + name
    for slash in ("", "/")
    for name in ("b", "code", "em", "i", "ins", "kbd", "mark", "q", "small", "span", "strong", "sub", "sup", "tbody", "time", "u")
)
_ANY_TAG = re.compile(r"<[^>]*>")
_ANCHOR = re.compile(r' id="([^"]*)"')
_HEADING = re.compile(r"<(/?)h[1-6](?: [^<>]*)?>")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)(?:=\"([^\"]*)\")?")
_BLOCKS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "pre",
        "table",
        "tr",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "div",
        "figure",
        "figcaption",
        "hr",
        "section",
        "details",
        "summary",
        "caption",
        "address",
        "article",
        "aside",
        "footer",
        "header",
        "hgroup",
    }
)
_RULE = "* * *"
_BETWEEN_CELLS = " · "
#: A tag that typography puts in.
_RAISED_TAG = "<sup>"

#: Around an address, and for a line break, while the plain text is made; content cannot hold them.
_OPEN, _CLOSE, _BREAK = "\x04", "\x05", "\x06"
#: Around what a picture shows and around words that were struck out; where a text is only quoted they say nothing.
_SHOWN, _SHOWN_END, _STRUCK = "\x07", "\x08", "\x10"
_UNSAID = re.compile(f" ?{_OPEN}[^{_CLOSE}]*{_CLOSE}|[{_SHOWN}{_SHOWN_END}{_STRUCK}]")
_SIGNS = {_OPEN: "⟨", _CLOSE: "⟩", _SHOWN: "[", _SHOWN_END: "]", _STRUCK: "~~"}
#: What a picture's title says when the picture only decorates; the title itself is not shown.
DECORATIVE = frozenset({"decorative", "décorative", "décoratif", "decoratif"})
#: How a link begins that can be judged by its own text alone.
_INNER = ("#", "mailto:", "tel:")
#: A link to a page elsewhere, with nothing to look at.
_ELSEWHERE = re.compile(r'href="https?://[^"&\s]*"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(slots=True)
class _Pass:
    """What one pass over the HTML collects."""

    texts: list[str]
    tags: list[str]
    # What stands in the place of a tag, if no other tag.
    replaced: dict[int, str] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    # By which tags each heading begins and ends.
    spans: list[tuple[int, int]] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    bare: list[tuple[str, str]] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    in_link: bool = False
    # How often each heading was met, so that the thousandth equal one costs no more than the first.
    times: dict[str, int] = field(default_factory=dict)

    def mark(self, target: str) -> str:
        """Return the numbered mark that stands for a link of the hub in the HTML."""
        return f"{LINK_OPEN}{self.links.setdefault(target, len(self.links))}{LINK_CLOSE}"


@dataclass(frozen=True, slots=True)
class Rough:
    """A body whose links still name source files, as the writer wrote them.

    ``pictures`` pairs each picture's target with its alternative text;
    ``remote`` lists pictures that would be fetched from elsewhere; the pass
    has turned those into links, because no page may call a third party.
    ``bare`` pairs each picture without a description, unless it says that it
    only decorates, with its title; ``inner`` lists the links that name a place
    in the same text, a mail address or a telephone number.  Of a text that
    ``is_tame`` nothing was left out.
    """

    body: Body
    pictures: tuple[tuple[str, str], ...]
    remote: tuple[str, ...]
    anchors: frozenset[str]
    bare: tuple[tuple[str, str], ...]
    inner: tuple[str, ...]
    is_tame: bool


def clean(raw: str, beyond: Beyond = NOTHING_BEYOND, is_own: bool = True) -> str:
    """Return HTML that can only be content: known elements, safe addresses, no script, no style; in a trusted folder a little *beyond*.

    HTML that is nobody's *own* is that of an engine alone.
    """
    # No more than all that are opened are open at once; most texts need no closer look.
    opened = raw.count("<")
    if not is_own:
        opened -= raw.count("</") + raw.count("<p>") + raw.count("<li>") + raw.count("<br />")
    if opened > MOST_DEPTH:
        check_depth(raw)
    return _cleaner(beyond).clean(raw)


@cache
def _cleaner(beyond: Beyond) -> nh3.Cleaner:
    # Made once: to take over all these names cost a third of the time of cleaning a text.
    classes = frozenset(beyond.classes)
    return nh3.Cleaner(
        tags={*ELEMENTS, *beyond.elements}, attributes=attributes_of(beyond), url_schemes=set(SCHEMES), link_rel=None, strip_comments=True,
        attribute_filter=lambda _tag, name, value: kept_value(name, value, classes), clean_content_tags={"script", "style"},
    )  # fmt: skip


def _as_browsers_read(sign: re.Match[str]) -> str:
    """Return what HTML makes of a control character: that of old Windows (``&#146;`` is an apostrophe), or nothing."""
    meant = html.unescape(f"&#{ord(sign[0])};")
    return "" if FORBIDDEN.match(meant) else meant


def read_body(
    raw: str, lang: str = "", is_mailed: bool = True, is_tame: bool = False, is_whole: bool = True,
    beyond: Beyond = NOTHING_BEYOND,
) -> Rough:  # fmt: skip
    """Return the clean body of rendered HTML, set by the rules of the language *lang*.

    A text that is not mailed has no plain text but its blocks, and unless it
    *is_whole* only the first of those.  *is_tame* says that no tag and no sign
    by its number stood in its Markdown.  A text of a trusted folder may hold what
    is *beyond* the list for all.

    Raises:
        TooDeep: elements are nested more than :data:`MOST_DEPTH` deep.
    """
    manner = manner_of(lang)
    apart = tamed(raw.strip(), 2 * MOST_DEPTH) if is_tame else None
    if apart is not None:
        texts, tags = apart
        if manner is None and WIDE in raw:
            texts = [text.replace(WIDE, "&nbsp;") for text in texts]
    else:
        cleaned = clean(raw, beyond, not is_tame)
        if FORBIDDEN.search(cleaned):
            # What an entity such as &#2; stands for: our own marks are made of such signs, and feeds cannot hold them.  Without
            # them an address may be another one, so what is left is looked at once more.
            cleaned = clean(FORBIDDEN.sub(_as_browsers_read, cleaned), beyond)
        cleaned = cleaned.strip().replace("\r\n", "\n").replace("\r", "\n")
        texts, tags = _apart(cleaned if manner is None else cleaned.replace("&nbsp;", WIDE))
        if not is_tame and len(tags) > MOST_DEPTH:
            check_nesting(tags)
    found = _Pass(texts, tags)
    if apart is None:
        # Those that were written: in tame HTML there are none.
        found.anchors.update(written[1] for tag in tags if "id=" in tag and (written := _ANCHOR.search(tag)))
    _look_at(found)
    _put_in_order(found)
    if found.replaced:
        finished = woven(texts, [found.replaced.get(at, f"<{tag}>") for at, tag in enumerate(tags)])
        texts, tags = _apart(finished)
    if manner is not None:
        texts, tags = typeset_parts(texts, tags, manner, lang)
    finished = woven(texts, [f"<{tag}>" for tag in tags])
    headings = found.headings
    if manner is not None and headings:
        if found.replaced or _RAISED_TAG in finished:
            texts, tags = _apart(finished)
            headings = list(_as_set(headings, finished))
        else:
            headings = [
                Heading(one.level, one.anchor, _words("".join(texts[at + 1 : end + 1])))
                for one, (at, end) in zip(headings, found.spans, strict=True)
            ]
    elif _RAISED_TAG in finished:
        texts, tags = _apart(finished)
    blocks: Iterable[str]
    if not is_mailed and (told := spoken(texts, tags)):
        blocks, words, text = told.blocks(), told.words(), ""
    else:
        lines, is_marked = _lines(finished)
        blocks = _blocks(lines, is_marked)
        words, text = len(" ".join(blocks).split()), "\n".join(_written(lines, is_marked)) if is_mailed else ""
    if not is_mailed and not is_whole:
        blocks = islice(blocks, FIRST)
    body = Body(finished, tuple(blocks), tuple(headings), tuple(found.links), text, words)
    return Rough(
        body,
        tuple(found.pictures),
        tuple(found.remote),
        frozenset(found.anchors),
        tuple(found.bare),
        tuple(dict.fromkeys(found.inner)),
        apart is not None,
    )


def _blocks(lines: Iterable[tuple[str, str]], is_marked: bool) -> tuple[str, ...]:
    told = [text for _, text in lines]
    if is_marked:
        told = [_UNSAID.sub("", text) if _OPEN in text or _SHOWN in text or _STRUCK in text else text for text in told]
    return tuple([block for text in told if (block := text.strip()) and block != _RULE])


def _apart(cleaned: str) -> tuple[list[str], list[str]]:
    """Return clean HTML as texts and tags by turns, both without ``<`` and ``>``.

    Clean is what nh3 writes: these two signs stand around tags alone.
    """
    pieces = cleaned.replace(">", "<").split("<")
    return pieces[::2], pieces[1::2]


def _look_at(found: _Pass) -> None:
    """Go once over the tags that have something to look at."""
    tags = found.tags
    heading_at = -1
    for at in [number for number, tag in enumerate(tags) if tag not in _PASSED]:
        name, _, attributes = tags[at].partition(" ")
        if name in _HEADINGS:
            heading_at = at
        elif name[0] != "/":
            found.in_link |= name == "a"
            whole = f"<{tags[at]}>"
            shown = _opened(found, name, attributes, whole)
            if shown is not whole:
                # Nothing, words, or a link in the place of a picture from elsewhere; else another tag.
                if shown.endswith(">") and shown.count("<") == 1:
                    tags[at] = shown[1:-1]
                else:
                    found.replaced[at] = shown
        elif name == "/a":
            found.in_link = False
        elif name[1:] in _HEADINGS:
            if heading_at >= 0:
                _end_heading(found, int(name[2]), heading_at, at)
            heading_at = -1


def _as_set(headings: list[Heading], finished: str) -> Iterator[Heading]:
    """Yield the headings as they read now; their anchors, made from the words that were typed, stay."""
    opened, at = 0, 0
    for tag in _HEADING.finditer(finished):
        if not tag[1]:
            opened = tag.end()
        elif opened:
            yield Heading(headings[at].level, headings[at].anchor, _words(finished[opened : tag.start()]))
            opened, at = 0, at + 1


def _words(inner: str) -> str:
    return one_line(html.unescape(_ANY_TAG.sub("", inner) if "<" in inner else inner))


def _end_heading(found: _Pass, level: int, begin: int, end: int) -> None:
    """Note the heading between two tags, and give it an anchor if it has none."""
    inner = "".join(found.texts[begin + 1 : end + 1])
    if found.replaced:
        inner = "".join(
            _ANY_TAG.sub("", found.replaced.get(at - 1, "")) * (at > begin + 1) + found.texts[at] for at in range(begin + 1, end + 1)
        )
    text = _words(inner)
    tag = found.tags[begin]
    written = _ANCHOR.search(tag) if "id=" in tag else None
    if written:
        anchor = written[1]
    else:
        base = anchor = slug_of(text)[:80].strip("-") or "section"
        number = found.times.get(base, 1)
        while anchor in found.anchors or anchor in PAGE_ANCHORS:
            number += 1
            anchor = f"{base}-{number}"
        found.times[base] = number
        found.anchors.add(anchor)
        found.tags[begin] = f'{tag} id="{anchor}"'
    found.headings.append(Heading(level, anchor, text))
    found.spans.append((begin, end))


def _put_in_order(found: _Pass) -> None:
    """Give the headings levels that fit below the title of a page; their anchors stay."""
    levels = outline([heading.level for heading in found.headings])
    for number, (heading, level, (begin, end)) in enumerate(zip(found.headings, levels, found.spans, strict=True)):
        if level != heading.level:
            found.headings[number] = Heading(level, heading.anchor, heading.text)
            found.tags[begin] = f"h{level}{found.tags[begin][2:]}"
            found.tags[end] = f"/h{level}"


def _opened(found: _Pass, name: str, attributes: str, whole: str) -> str:
    if name not in ("a", "img", "td", "th", "input") or (name == "a" and _ELSEWHERE.fullmatch(attributes)):
        return whole
    values: dict[str, str] = dict(_ATTRIBUTE.findall(attributes))
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
    begins = _SCHEME.match(target)
    if begins and begins[0] != "//" and begins[0][:-1].lower() not in SCHEMES:
        # The cleaner took it for a path, because of a space before it that is none to browsers.
        target = ""
        values.pop(key)
    if name == "img":
        alt = html.unescape(values.get("alt", ""))
        if not target:
            return ""
        if begins:
            found.remote.append(target)
            if found.in_link:
                # A link within a link would be none; the picture's words become what is linked.
                return html.escape(alt or target)
            address = html.escape("https:" + target if target.startswith("//") else target)
            return f'<a href="{address}">{html.escape(alt or target)}</a>'
        title = one_line(html.unescape(values.get("title", "")))
        if title.casefold() in DECORATIVE:
            values["alt"] = alt = ""
            del values["title"]
        elif not alt.strip():
            found.bare.append((target, title))
        found.pictures.append((target, alt))
        values["src"] = found.mark(target)
        values["alt"] = values.get("alt", "")
        return _tag(name, values)
    if target.startswith(_INNER):
        found.inner.append(target)
    if target and not target.startswith("#") and not begins:
        values["href"] = found.mark(target)
        return _tag(name, values)
    if target.startswith("//"):
        values["href"] = html.escape("https:" + target)
        return _tag(name, values)
    return whole if target else _tag(name, values)


def _tag(name: str, values: dict[str, str]) -> str:
    return f"<{name}" + "".join(f' {key}="{value}"' for key, value in values.items()) + ">"


def text_of(finished: str) -> list[str]:
    """Return clean HTML as the lines of a plain-text letter, not yet wrapped.

    Headings keep their ``#``, entries their ``-`` or number; a link is
    followed by its address in ``⟨ ⟩`` unless the text is the address.  A row of
    a table is an entry with its cells between dots, a picture is what it shows
    in ``[ ]``, and what was struck out stands between ``~~``.
    """
    return _written(*_lines(finished))


def _written(lines: list[tuple[str, str]], is_marked: bool) -> list[str]:
    if is_marked:
        lines = [(mark, _with_signs(text)) for mark, text in lines]
    return [(mark + text).rstrip() for mark, text in lines]


def _with_signs(text: str) -> str:
    for mark, sign in _SIGNS.items():
        if mark in text:
            text = text.replace(mark, sign)
    return text


def _lines(finished: str) -> tuple[list[tuple[str, str]], bool]:
    """Return each line of the plain text as its marks and what it says, and whether signs of ours stand in any."""
    lines: list[tuple[str, str]] = []
    buffer: list[str] = []
    prefix = ""
    # The number of the next entry of each open list; ``None``: entries without numbers.
    lists: list[int | None] = []
    quotes = pre = cell = 0
    is_head = False
    # The address of an open link, and where its text begins (-1: in a block that is already written).
    link: tuple[str, int] | None = None
    pictured = is_marked = False

    def attribute(name: str) -> str:
        return html.unescape(dict(_ATTRIBUTE.findall(attributes)).get(name, "")) if name in attributes else ""

    def flush(gap: bool = False) -> None:
        nonlocal prefix, link
        if buffer:
            text = "".join(buffer)
            buffer.clear()
            if pre:
                parts = text.strip("\n").split("\n")
            elif _BREAK in text:
                parts = [one_line(part) for part in text.split(_BREAK)]
            else:
                parts = [one_line(text)]
            if any(parts):
                for part in parts:
                    lines.append(("> " * quotes + prefix, part))
                    if not pre:
                        prefix = " " * len(prefix) if lists else ""
                prefix = "  " * len(lists)
                link = (link[0], -1) if link else None
        if gap and lines and lines[-1] != ("", ""):
            lines.append(("", ""))

    texts, tags = _apart(finished)
    for text, tag in zip(texts, tags, strict=False):
        # A line end between two blocks, nearly half of all texts, says nothing.
        if text and (buffer or pre or text != "\n"):
            buffer.append(html.unescape(text) if "&" in text else text)
        if tag in _UNSPOKEN:
            continue
        name, _, attributes = tag.partition(" ")
        closes = name[0] == "/"
        if closes:
            name = name[1:]
        if name in _BLOCKS:
            flush(gap=not lists and name not in ("tr", "li"))
            if name == "p":
                if closes and not lists:
                    prefix = ""
            elif name in ("ul", "ol"):
                if not closes:
                    first = attribute("start")
                    lists.append(None if name == "ul" else int(first) if re.fullmatch(r"[0-9]{1,9}", first) else 1)
                elif lists:
                    lists.pop()
                prefix = "  " * len(lists)
                if closes and not lists:
                    flush(gap=True)
            elif name == "li" and not closes:
                entry = lists[-1] if lists else None
                note = f"[{entry}] " if attribute("id").startswith("fn") else f"{entry}. "
                prefix = "  " * max(0, len(lists) - 1) + ("- " if entry is None else note)
                if entry is not None:
                    lists[-1] = entry + 1
            elif name == "blockquote":
                quotes = max(0, quotes + (-1 if closes else 1))
            elif name == "pre":
                pre = 0 if closes else 1
                prefix = "  " * len(lists) + ("" if closes else "    ")
            elif name == "tr":
                cell = 0
                prefix = "  " * len(lists)
            elif name[0] == "h" and name[1:].isdigit():
                prefix = "" if closes else "#" * int(name[1]) + " "
            elif name == "hr":
                lines.extend([("", _RULE), ("", "")])
            if name == "li" and closes and not lists:
                prefix = ""
        elif name == "a":
            if closes and link:
                target, start = link
                said = "".join(buffer[start:]).strip() if start >= 0 else ""
                if target.startswith("#fnref"):
                    del buffer[max(0, start) :]
                elif target.startswith("#fn"):
                    buffer.append("]")
                elif (said or pictured or start < 0) and target and target[0] != "#" and target not in (said, "mailto:" + said):
                    # An address may hold the very signs between which it stands.
                    target = target.replace("\n", "").replace(" ", "%20").replace("⟨", "%E2%9F%A8").replace("⟩", "%E2%9F%A9")
                    buffer.append(f" {_OPEN}{target}{_CLOSE}")
                    is_marked = True
                link = None
            elif not closes:
                target = attribute("href")
                if target.startswith("#fn") and not target.startswith("#fnref"):
                    buffer.append("[")
                link, pictured = (target, len(buffer)), False
        elif name == "img":
            pictured = True
            if said := attribute("alt").strip():
                buffer.append(f"{_SHOWN}{said}{_SHOWN_END}")
                is_marked = True
        elif name == "br":
            buffer.append("\n" if pre else _BREAK)
        elif name == "input":
            buffer.append("[x] " if "checked" in attributes else "[ ] ")
        elif name in ("del", "s"):
            buffer.append(_STRUCK)
            is_marked = True
        elif name == "thead":
            is_head = not closes
        elif name in ("td", "th"):
            if not closes:
                if cell:
                    buffer.append(_BETWEEN_CELLS)
                elif not is_head:
                    prefix = "  " * len(lists) + "- "
                cell += 1
            elif _is_empty(buffer):
                buffer.append("–")
    buffer.append(html.unescape(texts[-1]))
    flush()
    while lines and lines[-1] == ("", ""):
        lines.pop()
    return lines, is_marked


def _is_empty(buffer: list[str]) -> bool:
    """Say whether nothing stands in the last cell of a row."""
    for part in reversed(buffer):
        said = part.rpartition(_BETWEEN_CELLS)
        if said[2].strip():
            return False
        if said[1]:
            return True
    return True
