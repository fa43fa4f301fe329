"""An event as linked data, in every state that it can be in."""

from __future__ import annotations

import pytest
from tests.hubs import text, write
from tests.outputs.told_pages import STATES, graph, told_pages

from handbill.outputs.linked_event import price

NOON = "2026-05-15 12:00"
HALL = "{name: Salle, street: 1 rue du Puits, postcode: '33000', city: Bordeaux, country: France, latitude: 44.8, longitude: -0.5}"


def event(folder, as_of="2026-03-01 12:00", **front):
    given = {"starts": "2026-04-10 14:00", "ends": "2026-04-10 18:00", "organisers": "[Mairie]", "venue": HALL, **front}
    given = {key: value for key, value in given.items() if value}
    found = graph("/events/e/", write(folder, {"events/e.md": text(**given)}), as_of)
    return found.get("Event") or found["EventSeries"]


def state(address, as_of=NOON):
    found = graph(address, STATES, as_of)
    return found.get("Event") or found["EventSeries"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a-venir", "EventScheduled"),
        ("incertain", "EventScheduled"),
        ("annule", "EventCancelled"),
        ("reporte", "EventPostponed"),
        ("deplace", "EventRescheduled"),
        ("en-ligne", "EventMovedOnline"),
        ("passe", "EventScheduled"),
    ],
)
def test_the_state_is_said_in_the_words_of_search_engines(name, wanted):
    """Who searches must not travel to what was called off."""
    assert f"https://schema.org/{wanted}" == state(f"/events/{name}/")["eventStatus"]


def test_a_new_date_keeps_the_one_announced_before(tmp_path):
    """The page strikes it out; calendars of search engines are corrected by it."""
    moved = {"status": "rescheduled", "status_note": "La salle était prise.", "previous_starts": "[2026-04-03 14:00]"}
    one = event(tmp_path, **moved)

    assert ("2026-04-10T14:00:00+02:00", "2026-04-03T14:00:00+02:00") == (one["startDate"], one["previousStartDate"])


def test_what_moved_online_is_at_no_place_any_more(tmp_path):
    """Nobody should stand before a closed door."""
    one = event(tmp_path, status="moved_online", status_note="Trop de neige.", join_url="https://visio.example/x")

    assert "https://schema.org/EventMovedOnline" == one["eventStatus"]
    assert "https://schema.org/OnlineEventAttendanceMode" == one["eventAttendanceMode"]
    assert {"@type": "VirtualLocation", "url": "https://visio.example/x"} == one["location"]


def test_where_one_can_come_or_connect_both_are_said(tmp_path):
    one = event(tmp_path, mode="hybrid", join_url="https://visio.example/x")

    assert ["Place", "VirtualLocation"] == [place["@type"] for place in one["location"]]
    assert "https://schema.org/MixedEventAttendanceMode" == one["eventAttendanceMode"]


def test_the_address_to_connect_is_told_only_as_long_as_the_page_shows_it(tmp_path):
    """A room that is open for ever is found by strangers."""
    one = event(tmp_path, "2026-06-01 12:00", mode="online", venue="", join_url="https://visio.example/x")

    assert "https://essai.example/events/e/" == one["location"]["url"]
    assert "visio.example" not in told_pages(tmp_path, "2026-06-01 12:00")["/events/e/"][1].linked


def test_what_a_place_offers_is_told_and_what_nobody_knows_is_not(tmp_path):
    """A search for places without a step must find those, and none that only says nothing."""
    place = event(tmp_path, venue="{name: Salle, accessibility: {step_free_entrance: yes, adapted_toilet: no, quiet_room: partial}}")[
        "location"
    ]

    assert {"step_free_entrance": True, "adapted_toilet": False} == {one["propertyID"]: one["value"] for one in place["amenityFeature"]}
    assert "Step-free entrance" == place["amenityFeature"][0]["name"]
    assert {"LocationFeatureSpecification"} == {one["@type"] for one in place["amenityFeature"]}


def test_the_place_is_the_one_that_the_page_names(tmp_path):
    place = event(tmp_path)["location"]

    assert {
        "@type": "PostalAddress", "streetAddress": "1 rue du Puits", "postalCode": "33000", "addressLocality": "Bordeaux",
        "addressCountry": "France",
    } == place["address"]  # fmt: skip
    assert (44.8, -0.5) == (place["geo"]["latitude"], place["geo"]["longitude"])


def test_days_without_a_clock_time_stay_days(tmp_path):
    """Midnight in the hub's zone would be the day before for half of the world."""
    one = event(tmp_path, starts="2026-04-10", ends="2026-04-12")

    assert ("2026-04-10", "2026-04-12") == (one["startDate"], one["endDate"])


def test_a_series_has_the_dates_that_its_page_lists():
    """Each is an event of its own in a calendar of search results."""
    view, _ = told_pages(STATES, NOON)["/events/chaque-mardi/"]
    one = state("/events/chaque-mardi/")

    assert "EventSeries" == one["@type"]
    assert [when.starts for when in view.facts["dates"][:8]] == [sub["startDate"] for sub in one["subEvent"]]
    assert all(sub["location"]["name"] == view.facts["venue"]["name"] for sub in one["subEvent"] if sub["location"]["@type"] == "Place")


