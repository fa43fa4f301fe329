"""Contests, letters, people and the common pages: what stands where, and in which order."""

from __future__ import annotations

from tests.hubs import text, write
from tests.outputs.records import CONTEST, pages, titles


def test_contests_stand_by_what_one_can_do(tmp_path):
    """Open first, the one that closes first on top; groups without a contest are left out."""
    files = {
        "content/contests/later.md": text(title="Plus tard", opens="2026-03-01", closes="2026-04-30", **CONTEST),
        "content/contests/soon.md": text(title="Bientôt", opens="2026-03-01", closes="2026-03-22", **CONTEST),
        "content/contests/next.md": text(title="À venir", opens="2026-04-01", closes="2026-04-30", **CONTEST),
        "content/contests/won.md": text(title="Gagné", opens="2026-01-03", closes="2026-01-31", winners="[{name: A}]", **CONTEST),
        "content/contests/wait.md": text(title="Attente", opens="2026-01-03", closes="2026-01-31", **CONTEST),
    }

    assert [
        ("Open now", ["Bientôt", "Plus tard"]),
        ("Coming soon", ["À venir"]),
        ("Results to come", ["Attente"]),
        ("Results", ["Gagné"]),
    ] == titles(pages(write(tmp_path, files))["/contests/"].groups)


def test_people_stand_by_name_and_the_unlisted_do_not(tmp_path):
    """Émile is under E, not after Z."""
    files = {f"content/people/{slug}.md": text(title=title) for slug, title in (("a", "Zoé"), ("b", "Émile"), ("c", "Adam"))}
    root = write(tmp_path, files | {"content/people/d.md": text(title="Tom", listed="false")})

    assert [("", ["Adam", "Émile", "Zoé"])] == titles(pages(root)["/people/"].groups)


def test_search_is_kept_out_of_search():
    """A page of results found by a search engine leads nowhere."""
    assert {"/search/"} == {address for address, view in pages().items() if not view.page.is_indexed}


def test_a_contest_that_one_can_enter_is_told_of_in_every_language(tmp_path):
    """The prize is the same; the form is one link."""
    contest = {**CONTEST, "opens": "2026-03-01", "closes": "2026-03-31"}
    files = {
        "content/contests/a.md": text(title="Ouvert", **contest),
        "content/contests/b.md": text(title="Bientôt", **{**contest, "opens": "2026-03-25"}),
        "content/contests/c.md": text(title="Clos", **{**contest, "closes": "2026-03-10"}),
        "content/contests/d.md": text(title="Partout", **contest),
        "content/contests/d.en.md": text(title="Everywhere", **contest),
    }
    root = write(tmp_path, files)

    assert [("Open now", ["Everywhere"]), ("In French only", ["Ouvert", "Bientôt"])] == titles(pages(root, lang="en")["/en/contests/"].groups)
    assert ["Open now", "Coming soon", "Results to come"] == [group.heading for group in pages(root)["/contests/"].groups]
