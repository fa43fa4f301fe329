"""A date goes into a calendar elsewhere as it stands on the page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.errors import Level
from handbill.outputs.adding import adding

BASE = {"organisers": "[Mairie]", "starts": "2026-10-24 14:00", "ends": "2026-10-24 18:00", "venue": "{name: Salle, city: Bordeaux}"}


def links(folder, as_of="2026-03-20 12:00", which=0, **front):
    """Return the query of each link, by the name of the calendar."""
    given = {key: value for key, value in {**BASE, **front}.items() if value}
    loaded, settings = load_village(as_of, write(folder, {"events/e.md": text(**given)}))
    assert not [one for one in loaded.problems if one.level is Level.ERROR], loaded.problems
    item = loaded.hub.items[0]
    found = adding(item, item.occurrences[which], settings, moment(as_of), str)
    return {
        one.title: {key: value[0] for key, value in parse_qs(urlsplit(one.address).query, strict_parsing=True).items()} for one in found
    }


def test_a_date_is_offered_with_all_that_the_page_says(tmp_path):
    """What the reader would otherwise type, and mistype."""
    found = links(tmp_path, title="Foire & marché", summary="Tout récup’, à 100 %")

    text = "Tout récup’, à 100\u00a0%\n\nhttps://essai.example/events/e/"
    assert ["Google Calendar", "Outlook.com", "Microsoft 365"] == list(found)
    assert {
        "action": "TEMPLATE", "text": "Foire & marché", "dates": "20261024T120000Z/20261024T160000Z", "ctz": "Europe/Paris",
        "details": text, "location": "Salle, Bordeaux",
    } == found["Google Calendar"]  # fmt: skip
    assert {
        "path": "/calendar/action/compose", "rru": "addevent", "subject": "Foire & marché", "startdt": "2026-10-24T12:00:00Z",
        "enddt": "2026-10-24T16:00:00Z", "body": text, "location": "Salle, Bordeaux",
    } == found["Outlook.com"] == found["Microsoft 365"]  # fmt: skip


def test_days_without_a_clock_time_end_with_their_last_one(tmp_path):
    """Calendars take the end for the first day that is free again; the market would close on Saturday."""
    found = links(tmp_path, starts="2026-12-05", ends="2026-12-06")

    assert "20261205/20261207" == found["Google Calendar"]["dates"]
    assert "ctz" not in found["Google Calendar"]
    assert ("2026-12-05", "2026-12-07", "true") == tuple(found["Outlook.com"][key] for key in ("startdt", "enddt", "allday"))


@pytest.mark.parametrize(
    ("zone", "starts", "dates"),
    [
        ("Europe/Lisbon", "2026-10-24 18:00", "20261024T170000Z/20261024T200000Z"),
        ("America/New_York", "2026-10-26 18:00", "20261026T220000Z/20261027T010000Z"),
        ("America/New_York", "2026-11-02 18:00", "20261102T230000Z/20261103T020000Z"),
        ("Australia/Lord_Howe", "2026-10-24 09:00", "20261023T220000Z/20261024T010000Z"),
        ("Asia/Kolkata", "2026-10-24 09:00", "20261024T033000Z/20261024T063000Z"),
    ],
)
def test_a_time_is_an_instant_and_names_the_zone_of_the_event(tmp_path, zone, starts, dates):
    """The reader's calendar may stand in any zone, on either side of a clock change."""
    ends = f"{starts[:11]}{int(starts[11:13]) + 3:02d}:00"
    found = links(tmp_path, starts=starts, ends=ends, timezone=zone)

    assert (dates, zone) == (found["Google Calendar"]["dates"], found["Google Calendar"]["ctz"])


def test_an_hour_that_comes_twice_is_the_one_that_was_meant(tmp_path):
    """At half past two the clocks show the same time again an hour later."""
    found = links(tmp_path, starts="2026-10-25 02:30+01:00", ends="2026-10-25 03:30")

    assert "20261025T013000Z/20261025T023000Z" == found["Google Calendar"]["dates"]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_off_is_not_added(tmp_path, status):
    """The file is still there for those who took it over before."""
    assert {} == links(tmp_path, status=status, status_note="Il pleut.")


def test_a_hub_may_lead_to_no_company(tmp_path):
    """Some communities came together to do without them; the file is there all the same."""
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n\n[calendars]\nelsewhere = false\n'

    assert {} == links(write(tmp_path, {"hub.toml": hub}))


def test_what_is_over_is_not_added(tmp_path):
    assert {} == links(tmp_path, "2026-10-24 18:00")


def test_each_date_of_a_series_is_one_of_its_own(tmp_path):
    """These calendars take over one date; the whole series is in the file."""
    rule = "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2026-10-31 14:00, status: cancelled, note: Toussaint.}]}"

    assert "20261107T130000Z/20261107T170000Z" == links(tmp_path, which=2, recurrence=rule)["Google Calendar"]["dates"]
    assert {} == links(tmp_path, which=1, recurrence=rule)


def test_online_the_address_to_connect_is_the_place(tmp_path):
    one = links(tmp_path, mode="online", venue="", join_url="https://visio.example/x")["Google Calendar"]

    assert "https://visio.example/x" == one["location"]
    assert "https://visio.example/x" in one["details"]


def test_an_address_that_is_withheld_is_in_no_link(tmp_path):
    """Links are public: bots read them."""
    front = {"mode": "online", "venue": "", "join_url": "https://visio.example/x", "join_after_registration": "true"}

    assert "visio.example" not in str(links(tmp_path, **front))


def test_what_moved_online_leads_nobody_to_the_hall(tmp_path):
    found = links(tmp_path, status="moved_online", status_note="La neige.", join_url="https://visio.example/x")

    assert "https://visio.example/x" == found["Outlook.com"]["location"]
    assert found["Outlook.com"]["body"].startswith("La neige.")


def test_no_character_breaks_out_of_the_link(tmp_path):
    """A title is text, whatever it looks like; a plus stays a plus, in Outlook too."""
    title = "C++ & R #1 ? 50 % = “½” 🎉"
    loaded, settings = load_village(root=write(tmp_path, {"events/e.md": text(**{**BASE, "title": f"'{title}'"})}))
    item = loaded.hub.items[0]
    addresses = [one.address for one in adding(item, item.occurrences[0], settings, moment("2026-03-20 12:00"), str)]

    assert all(one.isascii() and not set(one) & set(" +#\"'<>") for one in addresses)
    assert item.title == parse_qs(urlsplit(addresses[0]).query)["text"][0]


def test_the_longest_texts_make_an_address_that_servers_take(tmp_path):
    """An accent is six characters of an address, and many servers refuse more than 8,000."""
    front = {"title": "é" * 150, "summary": "é" * 300, "status": "rescheduled", "status_note": "é" * 300, "previous_starts": "[2026-10-23]"}
    loaded, settings = load_village(root=write(tmp_path, {"events/e.md": text(**{**BASE, **front})}))
    item = loaded.hub.items[0]

    assert all(len(one.address) < 6000 for one in adding(item, item.occurrences[0], settings, moment("2026-03-20 12:00"), str))
