"""Text as it stands in XML: between tags, and as the value of an attribute.

The same as ``xml.sax.saxutils``, without the Web client that comes with it.
"""

from __future__ import annotations

_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BLANKS = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Return a text as it stands between tags."""
    return text.translate(_SIGNS)


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, with the quotation marks around it."""
    value = escape(text).translate(_BLANKS)
    if '"' not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace('"', "&quot;") + '"'
