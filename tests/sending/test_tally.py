"""The second memory of what was handed over: it may count too few, never too many."""

from __future__ import annotations

import os
import threading

import pytest

from handbill.errors import MachineLacks
from handbill.sending.tally import Tally


@pytest.fixture
def tally(tmp_path):
    tally = Tally(tmp_path / "git" / "handbill", "main", 11)
    yield tally
    tally.close()


def test_a_tally_nobody_began_has_counted_nothing(tally):
    """Asking must not make it: a clone that never sent anything stays as it is."""
    assert 0 == tally.count
    assert not tally.path.parent.exists()


def test_each_mail_counts_one_and_stays(tally):
    tally.raise_to(0)
    for _ in range(3):
        tally.add()

    assert 3 == tally.count
    assert 3 == Tally(tally.path.parent, "main", 11).count
    assert [0, 0] == [Tally(tally.path.parent, *other).count for other in (("main", 12), ("dates", 11))]


@pytest.mark.parametrize(("before", "known", "after"), [(0, 5, 5), (3, 5, 5), (5, 5, 5), (7, 5, 7), (0, 200_000, 200_000)])
def test_a_tally_that_was_left_behind_is_raised_and_never_lowered(tally, before, known, after):
    """A run that was killed between the ledger and the tally leaves it one short; lowering it would forget people."""
    tally.raise_to(before)

    tally.raise_to(known)

    assert after == tally.count


def test_a_mail_is_counted_before_anybody_goes_on(tally, monkeypatch):
    """The count is only worth something if it survives what the ledger does not."""
    tally.raise_to(0)
    steps = []
    write, fsync = os.write, os.fsync
    monkeypatch.setattr(os, "write", lambda *given: steps.append("write") or write(*given))
    monkeypatch.setattr(os, "fsync", lambda *given: steps.append("fsync") or fsync(*given))

    tally.add()

    assert ["write", "fsync"] == steps


def test_a_tally_that_is_made_keeps_its_name_through_a_power_cut(tally, monkeypatch):
    """Without it a ledger that is put back the day after finds nothing that contradicts it."""
    flushed = []
    monkeypatch.setattr("handbill.sending.tally.flush_folder", lambda folder: flushed.append((folder.name, tally.path.exists())))

    tally.raise_to(0)

    assert [("handbill", True), ("git", True)] == flushed


def test_threads_count_each_mail_once(tally):
    tally.raise_to(0)
    threads = [threading.Thread(target=lambda: [tally.add() for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 200 == tally.count


def test_a_disk_that_takes_a_part_gets_the_rest(tally, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda to, content: write(to, content[:7]))

    tally.raise_to(20)

    assert 20 == tally.count


@pytest.mark.parametrize("fails", ["write", "fsync"])
def test_what_cannot_be_counted_is_told(tally, monkeypatch, fails):
    """A mail that leaves uncounted could leave again after a restore."""
    tally.raise_to(0)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, fails, full)

    with pytest.raises(MachineLacks, match=r"main\.11\.tally: No space left on device; nothing is handed over"):
        tally.add()
    monkeypatch.undo()

    with pytest.raises(MachineLacks, match="No space left"):
        tally.add()
    assert tally.count <= 1


def test_a_file_in_the_place_of_its_folder_is_told(tally):
    tally.path.parent.parent.write_text("a file")

    for act in (lambda: tally.count, lambda: tally.raise_to(0)):
        with pytest.raises(MachineLacks, match=r"main\.11\.tally: "):
            act()
