"""Any bytes as a calendar of another program: each event of it becomes a file that can be read, or is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime

from fuzz.room import as_file

from handbill.hub.nodes import Desk
from handbill.importing.ics.event import Frame, event_of
from handbill.importing.ics.gather import gather
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.sheet import sheet
from handbill.importing.sources import Refusal
from handbill.proofing.house import House
from handbill.reading.files import decode, split

SEEDS = ("tests/importing/calendars/*.ics",)
WORDS = (
    "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VCALENDAR\n", "RRULE:FREQ=MONTHLY;BYDAY=", "RDATE:", "EXDATE;TZID=", "DTSTART;VALUE=DATE:2026", "DURATION:P",
    "RECURRENCE-ID:", "TZID=Europe/Paris", "BEGIN:VTIMEZONE\n", "TZOFFSETTO:+", "UNTIL=", "COUNT=", "INTERVAL=", "GEO:", "X-ALT-DESC:<", "=0A=\n", ";ENCODING=QUOTED-PRINTABLE:",
)  # fmt: skip
MOST_BYTES = 6000

_FRAME = Frame("fr", "Europe/Paris", "https://hub.example/", datetime(2026, 3, 1, tzinfo=UTC), "Les Amis", Mask(House()))


def one(raw: bytes) -> None:
    """Import *raw*."""
    gathered = gather([("a.ics", as_file("a.ics", raw))], _FRAME.zone)
    for _, note in gathered.refused:
        assert note.what
    for uid, group in gathered.groups.items():
        part, others = (group.part, group.others) if group.part else (group.others[0], [])
        try:
            brought = event_of(uid, part, others, group.calendar.clock(), _FRAME, group.calendar.is_cancelling)
        except Refusal as refusal:
            assert refusal.why
            continue
        brought.values = {"title": brought.title, "id": "event:essai", **brought.values}
        desk = Desk("events/2026/a.md", _FRAME.zone)
        text = decode(sheet(brought, "fr").encode("utf-8"), desk)
        parsed = split(text, desk) if text is not None else None
        assert parsed is not None, [str(one) for one in desk.problems]
        assert set(brought.values) == {key.text for key, _ in parsed[0].pairs}, [str(one) for one in desk.problems]
