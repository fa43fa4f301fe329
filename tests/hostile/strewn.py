"""Cases of one hostile file each → hubs in which they lie, and what was told of each.

The cases are TOML, a table each; how to write one stands at the begin of
every file of them.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests import tables
from tests.hostile.recipes import Recipe
from tests.hubs import options

from handbill.errors import Level, Problem
from handbill.pipeline import check

HERE = Path(__file__).parent

#: What the keys of a case mean that say how its file is made.
_MADE = ("unit", "prefix", "middle", "close", "suffix", "grown", "times")


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile file: where it lies in a hub, its bytes, and what must be told of it.

    Of ``holes`` bytes a file has more than it holds: it is that large, and takes
    no room.  ``code`` is that of the error, "" where the file is taken as it is; of a
    warning it begins with ``warning``.  ``line`` 0 stands for the whole file.
    """

    name: str
    path: str
    raw: bytes
    code: str
    line: int
    told: str = ""
    holes: int = 0


def cases(corpus: str) -> list[Case]:
    """Return the cases of a folder of TOML files; what ``[every]`` says holds for all of its file."""
    found = []
    for file in sorted((HERE / corpus).glob("*.toml")):
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        every = read.pop("every", {})
        found += [_case(name, {**every, **own}) for name, own in read.items()]
    return found


def _case(name: str, said: Mapping[str, str | int]) -> Case:
    made = {key: said[key] for key in _MADE if key in said}
    text = Recipe(name, **{"unit": "", **made}).text()  # type: ignore[arg-type]
    raw = tables.bytes_of(str(said.get("before", "")).replace("NAME", name) + text + str(said.get("after", "")))
    path = str(said["path"]).replace("NAME", name)
    return Case(name, path, raw, str(said["code"]), int(said.get("line", 0)), str(said.get("told", "")), int(said.get("holes", 0)))


def hub_of(into: Path, files: Iterable[Case]) -> Path:
    """Write a small hub with these files into a folder and return it."""
    shutil.copytree(tables.BASE, into, dirs_exist_ok=True)
    for one in files:
        (into / one.path).parent.mkdir(parents=True, exist_ok=True)
        (into / one.path).write_bytes(one.raw)
        if one.holes:
            os.truncate(into / one.path, one.holes)
    return into


def problems_of(root: Path, as_of: str = "2026-03-20 12:00") -> dict[str, list[Problem]]:
    """Return what a check tells of each file of a hub."""
    told: dict[str, list[Problem]] = {}
    for one in check(options(root, as_of=as_of, no_cache=True)):
        told.setdefault(one.path, []).append(one)
    return told


def verdict(case: Case, told: Mapping[str, list[Problem]]) -> str:
    """Return "" where what is told of a case is what must be told, else what is told in its place."""
    own = told.get(case.path, [])
    wanted = Level.WARNING if case.code.startswith("warning") else Level.ERROR
    if not case.code:
        return " ".join(map(str, (one for one in own if one.level is Level.ERROR)))
    code = case.code.split()[-1]
    if any(one.code == code and one.level is wanted and one.line == case.line and case.told in one.found for one in own):
        return ""
    return " ".join(f"{one.line} {one.level.name} {one}" for one in own)[:400] or "nothing is told"
