"""Languages across all pages: whose words are said, which page names which, and in which language each text is marked.

The hub of this repository is planned and rendered as it is published, without
its pictures, search and handbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from tests.hubs import load_village, text, write

from handbill.hub.hub import Hub
from handbill.outputs import letters, site
from handbill.outputs.planned import Finished, Planned
from handbill.outputs.theme import Theme
from handbill.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

#: Attributes that people read, or hear.
SAID = ("title", "aria-label", "alt", "placeholder", "aria-description")


@dataclass
class Spoken(HTMLParser):
    """Every text of a page with the language that it is marked as; attributes that people read count as texts."""

    html: str
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    alternates: list[tuple[str, str]] = field(default_factory=list)
    canonical: str = ""
    robots: str = ""
    lang_of_page: str = ""
    _open: list[tuple[str, str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()

    @property
    def lang(self) -> str:
        """Return the language of what comes now."""
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        lang = given.get("lang", self.lang)
        self.lang_of_page = self.lang_of_page or (lang if tag == "html" else "")
        if tag not in VOID:
            self._open.append((tag, lang, "prose" in given.get("class", "").split()))
        # What scripts show stands in data attributes too, beside the keys that they look for.
        kept = [one for one in given if one.startswith("data-") and not re.fullmatch(r"data-pagefind.*|[a-z_/]+", one if "pagefind" in one else given[one])]
        self.texts += [(f"{tag}@{name}", lang, given[name]) for name in (*SAID, *kept) if given.get(name)]
        if tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates.append((given["hreflang"], given["href"]))
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        if tag == "meta" and given.get("name") == "robots":
            self.robots = given["content"]
        if tag == "meta" and given.get("name") == "description":
            self.texts.append(("meta", lang, given["content"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in [name for name, _, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self._open and self._open[-1][0] not in ("script", "style"):
            is_text = any(is_prose for _, _, is_prose in self._open)
            self.texts.append(("prose" if is_text else self._open[-1][0], self.lang, words))


def rendered(hub: Hub, settings: Settings, scratch: Path) -> tuple[list[Planned], dict[str, Spoken]]:
    """Return what the site plans, and each of its pages as members hear it."""
    planned = list(site.plan(hub, settings))
    pages = [one for one in planned if isinstance(one.work, Finished)]
    scratch.mkdir(exist_ok=True)
    return pages, {
        one.path: Spoken(one.content.read_text(encoding="utf-8"))  # type: ignore[union-attr]
        for one in site.make(pages, settings, scratch)
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hub, Settings, dict[str, Spoken]]:
    """Return the hub of this repository with all its pages."""
    loaded, settings = load_village("2026-11-21 12:00", ROOT)
    _, pages = rendered(loaded.hub, settings, tmp_path_factory.mktemp("demo"))
    return loaded.hub, settings, pages


# A language by a file

#: A catalogue in which every text stands between brackets, so that a text that is in no catalogue is seen.
BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
LATIN = re.compile(r"[A-Za-z]{2,}")

EVENT = {"title": "Φθφθ", "summary": "Ψψψψ", "organisers": "[νικη]", "date": "2026-01-02", "venue": "{name: Θθθθ 12, street: Οδός 1, city: Πόλη, country: Χώρα, latitude: 44.8, longitude: -0.5, access: Ραμπα}"}
CONTEST = {"title": "Αγων", "date": "2026-01-02", "mechanism": "jury", "enter": "Γραψτε.", "organiser": "Νικη", "eligibility": "Ολοι", "prizes": "[{name: Δωρο, quantity: 2, value: 9 €}]"}


def pseudo(root: Path) -> Path:
    """Return a hub whose texts are Greek letters and whose interface is in brackets: every template, kind and state."""
    with (Theme(ROOT).find("locale/fr.po")).open("rb") as file:
        texts = [message.id for message in read_po(file) if message.id]
    entries = []
    for one in texts:
        forms = (one,) if isinstance(one, str) else one
        lines = [f"msgid{'_plural' if n else ''} {quoted(form)}" for n, form in enumerate(forms)]
        lines += [f"msgstr{f'[{n}]' if len(forms) > 1 else ''} {quoted(f'⟦{form}⟧')}" for n, form in enumerate(forms)]
        entries.append("\n".join(lines))
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    files: dict[str, str | bytes] = {
        "theme/locale/xx.po": "\n\n".join([head, *entries]) + "\n",
        "theme/static/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "hub.toml": HUB,
        "content/people/νικη.md": text("Λολο.", title="Νικη", roles="[Ρολος]", joined="2020-01-01", slug="2020", id='"person:2020"'),
        "content/pages/1.md": text("Λολο.", title="Σελις", menu="header"),
        "events/1.md": text("Λολο.", **EVENT, slug="1", starts="2026-04-04 14:00", ends="2026-04-04 18:00", capacity="8"),
        "events/2.md": text("Λολο.", **EVENT, slug="2", starts="2026-04-05", status="cancelled", status_note="Βροχη"),
        "events/3.md": text("Λολο.", **EVENT, slug="3", starts="2026-04-06 14:00", ends="2026-04-06 18:00", status="postponed", status_note="Βροχη"),
        "events/4.md": text("Λολο.", **EVENT, slug="4", starts="2026-04-07 14:00", ends="2026-04-07 18:00", timezone="Europe/Lisbon"),
        "events/5.md": text("Λολο.", **EVENT, slug="5", starts="2026-02-07 14:00", ends="2026-02-07 18:00"),
        "events/6.md": text("Λολο.", **EVENT, slug="6", starts="2026-04-08 14:00", ends="2026-04-09 18:00", recurrence='{rule: "FREQ=MONTHLY;COUNT=5"}'),
        "events/7.md": text("Λολο.", **{**EVENT, "mode": "hybrid"}, slug="7", starts="2026-04-10 14:00", ends="2026-04-10 18:00", join_url="https://v.example/", registration="{url: https://r.example/, closes: 2026-04-09 12:00}"),
        "events/8.md": text("Λολο.", **EVENT, slug="8", starts="2026-04-11 14:00", ends="2026-04-11 18:00", registration="{opens: 2026-04-01 09:00}"),
        "events/9.md": text("Λολο.", **EVENT, slug="9", starts="2026-04-12 14:00", ends="2026-04-12 18:00", registration="{full: true}"),
        "content/contests/1.md": text("Λολο.", **CONTEST, slug="1", opens="2026-03-01", closes="2026-03-31"),
        "content/contests/2.md": text("Λολο.", **CONTEST, slug="2", opens="2026-04-01", closes="2026-04-30"),
        "content/contests/3.md": text("Λολο.", **CONTEST, slug="3", opens="2026-02-01", closes="2026-02-20"),
        "content/contests/4.md": text("Λολο.", **{**CONTEST, "mechanism": "draw"}, slug="4", opens="2026-02-01", closes="2026-02-20", draw="2026-02-21 12:00", results="2026-02-22", winners="[{name: Νικη}]"),
        "content/contests/5.md": text("Λολο.", **CONTEST, slug="5", opens="2026-03-01", closes="2026-03-31", cancelled="Βροχη"),
        "newsletters/1.md": text("Λολο.", number="1", subject="Επιστολη", date="2026-02-05 18:00", title="Επιστολη"),
        "newsletters/2.md": text("Λολο.", number="2", subject="Επιστολη", date="2026-03-05 18:00", title="Επιστολη"),
    }
    for n in range(1, 15):
        files[f"content/posts/{n}.md"] = text("Λολο.\n\n## Αα\n\n## Ββ\n\n## Γγ\n\n## Δδ\n\n> [!NOTE]\n> Σσ.\n", title=f"Αρθρο {n}", summary="Λολο λολο", tags='["7", "8"]', authors="[νικη]", date=f"2026-01-{n:02}", aliases=f"[/{n}0/]", **({"series": "Σειρα"} if n < 4 else {}))
    return write(root, files)


def without_dates(words: str) -> str:
    """Return a text without what no catalogue says: days and months, addresses, names of forms, and the language's own tag."""
    return re.sub(ENGLISH_DATES, " ", re.sub(r"\S+\.example\S*|https?://\S+", " ", words))


