"""What members' programs read: calendars, feeds, mails and the search index say what was written, whatever was written."""

from __future__ import annotations

import email
import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from zoneinfo import ZoneInfo

import icalendar
from fuzz.targets import calendar_import
from hypothesis import strategies as st
from lxml import etree
from tests.feeds.judging import findings
from tests.hostile.properties.drawn import LINE, NAIVE, TEXT, ZONES
from tests.hostile.properties.holding import holds
from tests.outputs.mail.letters import letter
from tests.outputs.test_feed_record import channel, entry
from tests.outputs.test_ics import PLAIN, filed

from handbill.hub.clean import FORBIDDEN
from handbill.importing.ics.parts import Part, parts_of
from handbill.outputs.feed_json import json_feed
from handbill.outputs.feed_record import Author, NotWritable, check
from handbill.outputs.feed_xml import xml_feed
from handbill.outputs.mail.headers import Refused
from handbill.outputs.mail.message import Injected, message_of
from handbill.outputs.search_cbor import as_array, as_number, as_text, decoded
from handbill.outputs.search_pack import packed

_ANY = st.one_of(TEXT, st.text(max_size=20))
_NAMES = frozenset(
    {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION", "URL", "DTSTART", "DTEND", "STATUS", "LOCATION", "CATEGORIES"}
)


@holds(title=_ANY, text=_ANY, place=_ANY, tag=_ANY)
def two_readers_find_in_a_calendar_what_was_told(title: str, text: str, place: str, tag: str) -> None:
    raw = filed(replace(PLAIN, title=title, text=text, place=place, tags=(tag, "plain")))

    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    (calendar,), notes = parts_of(raw)
    ours = next(part for part in calendar.parts if part.name == "VEVENT")

    # No text of a hub holds such a sign; the importer takes it out, and says so.
    is_plain = not FORBIDDEN.search(title + text + place + tag)
    assert not (is_plain and notes)
    assert ["VEVENT"] == [part.name for part in calendar.parts if part.name != "VTIMEZONE"]
    assert not ours.parts
    names = [line.name for line in ours.lines()]
    assert len(names) == len(set(names) - {"CATEGORIES"}) + names.count("CATEGORIES")
    assert _NAMES >= set(names)
    if is_plain:
        assert str(event["SUMMARY"]) == _text_of(ours, "SUMMARY")
        assert str(event["DESCRIPTION"]) == _text_of(ours, "DESCRIPTION")
        assert re.sub(r"\r\n|[\r\n\x85\u2028\u2029]", " ", title) == str(event["SUMMARY"])


def _text_of(part: Part, name: str) -> str:
    line = part.first(name)
    return line.text if line else ""


_STAMP = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda one: f"{one:%Y%m%dT%H%M%S}")
_DAY = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda one: f"{one:%Y%m%d}")
_MOMENT = st.one_of(_STAMP.map(":{}".format), _STAMP.map(":{}Z".format), _DAY.map(";VALUE=DATE:{}".format), st.tuples(st.sampled_from(("Europe/Paris", "Romance Standard Time", "Nowhere", '"W. Europe"')), _STAMP).map(lambda one: f";TZID={one[0]}:{one[1]}"))  # fmt: skip
_LINES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE", "CREATED", "LAST-MODIFIED", "DTSTAMP")), _MOMENT).map("".join),
        st.tuples(st.sampled_from(("SUMMARY", "DESCRIPTION", "LOCATION", "X-ALT-DESC;FMTTYPE=text/html", "CATEGORIES", "ORGANIZER;CN=", "URL", "GEO", "COMMENT", "STATUS", "UID", "DURATION", "X-WR-TIMEZONE", "ATTACH", "CONFERENCE")), LINE).map(":".join),
        st.sampled_from(("RRULE:FREQ=WEEKLY;COUNT=5", "RRULE:FREQ=MONTHLY;BYDAY=2SA", "RRULE:FREQ=YEARLY;UNTIL=20300101", "RRULE:FREQ=DAILY;INTERVAL=0", "DURATION:PT1H", "DURATION:-P1W", "STATUS:CANCELLED", "UID:a@b.example", "BEGIN:VALARM", "END:VALARM", "CLASS:PRIVATE")),
        st.tuples(st.sampled_from(("FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=YEARLY", "FREQ=DAILY")), st.sampled_from(("", ";BYMONTHDAY=31", ";BYDAY=MO,-1SU", ";BYSETPOS=-1;BYDAY=FR", ";BYWEEKNO=53", ";COUNT=400")), _STAMP).map(lambda one: f"RRULE:{one[0]}{one[1]};UNTIL={one[2]}Z"),
    ),
    max_size=9,
)  # fmt: skip


