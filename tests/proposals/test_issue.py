"""Events of issues, as the forge writes them."""

import json

import pytest

from handbill.errors import WrongUse
from handbill.proposals.issue import Issue, read_issue


def event(**issue: object) -> bytes:
    """Return an event of an issue."""
    return json.dumps({"action": "opened", "issue": issue}).encode()


def test_an_issue_tells_its_text_its_number_and_who_wrote_it_when():
    """The credit, and the moment of an entry to a contest, are the forge's word and not the form's."""
    found = read_issue(event(body="x", number=12, user={"login": "Ada-L"}, created_at="2026-06-12T16:30:00Z"))

    assert ("x", 12, "Ada-L", "2026-06-12T16:30:00+00:00") == (found.body, found.number, found.proposer, found.written.isoformat())


def test_what_was_saved_again_was_written_then():
    """A form that was sent in time, and filled in after the contest had closed, would win over those who were late and said so."""
    issue = {"body": "x", "created_at": "2026-06-12T16:30:00Z", "updated_at": "2026-07-02T08:00:00Z"}
    opened, edited = (read_issue(json.dumps({"action": action, "issue": issue}).encode()) for action in ("opened", "edited"))

    assert "2026-06-12T16:30:00+00:00" == opened.written.isoformat()
    assert "2026-07-02T08:00:00+00:00" == edited.written.isoformat()


@pytest.mark.parametrize(
    "issue",
    [
        {"body": None, "number": True, "user": None, "created_at": None},
        {"body": 3, "number": -1, "user": {"login": "../x"}, "created_at": "gestern"},
        {"number": "12", "user": {"login": ["a"]}, "created_at": "2026-06-12T16:30:00"},
        {"user": {"login": "a" * 60}, "created_at": "0001-01-01T00:00:00+14:00"},
        {"user": "x\n@all", "number": 10**12},
    ],
)
def test_what_is_not_as_it_should_be_counts_as_absent(issue):
    """A name with a slash in it would be a path in the next step."""
    assert Issue("") == read_issue(event(**issue))


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"nul", b'{"issue": []}', b"[" * 100_000, b"x" * (4 * 1024 * 1024 + 1)])
def test_what_is_no_event_of_an_issue_is_the_machines_fault(raw):
    """A workflow that hands over the wrong file must be noticed."""
    with pytest.raises(WrongUse):
        read_issue(raw)


def test_the_name_of_a_program_is_a_name():
    """Programs open issues, too."""
    assert "renovate[bot]" == read_issue(event(user={"login": "renovate[bot]"})).proposer
