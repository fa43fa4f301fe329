"""An address → what its page answers, as a browser would find it.  Reads no page: what it says is nobody's business here.

First by HEAD, which costs its site least; by GET where a site does not know
better.  Redirections are followed, each looked at like the first address.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Event, Timer
from urllib.parse import quote, urljoin, urlsplit

from handbill.outside.reaching import Inside, NoName, Resolve, connected, is_reserved, resolved
from handbill.outside.record import Answer, Outcome

#: How long one silence may last, twice that a whole answer, and four times that all answers to one question together.
TIMEOUT_S = 15.0
#: So many addresses in a row are followed.
MOST_HOPS = 8
#: The most of a page that is read where one is read at all.
MOST_BYTES = 256 << 10

_FOR_GOOD = (301, 308)
_FOR_NOW = (302, 303, 307)
_ON = (*_FOR_GOOD, *_FOR_NOW)
#: Answers of sites that do not like the question; the page may be as well as ever.
_NO_HEAD = (400, 401, 403, 404, 405, 406, 409, 410, 500, 501, 502, 503, 520, 999)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered: status as in RFC 9110, 15, headers in lower case, and as much of the page as was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class Failed(Exception):
    """There is no reply; ``answer`` says what that means."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer)


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks: ``contact`` is the hub's address, so that the people of a site can find who it is."""

    contact: str
    is_local: bool = False
    timeout_s: float = TIMEOUT_S
    resolve: Resolve = resolved

    def ask(self, address: str) -> Answer:
        """Return what a link is worth; one question, whatever it takes."""
        try:
            self._parts(address)
            answer = self._followed(address)
        except Failed as failure:
            return failure.answer
        if answer.outcome is Outcome.ANSWERS and urlsplit(address).scheme.lower() == "http":
            return self._encrypted(address) or answer
        return answer

    def once(self, method: str, address: str, most_bytes: int = 0) -> Reply:
        """Return the reply to one request, and follow nothing.

        Raises:
            Failed: there is none.
        """
        scheme, host, port, target = self._parts(address)
        connection = self._connection(scheme, host, port)
        # A server that sends one byte now and then would keep us for ever.
        is_late = Event()
        watch = Timer(2 * self.timeout_s, _cut, (connection.sock, is_late))
        watch.daemon = True
        watch.start()
        try:
            connection.request(method, target, headers=self._headers())
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            body = response.read(most_bytes) if most_bytes else b""
            if is_late.is_set():
                # What was cut off in its headers looks like an answer.
                raise TimeoutError
            return Reply(response.status, headers, body)
        except (OSError, http.client.HTTPException, ValueError) as trouble:
            raise Failed(_broken(trouble, is_late=is_late.is_set())) from trouble
        finally:
            watch.cancel()
            connection.close()

    def page(self, address: str, most_bytes: int) -> Reply:
        """Return the reply to a question for a page, wherever its site has put it.

        Raises:
            Failed: there is none.
        """
        now = address
        for _ in self._hops():
            reply = self.once("GET", now, most_bytes)
            target = reply.headers.get("location", "")
            if reply.status not in _ON or not target:
                return reply
            now = _next(now, target)
        raise Failed(Answer(Outcome.SILENT, "circle"))

    def _hops(self) -> Iterator[int]:
        """Yield as often as one may go on.

        Raises:
            Failed: it takes too long; each of many sites in a row may be just fast enough.
        """
        latest = time.monotonic() + 4 * self.timeout_s
        for hop in range(MOST_HOPS):
            if time.monotonic() >= latest:
                raise Failed(Answer(Outcome.SILENT, "timeout"))
            yield hop

    def _followed(self, address: str) -> Answer:
        now, lasting, is_lasting = address, "", True
        for _ in self._hops():
            try:
                reply = self._reply(now)
            except Failed as failure:
                # What another site does says nothing of this one.
                is_here = urlsplit(now).netloc == urlsplit(address).netloc
                raise Failed(replace(failure.answer, of_host=failure.answer.of_host and is_here)) from failure
            target = reply.headers.get("location", "")
            if reply.status in _ON and target:
                now = _next(now, target)
                is_lasting = is_lasting and reply.status in _FOR_GOOD
                lasting = now if is_lasting else lasting
                continue
            return _judged(reply, address, now, lasting)
        raise Failed(Answer(Outcome.SILENT, "circle"))

    def _reply(self, address: str) -> Reply:
        try:
            reply = self.once("HEAD", address)
        except Failed as failure:
            # Some servers hang up on what they do not know; what concerns the whole site stays as it is.
            if failure.answer.outcome is not Outcome.SILENT or failure.answer.of_host:
                raise
            return self.once("GET", address)
        return self.once("GET", address) if reply.status in _NO_HEAD else reply

    def _encrypted(self, address: str) -> Answer | None:
        parts = urlsplit(address)
        if parts.port not in (None, 80):
            return None
        other = parts._replace(scheme="https", netloc=parts.hostname or "").geturl()
        try:
            found = self._followed(other)
        except Failed:
            return None
        return Answer(Outcome.MOVED, "encrypted", new=other) if found.outcome is Outcome.ANSWERS else None

    def _connection(self, scheme: str, host: str, port: int) -> http.client.HTTPConnection:
        silent = Outcome.SILENT
        try:
            return connected(scheme, host, port, self.timeout_s, self.resolve, is_local=self.is_local)
        except Inside:
            raise Failed(Answer(Outcome.UNASKED, "inside")) from None
        except NoName as trouble:
            outcome = Outcome.GONE if trouble.is_final else silent
            raise Failed(Answer(outcome, "no name", host, of_host=True)) from trouble
        except ssl.SSLCertVerificationError as trouble:
            raise Failed(Answer(Outcome.UNSAFE, "certificate", trouble.verify_message, of_host=True)) from trouble
        except TimeoutError as trouble:
            raise Failed(Answer(silent, "timeout", of_host=True)) from trouble
        except ssl.SSLError as trouble:
            raise Failed(
                Answer(Outcome.UNSAFE, "certificate", (trouble.reason or "–").lower().replace("_", " "), of_host=True)
            ) from trouble
        except OSError as trouble:
            raise Failed(Answer(silent, "refused", trouble.strerror or "–", of_host=True)) from trouble

    def _parts(self, address: str) -> tuple[str, str, int, str]:
        """Return scheme, host, port and what is asked for, as they go over the wire."""
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").rstrip(".")
            host = host if host.isascii() else host.encode("idna").decode("ascii")
            port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
        except (ValueError, UnicodeError):
            raise Failed(Answer(Outcome.UNASKED, "no address")) from None
        if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None or parts.password is not None:
            raise Failed(Answer(Outcome.UNASKED, "no address"))
        if not self.is_local and is_reserved(host):
            raise Failed(Answer(Outcome.UNASKED, "inside"))
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
            "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
        )
        return parts.scheme.lower(), host, port, target

    def _headers(self) -> dict[str, str]:
        # As a browser asks, because some sites answer nobody else; and by our own name, because we are none.
        contact = quote(self.contact, safe="/%:@!$&'()*+,;=~?#[]")
        return {
            "User-Agent": f"Mozilla/5.0 (compatible; Handbill links; +{contact})",
            "Accept": "text/html,*/*;q=0.8",
            "Accept-Language": "fr,en;q=0.8",
            "Connection": "close",
        }


