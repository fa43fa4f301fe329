"""The description of an event, plain or in HTML → Markdown that shows the same words in both dialects of a hub."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Tags that only programs which write HTML would leave in a description.
_TAG = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|a|ul|ol|li|h[1-6]|html|body|table|tr|td|font|blockquote|html-blob)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*_\[\]{}~]")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_BULLET = re.compile(r"[-*+•·●▪–—]\s+(?=\S)")
#: What would make something else of a line at whose beginning it stands.
_HEAD = re.compile(r"[#>|]|[-+:](?=\s|$)|--|==|=$|!!!|\d{1,9}[.)](?=\s|$)")
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")


def is_html(text: str) -> bool:
    """Say whether a description is written in HTML, whatever it is called."""
    return bool(_TAG.search(text))


def from_plain(text: str) -> str:
    """Return a plain text as Markdown: its paragraphs, its lines and its lists, and every other sign as it is."""
    blocks: list[list[str]] = [[]]
    last = 0
    for line in re.split(r"\r\n|\r|\n|\x85|\u2028|\u2029", text):
        bare = " ".join(line.split())
        if not bare:
            blocks.append([])
            continue
        entry = _entry(bare)
        sort = entry[:1].isdigit() + 1 if entry else 0
        if sort != last and blocks[-1]:
            blocks.append([])
        last = sort
        blocks[-1].append(entry or _guarded(bare))
    found = [("\n" if _entry_like(block) else "  \n").join(block) for block in blocks if block]
    return "\n\n".join(found)


def _entry(bare: str) -> str:
    """Return a line of a list as Markdown has it, "" where it is none."""
    if match := _BULLET.match(bare):
        return f"- {_guarded(bare[match.end() :])}"
    if match := _NUMBERED.match(bare):
        return f"{match[1]}. {_guarded(bare[match.end() :])}"
    return ""


def _entry_like(block: list[str]) -> bool:
    return bool(re.match(r"- |\d{1,9}\. ", block[0]))


def _guarded(bare: str) -> str:
    """Return one line in which nothing is Markdown but addresses, which become links."""
    pieces, done = [], 0
    for match in _ADDRESS.finditer(bare):
        address = match[0].rstrip(".,;:!?'’*_")
        # A bracket belongs to the sentence unless the address opened one.
        if address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1]
        pieces += [escaped(bare[done : match.start()]), f"<{address}>"]
        done = match.start() + len(address)
    pieces.append(escaped(bare[done:]))
    line = "".join(pieces)
    if _HEAD.match(line):
        return f"&#{ord(line[0])};{line[1:]}" if not line[0].isdigit() else re.sub(r"^(\d+)", r"\1\\", line)
    return line


def escaped(text: str) -> str:
    """Return a text in which no sign means anything to Markdown or HTML."""
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    # Where a tilde cannot be protected by a backslash in both dialects, its number stands for it.
    return _SIGNS.sub(lambda match: "&#126;" if match[0] == "~" else "\\" + match[0], text)


def from_html(text: str) -> tuple[str, int]:
    """Return HTML as Markdown, and how many pictures and other things without words were left out."""
    reader = _Reader()
    # A calendar may hold line ends both as tags and as they are.
    reader.feed(text if re.search(r"<(?:br|p|div|li)\b", text, re.IGNORECASE) else text.replace("\n", "<br>"))
    reader.close()
    return reader.markdown(), reader.lost


class _Reader(HTMLParser):
    """Collects blocks; a block is a list of lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._lists: list[int] = []
        self._links: list[tuple[str, int]] = []
        self._silent = 0
        self._entry = ""
        self.lost = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title", "head"):
            self._silent += tag != "head"
        elif tag in ("img", "iframe", "video", "audio", "object", "embed"):
            self.lost += 1
        elif tag == "br":
            self._line.append("\n")
        elif tag in ("ul", "ol"):
            self._close()
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._close()
            if self._lists and self._lists[-1] >= 0:
                self._lists[-1] += 1
                self._entry = f"{self._lists[-1]}. "
            else:
                self._entry = "- "
        elif tag == "a":
            href = next((value or "" for name, value in attrs if name == "href"), "")
            self._links.append((href.strip(), len(self._line)))
        elif tag in _BLOCKS:
            self._close()
        elif tag in ("td", "th"):
            self._line.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol"):
            self._close()
            if self._lists:
                self._lists.pop()
        elif tag == "a" and self._links:
            href, begin = self._links.pop()
            words = " ".join("".join(self._line[begin:]).split())
            if re.fullmatch(r"https?://[^\s<>()\"]+", href, re.IGNORECASE) and words and not words.startswith(("http://", "https://")):
                # The words wait as they are; what is written around them is told apart when the block is closed.
                self._line[begin:] = [f"\0{words}\1{href}\2"]
            elif not words and href.startswith("http"):
                self._line.append(href)
        elif tag in _BLOCKS or tag == "li":
            self._close()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line.append(re.sub(r"[\s\0\1\2]+", " ", data))

    def _close(self) -> None:
        text = "".join(self._line)
        self._line, self._links = [], []
        lines = [" ".join(line.split()) for line in text.split("\n")]
        block = "\n".join(lines).strip("\n")
        if block:
            entry, self._entry = self._entry, ""
            guarded = [_linked(line) for line in block.split("\n") if line]
            joined = f"{entry}{' '.join(guarded)}" if entry else "  \n".join(guarded)
            if entry and self._blocks and _entry_like([self._blocks[-1]]) and self._blocks[-1][0].isdigit() == entry[0].isdigit():
                self._blocks[-1] += f"\n{joined}"
            else:
                self._blocks.append(joined)

    def markdown(self) -> str:
        self._close()
        return "\n\n".join(self._blocks)


_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "section", "article", "body", "html", "pre",
    "center", "hr",
})  # fmt: skip


def _linked(line: str) -> str:
    """Return a line with its links, which were marked when they ended."""
    pieces = re.split("\0([^\0\1\2]*)\1([^\0\1\2]*)\2", line)
    found = []
    for number in range(0, len(pieces), 3):
        # The beginning of a line is looked at only where the line begins.
        found.append(_guarded(pieces[number]) if number == 0 else _within(pieces[number]))
        if number + 2 < len(pieces):
            found.append(f"[{escaped(pieces[number + 1])}]({pieces[number + 2]})")
    return "".join(found)


def _within(text: str) -> str:
    """Return a piece from the middle of a line in which nothing is Markdown but addresses."""
    return _guarded("x" + text)[1:]
