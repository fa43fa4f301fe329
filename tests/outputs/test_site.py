"""The whole site as it is published: every link leads somewhere, and every page is sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from tests.hubs import files_of, load_village, options, text, village, write
from tests.photos import saved, scene

from handbill.outputs import rendering, site
from handbill.pipeline import build

BASE = "https://village.example/hub/"

#: Elements that never have an end.
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

#: Where a browser fetches something for the page itself.
FETCHED = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "use": "href",
}


@dataclass
class Page(HTMLParser):
    """A page as a browser sees it: links, what it fetches, anchors, headings, and how tags nest."""

    html: str
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)
    images_without_alt: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.html)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self._open.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.langs += [given["lang"]] if "lang" in given else []
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.referred += given.get(name, "").split()
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link":
            known = {"canonical", "alternate", "icon", "stylesheet"} & set(given.get("rel", "").split())
            (self.fetched if {"icon", "stylesheet"} & known else self.links if known else []).append(given["href"])
        elif FETCHED.get(tag) in given:
            self.fetched.append(given[FETCHED[tag]])
        if tag == "img" and "alt" not in given:
            self.images_without_alt.append(given["src"])
        if tag == "meta" and given.get("http-equiv") == "refresh":
            self.links.append(given["content"].partition("url=")[2])
        if "style" in given:
            self.fetched += re.findall(r"url\(\s*['\"]?([^'\")]+)", given["style"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> in <{self._open[-1] if self._open else 'nothing'}>")
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]


def place_of(path: str) -> str:
    return BASE + re.sub(r"(^|/)index\.html$", r"\1", path)


def broken(pages: Mapping[str, Page], files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield every link that leads to no file of the site, or to no anchor in it, or out of the path of the hub."""
    for path, page in pages.items():
        for link in (*page.links, *page.fetched):
            # Programs for calendars are asked by a scheme of their own.
            target = urljoin(place_of(path), re.sub("^webcal:", "https:", link))
            if urlsplit(target).netloc != urlsplit(BASE).netloc:
                continue
            where, _, anchor = target.partition("#")
            inside = unquote(where.partition("?")[0]).removeprefix(BASE)
            if not where.startswith(BASE):
                yield f"{path}: {link} leads out of the hub"
                continue
            file = inside + "index.html" if inside == "" or inside.endswith("/") else inside
            if file not in files:
                yield f"{path}: {link} leads to nothing"
            elif anchor and file in pages and unquote(anchor) not in pages[file].ids:
                yield f"{path}: {link} leads to no anchor"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return everything that a build of the village publishes."""
    root = village(tmp_path_factory.mktemp("site"))
    build(options(root))
    return files_of(root / "public")


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> dict[str, Page]:
    """Return every page of the site, and every letter."""
    return {path: Page(content.decode("utf-8")) for path, content in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def own(pages: Mapping[str, Page]) -> dict[str, Page]:
    """Return the pages that come from our templates: letters are built otherwise."""
    return {path: page for path, page in pages.items() if not path.endswith("mail.html")}


def test_every_link_leads_to_a_page_a_file_or_an_anchor(pages, files):
    """One broken link in a menu is a broken link on every page."""
    assert 40 < len(pages)
    assert 1000 < sum(len(page.links) for page in pages.values())
    assert [] == list(broken(pages, files))


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<a href="/hub/nichts/">', "/hub/nichts/ leads to nothing"),
        ('<a href="/posts/">', "/posts/ leads out of the hub"),
        ('<a href="https://village.example/hub/nichts/">', "https://village.example/hub/nichts/ leads to nothing"),
        ('<a href="../ici/#nulle-part">', "../ici/#nulle-part leads to no anchor"),
        ('<a href="#nulle-part">', "#nulle-part leads to no anchor"),
        ('<img src="x.png">', "x.png leads to nothing"),
        ('<link rel="stylesheet" href="/hub/x.css">', "/hub/x.css leads to nothing"),
        ('<a href="webcal://village.example/hub/x.ics">', "webcal://village.example/hub/x.ics leads to nothing"),
        ('<meta http-equiv="refresh" content="0; url=/hub/x/">', "/hub/x/ leads to nothing"),
        ('<a href="https://ailleurs.example/"><a href="./"><a href="/hub/"><a id="a"><a href="#a"><a href="mailto:a@b.example">', None),
    ],
)  # fmt: skip
def test_a_broken_link_is_found(html, told):
    """A check that finds nothing proves nothing."""
    pages = {"ici/index.html": Page(html), "index.html": Page("")}

    assert ([f"ici/index.html: {told}"] if told else []) == list(broken(pages, dict.fromkeys(pages, b"")))


def test_nothing_is_fetched_from_anywhere_else(files, pages):
    """A picture from another host tells that host who reads us."""
    hosts = {urlsplit(urljoin(place_of(path), one)).netloc for path, page in pages.items() for one in page.fetched}
    assert {"village.example"} == hosts
    for path, content in files.items():
        if path.endswith(".css"):
            assert not re.search(rb"@import|url\(\s*['\"]?(?:[a-z]+:)?//", content), path


def test_a_page_runs_no_script_but_files_of_the_site(pages):
    """Each works without any, and nothing can be smuggled into a page."""
    for path, page in pages.items():
        for attributes, inside in re.findall(r"<script\b([^>]*)>(.*?)</script>", page.html, re.DOTALL):
            if 'type="application/ld+json"' not in attributes:
                assert re.fullmatch(r'( type="module")?( blocking="render")? src="/hub/theme/[a-z]+\.js"', attributes), path
                assert "" == inside
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", page.html), path


def test_tags_are_closed_where_they_were_opened(own):
    """A list that is not closed swallows the foot of the page."""
    assert {} == {path: page.faults for path, page in own.items() if page.faults}


def test_headings_form_a_table_of_contents(own):
    """Who reads by ear goes from heading to heading; a step left out sounds like something missing."""
    for path, page in own.items():
        assert page.headings[:1] == [1], path
        assert 1 == page.headings.count(1), path
        assert [] == [pair for pair in zip(page.headings, page.headings[1:], strict=False) if pair[1] > pair[0] + 1], path


def test_an_id_stands_once_on_a_page(own):
    """A link to the second one leads to the first."""
    assert {} == {path: page.ids for path, page in own.items() if len(set(page.ids)) != len(page.ids)}


def test_what_a_label_refers_to_is_there(own):
    """A name given by a missing element is no name at all."""
    assert {} == {path: set(page.referred) - set(page.ids) for path, page in own.items() if not set(page.referred) <= set(page.ids)}


def test_every_page_says_its_language(own):
    """A voice that reads French as English is not understood."""
    for path, page in own.items():
        assert ("en" if path.startswith("en/") else "fr") == page.langs[0], path
        assert {"fr", "en"} >= set(page.langs), path
        assert '<html lang="' in page.html, path


def test_every_picture_has_an_alternative(pages):
    """Even if it is empty: then it is decoration, and said to be."""
    assert 3 < sum(page.html.count("<img") for page in pages.values())
    assert {} == {path: page.images_without_alt for path, page in pages.items() if page.images_without_alt}


def test_every_page_begins_as_a_page_must(own):
    """Without the first line browsers fall back to the rules of 1998."""
    for path, page in own.items():
        assert page.html.startswith("<!doctype html>\n<html "), path
        assert '<meta charset="utf-8">' in page.html[:200], path
        assert '<meta name="viewport"' in page.html, path
        assert "Le village" in re.search("<title>([^<]+)</title>", page.html)[1], path


def test_no_two_pages_have_one_title(own):
    """Tabs and results of a search are told apart by it."""
    shown = [page for page in own.values() if "noindex" not in page.html]
    titles = [(page.langs[0], re.search("<title>(.*?)</title>", page.html)[1]) for page in shown]

    assert sorted(set(titles)) == sorted(titles)


def test_a_page_names_its_own_address(own):
    """Copies under other addresses, as by parameters, count as this one."""
    for path, page in own.items():
        if "noindex" not in page.html:
            assert f'<link rel="canonical" href="{place_of(path)}">' in page.html, path


def test_a_title_stays_text_on_every_page(pages):
    """`<neuve>` is part of the title of a post, not an element."""
    assert [] == [path for path, page in pages.items() if "<neuve>" in page.html]
    assert 5 < len([path for path, page in pages.items() if "&lt;neuve&gt;" in page.html])


def test_no_word_of_a_template_is_left_untranslated(own):
    """An English word on a French page tells members that the page is not for them."""
    words = ("Skip to the content", "Feeds and calendars", "Read on", "Add to my calendar", "Page not found", "Search<", "Menu principal")
    french = {word for path, page in own.items() if not path.startswith(("en/", "404")) for word in words if word in page.html}

    assert {"Menu principal"} == french


def test_what_is_not_published_is_nowhere(files):
    """Not in a page, not in a feed, not in a list of files."""
    said = [path for path, content in files.items() if b"Ce billet attend son jour" in content or b"Un brouillon" in content]

    assert [] == said
    assert [] == [path for path in files if "bientot" in path or "brouillon" in path or "tom" in path.split("/")]


def test_no_path_of_the_machine_is_published(files):
    """It tells strangers about the machine, and makes each machine's site another one."""
    here = str(Path(__file__).resolve().parents[2]).encode()

    assert [] == [path for path, content in files.items() if here in content or b"/tmp/" in content]


