"""A front matter, changed key by key: every other byte of it stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.errors import WrongUse, said
from handbill.hub.fields import Listing, Node, Scalar, Table


class Lines:
    """The lines of a file whose front matter is changed: values in place, keys taken out, keys added.

    Changes are noted with the places of the file as it was read, and made by
    :meth:`text`, from the last line to the first.
    """

    def __init__(self, text: str, table: Table) -> None:
        """Take the *text* of a file, and its front matter as it was read."""
        self._lines = text.split("\n")
        self._table = table
        self._spans: list[tuple[int, int, int, str]] = []
        self._blocks: dict[int, tuple[int, list[str]]] = {}
        keys = [key.line for key, _ in table.pairs]
        if len(set(keys)) != len(keys) or any(self._lines[key.line - 1][: key.column - 1].strip() for key, _ in table.pairs):
            raise WrongUse(said("the front matter of this file cannot be copied; write each field on a line of its own"))
        end = next(number for number, line in enumerate(self._lines[1:], 2) if line.rstrip() == "---")
        self._end = end

    def raw(self, node: Scalar) -> str:
        """Return a value as it stands in the file, quotes included; "" where it takes several lines."""
        return self._lines[node.line - 1][node.column - 1 : node.column - 1 + node.width] if node.width else ""

    def replace(self, node: Scalar, raw: str) -> None:
        """Write another value in place of one that stands on one line."""
        self._spans.append((node.line, node.column - 1, node.width, raw))

    def put(self, name: str, lines: list[str]) -> None:
        """Write these lines in place of a key and its value, or after the last key."""
        for number, (key, _) in enumerate(self._table.pairs):
            if key.text == name:
                self._blocks[key.line] = (self._last(self._table, number, self._end), lines)
                return
        at, (end, before) = self._end, self._blocks.get(self._end, (self._end - 1, []))
        self._blocks[at] = (end, before + lines)

    def drop(self, *names: str) -> bool:
        """Take out a key with its value; below another key (``recurrence``, ``changes``) too.  Say whether it was there."""
        table, end, around = self._table, self._end, 0
        for depth, name in enumerate(names, 1):
            place = next((n for n, (key, _) in enumerate(table.pairs) if key.text == name), None)
            if place is None:
                return False
            key, node = table.pairs[place]
            last = self._last(table, place, end)
            if depth == len(names):
                # Without its only key, a group would be left as an empty value.
                self._blocks[around if around and len(table.pairs) == 1 else key.line] = (last, [])
                return True
            if not isinstance(node, Table):
                return False
            table, end, around = node, last + 1, key.line
        return False

    def text(self) -> str:
        """Return the file with all changes made."""
        lines = list(self._lines)
        for line, column, width, raw in sorted(self._spans, reverse=True):
            lines[line - 1] = lines[line - 1][:column] + raw + lines[line - 1][column + width :]
        for first, (last, new) in sorted(self._blocks.items(), reverse=True):
            lines[first - 1 : last] = new
        return "\n".join(lines)

    def _last(self, table: Table, number: int, end: int) -> int:
        """Return the last line of a key's value, without the comments that follow it."""
        key, node = table.pairs[number]
        last = (table.pairs[number + 1][0].line if number + 1 < len(table.pairs) else end) - 1
        known = max((one.line for one in _nodes(node)), default=key.line)
        while last > max(known, key.line) and self._is_comment(self._lines[last - 1], key.column - 1):
            last -= 1
        return last

    @staticmethod
    def _is_comment(line: str, indent: int) -> bool:
        bare = line.strip()
        return not bare or (bare.startswith("#") and len(line) - len(line.lstrip()) <= indent)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Listing):
        for one in node.items:
            yield from _nodes(one)
    elif isinstance(node, Table):
        for key, one in node.pairs:
            yield key
            yield from _nodes(one)
