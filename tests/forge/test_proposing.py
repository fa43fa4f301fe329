"""One pull request of each form, however often the step runs, with whoever proposed it credited."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from tests.forge.github import BOT
from tests.sending.services.fake import Fault

from handbill.errors import ServiceFailed, WrongUse
from handbill.forge.proposal import Idle
from handbill.forge.proposing import propose
from handbill.forge.wanted import Wanted

WANTED = Wanted(True, "issue-12", "A fair", "From form 12.", "Thank you, it is on its way.", {"events/2026/fair.md": b"x"})
LACKING = Wanted(False, "issue-12", "", "", "When does it begin?")


@pytest.fixture
def filled(ground):
    """Return a hub with a form that somebody filled in, and the room of the step that proposes it."""

    def make(*faults, login="ada", kind="User", **issue):
        one = ground(*faults)
        one.fake.repository.commit("main", {"hub.toml": b"", "events/2026/other.md": b"o"})
        one.fake.repository.issues[12] = {}
        event = {"issue": {"number": 12, "state": "open", "user": {"login": login, "id": 9, "type": kind}, **issue}}
        return one, one.room(event)

    return make


def answers(one):
    return [told["body"].replace("\r\n", "\n") for told in one.fake.repository.comments]


def test_a_form_becomes_one_pull_request(filled):
    """With its file, its proposer's name, and an answer that leads there."""
    one, room = filled()
    done = propose(room, one.github(), WANTED)
    pull = one.fake.repository.pulls[13]

    assert (13, pull["html_url"]) == (done.number, done.address)
    assert ("A fair", "From form 12.", "proposal/issue-12", "main") == (
        pull["title"],
        pull["body"],
        pull["head"]["ref"],
        pull["base"]["ref"],
    )
    tip = one.fake.repository.branches["proposal/issue-12"]
    assert {"hub.toml": b"", "events/2026/other.md": b"o", "events/2026/fair.md": b"x"} == one.fake.repository.files_of(tip)
    assert (
        "proposal: events/2026/fair.md\n\nCo-authored-by: ada <9+ada@users.noreply.github.com>\n"
        == one.fake.repository.commits[tip]["message"]
    )
    assert [f"<!-- handbill:intake -->\nThank you, it is on its way.\n\n→ {pull['html_url']}\n"] == [
        one + "\n" for one in answers(one)
    ] or answers(one)


def test_called_twice_it_is_still_one(filled):
    """An issue is opened and edited within a second, and jobs are started again."""
    one, room = filled()
    propose(room, one.github(), WANTED)
    propose(room, one.github(), WANTED)

    assert ([13], 1, 1) == (list(one.fake.repository.pulls), one.fake.commits_made, len(answers(one)))


def test_a_form_that_was_mended_changes_its_pull_request(filled):
    """Another title is another file name; the former one must not be published beside it."""
    one, room = filled()
    propose(room, one.github(), WANTED)
    one.fake._pull_files = lambda *_words, **_more: (200, [{"filename": "events/2026/fair.md", "status": "added"}])
    propose(room, one.github(), Wanted(True, "issue-12", "A great fair", "Again.", "Thank you.", {"events/2026/great-fair.md": b"y"}))
    tip = one.fake.repository.branches["proposal/issue-12"]

    assert {"hub.toml", "events/2026/other.md", "events/2026/great-fair.md"} == set(one.fake.repository.files_of(tip))
    assert ("A great fair", "Again.") == (one.fake.repository.pulls[13]["title"], one.fake.repository.pulls[13]["body"])
    assert 1 == len(answers(one))
    assert "Thank you." in answers(one)[0]


def test_what_an_editor_changed_is_left_alone(filled):
    """Their work would be lost by the next word that the proposer adds."""
    one, room = filled()
    propose(room, one.github(), WANTED)
    tip = one.fake.repository.commit("proposal/issue-12", {"events/2026/fair.md": b"edited"}, author="grace", keep=True)
    one.fake.repository.pulls[13]["head"]["sha"] = tip
    with pytest.raises(Idle, match="somebody works on it"):
        propose(room, one.github(), WANTED)

    assert tip == one.fake.repository.branches["proposal/issue-12"]


@pytest.mark.parametrize("merged", [True, False])
def test_what_was_decided_is_not_opened_again(filled, merged):
    """An editor said no, or yes; a new word in the form does not change that."""
    one, room = filled()
    propose(room, one.github(), WANTED)
    one.fake.repository.pulls[13] |= {"state": "closed", "merged": merged}
    with pytest.raises(Idle, match="decided already, in 13"):
        propose(room, one.github(), WANTED)

    assert [13] == list(one.fake.repository.pulls)