def test_the_theme_is_published_with_the_hub_s_colours(files):
    """The accent comes from hub.toml, for light and for dark."""
    style = files["theme/hub.css"].decode()

    assert 1 == style.count("--accent: #1f6f54;")
    assert 2 == style.count("--accent: #7fd1ae;")
    assert style.count("{") == style.count("}")
    assert (Path(__file__).parents[2] / "theme/static/search.js").read_bytes() == files["theme/search.js"]


def test_a_picture_is_published_as_it_is(files):
    """Byte for byte: what was approved is what is shown."""
    assert (Path(__file__).parents[1] / "sites/village/content/pictures/puits.png").read_bytes() == files["media/pictures/puits.png"]


@pytest.mark.parametrize(("source", "path"), [("theme/static/a.png", "theme/a.png"), ("content/pictures/a.png", "media/pictures/a.png")])
def test_a_file_that_was_another_for_a_moment_is_itself_again(tmp_path, source, path):
    """Switching branches and back while a build runs is as quick as that."""
    was, other = (saved(scene((640, 480), seed), ".png") for seed in (1, 2))
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'
    file = write(tmp_path, {"hub.toml": hub, source: was}) / source
    moments = {"Making site": other, "Publishing": was}

    build(options(tmp_path), lambda step: file.write_bytes(moments[step]) if step in moments else None)
    build(options(tmp_path))

    twice = files_of(tmp_path / "public")
    assert was == twice[path]
    build(options(tmp_path, no_cache=True))
    assert twice == files_of(tmp_path / "public")


