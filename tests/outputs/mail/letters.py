"""Letters to test with: a small one, to be changed at will."""

from dataclasses import replace
from pathlib import Path

from tests.hubs import VILLAGE

from handbill.outputs.mail.record import TOKEN, Letter, Part, Prose
from handbill.outputs.mail.template import Frames, frames
from handbill.outputs.theme import engine_theme
from handbill.outputs.tokens import colours, read_tokens
from handbill.outputs.views import Card, Image, Left, When
from handbill.outputs.words import Words, words_for
from handbill.settings import read_settings

BASE = "https://essai.example/"
COLOURS = colours(read_tokens(replace(read_settings(VILLAGE), accent="#b5451f", accent_dark="#f08a5d"))[0])

LETTER = Letter(
    lang="fr",
    community="Le village",
    base=BASE,
    home=BASE,
    key="main",
    name="La lettre du village",
    number=12,
    subject="En mai, on répare dehors",
    preheader="Trois ateliers, un concours",
    title="En mai, on répare dehors",
    published="2026-05-07T18:00:00+02:00",
    address=f"{BASE}newsletters/mai/",
    content=(Prose('<p>Bonjour <a href="https://ailleurs.example/">à vous</a>.</p>', "Bonjour à vous ⟨https://ailleurs.example/⟩."),),
    archive=f"{BASE}newsletters/",
    help=f"{BASE}feeds/",
    subscribe="https://lettre.essai.example/inscription",
    unsubscribe=f"https://lettre.essai.example/adieu/{TOKEN}",
    sender="Le village <lettre@essai.example>",
    reply_to="bonjour@essai.example",
    postal_address="1 place du Puits, 00000 Village",
    host="essai.example",
    colours=COLOURS,
)

WHEN = When(
    starts="2026-05-09T14:00:00+02:00", ends="2026-05-09T18:00:00+02:00", all_day=False, zone="", status="confirmed",
    note="", was=(), is_past=False, is_on=False, repeats=False,
)  # fmt: skip

LEFT = Left("2026-05-01T00:00:00+02:00", "2026-05-20T00:00:00+02:00", 12)

CARD = Card(
    kind="event", title="Samedi réparation", address=f"{BASE}events/samedi/", lang="fr", summary="Venez.",
    published="2026-04-01T00:00:00+02:00", updated="", picture=None, tags=(), people=(), state="upcoming", when=WHEN,
    place="Grange, Village", left=None, number=None, minutes=1,
)  # fmt: skip

CONTEST = replace(
    CARD, kind="contest", title="Photo du puits", address=f"{BASE}contests/photo/", state="open", when=None, place="", left=LEFT
)  # fmt: skip

POST = replace(
    CARD, kind="post", title="Le puits", address=f"{BASE}posts/puits/", state="", when=None, place="",
    picture=Image(f"{BASE}media/puits.png", "Le puits", 1200, 800),
)  # fmt: skip


def letter(*cards: Card, part: str = "events", **changes: object) -> Letter:
    """Return the letter with these changes, and the cards in one automatic section.

    ``body`` and ``text`` are its hand-written part, as HTML and as lines; ``parts`` what follows it.
    """
    (plain,) = LETTER.prose
    prose = Prose(str(changes.pop("body", plain.html)), str(changes.pop("text", plain.text)))
    parts = changes.pop("parts", (Part(part, cards),) if cards else ())
    changes.setdefault("content", (*((prose,) if prose.html else ()), *parts))  # type: ignore[misc]
    return replace(LETTER, **changes)  # type: ignore[arg-type]


def card(**changes: object) -> Card:
    """Return the event's card with these changes; those that ``When`` has are made there."""
    own = {name: changes.pop(name) for name in tuple(changes) if name in When.__slots__}
    return replace(CARD, when=replace(WHEN, **own), **changes)  # type: ignore[arg-type]


def theme_files() -> dict[str, str]:
    """Return the templates of letters that come with the program."""
    return {file.name: file.read_text(encoding="utf-8") for file in sorted((engine_theme() / "mail").iterdir())}


def templates(**changes: str) -> Frames:
    """Return the templates of letters, some with another content; ``letter_mjml`` names letter.mjml."""
    return frames(theme_files() | {name.replace("_", "."): content for name, content in changes.items()})


def french() -> Words:
    """Return the words of French letters."""
    return words_for("fr", (Path(engine_theme()) / "locale" / "fr.po",))
