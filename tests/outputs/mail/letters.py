"""Letters to test with: a small one, to be changed at will."""

from dataclasses import replace
from pathlib import Path

from tests.hubs import VILLAGE

from handbill.outputs.mail.record import TOKEN, Letter, Part, Prose
from handbill.outputs.mail.template import Frames, frames
from handbill.outputs.theme import engine_theme
from handbill.outputs.tokens import colours, read_tokens
from handbill.outputs.views import Card, Image, Left, To, When
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


PERSON = replace(
    POST, kind="person", title="Odile", address=f"{BASE}people/odile/", summary="Elle ravaude.", roles=("couture",),
    picture=Image(f"{BASE}media/odile.png", "Odile", 400, 400),
)  # fmt: skip

SPONSOR = replace(
    POST, kind="sponsor", title="Menuiserie du Quai", address="https://quai.example/", summary="Des chutes le vendredi.", published="",
    picture=Image(f"{BASE}media/quai.png", "Un rabot", 240, 160),
)  # fmt: skip

#: Whatever an editor can write by hand that looks like something of its own.
SHOWN = """<p>Bonjour, <em>voici</em> <strong>tout</strong> <a href="https://ailleurs.example/">ce qui existe</a><sup><a href="#fn-1">1</a></sup>.</p>
<p><strong><a href="https://essai.example/events/samedi/">Je viens</a></strong></p>
<h2>Un titre</h2>
<ul><li>un</li><li>deux<ul><li>trois</li></ul></li></ul>
<ol><li>un</li></ol>
<h3>Plus petit</h3>
<p><img src="https://essai.example/media/puits.png" alt="Le puits au printemps" title="Le puits, en mai." width="1200" height="800"></p>
<blockquote><p>Il y a toujours de l’eau.</p><p>— Odile, du village</p></blockquote>
<div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title">À noter</p><p>La grange est fermée lundi.</p></div>
<table><thead><tr><th>Outil</th><th class="align-right">Prix</th></tr></thead><tbody><tr><td>Scie</td><td class="align-right">2 €</td></tr></tbody></table>
<pre><code>a = 1
b = 2
</code></pre>
<hr>
<p>Avec <code>du code</code>, <kbd>Entrée</kbd> et <small>du petit</small>.</p>
<details><summary>Plus</summary><p>Caché</p></details>
<section class="footnotes"><ol><li id="fn-1"><p>Une note.</p></li></ol></section>"""


def showcase(**changes: object) -> Letter:
    """Return a letter with every component in every layout and state."""
    well = Image(f"{BASE}media/puits.png", "Le puits", 1200, 800)
    access = (("step_free_entrance", "yes"), ("adapted_toilet", "yes"), ("hearing_loop", "no"))
    ways = {"access": access, "calendar": f"{BASE}events/samedi/event.ics"}
    large = card(title="La fête du village", picture=well, takes="open", **ways)
    states = (
        card(title="Foire", status="cancelled", note="La salle est inondée."),
        card(title="Marché", status="postponed", note="En juin."),
        card(title="Balade", status="rescheduled", awaited=("2026-05-02T14:00:00+02:00",)),
        card(title="Cours", status="moved_online", place=""),
        card(title="Visite", status="tentative", all_day=True, starts="2026-05-09", ends="2026-05-10"),
        card(title="Concert", state="ongoing", **ways),
        card(title="Atelier", signup="full", takes="full", also=(WHEN,)),
        card(title="Open evening", lang="en"),
        CONTEST,
        replace(CONTEST, title="Nichoir", state="announced"),
        replace(CONTEST, title="Affiche", state="published"),
    )
    issue = replace(POST, kind="issue", title="En avril", number=11, summary="La foire est à 14 h.", picture=None)
    report = replace(POST, title="Bilan", came=31)
    content = (
        Prose(SHOWN, "Bonjour."),
        Part("changes", states[:4]),
        Part("events", (large,), "Le rendez-vous du mois", "headline"),
        Part("events", states),
        Part("events", states, "En bref", "list"),
        Part("contests", (CONTEST, replace(POST, picture=None)), layout="headline"),
        Part("recaps", (report,)),
        Part("recaps", (report,), layout="list"),
        Part("posts", (POST, replace(POST, picture=None))),
        Part("corrections", (issue,)),
        Part("people", (PERSON,)),
        Part("people", (PERSON,), layout="list"),
        Part("sponsor", (SPONSOR,)),
        Part("sponsor", (replace(SPONSOR, picture=None, address="", summary=""),), "Notre voisin"),
    )
    return replace(LETTER, **{"content": content, "others": (To("en", f"{BASE}en/newsletters/mai/"),), **changes})  # type: ignore[arg-type]


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
