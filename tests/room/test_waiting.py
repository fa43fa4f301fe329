"""A program behind walls is started, waited for and interrupted as if there were none."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

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


#: Stands for bubblewrap: it notes what it was told, says who leads those inside, and becomes the program.
FAKE = """#!{python} -SE
import json, os, sys
words = sys.argv[1:]
with open({noted!r}, "w") as noted:
    masks = [os.read(int(words[at + 1]), 9) == b"" for at, one in enumerate(words) if one == "--ro-bind-data"]
    json.dump([words, masks, os.environ["SAID"]], noted)
{then}
os.write(int(words[words.index("--info-fd") + 1]), b'{{\\n    "child-pid": %d\\n}}\\n' % os.getpid())
os.close(int(words[words.index("--info-fd") + 1]))
os.execv(sys.executable, [sys.executable, "-SE", "-c", words[-1]])
"""

#: Says that it stands, and speaks to its terminal as the program does.
STANDS = SHUT + "os.dup2(int(os.environ['HANDBILL_WALLS'].split(chr(31))[1]), 2);"


@pytest.fixture
def faked(tmp_path):
    """Return what makes walls of a bubblewrap that lays nothing; what it was told is in the file "noted"."""

    def made(program, then="", options=(), masks=0):
        bwrap = tmp_path / "bwrap"
        bwrap.write_text(FAKE.format(python=sys.executable, noted=str(tmp_path / "noted"), then=then))
        bwrap.chmod(0o755)
        return Walled(str(bwrap), options, masks, ["program", program], {"SAID": "x"}, "a promise")

    return made


def test_what_the_program_says_is_seen_where_its_user_sits(faked, capfd):
    """Its words and its complaints, each where they would be without walls; what bubblewrap says is for the caller."""
    walled = faked(
        f"{STANDS} print('out'); print('err', file=sys.stderr); sys.exit(7)", then="print('of bubblewrap', file=sys.stderr, flush=True)"
    )

    assert ((7, ""), ("out\n", "err\n")) == (walled.run(), tuple(capfd.readouterr()))
    assert ((7, ""), ("", "")) == (walled.run(is_quiet=True), tuple(capfd.readouterr()))


def test_bubblewrap_is_given_an_empty_file_for_each_that_is_hidden(faked, tmp_path):
    """And the promise goes in by a variable, beside the numbers by which the one inside answers."""
    options = ["--ro-bind-data", "mask 0", "/a", "--ro-bind-data", "mask 1", "/b"]
    program = f"{SHUT} print(os.environ['HANDBILL_WALLS'].split(chr(31))[2:], file=open({str(tmp_path / 'promise')!r}, 'w'))"
    assert (0, "") == faked(program, options=options, masks=2).run()
    words, masks, said = json.loads((tmp_path / "noted").read_text())

    assert (["--ro-bind-data", "/a", "--ro-bind-data", "/b"], [True, True], "x") == ([words[at] for at in (0, 2, 3, 5)], masks, said)
    assert words[1] != words[4]
    assert ["--info-fd", "--", "program", program] == [words[6], *words[8:]]
    assert "['a promise']\n" == (tmp_path / "promise").read_text()


def test_nothing_is_left_open_by_what_has_ended(faked):
    """A preview could run for days."""
    free = os.dup(0)
    os.close(free)

    assert 0 == faked(SHUT, options=["--ro-bind-data", "mask 0", "/a"], masks=1).run()[0]
    again = os.dup(0)
    os.close(again)
    assert free == again, "the lowest number that is free"


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ("sys.exit(' \\n bwrap: no \\xe9\\nmore')", "bwrap: no é"),
        ("os.write(2, b'bwrap: \\xff'); sys.exit(1)", "bwrap: �"),
        ("sys.exit(3)", "bubblewrap ended with 3"),
        ("os.kill(os.getpid(), 9)", "bubblewrap ended with 137"),
    ],
)
def test_why_nothing_started_is_told_in_a_line(faked, then, why):
    """Some systems forbid it to everybody but a few programs, and each says so in its own way."""
    assert (None, why) == faked(SHUT, then=then).run()


@pytest.mark.parametrize("by", ["os.kill(os.getpid(), 9)", "os.kill(os.getpid(), 15)"])
def test_a_program_that_was_ended_is_told_as_shells_count(faked, by):
    """A system that runs out of memory ends whom it likes, bubblewrap as well."""
    assert (137 if "9" in by else 143, "") == faked(f"{SHUT} {by}").run()


def interrupted(walled, ready):
    """Run a program and send what Ctrl-C sends once the file *ready* is there; return what came of it."""

    def send():
        while not ready.exists() and waits.is_alive():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    waits = threading.main_thread()
    threading.Thread(target=send, daemon=True).start()
    return walled.run()


def test_an_interrupt_is_handed_to_the_program_which_ends_as_it_wants_to(faked, tmp_path, capfd):
    """The public folder is put in order first."""
    wait = f"import time\n{STANDS}\ntry:\n    open({str(tmp_path / 'ready')!r}, 'w').close(); time.sleep(30)\nexcept KeyboardInterrupt:\n    print('as it was', flush=True)\n    sys.exit(9)"

    assert ((9, ""), "as it was\n") == (interrupted(faked(wait), tmp_path / "ready"), capfd.readouterr().out)


def test_an_interrupt_before_anything_began_ends_the_command(faked, tmp_path):
    """It must not go on to build without walls."""
    wait = (
        f"import time; os.close(int(words[words.index('--info-fd') + 1])); open({str(tmp_path / 'ready')!r}, 'w').close(); time.sleep(30)"
    )

    assert (130, "") == interrupted(faked(SHUT, then=wait), tmp_path / "ready")


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
