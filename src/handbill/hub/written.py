"""Values → how they stand in front matter, so that they read back exactly.  Knows the subset of YAML that we read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handbill.hub.nodes import NOTHING

#: A value as somebody gave it: a text, a list, or keys with values of their own.
Value = str | tuple["Value", ...] | Mapping[str, "Value"]

# Far narrower than what YAML allows without quotes, and so beyond doubt.
_FIRST = "0-9A-Za-zÀ-ÖØ-öø-ÿŒœ/«"
_SIGN = rf"[{_FIRST} ._()'’+!?;–—»€%=-]|:(?=[0-9A-Za-z/])"
_BEGIN = rf"(?:[{_FIRST}]|\.\.?/|-(?=[0-9]))"
_PLAIN_IN_LIST = re.compile(rf"{_BEGIN}(?:{_SIGN})*")
_PLAIN = re.compile(rf"{_BEGIN}(?:{_SIGN}|, (?=[{_FIRST}]))*")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}

#: What other programs take for a number, a truth or a date (YAML 1.1 and 1.2).
_OTHER = re.compile(r"[-+.]?\d[\d.,:_xXoOeE+-]*|true|false|yes|no|on|off|y|n", re.IGNORECASE)


def scalar(text: str, *, in_list: bool = False, is_text: bool = False) -> str:
    """Return a text as a value, with quotes only where they are needed.

    Within brackets (*in_list*) a comma needs them too.  What is meant as a
    text (*is_text*) and looks like a number gets them for the sake of other
    programs, which would drop the zero of a postcode.
    """
    plain = _PLAIN_IN_LIST if in_list else _PLAIN
    if plain.fullmatch(text) and not text.endswith(" ") and text not in NOTHING and not (is_text and _OTHER.fullmatch(text)):
        return text
    return '"' + "".join(_SHORT.get(sign) or (sign if sign.isprintable() else _escape(sign)) for sign in text) + '"'


def written(value: Value, *, is_text: bool = False) -> str:
    """Return a value as it stands on one line after the colon."""
    if isinstance(value, str):
        return scalar(value, is_text=is_text)
    return _inner(value, is_text)


def block(name: str, value: Value, *, is_text: bool = False) -> list[str]:
    """Return a key with its value, keys below keys on lines of their own."""
    if isinstance(value, Mapping):
        return [f"{name}:", *(f"  {line}" for key, one in value.items() for line in block(key, one, is_text=is_text))]
    if not isinstance(value, str) and any(isinstance(one, Mapping) for one in value):
        lines = [f"{name}:"]
        for one in value:
            inner = [line for key, part in one.items() for line in block(key, part, is_text=is_text)] if isinstance(one, Mapping) else []
            lines += [f"  {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(inner)]
        return lines
    return [f"{name}: {written(value, is_text=is_text)}"]


def _inner(value: Value, is_text: bool) -> str:
    if isinstance(value, str):
        return scalar(value, in_list=True, is_text=is_text)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inner(one, is_text)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(_inner(one, is_text) for one in value) + "]"


def _escape(sign: str) -> str:
    # What cannot be seen is written so that it can: a reviewer shall not miss it.
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
