"""The sitemap and robots.txt: what search engines are told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree
from tests.hubs import load_village

from handbill.outputs import site, wayfinding

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://village.example/hub/"


@cache
def made(**changes) -> dict[str, bytes]:
    loaded, settings = load_village(**changes)
    planned = list(site.plan(loaded.hub, settings))
    digests = {one.path: one.key for one in planned} | {
        "handbook/index.html": "x",
        "handbook/editors/index.html": "x",
        "feeds/all.json": "x",
    }
    late = list(wayfinding.plan(planned, digests, loaded.hub, settings))
    return {one.path: one.content for one in wayfinding.make(late, settings, Path("none"), Path("none"))}


def places() -> dict[str, str | None]:
    return {one.findtext(f"{MAP}loc"): one.findtext(f"{MAP}lastmod") for one in etree.fromstring(made()["sitemap.xml"]).iter(f"{MAP}url")}


def test_the_sitemap_names_every_page_with_its_last_change():
    """A changed page is visited again, an unchanged one is not."""
    found = places()

    assert "2025-02-01" == found[f"{BASE}posts/ancien/"]
    assert "2026-03-01" == found[f"{BASE}en/posts/the-well/"]
    assert None is found[BASE]
    assert {f"{BASE}handbook/", f"{BASE}handbook/editors/", f"{BASE}events/fete/"} <= set(found)


def test_what_no_one_should_find_is_not_in_the_sitemap():
    """Old addresses, what was taken back, search and the page for mistakes."""
    assert [] == [
        one
        for one in places()
        if any(word in one for word in ("/blog/", "/retire/", "/search/", "404", ".json", ".css", "tom", "brouillon", "bientot"))
    ]


def test_each_page_is_there_once_and_in_order():
    """Equal hubs give equal files."""
    raw = made()["sitemap.xml"].decode()

    found = [line.split("<loc>")[1].split("</loc>")[0] for line in raw.splitlines() if "<loc>" in line]
    assert len(set(found)) == len(found) > 30
    assert sorted(f"{one}index.html" for one in found) == [f"{one}index.html" for one in found]


def test_robots_are_welcome_and_shown_the_sitemap():
    """A community wants to be found, and each letter by its page, not by the mail of the same text."""
    rules, _, sitemap = made()["robots.txt"].decode().partition("\n\n")

    assert "Sitemap: https://village.example/hub/sitemap.xml\n" == sitemap
    assert ["User-agent: *", "Allow: /", *(f"Disallow: /hub/*/mail.{kind}" for kind in ("html", "txt", "eml"))] == rules.splitlines()


def alternates(root: etree._Element) -> dict[str, dict[str, str]]:
    """Return the addresses of each page by language, as the sitemap names them."""
    return {
        one.findtext(f"{MAP}loc"): {link.get("hreflang"): link.get("href") for link in one.iter("{http://www.w3.org/1999/xhtml}link")}
        for one in root.iter(f"{MAP}url")
    }


def test_the_sitemap_names_each_page_in_all_its_languages():
    """A search engine shows English readers the English page, if each of the two names both."""
    found = alternates(etree.fromstring(made()["sitemap.xml"]))

    both = {"fr": BASE, "en": f"{BASE}en/", "x-default": BASE}
    assert both == found[BASE] == found[f"{BASE}en/"]
    assert {} == found[f"{BASE}posts/ancien/"]


def test_pages_named_for_a_language_are_in_the_sitemap_and_name_each_other():
    """One that is missing, or does not answer, makes search engines doubt all."""
    found = alternates(etree.fromstring(made()["sitemap.xml"]))

    for place, links in found.items():
        assert not links or place in links.values()
        assert set(links.values()) <= set(found)
        assert all(found[other] == links for other in links.values())


def test_a_hub_of_one_language_says_nothing_of_others():
    assert b"xhtml" not in made(languages=("fr",))["sitemap.xml"]


def test_a_changed_page_is_a_changed_sitemap():
    """The key decides whether the old file is kept."""
    loaded, settings = load_village()
    keys = [
        {one.path: one.key for one in wayfinding.plan([], {name: "x"}, loaded.hub, settings)} for name in ("a/index.html", "b/index.html")
    ]

    assert keys[0]["sitemap.xml"] != keys[1]["sitemap.xml"]
    assert keys[0]["robots.txt"] == keys[1]["robots.txt"]


def test_a_hub_of_more_pages_than_a_sitemap_may_name_has_several(monkeypatch):
    """Search engines refuse a sitemap of more than 50,000 addresses, and with it the whole hub."""
    whole = list(places().items())
    monkeypatch.setattr(wayfinding, "_MOST", 20)

    files = made.__wrapped__()
    names = [one.text.removeprefix(BASE) for one in etree.fromstring(files["sitemap.xml"]).iter(f"{MAP}loc")]
    assert [f"sitemap-{number + 1}.xml" for number in range(-(-len(whole) // 20))] == names
    assert whole == [(one.findtext(f"{MAP}loc"), one.findtext(f"{MAP}lastmod")) for name in names for one in etree.fromstring(files[name]).iter(f"{MAP}url")]
    assert f"Sitemap: {BASE}sitemap.xml" in files["robots.txt"].decode()
