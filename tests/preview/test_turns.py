"""What presses is never kept waiting by what can wait, and nothing that was asked for is forgotten."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue

import pytest

from handbill.preview.turns import Stopped, Turns

NEVER = 3600.0


def test_each_press_is_followed_by_a_turn():
    done = SimpleQueue()
    with Turns(lambda: done.put("turn") or False, lambda _: None, NEVER) as turns:
        for _ in range(3):
            turns.press()
            assert "turn" == done.get(timeout=5)
    assert done.empty()


def test_what_is_pressed_during_a_turn_is_one_turn_more():
    """Two hundred files saved at once are not two hundred builds."""
    begun, go_on, count = threading.Semaphore(0), threading.Semaphore(0), []

    def turn():
        count.append(1)
        begun.release()
        go_on.acquire()
        return False

    with Turns(turn, lambda _: None, NEVER) as turns:
        turns.press()
        begun.acquire()
        for _ in range(200):
            turns.press()
        go_on.release()
        begun.acquire()
        go_on.release()
    assert 2 == len(count)


def test_what_can_wait_is_done_once_when_it_is_quiet():
    done = SimpleQueue()
    with Turns(lambda: True, lambda _: done.put("rest"), 0.01) as turns:
        assert "rest" == done.get(timeout=5)
        turns.press()
        assert "rest" == done.get(timeout=5)
    assert done.empty()


def test_what_can_wait_is_left_off_for_what_presses_and_done_afterwards():
    """An editor who goes on writing does not wait for the search."""
    told, at_work = SimpleQueue(), threading.Event()
    is_first = iter([True])

    def rest(check):
        if not next(is_first, False):
            told.put("rest")
            return
        at_work.set()
        try:
            while True:
                check()
        except Stopped:
            told.put("left off")
            raise

    with Turns(lambda: told.put("pressing") or True, rest, 0.01) as turns:
        assert at_work.wait(5)
        turns.press()
        assert ["left off", "pressing", "rest"] == [told.get(timeout=5) for _ in range(3)]


def test_after_a_failure_nothing_is_left_to_do():
    """What could not be built has no search either."""
    done = SimpleQueue()
    with Turns(lambda: done.put("failed") or False, lambda _: done.put("rest"), 0.2) as turns:
        turns.press()
        assert "failed" == done.get(timeout=5)
        with pytest.raises(Empty):
            done.get(timeout=0.4)


def test_the_end_waits_for_the_turn_that_is_going_on():
    """A build that is cut off in the middle would leave its folder to be tidied."""
    begun, done = threading.Event(), []

    def turn():
        begun.set()
        done.append(1)
        return False

    with Turns(turn, lambda _: None, NEVER) as turns:
        turns.press()
        begun.wait(5)
    assert [1] == done


def test_what_a_turn_raises_ends_all_turns_and_is_told():
    """A disk that is full, or a file that vanishes while it is read: nobody shall go on writing for a preview that builds no more."""
    ended = threading.Event()

    def turn():
        raise OSError("no room")

    turns = Turns(turn, lambda _: None, NEVER, ended.set).__enter__()
    turns.press()
    assert ended.wait(5)
    with pytest.raises(OSError, match="no room"):
        turns.__exit__()