def test_two_processes_make_the_same_site_as_one(tmp_path, monkeypatch, files):
    """How many cores the machine has must not show."""
    monkeypatch.setattr(site, "PARTS_FROM", 2)
    root = village(tmp_path)
    build(options(root, jobs=2))

    assert files == files_of(root / "public")


def test_a_page_that_was_not_asked_for_is_not_made(tmp_path):
    """Most builds need one page of a thousand."""
    loaded, settings = load_village()
    wanted = [one for one in site.plan(loaded.hub, settings) if one.path in ("404.html", "theme/hub.css", "media/pictures/puits.png")]
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    assert {"404.html", "theme/hub.css", "media/pictures/puits.png"} == {one.path for one in site.make(wanted, settings, scratch)}


def test_files_alone_need_no_pelican(tmp_path, monkeypatch):
    """A changed style sheet is published in a moment."""
    loaded, settings = load_village()
    monkeypatch.setattr(rendering, "Rendering", None)
    wanted = [one for one in site.plan(loaded.hub, settings) if one.path.startswith("theme/")]

    assert 3 <= len(list(site.make(wanted, settings, tmp_path)))


def test_an_empty_hub_is_a_sound_site(tmp_path):
    """The first thing that a new community sees."""
    root = write(
        tmp_path, {"hub.toml": '[hub]\nname = "Le village"\nbase_url = "https://village.example/hub/"\nlanguages = ["fr", "en"]\n'}
    )
    build(options(root))

    files = files_of(root / "public")
    pages = {path: Page(content.decode("utf-8")) for path, content in files.items() if path.endswith(".html")}
    assert 20 < len(pages)
    assert [] == list(broken(pages, files))
    assert {} == {path: page.faults for path, page in pages.items() if page.faults}
    assert {(1,)} == {tuple(page.headings[:1]) for page in pages.values()}


