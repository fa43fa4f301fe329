"""Where members connect: the address of a meeting out of the many places in which programs write it.

Codes, telephone numbers and what else opens a meeting for anybody are left out.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from handbill.importing.ics.parts import Part
from handbill.importing.report import Note

#: Properties that hold the address of a meeting, the standard's own first (RFC 7986, 5.11).
HOLDERS = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-ZOOM-MEETING-URL",
)
_MEETING = re.compile(
    r"https://(?:teams\.microsoft\.com/(?:l/meetup-join|meet)/|teams\.live\.com/meet/|(?:[\w-]+\.)?zoom\.us/(?:j|w|s|my|wc)/|meet\.google\.com/[a-z]"
    r"|meet\.jit\.si/|whereby\.com/|[\w-]+\.webex\.com/(?:meet|join)|framatalk\.org/|rendez-vous\.renater\.fr/|visio\.numerique\.gouv\.fr/"
    r"|[\w.-]+/b/[a-z0-9-]{9,}|(?:global\.)?gotomeet(?:ing)?\.(?:me|com)/)[^\s<>\"”»]*",
    re.IGNORECASE,
)
_MEETING_IN_TEXT = re.compile(f"<?{_MEETING.pattern}>?", re.IGNORECASE)
#: What opens the door: left out of an address.
_KEYS = frozenset({"pwd", "password", "passcode", "pass", "pin", "tk", "token", "zak"})
#: The parts that programs put into a description, between lines of their own.
_BLOCKS = (
    re.compile(r"-::~[~:]{4,}-?\s.*?-::~[~:]{4,}-?", re.DOTALL),
    re.compile(r"_{20,}(?=[^_]*(?:teams\.microsoft|teams\.live|Microsoft Teams|zoom\.us)).*?(?:_{20,}|\Z)", re.DOTALL | re.IGNORECASE),
)
_LINES = re.compile(
    r"^[ \t>*]*(?:.{0,80}is inviting you to a scheduled zoom meeting|.{0,80}vous invite [àa] une r[ée]union zoom"
    r"|join zoom meeting|participer [àa] la r[ée]union zoom"
    r"|(?:meeting|webinar|conference) id\b|id (?:de )?(?:la )?(?:r[ée]union|conf[ée]rence)\b|num[ée]ro de (?:la )?r[ée]union\b"
    r"|(?:passcode|password|meeting password|pin|code secret|code d['’]acc[èe]s|mot de passe)\s*[:=]"
    r"|one tap mobile|dial(?:[ -]in)? by|find your local number"
    r"|join by (?:phone|sip|h\.323)|or dial\s*:|or call in|trouver votre num[ée]ro local|composez un num[ée]ro"
    r"|more phone numbers|autres num[ée]ros de t[ée]l).*$",
    re.IGNORECASE | re.MULTILINE,
)


def meeting_of(part: Part, location: str, description: str, notes: list[Note]) -> str:
    """Return the address at which members connect, "" where there is none."""
    told = list(part.all(*HOLDERS))
    told.sort(key=lambda line: HOLDERS.index(line.name))
    candidates = [(line.value.strip(), line.number) for line in told if re.match(r"https?://", line.value.strip(), re.IGNORECASE)]
    for line in told:
        if not re.match(r"https?://", line.value.strip(), re.IGNORECASE):
            notes.append(Note("a way to connect that is no address of the web was left out", line.name, line.number))
    url = part.word("URL")
    candidates += [(match[0], 0) for text in (location, url, description) for match in [_MEETING.search(text)] if match]
    if not candidates:
        return ""
    address, number = candidates[0]
    if more := len({one for one, _ in candidates} - {address}):
        notes.append(Note("of several addresses to connect at, the first was taken", str(more), number))
    return _without_keys(address, number, notes)


def _without_keys(address: str, number: int, notes: list[Note]) -> str:
    try:
        parts = urlsplit(address.rstrip(".,;)"))
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    if not parts.hostname or "@" in parts.netloc or not port_is_right or re.search(r"[\s<>\"\\]", address):
        notes.append(Note("the address of the meeting is none that can be published, and was left out", "", number))
        return ""
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower() not in _KEYS]
    if len(kept) != len(parse_qsl(parts.query, keep_blank_values=True)):
        notes.append(Note("the password was left out of the address of the meeting", "", number))
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))
    return urlunsplit(parts)


def without_invitation(description: str, address: str, notes: list[Note]) -> str:
    """Return a description without what programs wrote into it about the meeting: codes, numbers, and its address itself."""
    text = description
    for block in _BLOCKS:
        text = block.sub("\n", text)
    text = _LINES.sub("", text)
    text = _MEETING_IN_TEXT.sub("", text) if address else text
    if text != description:
        notes.append(Note("what a program wrote about connecting (codes, telephone numbers) was left out of the text"))
        text = re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", text).strip()
    return text
