"""Reviews as they might be: a small one, one with something of everything, one that cannot be published, one that changes nothing."""

from __future__ import annotations

from dataclasses import replace

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
    SourceChange,
    State,
    ThirdParty,
    TrustChange,
)

COMMIT = "0123456789abcdef0123456789abcdef01234567"
POST, EVENT = "content/posts/2026-05-01-bocal.md", "events/2026/fete.md"

SILENT = Review(
    State("main", "f" * 40), State("HEAD", COMMIT), "2026-05-01T12:00:00+02:00", "fr", "Atelier Garonne", "https://atelier.example/",
    sources=(SourceChange("content/posts/brouillon.md", "changed", "content", lines_new=1, lines_gone=1),),
)  # fmt: skip

SMALL = replace(
    SILENT,
    pages=(
        PageChange(
            "/posts/bocal/", "changed", "Éloge du bocal à vis", "fr", "post", (POST,),
            words=(Run("same", "L’atelier ouvre"), Run("gone", "samedi"), Run("new", "dimanche"), Run("same", "à 14 h, dans la cour.")),
        ),
    ),
    feeds=(FeedChange("tag:a", "changed", "Éloge du bocal à vis", "/posts/bocal/", ("/feeds/all.json",), is_told=False),),
    sources=(SourceChange(POST, "changed", "content", lines_new=1, lines_gone=1),),
)  # fmt: skip

