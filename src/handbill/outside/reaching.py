"""A name and a port → a connection to a machine on the open network, and to no other.

Links are written by anybody who may propose; the machine that asks may stand in
a network whose other machines trust it.  So the address that was looked at is
the one that is connected to: a name that means another machine the second time
gains nothing.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: A name and a port → the numbers that it stands for.
Resolve = Callable[[str, int], tuple[str, ...]]

#: Below 1024, only where the web is: a mail server takes a question of ours for a mail.
PORTS = (80, 443)

#: Names that never lead anywhere (RFC 2606, RFC 6761, RFC 6762).
RESERVED = ("example", "test", "invalid", "localhost", "local", "internal", "onion", "alt", "home.arpa")

#: Numbers that Python's list counts as open, and that lead elsewhere: to the clouds that lend a machine (Azure's own, Oracle's among
#: those of RFC 6890), to a translator of one's own network (RFC 8215), to its own sites (RFC 3879), to IPv4 as it once was (RFC 4291).
_CLOSED = tuple(ip_network(one) for one in ("168.63.129.16/32", "192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10", "::/96"))

#: IPv6 addresses that lead to one of IPv4, in their last four bytes (RFC 6052).
_TRANSLATED = ip_network("64:ff9b::/96")


class Inside(Exception):
    """The name leads to no machine of the open network."""


class NoName(Exception):
    """The name leads nowhere; ``is_final`` where whoever keeps the names said so."""

    def __init__(self, *, is_final: bool) -> None:
        self.is_final = is_final
        super().__init__()


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Return the numbers that a name stands for, as the machine at hand knows them.

    Raises:
        NoName: it stands for none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as trouble:
        raise NoName(is_final=trouble.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))) from trouble
    except (OSError, UnicodeError) as trouble:
        raise NoName(is_final=isinstance(trouble, UnicodeError)) from trouble
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


def is_open(number: str) -> bool:
    """Say whether a number is that of a machine on the open network.

    >>> is_open("93.184.215.14"), is_open("10.0.0.1"), is_open("169.254.169.254"), is_open("::ffff:127.0.0.1")
    (True, False, False, False)
    """
    try:
        found = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    within = _within(found)
    return all(one.is_global and not one.is_multicast and not any(one in net for net in _CLOSED) for one in (found, within) if one)


def _within(found: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the address of IPv4 that one of IPv6 leads to."""
    if isinstance(found, IPv4Address):
        return None
    if found in _TRANSLATED:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


def is_reserved(host: str) -> bool:
    """Say whether a name can never lead anywhere: it stands in an example, or in a network of one's own."""
    name = "." + host.rstrip(".").lower()
    return any(name.endswith(f".{one}") for one in RESERVED)


def connected(
    scheme: str, host: str, port: int, timeout_s: float, resolve: Resolve, *, is_local: bool = False
) -> http.client.HTTPConnection:
    """Return a connection that is open; *is_local* says that machines of one's own network may be asked.

    Raises:
        Inside: the name leads to none that may be asked.
        NoName: it leads nowhere.
        OSError: nobody answers there, or not with a certificate of that name.
    """
    if not is_local and not (port in PORTS or port >= 1024):
        raise Inside
    numbers = [one for one in resolve(host, port) if is_local or is_open(one)]
    if not numbers:
        raise Inside
    connection: http.client.HTTPConnection
    if scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=timeout_s, context=_context())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
    connection.sock = _socket(numbers, port, timeout_s)
    if scheme == "https":
        try:
            connection.sock = _context().wrap_socket(connection.sock, server_hostname=host)
        except BaseException:
            connection.close()
            raise
    return connection


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _socket(numbers: list[str], port: int, timeout_s: float) -> socket.socket:
    """Return a connection to the first number that answers; two are tried, because one of the two networks may be missing here."""
    families = {":" in one: one for one in reversed(numbers)}
    chosen = [families[key] for key in (False, True) if key in families]
    for last, number in enumerate(chosen, 1):
        try:
            return socket.create_connection((number, port), timeout_s)
        except OSError:
            if last == len(chosen):
                raise
    raise Inside
