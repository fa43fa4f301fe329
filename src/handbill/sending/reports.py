"""A mail that came back → what it reports, as far as it is a report at all.  Believes nothing; who is meant is found elsewhere.

Reads the standards' two reports alone: that a mail could not be delivered (RFC
3464, in the wrapping of RFC 6522) and that somebody called it unwanted (RFC
5965).  Everything else, from an absence note to a reply, is left to people.
The reading is our own and goes one level deep, because strangers send these:
nothing in a mail makes it work longer than its size.
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

#: So many parts and fields are looked at; reports have three parts and some dozens of fields.
_PARTS, _FIELDS = 12, 400
_HEAD = 200_000

_END = re.compile(rb"\r?\n\r?\n")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)", re.IGNORECASE)
_BOUNDARY = re.compile(r';\s*boundary\s*=\s*(?:"([^"\\]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE)
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?![.\d])")
_CODE = re.compile(r"\s*(?:smtp|x-[a-z0-9-]{1,40})\s*;\s*([245]\d\d)\b", re.IGNORECASE)

_DELIVERY = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FEEDBACK = frozenset({"message/feedback-report"})
_ORIGINAL = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})

#: What a reader may say of an unwanted mail (RFC 5965, 7.3); "not-spam" and whatever comes later say nothing against it.
_UNWANTED = frozenset({"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list"})

#: Where the last server wrote down to which address it delivered the report.
_ARRIVED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to")


class Kind(Enum):
    """What a mail reports."""

    #: The mail was not delivered, and nobody tries any more.
    RETURNED = "returned"
    #: It is not delivered yet.
    DELAYED = "delayed"
    #: Somebody who got it calls it unwanted.
    COMPLAINT = "complaint"
    #: Anything else.
    OTHER = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What a mail reports.  Everything in it was written by strangers, and may name members.

    ``arrived`` are the addresses that the report was sent to, ``recipients``
    those it speaks of; ``message_id`` and ``leaving`` are the headers
    Message-ID and List-Unsubscribe of the mail that is meant, "" where it is
    not enclosed.  ``status`` is that of RFC 3463 and ``code`` that of RFC 5321.
    """

    kind: Kind
    arrived: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    message_id: str = ""
    leaving: str = ""
    status: str = ""
    code: int = 0


_NOTHING = Report(Kind.OTHER)


def report_in(raw: bytes) -> Report:
    """Return what a mail reports; whatever it holds, nothing is raised."""
    head, body = _cut(raw)
    fields = _fields(head)
    if _type(fields) != "multipart/report" or not (boundary := _boundary(fields)):
        return _NOTHING
    said: list[dict[str, str]] = []
    original: dict[str, str] = {}
    kind = ""
    for part in _parts(body, boundary):
        inner_head, inner = _cut(part)
        inner_fields = _fields(inner_head)
        what = _type(inner_fields)
        if what in _DELIVERY | _FEEDBACK:
            if kind:
                # Two reports in one mail may contradict one another, and so may two mails that it is about.
                return _NOTHING
            kind = "feedback" if what in _FEEDBACK else "delivery"
            said = [_first(one) for one in _groups(_decoded(inner, inner_fields))]
        elif what in _ORIGINAL:
            if original:
                return _NOTHING
            original = _first(_fields(_cut(_decoded(inner, inner_fields))[0]))
    arrived = tuple(value for name, value in fields if name in _ARRIVED)
    if kind == "feedback":
        return _complaint(said, arrived, original)
    return _delivery(said[1:], arrived, original) if kind else _NOTHING


def _delivery(groups: list[dict[str, str]], arrived: tuple[str, ...], original: dict[str, str]) -> Report:
    """Return what is reported of the delivery; *groups* has the fields of each recipient."""
    acts = {one.get("action", "").strip().lower().partition(" ")[0] for one in groups}
    statuses = {found[1] if (found := _STATUS.match(one.get("status", ""))) else "" for one in groups}
    codes = {int(found[1]) if (found := _CODE.match(one.get("diagnostic-code", ""))) else 0 for one in groups}
    # An address that stands for several has one mail, and several groups: where they disagree, there is no one reason.
    status = statuses.pop() if len(statuses) == 1 else ""
    code = codes.pop() if len(codes) == 1 and (status or len(groups) == 1) else 0
    kind = Kind.OTHER
    if acts == {"failed"} and not status.startswith("2"):
        kind = Kind.RETURNED
    elif "delayed" in acts and acts <= {"failed", "delayed"}:
        kind = Kind.DELAYED
    named = tuple(_address(one[name]) for one in groups for name in ("original-recipient", "final-recipient") if name in one)
    return _about(kind, arrived, original, named, status, code)


