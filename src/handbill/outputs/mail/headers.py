"""A letter's record → the headers of its mail, guarded against text that would become a header of its own.

Some Pythons that we run on write an encoded line feed out as a real one
(CVE-2024-6923), and encode long addresses so that no program understands them
(cpython#85725).  So every value is refused, encoded and folded here, the same
in every version.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from handbill.errors import Said, said
from handbill.hub.gaps import typed
from handbill.outputs.mail.record import TOKEN, Letter

T = TypeVar("T")

#: The longest header line that mail servers must take, without its end (RFC 5322, 2.1.1).
LONGEST = 998

#: The longest word that surely fits beside the name of a header.
LONGEST_WORD = 60

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ENCODED = re.compile(r"=\?|\?=")
_MAILBOX = re.compile(r"(?:(?P<name>[^<>]*?)\s*<(?P<in>[^<>]*)>|(?P<bare>[^<>]*))")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_URI = re.compile(r"(https?://|mailto:)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_UNRESERVED = "!$'()*+,;:@-._~"
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class Refused(ValueError):
    """A value that must not stand in a header: what was found, what was wanted, and which field of the letter it is."""

    def __init__(self, found: Said, wanted: Said, field: str = "") -> None:
        self.found = found
        self.wanted = wanted
        self.field = field
        super().__init__(f"{field}: found {found}, wanted {wanted}")


class Mailbox(NamedTuple):
    """A name, perhaps empty, and an address."""

    name: str
    address: str


def checked(text: str) -> str:
    """Return a text that may stand in a header.

    Raises:
        Refused: it holds a control sign, or the signs that begin or end encoded words.
    """
    if found := _FORBIDDEN.search(text):
        raise Refused(said("the control sign {sign}", sign=f"U+{ord(found[0]):04X}"), said("plain text on one line"))
    if found := _ENCODED.search(text):
        # Any program on the way may decode and write the header anew, so even an encoded "=?" is a risk.
        raise Refused(said("“{signs}”, with which mail programs mark encoded text", signs=found[0]), said("other signs"))
    return text


def mailbox(text: str) -> Mailbox:
    """Return the parts of ``Name <address>`` or of an address alone.

    Raises:
        Refused: it is neither, or the address is not plain ASCII.
    """
    match = _MAILBOX.fullmatch(checked(text).strip())
    address = (match["in"] or match["bare"] or "").strip() if match else ""
    if match is None or not _ADDRESS.fullmatch(address) or len(address) > 254:
        wanted = said("Name <address> with one plain address, such as Atelier <lettre@atelier.example>")
        raise Refused(said("“{value}”", value=text), wanted)
    name = (match["name"] or "").strip()
    quoted = re.fullmatch(r'"([^"]*)"', name)
    return Mailbox(quoted[1].strip() if quoted else name, address)


def uri(text: str) -> str:
    """Return an address that may stand between ``<`` and ``>`` in a header.

    Raises:
        Refused: it is no https, http or mailto address of legal signs, or too long for one line.
    """
    if not _URI.fullmatch(checked(text)) or len(text) > LONGEST - 60:
        wanted = said("an address that begins with https:// and holds no other signs than addresses may")
        raise Refused(said("“{value}”", value=text[:80]), wanted)
    return text


def host(name: str) -> str:
    """Return the name of a host as headers write it: ASCII, whatever its letters.

    Raises:
        Refused: it is no name of a host.
    """
    try:
        plain = name.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not _HOST.fullmatch(plain) or len(plain) > 253:
        raise Refused(said("“{value}”", value=name[:80]), said("the name of a server, such as atelier.example"))
    return plain


def headers_of(letter: Letter, digest: str) -> tuple[tuple[str, str], ...]:
    """Return name and value of each header of a letter, in their order, ready to be written.

    *digest* is that of the letter's content: equal letters have equal names.

    Raises:
        Refused: a value must not stand in a header.
    """

    def take(field: str, rule: Callable[[str], T]) -> T:
        try:
            return rule(getattr(letter, field))
        except Refused as refused:
            raise Refused(refused.found, refused.wanted, field) from refused

    sender, place, name = take("sender", mailbox), take("host", host), typed(take("name", checked))
    answers = take("reply_to", mailbox) if letter.reply_to else None
    series = _series(letter)
    found = [("From", _person("From", sender))]
    if answers:
        found.append(("Reply-To", _person("Reply-To", answers)))
    found += [
        # Members are never named in a built letter; sending puts each one's address into the envelope or here.
        ("To", _person("To", Mailbox(name, sender.address))),
        ("Subject", _text("Subject", take("subject", checked))),
        ("Date", _date(letter.published)),
        ("Message-ID", f"<{series}.{letter.number}.{digest[:32]}@{place}>"),
        ("List-Id", f"{_ascii_phrase(name)}<{series}.{place}>"),
    ]
    ways = []
    if letter.unsubscribe:
        ways.append(f"<{take('unsubscribe', uri)}>")
    if letter.unsubscribe_mail:
        ways.append(f"<{take('unsubscribe_mail', _leaving)}>")
    if ways:
        # On one line, and as it is: programs neither unfold nor decode it.  The first way is the one that they try.
        found.append(("List-Unsubscribe", _one_line("List-Unsubscribe", ", ".join(ways), "unsubscribe_mail")))
        if letter.unsubscribe.startswith("https://"):
            found.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    found.append(("List-Archive", f"<{take('archive', uri)}>"))
    found.append(("List-Help", f"<{_mailto(answers.address)}>" if answers else f"<{take('help', uri)}>"))
    if letter.subscribe:
        found.append(("List-Subscribe", f"<{take('subscribe', uri)}>"))
    return (
        *found,
        ("Feedback-ID", f"{series}.{letter.number}:{series}:{_sender_id(place)}"),
        ("Precedence", "bulk"),
        ("Content-Language", letter.lang),
    )


def _series(letter: Letter) -> str:
    """Return what all numbers of a letter share: its key, and its language where that is not the hub's own.

    Keys hold no dot, so ``main.en`` is never another letter's key.
    """
    return letter.key if letter.home == letter.base else f"{letter.key}.{letter.lang}"


def _date(moment: str) -> str:
    when = datetime.fromisoformat(moment)
    offset = when.utcoffset()
    # Before there was one time for a whole country, clocks differed by seconds, which the header cannot say.
    return format_datetime(when.astimezone(UTC) if offset is None or offset.seconds % 60 else when)


def _mailto(address: str) -> str:
    """Return a mail address as an address of the web (RFC 6068): what separates its parts is written as a number."""
    return f"mailto:{quote(address, safe=_UNRESERVED)}"


def _leaving(address: str) -> str:
    """Return where a mail takes a member off the list; it says who leaves, also when it is written from another box."""
    who = mailbox(address)
    if who.name:
        raise Refused(said("“{value}”", value=address[:80]), said("an address alone, such as adieu@atelier.example"))
    return _mailto(who.address) + ("?subject=unsubscribe" if TOKEN in address else f"?subject=unsubscribe%20{TOKEN}")


def _one_line(header: str, value: str, field: str) -> str:
    if len(header) + 2 + len(value) > LONGEST:
        raise Refused(
            said("{n} signs on the line {header}", n=len(header) + 2 + len(value), header=header), said("shorter addresses"), field
        )
    return value


def _sender_id(place: str) -> str:
    """Return a short name for who sends, the same for all letters of a hub.

    Source: https://support.google.com/mail/answer/6254652 - 5 to 15 signs at
    the right end, and nothing in it that also stands in another part.
    """
    return hashlib.sha256(place.encode("ascii")).hexdigest()[:12]


def _person(header: str, who: Mailbox) -> str:
    if not who.name:
        return who.address
    phrase = _phrase(who.name) if who.name.isascii() else _text(header, who.name)
    lines = f"{header}: {phrase}".split("\r\n")
    gap = " " if len(lines[-1]) + len(who.address) + 3 <= 78 else "\r\n "
    return f"{phrase}{gap}<{who.address}>"


def _phrase(name: str) -> str:
    """Return an ASCII name, in quotes if it holds signs of the grammar (RFC 5322, 3.2.5)."""
    if _ATOMS.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _text(header: str, text: str) -> str:
    """Return free text as header lines of at most 78 signs, encoded where it is not ASCII (RFC 2047)."""
    if text.isascii() and text == text.strip() and len(header) + 2 + len(text) <= 78:
        return text
    # The modern API would put all of it into one encoded word, longer than the standard allows;
    # this one moves a long word to a line of its own, which adds a space, so such words are encoded.
    fits = text.isascii() and text == text.strip() and "  " not in text and max(map(len, text.split(" "))) <= LONGEST_WORD
    charset = "us-ascii" if fits else "utf-8"
    return Header(text, charset, maxlinelen=76, header_name=header, continuation_ws=" ").encode(splitchars=" ", linesep="\r\n")


def _ascii_phrase(name: str) -> str:
    # No encoded words in headers that programs read, so a name with accents is left out.
    if not name.isascii():
        return ""
    return f"{_phrase(name)} "
