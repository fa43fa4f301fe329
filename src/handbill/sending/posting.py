"""A frozen mail → the mail of one member: the token takes its place, and every other byte stays."""

from __future__ import annotations

from functools import lru_cache

from handbill.errors import HandbillError, said
from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Version
from handbill.sending.keys import is_token

_MARK = TOKEN.encode("ascii")
# What no program may have changed in the word, so that a trace of it is found in any spelling.
_TRACE = TOKEN.rpartition("-")[0].encode("ascii")


class Unpostable(HandbillError):
    """The frozen mail cannot be made a member's own; nothing is sent."""


def post(version: Version, member_token: str) -> bytes:
    """Return the mail as this member gets it.

    Raises:
        Unpostable: the token does not fit, or the mail would keep or lose more than the token.
    """
    if not is_token(member_token):
        raise Unpostable(said("{name}: the token of a member has not the form that the letter keeps room for", name=version.name))
    token = member_token.encode("ascii")
    mail = token.join(_pieces(version))
    # With the word put back it must be what was approved, byte for byte.
    if mail.replace(token, _MARK) != version.mail:
        raise Unpostable(said("{name}: the mail of a member would differ from the frozen one in more than the token", name=version.name))
    return mail


@lru_cache(maxsize=16)
def _pieces(version: Version) -> tuple[bytes, ...]:
    """Return what stands between the places of the token, once it is sure that these are all of its places."""
    head, _, body = version.mail.partition(b"\r\n\r\n")
    shown = version.html.count(TOKEN) + version.text.count(TOKEN)
    if body.count(_MARK) != shown:
        raise Unpostable(
            said(
                "{name}: found {n} places for the token in the mail, wanted the {m} of its two texts",
                name=version.name,
                n=body.count(_MARK),
                m=shown,
            )
        )
    pieces = tuple(version.mail.split(_MARK))
    if any(_TRACE in piece.lower() for piece in pieces):
        raise Unpostable(said("{name}: found the word for the token in another spelling, which would reach members", name=version.name))
    leaving = (line for line in head.split(b"\r\n") if line.lower().startswith(b"list-unsubscribe:"))
    # An address of mail needs no token: whoever writes to it is who leaves.
    if any(b"<http" in line and _MARK not in line for line in leaving):
        raise Unpostable(
            said("{name}: found an address for leaving that does not say who leaves, wanted one with the member's token", name=version.name)
        )
    return pieces
