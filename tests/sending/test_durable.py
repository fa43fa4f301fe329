"""The file under the ledger: what it refuses to open, and what it promises once it has written."""

from __future__ import annotations

import os
import sqlite3
import threading
import time

import pytest
from tests.sending.watched_disk import MISSING, watched_disk

from handbill.errors import MachineLacks
from handbill.sending import durable
from handbill.sending.durable import Durable

OURS = 0x48427465
STEPS = ("CREATE TABLE one (value TEXT NOT NULL)",)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "file.sqlite3"


@pytest.fixture
def file(path):
    file = Durable.open(path, OURS, STEPS)
    yield file
    file.close()


def put(file: Durable, value: str) -> None:
    file.write(lambda at: at.execute("INSERT INTO one VALUES (?)", (value,)))


def values(file: Durable) -> list[str]:
    return [value for (value,) in file.rows("SELECT value FROM one ORDER BY value")]


def test_what_was_written_is_there_when_the_file_is_opened_again(path, file):
    put(file, "a")
    file.close()

    assert ["file.sqlite3"] == [one.name for one in path.parent.iterdir() if one.suffix != ".making"]
    again = Durable.open(path, OURS, STEPS)
    assert ["a"] == values(again)
    again.close()


def test_each_write_waits_for_the_disk(file):
    """The two settings on which every promise rests, as SQLite itself tells them."""
    assert [("wal",)] == file.rows("PRAGMA journal_mode")
    assert [(2,)] == file.rows("PRAGMA synchronous")
    assert [(1,)] == file.rows("PRAGMA fullfsync") == file.rows("PRAGMA checkpoint_fullfsync")
    assert [(1,)] == file.rows("PRAGMA secure_delete")


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_a_write_returns_after_the_last_byte_was_flushed(path):
    with watched_disk() as watched:
        file = Durable.open(path, OURS, STEPS)
        before = len(watched.events)
        put(file, "a")
        acts = [(event.act, event.path.rpartition("-")[2]) for event in watched.events[before:]]
        before = len(watched.events)
        file.write(lambda at: at.execute("DELETE FROM one WHERE value = 'nobody'"))

        assert ("write", "wal") in acts
        assert ("sync", "wal") == acts[-1]
        assert [] == watched.events[before:]
        file.close()


def test_an_act_that_fails_leaves_nothing(file):
    def act(at):
        at.execute("INSERT INTO one VALUES ('half')")
        raise ValueError("second half")

    with pytest.raises(ValueError, match="second half"):
        file.write(act)

    assert [] == values(file)
    assert not file.has_failed
    put(file, "a")
    assert ["a"] == values(file)


def together(file: Durable, acts: list) -> tuple[list[str], list[BaseException]]:
    """Let a thread for each act wait for the disk until all do, and return the statements of their turn, and what they raised."""
    statements, raised = [], []

    def one(act):
        try:
            file.write(act)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    with file._turns.alone():
        for thread in threads:
            thread.start()
        while file._turns.waiting < len(acts):
            time.sleep(0.001)
        file._connection.set_trace_callback(statements.append)
    for thread in threads:
        thread.join()
    file._connection.set_trace_callback(None)
    return statements, raised


def test_threads_that_wait_together_share_one_flush(file):
    """Four connections to a server are four times as fast only if the disk is not asked four times as often."""
    acts = [lambda at, value=value: at.execute("INSERT INTO one VALUES (?)", (value,)) for value in "abcdefgh"]

    statements, raised = together(file, acts)

    assert 1 == statements.count("COMMIT")
    assert [] == raised
    assert list("abcdefgh") == values(file)


def test_an_act_that_fails_takes_no_other_with_it(file):
    """A member who was served must not be forgotten because of a fault with another."""

    def fails(at):
        at.execute("INSERT INTO one VALUES ('half')")
        raise ValueError("mine alone")

    acts = [fails, *(lambda at, value=value: at.execute("INSERT INTO one VALUES (?)", (value,)) for value in "abc")]

    statements, raised = together(file, acts)

    assert ["mine alone"] == [str(error) for error in raised]
    assert list("abc") == values(file)
    assert 1 == statements.count("COMMIT")


def test_when_the_disk_takes_nothing_everybody_is_told(file):
    """Nobody may hand over a mail because somebody else was told."""
    acts = [lambda at, value=value: at.execute("INSERT INTO one VALUES (?)", (value,)) for value in "abc"]
    file.write(lambda at: at.execute("PRAGMA query_only=ON"))

    _, raised = together(file, acts)

    assert [MachineLacks] * 3 == [type(error) for error in raised]
    assert {f"{file.path}: it can only be read; the account that sends needs the right to write there and in its folder"} == {
        str(error) for error in raised
    }
    assert file.has_failed


def test_an_interrupted_write_is_not_taken_for_done(file):
    """Ctrl-C comes when it likes; others who waited in the same turn must not go on as if they had been written."""

    def interrupted(_):
        raise KeyboardInterrupt

    _, raised = together(file, [interrupted, lambda at: at.execute("INSERT INTO one VALUES ('a')")])

    assert [KeyboardInterrupt] * 2 == [type(error) for error in raised]
    assert [] == values(file)
    put(file, "b")
    assert ["b"] == values(file)