def _dates() -> str:
    english = Locale("en", "GB")
    names = {name for forms in (english.days, english.months) for widths in forms.values() for width in widths.values() for name in width.values()}
    # The forms of feeds have no other name anywhere; neither has a language that nobody knows.
    names |= {"RSS", "Atom", "JSON Feed", "iCalendar", "OPML", "xx"}
    # What companies call their calendars everywhere.
    names |= {"Outlook.com", "Microsoft 365"}
    # Institutions of France, which the law says to name, with their postal address.
    names |= {"CNIL", "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07"}
    return r"\b(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b\.?"


ENGLISH_DATES = _dates()


def quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


HUB = """
[hub]
name = "Αλφα"
tagline = "Βητα γαμμα"
description = "Δελτα εψιλον"
base_url = "https://xx.example/"
lang = "xx"
languages = ["xx"]
timezone = "Europe/Athens"
since = 2020
repository = "https://github.com/x/x"

[look]
logo = "mark.svg"

[mail]
sender = "Αλφα <a@xx.example>"
reply_to = "a@xx.example"
postal_address = "Οδός 1"
unsubscribe = "https://l.example/{token}"
subscribe_url = "https://l.example/"

[letters.main]
name = "Επιστολη"
description = "Καθε μηνα"

[legal]
country = "FR"
publisher = "Αλφα"
form = "Σωματειο"
address = "Οδός 1"
phone = "05 36 49 00 00"
contact = "a@xx.example"
director = "Νικη"
host = "Ξενος"
host_address = "Οδός 2"
retention = "Δυο χρονια"
mailing = "Ξενος"
mailing_country = "Χωρα"

[accessibility]
level = "partial"
declared = 2026-01-01
checked = 2026-01-01
by = "Νικη"
gaps = ["Ενα"]

[discussion]
url = "https://forum.example/"

[addresses]
gone = ["/9/"]
"""


