"""One question over HTTP and its answer, once.  Knows nobody who is asked, tries nothing again and follows no redirection."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import Said, said

#: More than this is no answer to any of our questions.
LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of ``headers`` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoAnswer(Exception):
    """The connection broke; ``was_asked`` says whether whoever was asked may have got the question."""

    def __init__(self, reason: str, *, was_asked: bool) -> None:
        self.reason = reason
        self.was_asked = was_asked
        super().__init__(reason)


def exchange(
    method: str,
    address: str,
    headers: Mapping[str, str],
    content: bytes | None = None,
    *,
    timeout_s: float = 30.0,
    largest: int = LARGEST,
    clock: Callable[[], float] = time.monotonic,
) -> Answer:
    """Return what is answered at *address*; only a server that somebody vouches for is asked anything.

    *timeout_s* is how long one silence may last, and four times that a whole answer.

    Raises:
        NoAnswer: no whole answer of at most *largest* bytes came.
    """
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    room: dict[str, Any] = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
    assert parts.hostname is not None
    connection = kind(parts.hostname, parts.port, timeout=timeout_s, **room)
    try:
        try:
            connection.connect()
        except (OSError, UnicodeError) as error:
            raise NoAnswer(reason_of(error), was_asked=False) from error
        try:
            connection.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), content, dict(headers))
            with connection.getresponse() as response:
                told = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, told, _whole(response, clock() + 4 * timeout_s, largest, clock))
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(reason_of(error), was_asked=True) from error
    finally:
        connection.close()


def is_here(host: str | None) -> bool:
    """Say whether a host is this machine, so that nobody is on the way to it."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def reason_of(error: Exception) -> str:
    """Return why a connection broke, in words that name no secret."""
    if error.args and isinstance(error.args[0], Said):
        return error.args[0]
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, TimeoutError):
        return said("timed out")
    return (isinstance(error, OSError) and error.strerror) or said("the connection broke")


def strict_json(raw: bytes) -> Any:
    """Return what JSON says, where every reader would understand the same.

    Raises:
        ValueError: it is no JSON, holds a name twice, a number that is none, or is nested without end.
    """
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once_each)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _whole(response: http.client.HTTPResponse, latest: float, largest: int, clock: Callable[[], float]) -> bytes:
    wanted = response.length
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            raise http.client.HTTPException(said("more than {n} MB", n=largest >> 20))
        if clock() > latest:
            raise TimeoutError(said("too slow"))
    if wanted is not None and size < wanted:
        raise http.client.IncompleteRead(b"", wanted - size)
    return b"".join(pieces)


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name that comes twice")
    return found