def test_a_branch_of_a_fork_with_the_same_name_is_not_ours(filled):
    """Anybody can call a branch so, and a closed one would keep every form from being opened."""
    one, room = filled()
    one.fake.pull(5, "b" * 40, "proposal/issue-12", of="atelier/other", author="mallory")["state"] = "closed"

    assert 13 == propose(room, one.github(), WANTED).number


def test_what_is_missing_is_asked_under_the_form_and_nothing_else_happens(filled):
    """No branch, no pull request; and when it is all there, the same comment says so."""
    one, room = filled()
    assert 0 == propose(room, one.github(), LACKING).number
    assert (["main"], {}) == (list(one.fake.repository.branches), one.fake.repository.pulls)
    assert ["<!-- handbill:intake -->\nWhen does it begin?"] == answers(one)
    propose(room, one.github(), WANTED)

    assert 1 == len(answers(one))
    assert "it is on its way" in answers(one)[0]


def test_nothing_is_said_where_there_is_nothing_to_say(filled):
    """An issue that is no form is people's own talk."""
    one, room = filled()
    with pytest.raises(Idle):
        propose(room, one.github(), Wanted(False, "", "", "", " \n"))

    assert [] == one.fake.asked


@pytest.mark.parametrize(("login", "kind"), [("renovate[bot]", "Bot"), ("ada\nBcc: x", "User"), ("a<b", "User"), ("ghost", "Organization")])
def test_only_a_person_is_credited(filled, login, kind):
    """A trailer is read by programs."""
    one, room = filled(login=login, kind=kind)
    propose(room, one.github(), WANTED)

    assert "Co-authored-by" not in one.fake.repository.commits[one.fake.repository.branches["proposal/issue-12"]]["message"]


@pytest.mark.parametrize("issue", [{"state": "closed"}, {"pull_request": {}}])
def test_a_form_that_is_closed_is_left_alone(filled, issue):
    """And a pull request is no form, although GitHub calls it an issue."""
    one, room = filled(**issue)
    with pytest.raises(Idle, match="closed"):
        propose(room, one.github(), WANTED)


@pytest.mark.parametrize("branch", ["issue-13", "letter-12"])
def test_the_number_of_the_issue_is_that_of_the_event(filled, branch):
    """A folder that names another would write into another proposal."""
    one, room = filled()
    with pytest.raises(WrongUse, match="another form"):
        propose(room, one.github(), Wanted(True, branch, "", "", "", WANTED.files))


def test_a_letter_is_proposed_without_any_form(filled):
    """Somebody pressed a button; nobody is answered and nobody else credited."""
    one, _ = filled()
    letter = Wanted(True, "letter-12", "Letter 12", "Written by the draft.", "", {"newsletters/12.md": b"l"})
    assert 13 == propose(one.room({}), one.github(), letter).number
    assert [] == answers(one)
    with pytest.raises(WrongUse, match="another form"):
        propose(one.room({}), one.github(), WANTED)


def test_a_file_that_the_hub_has_is_not_written_over(filled):
    """A proposal adds; what is changed is changed by people."""
    one, room = filled()
    with pytest.raises(WrongUse, match="stands in the hub already"):
        propose(room, one.github(), Wanted(True, "issue-12", "A fair", "", "", {"events/2026/other.md": b"mine"}))

    assert ["main"] == list(one.fake.repository.branches)


@pytest.mark.parametrize("asked", ["POST /repos/.*/git/refs", "POST /graphql", "POST /repos/.*/pulls", "POST /repos/.*/comments"])
@pytest.mark.parametrize("is_after", [True, False])
def test_wherever_it_broke_off_calling_again_brings_it_to_its_end(filled, asked, is_after):
    """GitHub is out of order for a minute about once a week."""
    one, room = filled(Fault(asked, "502", is_after=is_after))
    # A comment that was lost is looked for and written by the same run.
    with nullcontext() if "comments" in asked else pytest.raises(ServiceFailed):
        propose(room, one.github(), WANTED)
    propose(room, one.github(), WANTED)

    assert [13] == list(one.fake.repository.pulls)
    assert {"events/2026/fair.md": b"x"} == one.fake.repository.files_of(
        one.fake.repository.branches["proposal/issue-12"], "events/2026/fair"
    )
    assert (1, 1) == (one.fake.commits_made, len(answers(one)))
    assert BOT == room.actor
