"""A program behind walls is started, waited for and interrupted as if there were none."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from tests.hostile.walled import Place, why_not  # noqa: F401 - a condition of the tests below

from handbill.room.waiting import Walled

SHUT = "import os, sys; os.write(int(os.environ['HANDBILL_WALLS'].split(chr(31))[0]), b'+');"

behind_walls = pytest.mark.skipif("why_not()", reason="this machine has no walls: bubblewrap is missing, or may not make any")


@pytest.fixture
def place(tmp_path):
    return Place.at(tmp_path)


@behind_walls
@pytest.mark.parametrize("code", [0, 1, 3, 130])
def test_the_exit_code_comes_through(place, code):
    """A workflow goes by it."""
    assert (code, "") == place.walled("-c", f"{SHUT} sys.exit({code})").run()


@behind_walls
def test_what_did_not_say_that_it_stands_did_not_start(place):
    """Then the caller builds without walls, or says that there are none; it must not take a Python that failed for a build that did."""
    code, why = place.walled("-c", "import sys; sys.exit('no such thing')").run()

    assert (None, "no such thing") == (code, why)


def test_a_bubblewrap_that_may_not_says_why(tmp_path):
    """Some systems forbid it to everybody but a few programs."""
    bwrap = tmp_path / "bwrap"
    bwrap.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    bwrap.chmod(0o755)

    assert (None, "bwrap: setting up uid map: Permission denied") == Walled(str(bwrap), [], 0, [sys.executable], dict(os.environ), "").run()


def waiting(place: Place, program: str) -> subprocess.Popen[str]:
    """Return a process that waits for a Python program behind walls, which waits itself."""
    start = (
        "import sys; from pathlib import Path; from tests.hostile.walled import Place\n"
        f"sys.exit(Place(Path({str(place.hub)!r}), Path({str(place.home)!r}), Path({str(place.beside)!r})).walled('-c', sys.argv[1]).run()[0])"
    )
    waiter = subprocess.Popen([sys.executable, "-c", start, program], stdout=subprocess.PIPE, text=True)
    assert waiter.stdout is not None
    assert "waits\n" == waiter.stdout.readline()
    return waiter


@behind_walls
def test_an_interrupted_program_ends_as_it_wants_to(place):
    """It says that the public folder is as it was."""
    wait = f"import time\n{SHUT}\ntry:\n    print('waits', flush=True)\n    time.sleep(30)\nexcept KeyboardInterrupt:\n    print('as it was', flush=True)\n    sys.exit(130)"
    program = waiting(place, wait)
    threading.Timer(20, program.kill).start()
    program.send_signal(signal.SIGINT)
    out, _ = program.communicate()

    assert (130, "as it was\n") == (program.returncode, out)


@behind_walls
def test_a_killed_waiter_takes_the_program_with_it(place):
    """Nothing goes on building that nobody waits for."""
    wait = f"import time\nprint('waits', flush=True)\n{SHUT}\ntime.sleep(30)"
    program = waiting(place, wait)
    program.kill()
    out, _ = program.communicate()

    assert "" == out, "its end is that of all who could write there"
