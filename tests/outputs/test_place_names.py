"""Where the page of a place is, and what leads to it."""

from __future__ import annotations

from tests.hubs import load_village, text, write

from handbill.hub.facets import Place
from handbill.outputs.place_names import moved_places, place_address


def moved(root, files, lock):
    loaded, settings = load_village(root=write(root, {**files, "addresses.lock": lock}))
    return {slug: item.slug for slug, item in moved_places(loaded.hub, settings, "fr").items()}


def test_a_name_without_a_latin_letter_makes_no_address():
    """An address of nothing would be that of the list."""
    settings = load_village()[1]

    assert "" == place_address(Place("千鳥").slug, "fr", settings)
    assert "/en/places/salle/" == place_address("salle", "en", settings)


def test_a_place_that_events_named_leads_to_its_file_whatever_that_is_called(tmp_path):
    """The page is on somebody's fridge, and its calendar in somebody's phone."""
    lock = "/places/atelier-du-quai/ place:fr:atelier-du-quai\n/calendars/places/le-hangar.ics calendars:fr:places/le-hangar.ics\n"
    files = {"content/places/quai.md": text(title="Atelier du quai"), "content/places/hangar.md": text(title="Le hangar")}

    assert {"atelier-du-quai": "quai", "le-hangar": "hangar"} == moved(tmp_path, files, lock)


def test_an_alias_says_what_no_name_tells(tmp_path):
    """The hall was renamed when it was painted."""
    files = {"content/places/quai.md": text(title="Atelier du quai", aliases="[/places/hangar/]")}

    assert {"hangar": "quai"} == moved(tmp_path, files, "/places/hangar/ place:fr:hangar\n")


def test_a_renamed_file_is_known_by_its_id(tmp_path):
    """Its old page and what events called it before it had a file are both promised."""
    files = {"content/places/quai.md": text(title="Atelier", id="place:hangar")}

    assert {"hangar": "quai"} == moved(tmp_path, files, "/places/hangar/ place:fr:hangar\n/places/hangar/ place:hangar\n")


def test_a_place_at_its_own_address_has_not_moved(tmp_path):
    """Nothing leads from a page to itself."""
    assert {} == moved(tmp_path, {"content/places/quai.md": text(title="Quai")}, "/places/quai/ place:fr:quai\n")
