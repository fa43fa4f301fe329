"""What is wrong with a line that is no TOML, said so that the line can be mended.

tomllib's own words are for programmers ("Invalid value"); these tell what was
written instead, and what to write.
"""

from __future__ import annotations

import re

from handbill.errors import Said, said
from handbill.hub.address import slug_of
from handbill.hub.guess import straight_quotes, toml_value

_ESCAPE = re.compile(r"\\(?![btnfr\"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})(.?)")


class Faulty(Exception):
    """A stretch of the text that is no TOML; from *start* to *end*, with the words and the code of a problem."""

    def __init__(self, start: int, end: int, found: Said, wanted: Said, code: str = "HB101") -> None:
        self.start, self.end, self.found, self.wanted, self.code = start, end, found, wanted, code
        super().__init__(found)


def _line(name: str, value: str) -> str:
    return f"{name} = {value}" if name else value


def no_setting(start: int, line: str, wanted: Said) -> Faulty:
    """Say that something stands where a name should."""
    return Faulty(start, start + max(1, len(line)), said("“{value}”", value=line) if line else said("nothing"), wanted)


def no_equals_sign(start: int, line: str, name: str) -> Faulty:
    """Say what stands behind a name in place of the equals sign; *line* begins with the name."""
    match = re.match(r"([^=:]*)([=:]?)(.*)", line)
    assert match is not None, "the pattern matches any text"
    key, sign, value = match[1].strip(), match[2], match[3].strip()
    if sign == ":":
        found = said("a colon after “{name}”", name=key)
    elif sign == "=":
        found = said("“{name}”, which is no name of a setting", name=key)
        name = slug_of(key).replace("-", "_") or name
    else:
        found = said("“{value}” without an equals sign", value=line)
        value = line.removeprefix(name).strip()
    written = toml_value(value) if value else '"…"'
    return Faulty(start, start + len(line), found, said("an equals sign: {example}", example=f"{name} = {written}"))


def no_value(start: int, name: str) -> Faulty:
    """Say that nothing stands behind the equals sign."""
    return Faulty(start, start + 1, said("“{name}” without a value", name=name), said("a value: {example}", example=f'{name} = "…"'))


def wrong_value(start: int, value: str, name: str = "") -> Faulty:
    """Say why a value cannot be read, and how it is written."""
    if value[0] in "\"'" and (escape := _ESCAPE.search(value)):
        return Faulty(
            start + escape.start(),
            start + escape.end(),
            said("“{sign}”, a backslash that begins no sign", sign=escape[0]),
            said("the text between single quotes (') where a backslash is only a backslash"),
        )
    shown = value if len(value) <= 60 else value[:60] + "…"
    if straight_quotes(value[:1]) != value[:1]:
        found = said("{value}, in the quotes of a word processor", value=shown)
    elif value[0] in "\"'":
        found = said("{value}", value=shown)
    else:
        found = said("{value} without quotes", value=shown)
    if re.fullmatch(r"[+-]?[\d_.,    ]+", value):
        found = said("“{value}”, which is no number here", value=shown)
    return Faulty(start, start + len(value), found, said("{example}", example=_line(name, toml_value(value))))


def unclosed_quote(start: int, line: str, name: str = "") -> Faulty:
    """Say where a quote begins that the line does not close."""
    sign = line[0]
    inner = re.sub(r"[“”’‘»,\s]+$", "", line[1:])
    example = _line(name, f"{sign}{inner}{sign}")
    return Faulty(start, start + len(line), said("a quote that is never closed"), said("{example}", example=example))


def unclosed_text(start: int) -> Faulty:
    """Say where three quotes begin that nothing closes."""
    return Faulty(start, start + 3, said("three quotes that are never closed"), said("three quotes behind the text, too"))


def unclosed_bracket(start: int, opening: str, closing: str) -> Faulty:
    """Say where a list or an inline table begins that nothing closes."""
    return Faulty(
        start, start + 1, said("“{sign}” that is never closed", sign=opening), said("“{sign}” behind the last value", sign=closing)
    )


def unclosed_header(start: int, line: str, double: bool) -> Faulty:
    """Say that the name of a table lacks a bracket."""
    name = re.sub(r"[\[\]]|\s*#.*", "", line).strip()
    example = f"[[{name}]]" if double else f"[{name}]"
    return Faulty(start, start + len(line), said("“{value}”, whose bracket is not closed", value=line), said("{example}", example=example))


def no_comma(start: int, line: str, closing: str) -> Faulty:
    """Say that something follows a value of a list without a comma."""
    return Faulty(
        start,
        start + len(line),
        said("{value} without a comma before it", value=line),
        said("a comma between values, or “{sign}” at the end", sign=closing),
    )


def more_than_a_value(start: int, line: str) -> Faulty:
    """Say that a line goes on behind its value."""
    return Faulty(
        start,
        start + len(line),
        said("{value} behind the value", value=line),
        said("one value on a line; a quote within a text is written {sign}", sign='\\"'),
    )


def twice(start: int, end: int, what: Said, line: int, wanted: Said) -> Faulty:
    """Say that a key or table stands on an earlier line already."""
    return Faulty(start, end, said("{what} a second time (first on line {line})", what=what, line=line), wanted, "HB109")


def too_deep(start: int, most: int) -> Faulty:
    """Say that lists, tables or names lie within each other too often."""
    return Faulty(start, start + 1, said("more than {n} levels", n=most), said("fewer levels"), "HB106")