def test_a_file_that_another_program_holds_is_told_and_works_again_afterwards(path, monkeypatch):
    """A backup program, or somebody who looks into it."""
    monkeypatch.setattr(durable, "_PATIENCE_S", 0.05)
    file = Durable.open(path, OURS, STEPS)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(MachineLacks, match="another program holds it; end that program and call the same command again"):
        put(file, "a")

    other.close()
    assert not file.has_failed
    put(file, "b")
    assert ["b"] == values(file)
    file.close()


def bytes_of(folder) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def foreign(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (value)")
    other.commit()
    other.close()


def newer(path):
    Durable.open(path, OURS, (*STEPS, "CREATE TABLE two (value)")).close()


def of_another(path):
    Durable.open(path, OURS + 1, STEPS).close()


def damaged(path):
    file = Durable.open(path, OURS, STEPS)
    file.write(lambda at: at.executemany("INSERT INTO one VALUES (?)", [("some words that fill a page" * 9,)] * 300))
    file.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 200] = bytes(200)
    path.write_bytes(content)


def cut_short(path):
    damaged(path)
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (foreign, "this is a file of another program; move it away"),
        (of_another, "this is a file of another program; move it away"),
        (newer, "a newer Handbill made this; bring this one up to date"),
        (damaged, "it is damaged; put back the newest copy that you have"),
        (cut_short, "it is damaged; put back the newest copy that you have"),
        (lambda path: path.write_text("This is the list of members of our choir.\n" * 20), "this is no ledger; move it away"),
    ],
)
def test_a_file_that_is_no_whole_ledger_is_refused_and_left_as_it_is(path, make, told):
    """Writing into it would destroy somebody's work, or what can still be saved."""
    path.parent.mkdir()
    make(path)
    path.chmod(0o600)
    before = path.read_bytes()

    with pytest.raises(MachineLacks, match=told):
        Durable.open(path, OURS, STEPS)

    assert before == path.read_bytes()


def test_an_older_file_is_brought_up_to_date_once(path, file):
    """Nobody exports and imports the memory of five years."""
    put(file, "a")
    file.close()
    steps = (*STEPS, "ALTER TABLE one ADD COLUMN more TEXT NOT NULL DEFAULT 'new'; CREATE TABLE two (value)")

    for _ in range(2):
        newer_file = Durable.open(path, OURS, steps)
        assert [("a", "new")] == newer_file.rows("SELECT * FROM one")
        newer_file.close()


def test_a_step_that_fails_leaves_the_old_file(path, file):
    put(file, "a")
    file.close()

    with pytest.raises(MachineLacks, match="no such table: nobody"):
        Durable.open(path, OURS, (*STEPS, "CREATE TABLE two (value); ALTER TABLE nobody ADD COLUMN more TEXT"))

    again = Durable.open(path, OURS, STEPS)
    assert ["a"] == values(again)
    assert [] == again.rows("SELECT 1 FROM sqlite_schema WHERE name = 'two'")
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="rights as on POSIX")
def test_a_file_that_others_can_read_is_refused(path, file):
    """A copy that was put back often has the rights of whoever put it back."""
    file.close()
    path.chmod(0o644)

    with pytest.raises(MachineLacks, match=f"others on this machine can read it; close it with: chmod 600 {path}"):
        Durable.open(path, OURS, STEPS)


def test_a_folder_that_cannot_be_made_is_told(path):
    path.parent.write_text("a file")

    with pytest.raises(MachineLacks, match=r"file\.sqlite3: ."):
        Durable.open(path, OURS, STEPS)


def test_several_may_open_a_new_file_at_the_same_moment(tmp_path):
    """SQLite does not let two wait for each other there; without a lock of our own one of them would be told that it is locked."""
    failed = []

    def opens(path, gate):
        gate.wait()
        try:
            Durable.open(path, OURS, STEPS).close()
        except BaseException as error:
            failed.append(error)
            raise

    for attempt in range(10):
        gate = threading.Barrier(6)
        threads = [threading.Thread(target=opens, args=(tmp_path / f"{attempt}.sqlite3", gate)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [] == failed


def test_a_file_whose_making_was_cut_off_is_made(path):
    """The first run was killed in its first millisecond."""
    path.parent.mkdir()
    path.touch(mode=0o600)
    file = sqlite3.connect(path)
    file.execute("PRAGMA journal_mode=WAL")
    file.close()

    opened = Durable.open(path, OURS, STEPS)
    put(opened, "a")

    assert ["a"] == values(opened)
    opened.close()


def test_nothing_deleted_is_left_beside_the_file(path, file):
    put(file, "a secret word")
    file.write(lambda at: at.execute("DELETE FROM one"))
    assert any(b"a secret word" in content for content in bytes_of(path.parent).values())

    file.empty_log()

    assert not any(b"a secret word" in content for content in bytes_of(path.parent).values())


def test_traces_that_another_program_still_reads_are_told(path, monkeypatch):
    """Somebody asked to be forgotten; it must not be said to be done while it is not."""
    monkeypatch.setattr(durable, "_PATIENCE_S", 0.05)
    file = Durable.open(path, OURS, STEPS)
    put(file, "a")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM one").fetchall()
    put(file, "b")

    with pytest.raises(MachineLacks, match="another program holds it"):
        file.empty_log()

    other.close()
    file.empty_log()
    file.close()
