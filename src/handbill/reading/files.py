"""Text files → front matter with places, and the Markdown below it.  Knows python-frontmatter and PyYAML.

The YAML events of libyaml are built into nodes by us: its own constructor
overflows the stack on deep nesting, guesses types by the rules of YAML 1.1
and keeps the last of two equal keys (decision 0005).
"""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from handbill.hub.clean import FORBIDDEN, decode
from handbill.hub.fields import Desk, Listing, Node, Scalar, Table

#: Limits of one front matter; far above what an editor writes.
MOST_FRONT_BYTES = 64 * 1024
MOST_DEPTH = 8

_LOADER = getattr(yaml, "CLoader", yaml.SafeLoader)

_HINTS = {
    "character that cannot start any token": "spaces instead of a tab, or quotes around a text that begins with a special sign",
    "mapping values are not allowed": "quotes around a text that contains “: ”",
    "could not find expected ':'": "a colon and a space after the key",
    "unexpected end of stream": "the closing quote",
}
_NOTICED_LATE = frozenset({"could not find expected ':'", "unexpected end of stream"})


class Refused(Exception):
    """A front matter that cannot be read; carries the place within it and the words for a problem."""

    def __init__(self, line: int, column: int, found: str, wanted: str, code: str) -> None:
        self.line, self.column, self.found, self.wanted, self.code = line, column, found, wanted, code
        super().__init__(found)


class FrontMatter(BaseHandler):
    """python-frontmatter's handler for our subset of YAML 1.2: text, lists and keys, with their places."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Return the table of nodes under the key ``front``; lines count from the first ``---``."""
        return {"front": read_yaml(fm)}


def split(text: str, desk: Desk) -> tuple[Table, str, int] | None:
    """Return front matter, body and the line on which the body begins, or put down why not."""
    lines = text.split("\n", 1)
    if lines[0].rstrip() != "---":
        desk.refuse(Scalar("", True, 1, 1), "", "no front matter", "a first line of three hyphens: ---", "HB104")
        return None
    match = re.search(r"^---[ \t]*$", text[4:], re.MULTILINE)
    if match is None:
        desk.refuse(Scalar("", True, 1, 1), "", "a front matter without an end", "a second line of three hyphens: ---", "HB105")
        return None
    if match.start() > MOST_FRONT_BYTES:
        desk.refuse(
            Scalar("", True, 1, 1), "", f"a front matter of {match.start() // 1024} KB", f"at most {MOST_FRONT_BYTES // 1024} KB", "HB106"
        )
        return None
    try:
        metadata, _ = frontmatter.parse(text, handler=FrontMatter())
    except Refused as error:
        desk.refuse(Scalar("", True, error.line, error.column), "", error.found, error.wanted, error.code)
        return None
    # python-frontmatter strips the text, and with it the indentation of a first
    # line of code; so the text is taken from where the front matter ends.
    end = 4 + match.end()
    blank = re.match(r"(?:[ \t]*\n)*", text[end:])
    assert blank is not None
    start = end + blank.end()
    front = metadata["front"]
    assert isinstance(front, Table)
    return front, text[start:].rstrip(), text.count("\n", 0, start) + 1


def read_yaml(text: str) -> Table:
    """Return the keys and values of a YAML document as nodes.

    Raises:
        Refused: it is no YAML, no table, or uses what front matter has no use
            for: anchors, aliases, tags, two equal keys, deep nesting.
    """
    try:
        node = _build(text)
    except yaml.MarkedYAMLError as error:
        problem = str(error.problem or error.context or "no YAML").removeprefix("found ")
        # What was never ended is mended where it began, not where libyaml noticed.
        began = error.context_mark if problem in _NOTICED_LATE else None
        mark = began or error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        wanted = next((hint for sign, hint in _HINTS.items() if problem.startswith(sign)), "a key, a colon, a space and a value")
        raise Refused(line, column, problem, wanted, "HB107") from error
    except yaml.YAMLError as error:
        raise Refused(1, 1, "what is no YAML", "keys and values", "HB107") from error
    if node is None:
        return Table((), 1, 1)
    if not isinstance(node, Table):
        raise Refused(node.line, node.column, "no keys", "a key, a colon, a space and a value on each line", "HB107")
    return node


def _build(text: str) -> Node | None:
    """Return the document as nodes; an explicit stack, so depth costs memory and never the process."""
    result: list[Node] = []
    # An open list or table: its event, and the nodes collected so far.
    stack: list[tuple[Any, list[Node]]] = []
    event: Any
    # To YAML 1.1, which libyaml reads, these end a line; to 1.2, to git and to editors they do not.
    text = text.translate({0x85: " ", 0x2028: " ", 0x2029: " "})
    for event in yaml.parse(text, Loader=_LOADER):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        node: Node
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refused(line, column, "an anchor or alias (& or *)", "the value itself, or quotes around a text", "HB108")
        if getattr(event, "tag", None):
            raise Refused(line, column, f"the tag {str(event.tag)[:40]}", "a plain value, or quotes around a text", "HB108")
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(stack) == MOST_DEPTH:
                raise Refused(line, column, f"more than {MOST_DEPTH} levels", "fewer levels", "HB106")
            stack.append((event, []))
            continue
        if isinstance(event, yaml.ScalarEvent):
            # An escape such as "\x02" is clean text in the file and none once it is read.
            if match := FORBIDDEN.search(event.value):
                raise Refused(line, column, f"the control character U+{ord(match[0]):04X}", "visible text", "HB103")
            ends = event.end_mark
            width = ends.column + 1 - column if ends and ends.line + 1 == line else 0
            node = Scalar(event.value, event.style is None or event.style == "", line, column, width)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            opened, children = stack.pop()
            line, column = opened.start_mark.line + 1, opened.start_mark.column + 1
            if isinstance(event, yaml.SequenceEndEvent):
                node = Listing(tuple(children), line, column)
            else:
                node = Table(_pairs(children), line, column)
        elif isinstance(event, yaml.DocumentStartEvent) and result:
            raise Refused(line, column, "a second document", "one front matter", "HB107")
        else:
            continue
        (stack[-1][1] if stack else result).append(node)
    return result[0] if result else None


def _pairs(children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
    pairs: list[tuple[Scalar, Node]] = []
    seen: dict[str, int] = {}
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise Refused(key.line, key.column, "a key that is no text", "a word and a colon", "HB107")
        if key.text in seen:
            raise Refused(key.line, key.column, f"“{key.text}” a second time (first on line {seen[key.text]})", "each key once", "HB109")
        seen[key.text] = key.line
        pairs.append((key, value))
    return tuple(pairs)


__all__ = ["FORBIDDEN", "FrontMatter", "decode", "read_yaml", "split"]
