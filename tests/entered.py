"""Announced contests with entries by pull request, and archives with what should not be there: recipes for tables of faulty hubs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

GOOD = "entered: 2026-06-12 18:30\nconsent: true\nrules: 1\n"

_LEGAL = """\
director = "Inès C."
phone = "05 36 49 12 34"
host = "Hébergeur d’exemple"
host_address = "1 chemin des Serveurs, 33000 Bordeaux"
host_phone = "05 36 49 56 78"
"""


def _entered(text: str) -> Callable[[Path], None]:
    """Return what announces a contest around a file of its archive, and writes the file."""

    def make(file: Path) -> None:
        from tests.hubs import options
        from tests.rules.sample import DRAW, a_hub

        from handbill.contests.announcing import announce

        archive = file.parents[1]
        root = file.parents[5]
        # An archive without its record would be a fault of its own.
        shutil.rmtree(archive)
        a_hub(root, {**DRAW, "entry": "pull_request"})
        # What the law asks of a whole site is no matter of contests.
        settings = root / "hub.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("publisher = ", f"{_LEGAL}publisher = "), encoding="utf-8")
        announce(archive.name, options(root, "2026-05-14 10:00", no_cache=True))
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return make


RECIPES: dict[str, Callable[[Path], None]] = {
    "entry": _entered(GOOD),
    "entry-without-consent": _entered(GOOD.replace("true", "false")),
    "entry-too-late": _entered(GOOD.replace("06-12", "07-12")),
    "entry-by-other-rules": _entered(GOOD.replace("rules: 1", "rules: 2")),
    "entry-with-an-address": _entered(GOOD + "work: camille.roux@gmail.com\n"),
    "entry-list": _entered("email\ncamille.roux@gmail.com\n"),
}
