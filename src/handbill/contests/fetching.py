"""A round of the beacon → its signature: asked over the network, or read from what somebody saved.

Whoever answers need not be trusted: nothing is returned that the beacon did not
sign.  Nobody learns more from the question than which round is asked for.
"""

from __future__ import annotations

import codecs
import http.client
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from handbill.draw.beacon import QUICKNET, Chain, is_signed, moment_of, randomness_of
from handbill.errors import Said, ServiceFailed, WrongUse, said
from handbill.exchange import is_here, reason_of, strict_json

#: Who passes the beacon's rounds on, asked one after the other until one has it.
RELAYS = ("https://api.drand.sh", "https://drand.cloudflare.com")

#: How long one silence may last, and twice that a whole answer.
TIMEOUT_S = 15.0
#: A round is told in about 260 bytes.
LARGEST = 4096

_DIGITS = re.compile(r"[0-9a-f]{96}", re.ASCII)


class _NoAnswer(Exception):
    """Somebody who was asked gave no round; ``found`` says what became of it."""

    def __init__(self, found: Said) -> None:
        self.found = found
        super().__init__(found)


class Unpublished(ServiceFailed):
    """Whoever was asked passes the beacon on and has no such round."""


class NoBeacon(WrongUse):
    """What was given is no round of the beacon; ``found`` says what it is."""

    def __init__(self, found: Said, chain: Chain) -> None:
        self.found = found
        wanted = said("what {address} shows, as it is", address=f"{RELAYS[0]}/{chain.hash}/public/…")
        super().__init__(said("--beacon: found {found}, wanted {wanted}", found=found, wanted=wanted))


@dataclass(frozen=True, slots=True)
class Emitted:
    """A round that the beacon signed."""

    round: int
    signature: bytes


def fetched(
    round_: int,
    *relays: str,
    chain: Chain = QUICKNET,
    timeout_s: float = TIMEOUT_S,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Return the signature of a round, from the first of the *relays* that has it; without any, from the public ones.

    Raises:
        Unpublished: none has it, and one at least says so.
        ServiceFailed: none answers, or none with the round.
        WrongUse: a relay is no address.
        NoRound: the beacon has no round of that number.
    """
    moment_of(round_, chain)
    addresses = [f"{relay.rstrip('/')}/{chain.hash}/public/{round_}" for relay in relays or RELAYS]
    for address in addresses:
        _host(address)
    told: list[Said] = []
    missing: Unpublished | None = None
    for address in addresses:
        try:
            return _signature(address, round_, chain, timeout_s, clock)
        except Unpublished as error:
            missing = missing or error
        except _NoAnswer as error:
            told.append(error.found)
    if missing is not None:
        raise missing
    raise ServiceFailed(
        said(
            "{trouble}; call the command again later, or open {address} in a browser, save what it shows and give it: --beacon FILE",
            trouble=told[0],
            address=addresses[0],
        )
    )


def beacon_in(raw: bytes, chain: Chain = QUICKNET) -> Emitted:
    """Return the round that somebody saved from the beacon.

    Raises:
        NoBeacon: it is none, or not one that the beacon signed.
    """
    try:
        found = strict_json(raw.removeprefix(codecs.BOM_UTF8)) if len(raw) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoBeacon(said("what is no answer of the beacon"), chain)
    round_, signature = found.get("round"), found.get("signature")
    if type(round_) is not int:
        raise NoBeacon(said("an answer that names no round"), chain)
    if not isinstance(signature, str) or not _DIGITS.fullmatch(signature):
        raise NoBeacon(said("an answer without a signature of 96 hexadecimal digits"), chain)
    emitted = Emitted(round_, bytes.fromhex(signature))
    if found.get("randomness", randomness_of(emitted.signature).hex()) != randomness_of(emitted.signature).hex():
        raise NoBeacon(said("a random value that is not the SHA-256 of the signature beside it"), chain)
    if not is_signed(round_, emitted.signature, chain):
        raise NoBeacon(said("a signature that is not the beacon's for round {round}", round=round_), chain)
    return emitted


def _signature(address: str, round_: int, chain: Chain, timeout_s: float, clock: Callable[[], float]) -> bytes:
    host = _host(address)
    try:
        status, body = _answer(address, timeout_s, clock)
    except (OSError, UnicodeError, http.client.HTTPException) as error:
        raise _NoAnswer(said("{host} cannot be reached ({reason})", host=host, reason=reason_of(error))) from error
    # Some relays do not find a round to come, others call it too early.
    if status in (404, 425):
        moment = f"{moment_of(round_, chain):%Y-%m-%d %H:%M:%S}"
        told = said("{host} has no round {round} of the beacon, which is due on {moment} UTC", host=host, round=round_, moment=moment)
        raise Unpublished(told)
    if status != 200:
        raise _NoAnswer(said("{host} answers with status {status}", host=host, status=status))
    try:
        emitted = beacon_in(body, chain)
    except NoBeacon as error:
        raise _NoAnswer(said("{host} answers with {found}", host=host, found=error.found)) from error
    if emitted.round != round_:
        found = said("round {found} instead of {round}", found=emitted.round, round=round_)
        raise _NoAnswer(said("{host} answers with {found}", host=host, found=found))
    return emitted.signature


def _answer(address: str, timeout_s: float, clock: Callable[[], float]) -> tuple[int, bytes]:
    """Return the status of an answer and its bytes.  Nothing follows a redirection."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    room: dict[str, Any] = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
    assert parts.hostname is not None
    connection = kind(parts.hostname, parts.port, timeout=timeout_s, **room)
    latest = clock() + 2 * timeout_s
    try:
        connection.request("GET", parts.path, headers={"Accept": "application/json", "User-Agent": "Handbill"})
        response = connection.getresponse()
        body = b""
        while len(body) <= LARGEST and (piece := response.read1(LARGEST + 1 - len(body))):
            body += piece
            if clock() > latest:
                raise TimeoutError
        return response.status, body
    finally:
        connection.close()


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        # Without https, somebody on the way could say that a round is missing.
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname))
        # Reading the port is what finds out whether it is one.
        is_right = is_safe and parts.hostname and parts.port != 0
    except ValueError:
        is_right = False
    if not is_right or parts.query or parts.fragment or parts.username or parts.password:
        raise WrongUse(said("--beacon: found what is no address of a relay, wanted one such as {address}", address=RELAYS[0]))
    return parts.netloc
