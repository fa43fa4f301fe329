"""The theme: every template can be read, every word is said in French, and every colour can be seen."""

from __future__ import annotations

import ast
import gzip
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.meta import find_undeclared_variables

from handbill.outputs.subscriptions import HEADINGS
from handbill.outputs.views import (
    AgendaPage, Byline, Card, Feed, FeedsPage, Group, HomePage, Image, ItemPage, Left, ListPage, MonthGrid, Page, Pager, PlainPage, Shell,
    TagsPage, To, When,
)  # fmt: skip
from handbill.outputs.words import words_for

ROOT = Path(__file__).resolve().parents[1]
THEME = ROOT / "theme"
TEMPLATES = sorted(path.relative_to(THEME / "templates").as_posix() for path in (THEME / "templates").rglob("*.html"))
STYLE = (THEME / "static" / "hub.css").read_text(encoding="utf-8")
CALL = re.compile(r"""\bwords(?:\.count)?\(\s*(["'])(.*?)\1(?:\s*,\s*(["'])(.*?)\3)?""")

#: What every view is rendered with, and nothing else (decision 0007).
GIVEN = {"shell", "view", "page", "words"}

#: Text colours, and the grounds on which they stand.
INKS = ("ink", "soft", "strong", "good", "wait", "stop")
GROUNDS = ("paper", "sheet")


def source(name: str) -> str:
    return (THEME / "templates" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(THEME / "templates"), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@pytest.fixture(scope="module")
def french() -> dict[str, object]:
    with (THEME / "locale" / "fr.po").open("rb") as file:
        return {message.id[0] if isinstance(message.id, tuple) else message.id: message for message in read_po(file) if message.id}


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

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> at line {self.getpos()[0]}"


def named_in(tree: nodes.Template) -> set[str]:
    """Return what a template sets, imports or defines for itself."""
    named = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    for node in tree.find_all(nodes.FromImport):
        named |= {macro if isinstance(macro, str) else macro[1] for macro in node.names}
    return named | {macro.name for macro in tree.find_all(nodes.Macro)}


# Templates


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_loaded_with_all_that_it_names(environment, name):
    environment.get_template(name)
    tree = environment.parse(source(name))
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)):
        assert isinstance(node.template, nodes.Const), f"{name}:{node.lineno}: a computed name cannot be followed by digests"
        environment.get_template(node.template.value)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_imported_macro_exists(environment, name):
    """Jinja notices a macro that is missing only on the page that calls it."""
    for node in environment.parse(source(name)).find_all(nodes.FromImport):
        offered = environment.get_template(node.template.value).module
        for macro in node.names:
            assert hasattr(offered, macro if isinstance(macro, str) else macro[0]), f"{name}:{node.lineno}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_begins_by_saying_what_it_shows(name):
    assert re.match(r"\{# [A-Z\"].{20,}?#\}\n", source(name), re.DOTALL)


