"""Whole texts of contests, one for each way to find winners, of which rules can be made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.hubs import load_village, text, write

from handbill.rules.edition import Edition

HUB = """[hub]
name = "Atelier d’essai"
base_url = "https://essai.example/"
lang = "fr"
languages = ["fr", "en"]
timezone = "Europe/Paris"
repository = "https://forge.example/essai/site"
forge = "forgejo"

[legal]
country = "FR"
publisher = "Association d’essai"
form = "association loi de 1901"
registration = "RNA W000000000"
address = "1 rue de l’Essai, 33000 Bordeaux"
contact = "bonjour@essai.example"
rights = "donnees@essai.example"

[legal.en]
form = "non-profit association under French law"
"""

DRAW: dict[str, str] = {
    "title": '"Été photo : l’objet réparé"',
    "mechanism": "draw",
    "opens": "2026-06-01 09:00",
    "closes": "2026-06-30",
    "freeze": "2026-07-01 18:00",
    "draw": "2026-07-03 18:00",
    "results": "2026-07-04",
    "claim": "2026-07-31",
    "organiser": "Association d’essai",
    "enter": "Envoyez une photo de ce que vous avez réparé.",
    "enter_url": "https://formulaire.example/photo_2026",
    "eligibility": "Toute personne majeure.",
    "prizes": "\n  - {name: Un jeu de ciseaux à bois, quantity: 1, unit_value: 45}\n  - {name: Une année d’outilthèque, quantity: 3, unit_value: 30.50, delivery: Remis à l’atelier}",
    "privacy": "\n  purpose: Organiser le concours et remettre les lots\n  basis: Exécution du règlement",
}
JURY: dict[str, str] = {
    **{key: value for key, value in DRAW.items() if key != "draw"},
    "mechanism": "jury",
    "judging": "\n  jurors: [Inès Carrère, Hugo Lassalle, Théo Vidalie]\n  criteria:\n    - {name: L’histoire, weight: 0.5, scale: 10}\n    - {name: Le geste, weight: 0.5, scale: 20}",
    "image_rights": "Vous restez l’auteur ; nous pouvons montrer la photo ici.",
}
QUIZ: dict[str, str] = {
    **{key: value for key, value in DRAW.items() if key != "draw"},
    "mechanism": "quiz",
    "quiz": f"\n  questions: 10\n  answers: {'0a' * 32}\n  tiebreak: Combien de vis dans le bocal ?",
}
LOTTERY: dict[str, str] = {
    **DRAW,
    "randomness": "\n  algorithm: rfc3797\n  sources:\n    - {name: Loto du samedi 4 juillet 2026, count: 5, most: 49}\n    - {name: EuroMillions du mardi 7 juillet 2026, count: 5, most: 50}",
}
MECHANISMS = {
    "draw": DRAW,
    "jury": JURY,
    "jury+vote": {**JURY, "mechanism": "jury+vote"},
    "quiz": QUIZ,
    "quiz+draw": {**QUIZ, "mechanism": "quiz+draw", "draw": DRAW["draw"]},
    "rfc3797": LOTTERY,
}

#: The same contest in English.
ENGLISH = {
    "title": "Summer photo",
    "enter": "Send a photo of what you mended.",
    "eligibility": "Anyone of age.",
    "prizes": "\n  - {name: A set of wood chisels, quantity: 1, unit_value: 45}\n  - {name: A year of the tool library, quantity: 3, unit_value: 30.50, delivery: Handed over at the workshop}",
    "privacy": "\n  purpose: To run the contest and hand over the prizes\n  basis: Performance of the rules",
}


def a_hub(root: Path, fronts: dict[str, str], *, english: bool = False, **more: str) -> Path:
    """Write a hub with one contest, ``ete-photo``, and in English too where that is asked."""
    files: dict[str, str | bytes] = {"hub.toml": HUB, "content/contests/ete-photo.md": text(**{**fronts, **more})}
    if english:
        files["content/contests/ete-photo.en.md"] = text(**{**fronts, **more, **ENGLISH})
    return write(root, files)


def load(root: Path, as_of: str = "2026-05-14 10:00") -> tuple[Any, Any]:
    """Return the contest's text in French, and the settings; a text with problems would test something else."""
    loaded, settings = load_village(as_of, root)
    assert [] == [str(one) for one in loaded.problems if one.level.name == "ERROR"]
    return next(one for one in loaded.hub.items if one.lang == "fr"), settings


def an_edition(version: int = 1, round_: int = 30097012) -> Edition:
    """Return an edition of the contest ``ete-photo``; without a round, numbers of public drawings decide."""
    page = "https://essai.example/contests/ete-photo/"
    return Edition(version, "2026-05-14T08:00:00Z", page, page, "ab" * 32, "52db" * 16, round_, "2026-07-03T16:00:00Z" if round_ else "")
