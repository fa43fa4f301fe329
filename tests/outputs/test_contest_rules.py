"""The pages of announced rules: each version, in each language, and where each of them was before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.hubs import files_of, load_village, options
from tests.rules.sample import DRAW, a_hub

from handbill.contests.announcing import announce
from handbill.outputs.contest_rules import rules_pages
from handbill.pipeline import build

SHEETS = ("/contests/ete-photo/rules/", "/contests/ete-photo/rules/1/", "/en/contests/ete-photo/rules/", "/en/contests/ete-photo/rules/1/")


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a hub whose contest has two versions of its rules in two languages."""
    root = tmp_path_factory.mktemp("rules")
    announce("ete-photo", options(a_hub(root, DRAW, english=True), "2026-05-14 10:00"))
    announce("ete-photo", options(a_hub(root, DRAW, english=True, claim="2026-08-31"), "2026-05-20 10:00"))
    return root


@pytest.fixture(scope="module")
def published(announced: Path) -> dict[str, bytes]:
    build(options(announced, "2026-06-10 10:00", records=True))
    return files_of(announced / "public")


def sheets(root, as_of="2026-06-10 10:00", lang="fr"):
    loaded, settings = load_village(as_of, root)
    return {one.address: one.view for one in rules_pages(loaded.hub, settings, lang, str)}


def test_the_rules_in_force_have_one_address_and_older_ones_keep_theirs(announced):
    """A link in a letter leads to what holds, and whoever entered earlier finds what held then."""
    found = sheets(announced)

    assert [(SHEETS[0], 2), (SHEETS[1], 1)] == [(address, one.version.number) for address, one in found.items()]
    assert all(2 == one.current.number for one in found.values())
    assert [True, False] == [one.page.is_indexed for one in found.values()]


def test_what_is_announced_later_is_on_no_page_before(announced):
    """A preview of an earlier day must not show what nobody could know."""
    assert {} == sheets(announced, "2026-05-01 10:00")
    assert [(SHEETS[0], 1)] == [(address, one.version.number) for address, one in sheets(announced, "2026-05-15 10:00").items()]


def test_each_language_has_its_own_and_leads_to_the_others(announced):
    """A member who was sent the French page gets to hers by one click."""
    french, english = sheets(announced), sheets(announced, lang="en")

    assert SHEETS[2:] == tuple(english)
    for one in (french[SHEETS[0]], english[SHEETS[2]]):
        assert [("fr", f"https://essai.example{SHEETS[0]}"), ("en", f"https://essai.example{SHEETS[2]}")] == [
            (to.title, to.address) for to in one.page.alternates
        ]
    assert "/contests/ete-photo/rules.2.en.md" == english[SHEETS[2]].file


def test_moments_are_those_of_the_community(announced):
    """An announcement of ten o'clock is not one of eight."""
    assert "2026-05-20T10:00:00+02:00" == sheets(announced)[SHEETS[0]].version.announced


def test_the_page_shows_the_text_the_digest_and_the_way_to_the_file(published):
    """What a member sees is what the digest is of."""
    html = published["contests/ete-photo/rules/index.html"].decode()

    assert 13 == len(re.findall(r"<h2[^>]*>Article", html))
    assert 1 == html.count("<h1")
    assert 'href="/contests/ete-photo/rules.2.fr.md"' in html
    assert "Version 2, annoncée le mercredi 20" in html
    assert "/theme/rules.css" in html


def test_only_the_rules_in_force_are_in_the_sitemap(published):
    """A search that leads to rules of yesterday misleads."""
    sitemap = published["sitemap.xml"].decode()

    assert [True, False, True, False] == [f"<loc>https://essai.example{one}</loc>" in sitemap for one in SHEETS]


def test_the_page_of_the_contest_leads_to_them(published):
    """Nobody types an address of rules."""
    assert 'href="/contests/ete-photo/rules/"' in published["contests/ete-photo/index.html"].decode()
    assert 'href="/en/contests/ete-photo/rules/"' in published["en/contests/ete-photo/index.html"].decode()


def test_a_contest_that_moves_leaves_its_rules_and_files_where_they_were_announced(announced, tmp_path):
    """The rules say their own address, and they cannot be changed any more."""
    import shutil

    root = tmp_path / "hub"
    shutil.copytree(announced, root)
    build(options(root, "2026-06-10 10:00", records=True))
    for lang in ("", ".en"):
        file = root / f"content/contests/ete-photo{lang}.md"
        file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\nslug: photo\n", 1), encoding="utf-8")
    build(options(root, "2026-06-11 10:00", records=True))
    found = files_of(root / "public")

    assert b"/contests/photo/rules/" in found["contests/ete-photo/rules/index.html"]
    assert b"/contests/photo/rules/" in found["contests/ete-photo/rules/1/index.html"]
    assert b"/contests/photo/draw/" in found["contests/ete-photo/draw/index.html"]
    assert found["contests/photo/record.json"] == found["contests/ete-photo/record.json"]
    assert "contests/photo/rules/1/index.html" in found
