"""Small real hubs for tests: copies to change, options to build them with, and what they made."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import pytest

from handbill.pipeline import Options

VILLAGE = Path(__file__).parent / "sites" / "village"

#: The moment at which the village is built unless a test says otherwise.
THEN = "2026-03-20 12:00"


def moment(text: str, zone: str = "Europe/Paris") -> datetime:
    """Return a local moment such as ``2026-03-20 12:00`` with its zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def options(root: Path, as_of: str = THEN, **more: object) -> Options:
    """Return options that build a hub into its own ``public`` folder."""
    given = {"output": root / "public", "flushed": False, **more}
    return Options(root=root, as_of=moment(as_of), **given)  # type: ignore[arg-type]


def village(into: Path) -> Path:
    """Return a fresh copy of the village, to be changed at will."""
    shutil.copytree(VILLAGE, into / "village", ignore=shutil.ignore_patterns("expected", ".handbill", "public"))
    return into / "village"


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path from it."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@cache
def settled_village() -> Path:
    """Return a copy of the village that nobody changes, away from this repository's own history."""
    return village(Path(mkdtemp(prefix="handbill-test-")))


def load_village(as_of: str = THEN, root: Path | None = None, **changes: object):  # type: ignore[no-untyped-def]
    """Return the village (or another hub) as read, with its settings."""
    from dataclasses import replace

    from handbill.reading.load import load
    from handbill.settings import read_settings

    settings = replace(read_settings(root or settled_village()), **changes)  # type: ignore[arg-type]
    return load(settings, moment(as_of), None), settings


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder; a hub.toml is added where there is none."""
    plain = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n'
    for name, content in {"hub.toml": plain, **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if name != "hub.toml" or name in files or not file.exists():
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root


def text(body: str = "Texte.", **front: str) -> str:
    """Return a content file with this front matter, each value written as it stands."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": "Un titre", "date": "2026-01-02", **front}.items())
    return f"---\n{lines}---\n\n{body}\n"


def run(capsys: pytest.CaptureFixture[str], *words: object, lang: str = "en") -> tuple[int, str, str]:
    """Run a command as it is typed; return its exit code and what it printed, with messages in *lang*, the hub's own where that is ""."""
    from handbill.cli import main

    code = main([*(("--lang", lang) if lang else ()), *(str(word) for word in words)])
    told = capsys.readouterr()
    return code, told.out, told.err
