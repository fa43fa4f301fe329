"""What is scheduled is nowhere one second before its time, and everywhere from that second on.

An announcement that was embargoed, or a winner's name, cannot be called back:
so nothing of it may be in any file, not in a list, not in the search, not as
a picture of its own, not as an address.  Built by the real build, in the clocks
of seven zones, in the nights in which clocks are changed too.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.hubs import VILLAGE, files_of, load_village, options, text, write

from handbill.pipeline import build

SECOND = timedelta(seconds=1)

#: Zone, what an editor writes, and the instant that it is: worked out by hand from the tables of the zones.
MOMENTS = [
    # The night in which an hour is left out: the first minute after it.
    ("Europe/Paris", "2026-03-29 03:00", "2026-03-29T01:00:00Z"),
    # A day alone begins at midnight, in the night in which an hour comes twice too.
    ("Europe/Paris", "2026-10-25", "2026-10-24T22:00:00Z"),
    # An hour that comes twice is the first of the two.
    ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00Z"),
    # Half an hour comes twice.
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z"),
    ("Asia/Kolkata", "2026-03-20", "2026-03-19T18:30:00Z"),
    # Half an hour beside the whole ones, after an hour left out.
    ("America/St_Johns", "2026-03-08 03:00", "2026-03-08T05:30:00Z"),
    # Clocks that follow the moon: the end of Ramadan.
    ("Africa/Casablanca", "2026-03-22 03:00", "2026-03-22T02:00:00Z"),
]
IDS = [f"{zone}-{written}".replace("/", "-").replace(" ", "-") for zone, written, _ in MOMENTS]

HUB = """[hub]
name = "Le bourg"
base_url = "https://bourg.example/hub/"
lang = "fr"
languages = ["fr", "en"]
timezone = "{zone}"

[mail]
sender = "Le bourg <lettre@bourg.example>"
reply_to = "mairie@bourg.example"
postal_address = "1 place du Puits, 00000 Bourg"
unsubscribe = "https://lettre.bourg.example/fin/{{token}}"

