#!/usr/bin/env python3
"""Make ready what Handbill needs, then start it:  python3 build.py [command].

This file needs Python and nothing else.  It installs the packages named in the
lock files into folders beside it, once, and hands every argument over to
`handbill.cli`.  It knows nothing of content; see decisions/0001 in the handbook.
"""

# Old Pythons must be able to read this file down to the sentence that refuses
# them, so: nothing newer than Python 3.6 in its grammar.  Only what every start
# needs is imported here; the rest is imported where the slow work begins.
import os
import sys

TYPE_CHECKING = False  # a type checker reads it as true; `typing` is too slow to import for this
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

OLDEST_PYTHON = (3, 11, 2)  # what Debian 12 ships; decisions/0003
LOCKS = {".venv": "requirements.lock", ".venv-handbook": "requirements-handbook.lock"}
TITLES = {".venv": "the environment", ".venv-handbook": "the handbook's environment"}
COMMANDS_WITH_HANDBOOK = ("site", "serve", "test")

# Ready-made packages only, so that no compiler is ever needed.  feedgen and dkimpy are
# the exceptions: they are published as source, in pure Python.  What packs them comes
# from the lock too, because pip would otherwise fetch an unlocked one in passing.
FROM_LOCK = ["--require-hashes", "--only-binary", ":all:", "--no-binary", "feedgen", "--no-binary", "dkimpy"]
PACKER = "setuptools"
ROOM_NEEDED = 100 * 1000 * 1000  # bytes; either environment takes more than this

NO_VENV = "This Python cannot make environments: venv or ensurepip is missing; on Debian and Ubuntu run: sudo apt install python3-venv"
DISK_FULL = "The disk is full: free about 300 MB and start again."
NO_HANDBILL = (
    "Handbill itself is not in this folder: run `pip install handbill`, then `handbill` in place of "
    "`python3 build.py`; or name the folder that has it in HANDBILL_ENGINE."
)
UNREACHABLE = "The package registry cannot be reached: check the network (or pip's proxy settings) and start again."
OTHER_BYTES = "A package is not the one that the lock file promises, so nothing was installed from it; try again later."
NOT_PUBLISHED = (
    "A package of the lock file is not published for this Python on this machine: "
    "start build.py with another Python, 3.11.2 to 3.14 (on Windows, 3.14)."
)
# What pip, uv and the system say, and what it means.  The order matters: the
# retries of a slow network stand in the log of any other failure as well.
MEANINGS = (
    (("[Errno 28]", "No space left on device", "os error 28", "[WinError 112]", "os error 112"), DISK_FULL),
    (("ensurepip is not available", "No module named ensurepip", "No module named 'ensurepip'"), NO_VENV),
    (("DO NOT MATCH THE HASHES", "Hash mismatch"), OTHER_BYTES),
    (
        (
            "Failed to establish a new connection",
            "Max retries exceeded",
            "Connection broken",
            "Connection refused",
            "Connection reset",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "Read timed out",
            "ProxyError",
            "CERTIFICATE_VERIFY_FAILED",
            "name resolution",
            "Name or service not known",
            "getaddrinfo failed",
            "dns error",
            "error sending request",
        ),
        UNREACHABLE,
    ),
    (("No matching distribution found", "No solution found", "no usable wheels"), NOT_PUBLISHED),
)

children: "list[subprocess.Popen[bytes]]" = []  # the programs at work, so that Ctrl-C ends them with us


class CannotStart(Exception):
    """What the machine lacks, in one sentence with its remedy."""


def main(arguments: "list[str]") -> int:
    """Prepare the environments and become Handbill; return an exit code only if that fails."""
    try:
        refuse_old_python(sys.version_info)
        here = os.path.dirname(os.path.abspath(__file__))
        if not has_handbill(here):
            engine = folder_with_handbill(here)
            return become([sys.executable, os.path.join(engine, "build.py"), *with_root(arguments, here)])
        arguments = with_root(arguments, os.getcwd() if os.path.exists("hub.toml") else here)
        prepare(here, environments_for(arguments))
        # -I: neither a file that lies in the hub nor a PYTHON… variable changes what is imported.
        return enter(here, [python_of(here, ".venv"), "-I", "-X", "utf8", "-m", "handbill"], arguments)
    except CannotStart as lack:
        say(str(lack))
        return 3
    except KeyboardInterrupt:
        for child in children:
            child.terminate()
        os._exit(130)  # at once, before the threads take a stopped command for a failed one
    except OSError as error:
        say(meaning_of(str(error)) or "The environment could not be prepared: %s." % error)
        return 3


def refuse_old_python(version: "tuple[int | str, ...]") -> None:
    """Raise CannotStart when *version* is older than what the lock files are made for."""
    if tuple(version[:3]) < OLDEST_PYTHON:
        oldest, this = (".".join(str(part) for part in numbers[:3]) for numbers in (OLDEST_PYTHON, version))
        raise CannotStart(
            "Handbill needs Python %s or newer, and this is %s: start build.py with a newer one (python.org/downloads)." % (oldest, this)
        )


