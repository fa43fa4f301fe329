"""An event that was brought → the text of its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbill.hub.written import Value, block
from handbill.importing.ics.event import Brought
from handbill.telling import tell

#: Values that are words, and get quotes where they look like a number.
_WORDS = frozenset({"title", "tags", "organisers", "status_note", "venue", "name", "street", "postcode", "city", "country", "note"})
_NUMBERS = frozenset({"latitude", "longitude"})


def sheet(brought: Brought, lang: str) -> str:
    """Return the whole file; what an editor has to do is said in *lang*, above what it is about."""
    lines = ["---"]
    for name, value in brought.values.items():
        if name == "draft":
            lines += [f"# {tell(one, lang)}" for one in brought.reasons]
        lines += _lines(name, value)
    return "\n".join([*lines, "---", *(["", brought.body] if brought.body else []), ""])


def _lines(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{name}:"
        for key, one in value.items():
            yield from (f"  {line}" for line in _lines(key, one))
    elif isinstance(value, tuple) and any(isinstance(one, Mapping) for one in value):
        yield f"{name}:"
        for one in value:
            inner = [line for key, part in one.items() for line in _lines(key, part)] if isinstance(one, Mapping) else []
            yield from (f"  {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(inner))
    else:
        yield from block(name, value, is_text=name in _WORDS and name not in _NUMBERS)
