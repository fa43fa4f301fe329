"""The small records by which lists, pages and letters show an item."""

from __future__ import annotations

from functools import cache

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.hub.address import slug_of
from handbill.outputs.cards import Cards, next_of, tag_address
from handbill.outputs.views import Byline, Image, Left, To


@cache
def village_at(as_of="2026-03-20 12:00"):
    loaded, settings = load_village(as_of)
    return loaded.hub, settings, Cards(loaded.hub, settings, "fr")


def card(identity, as_of="2026-03-20 12:00"):
    hub, _, cards = village_at(as_of)
    return cards.card(hub.by_id[identity])


def small(folder, files, as_of="2026-03-20 12:00"):
    loaded, settings = load_village(as_of, write(folder, files))
    return loaded.hub, Cards(loaded.hub, settings, "fr")


def test_a_card_shows_what_its_item_is():
    """Every list of the site is made of it."""
    one = card("post:le-puits")

    assert ("post", "Le puits & la «\u00a0margelle\u00a0» <neuve>", "/hub/posts/le-puits/", "fr", "Le puits est réparé.") == (
        one.kind,
        one.title,
        one.address,
        one.lang,
        one.summary,
    )
    assert ("2026-03-01T09:30:00+01:00", "", "") == (one.published, one.updated, one.state)
    assert Image("/hub/media/pictures/puits.png", "Le puits vu de la place", 320, 200) == one.picture
    assert (To("Eau", "/hub/tags/eau/"), To("pierre", "/hub/tags/pierre/")) == one.tags
    assert (
        Byline("Ada Puits", "/hub/people/ada/", "author", Image("/hub/media/pictures/puits.png", "Portrait d’Ada", 320, 200)),
    ) == one.people
    assert (None, None, None, 1) == (one.when, one.left, one.number, one.minutes)


def test_addresses_can_be_whole():
    """In a letter a path alone leads nowhere."""
    hub, settings, _ = village_at()

    one = Cards(hub, settings, "fr", settings.absolute).card(hub.by_id["event:fete"])

    assert "https://village.example/hub/events/fete/" == one.address
    assert ["https://village.example/hub/tags/eau/"] == [tag.address for tag in one.tags]
    assert ["https://village.example/hub/people/ada/", "", ""] == [person.address for person in one.people]


def test_someone_who_is_not_listed_has_a_name_and_no_link():
    """The wish was not to have a page; the name was given for the text."""
    tom = next(one for one in card("event:fete").people if one.name == "Tom Sans-Page")

    assert Byline("Tom Sans-Page", "", "speaker", None, is_unlisted=True) == tom
    assert "" == card("person:tom").address


def test_a_subject_has_one_name_and_the_language_of_its_item():
    """An English post leads to the English list of its subject, under the spelling that came first."""
    hub, settings, _ = village_at()

    for lang in ("fr", "en"):
        one = Cards(hub, settings, lang).card(hub.by_id["post:le-puits.en"])
        assert (To("Eau", "/hub/en/tags/eau/"),) == one.tags
    assert "/en/tags/eau/" == tag_address("eau", "en", settings)


@pytest.mark.parametrize(
    ("at", "starts"),
    [
        ("2026-03-20 12:00", "2026-04-18T10:00:00+02:00"),
        ("2026-04-18 12:59", "2026-04-18T10:00:00+02:00"),
        ("2026-04-18 13:00", "2026-07-11T09:00:00+02:00"),
        ("2027-01-01 00:00", "2026-08-08T09:00:00+02:00"),
    ],
)
def test_a_series_shows_its_next_date_that_takes_place(at, starts):
    """The date in June is cancelled; when all is over, the last one stays."""
    assert starts == card("event:corvee", at).when.starts


def test_a_series_of_nothing_but_cancelled_dates_shows_the_next_of_them(tmp_path):
    """Better “cancelled” than no date at all."""
    event = text(
        starts="2026-04-04 09:00",
        organisers="[X]",
        venue="{name: S}",
        recurrence="{rule: FREQ=WEEKLY;COUNT=3}",
        status="cancelled",
        status_note="x",
    )
    hub, cards = small(tmp_path, {"events/a.md": event}, "2026-04-05 00:00")

    one = cards.card(hub.items[0])
    assert ("2026-04-11T09:00:00+02:00", "cancelled", "cancelled") == (one.when.starts, one.when.status, one.state)


