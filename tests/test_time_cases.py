"""Hours that went wrong elsewhere: what an editor writes is what page, feed and calendar tell, to the second.

Every case goes the whole way, from the front matter to the files that are
published; what is expected is found by asking of instants which clock time
they show there, which knows nothing of how local times are turned around.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from tests.hubs import load_village, options, text, write

from handbill.errors import Level
from handbill.pipeline import build

#: Behind a zone: start and end as an editor writes them; one line, one event.
SINGLE = """
Europe/Paris | 2026-01-15 19:00 | 2026-01-15 21:00
Europe/Paris | 2026-07-15 19:00 | 2026-07-15 21:00
Europe/Paris | 2026-03-29 01:59 | 2026-03-29 03:00
Europe/Paris | 2026-03-28 22:00 | 2026-03-29 06:00
Europe/Paris | 2026-10-24 22:00 | 2026-10-25 06:00
Europe/Paris | 2026-10-25 02:30+02:00 | 2026-10-25 02:30+01:00
Europe/Paris | 2026-10-25 02:30+01:00 | 2026-10-25 03:00
Europe/Paris | 2026-10-25 01:59 | 2026-10-25 03:01
Europe/Paris | 2026-03-29 | 2026-03-29
Europe/Paris | 2026-10-25 | 2026-10-25
Europe/Paris | 2026-03-27 | 2026-03-30
Europe/Paris | 2026-12-31 22:00 | 2027-01-01 02:00
Europe/Paris | 2026-12-31 | 2027-01-01
Europe/Paris | 2028-02-29 10:00 | 2028-03-01 10:00
Europe/Paris | 2028-02-28 | 2028-02-29
Europe/Paris | 2026-05-01 00:00 | 2026-05-02 00:00
Europe/London | 2026-03-29 02:30 | 2026-03-29 04:00
Europe/London | 2026-10-25 01:15+00:00 | 2026-10-25 02:00
Europe/Dublin | 2026-10-25 01:15+01:00 | 2026-10-25 02:00
Europe/Lisbon | 2026-10-24 23:30 | 2026-10-25 01:30+00:00
Europe/Istanbul | 2016-10-30 03:30 | 2016-10-30 05:00
Europe/Istanbul | 2026-01-15 19:00 | 2026-01-15 21:00
Europe/Volgograd | 2020-12-27 01:30+04:00 | 2020-12-27 03:00
Europe/Moscow | 2014-10-26 01:30+03:00 | 2014-10-26 04:00
America/New_York | 2026-03-08 01:30 | 2026-03-08 03:30
America/New_York | 2026-11-01 01:30-04:00 | 2026-11-01 01:30-05:00
America/New_York | 2006-04-02 01:00 | 2006-04-02 04:00
America/New_York | 2007-03-11 01:00 | 2007-03-11 04:00
America/St_Johns | 2026-03-08 01:30 | 2026-03-08 03:00
America/St_Johns | 2026-11-01 01:45-03:30 | 2026-11-01 02:15
America/Sao_Paulo | 2018-11-04 | 2018-11-04
America/Sao_Paulo | 2018-11-03 23:30 | 2018-11-04 01:00
America/Sao_Paulo | 2019-11-03 00:30 | 2019-11-03 02:00
America/Havana | 2026-11-01 | 2026-11-01
America/Havana | 2026-03-08 | 2026-03-08
America/Mexico_City | 2022-04-03 01:30 | 2022-04-03 03:30
America/Mexico_City | 2023-04-02 02:30 | 2023-04-02 03:30
America/Caracas | 2016-05-01 02:00 | 2016-05-01 03:30
America/Nuuk | 2023-03-25 21:30 | 2023-03-26 02:00
Australia/Lord_Howe | 2026-10-04 01:30 | 2026-10-04 02:30
Australia/Lord_Howe | 2026-04-05 01:45+11:00 | 2026-04-05 01:45+10:30
Australia/Lord_Howe | 2026-10-04 | 2026-10-04
Australia/Adelaide | 2026-04-05 02:30+10:30 | 2026-04-05 02:30+09:30
Asia/Kolkata | 2026-08-15 10:00 | 2026-08-15 12:00
Asia/Kathmandu | 2026-08-15 10:00 | 2026-08-15 12:00
Asia/Tehran | 2022-09-21 23:30+03:30 | 2022-09-22 01:00
Asia/Tehran | 2023-03-22 00:30 | 2023-03-22 02:00
Asia/Beirut | 2026-03-29 | 2026-03-29
Asia/Damascus | 2022-10-28 00:30 | 2022-10-28 02:00
Asia/Pyongyang | 2018-05-04 23:00 | 2018-05-05 01:00
Africa/Casablanca | 2026-02-15 01:30 | 2026-02-15 04:00
Africa/Casablanca | 2026-03-22 01:30 | 2026-03-22 03:30
Africa/Cairo | 2026-04-23 23:30 | 2026-04-24 02:00
Africa/Cairo | 2026-04-24 | 2026-04-24
Antarctica/Troll | 2026-03-29 00:30 | 2026-03-29 03:30
Pacific/Chatham | 2026-04-05 03:30+13:45 | 2026-04-05 03:30+12:45
Pacific/Chatham | 2026-09-27 02:30 | 2026-09-27 04:00
Pacific/Apia | 2011-12-29 22:00 | 2011-12-31 02:00
Pacific/Apia | 2011-12-31 | 2011-12-31
Pacific/Kiritimati | 2026-01-01 00:00 | 2026-01-01 02:00
Pacific/Pago_Pago | 2025-12-31 23:00 | 2026-01-01 01:00
UTC | 2026-10-25 02:30 | 2026-10-25 03:30
"""

#: What no clock shows there: the hour, and what is offered in its place.
SKIPPED = """
Europe/Paris | 2026-03-29 02:30 | 2026-03-29 03:30 or 2026-03-29 01:30
America/New_York | 2026-03-08 02:00 | 2026-03-08 03:00 or 2026-03-08 01:00
America/Sao_Paulo | 2018-11-04 00:30 | 2018-11-04 01:30 or 2018-11-03 23:30
Australia/Lord_Howe | 2026-10-04 02:15 | 2026-10-04 02:45 or 2026-10-04 01:45
Pacific/Chatham | 2026-09-27 02:50 | 2026-09-27 03:50 or 2026-09-27 01:50
Antarctica/Troll | 2026-03-29 02:00 | 2026-03-29 04:00 or 2026-03-29 00:00
Pacific/Apia | 2011-12-30 12:00 | 2011-12-31 12:00 or 2011-12-29 12:00
"""

#: What clocks show twice there: the first is taken, and the second offered.
TWICE = """
Europe/Paris | 2026-10-25 02:30 | 2026-10-25 02:30+02:00 for the first one, 2026-10-25 02:30+01:00 for the second
America/New_York | 2026-11-01 01:30 | 2026-11-01 01:30-04:00 for the first one, 2026-11-01 01:30-05:00 for the second
Australia/Lord_Howe | 2026-04-05 01:45 | 2026-04-05 01:45+11:00 for the first one, 2026-04-05 01:45+10:30 for the second
America/St_Johns | 2026-11-01 01:45 | 2026-11-01 01:45-02:30 for the first one, 2026-11-01 01:45-03:30 for the second
Pacific/Chatham | 2026-04-05 03:30 | 2026-04-05 03:30+13:45 for the first one, 2026-04-05 03:30+12:45 for the second
Asia/Pyongyang | 2015-08-14 23:45 | 2015-08-14 23:45+09:00 for the first one, 2015-08-14 23:45+08:30 for the second
"""

#: Series over a change of the clocks: the rule, and how many dates it has; the seventh begins where they skip its hour.
SERIES = """
Europe/Paris | 2026-03-24 18:30 | 2026-03-24 20:00 | FREQ=WEEKLY;COUNT=4 | 4
Europe/Paris | 2026-10-17 22:00 | 2026-10-18 06:00 | FREQ=WEEKLY;COUNT=3 | 3
America/New_York | 2026-10-28 09:00 | 2026-10-28 10:00 | FREQ=DAILY;COUNT=7 | 7
Australia/Lord_Howe | 2026-03-29 10:00 | 2026-03-29 11:00 | FREQ=WEEKLY;COUNT=3 | 3
Africa/Casablanca | 2026-02-10 19:00 | 2026-02-10 21:00 | FREQ=WEEKLY;COUNT=8 | 8
America/St_Johns | 2026-03-05 | 2026-03-06 | FREQ=WEEKLY;COUNT=3 | 3
Europe/Paris | 2026-03-28 02:30 | 2026-03-28 04:00 | FREQ=DAILY;COUNT=3 | 3
Europe/Paris | 2026-10-24 02:30 | 2026-10-24 04:00 | FREQ=DAILY;COUNT=3 | 3
"""


def rows(table):
    return [line.split(" | ") for line in table.strip().splitlines()]


def showing(naive, zone):
    """Return the instants at which the clocks of a zone show that, the first one first."""
    offsets = {(naive.replace(tzinfo=UTC) + timedelta(hours=n)).astimezone(zone).utcoffset() for n in range(-40, 41)}
    found = {naive.replace(tzinfo=UTC) - offset for offset in offsets}
    return sorted(one for one in found if one.astimezone(zone).replace(tzinfo=None) == naive)


def expected(written, name):
    """Return the instant that is meant: the first that shows it, the one of the written offset, or the one by the clock before a gap."""
    zone, naive = ZoneInfo(name), datetime.fromisoformat(written[:16].ljust(16, " ").strip())
    if len(written) > 16:
        return datetime.fromisoformat(written).astimezone(UTC)
    shown = showing(naive, zone)
    if shown:
        return shown[0]
    before = naive.replace(tzinfo=UTC)
    while showing((naive - (naive.replace(tzinfo=UTC) - before)), zone) == []:
        before -= timedelta(minutes=15)
    return naive.replace(tzinfo=UTC) - showing(before.replace(tzinfo=None), zone)[-1].astimezone(zone).utcoffset()


def stretch(starts, ends, zone):
    """Return the first instant of what is written and the first one after it; a last day lasts until its midnight."""
    if len(starts) == 10:
        return expected(f"{starts} 00:00", zone), expected(f"{date.fromisoformat(ends) + timedelta(days=1)} 00:00", zone)
    return expected(starts, zone), expected(ends, zone)


def name(number):
    return f"cas-{number:02}"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of a hub with an event for each line, as it was published, and the hub as it was read."""
    root = tmp_path_factory.mktemp("hours") / "hub"
    hub = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "en"\n[feeds]\nentries = 200\n'
    files = {"hub.toml": hub}
    events = [(*row, "") for row in rows(SINGLE)] + [(*row[:3], row[3]) for row in rows(SERIES)]
    for number, (zone, starts, ends, rule) in enumerate(events):
        front = {"title": f"Case {number}", "date": "2009-01-02", "starts": starts, "ends": ends, "timezone": zone}
        front |= {"organisers": "[X]", "venue": "{name: Hall}"} | ({"recurrence": f"{{rule: {rule}}}"} if rule else {})
        files[f"events/{name(number)}.md"] = text("Come.", **front)
    write(root, files)
    build(options(root, "2010-01-01 12:00"))
    return root / "public", {one.slug: one for one in load_village("2010-01-01 12:00", root)[0].hub.items}


