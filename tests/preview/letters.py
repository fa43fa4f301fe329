"""A letter that was never read from a file, for the tests of the pages on which letters are proofed."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from tests.outputs.mail.letters import letter

from handbill.composing.choices import Choice, Chosen
from handbill.composing.leading import Leading
from handbill.composing.standings import Standing
from handbill.errors import Level, Problem, said
from handbill.outputs.mail.weight import Block, Weight
from handbill.outputs.words import words_for
from handbill.preview.sheets import Sheet

SENT = datetime(2026, 4, 9, 18, tzinfo=ZoneInfo("Europe/Paris"))


def seen(**changes):
    """Return what is known of a letter, without reading or rendering anything."""
    given = {
        "name": "3",
        "source": "newsletters/3.md",
        "state": "scheduled",
        "letter": letter(),
        "sent": SENT,
        "forms": {"mail.html": b"<html><head></head><body>x</body></html>", "mail.txt": b"Bonjour <b>\n", "mail.eml": b"Subject: x\n"},
        "weight": Weight(32_000, 36_000),
        "blocks": (Block("events", "", 4_000), Block("", "Le tour de main", 600), Block("", "", 300), Block("", "", 200)),
        "choices": (
            Choice(
                "events", "Ce mois-ci", "list", 3, 0, said("contests open on {day}", day="x"),
                (Chosen("La fête & le bal", "events/fete.md", "/events/fete/", "2026-04-18T14:00:00+02:00", is_pinned=True),), left_out=2, excluded=1,
            ),
            Choice("posts", "", "cards", 12, 1, said("named by hand"), ()),
        ),
        "leadings": (
            Leading("Venez", "https://hub.example/events/fete/", said("a page of the hub"), "hub", 2),
            Leading("", "https://hub.example/rien/", said("nowhere: no page of the hub has this address"), "lost", 1),
        ),
        "problems": (Problem("newsletters/3.md", 4, 1, "subject", "a <b> in it", "none", "HB427", Level.WARNING),),
        "elsewhere": 0,
        "base": "https://hub.example/",
    }  # fmt: skip
    return SimpleNamespace(**{**given, **changes})


def standing(name, number, letter="main", lang="fr", **changes):
    """Return how a number of a letter stands."""
    given = {
        "name": name, "letter": letter, "number": number, "lang": lang, "subject": f"Numéro {number}", "sent": SENT, "state": "due",
        "weight": Weight(20_000, 22_000), "source": f"newsletters/{name}.md", "address": f"/newsletters/{name}/", "problems": (),
    }  # fmt: skip
    return Standing(**{**given, **changes})


def sheet(lang="en", home="/"):
    """Return what writes pages for an editor of that language."""
    return Sheet(words_for(lang, ()), home)
