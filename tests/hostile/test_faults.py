"""A machine that fails at any call leaves what was there or what was wanted; ``python -m tests.hostile.faults`` lets it fail at each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.faults.acts import Act, Broken, Stage, Tally, acts
from tests.hostile.faults.hubs import make
from tests.hostile.faults.injecting import STRACE, Ended, Fault, reached
from tests.incremental.builds import Living, once, prepare

pytestmark = pytest.mark.skipif(STRACE is None, reason="needs strace, which Linux has (apt-get install strace)")

ACTS, CALLS = acts()

#: Small commands that are tried each time, each with one call in so many.
FEW = {"a pool that is frozen and drawn": 57}

#: All of them, with one call in so many: builds make hundreds.
MANY = {
    "the first build": 290, "a later build": 160, "a later build by two processes": 220, "an earlier site that is put back": 180, "a build with cards": 330, "a letter that is frozen": 60,
    "a pool that is frozen and drawn": 11, "a new text": 60, "pictures that are mended": 7, "a calendar that is imported": 70, "an older site that is imported": 140,
}  # fmt: skip


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """Return a process that has imported the whole program, from which others are forked."""
    templates = tmp_path_factory.mktemp("templates")
    is_ready: list[bool] = []

    def answer(question: tuple[Callable[..., Any], tuple[Any, ...]]) -> Any:
        if not is_ready:
            prepare(templates)
            is_ready.append(True)
        job, given = question
        return once(lambda: job(*given))

    process = Living(answer)
    yield process
    process.close()


@pytest.mark.parametrize("name", FEW)
def test_what_a_failing_machine_leaves_is_old_or_new_and_the_next_time_is_clean(tmp_path, name):
    """Half a draw would be worse than none: nobody could ever prove it."""
    tally = once(lambda: tried(name, FEW[name], tmp_path))

    assert sum(tally.hits.values()) >= 3
    assert {*tally.codes} <= {0, 1, 2, 3}
    assert 3 in tally.codes


@pytest.mark.long
@pytest.mark.parametrize("name", MANY)
def test_whatever_is_done_and_whatever_fails_nothing_is_left_half_done(ready, tmp_path, name):
    """Builds, letters, draws and imports, at calls from the first to the last."""
    tally = ready.ask((tried, (name, MANY[name], tmp_path)))

    assert sum(tally.hits.values()) >= 4


def test_every_act_of_the_table_is_tried():
    """Whoever adds one must not have to look for a list of names."""
    assert {one.name for one in ACTS} == {*MANY}
    assert {*FEW} < {*MANY}


def test_a_command_that_leaves_half_a_file_is_found(tmp_path):
    """A proof that cannot fail proves nothing."""
    act = Act("half", "pictures", ("fix", "images"))
    with pytest.raises(Broken, match=r"neither old nor new: \['content/pictures/a\.jpg'\]"):
        raise once(lambda: _of_a_careless_program(act, tmp_path))


def test_a_call_is_counted_by_what_it_is_made_for():
    """Fonts and zones that Python reads by itself are no files of a hub."""
    lines = (
        '9 openat(AT_FDCWD</x>, "/usr/a", O_RDONLY) = 3</usr/a>',
        '9 openat(AT_FDCWD</x>, "/hub/a", O_RDONLY) = 3</hub/a>',
        '9 read(3</hub/a>, "x", 5) = 1',
    )

    assert {("openat", 2): "/hub/a", ("read", 1): "/hub/a"} == reached(Ended(0, "", lines), (Path("/hub"),))


def tried(name: str, every: int, room: Path) -> Tally:
    """Do an act with one fault in so many; return what was seen.

    Raises:
        Broken: something did not hold.
    """
    (act,) = (one for one in ACTS if one.name == name)
    stage, tally = Stage(act, room / "stage", make), Tally()
    faults = [Fault(call, error, number) for call, number in stage.calls for error in CALLS[call]]
    for fault in faults[::every]:
        stage.suffer(fault, tally)
    return tally


def _of_a_careless_program(act: Act, room: Path) -> Broken | AssertionError:
    """Let the program write into the file itself; return what was found."""
    from handbill.authoring import images

    images.put = lambda root, source, content: (root / source).write_bytes(content)  # type: ignore[attr-defined]
    stage = Stage(act, room / "stage", make)
    try:
        # Two writes: the picture itself is written by the last one.
        for call, number in stage.calls:
            if call == "write":
                stage.suffer(Fault("write", "ENOSPC", number), Tally())
    except Broken as found:
        return found
    return AssertionError("nothing was found")
