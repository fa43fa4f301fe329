"""What of an event a hub has no place for: every property is named, with an example where it names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from handbill.importing.ics.lines import Line
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.online import HOLDERS
from handbill.importing.ics.parts import Part
from handbill.importing.report import Note

#: What becomes something in the hub, or was read on the way.
_USED = frozenset({
    "UID", "DTSTAMP", "SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "X-ALT-DESC",
    "LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION", "URL", "CATEGORIES", "STATUS", "CLASS", "ORGANIZER",
    "RRULE", "RDATE", "EXDATE", "EXRULE",
    "RECURRENCE-ID", *HOLDERS,
})  # fmt: skip

#: Who they are is nobody's business here, nor is an example of it.
_PERSONAL = {
    "ATTENDEE": "those invited, and whether they come, were left out: they are persons",
    "CONTACT": "a contact was left out, because it may name a person",
    "COMMENT": "a comment was left out, because it may name a person",
    "REQUEST-STATUS": "what became of invitations was left out",
}
_ATTACHED = frozenset({"ATTACH", "IMAGE"})


def left_out(part: Part, mask: Mask) -> Iterator[Note]:
    """Yield a note for each sort of property without a place, and for each component within the event."""
    told: set[str] = set()
    for line in part.lines():
        if line.name in _USED or line.name in told:
            continue
        told.add(line.name)
        if why := _PERSONAL.get(line.name):
            yield Note(why, "", line.number)
        elif line.name in _ATTACHED:
            yield Note("an attachment was not fetched; look whether its page needs it", _attached(line), line.number)
        else:
            yield Note(f"{line.name} has no place in a hub", _example(line, mask), line.number)
    if part.word("DESCRIPTION") and (rich := part.first("X-ALT-DESC")):
        yield Note("a second description, in HTML, was left out for the plain one", "", rich.number)
    for inner in part.parts:
        if inner.name not in told:
            told.add(inner.name)
            what = (
                "reminders were left out: each member sets their own" if inner.name == "VALARM" else f"{inner.name} has no place in a hub"
            )
            yield Note(what, "", inner.number)


def _attached(line: Line) -> str:
    if not line.value.startswith(("http://", "https://")):
        return line.param("FMTTYPE") or "within the file"
    parts = urlsplit(line.value) if "[" not in line.value else None
    # What follows a question mark may be what opens the file.
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:120] if parts and "@" not in parts.netloc else ""


def _example(line: Line, mask: Mask) -> str:
    """Return the value as an example, "" where it could name somebody or open something."""
    value = " ".join(line.value.split())[:60]
    is_open = not any(sign in value for sign in ("@", "://", "mailto", "%40")) and not {"CN", "EMAIL", "SENT-BY"} & line.params.keys()
    return value if is_open and not mask.of(value)[1] else ""
