"""Three small hubs that have one of everything between them: the ground on which sequences of edits are tried."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.hubs import VILLAGE, text, write

KEPT = VILLAGE.parent / "kept"

#: The moment at which each hub is built first.
FIRST = {"village": "2026-03-20 12:00", "kept": "2026-04-10 12:00", "contest": "2026-06-02 12:00"}

#: Moments to go to, forwards or back: days, hours at which something begins or ends, and years.
LATER = {
    "village": ("2026-03-20 12:00:01", "2026-03-20 18:00", "2026-03-21", "2026-03-28 23:59", "2026-04-01", "2026-04-02 18:00", "2026-04-11 15:00",
                "2026-04-12 01:00", "2026-05-01", "2026-06-13", "2027-01-01", "2025-12-31 23:59:59"),
    "kept": ("2026-04-10 12:01", "2026-04-11", "2026-05-01", "2026-04-01", "2027-01-01"),
    "contest": ("2026-06-02 12:01", "2026-06-30", "2026-07-01", "2026-07-01 18:00", "2026-07-03 18:00", "2026-07-04", "2026-08-01", "2026-05-31"),
}  # fmt: skip

_MORE: dict[str, str | bytes] = {
    "content/places/grange.md": text("Une grange.", title="Grange", date="").replace("date: \n", ""),
    "content/posts/serie-1.md": text("Premier. Voir [le deuxième](serie-2.md).", title="Portrait 1", date="2026-01-10", series="Portraits", tags="[Eau]", authors="[ada]"),
    "content/posts/serie-2.md": text("Deuxième, [chez nous](../pages/a-propos.md).\n\n![Dehors](../pictures/dehors.png)", title="Portrait 2", date="2026-02-10", series="Portraits", tags="[pierre, bois]"),
    "content/posts/serie-3.md": text("Troisième.", title="Portrait 3", date="2026-04-01 10:00", series="Portraits", tags="[Eau, neige]", aliases="[/neige/]"),
    "content/posts/serie-3.en.md": text("Third.", title="Portrait three", date="2026-04-01 10:00", slug="portrait-three", tags="[Eau]"),
    "content/pages/a-propos.en.md": text("This village is made up.", title="About", date="2026-01-02", slug="about", menu="header"),
    "events/2026/fete.en.md": text("Music and buckets.", title="Fair of the well", slug="fair", date="2026-02-01", starts="2026-04-11 14:00", ends="2026-04-12 01:00", organisers="[ada]", venue="{name: Place du Puits, city: Village}", tags="[Eau]"),
    "events/2026/chorale.md": text("On chante.", title="Chorale", date="2026-01-03", starts="2026-01-08 19:00", ends="2026-01-08 21:00", organisers="[ada]", venue="grange", recurrence="{rule: FREQ=WEEKLY}", tags="[chant]"),
    "events/2026/lecture.md": text("On lit.", title="Lecture", date="2026-03-25 08:00", starts="2026-04-20 19:00", organisers="[tom]", venue="grange"),
    "newsletters/2026-04.md": "---\nnumber: 3\nsubject: Avril au village\ndate: 2026-04-05 18:00\ndraft: true\nsections: [posts, events]\n---\n\nBientôt.\n",
    "theme/templates/page.html": '{% extends "!theme/page.html" %}\n',
    "theme/static/notre.css": "p { margin: 0 }\n",
    "theme/locale/fr.po": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Events"\nmsgstr "Rendez-vous"\n',
}  # fmt: skip

_HANDBOOK: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: Notre manuel\ntheme:\n  name: material\n  font: false\n",
    "handbook/index.md": "# Accueil\n\nVoir [la suite](suite.md).\n",
    "handbook/suite.md": "# Suite\n\nRien.\n",
}


def make(name: str, root: Path, cards: bool = False, handbook: bool = False) -> None:
    """Write the hub of that name into the folder *root*; *cards* are the pictures of shared links."""
    if name == "contest":
        _contest(root)
    else:
        shutil.copytree(VILLAGE if name == "village" else KEPT, root, ignore=shutil.ignore_patterns("expected", ".handbill", "public"))
    if name == "village":
        write(root, {**_MORE, "content/pictures/dehors.png": (root / "content/pictures/puits.png").read_bytes()})
    if handbook:
        write(root, _HANDBOOK)
    if not cards:
        settings = root / "hub.toml"
        whole = settings.read_text(encoding="utf-8")
        whole = whole.replace("[look]\n", "[look]\ncards = false\n") if "[look]\n" in whole else f"{whole}\n[look]\ncards = false\n"
        settings.write_text(whole, encoding="utf-8")


def _contest(root: Path) -> None:
    from tests.hubs import options
    from tests.rules.sample import DRAW, a_hub

    from handbill.contests.announcing import announce

    a_hub(root, {**DRAW, "entry": "pull_request"})
    announce(next((root / "content/contests").glob("*.md")).stem, options(root, "2026-05-14 10:00", no_cache=True))
    shutil.rmtree(root / ".handbill", ignore_errors=True)
    write(root, {"content/posts/annonce.md": text("On joue.", date="2026-05-15", tags="[jeu]")})
