"""The bytes of a mail → the lines of its text as somebody wrote them, and its headers as a member's program shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser

from handbill.outputs.mail.wrapping import WIDTH, columns
from handbill.reviewing.record import Detail

#: Headers that follow from all else, or say how the mail is put together.
_FOLLOWING = frozenset({"message-id", "mime-version", "content-type", "content-transfer-encoding"})

_RULE = re.compile(r"[=-]+")
_QUOTE = re.compile(r"(?:> ?)*\s*")


def lines_of(text: str) -> tuple[str, ...]:
    """Return what a text says, line by line, without the breaks that only make it fit: one word more must not move all lines after it.

    Lines under headings are left out; they are as long as the heading.
    """
    return tuple(line for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) for line in _whole(paragraph))


def _whole(paragraph: str) -> Iterator[str]:
    whole = last = ""
    for line in paragraph.split("\n"):
        said = line[len(_QUOTE.match(line)[0]) :]  # type: ignore[index]  # it matches nothing, too
        if not said or _RULE.fullmatch(said):
            continue
        # The writer of the text broke a line where the next word had no room (outputs/mail/wrapping.py).
        if whole and columns(last) + 1 + columns(said.split(" ")[0]) > WIDTH:
            whole += f" {said}"
        else:
            if whole:
                yield whole
            whole = line.strip()
        last = line
    if whole:
        yield whole


def headers_of(before: bytes | None, after: bytes | None) -> tuple[Detail, ...]:
    """Return what the heads of two mails say, in the order of the new one; those too that stay as they are."""
    was, now = (_head(raw) if raw else {} for raw in (before, after))
    return tuple(Detail(name, was.get(name, ""), now.get(name, "")) for name in dict.fromkeys((*now, *was)))


def _head(raw: bytes) -> Mapping[str, str]:
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(raw.partition(b"\r\n\r\n")[0])
    return {name: _decoded("".join(str(value).splitlines())) for name, value in head.items() if name.lower() not in _FOLLOWING}


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError):
        # A frozen mail that somebody changed may hold anything; it is shown as it stands.
        return value
