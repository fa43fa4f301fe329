"""What is told of one moment after another."""

from handbill.reviewing.comparing import Bytes
from handbill.reviewing.gathering import Gathered
from handbill.reviewing.record import FileChange, PageChange, Run
from handbill.reviewing.snapshot import Made, Snapshot

EMPTY = Snapshot("", "", ())


def page(words, since=""):
    return PageChange("/a/", "changed", "A", "fr", since=since, words=(Run("new", words),))


def test_what_is_seen_now_is_not_told_again_of_its_day():
    """A page that is other at once is other in May, too."""
    gathered = Gathered()
    gathered.pages_and_files([page("x")], [FileChange("a.css", "changed", 1, 2)])
    gathered.pages_and_files([page("x", "2026-05-01"), page("y", "2026-05-01")], [FileChange("a.css", "changed", 1, 3, "2026-05-01")])

    assert [("x", ""), ("y", "2026-05-01")] == [(one.words[0].text, one.since) for one in gathered.of("pages")]
    assert 1 == len(gathered.of("files"))


def test_entries_of_calendars_that_come_later_say_from_when_on():
    """A date that is announced in May is in nobody's calendar before."""
    event = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTART:20260601T100000Z\r\nSUMMARY:F\xc3\xaate\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    bytes_ = Bytes({}, {"calendars/all.ics": Made("calendars/all.ics", event)})
    gathered = Gathered()
    gathered.files(bytes_, EMPTY, EMPTY, frozenset(), "2026-05-01")
    gathered.files(bytes_, EMPTY, EMPTY, frozenset(), "2026-05-02")

    assert [("Fête", "2026-05-01")] == [(one.title, one.since) for one in gathered.of("dates")]


def test_facts_that_are_equal_are_not_compared():
    """Most proposals touch one subject."""
    gathered = Gathered()
    gathered.facts(Snapshot("", "", (), facts={"people": object}), Snapshot("", "", (), facts={"people": object}), frozenset())

    assert {} == gathered.all()