@pytest.mark.parametrize(
    ("registration", "wanted"),
    [
        ("", "InStock"),
        ("{url: 'https://i.example/'}", "InStock"),
        ("{url: 'https://i.example/', full: true}", "SoldOut"),
        ("{url: 'https://i.example/', taken: 20}", "SoldOut"),
        ("{url: 'https://i.example/', opens: 2026-04-01 09:00}", "PreOrder"),
        ("{url: 'https://i.example/', closes: 2026-02-01 09:00}", None),
    ],
)
def test_whether_there_is_room_is_said(tmp_path, registration, wanted):
    """“Full” on the page and “available” in a search result would send people for nothing."""
    offer = event(tmp_path, registration=registration, capacity="20")["offers"]

    assert (f"https://schema.org/{wanted}" if wanted else None) == offer.get("availability")
    assert ("https://i.example/" if wanted == "InStock" and registration else "https://essai.example/events/e/") == offer["url"]


def test_a_waiting_list_is_joined_where_one_signs_up(tmp_path):
    """All places are taken, and the link is still worth following."""
    offer = event(tmp_path, registration="{url: 'https://i.example/', full: true, waitlist: true}")["offers"]

    assert ("https://schema.org/SoldOut", "https://i.example/") == (offer["availability"], offer["url"])


def test_from_when_and_until_when_one_can_sign_up_is_said(tmp_path):
    offer = event(tmp_path, registration="{url: 'https://i.example/', opens: 2026-04-01 09:00, closes: 2026-04-09 18:00}")["offers"]

    assert ("2026-04-01T09:00:00+02:00", "2026-04-09T18:00:00+02:00") == (offer["validFrom"], offer["validThrough"])


@pytest.mark.parametrize(
    ("registration", "left"),
    [("{taken: 12}", 8), ("{taken: 20}", 0), ("{taken: 21}", 0), ("{full: true}", 0), ("{url: 'https://i.example/'}", None), ("", None)],
)
def test_how_many_places_are_left_is_said_where_it_is_known(tmp_path, registration, left):
    one = event(tmp_path, capacity="20", registration=registration)

    assert 20 == one["maximumAttendeeCapacity"]
    assert left == one.get("remainingAttendeeCapacity")


def test_an_address_that_is_withheld_is_said_nowhere(tmp_path):
    """Search engines keep what they read."""
    front = {"mode": "online", "venue": "", "join_url": "https://visio.example/x", "join_after_registration": "true"}

    assert {"@type": "VirtualLocation", "url": "https://essai.example/events/e/"} == event(tmp_path, **front)["location"]


def test_who_helps_for_whom_it_is_and_what_is_spoken_is_said(tmp_path):
    one = event(tmp_path, partners="[Mairie]", audience="[débutantes, enfants]", languages="[fr, pt]")

    assert [{"@type": "Organization", "name": "Mairie"}] == one["sponsor"]
    assert ["débutantes", "enfants"] == [audience["audienceType"] for audience in one["audience"]]
    assert ["fr", "pt"] == one["inLanguage"]
    assert "pt" == event(tmp_path / "one", languages="[pt]")["inLanguage"]
    assert "fr" == event(tmp_path / "none")["inLanguage"]


def test_a_date_of_a_series_that_moved_online_is_joined_and_not_gone_to():
    """The others are at the place, as ever."""
    modes = {sub["startDate"][:10]: sub["eventAttendanceMode"].rsplit("/", 1)[-1] for sub in state("/events/chaque-mardi/")["subEvent"]}

    assert ("OnlineEventAttendanceMode", "OfflineEventAttendanceMode") == (modes["2026-06-09"], modes["2026-05-19"])


def test_nothing_is_offered_for_what_is_over_or_off(tmp_path):
    assert "offers" not in event(tmp_path / "over", "2026-06-01 12:00")
    assert "offers" not in event(tmp_path / "off", status="cancelled", status_note="Personne.")


def test_what_is_free_says_so(tmp_path):
    free, paid = event(tmp_path / "free"), event(tmp_path / "paid", price="5 € (matériel)")

    assert (True, "0") == (free["isAccessibleForFree"], free["offers"]["price"])
    assert ("5", "EUR", "5 € (matériel)") == (
        paid["offers"]["price"],
        paid["offers"]["priceCurrency"],
        paid["offers"]["description"].replace("\u00a0", " "),
    )
    assert "isAccessibleForFree" not in paid


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("5 €", ("5", "EUR")),
        ("5,50\u00a0€ par personne", ("5.50", "EUR")),
        ("€5", ("5", "EUR")),
        ("12 euros", ("12", "EUR")),
        ("CHF 20", ("20", "CHF")),
        ("£3.50", ("3.50", "GBP")),
        ("$5", (None, None)),
        ("5", (None, None)),
        ("5 € ou 8 €", (None, None)),
        ("de 5 à 8 €", (None, None)),
        ("prix libre", (None, None)),
        ("gratuit, caution 20 €", (None, None)),
        ("3 eurostars", (None, None)),
        ("", ("0", None)),
    ],
)
def test_a_price_is_read_only_where_it_is_one(written, wanted):
    """A wrong price in a search result is worse than none; the words are always told."""
    assert wanted == price(written)


def test_a_name_without_a_page_is_no_person_that_we_know_of(tmp_path):
    """An organiser may be a town hall; a speaker is somebody."""
    one = event(tmp_path, speakers="[Ada Lovelace]")

    assert ["Ada Lovelace"] == [who["name"] for who in one["performer"]]
    assert "organizer" not in one
