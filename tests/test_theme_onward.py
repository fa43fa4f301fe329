"""What stands around an item: what programs are told of it, where it hangs, where it is talked about and corrected."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment
from tests.cases import for_each
from tests.test_theme_pages import CONTEST, EVENT, FULL, PICTURE, THEME, VIEWS, a_card, a_page, environment, item, render

from handbill.outputs.views import ItemPage, To

__all__ = ["environment"]

TALK = "https://giscus.app/fr/widget?repo=a%2Fb&term=post%3Ax"
DISCUSSED: dict[str, Any] = {"discuss": "https://github.com/a/b/discussions", "talk": TALK}
CORRECTED: dict[str, Any] = {"edit": "https://forge.example/a/b/_edit/main/x.md", "history": "https://forge.example/a/b/commits/branch/main/x.md"}


def post(**changes: object) -> ItemPage:
    return item(a_card("post", **FULL), {"series": None}, **changes)


def shared(html: str) -> list[tuple[str, str]]:
    """Return what a page tells those who share it."""
    return re.findall(r'<meta (?:property|name)="((?:og|article|twitter|description)[^"]*)" content="([^"]*)">', html)


def test_a_shared_text_says_what_it_is_when_it_was_written_and_by_whom(environment: Environment) -> None:
    """That is all that somebody sees of it in a chat."""
    trail = (To("Accueil", "/base/"), To("Articles", "/base/posts/"))
    alternates = (To("fr", "https://hub.example/base/x/"), To("en", "https://hub.example/base/en/x/"))
    page = a_page(title="Un titre", description="Une phrase", picture=replace(PICTURE, width=1200, height=630), trail=trail, alternates=alternates)
    told = shared(render(environment, "post", post(page=page)))

    assert [
        ("description", "Une phrase"),
        ("og:site_name", "Les Mains"),
        ("og:title", "Un titre"),
        ("og:description", "Une phrase"),
        ("og:type", "article"),
        ("og:locale", "fr_FR"),
        ("og:locale:alternate", "en_GB"),
        ("og:url", "https://hub.example/base/x/"),
        ("article:published_time", "2026-11-01T10:00:00+01:00"),
        ("article:modified_time", "2026-11-03T10:00:00+01:00"),
        ("article:author", "https://hub.example/base/people/ines/"),
        ("article:section", "Articles"),
        ("article:tag", "bois"),
        ("article:tag", "perdu"),
        ("og:image", "https://hub.example/base/pictures/x.png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "Une scie"),
        ("twitter:card", "summary_large_image"),
    ] == told


@for_each("name", VIEWS)
def test_every_page_is_shared_with_a_sentence_and_no_empty_word(environment: Environment, name: str) -> None:
    """An empty description is shown as nothing, or as the first words of the menu."""
    told = shared(render(environment, *VIEWS[name]))
    names = [one for one, _ in told]

    assert {"og:title", "og:description", "og:type", "og:url", "og:locale", "twitter:card"} <= set(names)
    assert all(value.strip() for _, value in told)
    assert [one for one in names if one not in ("article:tag", "article:author", "og:locale:alternate")] == list(
        dict.fromkeys(one for one in names if one not in ("article:tag", "article:author", "og:locale:alternate"))
    )
    if dict(told)["og:type"] != "article":
        assert not [one for one in names if one.startswith("article:")]


def test_the_name_of_the_site_is_said_once(environment: Environment) -> None:
    """“About Les Mains · Les Mains” is cut off before it says anything."""
    one = render(environment, "page", item(a_card("page"), {"duty": ()}, page=a_page(title="À propos des Mains")))
    two = render(environment, "page", item(a_card("page"), {"duty": ()}, page=a_page(title="Qui sont Les Mains ?")))

    assert "<title>À propos des Mains · Les Mains</title>" in one
    assert "<title>Qui sont Les Mains ?</title>" in two


def test_linked_data_stands_in_the_page_as_it_was_made(environment: Environment) -> None:
    """Escaped once more, it would be no JSON."""
    text = '{"@context":"https://schema.org","@graph":[{"name":"\\u003cb\\u003e \\"x\\""}]}'
    html = render(environment, "post", post(page=a_page(linked=text)))

    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert {"@context": "https://schema.org", "@graph": [{"name": '<b> "x"'}]} == json.loads(found)
    assert "ld+json" not in render(environment, "post", post())


def test_the_trail_is_a_list_of_links_with_a_name(environment: Environment) -> None:
    html = render(environment, "post", post(page=a_page(trail=(To("Accueil", "/base/"), To("Articles", "/base/posts/")))))

    (nav,) = re.findall(r'<nav class="trail" aria-label="([^"]+)">\s*<ol>(.*?)</ol>', html, re.DOTALL)
    assert [("/base/", "Accueil"), ("/base/posts/", "Articles")] == re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', nav[1])
    assert '<nav class="trail"' not in render(environment, "post", post())


# Correct this page


def test_an_item_leads_to_its_file_and_to_what_changed(environment: Environment) -> None:
    """Who sees a mistake is one step from mending it."""
    html = render(environment, "post", post(**CORRECTED))

    assert 'href="https://forge.example/a/b/_edit/main/x.md"' in html
    assert 'href="https://forge.example/a/b/commits/branch/main/x.md"' in html
    assert "Mis à jour le 3 novembre 2026" in html


def test_without_a_repository_nothing_is_promised(environment: Environment) -> None:
    html = render(environment, "post", post())

    assert "Corriger cette page" not in html
    assert "Son historique" not in html


# Discussion


def test_a_page_asks_nobody_for_a_discussion_before_a_reader_does(environment: Environment) -> None:
    """GitHub must not learn who reads what; the address waits in an attribute that no browser follows."""
    html = render(environment, "post", post(**DISCUSSED))
    without = html.replace(f'data-talk="{TALK.replace("&", "&amp;")}"', "")

    assert "giscus.app/" not in without
    assert "<iframe" not in html
    assert not re.search(r'(?:src|srcset|action|data|poster)="(?:https?:)?//', without)
    assert not re.search(r'<link\b[^>]*\b(?:preconnect|dns-prefetch|preload|prefetch|modulepreload)\b', html)


def test_what_needs_script_is_hidden_without_it_and_the_link_is_not(environment: Environment) -> None:
    html = render(environment, "post", post(**DISCUSSED))

    assert '<a class="button button-quiet" href="https://github.com/a/b/discussions">' in html
    assert re.search(r'<div hidden data-talk="[^"]+" data-title="[^"]+">', html)
    assert "GitHub et giscus.app sauront que vous lisez cette page." in html
    assert re.search(r'<button class="colophon-copy no-print" type="button" hidden data-copy="https://hub\.example/base/x/"', html)


def test_the_script_comes_only_where_there_is_a_discussion(environment: Environment) -> None:
    assert "talk.js" in render(environment, "post", post(**DISCUSSED))
    assert "talk.js" not in render(environment, "post", post(discuss="https://forum.example/"))
    assert "page-talk" not in render(environment, "post", post())


def test_the_script_stays_small() -> None:
    assert (THEME / "static" / "talk.js").stat().st_size <= 1536


#: As much of a browser as the script touches.
BROWSER = """
const frames = [], events = {}, heard = {};
const store = {...STORE};
const thing = () => ({ dataset: {}, focus() {}, contentWindow: {} });
const button = { addEventListener: (name, act) => { events[name] = act; } };
const box = { hidden: true, dataset: { talk: TALK, title: "Discussion" }, querySelector: () => button,
  replaceChildren(one) { this.firstChild = one; frames.push(one); } };
