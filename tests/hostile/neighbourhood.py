"""A hub among neighbours that hold something nobody may see, and a look at whether anybody has.

Around it lie the folder above, a folder whose name begins as its own does, a
home folder, its own version history and private files, and a variable of the
environment.  Each holds a word of its own.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, PngImagePlugin

#: The variable of the environment that holds one of the words.
VARIABLE = "HANDBILL_TEST_NEIGHBOUR"

#: Where the hub's own program writes; everything else stays as it is.
OWN = ("public", ".public.handbill", ".handbill", "addresses.lock", "calendars.lock")

_TOML = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
_POST = "---\ntitle: Un billet\ndate: 2026-01-02\n---\n\nDes mots. ![Un plan](../pictures/plan.png)\n"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The folder around a hub, and the words that are hidden in it, by where they lie."""

    around: Path
    words: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """Return the folder of the hub."""
        return self.around / "parent" / "hub"

    @property
    def parent(self) -> Path:
        """Return the folder that holds the hub."""
        return self.root.parent

    @property
    def home(self) -> Path:
        """Return the home folder of whoever builds."""
        return self.around / "home"

    def hide(self, place: str) -> str:
        """Return a word to be hidden at a place; the same for the same place."""
        return self.words.setdefault(place, f"nobody-reads-{hashlib.sha256(place.encode()).hexdigest()[:12]}")

    def seen(self, text: bytes | str) -> list[str]:
        """Return the places whose word stands in some bytes."""
        raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
        return [place for place, word in self.words.items() if word.encode() in raw]

    def seen_below(self, folder: Path) -> list[str]:
        """Return the places whose word stands in a file below a folder, with that file."""
        found = []
        for place, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if not Path(place, name).is_symlink()]
            for name in names:
                file = Path(place, name)
                if stat.S_ISREG(file.lstat().st_mode) and file.lstat().st_size < 1 << 30:
                    found += [f"{file.relative_to(folder)}: {one}" for one in self.seen(file.read_bytes())]
        return found

    def state(self) -> dict[str, tuple[object, ...]]:
        """Return what lies around the hub and in it, without what its program writes: sort, size and time of each."""
        found: dict[str, tuple[object, ...]] = {}
        for place, folders, names in os.walk(self.around):
            if Path(place) == self.root:
                folders[:] = [name for name in folders if name not in OWN]
                names = [name for name in names if name not in OWN]
            if Path(place) == self.home:
                # The key by which this user's program knows what it left.
                folders[:] = [name for name in folders if name != ".local"]
            for name in (*folders, *names):
                file = Path(place, name)
                told = file.lstat()
                is_folder = stat.S_ISDIR(told.st_mode)
                found[str(file.relative_to(self.around))] = (told.st_mode, *(() if is_folder else (told.st_size, told.st_mtime_ns)))
        return found


def settle(around: Path) -> Neighbourhood:
    """Lay out a hub of one post and one picture, and its neighbours."""
    found = Neighbourhood(around)
    hub, parent, home = found.root, found.parent, found.home
    for folder in (parent, parent.parent, home, *(parent / f"hub{end}" for end in ("-evil", ".evil", "evil"))):
        _plant(found, folder)
    for name in (".env", "hub.local.toml", ".git/config", "notes.txt"):
        file = hub / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {found.hide(f'hub/{name}')}\n", encoding="utf-8")
    (hub / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    found.hide(VARIABLE)
    for name, text in (("hub.toml", _TOML), ("content/posts/billet.md", _POST)):
        (hub / name).parent.mkdir(parents=True, exist_ok=True)
        (hub / name).write_text(text, encoding="utf-8")
    (hub / "content" / "pictures").mkdir()
    Image.new("RGB", (8, 6), "white").save(hub / "content" / "pictures" / "plan.png")
    return found


def _plant(found: Neighbourhood, folder: Path) -> None:
    """Lay files of several sorts into a folder, sound ones that a build would publish."""
    folder.mkdir(parents=True, exist_ok=True)
    place = str(folder.relative_to(found.around))
    for name in (".env", "canary.txt"):
        (folder / name).write_text(f"PASSWORD={found.hide(f'{place}/{name}')}\n", encoding="utf-8")
    (folder / "canary.md").write_text(
        f"---\ntitle: {found.hide(f'{place}/canary.md')}\ndate: 2026-01-01\n---\n\nWords.\n", encoding="utf-8"
    )
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", found.hide(f"{place}/canary.png"))
    Image.new("RGB", (8, 6), "red").save(folder / "canary.png", pnginfo=told)