def test_there_are_more_than_sixty_cases_in_thirty_zones():
    """Gap, overlap, whole days, several days, year's end, leap day, rules that changed, and the date line."""
    every = [row for table in (SINGLE, SKIPPED, TWICE, SERIES) for row in rows(table)]

    assert (83, 62) == (len(every), len(rows(SINGLE)))
    assert 30 <= len({row[0] for row in every})


@pytest.mark.parametrize("number", range(len(rows(SINGLE))))
def test_an_hour_is_the_same_everywhere(built, number):
    """What was written, what the page tells browsers and search engines, the feed, and the calendar."""
    public, items = built
    zone, starts, ends = rows(SINGLE)[number]
    begin, finish = stretch(starts, ends, zone)
    (when,) = items[name(number)].occurrences

    assert (begin, finish) == (when.begins.astimezone(UTC), when.finishes.astimezone(UTC))
    page = (public / "events" / name(number) / "index.html").read_text(encoding="utf-8")
    feed = {
        one["url"].split("/")[-2]: one["_handbill"]
        for one in json.loads((public / "feeds/events.json").read_text(encoding="utf-8"))["items"]
    }
    (entry,) = Calendar.from_ical((public / "events" / name(number) / "event.ics").read_bytes()).walk("VEVENT")
    told = {
        "page": (re.search(r'class="item-when"[^>]*>(?:<s>)?<time datetime="([^"]+)"', page)[1], None),
        "search": tuple(re.search(rf'"{key}": ?"([^"]+)"', page)[1] for key in ("startDate", "endDate")),
        "feed": (feed[name(number)]["starts"], feed[name(number)]["ends"]),
    }
    for where, (first, last) in told.items():
        if len(starts) == 10:
            assert (starts, ends) == (first, last or ends), where
        else:
            assert begin == datetime.fromisoformat(first).astimezone(UTC), where
            assert last is None or finish == datetime.fromisoformat(last).astimezone(UTC), where
    if len(starts) == 10:
        assert (date.fromisoformat(starts), date.fromisoformat(ends) + timedelta(days=1)) == (entry["DTSTART"].dt, entry["DTEND"].dt)
    else:
        assert (begin, finish) == (entry["DTSTART"].dt.astimezone(UTC), entry["DTEND"].dt.astimezone(UTC))


