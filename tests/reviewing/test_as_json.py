"""A review as JSON, and back from the bytes of strangers."""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from tests.cases import for_each

from handbill.errors import Level, Problem
from handbill.reviewing.as_json import MOST_DEPTH, NotAReview, read, text
from handbill.reviewing.record import Review

PAGE = Path(__file__).parents[2] / "handbook" / "reference" / "review.md"
COMMIT = "ab12" * 10


def filled(record, name="review"):
    """Return a record with something in every field, whatever fields it will have."""
    if record is Problem:
        return Problem("content/posts/é.md", 7, 3, "date", "“demain”", "a day", "HB201", Level.WARNING, 4)
    return record(**{one.name: sample(hint, one.name) for one, hint in zip(fields(record), get_type_hints(record).values(), strict=True)})


def sample(hint, name):
    origin, given = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return filled(hint, name)
    if origin is tuple:
        return tuple(sample(one, name) for one in (given[:1] if given[-1] is Ellipsis else given))
    if origin is Literal:
        return given[-1]
    if hint in (str, int, bool):
        return COMMIT if name == "commit" else hint(7) if hint is not str else f"<{name}> « é » \u2028"
    return {} if origin is not None and isinstance({}, origin if isinstance(origin, type) else ()) else None


WHOLE = filled(Review)


def bare(value):
    """Return a record without what is no part of the JSON."""
    if isinstance(value, tuple):
        return tuple(bare(one) for one in value)
    if not is_dataclass(value) or isinstance(value, Problem):
        return value
    changed = {}
    for one in fields(value):
        hint = str(one.type)
        if "bytes" in hint or "float" in hint:
            changed[one.name] = one.default if one.default is not MISSING else one.default_factory() if one.default_factory is not MISSING else None
        else:
            changed[one.name] = bare(getattr(value, one.name))
    return replace(value, **changed)


def test_what_is_written_is_read_again():
    """The comment is written anew from these bytes, by another program run."""
    assert bare(WHOLE) == read(text(WHOLE).encode())


def test_every_key_is_explained():
    """Others build on this file, and the handbook is all that they have."""
    explained = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))

    def keys(value):
        if isinstance(value, Mapping):
            yield from value
        for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
            yield from keys(one)

    # What a problem holds is explained where `check` is.
    assert set() == set(keys(json.loads(text(WHOLE)))) - explained - {one.name for one in fields(Problem)}


def spoilt(change):
    plain = json.loads(text(WHOLE))
    change(plain)
    return json.dumps(plain).encode()


HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"version": 1, "hub": "\xff"}',
    "a list": b"[]",
    "a number": b"7",
    "another version": spoilt(lambda plain: plain.update(version=2)),
    "a version that is nearly right": spoilt(lambda plain: plain.update(version=1.0)),
    "no version": spoilt(lambda plain: plain.pop("version")),
    "a key too many": spoilt(lambda plain: plain.update(evil=1)),
    "a key too few": spoilt(lambda plain: plain.pop("pages")),
    "a key too many, deep": spoilt(lambda plain: plain["pages"][0].update(__class__="x")),
    "a key twice": text(WHOLE).replace('"hub":', '"hub": "x", "hub":', 1).encode(),
    "a text for a list": spoilt(lambda plain: plain.update(pages="pages")),
    "an object for a list": spoilt(lambda plain: plain.update(pages={})),
    "nothing for a text": spoilt(lambda plain: plain.update(hub=None)),
    "a number for a text": spoilt(lambda plain: plain.update(hub=3)),
    "a text for a number": spoilt(lambda plain: plain["files"][0].update(before="3")),
    "a truth for a number": spoilt(lambda plain: plain["files"][0].update(before=True)),
    "a number for a truth": spoilt(lambda plain: plain.update(is_whole=1)),
    "a fraction": spoilt(lambda plain: plain["files"][0].update(before=1.5)),
    "a number below nothing": spoilt(lambda plain: plain["files"][0].update(before=-1)),
    "a number beyond all": spoilt(lambda plain: plain["files"][0].update(before=10**30)),
    "a number of 5,000 digits": text(WHOLE).replace(": 7", ": " + "9" * 5000, 1).encode(),
    "not a number": text(WHOLE).replace(": 7", ": NaN", 1).encode(),
    "infinity": text(WHOLE).replace(": 7", ": Infinity", 1).encode(),
    "a word that nobody knows": spoilt(lambda plain: plain["pages"][0].update(how="hacked")),
    "a level that nobody knows": spoilt(lambda plain: plain["problems"][0]["problem"].update(level="fatal")),
    "a level that is a list": spoilt(lambda plain: plain["problems"][0]["problem"].update(level=[])),
    "a commit that is none": spoilt(lambda plain: plain["head"].update(commit="main)](https://evil.example")),
    "a commit that is an option": spoilt(lambda plain: plain["base"].update(commit="--output=x")),
    "half a sign": text(WHOLE).replace('"hub": "', '"hub": "\\ud800', 1).encode(),
    "a sign that ends texts": text(WHOLE).replace('"hub": "', '"hub": "\\u0000', 1).encode(),
    "a text of a megabyte": spoilt(lambda plain: plain.update(hub="x" * 1_000_000)),
    "half a million values": spoilt(lambda plain: plain["pages"][0].update(sources=["x"] * 500_000)),
    "three sizes": spoilt(lambda plain: plain["sizes"].update(files=[1, 2, 3])),
    "lists in lists": b"[" * 100_000,
    "objects in objects": b'{"a":' * 100_000,
    "one level too deep": spoilt(lambda plain: plain["pages"][0].update(sources=json.loads("[" * MOST_DEPTH + "]" * MOST_DEPTH))),
    "twenty megabytes": b" " * 20_000_000,
}


@for_each("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_review_is_refused(raw):
    """It comes from a stranger's run, and what reads it may write comments."""
    with pytest.raises(NotAReview):
        read(raw)


def test_a_refusal_quotes_nothing_that_was_found():
    """What is wrong with a stranger's file is told in a log that others read."""
    for change in ({"how": "::set-output name=x::y"}, {"::set-output name=x::y": 1}):
        with pytest.raises(NotAReview) as refusal:
            read(spoilt(lambda plain, change=change: plain["pages"][0].update(change)))

        assert "set-output" not in str(refusal.value)
