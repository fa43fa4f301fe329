"""Elements of HTML from plain texts, each text made safe on the way: for pages of the program's own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"meta", "link", "input", "img"})


class Html(str):
    """HTML that is safe to stand in a page; any other text is escaped first."""

    __slots__ = ()


#: What stands within an element: texts, elements, several of them, or nothing.
Inside = str | Iterable["Inside"] | None


def joined(*inside: Inside) -> Html:
    """Return the HTML of what stands within an element."""
    parts = []
    for one in inside:
        if isinstance(one, Html):
            parts.append(one)
        elif isinstance(one, str):
            parts.append(Html(escape(one, quote=False)))
        elif one is not None:
            parts.append(joined(*one))
    return Html("".join(parts))


def tag(name: str, /, *inside: Inside, **attributes: object) -> Html:
    """Return an element; ``class_`` and ``aria_label`` name the attributes ``class`` and ``aria-label``.

    ``True`` is an attribute without a value, ``None``, ``False`` and "" of a
    class none at all.
    """
    given = ""
    for key, value in attributes.items():
        written = key.rstrip("_").replace("_", "-")
        if value is None or value is False or (written == "class" and value == ""):
            continue
        given += f" {written}" if value is True else f' {written}="{escape(str(value))}"'
    return Html(f"<{name}{given}>" if name in _VOID else f"<{name}{given}>{joined(*inside)}</{name}>")