@pytest.mark.parametrize("number", range(len(rows(SERIES))))
def test_a_series_keeps_its_clock_in_every_zone(built, number):
    """Each date is told by the clocks there, and one at an hour that they skip by the hour after it, also to calendars."""
    public, items = built
    zone, starts, ends, _, count = rows(SERIES)[number]
    slug = name(len(rows(SINGLE)) + number)
    item = items[slug]
    step = 1 if "DAILY" in item.series.rule else 7

    def moved(written, dates):
        day = date.fromisoformat(written[:10]) + timedelta(days=step * dates)
        return f"{day}{written[10:]}"

    meant = [stretch(moved(starts, n), moved(ends, n), zone) for n in range(int(count))]
    assert meant == [(one.begins.astimezone(UTC), one.finishes.astimezone(UTC)) for one in item.occurrences]
    page = (public / "events" / slug / "index.html").read_text(encoding="utf-8")
    told = [one for one in re.findall(r'<time datetime="([^"]+)"', page) if one[:10] >= starts[:10]]
    if len(starts) == 10:
        assert {moved(starts, n) for n in range(int(count))} <= set(told)
    else:
        assert {begin for begin, _ in meant} <= {datetime.fromisoformat(one).astimezone(UTC) for one in told if len(one) > 10}
        apart = {
            one["RECURRENCE-ID"].dt: one
            for one in Calendar.from_ical((public / "events" / slug / "event.ics").read_bytes()).walk("VEVENT")
            if "RECURRENCE-ID" in one
        }
        lengths = {finish - begin for begin, finish in meant}
        assert bool(apart) is (len(lengths) > 1 or any(one.starts != one.original for one in item.occurrences))
        for one in apart.values():
            assert (one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC)) in meant


