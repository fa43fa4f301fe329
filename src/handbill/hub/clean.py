"""Bytes of a file → clean text, or a problem at the byte that is none."""

from __future__ import annotations

import re

from handbill.errors import said
from handbill.hub.nodes import Desk, Spot

#: What no text may hold: feeds, calendars and mails cannot carry it, and our own marks are made of it.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")

#: Bytes that are in none of these; among those that begin with another one, only control characters are.
_SOUND = bytes({*range(256)} - {*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xC2, 0xEF})
_CONTROL = re.compile(b"\xc2[\x80-\x9f]")

_OTHER_FORMS = ((b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def decode(raw: bytes, desk: Desk) -> str | None:
    """Return the text of a file with plain line ends, or put down where it is no clean UTF-8."""
    for mark, form in _OTHER_FORMS:
        if raw.startswith(mark):
            desk.refuse(Spot(1, 1), "", said("a file saved as {form}", form=form), said("the file saved as UTF-8"), "HB102")
            return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        begin = max(raw.rfind(b"\n", 0, error.start), raw.rfind(b"\r", 0, error.start)) + 1
        line = len(_ends(raw[:begin].decode("utf-8", "replace")).split("\n"))
        column = len(raw[begin : error.start].decode("utf-8", "replace").removeprefix("\ufeff")) + 1
        byte = raw[error.start]
        found = said("a byte ({byte}) that is no UTF-8", byte=f"{byte:#04x}")
        old = bytes([byte]).decode("cp1252", "replace")
        # A letter of an old encoding stands among plain ones; a sign cut in two does not.
        is_alone = raw[error.start + 1 : error.start + 2] < b"\x80" and error.reason != "unexpected end of data"
        if is_alone and old.isprintable() and old != "\ufffd":
            found = said("a byte ({byte}) that is no UTF-8; in old Windows files it is “{sign}”", byte=f"{byte:#04x}", sign=old)
        desk.refuse(Spot(line, column, 1), "", found, said("the file saved as UTF-8"), "HB102")
        return None
    text = _ends(text.removeprefix("\ufeff"))
    odd = raw.translate(None, _SOUND)
    if (odd.strip(b"\xc2") or (odd and _CONTROL.search(raw))) and (match := FORBIDDEN.search(text)):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        found = said("the control character {name}, which nobody sees", name=named(match[0]))
        desk.refuse(Spot(line, column, 1), "", found, said("that character taken out, or the line typed anew"), "HB103")
        return None
    return text


def named(character: str) -> str:
    """Return the number by which Unicode names a character.

    >>> named("\\x07")
    'U+0007'
    """
    return f"U+{ord(character):04X}"


def _ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