@pytest.mark.parametrize("name", [one for one in TEMPLATES if not one.startswith("parts/")])
def test_a_page_names_the_blocks_that_a_community_may_override(name):
    """Someone who overrides a block should not have to read the template for its name."""
    text = source(name)
    comment = text[: text.index("#}")]
    promised = re.search(r"(?:Overridable|Blocks to override): ([^#]*?)\.\s*$", comment)
    assert promised
    blocks = set(re.findall(r"{%-? block (\w+)", text + source("parts/item.html")))
    for block in re.sub(r"\([^)]*\)", "", promised[1]).replace("\n", " ").split(","):
        assert block.strip() in blocks, block


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_sees_its_record_and_nothing_else(environment, name):
    """What a page shows must be in its digest."""
    tree = environment.parse(source(name))
    named, above = named_in(tree), tree
    while parent := above.find(nodes.Extends):
        above = environment.parse(source(parent.template.value))
        named |= named_in(above)

    assert find_undeclared_variables(tree) <= GIVEN | named


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_carries_style_script_or_handlers(name):
    """The hub's security policy allows files of its own and nothing inline."""
    text = re.sub(r"{#.*?#}", "", source(name), flags=re.DOTALL)

    assert not re.search(r"<style|\sstyle=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"javascript:", text, re.IGNORECASE)
    for script in re.findall(r"<script\b.*?>.*?</script>", text, re.DOTALL):
        assert name == "search.html"
        assert re.fullmatch(r'<script type="module" src="{{ shell\.base }}theme/search\.js"></script>', script)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_page_asks_anyone_else_for_anything(name):
    text = source(name)

    for address in re.findall(r"""(?:src|srcset|action|data)="(https?:|//)""", text):
        pytest.fail(address)
    for tag in re.findall(r"<link\b[^>]*https?:[^>]*>", text):
        assert "schema.org" in tag, tag


def test_the_style_sheet_asks_nobody_for_anything():
    assert not re.search(r"@import|url\(", STYLE)


@pytest.mark.parametrize("name", TEMPLATES)
def test_bodies_alone_are_passed_unescaped(name):
    for expression in re.findall(r"{{([^}]*)\| safe", source(name)):
        assert expression.strip() in {"view.body", "paths[name]", "drawings[name]"}, expression


# Pages


def shell(**changes: object) -> Shell:
    given: dict[str, Any] = {
        "lang": "fr", "name": "Les Mains", "tagline": "", "description": "", "home": "/base/", "base": "/base/",
        "languages": (To("Français", "/base/"), To("English", "/base/en/")), "menu": (To("Agenda", "/base/events/"),), "footer": (),
        "feed": "", "feeds_page": "", "agenda": "", "search": "", "handbook": "", "subscribe": "", "style": "/base/theme/hub.css",
        "accent": "", "accent_dark": "", "since": 0, "zone": "Europe/Paris",
    }  # fmt: skip
    return Shell(**(given | changes))


def a_page(**changes: object) -> Page:
    given: dict[str, Any] = {
        "template": "", "lang": "fr", "title": "Un <titre>", "description": "", "address": "/base/x/", "canonical": "https://hub.example/base/x/",
        "alternates": (), "feeds": (), "is_indexed": True, "picture": None,
    }  # fmt: skip
    return Page(**(given | changes))


def a_card(kind: str, **changes: object) -> Card:
    given: dict[str, Any] = {
        "kind": kind, "title": "Un <titre> : long", "address": "/base/x/", "lang": "fr", "summary": "", "published": "", "updated": "",
        "picture": None, "tags": (), "people": (), "state": "", "when": None, "place": "", "left": None, "number": None, "minutes": 0,
    }  # fmt: skip
    return Card(**(given | changes))


def at(starts: str, ends: str, status: str = "confirmed", *, is_past: bool = False, was: tuple[str, ...] = ()) -> When:
    return When(starts, ends, len(starts) == 10, "", status, "Une note" if status != "confirmed" else "", was, is_past, False, False)


EVENING = ("2026-12-05T18:00:00+01:00", "2026-12-05T20:00:00+01:00")
PICTURE = Image("/base/pictures/x.png", "Une scie", 800, 600)
PEOPLE = (Byline("Inès", "/base/people/ines/", "author", PICTURE), Byline("Léa", "", "organiser", None), Byline("Ali", "", "speaker", None))
FULL: dict[str, Any] = {
    "summary": "Un résumé", "published": "2026-11-01T10:00:00+01:00", "updated": "2026-11-03T10:00:00+01:00", "picture": PICTURE,
    "tags": (To("bois", "/base/tags/bois/"), To("perdu", "")), "people": PEOPLE, "minutes": 3,
}  # fmt: skip
VENUE = {"name": "Salle", "street": "1 rue", "postcode": "33000", "city": "Bordeaux", "country": "", "latitude": 0.0, "longitude": -0.5, "access": "Rampe"}
NOTHING_OF_AN_EVENT: dict[str, Any] = {
    "venue": None, "mode": "onsite", "join_url": "", "capacity": None, "price": "", "registration": None, "dates": (), "past_dates": 0,
    "rule_text": "", "calendar": "", "recap": None,
}  # fmt: skip
NOTHING_OF_A_CONTEST: dict[str, Any] = {
    "mechanism": "jury", "opens": "2026-11-01T00:00:00+01:00", "closes": "2026-12-05T23:59:00+01:00", "draw": "", "results": "", "prizes": [],
    "enter": "Écrivez", "enter_url": "", "organiser": "", "eligibility": "", "winners": [], "cancelled": "",
}  # fmt: skip
CONTEST = a_card("contest", left=Left("2026-11-01T00:00:00+01:00", "2026-12-05T23:59:00+01:00", 4), state="open")
EVENT = a_card("event", when=at(*EVENING), state="upcoming", place="Salle, Bordeaux", **FULL)
ALL_CARDS = (
    EVENT, CONTEST,
    replace(EVENT, state="cancelled", when=at(*EVENING, "cancelled")), replace(EVENT, state="past", when=at(*EVENING, is_past=True)),
    replace(CONTEST, state="open", left=replace(CONTEST.left, days=0)), replace(CONTEST, state="announced"), replace(CONTEST, state="closed"),
    replace(CONTEST, state="drawn"), replace(CONTEST, state="cancelled"),
    a_card("post", **FULL), a_card("post", lang="en", **FULL), a_card("person", address=""), a_card("issue", number=12, published="2026-11-05T18:00:00+01:00"),
)  # fmt: skip


def item(card: Card, facts: dict[str, Any], **changes: object) -> ItemPage:
    given: dict[str, Any] = {"page": a_page(), "card": card, "body": "", "headings": (), "previous": None, "next": None, "related": (), "facts": facts}
    return ItemPage(**(given | changes))


HEADINGS_OF_A_TEXT = tuple({"level": 2, "anchor": f"h{n}", "text": f"Titre {n}"} for n in range(4))
ONWARD: dict[str, Any] = {"body": "<p>Texte</p>", "headings": HEADINGS_OF_A_TEXT, "previous": To("Avant", "/a/"), "next": To("Après", "/b/"), "related": ALL_CARDS}
FEED = Feed("Les Mains – bois", (To("RSS", "https://hub.example/base/feeds/tags/bois.rss.xml"),))
WEEK = tuple((f"2026-12-{day:02}", (EVENT,) if day == 5 else ()) for day in range(1, 8))

#: Each template with the least and with the most that its record can hold.
VIEWS: dict[str, tuple[str, Any]] = {
    "an empty home": ("home", HomePage(a_page(), (), (), (), None, ())),
    "a full home": ("home", HomePage(a_page(), ALL_CARDS[:4], (CONTEST,), ALL_CARDS[9:11], ALL_CARDS[-1], (To("bois", "/t/"),))),
    "a bare post": ("post", item(a_card("post"), {})),
    "a full post": ("post", item(a_card("post", **FULL), {}, **ONWARD)),
    "a page": ("page", item(a_card("page", picture=PICTURE), {}, **ONWARD)),
    "a bare person": ("person", item(a_card("person"), {"roles": [], "joined": "", "links": [], "contributions": ()})),
    "a full person": ("person", item(a_card("person", picture=PICTURE), {"roles": ["bois"], "joined": "2023-09-01", "links": [{"label": "Site", "url": "https://x.example/"}], "contributions": ALL_CARDS})),
    "a bare event": ("event", item(a_card("event", when=at("2026-12-04", "2026-12-06"), state="upcoming"), NOTHING_OF_AN_EVENT)),
    "a full event": ("event", item(EVENT, NOTHING_OF_AN_EVENT | {"venue": VENUE, "mode": "hybrid", "join_url": "https://v.example/", "capacity": 8, "registration": {"url": "https://r.example/", "opens": "", "closes": EVENING[0], "state": "open"}, "dates": (EVENT.when, at("2026-12-12", "2026-12-12", "cancelled")), "past_dates": 2, "rule_text": "le samedi", "calendar": "/base/x/event.ics"}, **ONWARD)),
    "an event to sign up for later": ("event", item(EVENT, NOTHING_OF_AN_EVENT | {"registration": {"url": "", "opens": EVENING[0], "closes": "", "state": "not_yet"}})),
    "an event that is full": ("event", item(EVENT, NOTHING_OF_AN_EVENT | {"registration": {"url": "", "opens": "", "closes": "", "state": "full"}})),
    "a moved event": ("event", item(replace(EVENT, when=at(*EVENING, "rescheduled", was=("2026-12-01",))), NOTHING_OF_AN_EVENT)),
    "a past event": ("event", item(replace(EVENT, state="past", when=at(*EVENING, is_past=True)), NOTHING_OF_AN_EVENT | {"recap": To("Le récit", "/r/")})),
    "a bare contest": ("contest", item(CONTEST, NOTHING_OF_A_CONTEST)),
    "a drawn contest": ("contest", item(replace(CONTEST, state="drawn"), NOTHING_OF_A_CONTEST | {"prizes": [{"name": "Ciseau", "quantity": 2, "value": "9 €"}], "draw": EVENING[0], "results": "2026-12-08", "winners": [{"name": "Léa", "prize": ""}], "eligibility": "Tous", "organiser": "Nous", "enter_url": "https://e.example/"}, **ONWARD)),
    "a cancelled contest": ("contest", item(replace(CONTEST, state="cancelled"), NOTHING_OF_A_CONTEST | {"cancelled": "Personne"})),
    "a letter": ("issue", item(ALL_CARDS[-1], {"number": 12, "subject": "S", "preheader": "P", "letter": "La lettre", "sections": [{"name": "events", "cards": ALL_CARDS}, {"name": "posts", "cards": ()}], "mail": "/m", "text": "/t"}, **ONWARD)),
    "an empty list": ("list", ListPage(a_page(), "post", (Group("", ()),), None, ())),
    "a full list": ("list", ListPage(a_page(), "year", (Group("2026-12-01", ALL_CARDS, To("Plus", "/p/")), Group("Autres", ALL_CARDS)), Pager(2, 3, "/n/", "/o/"), (To("2026", "/base/x/"),))),
    "a list of people": ("list", ListPage(a_page(), "person", (Group("", (a_card("person"),)),), None, ())),
    "an empty agenda": ("agenda", AgendaPage(a_page(), (), (), (), (), "2026-12-03")),
    "a full agenda": ("agenda", AgendaPage(a_page(), (MonthGrid("2026-12-01", (WEEK,)),), (Group("2026-12-01", (EVENT, EVENT)),), (Group("2026-11-01", ALL_CARDS[3:4]),), (FEED,), "2026-12-03")),
    "no tags": ("tags", TagsPage(a_page(), ())),
    "tags": ("tags", TagsPage(a_page(), ((To("bois", "/t/"), 3),))),
    "feeds": ("feeds", FeedsPage(a_page(), (Feed("Les Mains", (To("RSS", "/base/feeds/all.rss.xml"),)), FEED), (Feed("Les Mains", (To("iCalendar", "/base/calendars/all.ics"),)),), "/base/feeds/hub.opml")),
    "search": ("search", PlainPage(a_page(is_indexed=False))),
    "an unknown address": ("404", PlainPage(a_page(is_indexed=False))),
    "a moved address": ("moved", PlainPage(a_page(is_indexed=False), "/base/y/")),
    "a page taken back": ("gone", PlainPage(a_page(is_indexed=False))),
}
SURROUNDINGS = {
    "bare": shell(),
    "full": shell(tagline="T", description="D", footer=(To("Mentions", "/base/m/"),), feeds_page="/base/feeds/", agenda="/base/events/", search="/base/search/", handbook="/base/handbook/", subscribe="https://s.example/", since=2012),
}


@pytest.fixture(params=SURROUNDINGS)
def rendered(request: pytest.FixtureRequest, environment: Environment):
    """Return a function that renders a view by its name, in a bare and in a full shell."""
    words = words_for("fr", THEME / "locale")

    def render(name: str) -> str:
        template, view = VIEWS[name]
        given = {"shell": SURROUNDINGS[request.param], "view": view, "page": view.page, "words": words}
        return environment.get_template(f"{template}.html").render(given)

    return render


def test_every_template_is_rendered_by_these_tests():
    shown = {f"{template}.html" for template, _ in VIEWS.values()} | {"base.html"}

    assert {name for name in TEMPLATES if not name.startswith("parts/")} == shown


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_has_one_title_and_its_headings_in_order(rendered, name):
    """Those who hear a page move through it by its headings."""
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", rendered(name))]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False)), levels


@pytest.mark.parametrize("name", VIEWS)
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


@pytest.mark.parametrize("name", VIEWS)
def test_search_finds_items_and_never_lists(rendered, name):
    found = rendered(name).count("data-pagefind-body")

    assert found == (1 if isinstance(VIEWS[name][1], ItemPage) else 0)


@pytest.mark.parametrize("name", ["search", "an unknown address", "a moved address", "a page taken back"])
def test_pages_that_say_nothing_stay_out_of_search_engines(rendered, name):
    assert '<meta name="robots" content="noindex">' in rendered(name)


def test_a_moved_address_leads_on_without_script(rendered):
    html = rendered("a moved address")

    assert '<meta http-equiv="refresh" content="0; url=/base/y/">' in html
    assert '<a class="button" href="/base/y/">' in html


def test_a_picture_is_shared_under_its_whole_address(environment):
    view = item(a_card("post"), {}, page=a_page(picture=PICTURE))
    given = {"shell": shell(), "view": view, "page": view.page, "words": words_for("fr", THEME / "locale")}

    assert '<meta property="og:image" content="https://hub.example/base/pictures/x.png">' in environment.get_template("post.html").render(given)


def test_the_language_switch_leads_to_the_same_page_on_this_host(environment):
    """Its alternates carry the public origin; a preview on another host must not lead away."""
    alternates = (To("fr", "https://hub.example/base/x/"), To("en", "https://hub.example/base/en/x/"))
    view = PlainPage(a_page(alternates=alternates))
    given = {"shell": shell(), "view": view, "page": view.page, "words": words_for("fr", THEME / "locale")}
    html = environment.get_template("gone.html").render(given)

    assert '<a href="/base/en/x/" lang="en" hreflang="en">English</a>' in html
    assert '<link rel="alternate" hreflang="en" href="https://hub.example/base/en/x/">' in html


def test_what_is_called_off_is_no_poster(environment):
    cancelled = replace(EVENT, title="Annulée", state="cancelled", when=at(*EVENING, "cancelled"))
    view = HomePage(a_page(), (cancelled, replace(EVENT, title="Tenue")), (), (), None, ())
    given = {"shell": shell(), "view": view, "page": view.page, "words": words_for("fr", THEME / "locale")}
    html = environment.get_template("home.html").render(given)

    assert '<h3 class="bill-title"><a href="/base/x/">Tenue</a></h3>' in html
    assert "Annulée</a></h3>" in html


def test_nobody_is_asked_to_sign_up_for_what_is_over_or_off(rendered, environment):
    assert "S’inscrire" in rendered("a full event")
    facts = VIEWS["a full event"][1].facts
    for state in ("past", "cancelled", "postponed"):
        view = item(replace(EVENT, state=state), facts)
        given = {"shell": shell(), "view": view, "page": view.page, "words": words_for("fr", THEME / "locale")}
        html = environment.get_template("event.html").render(given)
        assert "S’inscrire" not in html
        assert "https://v.example/" not in html


# Words


def said_by_templates() -> dict[str, str]:
    """Return every text that a page or a letter says, with where."""
    found = {}
    for file in [*(THEME / "templates").rglob("*.html"), *(THEME / "mail").rglob("*")]:
        if file.is_file():
            for match in CALL.finditer(file.read_text(encoding="utf-8")):
                found[match[2]] = file.name
    return found


def trees() -> list[tuple[str, ast.Module]]:
    files = sorted((ROOT / "src" / "handbill" / "outputs").rglob("*.py"))
    return [(file.name, ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def said_by_code() -> dict[str, str]:
    """Return every text that outputs hand to the words of a language, with where."""
    found = {}
    for name, tree in trees():
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call) and one.args):
            # words("…"), words.count("…"), self._say("…") and say[lang]("…").
            called = call.func
            if isinstance(called, ast.Subscript) or (isinstance(called, ast.Attribute) and called.attr == "count"):
                called = called.value
            speaker = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            first = call.args[0]
            if speaker in {"words", "say", "_say"} or (speaker == "self" and name == "words.py"):
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = name
    return found


def headings_in_code() -> dict[str, str]:
    return dict.fromkeys(HEADINGS.values(), "subscriptions.py")


def test_texts_are_found_where_they_are_said():
    """If the search found nothing, the tests below would pass for ever."""
    assert len(said_by_templates()) > 100
    assert {"midnight", "Agenda", "Page not found", "one day left"} <= said_by_code().keys()


def test_every_text_is_said_in_french(french):
    texts = said_by_templates() | said_by_code() | headings_in_code()
    missing = {text: where for text, where in texts.items() if text not in french}

    assert not missing


def test_every_translation_says_something(french):
    empty = [key for key, message in french.items() if not all(message.string if isinstance(message.string, tuple) else [message.string])]

    assert not empty
    assert not [key for key, message in french.items() if message.fuzzy]


def test_no_translation_is_left_over(french):
    """A text that nobody says any more only keeps translators busy."""
    strings = {one.value for _, tree in trees() for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    left_over = french.keys() - said_by_templates().keys() - strings

    assert not left_over


def test_every_translation_keeps_the_names_to_fill_in(french):
    for key, message in french.items():
        original = message.id[-1] if isinstance(message.id, tuple) else message.id
        for translated in message.string if isinstance(message.string, tuple) else [message.string]:
            assert set(re.findall(r"{\w+}", translated)) <= set(re.findall(r"{\w+}", original)), key
        if not isinstance(message.id, tuple):
            assert set(re.findall(r"{\w+}", message.string)) == set(re.findall(r"{\w+}", key)), key


def test_no_french_line_can_begin_with_its_punctuation(french):
    for message in french.values():
        for translated in message.string if isinstance(message.string, tuple) else [message.string]:
            assert not re.search(r" [:;?!»]|« ", translated), translated


# Colours


def schemes() -> dict[str, dict[str, str]]:
    """Return the custom properties of each scheme, with references followed."""
    light = dict(re.findall(r"--([\w-]+): ([^;]+);", STYLE[STYLE.index(":root {") : STYLE.index("}")]))
    start = STYLE.index("@media (prefers-color-scheme: dark)")
    dark = light | dict(re.findall(r"--([\w-]+): ([^;]+);", STYLE[start : STYLE.index("}", start)]))
    return {name: {key: resolved(value, found) for key, value in found.items()} for name, found in (("light", light), ("dark", dark))}


def resolved(value: str, found: dict[str, str]) -> str:
    while match := re.fullmatch(r"var\(--([\w-]+)(?:, (.+))?\)", value):
        value = found.get(match[1], match[2])
    return value


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``.  Source: WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_colour_can_be_read_on_every_ground(scheme, ink, ground):
    colours = schemes()[scheme]

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_on_the_accent_can_be_read(scheme):
    """Leaves and buttons stand in the colour of the paper on the accent."""
    colours = schemes()[scheme]

    assert contrast(colours["paper"], colours["strong"]) >= 4.5
    assert contrast(colours["paper"], colours["ink"]) >= 7


def test_dark_is_a_scheme_of_its_own():
    found = schemes()

    assert all(found["light"][name] != found["dark"][name] for name in (*INKS, *GROUNDS, "rule", "accent"))


def test_colours_are_named_once():
    """A colour written into a rule would not follow the scheme, nor the community's choice."""
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)

    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", rules.replace("color: #000;", ""))


def test_the_style_sheet_stays_light():
    assert len(gzip.compress(STYLE.encode("utf-8"), 9)) <= 12 * 1024