globalThis.document = { documentElement: { dataset: SCHEME }, querySelector: () => box, createElement: thing };
globalThis.location = { href: HREF };
globalThis.history = { replaceState(a, b, to) { location.href = String(to); } };
globalThis.addEventListener = (name, act) => { heard[name] = act; };
globalThis.sessionStorage = { getItem: (key) => store[key] ?? null, setItem: (key, value) => { store[key] = value; } };
"""


def run(what: str, *, href: str = "https://hub.example/x/#top", scheme: str = "{}", store: str = "{}") -> Any:
    """Run the script in a stand-in for a browser, then *what*, and return what that says."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node runs the scripts of pages for these tests; install Node.js")
    given = BROWSER.replace("SCHEME", scheme).replace("...STORE", f"...{store}")
    given = given.replace("TALK,", f"{json.dumps(TALK)},").replace("HREF", json.dumps(href))
    script = (THEME / "static" / "talk.js").read_text(encoding="utf-8")
    program = f"{given}\n{{\n{script}\n}}\nconsole.log(JSON.stringify((() => {{ {what} }})()));"
    done = subprocess.run([node, "--input-type=module", "-e", program], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_frame_is_made_by_the_click_and_not_before() -> None:
    """Proved by running it: nothing is asked of anyone until then."""
    before, hidden, after, src = run("const n = frames.length; events.click(); return [n, box.hidden, frames.length, String(frames[0].src)];")

    assert (0, False, 1) == (before, hidden, after)
    assert src.startswith("https://giscus.app/fr/widget?repo=a%2Fb&term=post%3Ax")
    assert "origin=https%3A%2F%2Fhub.example%2Fx%2F%23page-talk" in src
    assert "theme=preferred_color_scheme" in src
    assert "session" not in src


def test_the_frame_has_the_scheme_that_the_reader_chose() -> None:
    assert "theme=dark" in run("events.click(); return String(frames[0].src);", scheme='{scheme: "dark"}')


def test_who_comes_back_from_signing_in_sees_the_discussion_and_a_clean_address() -> None:
    """The token must not stay in the address bar, where it is copied from."""
    count, src, href = run(
        "return [frames.length, String(frames[0].src), location.href];",
        href="https://hub.example/x/?a=1&giscus=s3cret",
        store='{"handbill-talk": "1"}',
    )

    assert (1, "https://hub.example/x/?a=1") == (count, href)
    assert "session=s3cret" in src


def test_a_link_with_a_token_in_it_shows_nothing_by_itself() -> None:
    """Somebody else's link must not make a reader's browser ask GitHub."""
    assert 0 == run("return frames.length;", href="https://hub.example/x/?giscus=s3cret")


def test_only_the_frame_itself_says_how_high_it_is() -> None:
    height = run(
        """events.click();
        const from = (origin, source, px) => heard.message({ origin, source, data: { giscus: { resizeHeight: px } } });
        from("https://evil.example", frames[0].contentWindow, 9999);
        from("https://giscus.app", {}, 9999);
        heard.message({ origin: "https://giscus.app", source: frames[0].contentWindow, data: "x" });
        const before = frames[0].height ?? null;
        from("https://giscus.app", frames[0].contentWindow, 640.4);
        return [before, frames[0].height];"""
    )

    assert [None, 641] == height


# On paper


def test_a_poster_leads_telephones_and_everyone_else_to_the_page(environment: Environment) -> None:
    """It hangs in the bakery, where no link can be followed."""
    _, event = VIEWS["a full event"]
    html = render(environment, "event", replace(event, page=a_page(qr="M0 0.5h7m1 0h7", qr_size=33)))

    assert '<svg class="poster-code" viewBox="0 0 33 33" aria-hidden="true" focusable="false"><path d="M0 0.5h7m1 0h7"/></svg>' in html
    assert "<p>Inscription sur hub.example/base/x</p>" in html
    assert "poster" not in render(environment, "event", event)


def test_who_need_not_sign_up_is_not_told_to(environment: Environment) -> None:
    _, event = VIEWS["a bare event"]

    assert "<p>hub.example/base/x</p>" in render(environment, "event", replace(event, page=a_page(qr="M0 0.5h7", qr_size=33)))


@pytest.mark.parametrize("card", [EVENT, CONTEST, a_card("post", **FULL), a_card("person"), a_card("issue", number=1)], ids=lambda one: one.kind)
def test_every_printed_sheet_says_where_it_comes_from(environment: Environment, card: Any) -> None:
    """A sheet found in a drawer years later still leads to the page."""
    view = next(one for _, one in VIEWS.values() if isinstance(one, ItemPage) and one.card.kind == card.kind)

    assert '<p class="print-address">https://hub.example/base/x/</p>' in render(environment, card.kind, view)
