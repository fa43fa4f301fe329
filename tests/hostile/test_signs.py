"""Signs that nobody sees and names that look like others, in every place where somebody can write: told; and what people of all scripts write: left alone."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from tests.hubs import options, text, write
from tests.photos import saved, scene

from handbill.errors import Level, Problem
from handbill.pipeline import check

HERE = Path(__file__).parent / "signs"

LEVELS = {"error": Level.ERROR, "warning": Level.WARNING, "note": Level.NOTE, "box": Level.WARNING}

#: Every way to lead somewhere; @ is the domain.
WAYS = (
    "[un](https://@/x)",
    "<https://@>",
    "https://@ puis",
    "[un][a]\n\n[a]: //@/",
    '<a href="https://@/">un</a>',
    "![un](https://@/p.png)",
)


def lines(name: str) -> list[str]:
    """Return the lines of a list without its remarks, with the signs that \\u stands for."""
    found = [one for one in (HERE / f"{name}.txt").read_text(encoding="utf-8").split("\n") if one and not one.startswith("# ")]
    return [one.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in one else one for one in found]


@cache
def signs() -> dict[str, str]:
    """Return each sign with what is told of it."""
    found = {}
    for line in lines("signs"):
        numbers, level, _ = line.split("\t")
        first, _, last = numbers.partition("-")
        found |= {chr(one): level for one in range(int(first, 16), int(last or first, 16) + 1)}
    return found


def problems_of(root: Path, files: dict[str, str | bytes]) -> dict[str, list[Problem]]:
    """Return what is told of each file of a hub, without what only other files make of it."""
    write(root, {**files, "content/pictures/une.png": saved(scene((8, 8)), ".png")})
    found: dict[str, list[Problem]] = {path: [] for path in files}
    for one in check(options(root, no_cache=True)):
        if one.code in ("HB103", "HB116", "HB117"):
            found.setdefault(one.path, []).append(one)
    return found


def post(place: dict[str, str], sign: str) -> str:
    """Return a post with a sign in that place."""
    raw = text(place.get("text", "Un texte.").replace("@", sign))
    if front := place.get("front", "").replace("@", sign):
        key = front.partition(":")[0]
        kept = [line for line in raw.split("\n") if key == "# un mot" or not line.startswith(f"{key}:")]
        raw = "\n".join([kept[0], front, *kept[1:]])
    return raw


PLACES = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "places",
    [["body", "alternative text", "summary"], pytest.param(list(PLACES), marks=pytest.mark.long)],
    ids=["three places", "all places"],
)
def test_each_sign_is_told_in_each_place(tmp_path, places):
    """A reviewer reads one text, members another."""
    wanted = {}
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(places):
        for sign, level in signs().items():
            path = f"content/posts/p{number}-{ord(sign):x}.md"
            files[path] = post(PLACES[name], sign)
            wanted[path] = LEVELS[level] if level != "box" or PLACES[name].get("box") else None
    found = problems_of(tmp_path, files)

    assert wanted == {path: max((one.level for one in found[path]), default=None) for path in wanted}


def test_each_sign_is_told_in_the_settings(tmp_path):
    """Name and address of the hub stand on each page; a comment is what a reviewer goes by."""
    rows = [f"# {number}: mot{sign}mot" for number, sign in enumerate(signs()) if sign not in "\u2028\u2029"]
    escaped = [f'# "mot\\u{ord(sign):04x}mot"' for sign, level in signs().items() if level == "error" and ord(sign) < 0x10000]
    settings = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'
    found = problems_of(tmp_path, {"hub.toml": settings + "\n".join([*rows, *escaped]) + "\n", "content/posts/a.md": text("Un texte.")})

    told = {one.line for one in found["hub.toml"]}
    assert set(range(4, 4 + min(len(rows) + len(escaped), 100))) <= told


def test_a_domain_of_two_scripts_is_refused_in_the_settings(tmp_path):
    """Members would be led elsewhere from every page."""
    settings = (
        '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[[onward]]\nname = "Le forum"\nurl = "https://f\\u043erum.example/"\n'
    )
    found = problems_of(tmp_path, {"hub.toml": settings, "content/posts/a.md": text("Un texte.")})

    assert [("HB117", 6, Level.ERROR)] == [(one.code, one.line, one.level) for one in found["hub.toml"]]


def test_each_domain_is_refused_in_every_way_to_lead_there(tmp_path):
    """Members would type a password on somebody else's page."""
    files: dict[str, str | bytes] = {}
    for number, domain in enumerate(lines("domains")):
        for way, written in enumerate(WAYS):
            files[f"content/posts/d{number}-{way}.md"] = text(written.replace("@", domain))
        escaped = domain.encode("ascii", "backslashreplace").decode()
        files[f"content/posts/d{number}-front.md"] = (
            f'---\n# https://{escaped}/\ntitle: "Un https://{escaped}/ mot"\ndate: 2026-01-02\n---\n\nUn texte.\n'
        )
    found = problems_of(tmp_path, files)

    assert [] == [ascii(files[path]) for path in files if not any(one.level is Level.ERROR for one in found[path])]


def test_what_people_write_is_left_alone(tmp_path):
    """French typography, Hebrew, Persian and families of emoji are no attack."""
    files: dict[str, str | bytes] = {f"content/posts/h{number}.md": text(line) for number, line in enumerate(lines("honest"))}
    found = problems_of(tmp_path, files)

    assert {} == {files[path]: [str(one) for one in found[path]] for path in files if found[path]}


def test_each_name_is_told_or_left_alone(tmp_path):
    """The list of changed files is the first thing that a reviewer reads."""
    cases = [line.split("\t", 1) for line in (one.replace("\t", "\t", 1) for one in lines("names"))]
    files: dict[str, str | bytes] = {}
    wanted = {}
    for number, (level, name) in enumerate(cases):
        for path, raw in (
            (f"content/posts/n{number}-{name}", text("Un texte.")),
            (f"content/pictures/n{number}-{name[:-3]}.png", saved(scene((8, 8), number + 2), ".png")),
        ):
            files[path] = raw
            wanted[path] = LEVELS.get(level)
    found = problems_of(tmp_path, files)

    assert wanted == {path: max((one.level for one in found[path]), default=None) for path in wanted}


def test_the_lists_hold_what_is_promised():
    """A hundred cases and more; they must not shrink unnoticed."""
    assert 75 <= len(signs())
    assert 15 <= len(PLACES)
    assert 50 <= len(lines("domains"))
    assert 30 <= len(lines("honest"))
    assert 40 <= len(lines("names"))
