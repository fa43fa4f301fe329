"""One event of a calendar becomes one of the hub, and nothing about it is guessed in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handbill.importing.ics.event import Frame, event_of
from handbill.importing.ics.gather import Calendar
from handbill.importing.ics.mask import Mask
from handbill.importing.ics.parts import parts_of
from handbill.importing.ics.zones import Zones
from handbill.importing.sources import Refusal
from handbill.proofing.proof import House

FRAME = Frame("fr", "Europe/Paris", "https://hub.example/", datetime(2026, 3, 1, tzinfo=UTC), "Les Amis", Mask(House()))
PLAIN = ("DTSTART:20260509T120000Z", "SUMMARY:Foire", "LOCATION:Quai", "CREATED:20260101T090000Z")


def brought(*lines: str, frame: Frame = FRAME, others: tuple[str, ...] = (), is_off: bool = False):
    part, *rest = parts_of("".join("BEGIN:VEVENT\n" + one + "\nEND:VEVENT\n" for one in ("\n".join(lines), *others)).encode())[0]
    return event_of("uid", part, rest, Calendar(Zones({}, "Europe/Paris"), "Europe/Paris", False).clock(), frame, is_off)


def test_what_an_event_needs_is_filled_in():
    """A calendar has no organiser in our sense, and our events have one."""
    event = brought(*PLAIN)

    assert {
        "title": "Foire",
        "date": "2026-01-01 10:00",
        "starts": "2026-05-09 14:00",
        "venue": {"name": "Quai"},
        "organisers": ("Les Amis",),
    } == event.values
    assert not event.is_draft
    assert [] == event.changes


def test_a_last_change_is_told_and_nothing_that_is_to_come():
    """A date in the future would hide the event, and Google writes 1900 for “unknown”."""
    assert "2026-02-01 13:00" == brought(*PLAIN, "LAST-MODIFIED:20260201T120000Z").values["updated"]
    assert "updated" not in brought(*PLAIN, "LAST-MODIFIED:20990201T120000Z").values
    assert "2026-03-01" == brought(*PLAIN[:3], "CREATED:19000101T120000Z").values["date"]
    assert "2026-02-01 13:00" == brought(*PLAIN[:3], "DTSTAMP:20260201T120000Z").values["date"]


@pytest.mark.parametrize(
    ("lines", "mode", "venue", "address"),
    [
        (["LOCATION:Quai", "CONFERENCE:https://visio.example/a"], "hybrid", {"name": "Quai"}, "https://visio.example/a"),
        (["LOCATION:https://meet.jit.si/jardin"], "online", None, "https://meet.jit.si/jardin"),
        (["LOCATION:Microsoft Teams Meeting", "CONFERENCE:https://visio.example/a"], "online", None, "https://visio.example/a"),
        (["LOCATION:En ligne"], "online", None, None),
        (["CONFERENCE:https://visio.example/a"], "online", None, "https://visio.example/a"),
    ],
)
def test_place_and_address_say_how_one_takes_part(lines, mode, venue, address):
    """Nobody shall travel to “Zoom”."""
    values = brought(*PLAIN[:2], *lines).values

    assert (mode, venue, address) == (values["mode"], values.get("venue"), values.get("join_url"))


def test_an_event_without_a_place_is_a_draft_that_says_what_to_do():
    """Somebody would come to the wrong door if we made one up."""
    event = brought(*PLAIN[:2])

    assert event.is_draft
    assert "true" == event.values["draft"]
    assert ["it is a draft until an editor has looked at it"] == [note.what for note in event.changes]


def test_the_usual_place_can_be_given():
    """Most communities meet where they always meet."""
    assert {"name": "Maison du port"} == brought(*PLAIN[:2], frame=replace(FRAME, venue="Maison du port")).values["venue"]
    known = replace(FRAME, venue="quai", places={"quai": "quai"})
    assert "quai" == brought(*PLAIN[:2], frame=known).values["venue"]


def test_an_event_of_an_unknown_zone_is_a_draft():
    """Its hour was guessed."""
    assert brought("DTSTART;TZID=evil:20260509T140000", *PLAIN[1:]).is_draft


@pytest.mark.parametrize(
    ("lines", "is_off", "status"),
    [
        (["STATUS:CANCELLED"], False, "cancelled"),
        (["STATUS:CANCELLED", "SUMMARY:Reporté : Foire"], False, "postponed"),
        ([], True, "cancelled"),
        (["STATUS:TENTATIVE"], False, "tentative"),
        (["STATUS:CONFIRMED"], False, None),
    ],
)
def test_what_was_called_off_stays_called_off(lines, is_off, status):
    """The import must not call anybody out to an event that does not take place."""
    own = [one for one in PLAIN if not any(line.partition(":")[0] == one.partition(":")[0] for line in lines)]
    event = brought(*own, *lines, is_off=is_off)

    assert status == event.values.get("status")
    assert (status in ("cancelled", "postponed")) == ("status_note" in event.values)
    assert "Foire" == event.title


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("ORGANIZER;CN=Les Ateliers du quai:mailto:x@group.calendar.google.com", "Les Ateliers du quai"),
        ('ORGANIZER;CN="paul@outlook.fr":mailto:paul@outlook.fr', "Les Amis"),
        ("ORGANIZER:mailto:paul@outlook.fr", "Les Amis"),
        ("ORGANIZER;CN=paul:mailto:paul@outlook.fr", "Les Amis"),
        ("ORGANIZER;CN=06 12 34 56 78:mailto:paul@outlook.fr", "Les Amis"),
    ],
)
def test_an_organiser_is_a_name_and_never_an_address(line, wanted):
    """Addresses of persons never enter the repository."""
    event = brought(*PLAIN, line)

    assert (wanted,) == event.values["organisers"]
    assert 1 == len(event.changes)
    assert "paul@" not in repr(event)


def test_an_organiser_that_was_given_holds_for_all():
    """The editor knows better than the program."""
    frame = replace(FRAME, organiser="Collectif", is_organiser_given=True)

    assert ("Collectif",) == brought(*PLAIN, "ORGANIZER;CN=Paul Durand:mailto:paul@outlook.fr", frame=frame).values["organisers"]


def test_the_number_of_changes_is_the_highest_of_all_its_parts():
    """What the hub tells next must be newer than all that members have."""
    rule = ("DTSTART;TZID=Europe/Paris:20260509T140000", "RRULE:FREQ=WEEKLY;COUNT=3", *PLAIN[1:])

    assert 9 == brought(*rule, "SEQUENCE:4", others=("RECURRENCE-ID:20260516T120000Z\nSEQUENCE:9",)).sequence
    assert 0 == brought(*PLAIN, "SEQUENCE:-5").sequence
    assert 2**31 > brought(*PLAIN, "SEQUENCE:99999999999").sequence


def test_what_a_single_date_says_otherwise_is_kept_as_a_note_or_told():
    """The other room is where members will go; the other text has no place."""
    rule = ("DTSTART;TZID=Europe/Paris:20260509T140000", "RRULE:FREQ=WEEKLY;COUNT=3", *PLAIN[1:], "DESCRIPTION:a")
    event = brought(*rule, others=("RECURRENCE-ID:20260516T120000Z\nSUMMARY:Foire\nLOCATION:Salle 2\nDESCRIPTION:b",))

    assert ({"on": "2026-05-16 14:00", "status": "confirmed", "note": "Salle 2"},) == event.values["recurrence"]["changes"]
    assert {"what one date says otherwise became a note", "what a single date says in DESCRIPTION was left out"} == {
        note.what for note in event.changes
    }


def test_an_event_without_a_start_is_refused_with_its_line():
    """It takes place never."""
    with pytest.raises(Refusal) as caught:
        brought("SUMMARY:x")

    assert 1 == caught.value.line