FULL = replace(
    SMALL,
    pages=(
        *SMALL.pages,
        PageChange("/events/fete/", "added", "Fête du fleuve", "fr", "event", (EVENT,)),
        PageChange("/posts/plus-tard/", "added", "Plus tard", "fr", "post", ("content/posts/plus-tard.md",), since="2026-06-01T08:00:00+02:00"),
        PageChange("/posts/vis/", "changed", "La vis", "fr", "post", ("content/posts/vis.md",), marks=("link", "picture"), former="/posts/la-vis/"),
        *(
            PageChange(f"/tags/{name}/", "changed", name, "fr", is_own=False, words=(Run("gone", "3"), Run("new", "4"), Run("same", "éléments")))
            for name in ("bois", "couture", "vélo")
        ),
        PageChange("/ancienne/", "removed", "Ancienne page", "fr", "page", ("content/pages/ancienne.md",)),
    ),
    feeds=(*SMALL.feeds, FeedChange("tag:b", "added", "Fête du fleuve", "/events/fete/", ("/feeds/all.json", "/feeds/events.json"))),
    dates=(
        DateChange("a@x", "added", "Fête du fleuve", "2026-06-13T15:00:00+02:00", ("/calendars/all.ics",)),
        DateChange(
            "b@x", "changed", "Assemblée générale", "2026-06-20T10:00:00+02:00", ("/calendars/all.ics",),
            (Detail("start", "2026-06-20T10:00:00+02:00", "2026-06-20T11:00:00+02:00"), Detail("place", "La cour", "Le hangar")), 2,
        ),
        DateChange("c@x", "changed", "Bourse aux vis", "2026-06-21", ("/calendars/all.ics",), sequence=3, is_cancelled=True),
        DateChange("d@x", "removed", "Troc", "2026-06-22", ("/calendars/all.ics",)),
    ),
    letters=(
        LetterChange(
            "2026-06", "changed", "La lettre de juin", "Une fête, trois dates et un bocal.", "fr", "draft", "2026-06-04T18:00:00+02:00",
            "newsletters/2026-06.md", 41_000, 23_400,
            words=(Run("same", "Rendez-vous"), Run("gone", "samedi"), Run("new", "dimanche 14"), Run("same", "au bord de l’eau.")),
            headers=(Detail("Subject", "Juin", "La lettre de juin"),),
        ),
        LetterChange(
            "2026-05", "changed", "La lettre de mai", "", "fr", "frozen", "2026-05-07T18:00:00+02:00", "newsletters/2026-05.md", 1, 1,
            frozen="ab" * 32, since_freeze=(Run("gone", "bois"), Run("new", "métal")),
        ),
    ),
    addresses=(
        AddressChange("/ancienne/", "removed"), AddressChange("/vieille/", "removed", is_declared=True),
        AddressChange("/posts/la-vis/", "changed", "/posts/vis/"), AddressChange("/events/fete/", "added"),
    ),
    people=(
        PersonChange("Zoé Nouvelle", "added", (EVENT,)),
        PersonChange("Ada Puits", "changed", ("content/people/ada.md",), (Detail("role", "author", "author, speaker"), Detail("photo", "/media/a.png (0a0a0a0a)", "/media/a.png (0b0b0b0b)"))),
        PersonChange("Une voisine", "removed", (POST,)),
    ),
    domains=(
        DomainChange("ami.example", "added", ("https://ami.example/",), (POST,)),
        DomainChange("bit.ly", "changed", ("https://bit.ly/fete",), (EVENT,), marks=("shortener",)),
        DomainChange("xn--pple-43d.example", "added", ("https://xn--pple-43d.example/",), (EVENT,), "аpple.example", ("alike",), "apple.example"),
        DomainChange("parti.example", "removed", ("https://parti.example/",), (POST,)),
    ),
    pictures=(
        PictureChange("content/pictures/fete.png", "added", "Une guirlande au bord de l’eau", 1200, 800, 1_400_000, (EVENT,), marks=("big",)),
        PictureChange("content/pictures/vis.png", "changed", "Une vis", 600, 300, 5000, (POST,), (Detail("description", "Vis", "Une vis"),)),
    ),
    trusted=(
        TrustChange("pages", "changed", ("content/pages",), ("<ruby>", ".own-wide"), ("@atelier/pages",), is_wider=True, where=("content/pages/lire.md",)),
        TrustChange("old", "removed", ("content/posts/old",), ("<aside>",)),
    ),
    third_parties=(
        ThirdParty("frame", "added", "https://giscus.app (atelier/site)", ("hub.toml",)),
        ThirdParty("font", "removed", "https://fonts.example/x.woff2", ("theme/style/90-own.css",)),
    ),
    files=(FileChange("theme/hub.css", "changed", 55_000, 55_100), FileChange("feeds/all.atom.xml", "changed", 1, 2), FileChange("media/pictures/fete.png", "added", 0, 9)),
    sources=(
        SourceChange(".github/workflows/check.yml", "changed", "workflow", lines_new=2),
        SourceChange("content/pictures/fete.png", "added", "content", what="binary"),
        SourceChange("content/posts/lien.md", "added", "content", what="symlink"),
        SourceChange(POST, "changed", "content", lines_new=1, lines_gone=1),
        SourceChange(EVENT, "added", "content", "events/fete.md", lines_new=20),
        SourceChange("hub.toml", "changed", "settings", lines_new=3),
        SourceChange("src/handbill/cli.py", "changed", "code", lines_gone=1),
        SourceChange("theme/style/90-own.css", "changed", "theme", lines_gone=1),
    ),
    problems=(Found(Problem(POST, 7, 3, "", "un mot deux fois", "une fois", "HB114", Level.WARNING), True),),
    hidden=(Hidden("content/posts/idee.md", "Une idée", "draft"),),
)  # fmt: skip

BROKEN = replace(
    SMALL,
    is_whole=False,
    problems=(
        Found(Problem(EVENT, 4, 7, "ends", "2026-04-11 09:00, avant starts", "une fin après le début", "HB213"), True),
        *(Found(Problem("content/posts/long.md", n, 1, "", f"un lien vers x{n}.md, qui n’existe pas", "un fichier", "HB301"), True) for n in range(1, 15)),
        Found(Problem("content/posts/ancien.md", 2, 1, "", "rien", "une date", "HB203"), False),
    ),
)  # fmt: skip

ALL = {"silent": SILENT, "small": SMALL, "full": FULL, "broken": BROKEN}
