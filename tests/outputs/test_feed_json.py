"""JSON feeds: what version 1.1 knows, and the facts of events for programs."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.outputs.test_feed_record import channel, entry

from handbill.outputs.feed_json import json_feed
from handbill.outputs.feed_record import Author, Enclosure


def made(*entries, **more):
    return json.loads(json_feed(replace(channel(*entries), **more)))


def test_a_feed_says_what_it_is_and_leaves_out_what_it_does_not_know():
    """An empty address is an error to programs; a missing one is not."""
    assert {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Essai",
        "description": "Un essai",
        "home_page_url": "https://essai.example/",
        "feed_url": "https://essai.example/feeds/all.json",
        "authors": [{"name": "Essai", "url": "https://essai.example/"}],
        "language": "fr",
        "items": [],
    } == made()


def test_a_feed_carries_its_marks_and_who_tells_of_it_at_once():
    """Programs show the mark beside the title, and need not ask every hour."""
    found = made(icon="https://e.example/f.svg", logo="https://e.example/l.png", hub="https://websub.example/")

    assert ("https://e.example/f.svg", "https://e.example/l.png") == (found["favicon"], found["icon"])
    assert [{"type": "WebSub", "url": "https://websub.example/"}] == found["hubs"]


def test_an_item_has_every_field_that_programs_look_for():
    """Source: https://www.jsonfeed.org/version/1.1/."""
    one = entry(
        "tag:essai.example,2026:post:a",
        authors=(Author("Ada", "https://essai.example/people/ada/", "https://essai.example/media/ada.jpg"), Author("Invitée")),
        tags=("bois", "vélo"),
        picture=Enclosure("https://essai.example/media/a.png", "image/png", 12),
        told='{"kind": "event"}',
    )

    assert [
        {
            "id": "tag:essai.example,2026:post:a",
            "url": "https://essai.example/posts/a/",
            "title": "Titre",
            "summary": "Résumé",
            "content_html": "<p>Texte</p>",
            "date_published": "2026-03-01T00:00:00+01:00",
            "date_modified": "2026-03-01T00:00:00+01:00",
            "language": "fr",
            "image": "https://essai.example/media/a.png",
            "authors": [
                {"name": "Ada", "url": "https://essai.example/people/ada/", "avatar": "https://essai.example/media/ada.jpg"},
                {"name": "Invitée"},
            ],
            "tags": ["bois", "vélo"],
            "_handbill": {"kind": "event"},
        }
    ] == made(one)["items"]


def test_letters_stand_as_they_are_and_not_as_codes():
    """A person who opens the file reads French."""
    assert "Résumé" in json_feed(channel(entry("a"))).decode("utf-8")
