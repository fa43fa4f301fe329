"""Start the program with what its command needs and no more: few variables, and behind walls where it only reads.

``python3 build.py`` and the command ``handbill`` come in here.  What waits
outside hands Ctrl-C on and returns the exit code; it reads nothing of the hub.
"""

from __future__ import annotations

import os
import sys

from handbill.key import VARIABLE as KEY
from handbill.key import read, read_or_make
from handbill.room.few import command_of, few

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbill.room.waiting import Walled

#: "open": without walls; "sealed": with them or not at all; otherwise with them where this machine can.
VARIABLE = "HANDBILL_ROOM"

#: The commands that need no network, no other process and nothing of the user's.
_WALLED = ("site", "check")


def enter(command: list[str], words: Sequence[str], engine: str = "") -> int:
    """Run the program as *command* with the *words* that were typed; where the system can, become it.

    *engine* is the folder of the program, where it is one.
    """
    environ = few(words, os.environ)
    mode = os.environ.get(VARIABLE, "")
    sys.stdout.flush()
    sys.stderr.flush()
    if mode not in ("", "open", "sealed"):
        return _refused(f"{VARIABLE}: found “{mode}”, wanted open or sealed", 2)
    if mode != "open" and command_of(words) in _WALLED and "--help" not in words and "-h" not in words:
        code, why = _walled(command, words, engine, environ, is_quiet=False)
        if code is not None:
            return code
        if mode == "sealed":
            return _refused(f"{VARIABLE}=sealed, and there are no walls: {why}", 3)
    if os.name != "nt":
        os.execve(command[0], [*command, *words], environ)
    import subprocess  # Windows only: there, exec returns to the prompt before the work is done.

    return subprocess.call([*command, *words], env=environ)


def main() -> int:
    """Start Handbill as an installed package."""
    return enter([sys.executable, "-P", "-X", "utf8", "-m", "handbill"], sys.argv[1:])


def tried(root: str, command: list[str], engine: str = "") -> str:
    """Return why there can be no walls around the hub in *root*, "" where there can; nothing of it is read."""
    code, why = _walled(command, ["--root", root, "site", "--help"], engine, few([], os.environ), is_quiet=True)
    return "" if code is not None else why


def walled(command: list[str], words: Sequence[str], engine: str, environ: dict[str, str], *, is_trial: bool) -> Walled:
    """Return how the program is started behind walls; for a *trial* nothing is made that was not there.

    Raises:
        NoWalls: this machine or this hub cannot have any.
        OSError: there is no such hub.
    """
    from handbill.room.waiting import APART, SPACES, Walled
    from handbill.room.walls import NO_HOME, SCRATCH, NoWalls, walls

    if not sys.platform.startswith("linux"):
        raise NoWalls("they are built by bubblewrap, which is for Linux alone")
    if not (bwrap := which("bwrap", environ)):
        raise NoWalls("bubblewrap is not installed")
    root = os.path.realpath(_given("--root", words) or os.curdir)
    output = os.path.realpath(_given("--output", words) or os.path.join(root, "public"))
    if os.getuid() == 0 != os.stat(root).st_uid:
        raise NoWalls("the hub belongs to another user")
    # Where this module lies, three folders up: a library among others, if the program is no folder of its own.
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    programs = [*([] if engine else [package]), *_pythons(command[0])]
    git = os.path.realpath(which("git", environ) or "/usr/bin/git")
    if not git.startswith(("/usr/", "/nix/", "/gnu/")):
        programs.append(os.path.dirname(os.path.dirname(git)))
    homes = _homes(environ)
    built = walls(root, output, programs, engine, homes)
    spaces = [str(os.stat(f"/proc/self/ns/{name}").st_ino) for name in SPACES]
    parts = (spaces, homes, built.shown, *((folder, *sorted(names)) for folder, names in built.frames.items()))
    told = (APART * 2).join(APART.join(part) for part in parts)
    inside = {**environ, "HOME": NO_HOME, "TMPDIR": SCRATCH}
    inside.pop(VARIABLE, None)
    # The folder in which it lies is not seen from within.
    if own := (read if is_trial else read_or_make)(environ):
        inside[KEY] = own.hex()
    return Walled(bwrap, built.options, built.masks, [*command, *_rooted(words, root)], inside, told)


def _walled(command: list[str], words: Sequence[str], engine: str, environ: dict[str, str], *, is_quiet: bool) -> tuple[int | None, str]:
    """Run the program behind walls and return its exit code; or ``None``, and why it did not start."""
    from handbill.room.walls import NoWalls

    try:
        return walled(command, words, engine, environ, is_trial=is_quiet).run(is_quiet=is_quiet)
    except (NoWalls, OSError) as reason:
        return None, str(reason)


def _homes(environ: dict[str, str]) -> tuple[str, ...]:
    """Return the folders in which this user keeps what is nobody else's."""
    import pwd

    # Some containers run as a user without a name.
    found = [environ.get("HOME", ""), *(one.pw_dir for one in pwd.getpwall() if one.pw_uid == os.getuid())]
    return tuple(dict.fromkeys(os.path.realpath(one) for one in found if one.startswith("/")))


def which(name: str, environ: dict[str, str]) -> str:
    """Return where a program lies, "" where it does not; ``shutil`` takes longer to import than the walls to stand."""
    places = (os.path.join(folder, name) for folder in environ.get("PATH", os.defpath).split(os.pathsep) if folder)
    return next((place for place in places if os.path.isfile(place) and os.access(place, os.X_OK)), "")


def _pythons(python: str) -> list[str]:
    """Return the folders that a Python needs: its environment, and those of the Pythons that it was made from."""
    found, place = [], os.path.abspath(python)
    for _ in range(10):
        found.append(os.path.dirname(os.path.dirname(place)))
        if not os.path.islink(place):
            break
        place = os.path.normpath(os.path.join(os.path.dirname(place), os.readlink(place)))
    found.append(os.path.dirname(os.path.dirname(os.path.realpath(python))))
    return [one for one in dict.fromkeys(found) if one not in ("/usr", "/")]


def _given(option: str, words: Sequence[str]) -> str:
    """Return the value of an option as it was typed, the last one where there are several."""
    found = ""
    for place, word in enumerate(words):
        if word == option and place + 1 < len(words):
            found = words[place + 1]
        elif word.startswith(f"{option}="):
            found = word[len(option) + 1 :]
    return found


def _rooted(words: Sequence[str], root: str) -> list[str]:
    """Return the words with the hub's folder by its real name: links that lead to it are not seen inside."""
    rest, place = list(words), 0
    while place < len(rest) and rest[place].startswith(("--root", "--lang")):
        width = 1 if "=" in rest[place] else 2
        if rest[place].startswith("--root"):
            del rest[place : place + width]
        else:
            place += width
    return ["--root", root, *rest]


def _refused(text: str, code: int) -> int:
    print(f"handbill: {text}", file=sys.stderr)
    return code
