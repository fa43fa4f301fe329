"""Who entered → the ticket that stands for them in public: nobody without the key can tell whose it is, or try who it might be."""

from __future__ import annotations

import hmac
from base64 import b32encode

#: So many bytes has the key of a contest.
KEY_BYTES = 32

#: So many characters has a ticket: 80 bits, so that two of a million entrants never share one.
_LENGTH = 16


def ticket_of(key: bytes, contest: str, identity: str) -> str:
    """Return the ticket of an identity: the first 16 characters of HMAC-SHA256(key, contest ‖ "\\n" ‖ identity) in base 32.

    The *identity* is taken as it is: whoever calls has made equal what means the same person.
    """
    message = f"{contest}\n{identity}".encode()
    return b32encode(hmac.digest(key, message, "sha256")).decode("ascii").lower()[:_LENGTH]
