"""One question and its answer: what is sent, what is taken for JSON, and whose machine needs no encryption."""

from __future__ import annotations

import pytest
from tests.sending.services.fake import Fake

from handbill.exchange import NoAnswer, exchange, is_here, strict_json


class Echo(Fake):
    """Says what it was asked."""

    def work(self, method, path, query, headers, body):
        return 200, {"method": method, "path": path, "query": query, "headers": headers}


@pytest.fixture
def echo():
    fake = Echo()
    yield fake
    fake.close()


def test_the_whole_address_is_asked_with_the_headers_given_and_no_others(echo):
    """What opens a door must not reach an address that was not told to have it."""
    answer = exchange("GET", f"{echo.address}/a/b?x=1&y=%2F", {"Accept": "*/*"})
    told = strict_json(answer.body)

    assert 200 == answer.status
    assert ("/a/b", {"x": ["1"], "y": ["/"]}) == (told["path"], told["query"])
    assert {"host", "accept", "accept-encoding"} == set(told["headers"])
    assert "application/json; charset=UTF-8" == answer.headers["content-type"]


def test_an_address_without_a_path_is_asked_for_its_root(echo):
    """A request line without a path is none."""
    assert "/" == strict_json(exchange("GET", echo.address, {}).body)["path"]


def test_more_than_was_allowed_is_no_answer(echo):
    """Whoever is asked decides what it sends; we decide what we keep."""
    with pytest.raises(NoAnswer) as told:
        exchange("GET", echo.address, {}, largest=20)

    assert told.value.was_asked


@pytest.mark.parametrize("raw", [b"", b"NaN", b'{"a": 1, "a": 2}', b"[" * 100_000, b'"\xff"', b"{} {}", b"[Infinity]"])
def test_what_two_readers_would_read_differently_is_no_json(raw):
    """A check and what comes after it must have read the same."""
    with pytest.raises(ValueError):  # noqa: PT011 - json's own, a codec's and ours; none of them is told
        strict_json(raw)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.0.0.1.nip.io", False), ("10.0.0.1", False), ("", False), (None, False)],
)
def test_only_this_machine_is_here(host, expected):
    """Everything else has somebody on the way."""
    assert expected is is_here(host)