def has_handbill(folder: str) -> bool:
    """Tell whether *folder* holds Handbill's own code, and not content alone."""
    return os.path.isdir(os.path.join(folder, "src", "handbill")) and os.path.isfile(os.path.join(folder, LOCKS[".venv"]))


def folder_with_handbill(here: str) -> str:
    """Return the folder that an imported hub borrows Handbill from."""
    note = os.path.join(here, ".handbill", "engine")
    if os.path.isfile(note):
        with open(note, encoding="utf-8") as file:
            engine, source = file.read().strip(), ".handbill/engine"
    else:
        engine, source = os.environ.get("HANDBILL_ENGINE", ""), "HANDBILL_ENGINE"
    if not engine:
        raise CannotStart(NO_HANDBILL)
    if not has_handbill(engine):
        raise CannotStart("Handbill is not in %s, the folder named in %s: correct it, or run `pip install handbill`." % (engine, source))
    return engine


def with_root(arguments: "list[str]", folder: str) -> "list[str]":
    """Return *arguments* with *folder* as the hub's root, unless they name one."""
    named = any(argument == "--root" or argument.startswith("--root=") for argument in arguments)
    return arguments if named else ["--root", folder, *arguments]


def environments_for(arguments: "list[str]") -> "list[str]":
    """Return the names of the environments that the command will use."""
    root, rest = ".", []
    words = iter(arguments)
    for word in words:
        if word == "--root":
            root = next(words, ".")
        elif word.startswith("--root="):
            root = word[len("--root=") :]
        else:
            rest.append(word)
    command = rest[0] if rest and not rest[0].startswith("-") else "site"
    only_asks = any(word in ("--help", "--version") for word in rest)
    if command in COMMANDS_WITH_HANDBOOK and not only_asks and os.path.isfile(os.path.join(root, "mkdocs.yml")):
        return [".venv", ".venv-handbook"]
    return [".venv"]


def become(command: "list[str]") -> int:
    """Replace this process by *command*; where the system cannot, run it and return its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess  # Windows only: there, exec returns to the prompt before the work is done.

    return subprocess.call(command)


def enter(here: str, command: "list[str]", arguments: "list[str]") -> int:
    """Become *command* with no more of this machine than it needs; decisions/0077 in the handbook."""
    # The package without its beginning, which prepares what takes longer than all that happens here.
    package = type(sys)("handbill")
    package.__path__ = [os.path.join(here, "src", "handbill")]
    sys.modules["handbill"] = package
    from handbill.room.entrance import enter

    return enter(command, arguments, here)


def say(line: str) -> None:
    """Tell the person one line, apart from what the command itself will print."""
    print(line, file=sys.stderr, flush=True)


def python_of(here: str, name: str) -> str:
    """Return the path of an environment's own Python."""
    return os.path.join(here, name, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def stamp_for(here: str, name: str) -> str:
    """Return what an environment must have been made from to be used as it is.

    An environment does not survive a move, nor a change of the Python below it.
    """
    import hashlib

    with open(os.path.join(here, LOCKS[name]), "rb") as lock:
        return "\n".join((hashlib.sha256(lock.read()).hexdigest(), sys.version, os.path.join(here, name)))


def is_ready(here: str, name: str) -> bool:
    """Tell whether an environment is complete and made from today's lock file."""
    try:
        with open(os.path.join(here, name, "handbill.stamp"), encoding="utf-8") as stamp:
            return stamp.read() == stamp_for(here, name) and os.path.exists(python_of(here, name))
    except FileNotFoundError:
        return False


# From here on: the first start, and the first after a lock file has changed.


def prepare(here: str, names: "list[str]") -> None:
    """Make the environments that are not ready, at the same time; one launcher at a time."""
    if all(is_ready(here, name) for name in names):
        return
    import threading

    os.makedirs(os.path.join(here, ".handbill"), exist_ok=True)
    with open(os.path.join(here, ".handbill", "setup.lock"), "a", encoding="utf-8") as turn:
        wait_for(turn)
        failures: "list[Exception]" = []

        def work(name: str) -> None:
            try:
                make(here, name, turn)
            except (CannotStart, OSError) as failure:
                failures.append(failure)

        threads = []
        for name in names:
            if not is_ready(here, name):
                is_there = os.path.isdir(os.path.join(here, name))
                say(("Renewing %s (about a minute) …" if is_there else "Preparing %s (first time, about a minute) …") % TITLES[name])
                threads.append(threading.Thread(target=work, args=(name,), daemon=True))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]


