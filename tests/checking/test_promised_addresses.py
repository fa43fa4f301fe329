"""Three hundred addresses are lost at once, in every way in which editors lose them: each is told, and each cure leads from the old one to the new one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hubs import load_village, options, text, write

from handbill.checking.addresses import check_promises, promises_of
from handbill.errors import Problem
from handbill.outputs import calendars, feeds, site
from handbill.outputs.planned import Planned
from handbill.pipeline import build
from handbill.reading.promises import lock_text

CONTEST = {
    "mechanism": "jury",
    "opens": "2026-01-10",
    "closes": "2026-12-31",
    "enter": "Écrivez.",
    "organiser": "Ada",
    "prizes": "[{name: un seau}]",
}
EVENT = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}

#: Kind → the folder of its files, the words of its addresses, and what its front matter needs besides a title.
KINDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "post": ("content/posts", "posts/", {}),
    "page": ("content/pages", "", {}),
    "event": ("events/2026", "events/", EVENT),
    "contest": ("content/contests", "contests/", CONTEST),
    "person": ("content/people", "people/", {}),
    "place": ("content/places", "places/", {}),
}

#: In how many files each address is lost in each way: 6 kinds × 5 ways × 10 files.
EACH = 10

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\nlanguages = ["fr", "en"]\n[look]\ncards = false\n'


def deleted(file: Path) -> None:
    """Take the file away."""
    file.unlink()


def renamed(file: Path) -> None:
    """Give the file another name."""
    file.rename(file.with_name(f"{file.stem}-autre.md"))


def another_slug(file: Path) -> None:
    """Give the page another address, on purpose."""
    _front(file, f"slug: {file.stem}-neuf")


def a_draft(file: Path) -> None:
    """Take the page off to work on it."""
    _front(file, "draft: true")


def another_language(file: Path) -> None:
    """Call it a text of another language, which moves it."""
    file.rename(file.with_name(f"{file.stem}.en.md"))


WAYS: tuple[Callable[[Path], None], ...] = (deleted, renamed, another_slug, a_draft, another_language)


def _front(file: Path, line: str) -> None:
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("---\n", f"---\n{line}\n", 1), encoding="utf-8")


def names_of(kind: str, way: Callable[[Path], None]) -> list[str]:
    return [f"{kind}-{WAYS.index(way)}-{number}" for number in range(EACH)]


def hub_of_all(root: Path) -> Path:
    """Write the hub, with every address of it promised."""
    files: dict[str, str | bytes] = {"hub.toml": HUB}
    for kind, (folder, _, front) in KINDS.items():
        for way in WAYS:
            for name in names_of(kind, way):
                words = {"title": name, **front} if kind != "person" else {"title": f"Personne {name}", **front}
                files[f"{folder}/{name}.md"] = text("Texte.", **({"date": "2026-01-02"} | words))
    write(root, files)
    loaded, _ = load_village(root=root)
    assert [] == [str(one) for one in loaded.problems if one.level == 2][:3]
    (root / "addresses.lock").write_text(lock_text(set(promises_of(planned(root)))), encoding="utf-8")
    return root


def planned(root: Path) -> list[Planned]:
    """Return every path that the hub would publish."""
    loaded, settings = load_village(root=root)
    return [one for output in (site, feeds, calendars) for one in output.plan(loaded.hub, settings)]


def lost(root: Path) -> list[Problem]:
    """Return what the hub breaks of its promises."""
    loaded, settings = load_village(root=root)
    return list(check_promises(planned(root), loaded.hub, settings))


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a hub of three hundred texts, each with its address promised."""
    return hub_of_all(tmp_path_factory.mktemp("promised") / "hub")


@pytest.mark.parametrize("kind", [one if one in ("post", "event") else pytest.param(one, marks=pytest.mark.long) for one in KINDS])
def test_of_three_hundred_lost_addresses_every_one_is_told_or_leads_on(promised, tmp_path, kind):
    """Somebody bookmarked each of them, or printed it on a poster."""
    root, (folder, words, _) = tmp_path / "hub", KINDS[kind]
    shutil.copytree(promised, root)
    addresses = {}
    for way in WAYS:
        for name in names_of(kind, way):
            way(root / folder / f"{name}.md")
            addresses[f"/{words}{name}/"] = way.__name__

    told = "\n".join(map(str, lost(root)))
    answered = {one.path for one in planned(root)}

    # Where a text keeps its id, what was its address leads on by itself.
    kept = {address for address in addresses if f"{address[1:]}index.html" in answered}
    assert 300 == len(addresses) * len(KINDS)
    assert {"another_slug"} == {addresses[address] for address in kept}
    assert [] == [(address, how) for address, how in addresses.items() if (f"{address} " in told) == (address in kept)]


def test_nothing_is_told_of_addresses_that_all_answer(promised):
    """A check that always complains is switched off."""
    assert [] == lost(promised)


def test_an_alias_leads_on_without_script(promised, tmp_path):
    """Old telephones and careful people run none; and what a host would do with a header, ours cannot count on."""
    root = tmp_path / "hub"
    shutil.copytree(
        promised, root, ignore=lambda _, names: [one for one in names if one.endswith(".md") and not one.endswith(("-1-0.md", "-2-0.md"))]
    )
    (root / "addresses.lock").unlink()
    moved = {}
    for kind, (folder, words, _) in KINDS.items():
        for way in (renamed, another_slug):
            (name, *_) = names_of(kind, way)
            file = root / folder / f"{name}.md"
            _front(file, f"aliases: [/{words}{name}/]")
            way(file)
            new = f"{name}-{'autre' if way is renamed else 'neuf'}"
            moved[f"{words}{name}/index.html"] = f"https://essai.example/{words}{new}/"

    build(replace(options(root), records=False))

    for old, new in moved.items():
        page = (root / "public" / old).read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{new}">' in page
        place = new.removeprefix("https://essai.example")
        refresh = re.search(r'<meta http-equiv="refresh" content="0; ?url=([^"]+)">', page)
        assert refresh, old
        assert refresh[1] in (place, new)
        assert re.search(f'<a [^>]*href="{refresh[1]}"', page)
        assert (root / "public" / place[1:] / "index.html").is_file()
    assert 12 == len(moved)
