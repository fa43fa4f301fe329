"""HTML inside feeds, read with the eyes of a strict reader: what it holds, and what is wrong with its making."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

#: Every element of HTML that is not for the head of a page, with those that are only old.
_ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "address",
        "area",
        "article",
        "aside",
        "audio",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "link",
        "listing",
        "main",
        "map",
        "mark",
        "math",
        "menu",
        "meta",
        "meter",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "param",
        "picture",
        "plaintext",
        "pre",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "script",
        "search",
        "section",
        "select",
        "slot",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "track",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
        "xmp",
    ]
)
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])

#: What stands on lines of its own, and so in no paragraph.
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "table",
        "ul",
    ]
)
_PHRASES = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "b",
        "strong",
        "i",
        "em",
        "s",
        "del",
        "sub",
        "sup",
        "code",
        "small",
        "span",
        "mark",
        "u",
        "abbr",
        "cite",
        "q",
        "kbd",
        "var",
        "samp",
        "time",
    ]
)

#: What may only stand in these.
_WITHIN = {
    "li": {"ul", "ol", "menu", "dir"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"table", "thead", "tbody", "tfoot"}, "td": {"tr"},
    "th": {"tr"}, "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "caption": {"table"}, "colgroup": {"table"},
    "col": {"colgroup", "table"}, "figcaption": {"figure"}, "summary": {"details"}, "source": {"picture", "video", "audio"}, "legend": {"fieldset"},
}  # fmt: skip

#: What may only hold these.
_ONLY = {
    "ul": {"li"}, "ol": {"li"}, "menu": {"li"}, "dl": {"dt", "dd", "div"}, "table": {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"}, "colgroup": {"col"},
}  # fmt: skip

#: What may not stand anywhere in itself.
_ALONE = {"a", "button", "form", "label"}
_SELF_CLOSED = re.compile(r"<([a-z][a-z0-9]*)\b[^<>]*/>")


@dataclass(frozen=True, slots=True)
class Markup:
    """What a piece of HTML holds: each element with its attributes, its words, what is wrong with its making, and what stands where it may not."""

    tags: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    text: str
    faults: tuple[str, ...]
    misplaced: tuple[str, ...]

    @property
    def addresses(self) -> tuple[tuple[str, str, str], ...]:
        """Return every address with its element and attribute."""
        names = ("href", "src", "action", "poster", "cite", "longdesc", "background", "data", "formaction")
        found = [(tag, name, value) for tag, attrs in self.tags for name, value in attrs if name in names]
        for tag, attrs in self.tags:
            for name, value in attrs:
                if name == "srcset":
                    found += [(tag, name, one.split()[0]) for one in value.split(",") if one.split()]
        return tuple(found)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self.misplaced: list[str] = []
        self.ids: set[str] = set()
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]
        if self.rawdata:
            self.faults.append(f"ends within a tag: {self.rawdata[:20]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self._open[-1] if self._open else ""
        if tag not in _ELEMENTS:
            self.faults.append(f"<{tag}> is no element of HTML")
        if tag in _WITHIN and above not in _WITHIN[tag]:
            self.misplaced.append(f"<{tag}> in <{above}>")
        if above in _ONLY and tag not in _ONLY[above]:
            self.misplaced.append(f"<{tag}> in <{above}>")
        if tag in _BLOCKS and any(one in _PHRASES for one in self._open):
            self.misplaced.append(f"<{tag}> within a phrase of <{'> <'.join(self._open)}>")
        if tag in _ALONE and tag in self._open:
            self.misplaced.append(f"<{tag}> within <{tag}>")
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        self.faults += [f"<{tag}> has a broken attribute {name}" for name in names if not re.fullmatch(r"[a-z][a-z0-9_:.-]*", name)]
        if tag == "img" and "alt" not in names:
            self.faults.append("<img> without alt")
        for name, value in attrs:
            if name == "id":
                if value in self.ids:
                    self.faults.append(f"id {value} twice")
                self.ids.add(value or "")
        self.tags.append((tag, tuple((name, value or "") for name, value in attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes nothing")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in _ONLY and data.strip():
            self.misplaced.append(f"text in <{self._open[-1]}>")
        # Text with a bare sign of markup in it: the writer forgot to escape it.
        if "<" in data or re.search(r"&\w*", data):
            self.faults.append(f"a sign of markup that is none: {data.strip()[:20]}")
        self.words.append(data)

    def handle_entityref(self, name: str) -> None:
        self.words.append(f"&{name};")
        if name not in ("amp", "lt", "gt", "quot", "apos", "nbsp"):
            self.faults.append(f"the entity {name}, which XML does not know")

    def handle_charref(self, name: str) -> None:
        self.words.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.faults.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("a declaration")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("a marked section")

    def handle_pi(self, data: str) -> None:
        self.faults.append("an instruction")


@lru_cache(20_000)
def read_markup(html: str) -> Markup:
    """Return what a piece of HTML holds."""
    reader = _Reader(html)
    closed = [f"<{tag}/> closes itself" for tag in _SELF_CLOSED.findall(html) if tag not in _VOID]
    return Markup(tuple(reader.tags), "".join(reader.words), tuple(reader.faults + closed), tuple(reader.misplaced))
