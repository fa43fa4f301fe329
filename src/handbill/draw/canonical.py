"""Plain values of JSON ↔ their one text, so that a digest of the text is one of the values (decision 0050)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

#: A draw among a hundred thousand tickets is three megabytes.
LONGEST = 64_000_000

_quoted = json.encoder.encode_basestring

#: The line of a sealed text that holds its digest: of all that is indented by one space alone, there is one.
_SEAL = re.compile(rb'^ "digest": "[0-9a-f]{64}",\n', re.MULTILINE)


class NotCanonical(ValueError):
    """Some bytes are not the one text of any values."""


def canonical(value: Any) -> bytes:
    """Return the one text of plain values: keys in their order, one space for each level, a line feed at the end.

    Raises:
        ValueError: a value is none of JSON.
    """
    return (_text(value, "\n") + "\n").encode("utf-8")


def _text(value: Any, line: str) -> str:
    # As json.dumps with indent=1, sort_keys and ensure_ascii=False writes it, in
    # a fifth of the time: that leaves its fast encoder when it has to indent.
    kind = type(value)
    if kind is str:
        return _quoted(value)
    if kind is int:
        return str(value)
    inner = line + " "
    if kind is list:
        return f"[{inner}{f',{inner}'.join([_text(one, inner) for one in value])}{line}]" if value else "[]"
    if isinstance(value, Mapping):
        pairs = [f"{_quoted(key)}: {_text(value[key], inner)}" for key in sorted(value)]
        return f"{{{inner}{f',{inner}'.join(pairs)}{line}}}" if pairs else "{}"
    return json.dumps(value, allow_nan=False)


def values_in(raw: bytes, longest: int = LONGEST) -> Any:
    """Return the values of which these bytes are the one text.

    Raises:
        NotCanonical: they are of none, or longer than *longest*.
    """
    value = parsed(raw, longest)
    try:
        is_one = canonical(value) == raw
    except (ValueError, RecursionError):
        is_one = False
    if not is_one:
        raise NotCanonical("another text of these values")
    return value


def parsed(raw: bytes, longest: int = LONGEST) -> Any:
    """Return the values of some JSON, for whoever makes sure that it is their one text.

    Raises:
        NotCanonical: it is none, or longer than *longest*.
    """
    if len(raw) > longest:
        raise NotCanonical("too long")
    try:
        return json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from None


def sealed(told: Mapping[str, Any]) -> bytes:
    """Return the one text of some values, with a key ``digest`` more: the SHA-256 of the text without that line.

    So a byte that changes by accident is found in a text that nothing else
    holds the digest of.  Who changes it on purpose makes the digest anew.

    Raises:
        ValueError: a value is none of JSON, or no key comes after ``digest``.
    """
    raw = canonical({**told, "digest": "0" * 64})
    line = _SEAL.search(raw)
    if line is None:
        raise ValueError("values whose keys all come before their digest")
    digest = hashlib.sha256(raw[: line.start()] + raw[line.end() :]).hexdigest()
    return raw[: line.start()] + line[0].replace(b"0" * 64, digest.encode("ascii")) + raw[line.end() :]


def is_sealed(raw: bytes) -> bool:
    """Say whether a text holds the digest of the rest of it."""
    lines = _SEAL.findall(raw)
    return len(lines) == 1 and hashlib.sha256(_SEAL.sub(b"", raw)).hexdigest().encode() in lines[0]


def fits(value: Any, shape: Any, *, is_open: bool = False) -> bool:
    """Say whether values have a shape: a type, a list of one shape, or a table of keys; the key "" stands for any.

    Where it *is_open*, tables may have more keys than the shape names.

    >>> fits({"a": [1, 2]}, {"a": [int]})
    True
    """
    if isinstance(shape, list):
        return type(value) is list and all(fits(one, shape[0], is_open=is_open) for one in value)
    if isinstance(shape, Mapping):
        if type(value) is not dict:
            return False
        if "" in shape:
            return all(fits(one, shape[""], is_open=is_open) for one in value.values())
        lacking, more = shape.keys() - value.keys(), value.keys() - shape.keys()
        return not lacking and (is_open or not more) and all(fits(value[key], one, is_open=is_open) for key, one in shape.items())
    return type(value) is shape
