"""The word in hub.toml and what the machine keeps to itself → the service that it means."""

from __future__ import annotations

import time
from collections.abc import Callable

from handbill.door import Door
from handbill.errors import WrongUse, said
from handbill.sending.contract import Service
from handbill.sending.private import LOCAL, PREFIX, Private
from handbill.sending.services.buttondown import API_VERSION, BASE, Buttondown
from handbill.sending.services.listmonk import Listmonk

#: The ways of ``[sending] way`` that take the whole letter.
SERVICES = ("listmonk", "buttondown")


def service_of(way: str, private: Private, sleep: Callable[[float], None] = time.sleep) -> Service:
    """Return the service *way*, one of :data:`SERVICES`; nobody is asked anything yet.

    Raises:
        WrongUse: its address or its token is missing, or the token would travel in the open.
    """
    if not private.token:
        raise _missing("token")
    if way == "buttondown":
        headers = {"Authorization": f"Token {_plain(private.token)}", "X-API-Version": API_VERSION}
        return Buttondown(Door("Buttondown", private.service or BASE, headers, sleep))
    if not private.service:
        raise _missing("service")
    token = private.token if ":" in private.token else f"{private.user}:{private.token}"
    if token.startswith(":"):
        raise _missing("user")
    base = private.service.rstrip("/")
    headers = {"Authorization": f"token {_plain(token)}"}
    return Listmonk(Door("listmonk", base if base.endswith("/api") else f"{base}/api", headers, sleep))


def _missing(name: str) -> WrongUse:
    return WrongUse(
        said("{name}: missing; write it into {file}, or set {variable}", name=name, file=LOCAL, variable=f"{PREFIX}{name.upper()}")
    )


def _plain(token: str) -> str:
    """Return the token, which stands in a header; it is often pasted with the end of its line."""
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise WrongUse(said("token: found signs that no token has"))
    return token
