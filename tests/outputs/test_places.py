"""Places: where one goes, and what takes place there."""

from __future__ import annotations

from tests.hubs import text, write
from tests.outputs.records import pages, titles


def event(starts, venue, **front):
    return text(starts=starts, organisers="[X]", venue=venue, **front)


def test_a_place_has_its_address_and_what_takes_place_there(tmp_path):
    """A neighbour follows the barn, not the whole association."""
    files = {
        "events/next.md": event("2026-04-10 10:00", "{name: La Grange, street: 2 rue du Puits, city: Bourg}", title="À venir"),
        "events/was.md": event("2026-01-10 10:00", "{name: La Grange}", title="Passé"),
        "events/other.md": event("2026-04-11 10:00", "{name: Mairie}", title="Ailleurs"),
    }
    view = pages(write(tmp_path, files))["/places/la-grange/"]

    assert ("La Grange", "2 rue du Puits", "Bourg") == (view.page.title, view.venue["street"], view.venue["city"])
    assert ([("2026-04-01", ["À venir"])], ["Passé"]) == (titles(view.upcoming), [card.title for card in view.past])
    assert "/calendars/places/la-grange.ics" == view.calendar


def test_the_latest_event_says_how_a_place_is_reached(tmp_path):
    """The ramp was built last month; the event of two years ago does not know it."""
    files = {
        "events/b.md": event("2026-04-10 10:00", "{name: Grange, access: Rampe}", date="2026-02-01"),
        "events/a.md": event("2024-01-10 10:00", "{name: grange, access: Trois marches}", date="2024-01-01"),
    }
    view = pages(write(tmp_path, files))["/places/grange/"]

    assert ("Grange", "Rampe") == (view.venue["name"], view.venue["access"])


def test_all_places_are_listed_with_what_is_to_come(tmp_path):
    """What is called off is no reason to go there."""
    files = {
        "events/a.md": event("2026-04-10 10:00", "{name: Grange, street: 2 rue du Puits}", recurrence="{rule: FREQ=WEEKLY;COUNT=3}"),
        "events/b.md": event("2026-04-11 10:00", "{name: Grange}", status="cancelled", status_note="Pluie"),
        "events/c.md": event("2026-01-11 10:00", "{name: Mairie}"),
    }
    found = pages(write(tmp_path, files))["/places/"].places

    assert [("Grange", "/places/grange/", 3), ("Mairie", "/places/mairie/", 0)] == [
        (one.to.title, one.to.address, one.count) for one in found
    ]


def test_a_place_of_another_language_is_found_in_that_language():
    """In English the village has no event, hence no place; in French it has three."""
    assert ["/places/grange/", "/places/lisiere/", "/places/place-du-puits/"] == [
        one for one in pages() if one.startswith("/places/") and one != "/places/"
    ]
    assert () == pages(lang="en")["/en/places/"].places


def test_a_place_that_was_promised_keeps_its_page(tmp_path):
    """The association moved; the old door is on somebody's fridge."""
    root = write(tmp_path, {})
    (root / "addresses.lock").write_text("/places/vieille-grange/ place:fr:vieille-grange\n", encoding="utf-8")
    view = pages(root)["/places/vieille-grange/"]

    assert ((), (), "") == (view.upcoming, view.past, view.calendar)


def test_the_word_for_places_is_the_hub_s(tmp_path):
    """A French hub may say `lieux`."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n[addresses]\nplaces = "lieux"\n'
    root = write(tmp_path, {"hub.toml": hub, "events/a.md": event("2026-04-10 10:00", "{name: Grange}")})

    assert {"/lieux/", "/lieux/grange/"} <= set(pages(root))
