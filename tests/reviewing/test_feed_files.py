"""Feeds are read back as they were written."""

from __future__ import annotations

import pytest
from tests.reviewing.built import state_of

from handbill.reviewing.feed_files import entries_of, named, stem_of


@pytest.mark.parametrize(
    ("path", "stem"),
    [("feeds/all.rss.xml", "feeds/all"), ("en/feeds/tags/x.json", "en/feeds/tags/x"), ("feeds/hub.opml", ""), ("feeds/index.html", "")],
)
def test_the_forms_of_a_feed_share_a_stem(path, stem):
    """A list of feeds and its page are no feeds."""
    assert stem_of(path) == stem


def test_a_feed_is_named_by_its_most_usual_form():
    """One name for three files; it leads to one that is there."""
    assert named("feeds/all", {"feeds/all.json": b"", "feeds/all.rss.xml": b""}) == "feeds/all.rss.xml"
    assert named("feeds/all", {"feeds/all.json": b""}) == "feeds/all.json"


def test_both_forms_tell_the_same_entries(hub):
    """Where only one form differs, the other still names whose it is."""
    files = state_of(hub).feeds
    stems = {stem for path in files if (stem := stem_of(path))}
    assert len(stems) > 5

    for stem in stems:
        both = entries_of(stem, files)
        atom = entries_of(stem, {path: raw for path, raw in files.items() if not path.endswith(".json")})
        json = entries_of(stem, {path: raw for path, raw in files.items() if path.endswith(".json")})

        assert [one.id for one in both] == [one.id for one in atom] == [one.id for one in json]
        assert [one.address for one in both] == [one.address for one in atom]


def test_the_length_of_a_picture_belongs_to_its_entry(hub):
    """JSON does not tell it, and a reading program that counts bytes gets another number."""
    files = state_of(hub).feeds
    longer = {path: raw.replace(b"Le puits", b"Le puits!") if path.endswith(".atom.xml") else raw for path, raw in files.items()}

    assert [one.whole for one in entries_of("feeds/all", files)] != [one.whole for one in entries_of("feeds/all", longer)]


def test_a_file_of_the_theme_is_no_feed():
    """A community may publish any file in its theme, and one of them may be called like a feed."""
    assert stem_of("theme/feeds/all.json") == ""
