"""Front matter as nearly everybody writes it → its table; whatever else is left to the engine for YAML.

A line for each field: a key, and a word, a text between quotes or a list on one
line.  What is read here is read there alike; it only takes a tenth of the time,
and a community has thousands of such files.
"""

from __future__ import annotations

import re

from handbill.hub.nodes import Listing, Scalar, Table

#: Longer ones are left to the engine, with its limits.
_LONGEST = 2000

#: Signs that mean nothing to YAML within a text without quotes; and with quotes, what no text may hold.
_PLAIN = r"\w .,;!?()/'’«»%+=…–€°@*-"
_QUOTED = r"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
#: An entry of a list without quotes.
_ENTRY = r"\w(?:[\w .'’/+-]*[\w.'’/+-])?"
_LINE = re.compile(
    r"(?P<key>[A-Za-z_][A-Za-z0-9_]*): (?:"
    rf"(?P<plain>\w(?:(?:[{_PLAIN}]|:(?=[{_PLAIN}])(?! ))*(?![ ])[{_PLAIN}])?)"
    rf"|\"(?P<double>[^\"{_QUOTED}]*)\"|'(?P<single>[^'{_QUOTED}]*)'"
    rf"|\[(?P<list>(?:{_ENTRY}(?:, *{_ENTRY})*)?)\])"
)
_IN_LIST = re.compile(_ENTRY)


def simple_table(text: str) -> Table | None:
    """Return the fields of a text that has nothing but such lines and empty ones at either end, or ``None``."""
    if len(text) > _LONGEST:
        return None
    rows = text.strip("\n").split("\n")
    first = len(text) - len(text.lstrip("\n")) + 1
    pairs: dict[str, tuple[Scalar, Scalar | Listing]] = {}
    for line, row in enumerate(rows, first):
        match = _LINE.fullmatch(row)
        if match is None or match["key"] in pairs:
            return None
        key, kind = match["key"], match.lastgroup
        assert kind is not None
        value = match[kind]
        column = len(key) + 3
        node: Scalar | Listing
        if kind == "list":
            begin = match.start(kind)
            entries = (Scalar(one[0], True, line, begin + one.start() + 1, len(one[0])) for one in _IN_LIST.finditer(value))
            node = Listing(tuple(entries), line, column)
        else:
            is_plain = kind == "plain"
            node = Scalar(value, is_plain, line, column, len(value) + (0 if is_plain else 2))
        pairs[key] = Scalar(key, True, line, 1, len(key)), node
    return Table(tuple(pairs.values()), first, 1)
