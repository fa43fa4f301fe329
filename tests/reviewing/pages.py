"""A review made by hand: every sort of change once, texts that mean harm, and the published files of both states."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image

from handbill.errors import Level, Problem
from handbill.reviewing.record import (
    AddressChange,
    DateChange,
    Detail,
    DomainChange,
    FeedChange,
    FileChange,
    Found,
    Hidden,
    LetterChange,
    PageChange,
    PersonChange,
    PictureChange,
    Review,
    Run,
    Sizes,
    SourceChange,
    State,
    ThirdParty,
)

BASE = "https://village.example/hub/"

#: A text that does something wherever it is taken for markup, and hides a word.
HOSTILE = "</title></iframe><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202eabc\u200b"

STYLE = "@import 'more.css'; body { background: url(../media/paper.png) } p::after { content: '</style><script>alert(2)</script>' }"


def picture(colour: str = "red", form: str = "PNG") -> bytes:
    """Return a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(buffer, form)
    return buffer.getvalue()


#: What is published beside the pages, in both states.
FILES = {
    "theme/hub.css": STYLE.encode(),
    "theme/more.css": b"p { color: green } @font-face { font-family: x; src: url(https://elsewhere.example/x.woff2) }",
    "media/paper.png": picture(),
    "media/pot.png": picture("blue"),
    "media/pot.png.400.webp": picture("blue", "WEBP"),
    "media/pot.png.1200.webp": picture("navy", "WEBP"),
}


def asset(which: str, path: str) -> bytes | None:
    """Return a published file; the picture of the well is another one after than before."""
    if path == "media/well.png":
        return picture("black" if which == "before" else "white")
    return FILES.get(path)


def html(body: str = "<p>Un pot.</p>", head: str = "") -> bytes:
    """Return a page as the theme writes it."""
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8"><title>Pot</title>\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\n"
        f'<script src="/hub/theme/shell.js"></script>\n<link rel="stylesheet" href="/hub/theme/hub.css">\n{head}</head>\n'
        f'<body class="post">\n{body}\n</body>\n</html>\n'
    ).encode()


def change(address: str = "/posts/pot/", **more: object) -> PageChange:
    """Return a page in which one word is another."""
    given = {
        "how": "changed",
        "title": "Le pot",
        "lang": "fr",
        "sources": ("content/posts/pot.md",),
        "words": (Run("same", "Un"), Run("gone", "pot."), Run("new", "seau.")),
        "before": html(),
        "after": html("<p>Un seau.</p>"),
        **more,
    }
    return PageChange(address, **given)  # type: ignore[arg-type]


def letter(**more: object) -> LetterChange:
    """Return a letter in which one word is another."""
    given = {
        "how": "changed",
        "subject": "Avril au village",
        "preheader": "Le puits et la fête",
        "lang": "fr",
        "state": "due",
        "sent": "2026-04-09T18:00:00+02:00",
        "source": "newsletters/3.md",
        "bytes_html": 12_000,
        "bytes_wire": 20_000,
        "words": (Run("same", "Le puits est"), Run("gone", "sec."), Run("new", "plein.")),
        "headers": (Detail("Subject", "Mars", "Avril au village"),),
        "forms": {"mail.html": html("<h1>Avril</h1><p>plein</p>"), "mail.txt": b"Avril\n\nplein\n"},
        "former": {"mail.html": html("<h1>Avril</h1><p>sec</p>"), "mail.txt": b"Avril\n\nsec\n"},
        **more,
    }
    return LetterChange("3", **given)  # type: ignore[arg-type]


EMPTY = Review(State("main", "a" * 40), State("seau", "b" * 40), "2026-03-20T12:00:00+01:00", "fr", "Le village", BASE)

FULL = replace(
    EMPTY,
    pages=(
        change(),
        change("/posts/neuf/", how="added", title="Un seau neuf", before=None, words=(Run("new", "Il est\nneuf."),)),
        change("/posts/vieux/", how="removed", title="Un vieux pot", after=None, words=(Run("gone", "Il fuit."),)),
        change("/posts/x/", title=HOSTILE, words=(Run("new", HOSTILE),), after=html(f"<p>{HOSTILE}</p>")),
        change("/", title="Accueil", is_own=False),
        change("/tags/eau/", title="Eau", is_own=False),
        change("/posts/", title="Articles", is_own=False, words=(), marks=("link", "head")),
    ),
    files=(FileChange("media/well.png", "changed", 900, 1_900),),
    feeds=(
        FeedChange("1", "added", "Un seau neuf", "/posts/neuf/", ("feeds/all.atom.xml",)),
        FeedChange("2", "changed", "Le pot", "/posts/pot/", ("feeds/all.atom.xml",), is_told=False, words=(Run("new", "seau"),)),
        FeedChange("3", "removed", "Un vieux pot", "/posts/vieux/", ("feeds/all.atom.xml",)),
    ),
    dates=(
        DateChange("a", "changed", "La fête du puits", "2026-05-02T14:00:00+02:00", ("calendars/all.ics",), (Detail("place", "", "le puits"),), 2),
        DateChange("b", "changed", "La veillée", "2026-05-03", ("calendars/all.ics",), is_cancelled=True),
        DateChange("c", "removed", "Le tour", "2026-05-04", ("calendars/all.ics",)),
    ),
    letters=(letter(),),
    addresses=(AddressChange("/posts/vieux/", "removed"), AddressChange("/posts/neuf/", "added")),
    people=(PersonChange("Ada", "added", ("content/posts/neuf.md",)),),
    domains=(DomainChange("bit.ly", "added", ("https://bit.ly/x",), ("content/posts/neuf.md",), marks=("shortener",)),),
    pictures=(PictureChange("content/well.png", "changed", "Un puits", 8, 8, 1_900, details=(Detail("picture", "", ""),)),),
    third_parties=(ThirdParty("iframe", "added", "https://elsewhere.example", ("theme/templates/post.html",)),),
    sources=(SourceChange("content/posts/pot.md", "changed", "content", lines_new=1, lines_gone=1), SourceChange(".github/workflows/ci.yml", "changed", "workflow")),
    problems=(
        Found(Problem("content/posts/neuf.md", 3, 1, "titel", "an unknown field", "perhaps “title”", "HB202", Level.WARNING), True),
        Found(Problem("content/posts/pot.md", 1, 1, "", "an old slip", "none", "HB101", Level.WARNING), False),
    ),
    hidden=(Hidden("content/posts/brouillon.md", "Un brouillon", "draft"),),
    sizes=Sizes((100, 102), (40, 41), (1_000, 2_100)),
)  # fmt: skip
