"""Many wait, one goes; nobody is told that it was done when it was not."""

from __future__ import annotations

import threading
import time

import pytest

from handbill.sending.sharing import Sharing


def together(sharing: Sharing, items: list) -> dict:
    """Share each item from a thread of its own, all waiting before the first may go; return what each of them met."""
    met = {}

    def one(item):
        try:
            sharing.share(item)
            met[item] = None
        except BaseException as error:
            met[item] = error

    threads = [threading.Thread(target=one, args=(item,)) for item in items]
    with sharing.alone():
        for thread in threads:
            thread.start()
        while sharing.waiting < len(items):
            time.sleep(0.001)
        assert {} == met
    for thread in threads:
        thread.join()
    return met


def test_all_who_wait_are_served_at_once():
    turns = []

    met = together(Sharing(turns.append), ["a", "b", "c", "d"])

    assert [["a", "b", "c", "d"]] == [sorted(turn) for turn in turns]
    assert dict.fromkeys("abcd") == met


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt()], ids=["a fault", "Ctrl-C"])
def test_what_fails_fails_for_all_who_shared_it(error):
    """Whoever goes on would believe that something is on the disk which is not."""

    def fails(_):
        raise error

    sharing = Sharing(fails)

    met = together(sharing, ["a", "b", "c"])

    assert [error] * 3 == list(met.values())
    with pytest.raises(type(error)):
        sharing.share("d")


def test_who_comes_while_it_is_done_waits_for_the_next_time():
    """What is being written at this moment does not hold what somebody asks for only now."""
    turns, going, may_end = [], threading.Event(), threading.Event()

    def act(items):
        turns.append(items)
        going.set()
        assert may_end.wait(10)

    sharing = Sharing(act)
    first = threading.Thread(target=sharing.share, args=("first",))
    first.start()
    assert going.wait(10)
    others = [threading.Thread(target=sharing.share, args=(item,)) for item in ("b", "c")]
    for thread in others:
        thread.start()
    while sharing.waiting < 2:
        time.sleep(0.001)
    may_end.set()
    for thread in (first, *others):
        thread.join()

    assert [["first"], ["b", "c"]] == [sorted(turn) for turn in turns]


def test_nothing_is_done_while_somebody_is_alone():
    inside = [0, 0]

    def act(_):
        inside[0] += 1
        inside[1] = max(inside)
        time.sleep(0.001)
        inside[0] -= 1

    sharing = Sharing(act)

    def alone():
        with sharing.alone():
            act(None)

    threads = [threading.Thread(target=target) for _ in range(5) for target in (alone, lambda: sharing.share(1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [0, 1] == inside


def test_who_is_in_it_may_ask_for_it():
    """A list that is read while it is written asks who gets nothing any more."""
    asked = []

    def act(items):
        with sharing.alone():
            asked.extend(items)

    sharing = Sharing(act)
    sharing.share("a")

    assert ["a"] == asked


def test_who_is_in_it_cannot_wait_for_it():
    """It would wait for ever; a fault that is told can be mended."""

    def act(items):
        sharing.share(items)

    sharing = Sharing(act)

    with pytest.raises(RuntimeError, match="from inside itself"):
        sharing.share("a")
    with pytest.raises(RuntimeError, match="from inside itself"):
        sharing.share("b")