def test_nothing_takes_place_at_a_post():
    """The question is asked of every item."""
    hub, _, _ = village_at()

    assert None is next_of(hub.by_id["post:le-puits"], hub.as_of)


@pytest.mark.parametrize(
    ("at", "date", "state"),
    [
        ("2026-04-18 09:59", 3, "upcoming"),
        ("2026-04-18 10:00", 3, "ongoing"),
        ("2026-04-18 13:00", 3, "past"),
        ("2026-04-18 10:00", 4, "cancelled"),
        ("2026-04-18 10:00", 5, "upcoming"),
        ("2026-04-18 10:00", 0, "past"),
    ],
)
def test_each_date_of_a_series_stands_for_itself(at, date, state):
    """In the agenda January is past while May is to come."""
    hub, _, cards = village_at()
    item = hub.by_id["event:corvee"]

    assert state == cards.card(item, item.occurrences[date], moment(at)).state


def test_a_moved_date_says_where_it_came_from():
    """Who wrote down the first date must find it struck out."""
    when = card("event:corvee").when

    assert (("2026-04-11T09:00:00+02:00",), "rescheduled", "À cause de la fête.", True) == (when.was, when.status, when.note, when.repeats)


@pytest.mark.parametrize(
    ("at", "is_on", "is_past"),
    [
        ("2026-04-11 13:59", False, False),
        ("2026-04-11 14:00", True, False),
        ("2026-04-12 00:59", True, False),
        ("2026-04-12 01:00", False, True),
    ],
)
def test_a_time_knows_whether_it_is_now(at, is_on, is_past):
    """“Now” on the home page is worth a detour."""
    when = card("event:fete", at).when

    assert (is_on, is_past, False) == (when.is_on, when.is_past, when.repeats)


def test_what_is_cancelled_is_never_on():
    """Not even on its day."""
    when = card("event:concert", "2026-03-28 12:00").when

    assert (False, True, "2026-03-28", "2026-03-28", "cancelled") == (when.is_on, when.all_day, when.starts, when.ends, when.status)


@pytest.mark.parametrize(("zone", "named"), [("Europe/Paris", ""), ("Europe/Lisbon", "Europe/Lisbon")])
def test_a_zone_is_named_only_where_it_is_not_the_hub_s(tmp_path, zone, named):
    """On every event it would be noise, on that one it is a train missed."""
    event = text(starts="2026-04-04 09:00", timezone=zone, organisers="[X]", venue="{name: S}")
    hub, cards = small(tmp_path, {"events/a.md": event})

    assert named == cards.card(hub.items[0]).when.zone


def test_days_need_no_zone(tmp_path):
    """A day abroad is the same day."""
    event = text(starts="2026-04-04", timezone="Asia/Tokyo", organisers="[X]", venue="{name: S}")
    hub, cards = small(tmp_path, {"events/a.md": event})

    assert "" == cards.card(hub.items[0]).when.zone


@pytest.mark.parametrize(
    ("at", "days", "state"),
    [
        ("2026-03-09 23:59", 22, "announced"),
        ("2026-03-20 12:00", 11, "open"),
        ("2026-03-31 23:59", 0, "open"),
        ("2026-04-01 00:00", -1, "closed"),
    ],
)
def test_the_time_left_counts_midnights(at, days, state):
    """On the last day zero nights are left, and one can still enter."""
    one = card("contest:photo", at)

    assert (Left("2026-03-10T00:00:00+01:00", "2026-03-31T23:59:00+02:00", days), state) == (one.left, one.state)


def test_a_place_is_its_name_and_town():
    """The street is for those who come, on the page."""
    assert ("Place du Puits, Village", "Lisière", "") == (card("event:fete").place, card("event:corvee").place, card("post:le-puits").place)


def test_what_moved_online_has_no_place(tmp_path):
    """The hall would be empty."""
    event = text(starts="2026-04-04 09:00", organisers="[X]", venue="{name: S}", status="moved_online", status_note="x")
    hub, cards = small(tmp_path, {"events/a.md": event})

    assert "" == cards.card(hub.items[0]).place


