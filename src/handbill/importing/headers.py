"""A file of a Pelican site → its headers with their lines, and where its text begins.

Two ways of writing headers: Pelican's own, which is that of Python-Markdown's
meta extension (``Key: value``, continued on lines indented by four), and the
YAML front matter that plugins read.  Values stay as they were written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from handbill.hub.fields import Desk, Listing, Scalar, Table
from handbill.reading.files import split

# The rules of Python-Markdown's meta extension, and those of Pelican's reader.
_KEY = re.compile(r"^[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE = re.compile(r"^[ ]{4,}(?P<value>.*)")
_BEGIN = re.compile(r"^-{3}(\s.*)?$")
_END = re.compile(r"^(-{3}|\.{3})(\s.*)?$")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """One header: its values as written, in order, and the line of the first.

    ``is_list`` says that they are entries of a list and not lines of a text.
    """

    values: tuple[str, ...]
    line: int
    is_list: bool = False

    @property
    def text(self) -> str:
        """Return the value on one line."""
        return " ".join(" ".join(self.values).split())


@dataclass(frozen=True, slots=True)
class Headers:
    """What stands above a text: headers by their name in lower case, and the line on which the text begins.

    ``oddities`` tells, with its line, what was there and is not among the headers.
    """

    named: dict[str, Header]
    body_line: int
    oddities: tuple[tuple[int, str], ...] = ()


def read_headers(text: str) -> Headers:
    """Return the headers of a decoded file; none at all where it has none."""
    lines = re.split(r"\r\n|\r|\n", text)
    if _BEGIN.match(lines[0]):
        return _yaml(lines) or _meta(lines)
    return _meta(lines)


def body_of(text: str, line: int) -> str:
    """Return the text from that line on, with its own line ends."""
    ends = islice(_LINE.finditer(text), line - 1)
    return text[max((match.end() for match in ends), default=0) :]


def _meta(lines: list[str]) -> Headers:
    named: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    oddities: list[tuple[int, str]] = []
    key = ""
    number = 1 if _BEGIN.match(lines[0]) else 0
    while number < len(lines):
        # Python-Markdown has made four spaces of a tab when it comes here.
        line = lines[number].expandtabs(4)
        number += 1
        if not line.strip() or _END.match(line):
            break
        if match := _KEY.match(line):
            key = match["key"].lower()
            if key in named:
                # Pelican takes the first and warns in its log, which nobody reads.
                oddities.append((number, f"“{key}” a second time; the first is used"))
                key = ""
            else:
                named[key] = [match["value"].strip()]
                places[key] = number
        elif match := _MORE.match(line):
            if key:
                named[key].append(match["value"].strip())
            elif named:
                oddities.append((number, "a line that continues a second value"))
            else:
                number -= 1
                break
        else:
            number -= 1
            break
    found = {name: Header(tuple(values), places[name]) for name, values in named.items()}
    return Headers(found, number + 1, tuple(oddities))


def _yaml(lines: list[str]) -> Headers | None:
    """Return what YAML front matter says, or ``None`` where it is none that can be read."""
    desk = Desk("", "UTC")
    parsed = split("\n".join(lines), desk)
    if parsed is None or desk.has_errors:
        return None
    table: Table = parsed[0]
    end = next(number for number, line in enumerate(lines[1:], 2) if re.fullmatch(r"---[ \t]*", line))
    named: dict[str, Header] = {}
    oddities: list[tuple[int, str]] = []
    for key, node in table.pairs:
        name = key.text.strip().lower()
        if name in named:
            oddities.append((key.line, f"“{name}” a second time; the first is used"))
        elif isinstance(node, Scalar):
            named[name] = Header((node.text,), key.line)
            rest = lines[node.line - 1][node.column - 1 :]
            if node.plain and (comment := re.search(r"(?:^|\s)#.*", rest)) and comment[0].strip() not in node.text:
                oddities.append((node.line, f"a comment ({comment[0].strip()[:60]})"))
        elif isinstance(node, Listing) and all(isinstance(one, Scalar) for one in node.items):
            named[name] = Header(tuple(one.text for one in node.items), key.line, is_list=True)
        else:
            oddities.append((key.line, f"“{name}”, a group of keys"))
    said = "\n".join(value for header in named.values() for value in header.values)
    for number, line in enumerate(lines[1:end], 2):
        if line.lstrip().startswith("#") and line.strip() not in said:
            oddities.append((number, f"a comment ({line.strip()[:60]})"))
    body_line = end + 1
    if body_line <= len(lines) and not lines[body_line - 1].strip():
        body_line += 1
    return Headers(named, body_line, tuple(sorted(oddities)))