def wait_for(turn: "TextIO") -> None:
    """Wait until no other launcher works here; the system ends a turn with its process, even a killed one."""
    import time

    told = False
    while True:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(turn.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except (BlockingIOError, PermissionError):
            if not told:
                say("Another build.py is preparing the environment; waiting for it …")
            told = True
            time.sleep(0.1)


def make(here: str, name: str, turn: "TextIO") -> None:
    """Make one environment anew from its lock file.  The stamp comes last, so that half an environment never counts."""
    import shutil
    import sysconfig

    folder = os.path.join(here, name)
    stamp = stamp_for(here, name)
    log_name = os.path.join(".handbill", "setup%s.log" % name[len(".venv") :])
    with open(os.path.join(here, log_name), "w+b", buffering=0) as log:
        for steps in ways_to_make(here, name):
            if os.path.exists(os.path.join(folder, "handbill.stamp")):
                os.unlink(os.path.join(folder, "handbill.stamp"))
            if os.path.isdir(folder):
                shutil.rmtree(folder)
            if all(run(step, here, log, turn) for step in steps):
                break
        else:
            raise CannotStart(account_of(log, here, name, log_name))

    packages = sysconfig.get_path("purelib", "venv", {"base": folder, "platbase": folder})
    with open(os.path.join(packages, "handbill.pth"), "w", encoding="utf-8") as path_file:
        # Relative to the folder that it lies in, so that no letter of the path needs an encoding.
        path_file.write(os.path.relpath(os.path.join(here, "src"), packages) + "\n")
    with open(os.path.join(folder, "handbill.stamp"), "w", encoding="utf-8") as stamp_file:
        stamp_file.write(stamp)


def ways_to_make(here: str, name: str) -> "Iterator[list[list[str]]]":
    """Yield lists of commands that each make the environment: with uv if there is one, else with Python's own means.

    A uv that fails (too old, or the registry is known to pip's settings only) is no reason to give up.
    """
    import importlib.util
    import re
    import shutil

    folder, python, lock = os.path.join(here, name), python_of(here, name), os.path.join(here, LOCKS[name])
    with open(lock, encoding="utf-8") as file:
        lines = re.search(r"^%s==(?:.*\\\n)*.*\n" % PACKER, file.read(), re.MULTILINE)
    parts = [lock]
    if lines:
        parts.insert(0, os.path.join(here, ".handbill", "packer.txt"))
        with open(parts[0], "w", encoding="utf-8") as file:
            file.write(lines.group())
    # Inside an environment, the Python that it was made from: ours may be about to be replaced.
    base = getattr(sys, "_base_executable", None) or sys.executable

    uv = shutil.which("uv")
    if uv:
        install = [uv, "pip", "install", "--python", python, "--no-build-isolation", *FROM_LOCK]
        yield [[uv, "venv", "--python", base, folder], *([*install, "-r", part] for part in parts)]
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        install = [python, "-I", "-m", "pip", "install", "--no-build-isolation", "--disable-pip-version-check", "--no-input", *FROM_LOCK]
        yield [[base, "-I", "-m", "venv", folder], *([*install, "-r", part] for part in parts)]
    elif not uv:
        raise CannotStart(NO_VENV)


def run(command: "list[str]", here: str, log: "BinaryIO", turn: "TextIO") -> bool:
    """Run one command to its end, its words going to the log; tell whether it succeeded.

    The command shares our turn: if we are killed and it is not, the next
    launcher waits for it to end before clearing its work away.
    """
    import subprocess

    log.write(("$ " + " ".join(command) + "\n").encode("utf-8"))
    shared = () if os.name == "nt" else (turn.fileno(),)
    child = subprocess.Popen(command, cwd=here, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, pass_fds=shared)
    children.append(child)
    return child.wait() == 0


def account_of(log: "BinaryIO", here: str, name: str, log_name: str) -> str:
    """Return what went wrong: one sentence where the cause is known, else the last words of the log too."""
    import shutil

    log.seek(0)
    words = log.read().decode("utf-8", "replace")
    known = meaning_of(words)
    # A full disk can keep its own error message from being written, and venv
    # shows nothing of what ensurepip said.
    if not known and shutil.disk_usage(here).free < ROOM_NEEDED:
        known = DISK_FULL
    if known:
        return "%s (%s; details: %s)" % (known, TITLES[name], log_name)
    last = "".join("  %s\n" % line for line in words.splitlines()[-8:])
    return "%sPreparing %s failed, for the reason above (details: %s)." % (last, TITLES[name], log_name)


def meaning_of(words: str) -> "str | None":
    """Return the sentence for the first known cause found in *words*, or nothing."""
    for signs, sentence in MEANINGS:
        if any(sign in words for sign in signs):
            return sentence
    return None


if __name__ == "__main__":
    # A file of the hub that is named like a module of Python is no module: what is imported later is imported from Python alone.
    if sys.path and sys.path[0] == os.path.dirname(os.path.abspath(__file__)):
        del sys.path[0]
    sys.exit(main(sys.argv[1:]))
