"""What may become of our own things between two builds: every file of caches, lists and the spare generation, harmed in every way.

Losing or damaging any of it costs time, never correctness, and nobody is
troubled with it.  ``python -m tests.incremental.damage 300`` does that much harm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from tests.hubs import files_of, text
from tests.incremental import hubs
from tests.incremental.builds import Ask, Told, do, once, room_for_builds
from tests.incremental.sequences import Different

Harm = Callable[[Path, Path, Random], None]


def flip(file: Path, _: Path, chance: Random) -> None:
    raw = bytearray(file.read_bytes() or b"x")
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    file.write_bytes(raw)


def flip_unseen(file: Path, other: Path, chance: Random) -> None:
    """Flip a bit and put the times back, as a failing disk does."""
    times = file.stat()
    flip(file, other, chance)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def truncate(file: Path, _: Path, chance: Random) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[: chance.randrange(len(raw) or 1)])


def empty(file: Path, _: Path, chance: Random) -> None:
    file.write_bytes(b"")


def zeros(file: Path, _: Path, chance: Random) -> None:
    """Leave the length and no content, as some file systems do after a power cut."""
    file.write_bytes(bytes(file.stat().st_size))


def lengthen(file: Path, _: Path, chance: Random) -> None:
    with file.open("ab") as opened:
        opened.write(chance.randbytes(chance.randrange(1, 2000)))


def twice(file: Path, _: Path, chance: Random) -> None:
    file.write_bytes(file.read_bytes() * 2)


def remove(file: Path, _: Path, chance: Random) -> None:
    file.unlink()


def folder(file: Path, _: Path, chance: Random) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


def link(file: Path, _: Path, chance: Random) -> None:
    file.unlink()
    file.symlink_to(chance.choice(("nowhere", "/dev/null", str(file))))


def swap(file: Path, other: Path, chance: Random) -> None:
    """Let two files change places."""
    if file != other:
        one, two = file.read_bytes(), other.read_bytes()
        file.write_bytes(two)
        other.write_bytes(one)


def owner(file: Path, _: Path, chance: Random) -> None:
    """Give it to another account; who may not do that takes the right to read it away."""
    if os.geteuid() == 0:
        os.chown(file, 12345, 12345)
    else:
        file.chmod(0)


def letters(file: Path, _: Path, chance: Random) -> None:
    """Leave a text that is well formed and says something else."""
    file.write_bytes(chance.choice((b"{}", b"[]", b"null", b"\x80\x05N.", b"handbill-cache-1\n", b"handbill manifest 1 \n{}", b"-1")))


HARMS: tuple[Harm, ...] = (flip, flip_unseen, truncate, empty, zeros, lengthen, twice, remove, folder, link, swap, owner, letters)

#: What is done to the whole: other terms, an older program's or another hub's cache, or everything gone.
WHOLES = ("older program", "another hub", "no .handbill", "no list", "a file in place of .handbill", "cache of before the edits")

#: Edits between the damage and the build; with the first, nothing changed.
EDITS: dict[str, dict[str, str]] = {
    "nothing": {},
    "a post": {"content/posts/serie-2.md": text("Réécrit.", title="Portrait 2", date="2026-02-10", series="Portraits", tags="[bois]")},
    "a new post": {"content/posts/neuf.md": text("Voir [le premier](serie-1.md).", date="2026-03-01", tags="[Eau]")},
    "a setting": {},
}


@dataclass
class Tally:
    """How many harms of each sort were done, and to what."""

    harms: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    def note(self, harm: str, file: str) -> None:
        """Count one."""
        self.harms[harm] = self.harms.get(harm, 0) + 1
        self.files[file] = self.files.get(file, 0) + 1

    def __str__(self) -> str:
        return f"{sum(self.harms.values())} harms: {self.harms}; to: {self.files}"


class Patient:
    """A hub that was built twice, kept as it stood, and what a clean build makes of each edit of it."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._root = room / "patient"
        once(lambda: hubs.make("village", self._root))
        self._build(self._root, "2026-03-20 12:00")
        file = self._root / "content/posts/serie-1.md"
        file.write_text(file.read_text(encoding="utf-8") + "\nEncore.\n", encoding="utf-8")
        self._before = room / "before"
        shutil.copytree(self._root / ".handbill", self._before)
        self._build(self._root, "2026-03-20 12:00")
        once(lambda: do(self._ask(self._root, "2026-03-20 12:00", checks=True)))
        self._other = room / "stranger"
        once(lambda: hubs.make("kept", self._other))
        self._build(self._other, hubs.FIRST["kept"])
        self._clean: dict[str, tuple[Told, dict[str, bytes]]] = {}

    def suffer(self, number: int, tally: Tally) -> None:
        """Do harm number so and so to a copy, and build it.

        Raises:
            Different: the build is not what a clean one is, or somebody was troubled.
        """
        chance = Random(number)
        edit = chance.choice(tuple(EDITS))
        root = Path(mkdtemp(dir=self._room)) / "hub"
        _copy(self._root, root)
        names = _own(root)
        if number % 8 == 7:
            what, how = "the whole", WHOLES[number // 8 % len(WHOLES)]
            self._harm_whole(root, how)
        else:
            # Every file meets every harm in its turn.
            what, harm = names[number % len(names)], HARMS[number // len(names) % len(HARMS)]
            if harm is flip_unseen and "/spare/" in what:
                # Most files of the spare generation are files of the site under a second name, and no look at names,
                # sizes and times finds a bit that fell over there.
                harm = flip
            how = harm.__name__
            harm(root / what, root / chance.choice(names), chance)
        self._edit(root, edit)
        told = once(lambda: do(self._ask(root, "2026-03-20 12:00")))
        wanted, files = self._wanted(edit)
        tally.note(how, _sort_of(what))
        case = f"harm {number} ({how} to {what}, edit: {edit})"
        if told.end != "built" or (not told.is_unchanged and told.problems != wanted.problems):
            raise Different(f"{case}: {told}")
        if (found := files_of(root / "public")) != files:
            raise Different(f"{case}: {sorted(path for path in {*found, *files} if found.get(path) != files.get(path))[:10]}")
        again = once(lambda: do(self._ask(root, "2026-03-20 12:00")))
        if again.end != "built" or files_of(root / "public") != files:
            raise Different(f"{case}: the next build is not as the first: {again}")
        if not again.is_unchanged and not _is_in_the_way(root):
            raise Different(f"{case}: the next build still has something to do: {again}")
        shutil.rmtree(root.parent)

    def _wanted(self, edit: str) -> tuple[Told, dict[str, bytes]]:
        if edit not in self._clean:
            root = Path(mkdtemp(dir=self._room)) / "hub"
            shutil.copytree(self._root, root, ignore=shutil.ignore_patterns("public", ".handbill", ".public.handbill"))
            self._edit(root, edit)
            told = once(lambda: do(self._ask(root, "2026-03-20 12:00", no_cache=True)))
            self._clean[edit] = (told, files_of(root / "public"))
        return self._clean[edit]

    def _edit(self, root: Path, edit: str) -> None:
        for name, content in EDITS[edit].items():
            (root / name).write_text(content, encoding="utf-8")
        if edit == "a setting":
            file = root / "hub.toml"
            file.write_text(file.read_text(encoding="utf-8").replace('"Le village"', '"Le bourg"', 1), encoding="utf-8")

    def _harm_whole(self, root: Path, how: str) -> None:
        if how == "older program":
            # The same bytes under the terms of another program: what it kept is not to be believed.
            shutil.rmtree(root / ".handbill")
            once(lambda: _as_another_program(self._ask(root, "2026-03-20 12:00")))
        elif how == "another hub":
            shutil.rmtree(root / ".handbill")
            shutil.copytree(self._other / ".handbill", root / ".handbill")
        elif how == "cache of before the edits":
            shutil.rmtree(root / ".handbill")
            shutil.copytree(self._before, root / ".handbill")
        elif how == "no list":
            for file in (root / ".public.handbill").glob("manifest-*"):
                file.write_bytes(b"")
        else:
            shutil.rmtree(root / ".handbill")
            if how.startswith("a file"):
                (root / ".handbill").write_text("Bonjour.\n")

    @staticmethod
    def _ask(root: Path, as_of: str, checks: bool = False, **more: object) -> Ask:
        return Ask(root, root / "public", as_of, more, checks=checks)

    def _build(self, root: Path, as_of: str) -> Told:
        told: Told = once(lambda: do(self._ask(root, as_of)))
        assert told.end == "built", told
        return told


def _own(root: Path) -> list[str]:
    """Return every file of ours, and some of those that hold the site of a moment ago: they are many, and each is as the next."""
    names = sorted(file.relative_to(root).as_posix() for part in (".handbill", ".public.handbill") for file in (root / part).rglob("*") if file.is_file())
    spare = [name for name in names if name.startswith(".public.handbill/spare/")]
    earlier = [name for name in names if _is_kept_of_earlier(name)]
    return sorted({*names} - {*spare, *earlier}) + spare[::40] + earlier[::10]


def _is_kept_of_earlier(name: str) -> bool:
    """Say whether a name is that of a file of an earlier site, not of its list or manifest."""
    return name.startswith(".public.handbill/earlier/") and "." in name.rpartition("/")[2]


def _copy(hub: Path, root: Path) -> None:
    """Copy a hub with all that is ours as it stands: what is one file stays one, and lists go on naming their folders."""
    subprocess.run(["cp", "-a", str(hub), str(root)], check=True)
    for name in ("public", ".public.handbill/spare"):
        list_ = root / ".public.handbill" / f"manifest-{(hub / name).stat().st_ino}"
        list_.rename(list_.with_name(f"manifest-{(root / name).stat().st_ino}"))


def _as_another_program(ask: Ask) -> Told:
    """Build as a program would whose modules are others."""
    from handbill import engine, examining

    for module in (engine, examining):
        module.engine_digest = lambda: "another program"  # type: ignore[attr-defined]
    for name in ("public", ".public.handbill"):
        shutil.rmtree(ask.root / name)
    return do(ask)


def _is_in_the_way(root: Path) -> bool:
    """Say whether a folder or a file still has the place of something that a build would write down."""
    own = root / ".handbill"
    return own.is_file() or any((file / "inside").is_dir() for file in own.rglob("*"))


def _sort_of(name: str) -> str:
    parts = name.split("/")
    if parts[0] == ".handbill":
        return "/".join(parts[1:3]) if parts[1] == "cache" else parts[1]
    return parts[1].split("-")[0] if len(parts) > 1 else name



def harmed(numbers: Iterable[int], room: Path) -> Tally:
    """Do these harms; return what was done.

    Raises:
        Different: a build was not what a clean one is.
    """
    tally, patient = Tally(), Patient(room)
    for number in numbers:
        patient.suffer(number, tally)
    return tally


if __name__ == "__main__":
    with room_for_builds() as place:
        print(f"{harmed(range(int((*sys.argv, 300)[1])), place)}: each build as a clean one")  # noqa: T201
