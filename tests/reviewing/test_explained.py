"""What is told once is not told twice."""

from __future__ import annotations

from handbill.reviewing.explained import unexplained
from handbill.reviewing.record import DateChange, Detail, FeedChange, FileChange, LetterChange, PictureChange, Review, State

PATHS = (
    "calendars/all.ics", "calendars/places/grange.ics", "calendars/places/puits.ics", "calendars/tags/eau.ics", "feeds/all.atom.xml",
    "feeds/all.json", "feeds/all.rss.xml", "feeds/hub.opml", "feeds/tags/eau.json", "media/puits.png", "newsletters/3/mail.html",
    "theme/hub.css",
)  # fmt: skip


def review(**more: object) -> Review:
    files = tuple(FileChange(path, "changed", 1, 2) for path in PATHS)
    return Review(State("base"), State("head"), "2026-03-20T12:00:00+01:00", "fr", "Essai", "https://essai.example/", files=files, **more)


def left(**more: object) -> set[str]:
    return set(PATHS) - {one.path for one in unexplained(review(**more))}


def test_without_anything_that_explains_them_all_files_are_told():
    """A file that differs without a reason is what a reviewer must see."""
    assert left() == set()


def test_an_entry_explains_the_feeds_that_hold_it_in_all_their_forms():
    """Three files are one feed; the list of feeds and the other feeds are not it."""
    entry = FeedChange("tag:x", "added", "Neuf", "https://essai.example/neuf/", ("/feeds/all.rss.xml",))

    assert left(feeds=(entry,)) == {"feeds/all.atom.xml", "feeds/all.json", "feeds/all.rss.xml"}


def test_a_date_explains_the_calendars_that_it_is_in_and_those_that_it_leaves():
    """Also where it only moves from one to the other."""
    moved = (Detail("calendars", "/calendars/places/puits.ics", "/calendars/places/grange.ics"),)
    change = DateChange("uid", "changed", "Fête", "2026-04-11", ("/calendars/all.ics",), moved)

    assert left(dates=(change,)) == {"calendars/all.ics", "calendars/places/grange.ics", "calendars/places/puits.ics"}


def test_letters_and_pictures_explain_their_own_files():
    """They are shown as what they are, not as bytes."""
    letter = LetterChange("3", "changed", "Lettre", "", "fr", "draft", "2026-04-02T18:00:00+02:00", "newsletters/3.md", 0, 0)

    assert left(letters=(letter,)) == {"newsletters/3/mail.html"}
    assert left(pictures=(PictureChange("content/puits.png", "changed", "", 1, 1, 1),)) == {"media/puits.png"}
