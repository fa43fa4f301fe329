"""The pool of a draw."""

import pytest
from tests.draw.samples import TICKETS

from handbill.draw.pool import BadPool, digest_of, entrant, pool_bytes, pool_lines


def test_a_pool_is_its_lines_in_their_order():
    """The same entrants make the same file, and so the same digest, on every machine."""
    raw = pool_bytes(reversed(TICKETS))

    assert raw == pool_bytes(TICKETS)
    assert tuple(sorted(TICKETS)) == pool_lines(raw)
    assert "0a091474518f4016dc4e2332128b198e5b5e506b17f59d31f66b872f8d91dc72" == digest_of(raw)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"", 0),
        (b"ana", 0),
        (b"\n", 1),
        (b"ana\n\n", 2),
        (b"ana\r\nbilal\r\n", 1),
        (b"bilal\nana\n", 2),
        (b"ana\nana\n", 2),
        (b"ana\nBilal\n", 2),
        (b"ana@example.org\n", 1),
        (b"Ana Lopez\n", 1),
        (b"-ana\n", 1),
        (b"ana#0\n", 1),
        (b"ana#02\n", 1),
        (b"ana#10000\n", 1),
        (b"a" * 65 + b"\n", 1),
        (b"ana \n", 1),
        ("ana\nbénédicte\n".encode(), 2),
        ("ana\nbilal٣\n".encode(), 2),
        (b"\xef\xbb\xbfana\n", 1),
        (b"ana\n\xff\n", 2),
    ],
)
def test_what_is_no_pool_is_refused_with_its_line(raw, line):
    """A name or an address in it would be public for ever; another text of the same lines would have another digest."""
    with pytest.raises(BadPool) as refused:
        pool_lines(raw)

    assert line == refused.value.line


@pytest.mark.parametrize("lines", [("ana", "ana"), ("Ana",), ()])
def test_no_pool_is_made_of_bad_lines(lines):
    """It is found before anything is frozen."""
    with pytest.raises(BadPool):
        pool_bytes(lines)


def test_more_chances_of_one_entrant_are_more_lines():
    """Who earned three chances stands in the pool three times, and is one person."""
    assert ("ana", "ana#2", "ana#3", "bilal") == pool_lines(pool_bytes(["ana#3", "bilal", "ana", "ana#2"]))
    assert {"ana"} == {entrant(one) for one in ("ana", "ana#2", "ana#9999")}