def test_a_hub_at_the_root_of_its_host_is_sound_too(tmp_path):
    """Most have a name of their own, and no path."""
    root = village(tmp_path)
    build(options(root, base_url="https://village.example/"))

    home = Page((root / "public/index.html").read_text(encoding="utf-8"))
    assert "/posts/" in home.links
    assert [] == [link for link in (*home.links, *home.fetched) if "/hub/" in link or link.startswith("//")]


def test_long_lists_and_many_kinds_of_pages_are_sound(tmp_path):
    """Second pages, archives of years, contests in every state, people without a picture."""
    contest = {"mechanism": "jury", "enter": "x", "organiser": "y", "prizes": "[{name: z}]"}
    event = {"organisers": "[p1, Quelqu'un]", "venue": "{name: Salle}"}
    files = {
        f"content/posts/p{n:02}.md": text(
            "Un.\n\n## Deux\n\n### Trois", title=f"Billet {n}", date=f"20{n:02}-03-01", tags=f"[t{n % 7}]", authors="[p1]"
        )
        for n in range(30)
    }
    files |= {f"content/people/p{n}.md": text(title=f"Personne {n}", roles="[rôle]") for n in range(3)}
    files |= {
        "content/contests/a.md": text(title="CA", opens="2026-04-01", closes="2026-04-30", **contest),
        "content/contests/b.md": text(title="CB", opens="2026-01-03", closes="2026-01-31", winners="[{name: A, prize: z}]", **contest),
        "content/contests/c.md": text(title="CC", opens="2026-01-03", closes="2026-04-30", cancelled="Rien", **contest),
        "events/a.md": text(title="EA", starts="2026-04-01 10:00", status="postponed", status_note="x", **event),
        "events/b.md": text(title="EB", starts="2026-04-01", ends="2026-04-03", mode="hybrid", join_url="https://visio.example/", **event),
        "events/c.md": text(title="EC", starts="2026-01-04 10:00", recap="../content/posts/p01.md", **event),
        "events/d.md": text(title="ED", starts="2026-03-21 10:00", recurrence="{rule: FREQ=WEEKLY}", **event),
        "events/e.md": text(
            title="EE", starts="2026-03-30 10:00", timezone="Asia/Tokyo", registration="{full: true}", price="5 €", **event
        ),
        "newsletters/1.md": text(
            number="1", subject="Sujet", title="Lettre", date="2026-03-10 10:00", sections="[events, posts, contests, people]"
        ),
    }
    root = write(
        tmp_path, files | {"hub.toml": '[hub]\nname = "Le village"\nbase_url = "https://village.example/hub/"\nlanguages = ["fr", "en"]\n'}
    )
    build(options(root))

    made = files_of(root / "public")
    pages = {path: Page(content.decode("utf-8")) for path, content in made.items() if path.endswith(".html")}
    assert "posts/page/3/index.html" in pages
    assert [] == list(broken(pages, made))
    for path, page in pages.items():
        if not path.endswith("mail.html"):
            assert [] == page.faults, path
            assert len(set(page.ids)) == len(page.ids), path
            assert 1 == page.headings.count(1), path
            assert [] == [pair for pair in zip(page.headings, page.headings[1:], strict=False) if pair[1] > pair[0] + 1], (
                path,
                page.headings,
            )
            assert set(page.referred) <= set(page.ids), path
