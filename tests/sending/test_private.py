"""What names members or opens a door: read from outside Git, told to nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbill.errors import ContentProblems, WrongUse
from handbill.sending.private import LOCAL, PRIVATE, read_private

BASE = "https://essai.example/"


def read(root, toml="", **room):
    if toml:
        (root / LOCAL).write_text(toml, encoding="utf-8")
    return read_private(root, BASE, {"XDG_STATE_HOME": "/var/lib/etat", **room})


def test_the_environment_comes_before_the_file(tmp_path):
    """A machine that sends by itself gets its secret from whoever keeps secrets, whatever lies in the folder."""
    toml = '[sending]\nserver = "a.example:587"\nuser = "atelier"\npassword = "un"\n'
    found = read(tmp_path, toml, HANDBILL_PASSWORD="deux")

    assert ("a.example:587", "atelier", "deux") == (found.server, found.user, found.password)


def test_the_ledger_has_a_place_that_outlives_every_clone(tmp_path):
    """Two clones on one machine must know what the other has sent."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert Path("/var/lib/etat/handbill/essai.example") == read(tmp_path / "a").folder == read(tmp_path / "b").folder


def test_paths_are_from_the_file_that_names_them(tmp_path):
    """The same command works from any folder."""
    root = tmp_path / "hub"
    root.mkdir()

    assert tmp_path / "membres.csv" == read(root, '[sending]\nmembers = "../membres.csv"\n').members


@pytest.mark.parametrize("key", ["members", "suppressed", "folder", "dkim_key"])
def test_nothing_that_names_members_lies_in_the_hub(tmp_path, key):
    """One `git add .` later it would be public for ever."""
    with pytest.raises(WrongUse, match=key):
        read(tmp_path, f'[sending]\n{key} = "prive/x"\n')


@pytest.mark.parametrize("key", ["members", "suppressed", "folder", "dkim_key"])
def test_a_link_into_the_hub_is_no_way_out_of_it(tmp_path, key):
    """The path looks as if it were elsewhere, and the next commit publishes what lies there all the same."""
    (tmp_path / "hub/prive").mkdir(parents=True)
    try:
        (tmp_path / "ailleurs").symlink_to("hub/prive", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(WrongUse, match=key):
        read(tmp_path / "hub", f'[sending]\n{key} = "../ailleurs/x"\n')


def test_a_hub_that_is_itself_a_link_may_have_its_list_beside_it(tmp_path):
    """Some keep their folders on another disk."""
    (tmp_path / "disque/hub").mkdir(parents=True)
    try:
        (tmp_path / "hub").symlink_to("disque/hub", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")

    assert (tmp_path / "disque/membres.csv").resolve() == read(tmp_path / "hub", '[sending]\nmembers = "../membres.csv"\n').members


def test_links_that_lead_in_a_circle_are_no_place_in_the_hub(tmp_path):
    """Whoever opens the list is told what is wrong with it."""
    (tmp_path / "hub").mkdir()
    try:
        (tmp_path / "rond").symlink_to("rond")
    except OSError:
        pytest.skip("links cannot be made here")

    assert tmp_path / "rond/x" == read(tmp_path / "hub", '[sending]\nmembers = "../rond/x"\n').members


def test_a_secret_is_in_no_message_and_no_dump(tmp_path):
    """A log of a failed run is the first thing that is passed around."""
    secret = "s3cret-de-l-atelier"
    private = read(tmp_path, f'[sending]\npassword = "{secret}"\ntoken = "{secret}"\nuser = "{secret}"\n')
    with pytest.raises(ContentProblems) as refusal:
        read(tmp_path, f'[sending]\npassword = ["{secret}"]\nsecurity = "{secret}"\n')

    assert secret not in repr(private)
    assert [("sending.password", 2), ("sending.security", 3)] == sorted((one.field, one.line) for one in refusal.value.problems)
    assert secret not in "".join(map(str, refusal.value.problems))


def test_an_unknown_key_is_told(tmp_path):
    """A misspelt `suppressed` would write to everybody who has left."""
    with pytest.raises(ContentProblems) as refusal:
        read(tmp_path, '[sending]\nsupressed = "../stop.txt"\n')

    assert "suppressed" in str(refusal.value.problems[0])


def test_each_key_has_a_name_in_the_environment(tmp_path):
    """The handbook promises one for each."""
    room = {f"HANDBILL_{one.name.upper()}": one.example or "x" for one in PRIVATE}
    found = read(tmp_path, **room)

    assert {one.name: str(getattr(found, one.name)) for one in PRIVATE} == {one.name: one.example or "x" for one in PRIVATE}
