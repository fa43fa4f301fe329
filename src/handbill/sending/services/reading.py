"""A service's JSON → values of the type that its documentation promises, or a refusal to guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handbill.errors import ServiceFailed, said


@dataclass(frozen=True, slots=True)
class Found:
    """One object of an answer; ``fail`` makes the error for one that is not as documented.

    Every question raises that error where the field is missing or of another type.
    """

    fields: dict[str, Any]
    fail: Callable[..., ServiceFailed]

    @classmethod
    def of(cls, value: Any, fail: Callable[..., ServiceFailed]) -> Found:
        """Return *value* as an object."""
        if not isinstance(value, dict):
            raise fail(said("something that is no object"))
        return cls(value, fail)

    def text(self, name: str) -> str:
        """Return a text; null and a missing field are an empty one."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._other(name)
        return value

    def whole(self, name: str) -> int:
        """Return a number that counts something."""
        value = self.fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._other(name)
        return value

    def number(self, name: str) -> str:
        """Return a number that only names something, as text; null and a missing field are an empty one."""
        return "" if self.fields.get(name) is None else str(self.whole(name))

    def moment(self, name: str) -> datetime | None:
        """Return a moment with its zone; null and a missing field are none."""
        written = self.text(name)
        if not written:
            return None
        try:
            read = datetime.fromisoformat(written)
        except ValueError:
            raise self._other(name) from None
        if read.tzinfo is None:
            raise self._other(name)
        return read

    def inside(self, name: str) -> Found:
        """Return an object inside this one; null and a missing field are an empty one."""
        return Found.of(self.fields.get(name) or {}, self.fail)

    def several(self, name: str) -> tuple[Found, ...]:
        """Return a list of objects."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise self._other(name)
        return tuple(Found.of(one, self.fail) for one in value)

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; null and a missing field are an empty one."""
        value = self.fields.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._other(name)
        return tuple(value)

    def _other(self, name: str) -> ServiceFailed:
        return self.fail(said("“{name}” of another kind than its documentation says", name=name))