def heard(pages: Mapping[str, Spoken]) -> Iterator[tuple[str, str, str]]:
    """Yield each text of each page without what stands in brackets, with its path and element."""
    for path, page in pages.items():
        for tag, _, words in page.texts:
            left = words
            while BRACKETS.search(left):
                left = BRACKETS.sub("", left)
            yield path, tag, left


def test_a_third_language_needs_one_file_and_nothing_in_the_interface_is_left_out(tmp_path):
    """Every template is rendered, in every state; a Latin letter outside of brackets was said past the catalogue."""
    root = pseudo(tmp_path)
    loaded, settings = load_village(root=root)
    assert not loaded.problems, [str(one) for one in loaded.problems]
    planned, pages = rendered(loaded.hub, settings, tmp_path / "scratch")
    mails = {one.path: one.content for one in letters.make(list(letters.plan(loaded.hub, settings)), settings, tmp_path / "mail")}

    used = {one.work.template for one in planned}
    # What was committed of a contest is tickets and digests, which are Latin letters in every language (test_theme_pages.py renders it).
    templates = {file.name for file in (ROOT / "theme" / "templates").glob("*.html")}
    assert templates - {"base.html", "draw.html", "rules.html"} == used
    assert [] == sorted({(path, tag, left) for path, tag, left in heard(pages) if LATIN.search(without_dates(left))})
    mails_heard = {path: Spoken(content.decode()) for path, content in mails.items() if path.endswith(".html")}
    assert len(mails_heard) == 2
    assert [] == sorted({(path, tag, left) for path, tag, left in heard(mails_heard) if LATIN.search(without_dates(left))})


# Which page names which


def test_pages_of_one_text_name_each_other_and_themselves(demo):
    """A search engine believes alternates only where both sides say the same; one broken link spoils them all."""
    _, settings, pages = demo
    by_address = {settings.absolute("/" + path.removesuffix("index.html")): (path, page) for path, page in pages.items()}
    named = {path: page for path, page in pages.items() if page.alternates}

    assert 40 < len(named) < len(pages)
    for path, page in named.items():
        links = dict(page.alternates)
        assert len(links) == len(page.alternates), f"{path}: a language twice"
        assert page.canonical == links[page.lang_of_page], path
        assert links["x-default"] == links.get(settings.lang, page.alternates[0][1]), path
        for lang, address in links.items():
            where, other = by_address[address]
            assert other.alternates == page.alternates, f"{path} names {where}, which does not answer"
            assert lang in ("x-default", other.lang_of_page), path
            assert not other.robots or page.robots, f"{path} names {where}, which nobody shall find"


