"""Values that hold long texts as UTF-8, as files do.

A string takes as many bytes for each letter as its widest letter needs: one
typographic apostrophe makes a French text twice as large.  Of 5,000 posts of
600 words that was 55 MB.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

_Value = TypeVar("_Value")

#: Ends each text of several; no text holds it, because reading refuses it.
_END = "\0"


def lean(*names: str) -> Callable[[type[_Value]], type[_Value]]:
    """Let a frozen dataclass with slots hold the named texts, or tuples of texts, as UTF-8.

    They are given and asked for as before, and made anew each time they are
    asked for.  Pickles and copies take over the bytes as they are.
    """

    def made_lean(value: type[_Value]) -> type[_Value]:
        slots = {one.name: getattr(value, one.name) for one in fields(value)}  # type: ignore[arg-type]
        lines = [
            "def __getstate__(self):",
            f"    return {', '.join(f'get_{name}(self)' for name in slots)},",
            "def __setstate__(self, state):",
            f"    {', '.join(slots)}, = state",
            *(f"    set_{name}(self, {name})" for name in slots),
        ]
        known: dict[str, Any] = {f"get_{name}": slot.__get__ for name, slot in slots.items()}
        known |= {f"set_{name}": slot.__set__ for name, slot in slots.items()}
        exec("\n".join(lines), known)  # noqa: S102 - made of the names of fields alone
        value.__getstate__ = known["__getstate__"]  # type: ignore[method-assign]
        value.__setstate__ = known["__setstate__"]  # type: ignore[attr-defined]
        for name in names:
            setattr(value, name, _held(slots[name]))
        return value

    return made_lean


def _held(slot: Any) -> property:
    """Return the way to a text in its slot."""
    get, put = slot.__get__, slot.__set__

    def text(value: object) -> str | tuple[str, ...]:
        held = get(value)
        if type(held) is bytes:
            return held.decode("utf-8", "surrogatepass")
        return tuple(held[0].decode("utf-8", "surrogatepass")[:-1].split(_END)) if held else ()

    def hold(value: object, given: str | tuple[str, ...]) -> None:
        if isinstance(given, str):
            put(value, given.encode("utf-8", "surrogatepass"))
        else:
            # In a tuple, to be known as several; an empty text is one as well.
            put(value, ("".join(f"{one}{_END}" for one in given).encode("utf-8", "surrogatepass"),) if given else ())

    return property(text, hold)
