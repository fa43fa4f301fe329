"""The search page without script: an index of everything that stays light in a hub of thousands."""

import pytest
from tests.hubs import options, text, village, write
from tests.outputs.records import CONTEST, EVENT, many, pages

from handbill.outputs import search_page
from handbill.pipeline import build


def shelves(root=None, **given):
    """Return the shelves of the search page by kind."""
    return {shelf.kind: shelf for shelf in pages(root, **given)["/search/"].shelves}


def titles(shelf):
    return [entry.link.title for entry in shelf.entries]


def test_every_kind_that_has_something_has_a_shelf():
    """Who has no script must still reach every text from here."""
    found = shelves()

    assert {"post", "page", "event", "contest", "issue", "person"} >= set(found)
    assert all(shelf.entries and shelf.count == len(shelf.entries) for shelf in found.values())
    assert {""} == {shelf.more for shelf in found.values()}


def test_what_has_a_day_stands_by_its_day_and_what_has_none_by_its_title(tmp_path):
    """An event is looked for by when it takes place, not by when somebody wrote it down."""
    root = write(
        tmp_path,
        {
            "content/posts/a.md": text(title="Ancien", date="2025-01-01"),
            "content/posts/b.md": text(title="Nouveau", date="2026-01-01"),
            "events/2026/a.md": text(title="Bientôt", date="2026-03-01", starts="2026-04-01 10:00", ends="2026-04-01 12:00", **EVENT),
            "events/2026/b.md": text(title="Hier", date="2026-03-02", starts="2026-03-19 10:00", ends="2026-03-19 12:00", **EVENT),
            "content/contests/c.md": text(title="Jeu", date="2026-02-01", opens="2026-02-01", closes="2026-05-01", **CONTEST),
            "content/people/zoe.md": text(title="Zoé"),
            "content/people/eric.md": text(title="Éric"),
        },
    )
    found = shelves(root)

    assert ["Nouveau", "Ancien"] == titles(found["post"])
    assert ["Bientôt", "Hier"] == titles(found["event"])
    assert "2026-04-01T10:00:00+02:00" == found["event"].entries[0].day
    assert "2026-05-01" == found["contest"].entries[0].day[:10]
    assert [("Éric", ""), ("Zoé", "")] == [(entry.link.title, entry.day) for entry in found["person"].entries]


def test_a_large_hub_is_named_by_its_latest_and_leads_to_the_rest(tmp_path, monkeypatch):
    """Five thousand links would be half a megabyte."""
    monkeypatch.setattr(search_page, "MOST_OF_A_KIND", 10)
    found = shelves(many(tmp_path, 12))["post"]

    assert (12, 10, "/posts/") == (found.count, len(found.entries), found.more)
    assert "P00" == found.entries[0].link.title


def test_years_and_subjects_are_counted():
    """The number tells whether a subject is worth a visit."""
    page = pages()["/search/"]

    assert [("2026", 5), ("2024", 1)] == [(link.title, count) for link, count in page.years]
    assert page.subjects
    assert all(count > 0 for _, count in page.subjects)


def test_of_many_subjects_the_most_used_are_named_in_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr(search_page, "MOST_SUBJECTS", 2)
    tags = ["[c, b]", "[c, b]", "[a]"]
    root = write(tmp_path, {f"content/posts/p{n}.md": text(title="T", date="2026-01-01", tags=one) for n, one in enumerate(tags)})

    assert [("b", 2), ("c", 2)] == [(link.title, count) for link, count in pages(root)["/search/"].subjects]


def test_no_page_may_run_web_assembly_not_even_the_search_s():
    """The index is read in a worker, which is held to the header of its own file."""
    assert [] == [address for address, view in pages().items() if "wasm-unsafe-eval" in view.page.policy]


@pytest.mark.long
def test_a_hub_that_wants_no_search_offers_none_and_keeps_its_index_of_everything(tmp_path):
    """A box that finds nothing is worse than none; the address of the page was promised, and its lists still lead everywhere."""
    root = village(tmp_path)
    hub_toml = root / "hub.toml"
    hub_toml.write_text(hub_toml.read_text(encoding="utf-8").replace("[look]", "[look]\nsearch = false", 1), encoding="utf-8")

    report = build(options(root))
    others = [file.read_text(encoding="utf-8") for file in (root / "public").rglob("*.html") if file.parent.name != "search"]
    assert report.problems == build(options(village(tmp_path / "with"))).problems
    assert not (root / "public/pagefind").exists()
    assert not [one for one in others if 'role="search"' in one or 'href="/hub/search/"' in one]
    listed = (root / "public/search/index.html").read_text(encoding="utf-8")
    assert "/hub/posts/le-puits/" in listed
    assert 'role="search"' not in listed
