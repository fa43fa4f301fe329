"""Archives: each year by month, and no year lost."""

from __future__ import annotations

from tests.hubs import village, write
from tests.outputs.records import pages, titles


def test_each_year_has_an_archive_by_month():
    """The eve of the new year at half past eleven belongs to the old year, wherever the server stands."""
    found = pages()

    assert [
        ("2026-03-01", ["Photo du puits", "Le puits & la «\u00a0margelle\u00a0» <neuve>"]),
        ("2026-02-01", ["Concert", "Fête du puits"]),
        ("2026-01-01", ["Corvée de bois"]),
    ] == titles(found["/archives/2026/"].groups)
    assert [("2024-12-01", ["Un ancien billet"])] == titles(found["/archives/2024/"].groups)
    assert [("2026", "/hub/archives/2026/"), ("2024", "/hub/archives/2024/")] == [
        (one.title, one.address) for one in found["/archives/2026/"].years
    ]
    assert ["/archives/2026/", "/archives/2024/"] == [one for one in found if one.startswith("/archives/2")]


def test_a_year_that_was_promised_keeps_its_page(tmp_path):
    """Its posts may have been corrected into another year; the link in some letter stays."""
    root = village(tmp_path)
    (root / "addresses.lock").write_text("/archives/2019/ year:fr:2019\n/archives/x/ year:fr:x\n", encoding="utf-8")

    assert () == pages(root)["/archives/2019/"].groups


def test_the_archives_count_what_each_year_and_month_holds():
    """Twenty years of a community in one page, with a way into each month."""
    years = pages()["/archives/"].years

    assert [("2026", "/hub/archives/2026/", 5), ("2024", "/hub/archives/2024/", 1)] == [(to.title, to.address, count) for to, count, _ in years]
    assert (
        ("2026-03-01", "/hub/archives/2026/#2026-03", 2),
        ("2026-02-01", "/hub/archives/2026/#2026-02", 2),
        ("2026-01-01", "/hub/archives/2026/#2026-01", 1),
    ) == years[0][2]


def test_the_archives_of_an_empty_hub_are_there(tmp_path):
    """Every menu leads to them from the first day on."""
    found = pages(write(tmp_path, {}))

    assert () == found["/archives/"].years
    assert ((), (), None) == (found["/"].posts, found["/"].upcoming, found["/"].letter)
