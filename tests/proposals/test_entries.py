"""Entries to a contest by a form, under the name of an account."""

import pytest
from tests.contests.lives import BEFORE, FROZEN, ID, announced, frozen, hub_with
from tests.hubs import moment, write
from tests.proposals.filled import sound

from handbill.proofing.house import House
from handbill.proposals.intake import Room, take_in
from handbill.proposals.issue import Issue
from handbill.proposals.replies import reply
from handbill.reading.contest_entries import read_entries
from handbill.reading.load import load
from handbill.settings import read_settings

PATH = f"content/contests/archive/{ID}/entries/ada-roux.yml"


def hub(tmp_path, entry="pull_request"):
    """Return a hub with an announced contest that is entered in that way."""
    root = hub_with(tmp_path / "hub", entry=entry)
    announced(root)
    return root


def entry(root, login="Ada-Roux", at="2023-08-10 10:00", as_of=FROZEN, **answers):
    """Return what becomes of a form that an account sent at a moment."""
    body = sound("entry", **{"contest": f"/contests/{ID}/", **answers})
    return take_in(Issue(body, 12, login, moment(at)), Room(read_settings(root), moment(as_of)))


def test_an_entry_is_the_file_that_the_rules_ask_for(tmp_path):
    """Who entered, and when, is the forge's word; the form says neither."""
    root = hub(tmp_path)
    outcome = entry(root, work="https://photos.example/puits?utm_source=x")
    write(root, {outcome.path: outcome.content})
    loaded = load(read_settings(root), moment(FROZEN), None)
    item = next(one for one in (*loaded.hub.items, *loaded.hub.hidden) if one.kind == "contest")

    assert ("ready", PATH) == (outcome.state, outcome.path)
    assert b"entered: 2023-08-10 10:00\nconsent: true\nrules: 1\nwork: https://photos.example/puits\n" == outcome.content
    assert ["ada-roux"] == [one.handle for one in read_entries(root, item, "Europe/Paris", House())[0]]
    assert [] == [one for one in loaded.problems if one.path == PATH]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"at": "2023-07-01 10:00"}, "personne ne pouvait participer"),
        ({"at": "2023-09-30 10:00"}, "personne ne pouvait participer"),
        ({"login": ""}, "le nom du compte"),
        ({"login": "renovate[bot]"}, "le nom du compte"),
        ({"contest": "/contests/nulle-part/"}, "aucun concours"),
        ({"contest": "../../../etc/passwd"}, "aucun concours"),
        ({"work": "javascript:alert(1)"}, "https://"),
    ],
)
def test_what_the_rules_do_not_allow_is_no_entry(tmp_path, given, why):
    """A file that is refused later would have named somebody for nothing."""
    outcome = entry(hub(tmp_path), **given)

    assert ("lacking", b"") == (outcome.state, outcome.content)
    assert why in reply(outcome)


def test_without_both_boxes_nobody_is_named(tmp_path):
    """Version history keeps a name for ever."""
    root = hub(tmp_path)
    body = sound("entry", "fr", ["rules"], contest=f"/contests/{ID}/")

    assert "lacking" == take_in(Issue(body, 12, "Ada-Roux", moment("2023-08-10 10:00")), Room(read_settings(root), moment(FROZEN))).state


def test_only_contests_that_say_so_are_entered_in_public(tmp_path):
    """Elsewhere an entry is nobody's business but the organiser's."""
    outcome = entry(hub(tmp_path, entry="paper"))

    assert "lacking" == outcome.state
    assert "on ne participe pas ici" in reply(outcome)


def test_an_account_enters_once(tmp_path):
    """A form that is saved twice is one entry."""
    root = hub(tmp_path)
    write(root, {PATH: entry(root).content})

    assert "participe déjà" in reply(entry(root))


def test_before_the_opening_there_is_nothing_to_enter(tmp_path):
    """The moment is that of the form, whatever the day on which it is read."""
    assert "lacking" == entry(hub(tmp_path), at=BEFORE).state


def test_a_frozen_list_takes_nobody_more(tmp_path):
    """A form that was sent in time and is read too late would be an entry that no draw knows of."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    frozen(root)

    assert "la liste des participations est close" in reply(entry(root))


def test_nobody_agrees_to_rules_that_were_not_announced(tmp_path):
    """What is agreed to must have been there to be read."""
    root = hub_with(tmp_path / "hub", entry="pull_request")
    announced(root, at="2023-08-11 10:00")

    assert "règlement" in reply(entry(root, at="2023-08-10 10:00"))
    assert "ready" == entry(root, at="2023-08-12 10:00").state
