"""A process that was forked answers in order, and whatever becomes of it is no answer and no fault."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from handbill.outputs.forked import Forked, can_fork

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes another way")


@pytest.fixture
def doubling():
    """Return a process that tells who it is, and then the double of each wish."""

    def serve(wish, tell):
        tell(os.getpid())
        while True:
            tell(wish() * 2)

    process = Forked(serve)
    yield process
    process.close()


def test_wishes_are_answered_there_and_in_order(doubling):
    """Somebody may ask again before the first answer came."""
    assert os.getpid() != doubling.answer()
    assert doubling.ask(21)
    assert doubling.ask("a")

    assert (42, "aa") == (doubling.answer(), doubling.answer())


def test_what_fails_there_is_no_answer(doubling, capfd):
    """Then it is done here, and told as ever: there not a word is said."""
    doubling.answer()
    doubling.ask(None)

    assert doubling.answer() is None
    assert ("", "") == capfd.readouterr()


def test_one_that_died_cannot_be_asked(doubling):
    """A machine that runs out of memory ends the process that nobody would miss."""
    process = doubling.answer()
    os.kill(process, signal.SIGKILL)
    # It is gone when all of its pipes are shut, and not when the first of them is.
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)

    assert doubling.answer() is None
    assert not doubling.ask(1)


def test_it_holds_nothing_open_of_what_was(tmp_path):
    """A lock on the output folder would stay locked after the build that took it."""
    with (tmp_path / "lock").open("wb") as lock:
        process = Forked(lambda _wish, tell: tell([one for one in range(3, 64) if _is_open(one)]))
        numbers = process.answer()
        process.close()

        assert lock.fileno() not in numbers
        assert 2 == len(numbers)


def _is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def test_none_is_begun_where_other_threads_run():
    """A fork takes along their locks, and nobody who would open them."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not can_fork()
    finally:
        done.set()
        other.join()
    assert can_fork()