def test_every_page_of_each_language_is_reached_from_the_other_where_it_is_translated(demo):
    """The front pages, the lists, and every item with a translation."""
    hub, settings, pages = demo
    for item in hub.items:
        twins = list(hub.listed(hub.translations(item)))
        if item.is_listed and len(twins) > 1:
            page = pages[f"{item.address.strip('/')}/index.html"]
            assert {one.lang: settings.absolute(one.address) for one in twins} | {"x-default": settings.absolute(twins[0].address)} == dict(page.alternates)
    for where in ("", "events/", "posts/", "contests/", "tags/", "archives/2026/", "feeds/", "search/"):
        assert {"fr", "en", "x-default"} == set(dict(pages[f"{where}index.html"].alternates)), where


def test_a_text_in_one_language_says_so_in_the_other(demo):
    """Right there, in the words and with the language of those who are told."""
    hub, settings, pages = demo
    alone = [item for item in hub.items if item.is_listed and len(list(hub.listed(hub.translations(item)))) == 1]
    told = {"en": "Not yet in English.", "fr": "Pas encore en français."}

    assert len(alone) > 30
    for item in alone:
        other = next(lang for lang in settings.languages if lang != item.lang)
        said = [(tag, lang, words) for tag, lang, words in pages[f"{item.address.strip('/')}/index.html"].texts if words == told[other]]
        if dict(pages[f"{item.address.strip('/')}/index.html"].alternates):
            assert not said, "a page made from hub.toml stands for it"
            continue
        assert ("span", other, told[other]) in said, item.id
        assert {other} == {lang for _, lang, _ in said}


# In which language each text is marked


def test_every_page_is_marked_in_its_language(demo):
    _, _, pages = demo

    for path, page in pages.items():
        assert page.lang_of_page == ("en" if path.startswith("en/") else "fr"), path


def test_what_an_item_says_is_marked_in_its_own_language_on_every_page(demo):
    """A voice that reads French with English sounds cannot be understood, and a card is a text of its item."""
    hub, settings, pages = demo
    langs: dict[str, set[str]] = {}
    for letter in settings.letters.values():
        for words in (letter.name, letter.description):
            langs.setdefault(" ".join(words.split()), set()).add(settings.lang)
    # A name is the same in every language.
    for item in (one for one in hub.items if one.kind != "person"):
        for words in (item.title, item.summary, *((item.place.name,) if item.place else ())):
            langs.setdefault(" ".join(words.split()), set()).add(item.lang)
    known = {words: next(iter(found)) for words, found in langs.items() if len(found) == 1 and len(words.split()) > 1}
    checked = 0
    for path, page in pages.items():
        for tag, lang, words in page.texts:
            # What an editor writes within a text is the editor's to mark.
            if words in known and tag not in ("title", "meta", "prose"):
                checked += lang != page.lang_of_page
                assert lang == known[words], f"{path}: <{tag}> {words!r} is marked {lang!r}"

    assert checked > 10, "some texts are on a page of another language, or nothing was proven"


def test_dates_are_said_in_the_language_that_they_are_marked_in(demo):
    """“Samedi” inside an English sentence is marked, or is not there."""
    _, _, pages = demo
    days = {"fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche", "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"}
    full = {lang: re.compile(rf"^(?:{names}) \d", re.IGNORECASE) for lang, names in days.items()}
    found = 0
    for path, page in pages.items():
        for tag, lang, words in page.texts:
            for spoken, pattern in full.items():
                if tag == "time" and pattern.match(words):
                    found += 1
                    assert lang == spoken, f"{path}: {words!r} is marked {lang!r}"

    assert found > 100
