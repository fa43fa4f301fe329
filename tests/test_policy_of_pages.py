"""The policy that pages carry, held against what is in them: nothing that it forbids, and nothing allowed for no reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from tests.hubs import load_village, write

from handbill.outputs import letters, site
from handbill.outputs.headers import POLICY, rules, sent
from handbill.outputs.planned import Finished
from handbill.settings import Settings

ROOT = Path(__file__).resolve().parents[1]

#: Which directive rules what an element fetches, by the attribute that names it.
FETCHING = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "srcset"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
    ("base", "href"): "base-uri",
}


@dataclass
class Needs(HTMLParser):
    """What a page asks a browser for: each directive with the origin of the address ("'inline'" for what stands in the page)."""

    html: str
    address: str
    policy: str = ""
    before: list[str] = field(default_factory=list)
    needs: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()

    def _need(self, directive: str, address: str) -> None:
        target = urlsplit(urljoin(self.address, address))
        self.needs.add((directive, f"{target.scheme}://{target.netloc}" if target.netloc else f"{target.scheme}:"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = given["content"]
        elif not self.policy:
            self.before.append(f"{tag} {given.get('rel', '')}".strip())
        for name, value in given.items():
            if name.startswith("on"):
                self.needs.add(("script-src", "'inline'"))
            elif name == "style":
                self.needs.add(("style-src", "'inline'"))
            elif name in ("href", "action", "formaction", "src") and re.match(r"(javascript|data|vbscript):", value, re.IGNORECASE):
                self.needs.add(("script-src", "'inline'"))
            elif name == "srcset":
                for part in value.split(","):
                    self._need("img-src", part.split()[0])
            elif directive := FETCHING.get((tag, name)):
                self._need(directive, value)
        if tag == "link" and {"stylesheet", "icon"} & set(given.get("rel", "").split()):
            self._need("style-src" if "stylesheet" in given["rel"] else "img-src", given["href"])
        # Data that no browser runs is no script.
        if tag == "script" and "src" not in given and given.get("type") != "application/ld+json":
            self.needs.add(("script-src", "'inline'"))
        if tag == "style":
            self.needs.add(("style-src", "'inline'"))


def allowed(policy: str, origin: str) -> dict[str, set[str]]:
    """Return what a policy allows, by directive, with the hub's own origin for 'self'."""
    found = {name: {origin if one == "'self'" else one for one in sources} for name, *sources in (one.split() for one in policy.split(";"))}
    return {name: {"'inline'" if one == "'unsafe-inline'" else one for one in sources} - {"'none'"} for name, sources in found.items()}


def is_allowed(policy: Mapping[str, set[str]], directive: str, origin: str) -> bool:
    return origin in policy.get(directive, policy["default-src"])


def pages_of(settings: Settings, hub, scratch: Path) -> dict[str, Needs]:  # type: ignore[no-untyped-def]
    pages = [one for one in site.plan(hub, settings) if isinstance(one.work, Finished)]
    scratch.mkdir(exist_ok=True)
    return {
        one.path: Needs(one.content.read_text(encoding="utf-8"), settings.absolute("/" + one.path.removesuffix("index.html")))
        for one in site.make(pages, settings, scratch)
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    loaded, settings = load_village("2026-11-21 12:00", ROOT)
    return loaded.hub, settings, pages_of(settings, loaded.hub, tmp_path_factory.mktemp("policy"))


def test_every_page_says_its_policy_before_anything_is_fetched(demo):
    """What stands above it in the head is not held to it."""
    _, _, pages = demo

    assert len(pages) > 100
    for path, page in pages.items():
        assert page.policy, path
        assert not {"script", "link stylesheet", "link icon", "link preload", "style", "img", "base"} & set(page.before), path


def test_nothing_on_any_page_needs_more_than_its_policy_and_the_site_s(demo):
    """A browser would leave it out, and say so only to those who open its tools."""
    _, settings, pages = demo
    header = allowed(sent(rules(settings), settings.base)[POLICY], settings.origin)

    for path, page in pages.items():
        own = allowed(page.policy, settings.origin)
        for directive, origin in page.needs:
            assert is_allowed(own, directive, origin), f"{path} needs {directive} {origin}"
            assert is_allowed(header, directive, origin), f"{path} needs {directive} {origin}"


def test_what_a_policy_allows_is_needed_by_some_page_or_some_script(demo):
    """A door that nobody uses is open for others.  Fonts and films are a community's to add."""
    _, settings, pages = demo
    needed = {directive for page in pages.values() for directive, _ in page.needs}
    scripts = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "theme" / "static").glob("*.js"))
    needed |= {"connect-src"} if re.search(r"\bfetch\(|\bimport\(", scripts) else set()
    granted = {name for page in pages.values() for name, sources in allowed(page.policy, settings.origin).items() if sources}

    assert {"font-src", "media-src"} == granted - needed
    assert not [path for path, page in pages.items() if "wasm" in page.policy], "the search reads its index in a worker, which has a policy of its own"


def test_scripts_write_neither_styles_nor_scripts_into_a_page():
    """The policy forbids `style` attributes that are written as text, and everything made from text."""
    for file in sorted((ROOT / "theme" / "static").glob("*.js")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\s*[\"'](?:style|on)|cssText", text), file.name


def test_a_letter_as_mailed_needs_no_more_than_it_is_given(demo, tmp_path):
    """Its styles stand in each element; what else it brought along would be shown or run."""
    hub, settings, _ = demo
    policy = allowed(sent(rules(settings), f"{settings.base}newsletters/x/mail.html")[POLICY], settings.origin)
    mails = [one for one in letters.make(list(letters.plan(replace(hub, frozen={}), settings)), settings, tmp_path) if one.path.endswith("/mail.html")]

    assert mails
    for mail in mails:
        # What stands in a comment is for Outlook alone.
        needs = Needs(re.sub(r"<!--.*?-->", "", mail.content.decode(), flags=re.DOTALL), settings.base_url).needs
        assert ("style-src", "'inline'") in needs
        for directive, origin in needs:
            assert is_allowed(policy, directive, origin), f"{mail.path} needs {directive} {origin}"


def test_a_form_and_a_discussion_are_allowed_where_they_are_and_nowhere_else(tmp_path):
    """What hub.toml declares is what a page may reach, and only the page that has it."""
    hub = (
        '[hub]\nname = "X"\nbase_url = "https://x.example/"\nlang = "fr"\n[letters.main]\nname = "L"\n'
        '[subscribe]\naction = "https://lettre.example/inscription"\n'
        '[discussion]\nrepo = "a/b"\nrepo_id = "R_1"\ncategory = "C"\ncategory_id = "D_1"\n'
    )
    loaded, settings = load_village(root=write(tmp_path / "hub", {"hub.toml": hub, "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-02\n---\n\nTexte.\n"}))
    pages = pages_of(settings, loaded.hub, tmp_path / "scratch")
    forms = {path for path, page in pages.items() if "https://lettre.example" in page.policy}
    frames = {path for path, page in pages.items() if "https://giscus.app" in page.policy}

    assert {path for path, page in pages.items() if ("form-action", "https://lettre.example") in page.needs} == forms == {"subscribe/index.html"}
    assert {path for path, page in pages.items() if "data-talk" in page.html} == frames == {"posts/a/index.html"}
    for path, page in pages.items():
        for directive, origin in page.needs:
            assert is_allowed(allowed(page.policy, settings.origin), directive, origin), f"{path} needs {directive} {origin}"
            assert urlsplit(origin).netloc in ("x.example", "lettre.example"), "nobody else is asked before a reader wants it"
