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

from handbill.errors import Level, said
from handbill.hub.clean import FORBIDDEN, decode, named
from handbill.hub.nodes import Desk, Listing, Node, Scalar, Spot, Table, Unread, shown
from handbill.reading.yaml_faults import fault_of, sign_of
from handbill.reading.yaml_place import Refused
from handbill.reading.yaml_simple import simple_table

#: Limits of one front matter; far above what an editor writes.
MOST_FRONT_BYTES = 64 * 1024
MOST_DEPTH = 8
MOST_VALUES = 2000

_LOADER = getattr(yaml, "CLoader", yaml.SafeLoader)

#: After so many faults, or in so long a text, what is wrong is something else than slips.
MOST_FAULTS = 10
_MOST_MENDABLE = 16 * 1024

_KEY_LINE = re.compile(r"[A-Za-z_][\w-]*\s*:")
_RULE = re.compile(r"\s*(?:[-–—_=*~]{2,}|[–—]|\.{3}|\+{3})\s*")

_BLANK = re.compile(r"(?:[ \t]*\n)*")


class FrontMatter(BaseHandler):
    """python-frontmatter's handler for our subset of YAML 1.2: text, lists and keys, with their places."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Return the table of nodes under the key ``front``; lines count from the first ``---``."""
        return {"front": read_all(fm, self._desk)}