[letters.main]
name = "La lettre"
description = "Une fois par mois."
"""

#: For what happens on pages, pictures for shared links are not waited for.
WITHOUT_CARDS = HUB + "\n[look]\ncards = false\n"

#: A word that is in no other text and in no program.
WORD = "zorglub"

STANDING: dict[str, str | bytes] = {
    "content/people/ada.md": text("Ada tient la fontaine.", title="Ada"),
    "content/posts/ancien.md": text("Un billet de l'an passé.", title="Un ancien billet", date="2025-06-01", tags="[eau]", authors="[ada]"),
    "events/bal.md": text("On danse.", title="Le bal", date="2025-06-02", starts="2027-06-20 20:00", organisers="[ada]", venue="{name: Grange}", tags="[eau]"),
    "content/contests/dessin.md": text("Dessinez.", title="Dessins", date="2025-06-03", mechanism="jury", opens="2025-06-03", closes="2027-06-03", enter="Écrivez.", organiser="Ada", prizes="[{name: un seau}]"),
    "newsletters/1.md": "---\nnumber: 1\nsubject: Première\ndate: 2025-07-01 18:00\n---\n\nBonjour.\n",
}  # fmt: skip


def scheduled(moment: str) -> dict[str, str | bytes]:
    """Return one text of each kind that waits for its moment, each with all that it could betray itself by."""
    picture = {"picture": "../pictures/zorglub.png", "picture_alt": "Le zorglub en personne"}
    common = {"date": moment, "tags": "[eau, sujet-zorglub]"}
    return {
        "content/pictures/zorglub.png": (VILLAGE / "content/pictures/puits.png").read_bytes(),
        "content/posts/zorglub-billet.md": text("Le zorglub vient.", title="Billet Zorglub", aliases="[/ancien-zorglub/]", authors="[ada]", **common, **picture),
        "content/posts/zorglub-billet.en.md": text("The zorglub comes.", title="Zorglub post", **common),
        "events/zorglub-bal.md": text("On danse avec le zorglub.", title="Bal du Zorglub", starts="2027-05-01 20:00", organisers="[ada]", venue="{name: Salle Zorglub}", **common),
        "content/contests/zorglub-photo.md": text(
            "Photographiez le zorglub.", title="Photo de Zorglub", mechanism="jury", opens="2026-01-10", closes="2027-05-31", enter="Écrivez.", organiser="Ada", prizes="[{name: un zorglub}]", **common
        ),
        "content/pages/zorglub-page.md": text("Tout sur le zorglub.", title="Page Zorglub", menu="header", date=moment),
        "newsletters/zorglub-2.md": f"---\nnumber: 2\nsubject: Lettre au zorglub\nslug: zorglub-2\ndate: {moment}\n---\n\nLe zorglub vous écrit.\n",
    }  # fmt: skip


#: Where each kind promises to be, once its time has come: the path, and what stands in it.
PROMISED = [
    ("posts/zorglub-billet/index.html", "Le zorglub vient."),
    ("posts/index.html", "Billet Zorglub"),
    ("index.html", "Billet Zorglub"),
    ("tags/sujet-zorglub/index.html", "Billet Zorglub"),
    ("tags/eau/index.html", "Bal du Zorglub"),
    ("people/ada/index.html", "Billet Zorglub"),
    ("archives/2026/index.html", "Billet Zorglub"),
    ("ancien-zorglub/index.html", "posts/zorglub-billet/"),
    ("en/posts/zorglub-billet/index.html", "The zorglub comes."),
    ("en/feeds/all.json", "Zorglub post"),
    ("events/zorglub-bal/index.html", "On danse avec le zorglub."),
    ("events/zorglub-bal/event.ics", "SUMMARY:Bal du Zorglub"),
    ("events/index.html", "Bal du Zorglub"),
    ("calendars/all.ics", "SUMMARY:Bal du Zorglub"),
    ("calendars/tags/sujet-zorglub.ics", "SUMMARY:Bal du Zorglub"),
    ("calendars/places/salle-zorglub.ics", "SUMMARY:Bal du Zorglub"),
    ("places/salle-zorglub/index.html", "Bal du Zorglub"),
    ("contests/zorglub-photo/index.html", "Photographiez le zorglub."),
    ("contests/index.html", "Photo de Zorglub"),
    ("calendars/contests.ics", "Photo de Zorglub"),
    ("zorglub-page/index.html", "Tout sur le zorglub."),
    ("newsletters/zorglub-2/index.html", "Le zorglub vous écrit."),
    ("newsletters/zorglub-2/mail.html", "Le zorglub vous écrit."),
    ("newsletters/index.html", "Lettre au zorglub"),
    ("feeds/newsletters.atom.xml", "Lettre au zorglub"),
    ("media/pictures/zorglub.png", ""),
    *((f"feeds/{name}.{ending}", "Billet Zorglub") for name in ("all", "posts", "tags/sujet-zorglub", "all-languages") for ending in ("rss.xml", "atom.xml", "json")),
    *((f"feeds/events.{ending}", "Bal du Zorglub") for ending in ("rss.xml", "atom.xml", "json")),
    *((f"feeds/contests.{ending}", "Photo de Zorglub") for ending in ("rss.xml", "atom.xml", "json")),
    ("feeds/hub.opml", "sujet-zorglub"),
    *(("sitemap.xml", address) for address in ("/posts/zorglub-billet/", "/events/zorglub-bal/", "/contests/zorglub-photo/", "/zorglub-page/", "/newsletters/zorglub-2/", "/tags/sujet-zorglub/")),
]  # fmt: skip


def made(root: Path, at: datetime) -> tuple[dict[str, bytes], str]:
    """Return every file of a build at that moment, unpacked, and until when it says that it holds."""
    report = build(replace(options(root), as_of=at, records=False))
    return {name: unpacked(raw) for name, raw in files_of(root / "public").items()}, report.until


def unpacked(raw: bytes) -> bytes:
    """Return what the search loads as it is before it is packed."""
    return zlib.decompress(raw, 31) if raw[:2] == b"\x1f\x8b" else raw


def betraying(files: dict[str, bytes]) -> list[str]:
    """Return the files in which the word stands, in their names or in their bytes."""
    return [name for name, raw in files.items() if WORD in name.casefold() or WORD.encode() in raw.lower()]


@pytest.fixture(scope="module", params=MOMENTS, ids=IDS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, bytes], str]]:
    """Return a hub before, at and after the moment, and another without the texts that wait."""
    zone, written, instant = request.param
    at = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    folder = tmp_path_factory.mktemp("scheduled")
    waiting = write(folder / "waiting", {"hub.toml": HUB.format(zone=zone), **STANDING, **scheduled(written)})
    without = write(folder / "without", {"hub.toml": HUB.format(zone=zone), **STANDING})
    return {
        "before": made(waiting, at - SECOND), "at": made(waiting, at), "after": made(waiting, at + SECOND),
        "without": made(without, at - SECOND), "moment": ({}, at.isoformat()),
    }  # fmt: skip


def test_one_second_before_there_is_nothing_of_it(built):
    """Not a word, not an address, not a picture: the site is byte for byte the one without these files."""
    before, _ = built["before"]
    without, _ = built["without"]

    assert [] == betraying(before)
    assert without == before
    assert len(before) > 100


def test_from_its_second_on_it_is_everywhere(built):
    """A post that is on its page and in no feed was published for nobody."""
    for when in ("at", "after"):
        files, _ = built[when]
        missing = [(path, words) for path, words in PROMISED if path not in files or words.encode() not in files[path]]
        assert [] == missing, when
        assert [name for name in betraying(files) if name.startswith("pagefind/fragment/")], "in the search"
        assert [name for name in betraying(files) if name.endswith("zorglub-billet/card.png")], "the picture for shared links"


def test_its_second_changes_everything_and_the_next_one_nothing(built):
    """A site that goes on changing is fetched anew by everyone."""
    assert built["at"][0] == built["after"][0]
    assert built["before"][0] != built["at"][0]


def test_a_build_knows_until_when_it_holds(built):
    """By this moment the server, or a timer, knows when to build again: a second too late is an announcement late."""
    moment = built["moment"][1]

    assert moment == built["before"][1]
    assert datetime.fromisoformat(moment) < datetime.fromisoformat(built["at"][1])


def test_a_link_to_what_waits_betrays_nothing(tmp_path):
    """Writing ahead means linking ahead; until then the words stand there without their link."""
    root = write(tmp_path, {"hub.toml": HUB.format(zone="Europe/Paris"), **STANDING, **scheduled("2026-05-01 10:00")})
    write(
        root,
        {
            "content/posts/annonce.md": text(
                "Bientôt [une surprise](zorglub-billet.md) et [un bal](../../events/zorglub-bal.md).", title="Annonce", date="2025-08-01"
            )
        },
    )

    past = {"starts": "2026-02-01 14:00", "organisers": "[ada]", "venue": "{name: Grange}", "date": "2025-08-02"}
    write(
        root,
        {
            "events/passe.md": text(
                "On a dansé.",
                title="Bal passé",
                recap="../content/posts/zorglub-billet.md",
                code_of_conduct="../content/pages/zorglub-page.md",
                **past,
            )
        },
    )
    write(root, {"content/posts/suite.md": text("![Au puits](../pictures/zorglub.png)", title="Suite", date="2026-05-01 10:00")})

    before, _ = made(root, datetime(2026, 5, 1, 7, 59, 59, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")))
    after, _ = made(root, datetime(2026, 5, 1, 8, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")))

    assert [] == betraying(before)
    assert b"une surprise" in before["posts/annonce/index.html"]
    assert b'/posts/zorglub-billet/">une surprise</a>' in after["posts/annonce/index.html"]
    assert b"https://bourg.example/hub/posts/zorglub-billet/" in after["feeds/tags/eau.json"]
    assert b'"/hub/posts/zorglub-billet/"' in after["events/passe/index.html"]
    assert b'"/hub/zorglub-page/"' in after["events/passe/index.html"]


def test_an_edit_that_is_dated_ahead_is_not_told_before(tmp_path):
    """Readers show an entry that is newer than now at the top for ever, or not at all."""
    root = write(tmp_path, {"hub.toml": WITHOUT_CARDS.format(zone="Europe/Paris"), **STANDING})
    plain, _ = made(root, datetime(2026, 5, 1, 7, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")))
    write(
        root,
        {
            "content/posts/ancien.md": text(
                "Un billet de l'an passé.",
                title="Un ancien billet",
                date="2025-06-01",
                updated="2026-05-01 10:00",
                tags="[eau]",
                authors="[ada]",
            )
        },
    )

    before, until = made(root, datetime(2026, 5, 1, 7, 59, 59, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")))
    after, _ = made(root, datetime(2026, 5, 1, 8, tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")))

    assert plain == before
    assert b"2026-05-01T10:00:00+02:00" in after["feeds/posts.json"]
    assert "2026-05-01T10:00:00+02:00" == until


EVENT = {
    "organisers": "[ada]",
    "venue": "{name: Grange}",
    "registration": "{url: https://bourg.example/i, opens: 2026-05-02 09:00, closes: 2026-05-02 18:00}",
}
CONTEST = {"mechanism": "draw", "draw": "2026-05-04 18:00", "enter": "Écrivez.", "organiser": "Ada", "prizes": "[{name: un seau}]"}
STATES: dict[str, str | bytes] = {
    **STANDING,
    "events/fete.md": text("Une fête.", title="La fête", starts="2026-05-03 14:00", ends="2026-05-03 16:00", **EVENT),
    "events/stage.md": text(
        "Deux jours.", title="Le stage", starts="2026-05-05", ends="2026-05-06", organisers="[ada]", venue="{name: Grange}"
    ),
    "content/contests/dessin.md": text("Dessinez.", title="Dessins", opens="2026-05-01 10:00", closes="2026-05-02 12:30", **CONTEST),
}

#: What happens, when (in Paris, in summer), and on which page it shows.
TURNS = [
    ("a contest opens", "2026-05-01 10:00", "contests/dessin/index.html"),
    ("registration opens", "2026-05-02 09:00", "events/fete/index.html"),
    ("a contest closes", "2026-05-02 12:30", "contests/dessin/index.html"),
    ("registration closes", "2026-05-02 18:00", "events/fete/index.html"),
    ("an event begins", "2026-05-03 14:00", "events/fete/index.html"),
    ("an event ends", "2026-05-03 16:00", "events/fete/index.html"),
    ("a draw is due", "2026-05-04 18:00", "contests/dessin/index.html"),
    ("an event of days ends", "2026-05-07 00:00", "events/stage/index.html"),
]


@pytest.mark.parametrize(("turn", "written", "page"), TURNS, ids=[turn.replace(" ", "-") for turn, _, _ in TURNS])
def test_a_page_turns_at_its_second(tmp_path, turn, written, page):
    """Someone at the door of a contest that is closed, with the page that says open, is right to be angry."""
    root = write(tmp_path, {"hub.toml": WITHOUT_CARDS.format(zone="Europe/Paris"), **STATES})
    at = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Paris"))

    early, until = made(root, at - 2 * SECOND)
    before, _ = made(root, at - SECOND)
    turned, _ = made(root, at)

    assert at.isoformat() == until
    assert early == before
    assert turned[page] != before[page]


def test_a_hub_says_when_it_turns_next(tmp_path):
    """Every turn of the days above is announced by the moment before it, and none is missed."""
    root = write(tmp_path, {"hub.toml": WITHOUT_CARDS.format(zone="Europe/Paris"), **STATES})
    at = datetime(2026, 5, 1, tzinfo=ZoneInfo("Europe/Paris"))
    announced = []
    while at < datetime(2026, 5, 7, tzinfo=ZoneInfo("Europe/Paris")):
        loaded, _ = load_village(at.strftime("%Y-%m-%d %H:%M:%S"), root)
        at = loaded.hub.stays_until()
        announced.append(at.strftime("%Y-%m-%d %H:%M"))

    assert {written for _, written, _ in TURNS} <= set(announced)
    midnights = {f"2026-05-0{day} 00:00" for day in range(2, 8)}
    assert midnights <= set(announced)
    assert {
        "2026-05-01 10:00",
        "2026-05-02 09:00",
        "2026-05-02 12:30",
        "2026-05-02 18:00",
        "2026-05-03 14:00",
        "2026-05-03 16:00",
        "2026-05-04 18:00",
    } == set(announced) - midnights
