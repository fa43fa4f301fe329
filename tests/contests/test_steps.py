"""A step is committed once, in its turn, and whole; a contest is found by whatever it is called."""

import json
import os
from pathlib import Path

import pytest
from tests.contests.lives import BEFORE, CLOSED, DRAWN, FRONT, FROZEN, ID, OPEN, ORDER, announced, contest, contest_text, frozen, hub_with
from tests.hubs import files_of, options, write

from handbill.contests import steps
from handbill.contests.steps import NotNow, every_contest, take, write_files
from handbill.errors import ContentProblems, MachineLacks, WrongUse

ARCHIVE = f"content/contests/archive/{ID}"


@pytest.fixture
def root(tmp_path):
    """A hub with a contest that is not announced."""
    return hub_with(tmp_path / "hub")


def test_a_contest_is_found_by_its_id_slug_or_path(root):
    """An organiser types what stands before them: the address, the file or the name."""
    for word in (ID, f"content/contests/{ID}.md", f"/contests/{ID}/"):
        assert ID == contest(root, BEFORE, word).id
    with pytest.raises(WrongUse, match=f"“{ID}”, perhaps"):
        contest(root, BEFORE, "2026-ete-foto")


def test_translations_are_one_contest(root):
    """The French text and the English one have the same pool, and the record is found from both."""
    write(root, {f"content/contests/{ID}.en.md": contest_text(title="Summer in photos", id="", lang="en", translation_of=ID)})
    announced(root)

    found = contest(root, BEFORE, f"content/contests/{ID}.en.md")

    assert (ID, "fr", ["en", "fr"]) == (found.id, found.item.lang, sorted(one.lang for one in found.texts))
    assert ["announced"] == [one.name for one in found.record.steps]


def test_a_text_with_errors_is_told_before_anything_is_committed(root):
    """Rules made of a text that is wrong would be announced for good."""
    write(root, {f"content/contests/{ID}.md": contest_text(closes="2023-07-01")})

    for word in (ID, f"content/contests/{ID}.md"):
        with pytest.raises(ContentProblems) as told:
            contest(root, BEFORE, word)
        assert {f"content/contests/{ID}.md"} == {one.path for one in told.value.problems}
    with pytest.raises(WrongUse):
        contest(root, BEFORE, "another")


def test_every_contest_of_a_hub_is_found_once(root):
    """`contest status` names each, whatever languages it is told in."""
    write(root, {f"content/contests/{ID}.en.md": contest_text(title="Summer", id="", lang="en", translation_of=ID)})
    write(root, {"content/contests/avant.md": contest_text(id="avant")})

    assert ["2026-ete-photo", "avant"] == [one.id for one in every_contest(options(root, BEFORE, no_cache=True))]


def test_a_step_is_written_with_its_files_and_its_moment(root):
    """Whole seconds in UTC, so that a record has one text wherever it is written."""
    found = contest(root, OPEN)
    announced(root, BEFORE)
    found = contest(root, OPEN)

    record = take(found, "cancelled", {"reason": "Orage."}, {})

    step = json.loads((root / ARCHIVE / "record.json").read_bytes())["steps"][-1]
    assert {"step": "cancelled", "at": "2023-08-10T08:00:00Z", "reason": "Orage."} == step
    assert "cancelled" == contest(root, OPEN).state == record.steps[-1].name


def test_a_step_out_of_its_turn_leaves_everything_as_it_was(root):
    """The reason is told, and not one byte is written."""
    announced(root)
    before = files_of(root)

    with pytest.raises(NotNow, match="entries are open"):
        take(contest(root, OPEN), "frozen", {}, {"pool.txt": b"a\n"})

    assert before == files_of(root)


def test_no_step_goes_back_in_time(root):
    """A record is read from its first step to its last, and so was it made."""
    frozen(root)

    with pytest.raises(NotNow, match="which is later"):
        take(contest(root, CLOSED), "frozen", {}, {})
    assert ["announced", "frozen"] == [one.name for one in contest(root, FROZEN).record.steps]


def test_a_file_is_read_as_it_was_proved_or_not_at_all(root):
    """Between reading a pool and drawing from it nobody can exchange it."""
    frozen(root)
    found = contest(root, DRAWN)
    (root / ARCHIVE / "pool.txt").write_text(f"{ORDER[0]}\n")

    with pytest.raises(NotNow, match="was changed while it was read"):
        found.file("pool.txt")
    with pytest.raises(NotNow, match="is not there"):
        found.file("draw.json")


def test_files_come_before_the_record_that_names_them(root, monkeypatch):
    """What is interrupted between the two leaves a contest that can still take the step."""
    announced(root)
    found = contest(root, CLOSED)
    replaced = []
    real = os.replace
    monkeypatch.setattr("pathlib.os.replace", lambda old, new: (replaced.append(Path(new).name), real(old, new))[1])

    take(found, "cancelled", {"reason": "Orage."}, {"note.txt": b""})

    assert ["note.txt", "record.json"] == replaced


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders that are files stop a program everywhere, but with other words")
def test_a_disk_that_refuses_is_the_machine_s_fault(root):
    """Nothing is half written, and no scratch file stays."""
    announced(root)
    (root / ARCHIVE / "ballots").write_text("in the way")

    with pytest.raises(MachineLacks, match="cannot be written"):
        write_files(contest(root, CLOSED), {"ballots/ines.json": b"{}"})
    assert not [
        name
        for name in files_of(root)
        if name != "content/contests/archive/.gitattributes" and "/." in f"/{name}".removeprefix("/.handbill")
    ]


def test_a_full_disk_leaves_no_file_without_its_step(root, monkeypatch):
    """Rules that no step names are refused by every command, also by the one that would have written them (HB472)."""

    def full(place, parts, really=steps.put_whole, **how):
        if place.name == "record.json":
            raise OSError(28, "No space left on device")
        really(place, parts, **how)

    monkeypatch.setattr(steps, "put_whole", full)
    with pytest.raises(MachineLacks, match="No space left"):
        announced(root)

    assert not (root / ARCHIVE).exists()


def test_the_texts_of_these_tests_are_a_contest(root):
    """What all tests of contests begin with has to be read without a fault."""
    found = contest(root, BEFORE)

    assert (FRONT["title"], "draft") == (found.item.title, found.state)


def test_git_is_told_to_leave_the_archive_as_it_is(root):
    """On Windows, Git makes other ends of lines of what it takes for text, and every digest would be wrong there."""
    announced(root)

    assert b"* -text\n" == (root / "content/contests/archive/.gitattributes").read_bytes()


def test_a_disk_that_fails_once_all_is_written_takes_nothing_back(root, monkeypatch):
    """A record whose draw was taken away again is refused by every command from then on (HB478)."""
    unlink = Path.unlink

    def failing(path, **how):
        if path.name.startswith(".record.json"):
            raise OSError(5, "Input/output error")
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", failing)
    announced(root)

    assert ["announced"] == [one.name for one in contest(root, OPEN).record.steps]


def test_a_full_disk_leaves_an_earlier_file_as_it_was(root, monkeypatch):
    """A file that is replaced is the one that an earlier step proved."""
    announced(root)
    found = contest(root, CLOSED)
    write_files(found, {"notes.txt": b"before"})

    def full(place, parts, really=steps.put_whole, **how):
        if place.name == "more.txt":
            raise OSError(28, "No space left on device")
        really(place, parts, **how)

    monkeypatch.setattr(steps, "put_whole", full)
    with pytest.raises(MachineLacks):
        write_files(found, {"notes.txt": b"after", "more.txt": b"more"})

    assert b"before" == (root / ARCHIVE / "notes.txt").read_bytes()
