"""What threads share in one run: who comes next, and what ends it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from tests.sending.runs import NOW, Answering, Turning, in_memory, ledger_in, letter, members

from handbill.errors import said
from handbill.sending.course import Course
from handbill.sending.means import End, Means
from handbill.sending.pace import DayCap, Pace


@pytest.fixture
def course(tmp_path):
    clock = Turning()
    with in_memory(tmp_path) as folder, ledger_in(folder) as ledger:
        run = ledger.begin(letter(), ((one.key, one.lang, one.row) for one in members(3)), NOW)
        means = Means(
            Pace(1000, clock.seconds, clock.sleep),
            DayCap(0, ledger.sent_since, clock.now),
            clock.now,
            clock.sleep,
            lambda: 0.5,
            connections=2,
        )
        yield Course(letter(), Answering(), ledger, run, means)


def test_each_member_goes_to_one_thread(course):
    """Two threads that read the same line send the same mail."""
    course.begin(members(1000))
    got = []

    def work() -> None:
        while one := course.next_member():
            got.append(one)
            course.let_go()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert [one.row for one in members(1000)] == sorted(one.row for one in got)


def test_who_is_given_back_comes_next(course):
    """A thread whose connection broke leaves its member to the others, not to the next run."""
    course.begin(members(2))
    first = course.next_member()
    course.give_back(first)
    course.let_go()
    order = []
    while one := course.next_member():
        order.append(one.row - 2)
        course.let_go()

    assert [0, 1] == order


def test_nobody_ends_while_another_may_still_give_somebody_back(course):
    """Otherwise a member whose thread lost its connection would count as one who has left the list."""
    course.begin(members(1))
    only = course.next_member()
    got = []
    other = threading.Thread(target=lambda: got.append(course.next_member()))
    other.start()
    other.join(0.05)
    assert other.is_alive()

    course.give_back(only)
    course.let_go()
    other.join(10)

    assert [only] == got


def test_who_waits_for_another_threads_member_hears_that_the_run_is_to_end(course):
    """A server may keep that member for ten minutes; whoever pressed Ctrl-C sees the other lines end at once."""
    is_asked = threading.Event()
    course.means = replace(course.means, is_asked_to_stop=is_asked.is_set)
    course.begin(members(1))
    course.next_member()
    got = []
    other = threading.Thread(target=lambda: got.append(course.next_member()), daemon=True)
    other.start()
    other.join(0.05)
    assert other.is_alive()

    is_asked.set()
    other.join(10)

    assert [None] == got
    assert End.STOPPED is course.end[0]


def test_when_nobody_is_left_to_take_a_member_the_run_ends(course):
    """The reason is the last one's: it is what has to be mended."""
    course.begin(members(1))
    course.give_back(course.next_member())
    course.let_go()
    course.leave(said("too many connections"))
    assert not course.end
    course.leave(said("nobody listens there"))

    assert (End.SERVER, "nobody listens there") == course.end


def test_the_first_reason_is_told(course):
    """What follows from it would send people to look at the wrong end."""
    course.stop(End.DAY, said("one"))
    course.stop(End.SERVER, said("two"))

    assert (End.DAY, "one") == course.end


def test_rests_grow_to_five_minutes_and_no_further(course):
    """Whoever watches must be able to tell a rest from a program that hangs."""
    for times in (1, 5, 50):
        course.back_off(times, said("the connection broke"))

    assert [1.5, 24.0, 225.0] == course.means.sleep.__self__.slept
