"""A small reader of mails as they travel, written from the standards and from nothing that writes them.

It knows neither Python's ``email`` nor our own code, and refuses what it need
not understand: a mail that only some programs can read is a broken one.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from itertools import pairwise

#: The longest line of a mail, and the longest of quoted-printable text (RFC 5322, 2.1.1; RFC 2045, 6.7).
LONGEST, LONGEST_QUOTED = 998, 76

_NAME = re.compile(r"[!-9;-~]+")
_WORD = re.compile(r"=\?([A-Za-z0-9-]+)\?([bBqQ])\?([!-<>-~=]*?)\?=")
_TYPE = re.compile(r"([a-z]+/[a-z]+)((?:; ?[a-z]+=(?:\"[^\"]*\"|[!-~]+?))*)")


class Broken(AssertionError):
    """What arrived is no mail as the standards have it."""


@dataclass(frozen=True)
class Part:
    """One of the forms of a mail: what it is, and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Mail:
    """A mail as it was received.

    ``lines`` are the headers as they are written, by name, unfolded but not
    decoded; ``physical`` counts the lines that each takes.
    """

    lines: dict[str, str]
    physical: dict[str, int]
    boundary: str
    parts: tuple[Part, ...]

    def said(self, name: str) -> str:
        """Return a header as people read it."""
        return decoded(self.lines[name])


def read(raw: bytes) -> Mail:
    """Return what a mail says.

    Raises:
        Broken: a rule of the standards is not kept; it is named.
    """
    lines = _lines(raw)
    headers, physical, rest = _headers(lines)
    if headers.get("MIME-Version") != "1.0":
        raise Broken("no MIME-Version: 1.0")
    kind, parameters = _type(headers)
    if kind != "multipart/alternative" or not re.fullmatch(
        r"[0-9A-Za-z'()+_,./:=? -]{1,69}[0-9A-Za-z'()+_,./:=?-]", parameters["boundary"]
    ):
        raise Broken(f"{kind} with {parameters}")
    boundary = parameters["boundary"]
    dash = f"--{boundary}"
    if rest[0] != dash:
        raise Broken("something stands before the first form")
    ends = [number for number, line in enumerate(rest) if line.startswith(dash)]
    if [dash] * (len(ends) - 1) + [f"{dash}--"] != [rest[number] for number in ends] or rest[ends[-1] + 1 :] not in ([], [""]):
        raise Broken("the forms are not told apart")
    parts = tuple(_part(rest[begin + 1 : end]) for begin, end in pairwise(ends))
    return Mail(headers, physical, boundary, parts)


def decoded(value: str) -> str:
    """Return a header's value with its encoded words read (RFC 2047); what stands between two of them is no text."""
    found = re.sub(r"(\?=)[ \t]+(?==\?)", r"\1", value)
    return _joined(_WORD.sub(_unworded, found))


def _joined(text: str) -> str:
    # Signs may not be cut between two encoded words; if they were, this fails.
    return text.encode("utf-8").decode("utf-8")


def _unworded(word: re.Match[str]) -> str:
    if len(word[0]) > 75:
        raise Broken(f"an encoded word of {len(word[0])} signs")
    if word[1].lower() not in ("utf-8", "us-ascii"):
        raise Broken(f"the charset {word[1]}")
    raw = word[3].encode("ascii")
    raw = binascii.a2b_base64(raw, strict_mode=True) if word[2] in "bB" else _unquoted(raw.replace(b"_", b" "))
    return raw.decode("utf-8")


def _lines(raw: bytes) -> list[str]:
    if odd := re.search(rb"[^\t\r\n -~]", raw):
        raise Broken(f"the byte {odd[0]!r}")
    if raw.count(b"\r\n") != raw.count(b"\r") or raw.count(b"\r\n") != raw.count(b"\n"):
        raise Broken("a bare CR or LF")
    lines = raw.decode("ascii").split("\r\n")
    if (longest := max(map(len, lines))) > LONGEST:
        raise Broken(f"a line of {longest} signs")
    return lines


def _headers(lines: list[str]) -> tuple[dict[str, str], dict[str, int], list[str]]:
    """Return the headers of a mail or of a form, the number of lines that each takes, and the lines that follow."""
    headers: dict[str, str] = {}
    physical: dict[str, int] = {}
    name = ""
    for number, line in enumerate(lines):
        if not line:
            return headers, physical, lines[number + 1 :]
        if line[0] in " \t":
            if not name or not line.strip():
                raise Broken(f"{name}: a line of space")
            headers[name] += line
            physical[name] += 1
            continue
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or not value.startswith(" ") or not value.strip():
            raise Broken(f"no header: {line}")
        if name.lower() in (one.lower() for one in headers):
            raise Broken(f"{name} twice")
        headers[name], physical[name] = value[1:], 1
    raise Broken("no empty line after the headers")


def _type(headers: dict[str, str]) -> tuple[str, dict[str, str]]:
    match = _TYPE.fullmatch(headers.get("Content-Type", ""))
    if not match:
        raise Broken(f"the type {headers.get('Content-Type')}")
    pairs = (one.strip().partition("=") for one in match[2].split(";")[1:])
    return match[1], {name: value.strip('"') for name, _, value in pairs}


def _part(lines: list[str]) -> Part:
    headers, _, content = _headers(lines)
    kind, parameters = _type(headers)
    if parameters != {"charset": "utf-8"} or headers.get("Content-Transfer-Encoding") != "quoted-printable" or len(headers) != 2:
        raise Broken(f"a form with {headers}")
    out = []
    for line in content:
        if len(line) > LONGEST_QUOTED:
            raise Broken(f"{len(line)} signs of quoted-printable")
        if line[-1:] in (" ", "\t"):
            raise Broken("space at the end of a line, which servers take away")
        soft = line.endswith("=")
        out += [line[:-1]] if soft else [line, "\n"]
    text = _unquoted("".join(out).encode("ascii")).decode("utf-8")
    # The line end before a boundary belongs to the boundary.
    return Part(kind, text.removesuffix("\n"))


def _unquoted(raw: bytes) -> bytes:
    if re.search(rb"=(?![0-9A-F]{2})", raw):
        raise Broken(f"{raw!r} is no quoted-printable")
    return re.sub(rb"=([0-9A-F]{2})", lambda one: bytes([int(one[1], 16)]), raw)