def split(text: str, desk: Desk) -> tuple[Table, str, int] | None:
    """Return front matter, body and the line on which the body begins, or put down why not.

    What could be read is returned even where something was put down.
    """
    if not _begins(text, desk):
        return None
    first = text.index("\n") + 1 if "\n" in text else len(text)
    match = FrontMatter.FM_BOUNDARY.search(text, first)
    if match is None:
        _put_down(_no_end(text.split("\n")), desk)
        return None
    if match.start() - 4 > MOST_FRONT_BYTES:
        # Begun kilobytes count: 64 of 64 would be none too many.
        found = said("a front matter of {n} KB", n=(match.start() - 4 + 1023) // 1024)
        desk.refuse(Spot(1, 1), "", found, said("at most {n} KB", n=MOST_FRONT_BYTES // 1024), "HB106")
        return None
    # Nearly all are read without another look at the text.
    written = text[first - 1 : match.start()]
    front = simple_table(written) if first == 4 and "#" not in written else None
    if front is None:
        metadata, _ = frontmatter.parse(text, handler=FrontMatter(desk))
        if metadata["front"] is None:
            return None
        assert isinstance(metadata["front"], Table)
        front = metadata["front"]
    # python-frontmatter strips the text, and with it the indentation of a first
    # line of code; so the text is taken from where the front matter ends.
    blank = _BLANK.match(text, match.end())
    assert blank is not None
    start = blank.end()
    return front, text[start:].rstrip(), text.count("\n", 0, start) + 1


def _begins(text: str, desk: Desk) -> bool:
    """Say whether a text begins with ``---``, or put down what stands there."""
    if text.startswith("---\n") or text.partition("\n")[0].rstrip() == "---":
        return True
    lines = text.split("\n")
    row = next((number for number, line in enumerate(lines) if line.strip()), 0)
    line = lines[row].strip()
    found, wanted = said("no front matter"), said("three hyphens (---) on the first line, then the fields, then --- again")
    if not line:
        found = said("an empty file")
    elif line == "---":
        found = said("an empty line before the first ---") if row else said("a space before the first ---")
        wanted = said("--- at the very beginning of the file")
    elif line == "+++":
        pair = re.fullmatch(r"\s*([\w-]+)\s*=\s*(.+)", lines[row + 1] if row + 1 < len(lines) else "")
        example = f"{pair[1]}: {pair[2].strip()}" if pair else "title: …"
        found = said("a front matter in TOML (+++)")
        wanted = said("--- in place of +++, and a colon in place of each equals sign: {example}", example=example)
    elif line.startswith("{"):
        found, wanted = (
            said("a front matter in JSON"),
            said("--- above and below it, and each field on a line of its own: {example}", example="title: …"),
        )
    elif line.startswith("```"):
        found, wanted = said("a code fence (```) around the fields"), said("three hyphens (---) in its place, above and below the fields")
    elif _RULE.fullmatch(line):
        found, wanted = said("“{line}” on the first line", line=line[:60]), said("three hyphens: ---")
    elif _KEY_LINE.match(line):
        found, wanted = said("fields without the first ---"), said("--- on a line of its own above “{line}”", line=line[:60])
    desk.refuse(Spot(row + 1, 1, len(lines[row].rstrip())), "", found, wanted, "HB104")
    return False


def _no_end(lines: list[str]) -> Refused:
    """Return where the second ``---`` is missing, or what stands in its place."""
    for row, line in enumerate(lines[1:], 1):
        if _RULE.fullmatch(line):
            found = said("“{line}” where the front matter should end", line=line.strip())
            return Refused(row + 1, 1, found, said("three hyphens (---) and nothing before them"), "HB105", len(line.rstrip()))
        is_front = not line.strip() or line.startswith((" ", "\t", "#", "- ")) or _KEY_LINE.match(line)
        if not is_front or (line.startswith("#") and not lines[row - 1].strip()):
            wanted = said("--- on a line of its own above this one")
            return Refused(row + 1, 1, said("a front matter without an end"), wanted, "HB105", len(line.rstrip()))
    last = max(row for row, line in enumerate(lines) if line.strip())
    return Refused(
        last + 1, 1, said("a front matter without an end"), said("--- on a line of its own below this one"), "HB105", len(lines[last])
    )


def _put_down(fault: Refused, desk: Desk) -> None:
    desk.refuse(Spot(fault.line, fault.column, fault.width), "", fault.found, fault.wanted, fault.code)


def read_all(text: str, desk: Desk) -> Table | None:
    """Return every field that can be read; a faulty one is put down, and unread.

    ``None``: no field could be read, or there are more faults than anybody would mend one by one.
    """
    lines = _plain_ends(text).split("\n")
    unread: list[tuple[Scalar, Unread]] = []
    for _ in range(MOST_FAULTS):
        try:
            table = read_yaml("\n".join(lines))
        except Refused as fault:
            _put_down(fault, desk)
            rows = _spoiled(lines, fault) if len(text) <= _MOST_MENDABLE else range(0)
            for row in rows:
                if match := re.match(r"[ \t]*([A-Za-z_][\w-]*)", lines[row]):
                    unread.append((Scalar(match[1], True, row + 1, match.start(1) + 1, len(match[1])), Unread(row + 1, 1)))
                # A note, because an empty line would look like the end of the fields.
                lines[row] = "#"
            if not rows:
                return None
        else:
            if not table.pairs and not unread and desk.has_errors:
                return None
            known = {key.text for key, _ in table.pairs}
            if "#" in text:
                _tell_comments(table, lines, desk)
            return table._replace(pairs=table.pairs + tuple(pair for pair in unread if pair[0].text not in known))
    return None


def _spoiled(lines: list[str], fault: Refused) -> range:
    """Return the lines of the field that holds a fault, so that the others can be read without them."""
    row = min(fault.line, len(lines)) - 1
    start, end = row, len(lines)
    if fault.code != "HB105":
        while start > 1 and (not lines[start].strip() or lines[start].startswith((" ", "\t", "#", "- "))):
            start -= 1
        start = start if lines[start].strip() else row
        end = next(
            (number for number in range(row + 1, end) if lines[number].strip() and not lines[number].startswith((" ", "\t", "- "))), end
        )
    rows = range(max(start, 1), end)
    return rows if any(lines[number].strip() not in ("", "#") for number in rows) else range(0)


def _tell_comments(table: Table, lines: list[str], desk: Desk) -> None:
    """Put down texts that are cut at a “#”: to YAML what follows a space and that sign is a note."""
    for key, node in table.pairs:
        if isinstance(node, Scalar) and node.plain and not node.text:
            line = lines[key.line - 1]
            if match := re.match(r":\s+(#+([^\s#].*))", line[key.column - 1 + key.width :]):
                place = Spot(key.line, line.index("#") + 1, len(match[1].rstrip()))
                found = said("“{rest}”, of which nothing is read, because it begins with “#”", rest=match[1].rstrip()[:60])
                value = match[2].rstrip().replace(" #", " ")
                wanted = said("{example}", example=f"{key.text}: {f'[{value}]' if ',' in value else value}")
                desk.refuse(place, key.text, found, wanted, "HB219", Level.WARNING)
        if isinstance(node, Scalar) and node.plain and node.width:
            rest = lines[node.line - 1][node.column - 1 + node.width :]
            if match := re.match(r"\s+(#[^\s#].*)", rest):
                found = said("{value}, cut before “{rest}”", value=node.text[:60], rest=match[1].rstrip()[:60])
                whole = f'{key.text}: "{node.text} {match[1].rstrip()}"'
                place = Spot(node.line, node.column, node.width + len(rest.rstrip()))
                desk.refuse(place, key.text, found, said("quotes around it: {example}", example=whole), "HB219", Level.WARNING)


def _plain_ends(text: str) -> str:
    # To YAML 1.1, which libyaml reads, these end a line; to 1.2, to git and to editors they do not.
    for sign in "\u0085\u2028\u2029":
        if sign in text:
            text = text.replace(sign, " ")
    return text


def read_yaml(text: str) -> Table:
    """Return the keys and values of a YAML document as nodes.

    Raises:
        Refused: it is no YAML, no table, or uses what front matter has no use
            for: anchors, aliases, tags, two equal keys, deep nesting.
    """
    text = _plain_ends(text)
    if simple := simple_table(text):
        return simple
    lines = text.split("\n")
    try:
        node = _build(text, lines)
    except yaml.MarkedYAMLError as error:
        mark, began = error.problem_mark or error.context_mark, error.context_mark
        place = (mark.line, mark.column) if mark else (0, 0)
        raise fault_of(lines, f"{error.problem} {error.context}", place, (began.line, began.column) if began else None) from error
    except yaml.YAMLError as error:
        raise fault_of(lines, "", (0, 0), None) from error
    if node is None:
        return Table((), 1, 1)
    if not isinstance(node, Table):
        raise fault_of(lines, "", (node.line - 1, node.column - 1), None)
    return node


def _build(text: str, lines: list[str]) -> Node | None:
    """Return the document as nodes; an explicit stack, so depth costs memory and never the process."""
    result: list[Node] = []
    # An open list or table: its event, and the nodes collected so far.
    stack: list[tuple[Any, list[Node]]] = []
    event: Any
    values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        node: Node
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise sign_of(lines, line - 1, column - 1)
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(stack) == MOST_DEPTH:
                raise Refused(line, column, said("more than {n} levels", n=MOST_DEPTH), said("fewer levels"), "HB106")
            stack.append((event, []))
            continue
        if isinstance(event, yaml.ScalarEvent):
            ends = event.end_mark
            width = ends.column + 1 - column if ends and ends.line + 1 == line else 0
            # An escape such as "\x02" is clean text in the file and none once it is read.
            if match := FORBIDDEN.search(event.value):
                found = said("the control character {name}, which nobody sees", name=named(match[0]))
                raise Refused(line, column, found, said("that character taken out, or the line typed anew"), "HB103", width)
            node = Scalar(event.value, event.style is None or event.style == "", line, column, width)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            opened, children = stack.pop()
            line, column = opened.start_mark.line + 1, opened.start_mark.column + 1
            if isinstance(event, yaml.SequenceEndEvent):
                node = Listing(tuple(children), line, column)
            else:
                node = Table(_pairs(children), line, column)
        elif isinstance(event, yaml.DocumentStartEvent) and result:
            raise fault_of(lines, "", (line - 1, column - 1), None)
        else:
            continue
        values += 1
        if values > MOST_VALUES:
            raise Refused(line, column, said("more than {n} values", n=MOST_VALUES), said("fewer fields and entries"), "HB106")
        (stack[-1][1] if stack else result).append(node)
    return result[0] if result else None


def _pairs(children: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
    pairs: list[tuple[Scalar, Node]] = []
    seen: dict[str, int] = {}
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise Refused(key.line, key.column, said("{what} in place of a field's name", what=shown(key)), said("a word and a colon"))
        if key.text in seen:
            found = said("{what} a second time (first on line {line})", what=shown(key), line=seen[key.text])
            raise Refused(key.line, key.column, found, said("each field once"), "HB109", key.width)
        seen[key.text] = key.line
        pairs.append((key, value))
    return tuple(pairs)


__all__ = ["FORBIDDEN", "FrontMatter", "Refused", "decode", "read_yaml", "split"]
