"""What lists of one language share: their heads, and long lists in pages."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write
from tests.outputs.records import many, pages

from handbill.outputs.edition import ON_A_PAGE
from handbill.outputs.pages import sheets
from handbill.outputs.views import To


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (ON_A_PAGE, [ON_A_PAGE]), (ON_A_PAGE + 1, [ON_A_PAGE, 1]), (2 * ON_A_PAGE, [ON_A_PAGE] * 2), (30, [12, 12, 6])],
)
def test_a_long_list_is_cut_into_pages(tmp_path, count, sizes):
    """No post is lost at the edge and none is shown twice."""
    found = pages(many(tmp_path, count))

    addresses = ["/posts/", *(f"/posts/page/{number}/" for number in range(2, len(sizes) + 1))]
    assert addresses == [address for address in found if address.startswith("/posts/")]
    shown = [[card.title for group in found[address].groups for card in group.cards] for address in addresses]
    assert sizes == [len(one) for one in shown]
    assert [f"P{number:02}" for number in range(count)] == [title for one in shown for title in one]


def test_the_pages_of_a_list_lead_to_each_other(tmp_path):
    """Newer and older, and nowhere at both ends."""
    found = pages(many(tmp_path, 30))

    pagers = [found[address].pager for address in ("/posts/", "/posts/page/2/", "/posts/page/3/")]
    assert [
        (1, 3, "", "/posts/page/2/"),
        (2, 3, "/posts/", "/posts/page/3/"),
        (3, 3, "/posts/page/2/", ""),
    ] == [(one.number, one.count, one.newer, one.older) for one in pagers]
    assert None is pages(many(tmp_path / "few", 3))["/posts/"].pager


def test_a_first_page_exists_in_every_language_a_second_one_may_not(tmp_path):
    """A link to a page that the other language does not have would be broken."""
    found = pages(many(tmp_path, 30))

    assert [("fr", "https://essai.example/posts/"), ("en", "https://essai.example/en/posts/")] == [
        (one.title, one.address) for one in found["/posts/"].page.alternates
    ]
    assert () == found["/posts/page/2/"].page.alternates


def test_a_hub_of_one_language_speaks_of_no_other():
    """A switch of one language switches nothing."""
    assert {()} == {one.page.alternates for one in pages(languages=("fr",)).values()}


def test_a_list_that_both_languages_have_is_found_from_each(tmp_path):
    """From the archive of a year in French to the same year in English; from a subject to the same subject."""
    post = {"date": "2026-01-02", "tags": "[radio]"}
    files = {
        "content/posts/a.md": text(**post),
        "content/posts/b.en.md": text(**post),
        "content/posts/c.md": text(date="2025-01-02", tags="[bois]"),
    }
    loaded, settings = load_village(root=write(tmp_path, files))
    found = {one.address: one.view.page for one in sheets(loaded.hub, settings, {"fr": str, "en": str})}

    for address in ("tags/radio/", "archives/2026/"):
        both = (To("fr", f"https://essai.example/{address}"), To("en", f"https://essai.example/en/{address}"))
        assert both == found[f"/{address}"].alternates == found[f"/en/{address}"].alternates
    assert () == found["/tags/bois/"].alternates == found["/archives/2025/"].alternates
