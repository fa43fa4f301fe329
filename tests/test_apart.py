"""A library that crashes, stalls or eats memory costs the one file that it was given."""

import os
import resource
import signal
import time

import pytest

from handbill.apart import apart


def handled(task: str) -> str:
    """Do with a task what its name says."""
    if task == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "stall":
        time.sleep(60)
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
    with pytest.raises(RuntimeError, match="of our own"):
        list(apart(handled, ["fault"], 1))


def test_a_process_apart_has_its_limits():
    """What it crashes on must not fill the disk with its memory either; what a large hub holds already is not what a file costs."""
    held = b"x" * (256 << 20)
    ((_, (memory, core)),) = apart(
        lambda _: (resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0]), ["a"], 1, memory=2 << 30
    )

    assert (2 << 30) + len(held) < memory < (4 << 30) + len(held)
    assert 0 == core