def _complaint(said: list[dict[str, str]], arrived: tuple[str, ...], original: dict[str, str]) -> Report:
    fields = said[0] if said else {}
    kind = Kind.COMPLAINT if fields.get("feedback-type", "").strip().lower() in _UNWANTED else Kind.OTHER
    # The address that returned mails come to names the member as well.
    arrived = (*arrived, fields.get("original-mail-from", ""))
    return _about(kind, arrived, original, tuple(_address(fields[one]) for one in ("original-rcpt-to",) if one in fields))


def _about(
    kind: Kind, arrived: tuple[str, ...], original: dict[str, str], named: tuple[str, ...], status: str = "", code: int = 0
) -> Report:
    leaving = "".join(original.get("list-unsubscribe", "").split())
    return Report(kind, arrived, tuple(dict.fromkeys(named)), original.get("message-id", "").strip(), leaving, status, code)


def _cut(raw: bytes) -> tuple[bytes, bytes]:
    """Return head and body of a mail or part; a part that begins with an empty line has no head."""
    if raw.startswith((b"\n", b"\r\n")):
        return b"", raw.lstrip(b"\r\n")
    found = _END.search(raw)
    return (raw[: found.start()], raw[found.end() :]) if found else (raw, b"")


def _fields(head: bytes) -> list[tuple[str, str]]:
    """Return name, in small letters, and unfolded value of each field."""
    text = _FOLD.sub(" ", head[:_HEAD].decode("latin-1"))
    found = (line.partition(":") for line in text.replace("\r", "").split("\n"))
    return [(name.strip().lower(), value.strip()) for name, colon, value in found if colon][:_FIELDS]


def _first(fields: list[tuple[str, str]]) -> dict[str, str]:
    """Return the fields by name; of two of one name neither, since readers would take now the one and now the other."""
    times = Counter(name for name, _ in fields)
    return {name: value for name, value in fields if times[name] == 1}


def _groups(body: bytes) -> Iterator[list[tuple[str, str]]]:
    for number, one in enumerate(_BLANK.split(body)):
        if number > _FIELDS:
            return
        if fields := _fields(one):
            yield fields


def _type(fields: list[tuple[str, str]]) -> str:
    found = _TYPE.match(_first(fields).get("content-type", ""))
    return found[1].lower() if found else ""


def _boundary(fields: list[tuple[str, str]]) -> bytes:
    found = _BOUNDARY.findall(_first(fields).get("content-type", ""))
    return "".join(found[0]).encode("latin-1", "replace") if len(found) == 1 else b""


def _parts(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """Yield the parts between the boundaries (RFC 2046, 5.1.1)."""
    pattern = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = -1
    for number, found in enumerate(pattern.finditer(body)):
        if start >= 0:
            yield body[start : found.start()]
        if found[1] or number > _PARTS:
            return
        # The line end after the boundary is the boundary's.
        start = found.end() + (2 if body[found.end() : found.end() + 2] == b"\r\n" else 1)
    if start >= 0:
        yield body[start:]


def _decoded(body: bytes, fields: list[tuple[str, str]]) -> bytes:
    how = _first(fields).get("content-transfer-encoding", "").strip().lower()
    try:
        if how == "base64":
            return binascii.a2b_base64(body)
        return binascii.a2b_qp(body) if how == "quoted-printable" else body
    except binascii.Error:
        return b""


def _address(value: str) -> str:
    """Return the address of a field such as ``rfc822; ada@lettre.example`` (RFC 3464, 2.3.1)."""
    return value.rpartition(";")[2].strip().strip("<>")
