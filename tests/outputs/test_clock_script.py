"""What the page's script says of a time by the reader's own clock: the script itself, run without a browser in many zones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

_SCRIPT = Path(__file__).resolve().parents[2] / "theme" / "static" / "clock.js"


def run(zone: str, expression: str):
    """Return the value of an expression for a reader whose clock is that of *zone*."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("running the page's script needs node")
    code = f"import {{ byOwnClock, correct }} from {json.dumps(_SCRIPT.as_uri())}; console.log(JSON.stringify({expression}));"
    done = subprocess.run(
        [node, "--input-type=module", "-e", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
        env={**os.environ, "TZ": zone},
    )
    return json.loads(done.stdout)


def said(zone: str, starts: str, ends: str, lang: str = "fr") -> str:
    """Return what a reader in that zone is told, with plain spaces and dashes."""
    text = run(zone, f"byOwnClock({json.dumps(starts)}, {json.dumps(ends)}, {json.dumps(lang)})")
    return " ".join(text.replace("–", " – ").split())


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "wanted"),
    [
        # The same clock, or one that shows the same: nothing to add.
        ("Europe/Paris", "2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00", ""),
        ("Europe/Madrid", "2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00", ""),
        # The same day: the hours alone.
        ("Europe/Lisbon", "2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00", "19 h – 20 h 30"),
        ("America/Montreal", "2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00", "14 h – 15 h 30"),
        ("America/St_Johns", "2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00", "15 h 30 – 17 h"),
        ("Asia/Kolkata", "2026-12-02T07:30:00+01:00", "2026-12-02T08:30:00+01:00", "midi – 13 h"),
        # Across midnight: the day is named, before or after.
        ("Asia/Tokyo", "2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00", "jeudi 3 décembre, 4 h – 5 h 30"),
        ("America/Los_Angeles", "2026-12-02T08:00:00+01:00", "2026-12-02T08:30:00+01:00", "mardi 1er décembre, 23 h – 23 h 30"),
        (
            "Europe/Athens",
            "2026-12-02T22:00:00+01:00",
            "2026-12-02T23:30:00+01:00",
            "mercredi 2 décembre à 23 h – jeudi 3 décembre à 0 h 30",
        ),
        # Between two changes of clocks, New York is five hours away and not six.
        ("America/New_York", "2026-03-20T20:00:00+01:00", "2026-03-20T22:00:00+01:00", "15 h – 17 h"),
        ("America/New_York", "2026-04-03T20:00:00+02:00", "2026-04-03T22:00:00+02:00", "14 h – 16 h"),
        # During the event the reader's clock changes, the event's does not.
        ("Europe/Paris", "2026-10-25T00:00:00+00:00", "2026-10-25T04:00:00+00:00", "2 h – 5 h"),
        # The hour that comes twice is the one that is meant, and shows the same on the reader's clock.
        ("Europe/Paris", "2026-10-25T02:30:00+01:00", "2026-10-25T03:30:00+01:00", ""),
        ("Australia/Lord_Howe", "2026-10-03T16:00:00+01:00", "2026-10-03T17:00:00+01:00", "dimanche 4 octobre, 1 h 30 – 3 h"),
        # Two days are two days by any clock.
        ("Europe/Paris", "2027-03-19T10:00:00+00:00", "2027-03-20T17:00:00+00:00", "vendredi 19 mars à 11 h – samedi 20 mars à 18 h"),
        # A deadline is one moment.
        ("Asia/Tokyo", "2026-06-15T23:59:00+02:00", "2026-06-15T23:59:00+02:00", "mardi 16 juin à 6 h 59"),
    ],
)
def test_a_time_is_told_by_the_reader_s_clock_where_that_shows_another(zone, starts, ends, wanted):
    """Someone who joins an hour late has missed it, and was told the right time nowhere."""
    assert wanted == said(zone, starts, ends)


def test_each_language_writes_hours_its_own_way():
    times = ("2026-12-02T20:00:00+01:00", "2026-12-02T21:30:00+01:00")

    assert "14:00 – 15:30" == said("America/Montreal", *times, "en")
    assert "2:00 – 3:30 PM" == said("America/Montreal", *times, "en-US")
    assert "14:00 – 15:30 Uhr" == said("America/Montreal", *times, "de")


@pytest.mark.long
def test_every_hour_of_a_year_agrees_with_the_tables_of_zones():
    """The script adds nothing of its own to what the browser knows of clocks; 6 zones, 24 hours, each change of clocks."""
    zones = ("Europe/Paris", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
    days = [
        datetime(2026, month, day, tzinfo=ZoneInfo("UTC")) for month, day in ((3, 8), (3, 29), (4, 5), (10, 4), (10, 25), (11, 1), (7, 1))
    ]
    moments = [(day + timedelta(hours=hour)).isoformat() for day in days for hour in range(24)]
    for zone in zones:
        found = run(zone, f"{json.dumps(moments)}.map((one) => byOwnClock(one, one, 'sv'))")
        for moment, shown in zip(moments, found, strict=True):
            there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
            if there.utcoffset():
                assert f"{there.hour}:{there:%M}" in shown.split(), (zone, moment, shown)
                assert (str(there.day) in shown.split()) == (there.date().isoformat() != moment[:10]), (zone, moment, shown)
            else:
                assert "" == shown


PARIS_MORNING = {"starts": "2027-03-19T10:00:00+00:00", "ends": "2027-03-19T12:00:00+00:00", "hub": "2027-03-19T11:00:00+01:00"}


@pytest.mark.parametrize(
    ("zone", "shows_hub", "own"),
    [("Europe/Lisbon", False, ""), ("Europe/Paris", True, ""), ("America/Montreal", False, "Chez vous : 6\u00a0h")],
)
def test_of_two_clocks_each_reader_sees_the_one_that_is_needed(zone, shows_hub, own):
    """In Lisbon neither is needed; who lives by the hub's clock is told by that, everyone else by their own."""
    hub = {"dataset": PARIS_MORNING, "hidden": False, "textContent": "À Paris : 11 h"}
    mine = {"dataset": {**PARIS_MORNING, "here": "Chez vous : {time}"}, "hidden": True, "textContent": ""}
    both = run(zone, f"((both) => {{ both.forEach((one) => correct(one, 'fr')); return both; }})({json.dumps([hub, mine])})")

    assert [not shows_hub, not own] == [one["hidden"] for one in both]
    assert "À Paris : 11 h" == both[0]["textContent"]
    assert not own or both[1]["textContent"].startswith(own)


def test_the_script_asks_nobody_for_anything_and_stays_small():
    """It runs on every page of something online; the clock of the reader's machine is all that it needs."""
    text = _SCRIPT.read_text(encoding="utf-8")

    assert len(text.encode()) < 3000
    assert not {"fetch", "XMLHttpRequest", "import(", "http", "localStorage", "Worker"} & {
        word for word in ("fetch", "XMLHttpRequest", "import(", "http", "localStorage", "Worker") if word in text
    }