def test_a_letter_has_its_number():
    """Members ask for it by number."""
    assert 2 == card("issue:2026-03").number


def test_reading_takes_at_least_a_minute(tmp_path):
    """Nobody reads in zero minutes; two hundred and twenty words are one."""
    hub, cards = small(tmp_path, {"content/posts/a.md": text(""), "content/posts/b.md": text("mot " * 660)})

    assert {"a": 1, "b": 3} == {item.slug: cards.card(item).minutes for item in hub.items}


def test_a_card_says_how_things_stood_at_a_moment():
    """A letter keeps saying what it said when it was sent."""
    hub, _, cards = village_at()
    item = hub.by_id["contest:photo"]

    before, after = cards.card(item, at=moment("2026-03-11 00:00")), cards.card(item, at=moment("2026-04-02 00:00"))
    assert ("open", 20, "closed", -2) == (before.state, before.left.days, after.state, after.left.days)
    assert "open" == cards.card(item).state


def test_every_link_of_a_card_has_the_form_of_an_address():
    """A space or an accent in an address would be broken in some mail program."""
    hub, _, cards = village_at()

    for item in hub.items:
        one = cards.card(item)
        for address in (one.address, *(tag.address for tag in one.tags), *(person.address for person in one.people)):
            assert not address or address == "/hub/" + "/".join(slug_of(part) for part in address.removeprefix("/hub/").split("/"))


def test_a_time_abroad_is_told_by_the_hub_s_clocks_too(tmp_path):
    """Ten in Lisbon is eleven in Bordeaux; who follows from home was an hour late."""
    place = {"organisers": "[X]", "venue": "{name: Oficina}"}
    files = {
        "events/abroad.md": text(starts="2026-04-10 10:00", ends="2026-04-10 17:00", timezone="Europe/Lisbon", **place),
        "events/same.md": text(starts="2026-04-10 10:00", timezone="Europe/Madrid", **place),
        "events/day.md": text(starts="2026-04-10", timezone="Europe/Lisbon", **place),
    }
    hub, cards = small(tmp_path, files)
    when = cards.card(hub.by_id["event:abroad"]).when

    assert ("Europe/Lisbon", "2026-04-10T10:00:00+01:00") == (when.zone, when.starts)
    assert ("", "2026-04-10T11:00:00+02:00", "2026-04-10T18:00:00+02:00") == (when.here.zone, when.here.starts, when.here.ends)
    assert [None, None] == [cards.card(hub.by_id[f"event:{name}"]).when.here for name in ("same", "day")]


def test_a_card_tells_what_a_person_does(tmp_path):
    """A list of names alone says nothing to someone new."""
    hub, cards = small(tmp_path, {"content/people/ada.md": text(roles="[puisatière, trésorière]")})

    assert ("puisatière", "trésorière") == cards.card(hub.by_id["person:ada"]).roles


@pytest.mark.parametrize(
    ("at", "more", "signup"),
    [
        ("2026-03-20 12:00", {}, ""),
        ("2026-04-07 00:00", {}, "closing"),
        ("2026-04-10 18:00", {}, "closed"),
        ("2026-04-11 16:00", {}, ""),
        ("2026-03-20 12:00", {"registration": "{full: true, waitlist: true}"}, "waitlist"),
        ("2026-03-20 12:00", {"registration": "{full: true}", "status": "cancelled", "status_note": "Il pleut."}, ""),
    ],
)
def test_a_card_says_of_signing_up_what_matters_to_who_wants_to_come(tmp_path, at, more, signup):
    """“Full” beside “cancelled” or “over” would be noise."""
    front = {
        "starts": "2026-04-11 14:00",
        "organisers": "[X]",
        "venue": "{name: Salle}",
        "registration": "{closes: 2026-04-10 18:00}",
        **more,
    }
    loaded, settings = load_village(at, write(tmp_path, {"events/a.md": text(**front)}))

    assert signup == Cards(loaded.hub, settings, "fr").card(loaded.hub.items[0]).signup
