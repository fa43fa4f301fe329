"""Keys and values → front matter that reads back exactly."""

from __future__ import annotations

from collections.abc import Iterable

from handbill.hub.written import written

#: A value of front matter: one text, or a list of texts.
Value = str | tuple[str, ...]


def front_matter(pairs: Iterable[tuple[str, Value]]) -> str:
    """Return a whole front matter, from the first ``---`` to the second, with its line end."""
    return "".join(["---\n", *(f"{key}: {written(value)}\n" for key, value in pairs), "---\n"])


__all__ = ["Value", "front_matter", "written"]
