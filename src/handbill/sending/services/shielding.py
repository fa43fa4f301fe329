"""A letter → the same letter in a service's template language, which is to put in the way to leave and to touch nothing else.

Every service fills in templates, so that braces in a letter could become
orders, and some tidy what they take for HTML.
"""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesHeaderParser
from html import escape

from handbill.errors import said
from handbill.outputs.mail.record import TOKEN
from handbill.sending.contract import Unsupported, Version

#: What a service must write by itself, because it knows the members, or does not let us write.
_ITS_OWN = frozenset(
    (
        *("from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"),
        *("mime-version", "content-type", "content-transfer-encoding"),
    )
)
_WAY = re.compile(r"<(https?://[^<>\s]+)>")


def headers_of(version: Version) -> dict[str, str]:
    """Return the headers of the frozen mail, each on one line, as they are written there."""
    read = BytesHeaderParser(policy=policy.compat32).parsebytes(version.mail)
    return {name: " ".join(str(value).split()) for name, value in read.items()}


def kept_headers(version: Version) -> list[tuple[str, str]]:
    """Return those headers that a service can be told to send along."""
    return [(name, value) for name, value in headers_of(version).items() if name.lower() not in _ITS_OWN]


def sender_of(version: Version) -> str:
    """Return who sends the letter, as it is read: ``Name <address>``."""
    read = BytesHeaderParser(policy=policy.default).parsebytes(version.mail)["From"]
    return str(read.addresses[0])


def parted(version: Version, content: str) -> list[str]:
    """Return *content* cut at the address by which a member leaves, at least once.

    Raises:
        Unsupported: there is none, so that nobody could leave; or the member's token stands somewhere else as well.
    """
    way = next((one for one in _WAY.findall(headers_of(version).get("List-Unsubscribe", "")) if TOKEN in one), "")
    if not way or not content:
        raise Unsupported(
            said(
                "{name}: has no address by which a member leaves the list; a service puts its own where {key} of [mail] stands",
                name=version.name,
                key="unsubscribe",
            )
        )
    pieces = re.split(
        "|".join(re.escape(one) for one in sorted({way, escape(way), way.replace("&", "&amp;")}, key=len, reverse=True)), content
    )
    if len(pieces) == 1 or any(TOKEN in one for one in pieces):
        raise Unsupported(
            said(
                "{name}: the member's token stands where no service can put another one, or the way to leave is missing", name=version.name
            )
        )
    return pieces


def for_go(pieces: list[str], way: str) -> str:
    """Return a text for Go's ``html/template``: each piece as it is, and *way* between them.

    The pieces are given as strings to ``Safe``, which listmonk has for that.  In
    the open, that engine would drop every comment (Outlook's among them), turn
    ``<`` in the text part into ``&lt;``, and listmonk itself would make links that count clicks.
    """
    return way.join(f'{{{{ Safe "{_go(one)}" }}}}' if one else "" for one in pieces)


def go_line(text: str) -> str:
    """Return one line for Go's ``text/template``: as it is, unless something in it could be an order."""
    return f'{{{{ "{_go(text)}" }}}}' if "{{" in text or "@TrackLink" in text else text


_GO = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t",
    # What listmonk looks for in the source of a template, before Go reads it.
    "{{": "\\x7b\\x7b", "}}": "\\x7d\\x7d", "@TrackLink": "\\x40TrackLink", "='": "=\\x27",
}  # fmt: skip
_GO_SIGNS = re.compile("|".join(re.escape(one) for one in _GO) + "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def _go(text: str) -> str:
    return _GO_SIGNS.sub(lambda sign: _GO.get(sign[0]) or f"\\u{ord(sign[0]):04x}", text)


_DJANGO = {
    "{{": "{% templatetag openvariable %}",
    "{%": "{% templatetag openblock %}",
    "{#": "{% templatetag opencomment %}",
}


def for_django(pieces: list[str], way: str) -> str:
    """Return a text for Django's templates, in which only *way* is an order."""
    return way.join(django_line(one) for one in pieces)


def django_line(text: str) -> str:
    """Return a text in which nothing is an order.  What would close one needs no care where none is open."""
    return re.sub(r"\{[{%#]", lambda sign: _DJANGO[sign[0]], text)
