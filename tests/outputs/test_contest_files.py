"""What was committed of a contest is published byte for byte, and nothing else of its folder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.hubs import files_of, load_village, options
from tests.rules.sample import DRAW, a_hub

from handbill.contests.announcing import announce
from handbill.errors import ContentProblems
from handbill.hub.frozen import Proof
from handbill.hub.record import Record, Step
from handbill.outputs.contest_files import make, plan, public_files
from handbill.outputs.headers import rules, sent
from handbill.pipeline import build

ARCHIVE = "content/contests/archive/ete-photo"


@pytest.fixture
def root(tmp_path):
    """Return a hub whose contest was announced."""
    announce("ete-photo", options(a_hub(tmp_path, DRAW, english=True), "2026-05-14 10:00"))
    return tmp_path


def at(day):
    return datetime(2026, 7, day, 12, tzinfo=UTC)


def a_record(*files):
    steps = (
        Step("announced", at(1), {"version": 1}),
        Step("announced", at(2), {"version": 2}),
        Step("frozen", at(10)),
        Step("decided", at(20)),
    )
    return Record("x", steps, {name: Proof("0" * 64, 1) for name in files})


def test_every_file_is_published_as_it_lies_in_the_archive(root):
    """A digest that members were told must fit what they download."""
    build(options(root, "2026-06-10 10:00"))
    found = files_of(root / "public/contests/ete-photo")
    kept = files_of(root / ARCHIVE)

    assert {"record.json", "rules.1.fr.md", "rules.1.en.md"} == kept.keys()
    assert kept == {name: found[name] for name in kept}


def test_entries_and_strays_are_published_nowhere():
    """Who entered by a pull request agreed to a name in a list, not to a page of files."""
    names = ("record.json", "entries/alice.yml", "notes.txt", "rules.1.fr.md.bak", "../secret", "ballots/x/y.json", "pool.txt~", "key.json")
    loaded, _ = load_village()
    hub = replace(loaded.hub, as_of=at(30))

    assert ("key.json", "record.json") == public_files(a_record(*names), hub)


@pytest.mark.parametrize(
    ("day", "public"),
    [
        (1, {"rules.1.fr.md"}),
        (5, {"rules.1.fr.md", "rules.2.fr.md"}),
        (15, {"rules.1.fr.md", "rules.2.fr.md", "pool.txt", "answers.csv"}),
        (
            25,
            {
                "rules.1.fr.md",
                "rules.2.fr.md",
                "pool.txt",
                "answers.csv",
                "draw.json",
                "key.json",
                "votes.csv",
                "ballots/ines.json",
                "record.json",
            },
        ),
    ],
)
def test_a_file_is_published_with_its_step_and_never_before(day, public):
    """A ballot that is read before all are in, or a record that tells of tomorrow, would spoil the contest."""
    names = (
        "rules.1.fr.md",
        "rules.2.fr.md",
        "pool.txt",
        "answers.csv",
        "draw.json",
        "key.json",
        "votes.csv",
        "ballots/ines.json",
        "record.json",
    )
    loaded, _ = load_village()

    assert public == set(public_files(a_record(*names), replace(loaded.hub, as_of=at(day).replace(hour=13))))


def test_they_lie_once_for_all_languages(root):
    """Two copies could differ one day."""
    loaded, settings = load_village("2026-06-10 10:00", root)

    assert {"contests/ete-photo"} == {one.path.rpartition("/")[0] for one in plan(loaded.hub, settings)}


def test_a_contest_that_nobody_sees_publishes_nothing(root):
    """A draft is not made public by its archive."""
    for file in (root / "content/contests").glob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    loaded, settings = load_village("2026-06-10 10:00", root)

    assert [] == list(plan(loaded.hub, settings))


def test_a_file_that_changes_during_the_build_stops_it(root, tmp_path):
    """What is published was compared at that very moment."""
    loaded, settings = load_village("2026-06-10 10:00", root)
    planned = list(plan(loaded.hub, settings))
    (root / ARCHIVE / "rules.1.fr.md").write_bytes(b"Autre.\n")

    with pytest.raises(ContentProblems) as refused:
        list(make(planned, settings, tmp_path))

    assert ["HB472"] == [one.code for one in refused.value.problems]


def test_a_browser_is_told_to_show_them(root):
    """Text that is offered to be saved is read by nobody."""
    _, settings = load_village("2026-06-10 10:00", root)
    types = {
        name: sent(rules(settings), f"/contests/ete-photo/{name}")["Content-Type"]
        for name in ("rules.1.fr.md", "pool.txt", "votes.csv", "record.json")
    }

    assert {"text/plain; charset=utf-8", "application/json"} == set(types.values())
    assert "application/json" == types["record.json"]


def test_the_archive_is_left_out_when_the_contest_is_gone(root):
    """Its problem is told elsewhere; here nothing is published without its page."""
    for file in (root / "content/contests").glob("*.md"):
        file.unlink()
    shutil.rmtree(root / "public", ignore_errors=True)
    loaded, settings = load_village("2026-06-10 10:00", root)

    assert [] == list(plan(loaded.hub, settings))
