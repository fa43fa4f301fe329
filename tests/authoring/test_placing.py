"""Where new files lie, and what keeps them from lying there."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest
from tests.hubs import load_village

from handbill.authoring.placing import exists, others, place_for, slug_for, taken_by
from handbill.hub.hub import Promise
from handbill.kinds import KINDS

KIND = {kind.name: kind for kind in KINDS}


@pytest.mark.parametrize(
    ("kind", "values", "path"),
    [
        ("post", {"title": "L’été, à vélo !", "date": "2026-05-04 18:00"}, "content/posts/2026-05-04-l-ete-a-velo.md"),
        ("page", {"title": "Contact"}, "content/pages/contact.md"),
        ("event", {"title": "Foire", "starts": "2027-05-08 14:00", "date": "2026-11-21"}, "events/2027/foire.md"),
        ("contest", {"title": "Photo", "opens": "2027-05-08"}, "content/contests/photo.md"),
        ("issue", {"subject": "Mai", "date": "2026-05-07 18:00"}, "newsletters/2026-05.md"),
        ("issue", {"subject": "Mai", "date": "2026-05-07", "letter": "equipe"}, "newsletters/equipe-2026-05.md"),
        ("person", {"title": "Zoé Œuf"}, "content/people/zoe-oeuf.md"),
    ],
)
def test_a_file_lies_where_one_looks_for_it(kind, values, path):
    """Events by year, posts by date, letters by month: as in the hub of this repository."""
    assert path == place_for(KIND[kind], slug_for(KIND[kind], values), values, "").path


def test_a_text_in_another_language_says_so_in_its_name():
    """fair.en.md is the English of fair.md."""
    assert "content/pages/contact.en.md" == place_for(KIND["page"], "contact", {}, "en").path


def test_a_title_without_letters_makes_no_slug():
    """Somebody must be asked then."""
    assert "" == slug_for(KIND["post"], {"title": "🎉"})


def test_the_year_is_proposed_first_and_then_a_number():
    """A fair comes again each year."""
    assert ["foire-2027", "foire-2", "foire-3"] == list(islice(others("foire", {"starts": "2027-05-08"}), 3))
    assert ["foire-2027-2"] == list(islice(others("foire-2027", {"starts": "2027-05-08"}), 1))


def test_what_has_a_place_is_named():
    """A file is easier to find than an address."""
    loaded, settings = load_village()
    item = next(one for one in loaded.hub.items if one.kind == "post" and one.lang == "fr")
    new = replace(item, source="content/posts/neuf.md")

    assert item.source == taken_by(new, loaded.hub, ())
    assert item.source == taken_by(replace(new, address="/nouveau/"), loaded.hub, ())
    assert "" == taken_by(replace(new, id="post:neuf", address="/posts/neuf/"), loaded.hub, ())
    assert "/posts/neuf/" == taken_by(replace(new, id="post:neuf", address="/posts/neuf/"), loaded.hub, ("/posts/neuf/",))
    assert exists(settings.root, place_for(KIND["person"], "ada", {}, ""))


def test_an_alias_and_a_promise_are_places_too():
    """Old links lead there."""
    loaded, _ = load_village()
    item = loaded.hub.items[0]
    alias = next(address for one in loaded.hub.items for address in one.aliases)
    hub = replace(loaded.hub, promises=(Promise("/posts/parti/", "post:parti"),))

    assert taken_by(replace(item, source="x.md", id="post:x", address=alias), hub, ())
    assert "/posts/parti/" == taken_by(replace(item, source="x.md", id="post:x", address="/posts/parti/"), hub, ())
    assert "/posts/x/" == taken_by(replace(item, source="x.md", id="post:parti", address="/posts/x/"), hub, ())
