"""The records of lists as tests ask for them: by address, with the titles that they show."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.outputs.cards import Cards
from handbill.outputs.lists import lists

EVENT = {"organisers": "[X]", "venue": "{name: Salle}"}
CONTEST = {"mechanism": "jury", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}


def pages(root=None, as_of="2026-03-20 12:00", lang="fr", **changes):
    """Return the record of each list by its address."""
    loaded, settings = load_village(as_of, root, **changes)
    found = list(lists(loaded.hub, settings, lang, Cards(loaded.hub, settings, lang), str))
    assert len({one.address for one in found}) == len(found)
    return {one.address: one.view for one in found}


def many(folder, count, lang=""):
    """Return a hub of posts, the first of them the newest."""
    files = {
        f"content/posts/p{number:02}{lang}.md": text(title=f"P{number:02}", date=f"2026-01-{31 - number:02}") for number in range(count)
    }
    return write(folder, files)


def titles(groups):
    return [(group.heading, [card.title for card in group.cards]) for group in groups]
