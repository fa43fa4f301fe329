"""The file of an event that was brought reads back exactly."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.hubs import load_village, write

from handbill.errors import said
from handbill.importing.ics.event import Brought
from handbill.importing.ics.sheet import sheet

DAY = datetime(2026, 5, 9, 14, tzinfo=ZoneInfo("Europe/Paris"))
VALUES = {
    "title": "2026",
    "id": "event:foire",
    "date": "2026-01-01",
    "tags": ("oui", "a, b"),
    "draft": "true",
    "starts": "2026-05-09 14:00",
    "venue": {"name": "Quai", "postcode": "01000", "latitude": "44.5", "longitude": "-0.5"},
    "organisers": ("Les Amis, du quai",),
    "recurrence": {"rule": "FREQ=WEEKLY;COUNT=2", "changes": ({"on": "2026-05-16", "status": "cancelled", "note": "1"},)},
}


def test_the_file_says_what_is_to_be_done_above_what_it_is_about():
    """An editor who takes the line away knows why it was there."""
    text = sheet(Brought("u", 1, 0, DAY, "2026", DAY, DAY, "Europe/Paris", dict(VALUES), "Venez.", (said("Look."),)), "en")

    assert "# Look.\ndraft: true\nstarts: 2026-05-09 14:00\n" in text
    assert "  - on: 2026-05-16\n      status: cancelled\n" in text
    assert text.endswith("---\n\nVenez.\n")


def test_words_that_look_like_numbers_stay_words(tmp_path):
    """The postcode of Bourg-en-Bresse begins with a zero."""
    text = sheet(Brought("u", 1, 0, DAY, "2026", date(2026, 5, 9), DAY, "Europe/Paris", dict(VALUES), ""), "fr")
    loaded, _ = load_village(root=write(tmp_path, {"events/2026/foire.md": text.replace("draft: true\n", "")}))
    (item,) = loaded.hub.items

    assert [] == [str(one) for one in loaded.problems if one.level.name == "ERROR"]
    assert ("2026", "01000", 44.5, -0.5) == (item.title, item.place.postcode, item.place.latitude, item.place.longitude)
    assert {"oui", "a, b"} == set(item.tags)
    assert ["confirmed", "cancelled"] == [one.status for one in item.occurrences]
