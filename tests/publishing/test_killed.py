"""What readers see of builds that are killed: the old site or the new one, whole."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from handbill.publishing import swap
from handbill.publishing.store import Store

from .conftest import Disk, look, publish

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
ONE_STEP = pytest.mark.skipif(not sys.platform.startswith(("linux", "darwin")), reason="two renames are all there is")

PAGES = [f"{number % 4}/{number}.html" for number in range(60)]


def site(number: int, pages: int = 60) -> dict[str, bytes]:
    """Return a site that says its number on every page; two pages come and go."""
    files = dict.fromkeys(PAGES[:pages], b"%d" % number)
    return files | {f"only/{number % 2}.html": b"%d" % number, "same.html": b"same"}


def run(body) -> int:
    """Run *body* in a process of its own; return the process number."""
    child = os.fork()
    if child == 0:
        try:
            body()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    return child


def end_of(child: int) -> int:
    """Wait for the end of *child*; return its exit code, negative if it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("way", [pytest.param("one step", marks=ONE_STEP), pytest.param("two renames", marks=pytest.mark.long)])
def test_killed_before_any_single_call_the_old_site_or_the_new_one_stands(tmp_path, monkeypatch, way):
    """Every instant between two changes of the disk, one by one, with and without a spare."""
    if way == "two renames":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    public = tmp_path / "public"
    publish(Store(public), site(0, 9))
    kills, old_stood, new_stood, number, at = 0, 0, 0, 0, 0
    while True:
        at, number = at + 1, number + 1

        def build(at=at, number=number):
            with pytest.MonkeyPatch.context() as patch:
                Disk(patch).kill(at)
                publish(Store(public), site(number, 9))

        end = end_of(run(build))
        if way == "two renames":  # then readers can meet the instant between; the next start ends it
            with Store(public).alone(limit_s=0):
                pass
        found = look(public)
        if end == 0:
            assert site(number, 9) == found
            break
        assert -signal.SIGKILL == end
        kills += 1
        assert found in (site(number - 1, 9), site(number, 9))
        assert Store(public).is_intact()
        old_stood += found == site(number - 1, 9)
        new_stood += found == site(number, 9)
        if at % 2:  # every other build finds the spare as it was left by the kill
            publish(Store(public), site(number, 9))
        else:
            number -= found == site(number - 1, 9)
        assert look(public) == site(number, 9)

    assert kills > 50
    assert old_stood > 40
    assert new_stood > 2
    assert {"public", ".public.handbill"} == {path.name for path in tmp_path.iterdir()}


def read_for_ever(public: Path, ready: int) -> None:
    """Read all pages again and again, in their order, as visitors do; die of the first that is wrong."""
    latest, reads = 0, 0
    os.write(ready, b"!")
    while True:
        for path in PAGES:
            number = int((public / path).read_bytes())  # missing, empty or half: an error
            # One page from an earlier generation than the page before is a mixed site.
            assert number >= latest, f"{path} is of generation {number} after {latest}"
            latest = number
            reads += 1
        os.write(ready, b".")


@pytest.mark.long
@ONE_STEP
def test_readers_never_see_a_mixture_or_a_gap_while_builds_are_killed(tmp_path):
    """120 kills at any instant of building, with a reader that reads all the time."""
    public = tmp_path / "public"
    publish(Store(public), site(0))
    chance = random.Random(5)
    out, ready = os.pipe()
    reader = run(lambda: read_for_ever(public, ready))
    try:
        os.read(out, 1)
        started = time.monotonic()
        publish(Store(public), site(1))
        span = 2 * (time.monotonic() - started)
        seen = set()
        for _ in range(120):
            before = int(look(public)[PAGES[0]])

            def build(before=before):
                for number in range(before + 1, before + 100):
                    publish(Store(public), site(number), flushed=False)

            child = run(build)
            time.sleep(chance.random() * span)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            assert -signal.SIGKILL == end_of(child)
            found = look(public)
            number = int(found[PAGES[0]])
            assert site(number) == found
            assert number >= before
            assert Store(public).is_intact()
            seen.add(number)
            # On a busy machine builds take longer: half of the kills shall come before the first swap, half after.
            span *= 1.15 if number == before else 0.87
        assert (0, 0) == os.waitpid(reader, os.WNOHANG), "the reader met a mixture or a gap"
    finally:
        with suppress(ProcessLookupError):
            os.kill(reader, signal.SIGKILL)
        os.close(ready)
    assert len(os.read(out, 1 << 20)) > 100  # whole readings of all pages
    os.close(out)
    assert len(seen) > 10
    publish(Store(public), site(7))
    assert site(7) == look(public)


def test_four_builds_of_which_three_are_killed_end_like_one(tmp_path):
    public = tmp_path / "public"
    publish(Store(public), site(0))

    def build():
        for number in range(1, 40):
            with Store(public).alone():
                publish(Store(public), site(number))

    children = [run(build) for _ in range(4)]
    for number, child in enumerate(children[:3]):
        time.sleep(0.1 * (number + 1))
        os.kill(child, signal.SIGKILL)

    assert 0 == end_of(children[3])
    for child in children[:3]:
        end_of(child)
    assert site(39) == look(public)
    assert Store(public).is_intact()
