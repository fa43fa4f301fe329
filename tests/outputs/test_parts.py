"""Work on every core: the same results, and no failure lost on the way."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from tests.hubs import files_of

from handbill.errors import ContentProblems, HandbillError, MachineLacks, Problem
from handbill.outputs import parts
from handbill.outputs.parts import in_parts, shared_out

R = TypeVar("R")


def note(tasks: Sequence[int], folder: Path) -> None:
    """Write a file for each task, named after it, and one for the process."""
    for task in tasks:
        (folder / f"{task:03}").write_text(str(task * task))
    with (folder / f"by-{os.getpid()}").open("a") as opened:
        opened.write("".join(f"{task} " for task in tasks))


def results(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in files_of(folder).items() if not name.startswith("by-")}


def test_several_processes_make_what_one_makes(tmp_path):
    """How many cores a machine has must not show in the output."""
    made = []
    for jobs in (1, 2, 3):
        folder = tmp_path / str(jobs)
        folder.mkdir()
        in_parts(partial(note, folder=folder), list(range(50)), jobs, 10)
        made.append(results(folder))

    assert made[0] == made[1] == made[2]
    assert 50 == len(made[0])


def test_the_work_is_shared_evenly(tmp_path):
    """Each process has its part and no task is done twice; neighbours go to different ones."""
    in_parts(partial(note, folder=tmp_path), list(range(7)), 2, 2)

    shares = sorted(content.split() for name, content in files_of(tmp_path).items() if name.startswith("by-"))
    assert [[b"0", b"2", b"4", b"6"], [b"1", b"3", b"5"]] == shares


@pytest.mark.parametrize(("jobs", "tasks"), [(1, 50), (2, 9)])
def test_few_tasks_or_one_core_need_no_process(tmp_path, jobs, tasks):
    """Starting one costs more than a few pages do."""
    in_parts(partial(note, folder=tmp_path), list(range(tasks)), jobs, 10)

    assert (tmp_path / f"by-{os.getpid()}").is_file()
    assert 1 == len(list(tmp_path.glob("by-*")))


def test_more_processes_than_tasks_do_no_harm(tmp_path):
    """A large machine builds small hubs too."""
    in_parts(partial(note, folder=tmp_path), [1, 2], 5, 2)

    assert {"001", "002"} == set(results(tmp_path))


def fail(tasks: Sequence[int], error: BaseException) -> None:
    """Raise in the part that holds task 3."""
    if 3 in tasks:
        raise error


def test_our_own_errors_cross_as_they_are():
    """The message is for a person, and its exit code for a pipeline."""
    with pytest.raises(MachineLacks, match=r"^no room on the disk$") as raised:
        in_parts(partial(fail, error=MachineLacks("no room on the disk")), list(range(8)), 2, 2)

    assert 3 == raised.value.exit_code


def test_problems_cross_with_all_their_places():
    """They are printed with path and line, whichever process found them."""
    problem = Problem("a.md", 1, 2, "title", "x", "y", "HB101")

    with pytest.raises(ContentProblems) as raised:
        in_parts(partial(fail, error=ContentProblems((problem,))), list(range(8)), 2, 2)

    assert (problem,) == raised.value.problems


def test_a_fault_of_ours_crosses_with_its_traceback():
    """Without it nobody could find the line."""
    with pytest.raises(RuntimeError, match=r"(?s)in a worker process.*in fail.*KeyError: 'odd'"):
        in_parts(partial(fail, error=KeyError("odd")), list(range(8)), 2, 2)


def die(tasks: Sequence[int], how: Callable[[], None]) -> None:
    if 3 in tasks:
        how()


@pytest.mark.parametrize("how", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0)], ids=["killed", "gone"])
def test_a_process_that_dies_without_a_word_fails_the_build(how):
    """When memory runs out the system kills without asking; half a site must not be published."""
    with pytest.raises(MachineLacks, match="out of memory"):
        in_parts(partial(die, how=how), list(range(8)), 2, 2)


def test_a_failure_waits_for_the_others(tmp_path):
    """A process left behind would write into a folder that is being removed."""

    def work(tasks: Sequence[int]) -> None:
        if 0 in tasks:
            raise HandbillError("first")
        time.sleep(0.3)
        (tmp_path / "done").touch()

    with pytest.raises(HandbillError, match="first"):
        in_parts(work, list(range(8)), 2, 2)

    assert (tmp_path / "done").is_file()


def all_of(work: Callable[[Sequence[int]], R], tasks: Sequence[int], jobs: int, least: int, at_once: int) -> list[R]:
    with shared_out(work, tasks, jobs, least, at_once) as shares:
        return list(shares)


def squares(tasks: Sequence[int]) -> list[tuple[int, int]]:
    """Return each task with its square."""
    return [(task, task * task) for task in tasks]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("forks", [True, False])
def test_work_from_one_queue_is_done_once_each(monkeypatch, jobs, forks):
    """Who did which task must not show."""
    if not forks:
        monkeypatch.setattr(parts, "FORKS", False)
    tasks = list(range(40 if forks else 4))

    done = sorted(pair for made in all_of(squares, tasks, jobs, 2, 3) for pair in made)

    assert squares(tasks) == done


def test_a_queue_that_is_too_small_for_all_gets_larger_shares():
    """A pipe holds 4,096 bytes before whoever fills it has to wait for a reader."""
    done = [task for made in all_of(squares, list(range(5000)), 2, 2, 1) for task in made]

    assert 5000 == len(set(done))


def test_results_come_while_others_still_work(tmp_path):
    """The store takes in pages while the rest is rendered; and whoever is slow gets less to do."""

    def work(tasks: Sequence[int]) -> tuple[int, list[int]]:
        if os.getpid() != ours:
            while not (tmp_path / "go").exists():
                pass
        return os.getpid(), list(tasks)

    ours, by = os.getpid(), []
    with shared_out(work, list(range(20)), 2, 2, 1) as shares:
        for pid, _ in shares:
            by.append(pid)
            if len(by) == 10:
                (tmp_path / "go").touch()

    assert [ours] * 10 == by[:10]
    assert 20 == len(by)


def test_others_begin_before_anybody_asks(tmp_path):
    """Feeds are made here while pages are rendered there; what is rendered by then waits to be taken."""

    def work(tasks: Sequence[int]) -> tuple[int, bytes]:
        if tasks[0] == 29:
            (tmp_path / "last").touch()
        return os.getpid(), b"x" * 20_000

    with shared_out(work, list(range(30)), 2, 2, 1) as shares:
        while not (tmp_path / "last").exists():
            pass

        assert {os.getpid()}.isdisjoint(pid for pid, _ in shares)


def test_of_several_failures_the_first_task_speaks():
    """The same mistake must give the same message, however the processes took turns."""

    def work(tasks: Sequence[int]) -> list[int]:
        if tasks[0] > 20:
            raise HandbillError(f"task {tasks[0]}")
        return list(tasks)

    for _ in range(10):
        with pytest.raises(HandbillError, match=r"^task 21$"):
            all_of(work, list(range(60)), 3, 2, 1)


def test_a_mistake_of_ours_crosses_with_its_place(tmp_path):
    """Otherwise nobody could find it."""

    def work(tasks: Sequence[int]) -> None:
        if os.getpid() != ours:
            begun.touch()
            raise KeyError("odd")
        while not begun.exists():
            pass

    ours, begun = os.getpid(), tmp_path / "begun"
    with pytest.raises(RuntimeError, match=r"(?s)in a worker process:.*in work.*KeyError: 'odd'"):
        all_of(work, list(range(8)), 2, 2, 1)


@pytest.mark.parametrize("how", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0)], ids=["killed", "gone"])
def test_a_process_that_dies_over_its_share_fails_the_build(tmp_path, how):
    """What it had drawn from the queue would be missing from the site."""

    def work(tasks: Sequence[int]) -> None:
        if os.getpid() != ours:
            begun.touch()
            how()
        while not begun.exists():
            pass

    ours, begun = os.getpid(), tmp_path / "begun"
    with pytest.raises(MachineLacks, match="out of memory"):
        all_of(work, list(range(8)), 2, 2, 1)


def test_nobody_works_on_for_one_who_has_turned_away(tmp_path):
    """A full disk ends a build in the middle; its folders are being removed then."""

    def work(tasks: Sequence[int]) -> int:
        if os.getpid() != ours:
            # Whole at once: whoever sees the file reads it.
            (tmp_path / "begun").write_text(str(os.getpid()))
            (tmp_path / "begun").rename(tmp_path / "pid")
            while True:
                pass
        return tasks[0]

    ours = os.getpid()
    with shared_out(work, list(range(1000)), 2, 2, 1) as shares:
        while not (tmp_path / "pid").exists():
            next(shares)

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_others_end_when_whoever_asked_is_killed(tmp_path):
    """Each held both ends of its pipe, and waited for ever for room in it."""

    def work(tasks: Sequence[int]) -> bytes:
        (tmp_path / str(os.getpid())).touch()
        return b"x" * 300_000

    asking = os.fork()
    if not asking:
        with shared_out(work, list(range(40)), 3, 2, 1):
            while len(list(tmp_path.iterdir())) < 2:
                pass
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(asking, 0)

    others = [int(file.name) for file in tmp_path.iterdir()]
    assert 2 == len(others)
    for _ in range(300):
        others = [pid for pid in others if Path(f"/proc/{pid}/stat").exists() and ") Z " not in Path(f"/proc/{pid}/stat").read_text()]
        if not others:
            break
        time.sleep(0.02)
    assert not others
