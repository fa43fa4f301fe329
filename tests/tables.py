"""Tables of faulty files, written as text: adding a case needs no Python.

A table is a text file of cases.  A line ``@@ case: …`` begins one, ``@@ file:
path`` a file laid over the hub of ``sites_broken/_base``, ``@@ en`` and
``@@ fr`` what is told of it.  In a file's text, ``{U+00A0}`` is a character,
``{0xE9}`` a byte, ``{TAB}`` a tab, ``{70000 x}`` a text many times over and
``{END}`` at the end of the last line leaves out the line end.  ``@@ made:
path recipe`` makes a file that text cannot hold; the recipes are at the end of
this module.  ``@@ mended: path`` is a file as it is once the message was
followed, ``@@ moved: path path`` a file that goes elsewhere, ``@@ run: words``
a command that the message names, ``@@ own: words`` what the editor says in
words of his own while mending.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from tests import entered, frozen

BASE = Path(__file__).parent / "sites_broken" / "_base"

LANGUAGES = ("en", "fr")


@dataclass(slots=True)
class Case:
    """One faulty hub: what it is called, its files, and what is told of it in each language."""

    name: str
    files: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    run: list[str] = field(default_factory=list)
    own: str = ""

    def lay(self, into: Path) -> Path:
        """Write the faulty hub into a folder and return it."""
        shutil.copytree(BASE, into, dirs_exist_ok=True)
        _write(into, self.files)
        for path, recipe in self.made.items():
            file = into / path
            file.parent.mkdir(parents=True, exist_ok=True)
            RECIPES[recipe](file)
        return into

    def mend(self, root: Path) -> None:
        """Do to the hub in *root* what the message said; what it says to run is left to the caller."""
        for old, new in self.moved.items():
            (root / new).parent.mkdir(parents=True, exist_ok=True)
            (root / old).rename(root / new)
        _write(root, self.mended)


def _write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes_of(text))


def read(table: Path) -> list[Case]:
    """Return the cases of a table."""
    cases: list[Case] = []
    target: tuple[dict[str, str], str] | None = None
    for line in table.read_text(encoding="utf-8").split("\n"):
        if line.startswith("@@ case: "):
            cases.append(Case(line.removeprefix("@@ case: ")))
            target = None
        elif line.startswith("@@ file: "):
            target = cases[-1].files, line.removeprefix("@@ file: ")
            target[0][target[1]] = ""
        elif line.startswith("@@ mended: "):
            target = cases[-1].mended, line.removeprefix("@@ mended: ")
            target[0][target[1]] = ""
        elif line.startswith(("@@ made: ", "@@ moved: ")):
            first, second = line.split(": ", 1)[1].rsplit(" ", 1)
            (cases[-1].made if line.startswith("@@ made") else cases[-1].moved)[first] = second
            target = None
        elif line.startswith("@@ run: "):
            cases[-1].run = line.removeprefix("@@ run: ").split()
        elif line.startswith("@@ own: "):
            cases[-1].own = line.removeprefix("@@ own: ")
        elif line.startswith("@@ ") and line[3:] in LANGUAGES:
            target = cases[-1].told, line[3:]
            target[0][target[1]] = ""
        elif line.startswith("@@ "):
            raise ValueError(f"{table.name}: {line}")
        elif target:
            target[0][target[1]] += line + "\n"
    for case in cases:
        # The empty line before the next case is for the eye.
        for part in (case.files, case.told, case.mended):
            for key, text in part.items():
                part[key] = text.rstrip("\n") + "\n" if text.strip("\n") else ""
    return cases


def refreshed(table: Path, told: dict[str, dict[str, str]]) -> str:
    """Return the table with what is told of each case written anew."""
    parts = re.split(r"(?m)^(?=@@ case: )", table.read_text(encoding="utf-8"))
    written = [parts[0]]
    for part in parts[1:]:
        name = part.split("\n", 1)[0].removeprefix("@@ case: ")
        asked = re.split(r"(?m)^@@ (?:en|fr)$", part)[0].rstrip("\n") + "\n"
        after = re.search(r"(?m)^@@ (?:mended|moved|run|own): (?:.|\n)*", part)
        answers = "".join(f"@@ {lang}\n{told[name][lang]}" for lang in LANGUAGES)
        written.append(f"{asked}{answers}{after[0] if after else ''}".rstrip("\n") + "\n\n")
    return "".join(written).rstrip("\n") + "\n"


def bytes_of(text: str) -> bytes:
    """Return a text as the bytes of a file, with its notations resolved."""
    if text.endswith("{END}\n"):
        text = text.removesuffix("{END}\n")
    parts: list[bytes] = []
    for part in re.split(r"(\{(?:U\+[0-9A-F]{4,6}|0x[0-9A-F]{2}|TAB|[0-9]+ [^{}\n]+)\})", text):
        if not (part.startswith("{") and part.endswith("}")):
            parts.append(part.encode("utf-8"))
        elif part.startswith("{U+"):
            parts.append(chr(int(part[3:-1], 16)).encode("utf-8", "surrogatepass"))
        elif part.startswith("{0x"):
            parts.append(bytes([int(part[3:-1], 16)]))
        elif part == "{TAB}":
            parts.append(b"\t")
        else:
            number, _, repeated = part[1:-1].partition(" ")
            parts.append(repeated.replace("↵", "\n").encode("utf-8") * int(number))
    return b"".join(parts)


def _picture(form: str, size: tuple[int, int] = (8, 6), **more: object) -> bytes:
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", size, "white").save(drawn, form, **more)
    return drawn.getvalue()


def _photo_with_place(file: Path) -> None:
    from PIL import Image

    picture = Image.new("RGB", (64, 48), "white")
    exif = picture.getexif()
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 50.0, 16.0), 3: "W", 4: (0.0, 34.0, 46.0)})
    picture.save(file, "JPEG", exif=exif)


def _fifo(file: Path) -> None:
    os.mkfifo(file)


def _writer(content: bytes) -> Callable[[Path], None]:
    return lambda file: file.write_bytes(content) and None


#: What text cannot hold, by name.
RECIPES: dict[str, Callable[[Path], None]] = {
    "picture": lambda file: _writer(_picture("PNG"))(file),
    "jpeg": lambda file: _writer(_picture("JPEG"))(file),
    "photo-with-place": _photo_with_place,
    "link-to-elsewhere": lambda file: file.symlink_to("/etc/hostname"),
    "link-to-a-folder": lambda file: file.symlink_to(".."),
    "link-to-nothing": lambda file: file.symlink_to("nothing-there"),
    "fifo": _fifo,
    "folder": lambda file: file.mkdir(),
    "half-a-picture": lambda file: _writer(_picture("PNG")[:40])(file),
    "large-file": _writer(b"x" * (5 * 1024 * 1024)),
    "unreadable-name": lambda file: Path(os.fsdecode(os.fsencode(file.parent) + b"/caf\xe9.md")).write_bytes(b"---\ntitle: x\n---\n") and None,
} | {**frozen.RECIPES, **entered.RECIPES}
