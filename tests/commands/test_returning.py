"""Going back to an earlier site, as people type it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.hubs import run, write

from handbill.publishing.store import Limits, Store

#: 2026-11-22 22:40 in Paris, one minute more for each site.
_FIRST_S = 1_795_383_600


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """Return a hub of which three sites were published, a minute after each other."""
    root = write(tmp_path / "hub", {})
    # A file's time is that of the machine; here it is that of the story.
    now = [0]
    monkeypatch.setattr("handbill.publishing.generation.write", lambda target, content: _written(target, content, _FIRST_S + 60 * now[0]))
    for number in range(3):
        now[0] = number
        with Store(root / "public").begin(Limits(20, 1 << 30)) as generation:
            generation.add("same.html", "key", b"same")
            generation.add("index.html", f"key-{number}", b"%d" % number)
            generation.add(f"{number}.html", "key", b"x")
            generation.publish()
    return root


def _written(target, content, moment_s: int) -> int:
    with Path(target).open("xb") as file:
        file.write(content)
    os.utime(target, (moment_s, moment_s))
    return moment_s * 10**9


def test_what_can_be_had_back_is_listed(hub, capsys):
    code, out, _ = run(capsys, "--root", hub, "rollback", "--list")

    assert 0 == code
    assert (
        "2  2026-11-22 22:41  3 files differ from what stands\n"
        "1  2026-11-22 22:40  3 files differ from what stands\n"
        "\n"
        "To put one back: python3 build.py rollback 2\n"
    ) == out


def test_the_site_before_is_put_back_and_what_to_do_next_is_said(hub, capsys):
    """It is late, and whoever types it is no programmer."""
    code, out, _ = run(capsys, "--root", hub, "rollback")

    assert 0 == code
    assert b"1" == (hub / "public/index.html").read_bytes()
    assert (
        "public/ is the site of 2026-11-22 22:41 again (number 2).\n"
        "Files put back: 2; removed: 1; the same in both: 1.\n"
        "To undo this: python3 build.py rollback 3\n"
        "\n"
        "The repository is as it was, and the next build, also one that a timer starts, publishes again what it says. "
        "So take back in it what was wrong: git log -5 shows the last changes, git revert COMMIT takes one back.\n"
    ) == out


def test_in_french_as_well(hub, capsys):
    code, out, _ = run(capsys, "--root", hub, "rollback", "1", lang="fr")

    assert 0 == code
    assert "public/ est de nouveau le site du 2026-11-22 22:40 (numéro 1).\n" in out
    assert "Pour annuler : python3 build.py rollback 3\n" in out.replace("\u00a0", " ")
    listed = run(capsys, "--root", hub, "rollback", "--list", lang="fr")[1]
    assert "1  2026-11-22 22:40  le même que celui qui est en place\n" in listed
    assert "2  2026-11-22 22:41  3 fichiers diffèrent de ce qui est en place\n" in listed
    assert "3 sites antérieurs ont été supprimés.\n" in run(capsys, "--root", hub, "rollback", "--forget", lang="fr")[1]
    assert "Aucun site antérieur n’est gardé." in run(capsys, "--root", hub, "rollback", "--list", lang="fr")[1]


def test_what_stands_already_is_not_put_back(hub, capsys):
    run(capsys, "--root", hub, "rollback", "1")

    assert (0, "Nothing to do: public/ is the site of 2026-11-22 22:40 (number 1).\n", "") == run(capsys, "--root", hub, "rollback", "1")


def test_a_site_of_which_something_is_gone_is_told(hub, capsys):
    """The one file of the first site that no other has."""
    (lost,) = [file for file in (hub / ".public.handbill/earlier/1").iterdir() if file.name != "manifest" and file.read_bytes() == b"0"]
    lost.unlink()
    (hub / ".public.handbill/earlier/2/manifest").unlink()

    listed = run(capsys, "--root", hub, "rollback", "--list")[1]
    code, _, err = run(capsys, "--root", hub, "rollback", "1")

    assert "1  2026-11-22 22:40  cannot be had: 1 file is missing or altered\n" in listed
    assert "2  –                 cannot be had: its list is missing\n" in listed
    assert 3 == code
    assert "handbill: site 1 is no longer whole: index.html is missing, or something else altered it. The folder stands as it was. " in err
    assert b"2" == (hub / "public/index.html").read_bytes()


def test_programs_read_the_same(hub, capsys):
    listed = json.loads(run(capsys, "--root", hub, "rollback", "--list", "--json")[1])
    done = json.loads(run(capsys, "--root", hub, "rollback", "--json")[1])
    forgotten = json.loads(run(capsys, "--root", hub, "rollback", "--forget", "--json")[1])
    none = run(capsys, "--root", hub, "rollback", "--json")

    second = {"number": 2, "made": "2026-11-22T22:41:00+01:00", "differing": 3, "whole": True, "lacking": []}
    assert str(hub / "public") == listed["output"]
    assert second == listed["sites"][0]
    assert {
        "output": str(hub / "public"), "site": second, "unchanged": False, "written": ["1.html", "index.html"],
        "removed": ["2.html"], "former": 3, "unkept": "",
    } == done  # fmt: skip
    assert 3 == forgotten["removed"]
    assert 2 == none[0]
    assert json.loads(none[1])["error"].startswith("no earlier site is kept: ")


@pytest.mark.parametrize("words", [("1", "--list"), ("1", "--forget"), ("--list", "--forget")], ids=" ".join)
def test_only_one_thing_at_a_time(hub, capsys, words):
    """Whoever types two of them means one."""
    code, _, err = run(capsys, "--root", hub, "rollback", *words)

    assert 2 == code
    assert "only one of them at a time" in err
    assert b"2" == (hub / "public/index.html").read_bytes()


@pytest.mark.parametrize("number", ["0", "-1", "one", "1.5"])
def test_a_site_is_named_by_its_number(hub, capsys, number):
    assert 2 == run(capsys, "--root", hub, "rollback", "--", number)[0]


def test_there_is_no_such_site(hub, capsys):
    code, _, err = run(capsys, "--root", hub, "rollback", "7")

    assert (2, "handbill: found no earlier site 7; there are: 1, 2\n") == (code, err)


def test_a_folder_elsewhere_is_named_in_full(hub, capsys, tmp_path):
    (hub / "public").rename(tmp_path / "www")
    (hub / ".public.handbill").rename(tmp_path / ".www.handbill")

    out = run(capsys, "--root", hub, "rollback", "1", "--output", tmp_path / "www")[1]

    assert out.startswith(f"{tmp_path}/www/ is the site of 2026-11-22 22:40 again (number 1).\n")


def test_that_what_stood_could_not_be_kept_is_told(hub, capsys, monkeypatch):
    """Then there is no way forward but a build."""

    def full(*_):
        raise OSError(28, "full")

    monkeypatch.setattr("handbill.publishing.earlier.write_list", full)
    out = run(capsys, "--root", hub, "rollback")[1]

    assert "The site that stood before could not be kept to go back to: the disk is full.\n" in out
    assert "To undo this" not in out
