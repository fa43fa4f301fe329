"""The pages of the theme, rendered with the least and with the most that their records can hold."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from tests.cases import for_each

from handbill.draw.award import REASONS
from handbill.outputs.content import Prose
from handbill.outputs.contest_draw import DrawPage, Placed
from handbill.outputs.contest_rules import RulesPage, RulesVersion
from handbill.outputs.letter_page import Headed
from handbill.outputs.list_views import AgendaPage, LettersPage, MonthGrid, PlacePage, PlaceRow, PlacesPage, YearsPage
from handbill.outputs.repeats import Repeats
from handbill.outputs.search_page import Entry, SearchPage, Shelf
from handbill.outputs.standing_views import (
    AccessibilityPage,
    DutyPage,
    Elsewhere,
    Fact,
    FactGroup,
    FeedGroup,
    FeedsPage,
    Form,
    Listed,
    LostPage,
    Offer,
    SubscribePage,
)
from handbill.outputs.views import (
    Byline,
    Card,
    Feed,
    Group,
    HomePage,
    Image,
    ItemPage,
    Left,
    ListPage,
    Page,
    Pager,
    PlainPage,
    Shell,
    TagsPage,
    To,
    Tongue,
    When,
)
from handbill.outputs.words import words_for

THEME = Path(__file__).resolve().parents[1] / "theme"
FRENCH = words_for("fr", (THEME / "locale" / "fr.po",))


@pytest.fixture(scope="module")
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(THEME / "templates"), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def render(environment: Environment, template: str, view: Any, surroundings: Shell | None = None) -> str:
    """Return the page as the site renders it."""
    given = {"shell": surroundings or shell(), "view": view, "page": view.page, "words": FRENCH}
    return environment.get_template(f"{template}.html").render(given)


class Checker(HTMLParser):
    """Notes what is open, and fails where an element is closed that is not the last one opened."""

    VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        assert len(attrs) == len({name for name, _ in attrs}), f"{tag}: an attribute twice"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert [self.open.pop() if self.open else ""] == [tag], f"</{tag}> at line {self.getpos()[0]}"


def shell(**changes: object) -> Shell:
    given: dict[str, Any] = {
        "lang": "fr",
        "name": "Les Mains",
        "tagline": "",
        "description": "",
        "home": "/base/",
        "base": "/base/",
        "languages": (
            Tongue("Français", "/base/", "fr", "ltr", "Pas encore.", "À l’accueil"),
            Tongue("English", "/base/en/", "en", "ltr", "Not yet.", "To the front page"),
        ),
        "menu": (To("Agenda", "/base/events/"),),
        "footer": (),
        "feed": "",
        "feeds_page": "",
        "agenda": "",
        "search": "",
        "handbook": "",
        "subscribe": "",
        "style": "/base/theme/hub.css",
        "logo": "",
        "ground": "#ffffff",
        "ground_dark": "#000000",
        "since": 0,
        "zone": "Europe/Paris",
    }
    return Shell(**(given | changes))


def a_page(**changes: object) -> Page:
    given: dict[str, Any] = {
        "template": "",
        "lang": "fr",
        "title": "Un <titre>",
        "description": "",
        "address": "/base/x/",
        "canonical": "https://hub.example/base/x/",
        "alternates": (),
        "feeds": (),
        "is_indexed": True,
        "picture": None,
        "policy": "default-src 'self'",
    }
    return Page(**(given | changes))


def a_card(kind: str, **changes: object) -> Card:
    given: dict[str, Any] = {
        "kind": kind,
        "title": "Un <titre> : long",
        "address": "/base/x/",
        "lang": "fr",
        "summary": "",
        "published": "",
        "updated": "",
        "picture": None,
        "tags": (),
        "people": (),
        "state": "",
        "when": None,
        "place": "",
        "left": None,
        "number": None,
        "minutes": 0,
    }
    return Card(**(given | changes))


def at(starts: str, ends: str, status: str = "confirmed", *, is_past: bool = False, was: tuple[str, ...] = ()) -> When:
    return When(starts, ends, len(starts) == 10, "", status, "Une note" if status != "confirmed" else "", was, is_past, False, False)


EVENING = ("2026-12-05T18:00:00+01:00", "2026-12-05T20:00:00+01:00")
PICTURE = Image("/base/pictures/x.png", "Une scie", 800, 600)
PEOPLE = (Byline("Inès", "/base/people/ines/", "author", PICTURE), Byline("Léa", "", "organiser", None), Byline("Ali", "", "speaker", None))
FULL: dict[str, Any] = {
    "summary": "Un résumé",
    "published": "2026-11-01T10:00:00+01:00",
    "updated": "2026-11-03T10:00:00+01:00",
    "picture": PICTURE,
    "tags": (To("bois", "/base/tags/bois/"), To("perdu", "")),
    "people": PEOPLE,
    "minutes": 3,
}
VENUE = {
    "name": "Salle",
    "spot": "Salle, table du fond",
    "street": "1 rue",
    "postcode": "33000",
    "city": "Bordeaux",
    "country": "",
    "latitude": 0.0,
    "longitude": -0.5,
    "access": "Rampe",
    "transport": "Tram A",
    "contact": "05 36 49 12 34",
    "accessibility": {"step_free_entrance": "yes", "adapted_toilet": "unknown", "hearing_loop": "partial", "quiet_room": "no"},
    "acceslibre": "https://acceslibre.example/salle",
    "tongues": {"access": "en"},
    "map": PICTURE,
    "on_map": "https://maps.example/",
}
BARE_VENUE = dict.fromkeys(VENUE, "") | {
    "name": "Cour", "latitude": None, "longitude": None, "map": None, "tongues": {}, "accessibility": {"hearing_loop": "unknown"},
}  # fmt: skip
NOTHING_OF_AN_EVENT: dict[str, Any] = {
    "venue": None,
    "mode": "onsite",
    "join_url": "",
    "is_withheld": False,
    "capacity": None,
    "price": "",
    "registration": None,
    "languages": [],
    "audience": [],
    "attendance": None,
    "conduct": None,
    "dates": (),
    "adding": (),
    "past_dates": 0,
    "repeats": None,
    "calendar": "",
    "recap": None,
}
SIGNUP = {"url": "https://r.example/", "opens": "", "closes": "", "state": "open", "left": None}
ADDING = (To("Google Agenda", "https://calendar.example/?a=1&b=2"),)
STEPS = [
    {"name": name, "at": moment, "is_done": is_done}
    for name, moment, is_done in (
        ("opens", "2026-11-01T00:00:00+01:00", True),
        ("closes", "2026-12-05T23:59:00+01:00", False),
        ("jury", "", False),
        ("results", "2026-12-08T00:00:00+01:00", False),
    )
]
NOTHING_OF_A_CONTEST: dict[str, Any] = {
    "steps": STEPS,
    "mechanism": "jury",
    "opens": "2026-11-01T00:00:00+01:00",
    "closes": "2026-12-05T23:59:00+01:00",
    "draw": "",
    "results": "",
    "prizes": [],
    "enter": "Écrivez",
    "enter_url": "",
    "organiser": "",
    "eligibility": "",
    "winners": [],
    "cancelled": "",
    "record": None,
    "rules_page": "",
    "draw_page": "",
    "files": "",
    "again": "",
}
CONTEST = a_card("contest", left=Left("2026-11-01T00:00:00+01:00", "2026-12-05T23:59:00+01:00", 4), state="open")
EVENT = a_card("event", when=at(*EVENING), state="upcoming", place="Salle, Bordeaux", **FULL)
ALL_CARDS = (
    EVENT,
    CONTEST,
    replace(EVENT, state="cancelled", when=at(*EVENING, "cancelled")),
    replace(EVENT, state="past", when=at(*EVENING, is_past=True)),
    replace(CONTEST, state="open", left=replace(CONTEST.left, days=0)),
    replace(CONTEST, state="announced"),
    replace(CONTEST, state="closed"),
    replace(CONTEST, state="published"),
    replace(CONTEST, state="cancelled"),
    a_card("post", **FULL),
    a_card("post", lang="en", **FULL),
    a_card("person", address=""),
    a_card("issue", number=12, published="2026-11-05T18:00:00+01:00"),
)


def item(card: Card, facts: dict[str, Any], **changes: object) -> ItemPage:
    given: dict[str, Any] = {
        "page": a_page(),
        "card": card,
        "body": "",
        "headings": (),
        "previous": None,
        "next": None,
        "related": (),
        "facts": facts,
    }
    return ItemPage(**(given | changes))


COMMITTED: dict[str, Any] = {
    "rules": [{"version": 1, "digest": "ab" * 32, "at": "2026-10-01T10:00:00+02:00"}],
    "frozen": {"at": "2026-12-06T10:00:00+01:00", "digest": "cd" * 32, "size": 8},
    "beacon": {"chain": "52" * 32, "round": 1000, "at": "2026-12-07T18:00:00+01:00"},
    "numbers": [],
    "drawn": None,
    "won": [],
    "substitutes": [],
    "skips": [],
    "reason": "",
    "again": "",
    "purged": "",
}
DRAWN = {"at": "2026-12-07T18:05:00+01:00", "randomness": "fe" * 32}


def committed(state: str, mechanism: str = "draw", **changes: Any) -> ItemPage:
    """Return the page of a contest of which something was committed."""
    record = COMMITTED | changes
    if record["drawn"]:
        names = {"published": "Léa <R.>", "purged": "Léa <R.>"}
        won = {"prize": "Un <vélo>", "quantity": 2, "value": "120 €", "winners": [
            {"ticket": "c446idxx", "name": names.get(state, "")}, {"ticket": "lmbc", "name": ""},
        ]}  # fmt: skip
        record |= {"won": [won], "substitutes": ["6vfw"] * 14, "skips": [{"reason": one, "count": 2} for one in REASONS]}
    addresses = {"rules_page": "/base/x/rules/", "draw_page": "/base/x/draw/", "files": "/base/x/"}
    return item(replace(CONTEST, state=state), NOTHING_OF_A_CONTEST | {"mechanism": mechanism, "record": record} | addresses)


def of_draw(contest: ItemPage, **changes: Any) -> DrawPage:
    """Return the page of the draw of a contest."""
    return DrawPage(a_page(), To("Été <photo>", "/base/x/"), "ete-photo", contest.card.state, contest.facts, **changes)


RULES = tuple(RulesVersion(n, "2026-05-14T10:00:00+02:00", "ab" * 32, f"/base/x/rules/{n}/") for n in (2, 1))


def of_rules(version: RulesVersion, state: str = "open", **changes: Any) -> RulesPage:
    """Return the page of one version of the rules of a contest."""
    given: dict[str, Any] = {"headings": HEADINGS_OF_A_TEXT, "versions": RULES, "current": RULES[0]} | changes
    file = f"/base/x/rules.{version.number}.fr.md"
    return RulesPage(a_page(), To("Été <photo>", "/base/x/"), state, "<p>Texte</p>", version=version, file=file, **given)


HEADINGS_OF_A_TEXT = tuple({"level": 2, "anchor": f"h{n}", "text": f"Titre {n}"} for n in range(4))
ONWARD: dict[str, Any] = {
    "body": "<p>Texte</p>",
    "headings": HEADINGS_OF_A_TEXT,
    "previous": To("Avant", "/a/"),
    "next": To("Après", "/b/"),
    "related": ALL_CARDS,
}
FEED = Feed(
    "bois", (To("RSS", "https://hub.example/base/feeds/tags/bois.rss.xml"), To("Atom", "https://hub.example/base/feeds/tags/bois.atom.xml"))
)
CALENDAR = Feed("Tout", (To("iCalendar", "https://hub.example/base/calendars/all.ics"),))
OFFER = Offer(
    "La <lettre>", "Mensuelle", "fr", "https://l.example/", "a1", "/base/n/", To("N° 1", "/base/n/1/"), "fr", "2026-11-05T18:00:00+01:00"
)
PLAIN_OFFER = Offer("Brève", "", "", "", "", "/base/n/", None, "", "")
FORM = Form("https://l.example/form", "l.example", True, "email", "l", (("nonce", ""),), True)
REACH = Fact("Pour écrire", "a@b.example", "mailto:a@b.example")
GROUPS = (FactGroup("Éditeur", (Fact("Nom", "Les <Mains>"), Fact("Forme", "association", lang="fr"), REACH)),)
SAID = Listed(("Un <film>",), "fr")
STATEMENT = AccessibilityPage(
    a_page(),
    "FR",
    "Les Mains",
    "RGAA 4.1",
    "partial",
    "2026-01-12",
    "2026-03-02",
    "Nous",
    "fr",
    72,
    SAID,
    SAID,
    SAID,
    SAID,
    SAID,
    SAID,
    REACH,
)
NOTHING = Listed(())
UNDECLARED = AccessibilityPage(
    a_page(), "", "Les Mains", "WCAG 2.2", "unaudited", "", "", "", "", None, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, None
)
LOST = Elsewhere("en", "Page not found", "Nothing.", To("Home", "/base/en/"), To("Looking?", "/base/en/search/"), "Search")
WEEK = tuple((f"2026-12-{day:02}", (EVENT,) if day == 5 else ()) for day in range(1, 8))

#: A card without a page as well: what a frozen letter told of may be gone.
EVERY_CARD = (*ALL_CARDS, a_card("page", title="Disparu", address=""), replace(EVENT, address="", calendar="", came=31))
NOTHING_OF_A_LETTER: dict[str, Any] = {
    "number": 12,
    "subject": "S",
    "preheader": "",
    "letter": "La lettre",
    "archive": "/base/newsletters/",
    "content": (),
    "corrections": (),
    "mail": "/m",
    "text": "/t",
    "others": (),
    "frozen": None,
}

#: Each template with the least and with the most that its record can hold.
VIEWS: dict[str, tuple[str, Any]] = {
    "an empty home": ("home", HomePage(a_page(), (), (), (), None, ())),
    "a full home": (
        "home",
        HomePage(a_page(), (EVENT, ALL_CARDS[3]), (CONTEST,), ALL_CARDS[9:11], ALL_CARDS[-1], (To("bois", "/t/"),), (ALL_CARDS[2],), EVENT),
    ),
    "a bare post": ("post", item(a_card("post"), {})),
    "a full post": ("post", item(a_card("post", **FULL), {}, **ONWARD)),
    "a part of a series": (
        "post",
        item(a_card("post"), {"series": {"name": "Le four", "number": 2, "parts": (To("Un", "/1/"), To("Deux", "/2/"))}}, **ONWARD),
    ),
    "a page": ("page", item(a_card("page", picture=PICTURE), {"duty": ()}, **ONWARD)),
    "a page with a duty": ("page", item(a_card("page"), {"duty": GROUPS})),
    "a bare person": ("person", item(a_card("person"), {"roles": [], "joined": "", "links": [], "contributions": ()})),
    "a full person": (
        "person",
        item(
            a_card("person", picture=PICTURE),
            {
                "roles": ["bois"],
                "joined": "2023-09-01",
                "links": [{"label": "Site", "url": "https://x.example/"}],
                "contributions": [{"name": name, "cards": ALL_CARDS} for name in ("coming", "post", "contest", "more", "past")],
            },
        ),
    ),
    "a bare event": ("event", item(a_card("event", when=at("2026-12-04", "2026-12-06"), state="upcoming"), NOTHING_OF_AN_EVENT)),
    "a full event": (
        "event",
        item(
            EVENT,
            NOTHING_OF_AN_EVENT
            | {
                "venue": VENUE,
                "mode": "hybrid",
                "join_url": "https://v.example/",
                "capacity": 8,
                "registration": SIGNUP | {"closes": EVENING[0], "left": 3},
                "languages": ["fr", "pt"],
                "audience": ["les débutantes", "les enfants"],
                "conduct": a_card("page", lang="en"),
                "dates": (EVENT.when, at("2026-12-12", "2026-12-12", "cancelled", was=("2026-12-11",))),
                "adding": (ADDING, ()),
                "past_dates": 2,
                "repeats": Repeats("FREQ=WEEKLY;BYDAY=SA", "2026-05-02"),
                "calendar": "/base/x/event.ics",
            },
            **ONWARD,
        ),
    ),
    "an event to sign up for later": (
        "event",
        item(EVENT, NOTHING_OF_AN_EVENT | {"registration": SIGNUP | {"url": "", "opens": EVENING[0], "state": "not_yet"}}),
    ),
    "an event that is full": (
        "event",
        item(replace(EVENT, signup="full"), NOTHING_OF_AN_EVENT | {"registration": SIGNUP | {"state": "full", "left": 0}}),
    ),
    "an event with a waiting list": (
        "event",
        item(
            replace(EVENT, signup="waitlist"),
            NOTHING_OF_AN_EVENT
            | {"registration": SIGNUP | {"state": "waitlist", "left": 0, "closes": EVENING[0]}, "is_withheld": True, "mode": "online"},
        ),
    ),
    "an event to take over": (
        "event",
        item(EVENT, NOTHING_OF_AN_EVENT | {"dates": (EVENT.when,), "adding": (ADDING,), "calendar": "/base/x/event.ics"}),
    ),
    "a moved event": ("event", item(replace(EVENT, when=at(*EVENING, "rescheduled", was=("2026-12-01",))), NOTHING_OF_AN_EVENT)),
    "a past event": (
        "event",
        item(
            replace(EVENT, state="past", when=at(*EVENING, is_past=True)),
            NOTHING_OF_AN_EVENT
            | {"recap": a_card("post", lang="en"), "attendance": {"registered": 24, "attended": 31, "walk_ins": 9, "first_timers": 12}},
        ),
    ),
    "a bare contest": ("contest", item(CONTEST, NOTHING_OF_A_CONTEST)),
    "a contest with results": (
        "contest",
        item(
            replace(CONTEST, state="published"),
            NOTHING_OF_A_CONTEST
            | {
                "prizes": [{"name": "Ciseau", "quantity": 2, "value": "9 €"}],
                "draw": EVENING[0],
                "results": "2026-12-08",
                "winners": [{"name": "Léa", "prize": ""}],
                "eligibility": "Tous",
                "organiser": "Nous",
                "enter_url": "https://e.example/",
            },
            **ONWARD,
        ),
    ),
    "a cancelled contest": ("contest", item(replace(CONTEST, state="cancelled"), NOTHING_OF_A_CONTEST | {"cancelled": "Personne"})),
    "a contest whose list is frozen": ("contest", committed("frozen")),
    "a contest that is drawn": ("contest", committed("drawn", drawn=DRAWN)),
    "a contest with names": ("contest", committed("published", drawn=DRAWN)),
    "a contest that is purged": ("contest", committed("purged", drawn=DRAWN, purged="2027-03-01T10:00:00+01:00")),
    "a void contest": (
        "contest",
        replace(
            committed("void", again="ete-photo-2"),
            facts=committed("void", again="ete-photo-2").facts | {"cancelled": "Une liste fausse", "again": "/base/contests/ete-photo-2/"},
        ),
    ),
    "a contest of a jury": ("contest", committed("judged", "jury+vote", drawn=DRAWN)),
    "a draw to come": ("draw", of_draw(committed("announced", frozen=None))),
    "a draw": (
        "draw",
        of_draw(
            committed("drawn", drawn=DRAWN),
            told="15:59:24",
            stood_in=1001,
            randomness="fe" * 32,
            first=(
                Placed("c446idxx", "0a" * 32, "", "winner"),
                Placed("lmbc", "0b" * 32, "", "declined"),
                Placed("6vfw", "0c" * 32, "", ""),
            ),
            files=tuple(To(name, f"/base/contests/x/{name}") for name in ("draw.json", "pool.txt", "record.json")),
        ),
    ),
    "a draw by numbers": (
        "draw",
        of_draw(
            committed(
                "drawn", "quiz+draw", drawn=DRAWN | {"randomness": ""}, beacon=None, numbers=[{"name": "Loto", "count": 5, "most": 49}]
            ),
            drawings=((5, 12, 18, 33, 41),),
            key="5.12.18.33.41./",
            first=(Placed("c446idxx", "", "", "substitute"),),
        ),
    ),
    "a verdict": ("draw", of_draw(committed("judged", "jury", drawn=DRAWN), first=(Placed("c446idxx", "", "1.500000000000", "winner"),))),
    "a quiz": ("draw", of_draw(committed("drawn", "quiz", drawn=DRAWN), first=(Placed("c446idxx", "", "12.5", "winner"),))),
    "a void draw": ("draw", of_draw(committed("void"))),
    "rules in force": ("rules", of_rules(RULES[0])),
    "the only rules": ("rules", of_rules(RULES[0], "cancelled", versions=RULES[:1], headings=())),
    "rules that were replaced": ("rules", of_rules(RULES[1], "void")),
    "a letter": ("issue", item(ALL_CARDS[-1], NOTHING_OF_A_LETTER)),
    "a full letter": (
        "issue",
        item(
            ALL_CARDS[-1],
            NOTHING_OF_A_LETTER
            | {
                "preheader": "P",
                "content": (
                    Prose("<h2>Titre</h2>\n<p>x</p>", "x"),
                    *(
                        Headed("events", "", heading, EVERY_CARD, layout)
                        for heading, layout in (("À venir", "cards"), ("Des <dates>", "list"), ("À venir", "headline"))
                    ),
                    Headed("corrections", "", "Corrections", (replace(ALL_CARDS[-1], summary="Le 9, non le 8."),), "cards"),
                    Headed("sponsor", "Merci", "Le <quai>", (a_card("sponsor", picture=PICTURE, summary="Des chutes."),), "list"),
                    Headed("sponsor", "", "Avec le soutien de", (a_card("sponsor", address=""),), "cards"),
                    Headed("posts", "", "À lire", (), "cards"),
                ),
                "corrections": (
                    {"date": "2026-05-09", "text": "La foire <ouvre> à 14 h."},
                    {"date": "2026-05-11", "text": "Et non à 15 h."},
                ),
                "others": ({"lang": "en", "address": "/base/en/x/", "text": "This letter in English"},),
                "frozen": {"sent": "2026-05-07T18:00:00+02:00", "digest": "ab" * 32, "history": "https://forge.example/h", "reached": 412},
            },
            **ONWARD,
        ),
    ),
    "a frozen letter of a hub without a repository": (
        "issue",
        item(
            ALL_CARDS[-1],
            NOTHING_OF_A_LETTER | {"frozen": {"sent": "2026-05-07T18:00:00+02:00", "digest": "ab" * 32, "history": "", "reached": 0}},
        ),
    ),
    "an archive of letters": (
        "letters",
        LettersPage(a_page(feeds=(To("x", "/f.xml"),)), "issue", (Group("2026", (ALL_CARDS[-1],)),), None, (), "", "Mensuelle", "fr"),
    ),
    "an archive without letters": ("letters", LettersPage(a_page(), "issue", (), None, ())),
    "an empty list": ("list", ListPage(a_page(), "post", (Group("", ()),), None, ())),
    "a full list": (
        "list",
        ListPage(
            a_page(),
            "year",
            (Group("2026-12-01", ALL_CARDS, To("Plus", "/p/")), Group("Autres", ALL_CARDS)),
            Pager(2, 3, "/n/", "/o/"),
            (To("2026", "/base/x/"),),
        ),
    ),
    "a list of people": ("list", ListPage(a_page(), "person", (Group("", (a_card("person"),)),), None, ())),
    "an empty agenda": ("agenda", AgendaPage(a_page(), (), (), (), (), "2026-12-03")),
    "a full agenda": (
        "agenda",
        AgendaPage(
            a_page(),
            (MonthGrid("2026-12-01", (WEEK,)),),
            (Group("2026-12-01", (EVENT, EVENT)),),
            (Group("2026-11-01", ALL_CARDS[3:4]),),
            (FEED,),
            "2026-12-03",
            (To("2026", "/base/events/2026/"),),
            (To("Salle", "/base/places/salle/"),),
            (To("bois", "/base/tags/bois/"),),
        ),
    ),
    "the dates of a year": (
        "list",
        ListPage(a_page(), "event", (Group("2026-12-01", (replace(EVENT, also=(at("2026-12-12", "2026-12-12"),)),)),), None, (), "/c.ics"),
    ),
    "no archives": ("archives", YearsPage(a_page(), ())),
    "archives": ("archives", YearsPage(a_page(), ((To("2026", "/base/archives/2026/"), 3, (("2026-12-01", "/a/#2026-12", 3),)),))),
    "no places": ("places", PlacesPage(a_page(), ())),
    "places": (
        "places",
        PlacesPage(a_page(), (PlaceRow(To("Salle", "/s/"), "1 rue", 2, VENUE), PlaceRow(To("Cour", "/c/"), "", 0, BARE_VENUE))),
    ),
    "a bare place": ("place", PlacePage(a_page(), BARE_VENUE, (), (), "")),
    "a full place": ("place", PlacePage(a_page(), VENUE, (Group("2026-12-01", (EVENT,)),), (ALL_CARDS[3],), "/c.ics")),
    "a place with a file": (
        "place",
        PlacePage(
            a_page(),
            VENUE | {"tongues": {"name": "en", "access": "en", "transport": "en", "contact": "en"}},
            (),
            (),
            "",
            (To("Quai", "/q/"), To("Ailleurs", "")),
            (PlaceRow(To("Coin", "/coin/"), "1 rue", 1, VENUE),),
            a_card("place", **FULL),
            "<p>Un texte.</p>",
            "https://f.example/edit",
            "https://f.example/history",
        ),
    ),
    "a place in another language": ("place", PlacePage(a_page(), VENUE, (), (), "", (), (), a_card("place", lang="en"), "<p>A text.</p>")),
    "no tags": ("tags", TagsPage(a_page(), ())),
    "tags": ("tags", TagsPage(a_page(), ((To("bois", "/t/"), 3),))),
    "many tags": ("tags", TagsPage(a_page(), ((To("bois", "/t/"), 3),) * 25, (("b", ((To("bois", "/t/"), 3),)),))),
    "feeds": (
        "feeds",
        FeedsPage(
            a_page(),
            (FeedGroup("all", (Feed("Tout", (To("RSS", "/base/feeds/all.rss.xml"),)),)), FeedGroup("tags", (FEED,))),
            (FeedGroup("all", (CALENDAR,)), FeedGroup("places", (CALENDAR,))),
            "/base/feeds/hub.opml",
            (To("en", "/base/en/feeds/"),),
        ),
    ),
    "feeds without calendars": ("feeds", FeedsPage(a_page(), (FeedGroup("all", (FEED,)),), (), "", ())),
    "ways to subscribe": (
        "subscribe",
        SubscribePage(a_page(), (OFFER, PLAIN_OFFER), None, CALENDAR, FEED, "Nous", "fr", To("Vie", "/base/p/")),
    ),
    "a form to subscribe": ("subscribe", SubscribePage(a_page(), (OFFER, PLAIN_OFFER, OFFER), FORM, CALENDAR, FEED, "", "", To("Vie", ""))),
    "no letter to subscribe to": ("subscribe", SubscribePage(a_page(), (), None, CALENDAR, FEED, "", "", To("Vie", "/base/p/"))),
    "a legal notice": ("legal", DutyPage(a_page(), "legal", GROUPS, "FR", False, True, False, "Hôte", REACH)),
    "a legal notice without a name": ("legal", DutyPage(a_page(), "legal", (), "", True, False, False, "", None)),
    "privacy": ("privacy", DutyPage(a_page(), "privacy", GROUPS, "FR", False, True, True, "Hôte", REACH)),
    "privacy of a hub that says nothing": ("privacy", DutyPage(a_page(), "privacy", (), "", False, False, False, "", None)),
    "a statement of accessibility": ("accessibility", STATEMENT),
    "an undeclared accessibility": ("accessibility", UNDECLARED),
    "search in an empty hub": ("search", SearchPage(a_page(is_indexed=False), (), (), ())),
    "search": (
        "search",
        SearchPage(
            a_page(is_indexed=False),
            (
                Shelf(
                    "post",
                    "Articles",
                    90,
                    (Entry(To("Un <titre>", "/base/x/"), "2026-11-01T10:00:00+01:00"), Entry(To("B", "/b/"), "")),
                    "/p/",
                ),
            ),
            ((To("2026", "/base/archives/2026/"), 3),),
            ((To("bois", "/base/tags/bois/"), 1200),),
        ),
    ),
    "an unknown address": ("404", LostPage(a_page(is_indexed=False), ())),
    "an unknown address in two languages": ("404", LostPage(a_page(is_indexed=False), (LOST,))),
    "a moved address": ("moved", PlainPage(a_page(is_indexed=False), "/base/y/")),
    "a page taken back": ("gone", PlainPage(a_page(is_indexed=False))),
}
SURROUNDINGS = {
    "bare": shell(),
    "full": shell(
        tagline="T",
        description="D",
        footer=(To("Mentions", "/base/m/"),),
        feeds_page="/base/feeds/",
        agenda="/base/events/",
        search="/base/search/",
        handbook="/base/handbook/",
        subscribe="https://s.example/",
        since=2012,
    ),
}


@pytest.fixture(params=SURROUNDINGS)
def rendered(request: pytest.FixtureRequest, environment: Environment):
    """Return a function that renders a view by its name, in a bare and in a full shell."""

    def of(name: str) -> str:
        return render(environment, *VIEWS[name], SURROUNDINGS[request.param])

    return of


def test_every_template_is_rendered_by_these_tests():
    shown = {f"{template}.html" for template, _ in VIEWS.values()} | {"base.html"}

    assert {file.name for file in (THEME / "templates").glob("*.html")} == shown


def test_the_search_finds_what_a_letter_says_itself(rendered):
    """What its sections show is found at its own page; who looks for the fair must not find twelve letters first."""
    page = rendered("a full letter")

    sections = re.findall(r"<section class=\"section letter-[^>]*>", page)
    assert [True] * 6 == ["data-pagefind-ignore" in one for one in sections]
    assert "data-pagefind-ignore" not in re.findall(r"<section id=\"corrections\"[^>]*>", page)[0]
    assert 'data-pagefind-filter="kind:issue"' in page


def test_who_supports_a_letter_is_named_beside_another_heading(rendered):
    """Under “Le quai” alone, an advertisement would pass for a piece of news."""
    headings = re.findall(r'<h2 id="section--\d+" class="section-title">(.*?)</h2>', rendered("a full letter"))

    assert ['<span class="section-kind">Merci</span> Le &lt;quai&gt;', "Avec le soutien de"] == headings[-2:]


@pytest.mark.parametrize("card", ["card", "row", "lead-item"])
def test_what_a_letter_tells_of_and_is_gone_has_no_link(rendered, card):
    """A link to nothing leads a reader back to the page that they are on."""
    page = rendered("a full letter")

    assert 'href=""' not in page
    assert re.search(rf'<article class="{card}[^>]*>(?:(?!</article>).)*Disparu', page, re.DOTALL)


@for_each("name", VIEWS)
def test_a_page_has_one_title_and_its_headings_in_order(rendered, name):
    """Those who hear a page move through it by its headings."""
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", rendered(name))]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False)), levels


@for_each("name", VIEWS)
def test_a_page_is_well_formed(rendered, name):
    """Each element is closed where it should be, and no id is given twice."""
    html = rendered(name)
    checker = Checker()
    checker.feed(html)
    checker.close()

    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    assert set(re.findall(r'(?:aria-labelledby|for)="([^"]+)"', html)) <= set(checker.ids)
    assert {anchor for anchor in re.findall(r'href="#([^"]+)"', html) if not anchor.startswith("h")} <= set(checker.ids)
    assert "<titre>" not in html
    assert "None" not in html


@for_each("name", VIEWS)
def test_search_finds_pages_and_never_lists(rendered, name):
    found = rendered(name).count("data-pagefind-body")

    pages = (ItemPage, SubscribePage, FeedsPage, DutyPage, AccessibilityPage)
    view = VIEWS[name][1]
    # A place that has a text is found by it, in the language of that text.
    is_told = isinstance(view, PlacePage) and view.card is not None and view.card.lang == view.page.lang
    # Rules are found by their contest: a hub's word for contests would otherwise find nothing but rules.
    assert found == (1 if isinstance(view, pages) or is_told else 0)


@pytest.mark.parametrize("name", ["search", "an unknown address", "a moved address", "a page taken back"])
def test_pages_that_say_nothing_stay_out_of_search_engines(rendered, name):
    assert '<meta name="robots" content="noindex">' in rendered(name)


def test_a_moved_address_leads_on_without_script(rendered):
    html = rendered("a moved address")

    assert '<meta http-equiv="refresh" content="0; url=/base/y/">' in html
    assert '<a class="button" href="/base/y/">' in html


def test_a_picture_is_shared_under_its_whole_address(environment):
    view = item(a_card("post"), {}, page=a_page(picture=PICTURE))

    assert '<meta property="og:image" content="https://hub.example/base/pictures/x.png">' in render(environment, "post", view)


def test_the_language_switch_leads_to_the_same_page_on_this_host(environment):
    """Its alternates carry the public origin; a preview on another host must not lead away."""
    alternates = (To("fr", "https://hub.example/base/x/"), To("en", "https://hub.example/base/en/x/"))
    view = PlainPage(a_page(alternates=alternates))
    html = render(environment, "gone", view)

    assert '<a href="/base/en/x/" lang="en" hreflang="en">English</a>' in html
    assert '<link rel="alternate" hreflang="en" href="https://hub.example/base/en/x/">' in html


def test_what_is_called_off_is_told_and_is_no_poster(environment):
    cancelled = replace(EVENT, title="La balade", state="cancelled", when=at(*EVENING, "cancelled"))
    view = HomePage(a_page(), (replace(EVENT, title="Tenue"),), (), (), None, (), (cancelled,))
    html = render(environment, "home", view)

    assert '<h3 class="bill-title"><a href="/base/x/">Tenue</a></h3>' in html
    assert "La balade</a></h3>" not in html
    assert re.search(r"Annulé</span>\s*<a href=\"/base/x/\">La balade</a>", html)


def test_nobody_is_asked_to_sign_up_for_what_is_over_or_off(rendered, environment):
    assert "S’inscrire" in rendered("a full event")
    facts = VIEWS["a full event"][1].facts
    for state in ("past", "cancelled", "postponed"):
        view = item(replace(EVENT, state=state), facts)
        html = render(environment, "event", view)
        assert "S’inscrire" not in html
        assert "https://v.example/" not in html
