"""Entries of feeds: pictures, people and texts as reading programs get them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from tests.hubs import THEN, load_village, text, village, write

from handbill.outputs import feed_entries
from handbill.outputs.feed_entries import Entries
from handbill.outputs.feed_record import Author
from handbill.reading.forms import FORMATS

PNG = "content/pictures/puits.png"


def entry(root, identity):
    loaded, settings = load_village(root=root)
    return Entries(loaded.hub, settings).entry(loaded.hub.by_id[identity])[1]


def pictured(tmp_path, body="Texte.", **front):
    root = village(tmp_path)
    write(root, {"content/posts/neuf.md": text(body, picture="../pictures/puits.png", **{"picture_alt": "Le puits", **front})})
    return root


def test_the_picture_stands_on_top_of_the_text_with_its_description(tmp_path):
    """Many programs show nothing but the text."""
    found = entry(pictured(tmp_path), "post:neuf")

    address = "https://village.example/hub/media/pictures/puits.png"
    assert f'<p><img src="{address}" alt="Le puits" width="320" height="200"></p>\n<p>Texte.</p>' == found.content.strip()


def test_a_picture_that_the_text_shows_is_not_shown_twice(tmp_path):
    """Two of the same above each other look broken."""
    found = entry(pictured(tmp_path, "Avant.\n\n![Le puits](../pictures/puits.png)\n"), "post:neuf")

    assert 1 == found.content.count("<img ")
    assert found.content.startswith("<p>Avant.")
    assert found.picture


def test_the_enclosed_picture_is_as_long_as_the_published_file(tmp_path):
    """Programs that load it trust the length, and show how far they are by it."""
    root = pictured(tmp_path)
    found = entry(root, "post:neuf").picture

    assert ((root / PNG).stat().st_size, "image/png") == (found.length, found.type)
    assert "https://village.example/hub/media/pictures/puits.png" == found.address


def test_every_picture_that_a_hub_can_hold_has_its_media_type():
    """A format added to the reader must not break the feeds."""
    assert {ending.lstrip(".") for ending in FORMATS} <= set(feed_entries._TYPES)


def test_a_text_without_a_picture_encloses_nothing():
    """An empty enclosure is an error to programs."""
    assert entry(None, "event:fete").picture is None


def test_people_lead_to_their_pages_and_no_mail_address_is_told():
    """RSS asks for an address of each author; that of a member belongs to nobody else."""
    assert [("Ada Puits", "https://village.example/hub/people/ada/")] == [
        (one.name, one.address) for one in entry(None, "post:le-puits").authors
    ]
    loaded, settings = load_village()
    made = Entries(loaded.hub, settings)
    texts = json.dumps([str(made.entry(item)) for item in loaded.hub.dated()])
    assert not re.search(r"mailto:|[\w.]@[\w.]", texts)


def test_a_name_without_a_page_is_a_name(tmp_path):
    """A guest writes once."""
    assert (Author("Marie Invitée"),) == entry(write(tmp_path, {"content/posts/a.md": text(authors="[Marie Invitée]")}), "post:a").authors


@pytest.mark.parametrize("as_of", [THEN, "2026-04-30 23:59"])
def test_an_entry_is_the_same_whenever_it_is_drawn(as_of):
    """Between these two moments an event passes, a contest closes, a series goes on."""
    loaded, settings = load_village(as_of)
    then, then_settings = load_village(THEN)
    known = list(then.hub.dated())
    later, earlier = Entries(loaded.hub, settings), Entries(then.hub, then_settings)

    assert len(known) > 5
    assert [earlier.entry(item) for item in known] == [later.entry(loaded.hub.by_id[item.id]) for item in known]


def test_an_id_keeps_the_host_under_which_the_hub_began(tmp_path):
    """A community that takes a domain of its own must not show all its texts as new."""
    loaded, settings = load_village(root=write(tmp_path, {"content/posts/a.md": text()}))
    moved = replace(loaded.hub, host="ancien.example")

    assert "tag:ancien.example,2026:post:a" == Entries(moved, settings).entry(moved.by_id["post:a"])[1].id
