"""A library that crashes, stalls or eats memory costs the one file that it was given."""

import gc
import os
import resource
import signal
import time
from pathlib import Path

import pytest

from handbill.apart import apart


def handled(task: str) -> str:
    """Do with a task what its name says."""
    if task == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "stall":
        time.sleep(60)
    if task == "slow":
        time.sleep(0.2)
    if task == "memory":
        return f"{len(bytearray(1 << 40))}"
    if task == "fault":
        raise KeyError("of our own")
    if task == "full":
        raise OSError(28, "No space left on device", "a/b")
    return task.upper()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_task_has_its_answer_and_nobody_waits_for_the_lost(jobs):
    """One hostile photo among two hundred: the editor is told which."""
    tasks = ["a", "crash", "b", "memory", "c", "crash", "d"]

    assert [("a", "A"), ("b", "B"), ("c", "C"), ("crash", None), ("crash", None), ("d", "D"), ("memory", None)] == sorted(
        apart(handled, tasks, jobs), key=lambda one: one[0]
    )


def test_whoever_stalls_is_given_up():
    """A build in CI would hang until somebody looks."""
    assert {("a", "A"), ("stall", None), ("b", "B")} == set(apart(handled, ["a", "stall", "b"], 1, patience_s=0.5))


def test_whoever_is_only_slower_than_others_is_waited_for():
    """A large picture beside many small ones."""
    assert {("a", "A"), ("slow", "SLOW"), ("b", "B")} == set(apart(handled, ["a", "slow", "b"], 3, patience_s=30))


def left() -> tuple[str, int]:
    """Return the processes that this one has started, and how many files it has open."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(), len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("tasks", [["a", "b"], ["crash", "a"], ["a", "stall"], ["stall", "fault"], ["full", "stall"]])
def test_nothing_is_left_behind_however_it_ended(tasks):
    """A preview builds a thousand times in a day."""
    before = left()
    try:
        assert 2 == len(list(apart(handled, tasks, 2, patience_s=0.5)))
    except (OSError, RuntimeError):
        assert {"fault", "full"} & set(tasks)
    assert before == left()


def test_what_was_made_before_is_not_copied_into_each_process():
    """To look for circles in it would write to all of it; afterwards it is looked at as ever."""
    ((_, frozen),) = apart(lambda _: gc.get_freeze_count(), ["a"], 1)

    assert (True, 0) == (frozen > 0, gc.get_freeze_count())


def test_without_a_task_there_is_no_process():
    """Most builds make no picture."""
    assert [] == list(apart(handled, [], 4))


def test_a_full_disk_is_told_as_such():
    """It is no fault of the picture, and the command ends with the code of a machine that lacks something."""
    with pytest.raises(OSError, match="No space left") as raised:
        list(apart(handled, ["full"], 1))
    assert (28, "a/b") == (raised.value.errno, raised.value.filename)


def test_a_fault_of_our_own_is_no_fault_of_the_file():
    """Otherwise each bug would be told as a damaged picture."""
    with pytest.raises(RuntimeError, match=r"^in a process apart:\n[^Z]*of our own"):
        list(apart(handled, ["fault"], 1))


def test_a_process_apart_has_its_limits():
    """What it crashes on must not fill the disk with its memory either; what a large hub holds already is not what a file costs."""
    held = b"x" * (256 << 20)
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        given, usual = (
            one
            for more in ({"memory": 2 << 30}, {})
            for _, one in apart(
                lambda _: (
                    resource.getrlimit(resource.RLIMIT_AS)[0] - int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize(),
                    resource.getrlimit(resource.RLIMIT_CORE),
                ), ["a"], 1, **more,
            )
        )  # fmt: skip
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))

    assert ((0, 0), (0, 0)) == (given[1], usual[1])
    assert (2 << 30) - (64 << 20) < given[0] <= 2 << 30
    assert (3 << 30) - (64 << 20) < usual[0] <= 3 << 30
    assert held