def _judged(reply: Reply, address: str, now: str, lasting: str) -> Answer:
    status = str(reply.status)
    if 200 <= reply.status < 300:
        was, here = urlsplit(address), urlsplit(now)
        if now != address and here.path in ("", "/") and not here.query and was.path.strip("/").count("/") >= 1:
            return Answer(Outcome.GONE, "front page", new=now)
        if lasting and lasting != address:
            return Answer(Outcome.MOVED, "moved", new=lasting)
        return Answer(Outcome.ANSWERS, "answers")
    if reply.status in (404, 410):
        return Answer(Outcome.GONE, "no page", status)
    if reply.status == 429:
        wait = reply.headers.get("retry-after", "")[:40]
        # It is shown as it is: on a screen, too.
        return Answer(Outcome.CLOSED, "busy", wait if wait and wait.isprintable() else "–")
    if reply.status >= 500 and reply.status != 999:
        return Answer(Outcome.SILENT, "failed", status)
    if 300 <= reply.status < 400:
        return Answer(Outcome.SILENT, "nonsense")
    return Answer(Outcome.CLOSED, "no programs", status)


def _next(address: str, target: str) -> str:
    """Return where a redirection leads.

    Raises:
        Failed: to nothing that a browser shows.
    """
    try:
        # Header bytes come as Latin-1; servers that write accents there mean UTF-8.
        plain = target.encode("latin-1", "replace").decode("utf-8", "replace")
        found = urljoin(address, plain.strip()).partition("#")[0]
        # As a browser writes it; and it is shown on a screen, which would obey it.
        found = "".join(sign if sign.isprintable() else quote(sign) for sign in found)
        scheme = urlsplit(found).scheme.lower()
    except ValueError:
        raise Failed(Answer(Outcome.GONE, "astray", "–")) from None
    if scheme not in ("http", "https") or len(found) > 4000:
        raise Failed(Answer(Outcome.GONE, "astray", found[:200]))
    return found


def _broken(trouble: Exception, *, is_late: bool) -> Answer:
    if is_late or isinstance(trouble, TimeoutError):
        return Answer(Outcome.SILENT, "timeout")
    if isinstance(trouble, (http.client.RemoteDisconnected, http.client.IncompleteRead)):
        return Answer(Outcome.SILENT, "broken", "–")
    if isinstance(trouble, OSError):
        return Answer(Outcome.SILENT, "broken", trouble.strerror or "–")
    return Answer(Outcome.SILENT, "nonsense")


def _cut(sock: socket.socket, is_late: Event) -> None:
    # Said before it is done: who waits at the other end wakes up at once, and asks why.
    is_late.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
