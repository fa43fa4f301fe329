"""Plain values and their one text."""

import hashlib
import json

import pytest

from handbill.draw.canonical import NotCanonical, canonical, is_sealed, sealed, values_in

TOLD = {
    "steps": [{"at": "2026-05-01T12:00:00Z", "digest": "no digest of the text"}],
    "contest": "été",
    "none": [],
    "deep": {"digest": "0" * 64},
}


def test_it_is_what_every_library_for_json_can_write():
    """Whoever checks a draw without this program makes the same text with the means of his own language."""
    odd = ['"\\/\b\f\n\r\t\x00\x1f\x7f\x80\u2028\u2029é😀', "", [], {}, [[], {}], {"": [{}]}, 0, -1, 10**30, True, False, None, 1.5, "ﬀ"]
    for value in (TOLD, odd, {"é": 1, "z": 2, "Z": 3, "a b": odd, "\U0001f600": 4, "\uffff": 5}, {}, [], "text", 7):
        assert (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode() == canonical(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}, "\ud800"])
def test_what_no_json_can_say_is_refused(value):
    """A text that another program cannot read is nobody's proof."""
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        canonical(value)


def test_the_values_come_back():
    """A digest of the text has to be one of the values."""
    assert values_in(canonical(TOLD)) == TOLD


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"{}\r\n",
        b'{"a": 1}\n',
        b'{\n "b": 1,\n "a": 1\n}\n',
        b'{\n "a": 1,\n "a": 1\n}\n',
        b'{\n "a": "\\u00e9"\n}\n',
        b'{\n "a": NaN\n}\n',
        b'{\n "a": "\\ud800"\n}\n',
        b"\xff\n",
        b"[" * 100_000,
        b"9" * 10_000,
        b" " * 10 + b"{}\n",
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_every_other_text_of_them_is_refused(raw):
    """Two texts of the same values would have two digests, and one could be exchanged for the other."""
    with pytest.raises(NotCanonical):
        values_in(raw)


def test_a_text_that_is_too_long_is_not_read():
    """Whoever checks a stranger's file must not run out of memory for it."""
    with pytest.raises(NotCanonical):
        values_in(canonical(TOLD), longest=10)


def test_a_sealed_text_holds_the_digest_of_the_rest():
    """Anybody can check it without a program: take that line out, and ask for the SHA-256."""
    raw = sealed(TOLD)

    assert is_sealed(raw)
    assert raw == sealed(values_in(raw))


def test_the_digest_is_that_of_the_values_without_it():
    """It is what the handbook says, and what other programs make."""
    raw = sealed(TOLD)
    rest = {key: value for key, value in values_in(raw).items() if key != "digest"}

    assert hashlib.sha256(canonical(rest)).hexdigest() == values_in(raw)["digest"]
    with pytest.raises(ValueError, match="before their digest"):
        sealed({"a": 1})


def test_any_changed_byte_of_a_sealed_text_is_found():
    """A moment in a record is held by no other file."""
    raw = sealed(TOLD)

    assert not [at for at in range(len(raw)) if is_sealed(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])]
    assert not [at for at in range(len(raw)) if is_sealed(raw[:at] + raw[at + 1 :])]


def test_a_text_without_a_digest_is_not_sealed():
    """Whoever takes the line out has no sealed text, whatever else is in it."""
    assert not is_sealed(canonical(TOLD))
    assert not is_sealed(b"")
