"""Questions to a service over HTTPS, and its answers as JSON.  Knows no service; shows nobody what opens the door.

Nothing follows a redirection: the token would be handed to whoever stands at its end.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from handbill.errors import Said, ServiceFailed, WrongUse, said
from handbill.exchange import LARGEST, Answer, NoAnswer, exchange, is_here, strict_json

#: How often a question that changes nothing is asked, in all.
TRIES = 4
#: The longest that a service may ask us to wait before it is asked again; beyond, a person decides.
LONGEST_WAIT_S = 120

_TYPE = re.compile(r"application/(?:[\w.+-]+\+)?json\s*(?:;.*)?", re.IGNORECASE)
#: What could be somebody's address in what a service says of its trouble.
_ADDRESS = re.compile(r"[^\s\"'<>(),;:]+@[^\s\"'<>(),;:]+")
_LOOK_THERE = said("look there how the letter stands, then call the same command again")
_MEND = said("write the right one into {file}", file="hub.local.toml")
_SECONDS = re.compile(r"[0-9]{1,10}", re.ASCII)


class Unreachable(ServiceFailed):
    """A server or service could not be reached, or did not let us in; nothing was handed over."""


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
class Door:
    """The interface of a service at ``base``; ``name`` is what the service is called in messages.

    ``headers`` go with every question and are shown nowhere.  ``timeout_s`` is
    how long one silence may last, and four times that a whole answer.
    ``look_there`` says what to look at before one calls again, and ``mend``
    what to do where the address is not the right one.  Only where it
    ``says_why`` are its words for not letting us in shown.
    """

    name: str
    base: str
    headers: Mapping[str, str] = field(repr=False)
    sleep: Callable[[float], None] = time.sleep
    timeout_s: float = 30.0
    clock: Callable[[], float] = time.monotonic
    look_there: Said = _LOOK_THERE
    mend: Said = _MEND
    says_why: bool = False

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
        if parts.scheme != "https" and not (parts.scheme == "http" and is_here(parts.hostname)):
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
        return self._read(self.look_at(path))

    def look_at(self, path: str) -> Answer:
        """Return the whole answer to a question that changes nothing, whatever its status is; likewise asked again.

        Raises:
            Unreachable: nobody answers.
        """
        for go in range(TRIES):
            is_last = go == TRIES - 1
            try:
                answer = self._once("GET", path, None, {})
            except NoAnswer as trouble:
                if is_last:
                    raise self._unreachable(trouble.reason) from trouble
                self.sleep(2.0**go)
                continue
            if (_is_limited(answer) or answer.status >= 500) and not is_last:
                self._wait(answer, go)
                continue
            return answer
        raise AssertionError("the last try returns or raises")

    def ask(self, method: str, path: str, body: Mapping[str, object] | None, key: str = "", *, is_quiet: bool = False) -> Any:
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
            except NoAnswer as trouble:
                if not trouble.was_asked:
                    raise self._unreachable(trouble.reason) from trouble
                raise self._unanswered(said("{service} did not answer ({reason})", service=self.name, reason=trouble.reason)) from trouble
            if _is_limited(answer) and go < TRIES - 1:
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

    def _once(self, method: str, path: str, body: Mapping[str, object] | None, more: Mapping[str, str]) -> Answer:
        headers = {"Accept": "application/json", "User-Agent": "Handbill", **self.headers, **more}
        content = None
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode("utf-8")
            headers["Content-Type"] = "application/json; charset=utf-8"
        address = self.base.rstrip("/") + path
        return exchange(method, address, headers, content, timeout_s=self.timeout_s, largest=LARGEST, clock=self.clock)

    def _wait(self, answer: Answer, go: int) -> None:
        seconds = _asked_to_wait(answer)
        if seconds is None:
            seconds = 2.0**go
        if seconds > LONGEST_WAIT_S:
            wanted = said("call the same command again then")
            raise ServiceFailed(
                said("{service} wants to be left alone for {seconds} s; {wanted}", service=self.name, seconds=int(seconds), wanted=wanted)
            )
        self.sleep(seconds)

    def _read(self, answer: Answer) -> Any:
        if answer.status in (401, 403):
            wanted = said("look at the token, and at what its owner may do there")
            # A right that is missing and a limit that was reached are both told so; the words alone say which.
            words = (self._words(answer.body) if self.says_why else "") or answer.status
            raise Unreachable(said("{service} does not let us in ({words}); {wanted}", service=self.name, words=words, wanted=wanted))
        if 300 <= answer.status < 400:
            raise NotUnderstood(
                said("{service} points to another address, which is not followed; {wanted}", service=self.name, wanted=self.mend)
            )
        if answer.status >= 400:
            raise Refused(self._trouble(answer), answer.status)
        if not _TYPE.fullmatch(answer.headers.get("content-type", "").strip()):
            raise self.not_understood(said("a page instead of an answer; is the address that of its interface?"))
        try:
            return strict_json(answer.body)
        except ValueError as error:
            raise self.not_understood(said("what is no JSON")) from error

    def not_understood(self, found: Said) -> NotUnderstood:
        """Return the error for an answer that nobody foresaw."""
        wanted = said("nothing was concluded from it; {wanted}", wanted=self.look_there)
        return NotUnderstood(said("{service} answered {found}; {wanted}", service=self.name, found=found, wanted=wanted))

    def _unanswered(self, told: Said) -> Unanswered:
        return Unanswered(said("{told}. Call the same command again: it first looks what became of this", told=told))

    def _trouble(self, answer: Answer) -> Said:
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
        return self.safe(str(found))[:200]

    def safe(self, words: str) -> str:
        """Return what somebody else says, in one line, without addresses of people and without what opens the door."""
        words = _ADDRESS.sub("…", " ".join(words.split()))
        for secret in self.headers.values():
            for part in re.split(r"[\s:]+", secret):
                if len(part) > 5:
                    words = words.replace(part, "…")
        return "".join(sign for sign in words if sign.isprintable())

    def _unreachable(self, reason: str) -> Unreachable:
        return Unreachable(
            said(
                "{service} cannot be reached at {host} ({reason}); call the same command again later",
                service=self.name,
                host=self.host,
                reason=reason,
            )
        )


def _is_limited(answer: Answer) -> bool:
    """Say whether a service only wants to be asked less often; GitHub says so with 403 as well."""
    return answer.status == 429 or (
        answer.status == 403 and ("retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0")
    )


def _asked_to_wait(answer: Answer) -> float | None:
    """Return for how many seconds a service wants to be left alone, ``None`` where it does not say."""
    asked = answer.headers.get("retry-after", "")
    if _SECONDS.fullmatch(asked):
        return float(asked)
    until, now = answer.headers.get("x-ratelimit-reset", ""), moment_of(answer)
    if answer.headers.get("x-ratelimit-remaining") == "0" and _SECONDS.fullmatch(until) and now is not None:
        # Both are told by the same clock, so that ours need not be right.
        return max(1.0, float(until) - now.timestamp())
    return None


def moment_of(answer: Answer) -> datetime | None:
    """Return the moment at which a service says that it answered, ``None`` where it does not say."""
    try:
        found = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    return found if found.tzinfo else None
