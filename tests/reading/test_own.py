"""The hub's own addresses are known by whatever way they were copied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.hubs import load_village

from handbill.outputs import calendars, feeds, letters, site
from handbill.reading.own import Own


def own(base_url="https://essai.example/", **more):
    return Own(replace(load_village()[1], base_url=base_url, **more))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://essai.example/posts/x/", "/posts/x/"),
        ("http://essai.example/posts/x/", "/posts/x/"),
        ("https://WWW.Essai.example/posts/x/#fin", "/posts/x/#fin"),
        ("https://essai.example/posts/x/?utm_source=lettre", "/posts/x/"),
        ("https://essai.example", "/"),
        ("https://essai.example.org/posts/", None),
        ("https://autre.example/posts/", None),
        ("https://formulaires.essai.example/x", None),
        ("ftp://essai.example/x", None),
        ("https://[essai.example/", None),
        ("posts/x.md", None),
    ],
)
def test_an_address_copied_from_the_browser_is_the_hubs_own(address, path):
    """That is how most people link; whether it is their own site is for us to notice."""
    assert path == own().path_of(address)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://essai.example/hub/posts/x/", "/posts/x/"),
        ("https://essai.example/hub", "/"),
        ("https://essai.example/boutique/", None),
        ("https://essai.example/hub2/", None),
    ],
)
def test_a_hub_below_a_folder_ends_where_the_folder_ends(address, path):
    """Beside it lies another site, of which we know nothing."""
    assert path == own("https://essai.example/hub/").path_of(address)


def test_a_preview_is_known_by_its_host():
    """Its address is in the browser of whoever writes, and works for nobody else."""
    assert ["/posts/x/", "/x/#y", "/", None] == [
        own().preview_path_of(one) for one in ("http://localhost:8000/posts/x/", "http://127.0.0.1/x/#y", "http://localhost", "https://essai.example/")
    ]


def test_texts_without_a_sign_of_the_hub_are_passed_over():
    """Each text is asked at each build."""
    assert not own().is_hinted('<a href="https://ailleurs.example/essai.example">x</a>')
    assert own().is_hinted('<a href="https://essai.example/">x</a>')
    assert own().is_hinted('<a href="http://localhost:8000/">x</a>')


def test_every_page_that_is_no_items_is_known_as_common():
    """Otherwise a sound link to one of them would be called broken; the plan itself says which there are."""
    loaded, settings = load_village(has_handbook=True)
    items = {item.address for item in loaded.hub.items} | {alias for item in loaded.hub.items for alias in item.aliases}
    media = {one.address for one in loaded.hub.media}
    planned = ["/" + one.path.removesuffix("index.html") for output in (site, feeds, calendars, letters) for one in output.plan(loaded.hub, settings)]
    mine = Own(settings)

    others = [one for one in planned if one not in items | media and one.rsplit("/", 1)[0] + "/" not in items and one not in ("/404.html", *settings.gone)]
    assert len(others) > 30
    assert others == [mine.common(one) for one in others]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/feeds", "/feeds/"),
        ("/tags/bois", "/tags/bois/"),
        ("/feeds/all.atom.xml", "/feeds/all.atom.xml"),
        ("/en/calendars/all.ics", "/en/calendars/all.ics"),
        ("/sitemap.xml", "/sitemap.xml"),
        ("/", "/"),
        ("/places/grange", "/places/grange/"),
        ("/en/events/2026", "/en/events/2026/"),
        ("/events/20260/", ""),
        ("/posts/2026/", ""),
        ("/posts/nulle-part/", ""),
        ("/nulle-part/", ""),
        ("/feedsx/", ""),
        ("/handbook/x/", ""),
        ("/contests/photo/rules", "/contests/photo/rules/"),
        ("/en/contests/photo/rules/2/", "/en/contests/photo/rules/2/"),
        ("/contests/photo/draw/", "/contests/photo/draw/"),
        ("/contests/photo/pool.txt", "/contests/photo/pool.txt"),
        ("/contests/photo/ballots/ines.json", "/contests/photo/ballots/ines.json"),
        ("/contests/photo/", ""),
        ("/contests/photo/reglement/", ""),
        ("/contests/photo/entries/alice.yml", ""),
        ("/posts/photo/rules/", ""),
    ],
)
def test_what_every_hub_has_is_told_from_what_none_has(path, address):
    """The former is looked up in the plan; the latter is wrong already."""
    assert address == own(has_handbook=False).common(path)
