"""The process ends as soon as its work is done, and says how it went."""

import subprocess
import sys
from pathlib import Path

import pytest


def ends(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


_BEGIN = "import atexit, sys; from handbill.leaving import run_and_leave; "


@pytest.mark.parametrize("code", [0, 3])
def test_the_code_of_the_program_is_that_of_the_process(code):
    """A workflow stops on it."""
    assert code == ends(f"{_BEGIN}run_and_leave(lambda: {code})").returncode


def test_nothing_that_was_said_is_lost():
    """What is written to a pipe waits in memory until the end."""
    said = ends(f"{_BEGIN}run_and_leave(lambda: bool(print('seen')) or sys.stderr.write('told') and 0)")

    assert ("seen\n", "told") == (said.stdout, said.stderr)


def test_whoever_wants_to_be_called_at_the_end_is_called():
    """Other processes are ended there, and temporary files removed."""
    assert "called\n" == ends(f"{_BEGIN}run_and_leave(lambda: atexit.register(print, 'called') and 0)").stdout


def test_values_are_not_freed_one_by_one():
    """That took a fifth of a small build of a large hub."""
    kept = "type('Kept', (), {'__del__': lambda self: print('freed')})()"

    assert "" == ends(f"{_BEGIN}from handbill.leaving import hold; run_and_leave(lambda: hold({kept}) or 0)").stdout


def test_a_process_that_goes_on_holds_nothing_for_it():
    """A preview, or a test, would grow and grow."""
    kept = "type('Kept', (), {'__del__': lambda self: print('freed')})()"

    assert "freed\nTrue\n" == ends(f"{_BEGIN}import gc; from handbill.leaving import hold; hold({kept}); print(gc.isenabled())").stdout


def test_a_fault_of_the_program_is_told_as_ever():
    """Its place in the program is needed to mend it."""
    ended = ends(f"{_BEGIN}run_and_leave(lambda: 1 // 0)")

    assert 1 == ended.returncode
    assert "ZeroDivisionError" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
def test_a_reader_who_is_gone_is_no_success():
    """What a full disk did not take was not said."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run([sys.executable, "-c", f"{_BEGIN}run_and_leave(lambda: bool(print('lost')) or 0)"], stdout=full, stderr=subprocess.PIPE, check=False)

    assert ended.returncode != 0
