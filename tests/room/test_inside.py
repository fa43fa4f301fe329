"""What the program lets go of, and what it looks at, before it reads anything; the holes themselves are in tests/hostile/environment."""

import os
import subprocess
import sys

from handbill.room.inside import Promise

SHOW = "import os, sys; from handbill.room.inside import settle; print(settle(sys.argv[1:]), sorted(os.environ))"


def shown(*words, **environ):
    return subprocess.run(
        [sys.executable, "-I", "-c", SHOW, *words], env={"PATH": os.defpath, **environ}, capture_output=True, text=True, check=True
    ).stdout


def test_without_walls_what_is_not_needed_is_let_go_of():
    """Whoever starts the program without the launcher has the same few."""
    assert "None ['LC_CTYPE', 'PATH']\n" == shown("site", LC_CTYPE="C.UTF-8", GITHUB_TOKEN="t", HANDBILL_PASSWORD="p")
    assert "'HANDBILL_PASSWORD'" in shown("newsletter", HANDBILL_PASSWORD="p")


def test_a_promise_is_read_as_it_was_written():
    """By its parts, of which some may be empty."""
    told = "\x1f\x1f".join(("1\x1f2\x1f3", "", "/a b\x1f/c", "/hub\x1fpublic\x1f.handbill", "/temp\x1fsite"))

    assert Promise(
        {"net": 1, "pid": 2, "ipc": 3},
        (),
        frozenset({"/a b", "/c"}),
        {"/hub": frozenset({"public", ".handbill"}), "/temp": frozenset({"site"})},
    ) == Promise.of(told)
