"""A review → JSON, and back: strictly, because the bytes may come from a stranger's machine.

What a key means stands in the handbook (reference/review.md).  Pages and
letters themselves, and how long each step took, are no part of it.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from handbill.errors import HandbillError, Level, Problem, said
from handbill.reviewing.record import Review
from handbill.telling import LEVEL_NAMES

#: The version of the format; a reader refuses any other.
VERSION = 1

#: Most bytes of a review that is read, most values in it, and most signs of one text.
MOST_BYTES = 16 * 1024 * 1024
MOST_VALUES = 400_000
MOST_SIGNS = 64_000

#: The deepest that lists and objects lie in each other: one more than a review needs.
MOST_DEPTH = 8

#: The whole name of a commit, whatever git calls it by.
_COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")

_LEVELS = {name: level for level, name in LEVEL_NAMES.items()}


class NotAReview(HandbillError):
    """Bytes that are no review, or none of this version."""


def text(review: Review) -> str:
    """Return the review as JSON; keys stand in the order of the record."""
    plain = {"version": VERSION, **_plain(review)}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Level):
        return LEVEL_NAMES[value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if _is_told(type(value), one.name)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _is_told(record: type, name: str) -> bool:
    # Sizes before and after are two numbers of a file; before and after of a page are its bytes.
    return types_of(record)[name] not in _UNTOLD


def read(raw: bytes) -> Review:
    """Return the review that the bytes hold, which may be a stranger's.

    Each key must be one of the record, each value of its type, and nothing
    may be larger or lie deeper than a review needs.

    Raises:
        NotAReview: says where it is not.
    """
    if len(raw) > MOST_BYTES:
        raise NotAReview(said("no review: larger than {most} MB", most=MOST_BYTES // 1024**2))
    try:
        written = raw.decode("utf-8")
        _refuse_depth(written)
        found = json.loads(written, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_no_number)
    except NotAReview:
        raise
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotAReview(said("no review: these bytes are no JSON in UTF-8 ({reason})", reason=type(error).__name__)) from None
    if not isinstance(found, dict) or found.pop("version", None) != VERSION:
        raise NotAReview(said("no review of version {version}", version=VERSION))
    reader = _Reader()
    review: Review = reader.record(found, Review, "review")
    for state in (review.base, review.head):
        if state.commit and not _COMMIT.fullmatch(state.commit):
            raise _wrong("review.commit")
    return review


def _refuse_depth(written: str) -> None:
    """Refuse what lies deeper than a review does, before anything is built of it."""
    depth = 0
    is_text = False
    signs = iter(written)
    for sign in signs:
        if is_text:
            if sign == "\\":
                next(signs, "")
            elif sign == '"':
                is_text = False
        elif sign == '"':
            is_text = True
        elif sign in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise NotAReview(said("no review: deeper than {most} levels", most=MOST_DEPTH))
        elif sign in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAReview(said("no review: a key stands twice"))
    return found


def _no_number(written: str) -> Any:
    raise NotAReview(said("no review: the number {written}", written=written[:20]))


class _Reader:
    """Turns plain values into records, and counts them."""

    def __init__(self) -> None:
        self._values = 0

    def record(self, value: Any, record: type, place: str) -> Any:
        if record is Problem and isinstance(value, dict):
            value = {**value, "level": _LEVELS.get(value["level"]) if isinstance(value.get("level"), str) else None}
        if not isinstance(value, dict):
            raise _wrong(place)
        hints = {name: hint for name, hint in types_of(record).items() if hint not in _UNTOLD}
        if set(value) != set(hints):
            raise _wrong(place)
        return record(**{name: self.value(value[name], hint, f"{place}.{name}") for name, hint in hints.items()})

    def value(self, value: Any, hint: Any, place: str) -> Any:
        self._values += 1
        if self._values > MOST_VALUES:
            raise NotAReview(said("no review: more than {most} values", most=MOST_VALUES))
        origin, given = get_origin(hint), get_args(hint)
        if origin is Literal:
            if isinstance(value, str) and value in given:
                return value
        elif origin is tuple and isinstance(value, list):
            kinds = [given[0]] * len(value) if given[-1] is Ellipsis else list(given)
            if len(kinds) == len(value):
                return tuple(self.value(one, kind, place) for one, kind in zip(value, kinds, strict=True))
        elif hint is Level and isinstance(value, Level):
            return value
        elif is_dataclass(hint):
            return self.record(value, hint, place)  # type: ignore[arg-type]
        elif type(value) is hint and _is_sound(value):
            return value
        raise _wrong(place)


def _is_sound(value: object) -> bool:
    """Say whether a number is one that all programs read alike, and a text is one that can be written anywhere."""
    if isinstance(value, str):
        return len(value) <= MOST_SIGNS and "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return not isinstance(value, int) or 0 <= value < 2**53


def _wrong(place: str) -> NotAReview:
    return NotAReview(said("no review: {place} is not as it must be", place=place))


@cache
def types_of(record: type) -> Mapping[str, Any]:
    """Return the types of a record's fields in their order."""
    hints = get_type_hints(record)
    return types.MappingProxyType({one.name: hints[one.name] for one in fields(record)})


#: Types of fields that are no part of the JSON: the bytes of pages and letters, and how long it took.
_UNTOLD = (Union[bytes, None], bytes | None, Mapping[str, bytes], Mapping[str, float])  # noqa: UP007 - typing tells the two apart in places
