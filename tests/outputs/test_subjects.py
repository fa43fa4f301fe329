"""Subjects: the list of all, and the pages of each."""

from __future__ import annotations

from tests.hubs import village
from tests.outputs.records import pages, titles


def test_a_subject_that_was_promised_keeps_its_page(tmp_path):
    """It is empty and says so, which is better than an error."""
    root = village(tmp_path)
    (root / "addresses.lock").write_text("/tags/bois/ tag:fr:bois\n", encoding="utf-8")
    found = pages(root)

    assert [] == titles(found["/tags/bois/"].groups)
    assert "bois" == found["/tags/bois/"].page.title
    assert "/hub/tags/bois/" not in [one.address for one, _ in found["/tags/"].tags]
    assert "/hub/tags/bois/" not in [one.address for one in found["/"].tags]
    assert "/en/tags/bois/" not in pages(root, lang="en")


def test_a_subject_begins_with_what_is_to_come_and_what_is_open():
    """Who is interested in water wants the feast before it is over, then the contest, then what was written."""
    view = pages()["/tags/eau/"]

    assert [
        ("Coming up", ["Fête du puits"]),
        ("To enter", ["Photo du puits"]),
        ("2026", ["Le puits & la «\u00a0margelle\u00a0» <neuve>"]),
    ] == titles(view.groups)
    assert "/hub/calendars/tags/eau.ics" == view.calendar
    assert "" == pages()["/tags/pierre/"].calendar
    assert [("Le village – Eau", "/hub/feeds/tags/eau.atom.xml")] == [(one.title, one.address) for one in view.page.feeds]


def test_the_list_of_subjects_counts():
    """A subject of one item is another thing than one of forty."""
    assert [("Eau", "/hub/tags/eau/", 3), ("pierre", "/hub/tags/pierre/", 2)] == [
        (one.title, one.address, count) for one, count in pages()["/tags/"].tags
    ]
    assert [("e", ["Eau"]), ("p", ["pierre"])] == [(letter, [one.title for one, _ in all_]) for letter, all_ in pages()["/tags/"].letters]
