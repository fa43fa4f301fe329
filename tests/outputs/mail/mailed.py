"""The mails that are looked at: every letter of the demo and the village, and one with all there is, in three languages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.hubs import VILLAGE, moment
from tests.outputs.mail.letters import showcase, templates

ROOT = Path(__file__).resolve().parents[3]

#: The hubs, and the moments at which they have all their states.
HUBS = {
    "demo": (ROOT, "2026-11-21 12:00"),
    "village": (VILLAGE, "2026-03-20 12:00"),
    "states": (ROOT / "tests/browser/states", "2026-05-15 12:00"),
}

#: Of the letter with all there is; one of them is written from right to left.
LANGUAGES = ("fr", "en", "ar")


@cache
def mails() -> dict[str, str]:
    """Return the HTML of each mail by a name for it; those that wait for their day are among them."""
    from handbill.checking.mails import mailings_of
    from handbill.outputs import letters
    from handbill.outputs.mail.compose import html_of
    from handbill.outputs.theme import Theme
    from handbill.outputs.words import words_for
    from handbill.reading.load import load
    from handbill.settings import read_settings

    found = {}
    for name, (root, then) in HUBS.items():
        settings = read_settings(root)
        # Letters that are frozen are made anew, as the theme of today would make them.
        hub = replace(load(settings, moment(then), None).hub, frozen={})
        make = letters.maker(settings)
        for one in mailings_of(list(letters.plan(hub, settings)), hub, settings):
            found[f"{name}/{one.item.source}"] = make(one.letter)
    for lang in LANGUAGES:
        found[f"showcase/{lang}"] = html_of(showcase(lang=lang), templates(), words_for(lang, Theme(ROOT).locale(lang)))
    return found


def faces() -> dict[str, str]:
    """Return the mails that show all there is to be seen: of the demo, the heaviest letter of each sort."""
    heaviest = sorted((name for name in mails() if name.startswith("demo/")), key=lambda name: len(mails()[name]))
    kept = {next(name for name in reversed(heaviest) if ("agenda" in name) == is_agenda) for is_agenda in (True, False)}
    return {name: html for name, html in mails().items() if name in kept or not name.startswith("demo/")}


def excepted(heading: str) -> list[str]:
    """Return the first column of the table under a heading of the page on exceptions."""
    page = (ROOT / "handbook/reference/mails.md").read_text(encoding="utf-8")
    part = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \|", part, re.MULTILINE)
    assert rows[1:2] == ["---"], heading
    return rows[2:]
