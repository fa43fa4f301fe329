"""How a command is measured, without a clock in the test."""

import sys
from pathlib import Path

import pytest
from benchmarks.measuring import Failed, measure

HAS_PROC = Path("/proc/self/smaps_rollup").exists()
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what a process used")


def python(text):
    return [sys.executable, "-I", "-S", "-c", text]


WORK = "import time\nstart = time.process_time()\nwhile time.process_time() - start < 0.1: pass\n"


def test_the_time_of_a_child_s_children_counts(tmp_path):
    """Workers do most of a build."""
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-I', '-S', '-c', {WORK!r}])"

    assert 0.1 <= measure(python(child), tmp_path).cpu_s
    assert 0.1 > measure(python("pass"), tmp_path).cpu_s


@pytest.mark.skipif(not HAS_PROC, reason="only Linux tells")
def test_memory_is_that_of_all_processes_at_the_same_moment(tmp_path):
    """Two workers of 300 MB need 600."""
    hold = "import time\nheld = bytearray(60_000_000)\nheld[::4096] = bytes(len(held[::4096]))\ntime.sleep(0.2)"
    child = f"import subprocess, sys\nheld = bytearray(60_000_000)\nheld[::4096] = bytes(len(held[::4096]))\nsubprocess.run([sys.executable, '-I', '-S', '-c', {hold!r}])"

    assert 120_000_000 <= measure(python(child), tmp_path, memory=True).memory_bytes <= 200_000_000
    assert measure(python("pass"), tmp_path).memory_bytes is None


@pytest.mark.skipif(not HAS_PROC, reason="only Linux tells")
def test_what_forked_workers_share_counts_once(tmp_path):
    """A build with workers must not look dearer than it is, nor cheaper."""
    lines = ("import os, time", "held = bytearray(60_000_000)", "held[::4096] = bytes(len(held[::4096]))")
    fork = "pids = [pid for pid in (os.fork(), os.fork()) if pid]\ntime.sleep(0.2)\n[os.waitpid(pid, 0) for pid in pids]"

    assert 60_000_000 <= measure(python("\n".join(lines) + "\n" + fork), tmp_path, memory=True).memory_bytes <= 110_000_000


def test_a_build_that_fails_says_why(tmp_path):
    """A figure of a build that broke off would be the best of all."""
    with pytest.raises(Failed, match=r"(?s): 3\n.*no such template"):
        measure(python("import sys; print('no such template'); sys.exit(3)"), tmp_path)


def test_a_command_runs_in_its_folder_with_the_environment_it_is_given(tmp_path):
    """Settings of whoever measures must not decide."""
    measure(python("import os; open('seen', 'w').write(os.environ.get('ONLY', '') + os.environ.get('HOME', ''))"), tmp_path, {"ONLY": "this"})

    assert "this" == (tmp_path / "seen").read_text(encoding="utf-8")
