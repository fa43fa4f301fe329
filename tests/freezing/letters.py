"""A small hub with a letter to freeze, in two languages, for tests."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from tests.hubs import options, text, write
from tests.photos import png

from handbill.freezing.freeze import Outcome, freeze

HUB = """\
[hub]
name = "Essai"
base_url = "https://essai.example/sous/"
lang = "fr"
languages = ["fr", "en"]
[mail]
sender = "Essai <lettre@essai.example>"
unsubscribe = "https://essai.example/sous/adieu/{token}"
postal_address = "1 rue du Puits, 33000 Bordeaux"
[letters.main]
name = "La lettre"
[letters.agenda]
name = "L’agenda"
"""

FAIR = text(
    "Venez.", starts="2026-04-11 14:00", ends="2026-04-11 18:00", mode="online", organisers="[ada]", title="La fête", date="2026-03-01"
)

BODY = "Bonjour, voici [la fête](../events/fete.md#top).\n\n![Le puits](../content/pictures/puits.png)".replace("#top", "")


def issue(body: str = BODY, number: int = 1, **front: str) -> str:
    """Return the text of a letter."""
    return text(
        body,
        **{
            "title": f"Lettre {number}",
            "number": str(number),
            "subject": f"Lettre {number}",
            "preheader": "Ce qui vient",
            "date": "2026-03-12 18:00",
            **front,
        },
    )


def hub(root: Path, **more: str | bytes) -> Path:
    """Write a hub with the first letter in French and English, the second in French, and a letter of another list."""
    return write(root, {
        "hub.toml": HUB,
        "content/people/ada.md": "---\ntitle: Ada\n---\n",
        "content/pictures/puits.png": png(width=64, height=48),
        "events/fete.md": FAIR,
        "newsletters/2026-03.md": issue(),
        "newsletters/2026-03.en.md": issue("Hello.\n\n![The well](../content/pictures/puits.png)"),
        "newsletters/2026-04.md": issue("Avril.", number=2, date="2026-04-02 18:00"),
        "newsletters/agenda-mars.md": issue("Dates.", letter="agenda"),
        **more,
    })  # fmt: skip


def frozen(root: Path, name: str, as_of: str = "2026-03-20 12:00", lang: str = "", **more: bool) -> tuple[Outcome, ...]:
    """Freeze a letter of a hub."""
    return freeze(name, lang, options(root, as_of), nullcontext, **more)


def edit(root: Path, source: str, old: str, new: str) -> None:
    """Change a text of a hub."""
    file = root / source
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8", newline="\n")
