"""Values that come out of a cache, or from another process, without a loop in Python for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

_Value = TypeVar("_Value")


def swift(value: type[_Value]) -> type[_Value]:
    """Let the instances of a frozen dataclass with slots be pickled and unpickled fast.

    What ``dataclass`` makes for this asks the class for its fields each time
    and sets each by its name.  Here both are written out once for the class, as
    ``dataclass`` itself does with ``__init__``.  A pickle with another number of
    fields is refused.
    """
    names = [one.name for one in fields(value)]  # type: ignore[arg-type]
    # A state is a tuple, for one field as well: ``None`` by itself would stand for none at all.
    held: Callable[[Any], tuple[Any, ...]] = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    setters: dict[str, Any] = {f"set_{name}": getattr(value, name).__set__ for name in names}
    lines = ["def __setstate__(self, state):", f"    {', '.join(names)}, = state", *(f"    set_{name}(self, {name})" for name in names)]
    exec("\n".join(lines), setters)  # noqa: S102 - made of the names of fields alone
    value.__setstate__ = setters["__setstate__"]  # type: ignore[attr-defined]
    value.__getstate__ = lambda self: held(self)  # type: ignore[method-assign]
    return value
