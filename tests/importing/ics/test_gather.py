"""Events are found in files of any state, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hubs import write

from handbill.importing.ics import gather as gathering
from handbill.importing.ics.gather import calendars_in, gather


def calendar(*events: str, head: str = "") -> str:
    return f"BEGIN:VCALENDAR\n{head}" + "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events) + "END:VCALENDAR\n"


def gathered(tmp_path: Path, **files: str):
    root = write(tmp_path, {f"{name}.ics": text for name, text in files.items()})
    return gather([(f"{name}.ics", root / f"{name}.ics") for name in files], "Europe/Paris")


def test_the_components_of_one_event_come_together(tmp_path):
    """A series and its moved dates are told one after the other, in any order."""
    found = gathered(tmp_path, a=calendar("UID:1\nRECURRENCE-ID:20260101T000000Z", "UID:1\nSUMMARY:a", "UID:2"))

    assert ["1", "2"] == list(found.groups)
    assert "a" == found.groups["1"].part.word("SUMMARY")
    assert 1 == len(found.groups["1"].others)


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_states_of_an_event_the_newer_one_counts(tmp_path, newer_first):
    """Exports of two years are often imported together."""
    newer, older = calendar("UID:1\nSEQUENCE:2\nSUMMARY:new"), calendar("UID:1\nSEQUENCE:1\nSUMMARY:old")
    found = gathered(tmp_path, a=newer if newer_first else older, b=older if newer_first else newer)

    assert "new" == found.groups["1"].part.word("SUMMARY")
    assert [(f"{'b' if newer_first else 'a'}.ics:2", "an older state of an event that is there twice")] == [
        (place, note.what) for place, note in found.refused
    ]


def test_of_two_states_of_a_single_date_the_newer_one_counts(tmp_path):
    """A date is moved twice."""
    found = gathered(
        tmp_path,
        a=calendar("UID:1\nRECURRENCE-ID:20260101T000000Z\nSEQUENCE:1", "UID:1\nRECURRENCE-ID:20260101T000000Z\nSEQUENCE:2\nSUMMARY:new"),
    )

    assert ["new"] == [one.word("SUMMARY") for one in found.groups["1"].others]
    assert ["a.ics:2"] == [place for place, _ in found.refused]


def test_events_without_a_uid_have_the_same_one_each_time(tmp_path):
    """Otherwise a second import would bring them again."""
    once, again = (gathered(tmp_path, a=calendar("DTSTART:20260101\nSUMMARY:a", "DTSTART:20260101\nSUMMARY:b")).groups for _ in range(2))

    assert 2 == len(once)
    assert list(once) == list(again)
    assert all(group.is_nameless for group in once.values())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (calendar("UID:1\nCLASS:PRIVATE"), "it is marked PRIVATE"),
        (calendar("UID:1\nclass:confidential"), "it is marked CONFIDENTIAL"),
        (calendar("UID:1", head="METHOD:REPLY\n"), "an answer to an invitation (METHOD:REPLY)"),
        (calendar().replace("END:V", "BEGIN:VTODO\nEND:VTODO\nEND:V"), "a task, and a hub has none"),
        (calendar().replace("END:V", "BEGIN:VJOURNAL\nEND:VJOURNAL\nEND:V"), "a journal entry, and a hub has none"),
        (
            calendar().replace("END:V", "BEGIN:VFREEBUSY\nEND:VFREEBUSY\nEND:V"),
            "times at which somebody is busy: nobody's business in a hub",
        ),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", "the file ends before this event does"),
        ("<html>", "no calendar: there is no line “BEGIN:VCALENDAR” in it"),
        ("", "no calendar: there is no line “BEGIN:VCALENDAR” in it"),
    ],
)
def test_what_is_no_event_is_refused_with_its_reason(tmp_path, text, why):
    """And what is private stays so."""
    found = gathered(tmp_path, a=text)

    assert {} == found.groups
    assert [why] == [note.what for _, note in found.refused]


def test_an_event_without_a_calendar_around_it_is_one(tmp_path):
    """Some programs copy it so into a mail."""
    assert ["1"] == list(gathered(tmp_path, a="BEGIN:VEVENT\nUID:1\nEND:VEVENT\n").groups)


def test_a_calendar_that_calls_off_calls_off_all_of_it(tmp_path):
    """RFC 5546: METHOD:CANCEL."""
    assert gathered(tmp_path, a=calendar("UID:1", head="METHOD:CANCEL\n")).groups["1"].calendar.is_cancelling


def test_the_zone_of_the_calendar_holds_for_what_names_none(tmp_path):
    """Google writes it at the head."""
    found = gathered(
        tmp_path, a=calendar("UID:1", head="X-WR-TIMEZONE:America/Montreal\n"), b=calendar("UID:2", head="X-WR-TIMEZONE:evil\n")
    )

    assert ["America/Montreal", "Europe/Paris"] == [found.groups[uid].calendar.default for uid in ("1", "2")]


def test_a_calendar_that_says_utc_means_the_hubs_zone(tmp_path):
    """A program for the whole world says so, and the choir sings at eight by the clock of the town."""
    found = gathered(tmp_path, a=calendar("UID:1", head="X-WR-TIMEZONE:UTC\n"), b=calendar("UID:2", head="X-WR-TIMEZONE:Etc/GMT-1\n"))

    assert {"Europe/Paris"} == {found.groups[uid].calendar.default for uid in ("1", "2")}


def test_a_uid_that_is_made_of_a_persons_address_is_not_kept(tmp_path):
    """The ledger is public; Google's own “…@google.com” names nobody."""
    lines = "\nDTSTART:20260101\nORGANIZER;CN=Paul:MAILTO:Paul.Durand@outlook.fr"
    found = gathered(tmp_path, a=calendar(f"UID:20260101-paul.durand@outlook.fr{lines}", f"UID:abc@google.com{lines}"))

    assert [True, False] == [group.is_nameless for group in found.groups.values()]
    assert not [uid for uid in found.groups if "paul" in uid]


def test_oddities_of_a_file_are_told_once_with_their_first_place(tmp_path):
    """A thousand lines of one fault are one fault."""
    found = gathered(tmp_path, a=calendar("UID:1\nDESCRIPTION:a\nb c\nd e\nUID:x"))

    assert ["a line that begins no property went to the one before it: a.ics:5, and 1 more"] == [str(one) for one in found.notes]


def test_a_folder_is_gone_through_and_every_file_of_it_is_told(tmp_path):
    """A packed export of Google is the usual surprise."""
    files = {"hub.toml": "", "sub/b.ics": "", "a.ICS": "", "x.txt": "x", "export.ical.zip": "PK", ".secret.ics": ""}
    root = write(tmp_path / "in", files)
    (root / "link.ics").symlink_to(root / "a.ICS")
    found, refused = calendars_in(root)

    assert ["a.ICS", "sub/b.ics"] == [name for name, _ in found]
    assert {"x.txt", "export.ical.zip", ".secret.ics", "hub.toml", "link.ics"} == {name for name, _ in refused}
    assert "unpack it" in str(dict(refused)["export.ical.zip"])


def test_a_file_beyond_all_measure_is_refused_before_it_is_read(tmp_path, monkeypatch):
    """A hundred and twenty-eight megabytes are no calendar."""
    monkeypatch.setattr(gathering, "LARGEST", 10)

    assert ["a.ics"] == [place for place, _ in gathered(tmp_path, a=calendar("UID:1")).refused]
