"""The command line itself: the default command, exit codes, the help."""

import errno
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hubs import run, text, write


def test_without_a_command_everything_is_built(hub, capsys):
    """`python3 build.py` is all a newcomer knows."""
    code, out, _ = run(capsys, "--root", hub, "--as-of", "2026-03-20")

    assert 0 == code
    assert "Built 3 posts, 1 page, 3 events, 1 contest, 2 letters, 2 people." in out
    assert (hub / "public/index.html").is_file()
    assert "serve" in out


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["site", "--jobs", "0"], ["site", "--as-of", "tomorrow"], ["check", "--format", "xml"], ["site", "--base-url"], ["import", "pelican", "/nowhere", "--into", "x"]],
)
def test_wrong_use_gives_exit_code_2(hub, capsys, words):
    """CI must tell a typo in a workflow from a fault in the content."""
    code, out, err = run(capsys, "--root", hub, *words)

    assert 2 == code
    assert out + err
    assert "Traceback" not in out + err


def test_a_folder_that_is_no_hub_is_told(tmp_path, capsys):
    """The most usual first mistake is the wrong folder."""
    code, _, err = run(capsys, "--root", tmp_path, "site")

    assert 2 == code
    assert "no hub.toml" in err


def test_the_help_lists_the_commands_as_one_meets_them(capsys):
    """Not by the alphabet."""
    _, out, _ = run(capsys, "--help")

    places = [out.index(f"\n  {name} ") for name in ("site", "serve", "check", "import", "doctor", "test")]
    assert sorted(places) == places


PROGRAM = [sys.executable, "-m", "handbill"]


@pytest.mark.parametrize("closed", ["0", "1", "2"])
def test_a_stream_that_was_closed_ends_nothing(tmp_path, closed):
    """A timer, or a careless script, starts programs without one."""
    root = write(tmp_path, {"content/posts/a.md": text()})
    words = " ".join(map(shlex.quote, [*PROGRAM, "--root", str(root), "check"]))

    done = subprocess.run(["sh", "-c", f"exec {words} {closed}{'<' if closed == '0' else '>'}&-"], capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr
    assert "" == done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("more", ["", "2>&1"])
def test_words_that_have_no_room_are_the_machine_s_fault(tmp_path, more):
    """“1” would say that something is wrong in the content."""
    root = write(tmp_path, {"content/posts/a.md": text(starts="never")})
    words = " ".join(map(shlex.quote, [*PROGRAM, "--root", str(root), "check"]))

    done = subprocess.run(["sh", "-c", f"exec {words} >/dev/full {more}"], capture_output=True, text=True, check=False)

    assert 3 == done.returncode
    assert "Traceback" not in done.stderr
    assert more or "le disque est plein" in done.stderr


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (OSError(errno.EMFILE, "Too many open files", "hub.toml"), "the machine refuses: too many files are open (hub.toml); raise the limit (ulimit -n)"),
        (OSError(errno.ELOOP, "Too many links"), "the machine refuses: Too many links\n"),
        (MemoryError(), "the machine refuses: the memory is used up"),
        (ImportError("lxml: cannot open shared object file"), "a part of the program cannot be loaded (lxml: cannot open shared object file)"),
    ],
)
def test_whatever_the_machine_refuses_is_told_without_a_traceback(tmp_path, capsys, monkeypatch, trouble, told):
    """An editor cannot mend a traceback, but can close a program."""

    def failing(*_, **__):
        raise trouble

    monkeypatch.setattr("handbill.pipeline.check", failing)
    code, _, err = run(capsys, "--root", write(tmp_path, {}), "check")

    assert 3 == code
    assert f"handbill: {told}" in err
