from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from handbill.errors import MachineLacks
from handbill.publishing import lock as locking
from handbill.publishing.lock import BuildRunning, only_build

HOLD = """
import sys, time
from pathlib import Path
from handbill.publishing.lock import only_build
with only_build(Path(sys.argv[1]), print):
    print("held", flush=True)
    time.sleep(60)
"""


def open_files():
    """Return how many files this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def lock(tmp_path):
    return tmp_path / "lock"


@pytest.fixture
def holder(lock):
    """Return another process that holds the lock."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True) as process:
        assert "held\n" == process.stdout.readline()
        yield process
        process.kill()


def silent(message):
    pytest.fail(message)


def test_a_lock_can_be_held_again_and_again(lock):
    for _ in range(3):
        with only_build(lock, silent):
            pass


@pytest.mark.usefixtures("holder")
def test_a_second_build_gives_up_after_its_limit(lock):
    with pytest.raises(BuildRunning, match="another build of this folder is still running"), only_build(lock, silent, limit_s=0.1):
        pytest.fail("both hold it")

    assert issubclass(BuildRunning, MachineLacks)


@pytest.mark.usefixtures("holder")
def test_a_waiting_build_says_so_once_after_a_second(lock):
    """An editor who sees nothing move for a minute ends the build."""
    said = []

    started = time.monotonic()
    with pytest.raises(BuildRunning), only_build(lock, lambda message: said.append((time.monotonic() - started, message)), limit_s=1.5):
        pass

    assert ["another build of this folder is running; waiting for it to finish"] == [message for _, message in said]
    assert said[0][0] >= 1


def test_a_killed_build_keeps_nobody_out(lock, holder):
    holder.kill()
    holder.wait()

    with only_build(lock, silent, limit_s=0):
        pass


def test_two_threads_take_turns(lock):
    inside, most = [0], [0]

    def build():
        with only_build(lock, silent):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.05)
            inside[0] -= 1

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == most[0]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_worker_that_outlives_a_killed_build_keeps_nobody_out(lock):
    """Worker processes can hang for minutes after their build was killed."""
    code = HOLD.replace('print("held", flush=True)', "import os\n    if (child := os.fork()): print(child, flush=True)")
    with subprocess.Popen([sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE, text=True) as process:
        worker = int(process.stdout.readline())
        process.kill()
        process.stdout.close()
    try:
        with only_build(lock, silent, limit_s=0.5):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)


def test_a_lock_on_a_file_that_was_cleared_away_is_no_lock(lock, monkeypatch):
    """Two builds would each hold a file of their own."""
    take = locking._take
    taken = []

    def cleared_away_meanwhile(descriptor):
        take(descriptor)
        if not taken:
            lock.unlink()
        taken.append(descriptor)

    monkeypatch.setattr(locking, "_take", cleared_away_meanwhile)

    with only_build(lock, silent):
        assert 2 == len(taken)
        assert lock.exists()
        with pytest.raises(BuildRunning), only_build(lock, silent, limit_s=0):
            pass


@pytest.mark.usefixtures("holder")
def test_how_long_it_waited_is_told_in_plain_seconds(lock):
    """Nobody waits 0.0 s."""
    with pytest.raises(BuildRunning, match=r"after 0 s; wait"), only_build(lock, silent, limit_s=0.0):
        pass


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes and no such links")
def test_a_lock_is_its_owner_s_file_and_no_link_to_another(lock, tmp_path):
    """Who could put a link there would choose which file of ours is opened."""
    with only_build(lock, silent):
        pass
    assert 0o600 == stat.S_IMODE(lock.stat().st_mode)

    lock.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)), only_build(lock, silent):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists open files there")
@pytest.mark.usefixtures("holder")
def test_waiting_and_failing_leave_no_file_open(lock, monkeypatch):
    """`serve` builds for weeks."""
    before = open_files()
    with pytest.raises(BuildRunning), only_build(lock, silent, limit_s=0.1):
        pass
    monkeypatch.setattr(locking, "_take", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError), only_build(lock, silent):
        pass

    assert before == open_files()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists open files there")
def test_a_lock_that_was_held_is_closed(lock):
    before = open_files()
    for _ in range(3):
        with only_build(lock, silent):
            pass

    assert before == open_files()
    assert not locking._HELD


def test_an_error_inside_passes_and_frees_the_lock(lock):
    with pytest.raises(ValueError, match="inside"), only_build(lock, silent):
        raise ValueError("inside")

    with only_build(lock, silent, limit_s=0):
        pass