def doubted(tmp_path, zone, starts):
    front = {"starts": starts, "timezone": zone, "organisers": "[X]", "venue": "{name: Hall}"}
    loaded, _ = load_village(root=write(tmp_path, {"events/a.md": text(**front)}))
    return loaded.hub.items, [(one.code, one.level, one.wanted) for one in loaded.problems if one.field == "starts"]


@pytest.mark.parametrize(("zone", "starts", "wanted"), rows(SKIPPED))
def test_an_hour_that_no_clock_shows_is_refused(tmp_path, zone, starts, wanted):
    """It was moved in silence elsewhere, each program its own way."""
    items, problems = doubted(tmp_path, zone, starts)

    assert [("HB206", Level.ERROR, wanted)] == problems
    assert () == tuple(items)
    assert [] == showing(datetime.fromisoformat(starts), ZoneInfo(zone))
    assert all(showing(datetime.fromisoformat(one), ZoneInfo(zone)) for one in wanted.split(" or "))


@pytest.mark.parametrize(("zone", "starts", "wanted"), rows(TWICE))
def test_an_hour_that_comes_twice_is_told_with_the_way_to_say_which(tmp_path, zone, starts, wanted):
    """The first is taken, as in calendars; whoever means the second can write it."""
    items, problems = doubted(tmp_path, zone, starts)

    assert [("HB216", Level.WARNING, wanted)] == problems
    both = showing(datetime.fromisoformat(starts), ZoneInfo(zone))
    assert both == [datetime.fromisoformat(one).astimezone(UTC) for one in re.findall(r"\d{4}-\S+ \S+?[+-]\d\d:\d\d", wanted)]
    assert both[0] == items[0].occurrences[0].begins.astimezone(UTC)
