"""A hub and the program → how bubblewrap is told to wall both in.

Readable is the system, the program and what a build reads of the hub; writable
what a build writes; of the rest of the machine, the network and other
processes there is nothing.  It looks at names on the disk and opens no file of
the hub but what says where git keeps its own.
"""

from __future__ import annotations

import os
import stat

from handbill.layout import LOCAL, PRIVATE, SOURCES, WRITTEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What git keeps in the hub's own folder, and a workflow or an owner is named by.
_OF_GIT = (".git", ".gitattributes", ".gitignore", ".gitmodules", ".lfsconfig", ".mailmap", ".github")

#: What is read in the hub's own folder.
READ = frozenset({*SOURCES, *_OF_GIT})

#: What a folder with the program holds of it.
_OF_ENGINE = ("src", "theme", "handbook", "schemas", ".venv", ".venv-handbook", "build.py", "pyproject.toml", "CHANGELOG.md", "LICENSE")

#: The folder for scratch files, which is empty at the start and gone at the end.
SCRATCH = "/tmp"  # noqa: S108

#: What programs of the system need, below the folders in which they lie.
SYSTEM = (
    "/usr", "/nix", "/gnu", "/run/current-system", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
    "/etc/mime.types", "/etc/alternatives", "/etc/fonts",
)  # fmt: skip
MERGED = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")

#: The folder that is home inside: there is none.
NO_HOME = "/nonexistent"

#: What stands in the options for a descriptor of an empty file.
MASK = "mask "


class NoWalls(Exception):
    """Why there can be none around this hub, in English as all that the launcher says."""


class Walls:
    """How to be walled in: the ``options`` of bubblewrap, and how many ``masks`` they want to be given as descriptors.

    ``shown`` are the folders and files beside the system's and the hub's that
    can be read, ``frames`` folder → the names in it that may be written.
    """

    # No dataclass: to import what makes one takes longer than all walls to stand.
    def __init__(self, options: tuple[str, ...], shown: tuple[str, ...], frames: dict[str, frozenset[str]], masks: int) -> None:
        self.options, self.shown, self.frames, self.masks = options, shown, frames, masks


def walls(root: str, output: str, programs: Iterable[str], engine: str, homes: Iterable[str]) -> Walls:
    """Return the walls around the hub in *root* that is built into *output*; all paths are real ones, except those of *programs*.

    *programs* are folders and files with what runs, *engine* is the folder of
    the program where it is one.  In the place of a masked file the options say
    :data:`MASK` and a number.

    Raises:
        NoWalls: nothing can be shut out here.
    """
    frames = _frames(root, output)
    shown = [path for path in dict.fromkeys(_shown(root, programs, engine)) if not path.startswith("/usr/")]
    for path in (*frames, *map(os.path.realpath, shown)):
        if path == "/" or any(_is_in(home, path) for home in homes):
            raise NoWalls(f"{path} holds the home folder of whoever builds, or a whole disk")
    options = [
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--tmpfs",
        SCRATCH,
    ]
    options += _system()
    closing: list[str] = []
    masks = 0
    for frame, names in frames.items():
        options += ("--bind", frame, frame)
        for how, path in _shut(frame, names, shown, root):
            if how == "--tmpfs":
                options += (how, path)
                closing += ["--remount-ro", path]
            elif how == "--ro-bind-data":
                options += (how, f"{MASK}{masks}", path)
                masks += 1
            else:
                options += (how, path, path)
    for path in sorted(shown):
        options += ("--ro-bind", os.path.realpath(path), path)
    here = os.getcwd()
    return Walls(
        (*options, "--dir", here, *closing, "--remount-ro", "/proc", "--remount-ro", "/", "--chdir", here), tuple(shown), frames, masks
    )


def _frames(root: str, output: str) -> dict[str, frozenset[str]]:
    """Return folder → the names in it that a build writes; what is beside them in the same folder is shut."""
    own = {PRIVATE, *WRITTEN}
    above, name = os.path.split(output)
    place = os.path.relpath(output, root).split(os.sep)
    if place[0] not in (os.pardir, os.curdir):
        if place[0] in (*SOURCES, *_OF_GIT, *_OF_ENGINE, LOCAL, PRIVATE):
            raise NoWalls(f"the output folder {output} lies among what is read")
        return {root: frozenset({*own, place[0], *([f".{name}.handbill"] if len(place) == 1 else [])})}
    if not os.path.isdir(above) or _is_in(root, above):
        raise NoWalls(f"the output folder {output} is not in a folder beside the hub")
    return {root: frozenset(own), above: frozenset({name, f".{name}.handbill"})}


def _shut(frame: str, names: frozenset[str], shown: list[str], root: str) -> Iterator[tuple[str, str]]:
    """Yield how each thing in a folder is shut that must not be written, and what: it is read, or hidden as a folder or a file."""
    for name in sorted(os.listdir(frame)):
        path = os.path.join(frame, name)
        kind = os.lstat(path).st_mode
        if name in names:
            if name == PRIVATE and os.path.isfile(note := os.path.join(path, "engine")):
                yield "--ro-bind", note  # says where the program lies that is started next time
        elif stat.S_ISLNK(kind):
            continue
        elif (frame == root and name in READ) or path in shown:
            yield "--ro-bind", path
        else:
            yield "--tmpfs" if stat.S_ISDIR(kind) else "--ro-bind-data", path


def _shown(root: str, programs: Iterable[str], engine: str) -> Iterator[str]:
    # In a folder that is there as it is, nothing can be laid in the place of a link.
    yield from (os.path.realpath(path) if os.path.islink(path) and _is_in(path, root) else path for path in programs)
    if engine:
        locks = [name for name in os.listdir(engine) if name.startswith("requirements") and name.endswith(".lock")]
        paths = [path for name in (*_OF_ENGINE, *locks) if os.path.exists(path := os.path.join(engine, name))]
        yield from (path for path in paths if engine != root or not os.path.islink(path))
    yield from (path for path in _git_elsewhere(root) if not _is_in(path, os.path.join(root, ".git")))


def _git_elsewhere(root: str) -> Iterator[str]:
    """Yield the folders in which git keeps the hub's history; a linked working tree and a clone by reference have them elsewhere."""
    top = root
    while not os.path.lexists(os.path.join(top, ".git")):
        if (above := os.path.dirname(top)) == top:
            return
        top = above
    place = os.path.join(top, ".git")
    yield place
    if os.path.isfile(place):
        named = _lines(place)
        place = os.path.join(top, named[0].removeprefix("gitdir:").strip()) if named else place
    own = os.path.realpath(os.path.join(place, next(iter(_lines(os.path.join(place, "commondir"))), "")))
    # Only what is such a folder: its name may come from a stranger.
    if not all(os.path.exists(os.path.join(own, name)) for name in ("HEAD", "objects", "refs")):
        return
    yield from (own, os.path.realpath(place))
    for line in _lines(os.path.join(own, "objects", "info", "alternates")):
        objects = os.path.realpath(os.path.join(own, "objects", line))
        if os.path.basename(objects) == "objects" and os.path.isdir(os.path.join(objects, "pack")):
            yield objects


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as opened:
            return opened.read(10_000).splitlines()
    except OSError:
        return []


def _system() -> Iterator[str]:
    for path in MERGED:
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)
    for path in SYSTEM:
        if os.path.exists(path):
            yield from ("--ro-bind", path, path)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
