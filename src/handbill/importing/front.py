"""Keys and values → front matter that reads back exactly.  Knows the subset of YAML that we read, and no library."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handbill.hub.fields import NOTHING

#: A value of front matter: one text, or a list of texts.
Value = str | tuple[str, ...]

# Far narrower than what YAML allows without quotes, and so beyond doubt.
_PLAIN = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ/](?:[0-9A-Za-zÀ-ÖØ-öø-ÿŒœ ._/()'’+!?;–—-]|:(?=[0-9A-Za-z/]))*")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def front_matter(pairs: Iterable[tuple[str, Value]]) -> str:
    """Return a whole front matter, from the first ``---`` to the second, with its line end."""
    return "".join(["---\n", *(f"{key}: {written(value)}\n" for key, value in pairs), "---\n"])


def written(value: Value) -> str:
    """Return a value as it stands after the colon."""
    if isinstance(value, str):
        return _scalar(value)
    return "[" + ", ".join(_scalar(one) for one in value) + "]"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text not in NOTHING:
        return text
    return '"' + "".join(_SHORT.get(sign) or (sign if sign.isprintable() else _escape(sign)) for sign in text) + '"'


def _escape(sign: str) -> str:
    # What cannot be seen is written so that it can: a reviewer shall not miss it.
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