@holds(events=st.lists(_LINES, min_size=1, max_size=3), ends=st.sampled_from(("\r\n", "\n", "\r\n ", "\r")))
def a_calendar_of_any_program_becomes_files_or_refusals(events: list[list[str]], ends: str) -> None:
    lines = [line for event in events for line in ("BEGIN:VEVENT", "DTSTART:20260501T100000Z", "SUMMARY:Foire", *event, "END:VEVENT")]
    calendar_import.one(ends.join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")).encode("utf-8"))


@holds(title=LINE.filter(bool), summary=LINE, name=LINE.filter(bool), tag=LINE.filter(bool), naive=NAIVE, zone=ZONES)
def other_programs_find_in_a_feed_what_was_told(title: str, summary: str, name: str, tag: str, naive: datetime, zone: str) -> None:
    moment = min(naive, datetime(2026, 1, 1)).replace(tzinfo=ZoneInfo(zone), microsecond=0)
    moment = (
        moment if moment.utcoffset() % timedelta(minutes=1) == timedelta(0) and moment.year >= 1990 else datetime(2026, 1, 1, tzinfo=UTC)
    )
    whole = channel(
        replace(
            entry("tag:essai.example,2026:post:a"),
            title=title,
            summary=summary,
            authors=(Author(name),),
            tags=(tag,),
            published=moment,
            updated=moment,
        )
    )
    try:
        check(whole)
    except NotWritable:
        # What no XML can hold is refused at reading; nothing is written of it.
        return
    item = json.loads(json_feed(whole))["items"][0]
    assert (title, summary, name, [tag]) == (item["title"], item["summary"], item["authors"][0]["name"], item["tags"])
    for ending in ("atom.xml", "rss.xml"):
        address = f"https://essai.example/feeds/all.{ending}"
        raw = xml_feed(replace(whole, ending=ending, self_address=address, icon="https://essai.example/f.svg"))
        tree = etree.fromstring(raw)
        namespace = "{http://www.w3.org/2005/Atom}"
        found = tree.find(f"{namespace}entry/{namespace}title") if ending == "atom.xml" else tree.find("channel/item/title")
        assert found is not None
        read = etree.fromstring(f"<p>{found.text}</p>").text if found.get("type") == "html" else found.text
        assert _plain(title) == _plain((read or "").replace("\u2060", ""))
        if not FORBIDDEN.search(title + summary + name + tag) and "@" not in name:
            # Of what no text may hold, and of people's addresses, reading has taken care.
            assert not findings(raw, address, datetime(2027, 1, 1, tzinfo=UTC))


def _plain(text: str) -> str:
    # A carriage return is a line feed to every reader of XML, written by its number or not.
    return text.replace("\u2060", "").replace("\r\n", "\n").replace("\r", "\n")


@holds(subject=_ANY, sender=_ANY, name=_ANY, text=_ANY)
def a_mail_has_the_headers_that_were_meant_and_no_other(subject: str, sender: str, name: str, text: str) -> None:
    plain = letter()
    wanted = [header for header, _ in email.message_from_bytes(message_of(plain, "x", "<p>x</p>")).items()]
    try:
        raw = message_of(
            letter(subject=subject, sender=f"{sender} <lettre@essai.example>", name=name), text.replace("\ud800", ""), "<p>x</p>"
        )
    except (Refused, Injected) as refusal:
        assert str(refusal)  # noqa: PT017
        return
    assert raw.isascii()
    mail = email.message_from_bytes(raw, policy=policy.SMTP)
    assert wanted == [header for header, _ in mail.items()]
    assert " ".join(subject.split()) == " ".join(str(mail["Subject"]).split())
    assert ["lettre@essai.example"] == [one.addr_spec for one in mail["From"].addresses]
    assert 1 == raw.count(b"\r\nSubject: ")


@holds(raw=st.binary(max_size=2000), times=st.integers(1, 40))
def what_is_packed_for_browsers_is_unpacked_as_it_was(raw: bytes, times: int) -> None:
    if raw:
        assert raw * times == gzip.decompress(packed(raw * times))


_ENTRY = st.recursive(st.one_of(st.integers(0, 2**64 - 1), TEXT), lambda inner: st.lists(inner, max_size=5), max_leaves=20)


@holds(entry=_ENTRY)
def the_index_is_read_as_it_was_written(entry: object) -> None:
    assert entry == decoded(_encoded(entry))


def _encoded(entry: object) -> bytes:
    if isinstance(entry, int):
        return as_number(entry)
    return as_text(entry) if isinstance(entry, str) else as_array(map(_encoded, entry))  # type: ignore[arg-type, call-overload]
