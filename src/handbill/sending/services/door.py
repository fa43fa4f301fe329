"""Questions to a service over HTTPS, and its answers as JSON.  Knows no service; shows nobody what opens the door.

Nothing follows a redirection: the token would be handed to whoever stands at its end.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import Said, ServiceFailed, WrongUse, said
from handbill.sending.contract import Unreachable

#: How often a question that changes nothing is asked, in all.
TRIES = 4
#: The longest that a service may ask us to wait before it is asked again; beyond, a person decides.
LONGEST_WAIT_S = 120
#: More than this is no answer to any of our questions.
LARGEST = 64 << 20

_TYPE = re.compile(r"application/(?:[\w.+-]+\+)?json\s*(?:;.*)?", re.IGNORECASE)
#: What could be somebody's address in what a service says of its trouble.
_ADDRESS = re.compile(r"[^\s\"'<>(),;:]+@[^\s\"'<>(),;:]+")


class Unanswered(ServiceFailed):
    """Something was asked for and no whole answer came; only looking again tells whether it was done."""


class Refused(ServiceFailed):
    """The service did not do it and said so; ``status`` as in RFC 9110, 15."""

    def __init__(self, told: Said, status: int) -> None:
        self.status = status
        super().__init__(told)


class NotUnderstood(ServiceFailed):
    """The answer is none that the service's documentation knows, so nothing is concluded from it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class _NoAnswer(Exception):
    """The connection broke; ``was_asked`` says whether the service may have got the question."""

    def __init__(self, reason: str, *, was_asked: bool) -> None:
        self.reason = reason
        self.was_asked = was_asked
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Door:
    """The interface of a service at ``base``; ``name`` is what the service is called in messages.

    ``headers`` go with every question and are shown nowhere.  ``timeout_s`` is
    how long one silence may last, and four times that a whole answer.
    """

    name: str
    base: str
    headers: Mapping[str, str] = field(repr=False)
    sleep: Callable[[float], None] = time.sleep
    timeout_s: float = 30.0
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        """Refuse an address over which the token would travel in the open.

        Raises:
            WrongUse: it is no https address, and not one of this machine.
        """
        try:
            parts = urlsplit(self.base)
            # Reading the port is what finds out whether it is one.
            has_port = parts.port is None or parts.port > 0
        except ValueError:
            raise WrongUse(said("service: found what is no address")) from None
        if not has_port or parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
            raise WrongUse(said("service: wanted the address of an interface alone, without a name, password, question or fragment in it"))
        if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname)):
            raise WrongUse(said("service: found an address without https, wanted https:// so that nobody on the way can read the token"))

    @property
    def host(self) -> str:
        """Return the host, as it may be told."""
        return urlsplit(self.base).netloc

    def look(self, path: str) -> Any:
        """Return what the service says to a question that changes nothing; it is asked again while it is out of order.

        Raises:
            Unreachable: nobody answers, or we are not let in.
            ServiceFailed: it stays out of order, or answers something else.
        """
        for go in range(TRIES):
            is_last = go == TRIES - 1
            try:
                answer = self._once("GET", path, None, {})
            except _NoAnswer as trouble:
                if is_last:
                    raise self._unreachable(trouble.reason) from trouble
                self.sleep(2.0**go)
                continue
            if (answer.status == 429 or answer.status >= 500) and not is_last:
                self._wait(answer, go)
                continue
            return self._read(answer)
        raise AssertionError("the last try returns or raises")

    def ask(self, method: str, path: str, body: Mapping[str, object], key: str = "", *, is_quiet: bool = False) -> Any:
        """Return what the service says when it is to do something; *key* goes with it as ``X-Idempotency-Key``.

        Only what was surely not done is asked for a second time.  *is_quiet* says
        that an answer without content is one.

        Raises:
            Unreachable: it was not asked, or did not let us in.
            Refused: it said no.
            Unanswered: whether it was done is not known.
        """
        more = {"X-Idempotency-Key": key} if key else {}
        for go in range(TRIES):
            try:
                answer = self._once(method, path, body, more)
            except _NoAnswer as trouble:
                if not trouble.was_asked:
                    raise self._unreachable(trouble.reason) from trouble
                raise self._unanswered(said("{service} did not answer ({reason})", service=self.name, reason=trouble.reason)) from trouble
            if answer.status == 429 and go < TRIES - 1:
                self._wait(answer, go)
                continue
            if answer.status >= 500:
                raise self._unanswered(self._trouble(answer))
            if is_quiet and 200 <= answer.status < 300 and not answer.body.strip():
                return None
            try:
                return self._read(answer)
            except NotUnderstood as trouble:
                # It said yes to something; to what, only looking can tell.
                raise Unanswered(*trouble.args) from trouble
        raise AssertionError("the last try returns or raises")

    def _once(self, method: str, path: str, body: Mapping[str, object] | None, more: Mapping[str, str]) -> _Answer:
        parts = urlsplit(self.base)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        room: dict[str, Any] = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
        assert parts.hostname is not None
        connection = kind(parts.hostname, parts.port, timeout=self.timeout_s, **room)
        headers = {"Accept": "application/json", "User-Agent": "Handbill", **self.headers, **more}
        content = None
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode("utf-8")
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            try:
                connection.connect()
            except (OSError, UnicodeError) as error:
                raise _NoAnswer(_reason(error), was_asked=False) from error
            try:
                connection.request(method, parts.path.rstrip("/") + path, content, headers)
                response = connection.getresponse()
                told = {name.lower(): value for name, value in response.getheaders()}
                return _Answer(response.status, told, self._whole(response))
            except (OSError, http.client.HTTPException) as error:
                raise _NoAnswer(_reason(error), was_asked=True) from error
        finally:
            connection.close()

    def _whole(self, response: http.client.HTTPResponse) -> bytes:
        wanted = response.length
        latest = self.clock() + 4 * self.timeout_s
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(1 << 16):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise http.client.HTTPException(said("more than {n} MB", n=LARGEST >> 20))
            if self.clock() > latest:
                raise TimeoutError(said("too slow"))
        if wanted is not None and size < wanted:
            raise http.client.IncompleteRead(b"", wanted - size)
        return b"".join(pieces)

    def _wait(self, answer: _Answer, go: int) -> None:
        asked = answer.headers.get("retry-after", "")
        seconds = float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 2.0**go
        if seconds > LONGEST_WAIT_S:
            raise ServiceFailed(
                said("{service} wants to be left alone for {seconds} s; call the same command again then", service=self.name, seconds=asked)
            )
        self.sleep(seconds)

    def _read(self, answer: _Answer) -> Any:
        if answer.status in (401, 403):
            wanted = said("look at the token, and at what its owner may do there")
            raise Unreachable(said("{service} does not let us in; {wanted}", service=self.name, wanted=wanted))
        if 300 <= answer.status < 400:
            raise NotUnderstood(
                said(
                    "{service} points to another address, which is not followed; write the right one into {file}",
                    service=self.name,
                    file="hub.local.toml",
                )
            )
        if answer.status >= 400:
            raise Refused(self._trouble(answer), answer.status)
        if not _TYPE.fullmatch(answer.headers.get("content-type", "").strip()):
            raise self.not_understood(said("a page instead of an answer; is the address that of its interface?"))
        try:
            return json.loads(answer.body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once_each)
        except (ValueError, RecursionError) as error:
            raise self.not_understood(said("what is no JSON")) from error

    def not_understood(self, found: Said) -> NotUnderstood:
        """Return the error for an answer that nobody foresaw."""
        wanted = said("nothing was concluded from it; look there how the letter stands, then call the same command again")
        return NotUnderstood(said("{service} answered {found}; {wanted}", service=self.name, found=found, wanted=wanted))

    def _unanswered(self, told: Said) -> Unanswered:
        return Unanswered(said("{told}. Call the same command again: it first looks what became of this", told=told))

    def _trouble(self, answer: _Answer) -> Said:
        return said("{service} says {status}: {words}", service=self.name, status=answer.status, words=self._words(answer.body) or "–")

    def _words(self, body: bytes) -> str:
        """Return what the service says of its trouble, in one line, without what must not be shown."""
        try:
            found = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            return ""
        while isinstance(found, (dict, list)):
            inside = found[:1] if isinstance(found, list) else [found[one] for one in ("message", "detail", "msg") if one in found][:1]
            if not inside:
                return ""
            found = inside[0]
        words = _ADDRESS.sub("…", " ".join(str(found).split()))
        for secret in self.headers.values():
            for part in re.split(r"[\s:]+", secret):
                if len(part) > 5:
                    words = words.replace(part, "…")
        return "".join(sign for sign in words if sign.isprintable())[:200]

    def _unreachable(self, reason: str) -> Unreachable:
        return Unreachable(
            said(
                "{service} cannot be reached at {host} ({reason}); call the same command again later",
                service=self.name,
                host=self.host,
                reason=reason,
            )
        )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: Exception) -> str:
    if error.args and isinstance(error.args[0], Said):
        return error.args[0]
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, TimeoutError):
        return said("timed out")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return said("the connection broke")


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name that comes twice")
    return found
