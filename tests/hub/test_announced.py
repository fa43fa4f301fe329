"""What calendars tell of each item, and what becomes of that over several builds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.hub.hub import Hub
from handbill.hub.ledger import Ledger, Record

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n[letters.main]\nname = "La feuille"\n'
EVENT = {"title": "Foire", "starts": "2026-05-01 14:00", "organisers": "[Une personne]", "venue": "{name: Salle, city: Bordeaux}"}
CONTEST = {
    "title": "Photo",
    "mechanism": "jury",
    "opens": "2026-03-01 09:00",
    "closes": "2026-03-31",
    "enter": "Écrivez.",
    "organiser": "Nous",
    "prizes": "[{name: Un livre}]",
}
SERIES = {"starts": "2026-05-01 14:00", "recurrence": "{rule: FREQ=WEEKLY;COUNT=4}"}


def hub_of(folder, files, ledger=None, as_of="2026-03-20 12:00", **changes) -> Hub:
    """Return the hub of these files after *ledger*."""
    loaded, _ = load_village(as_of, write(folder, {"hub.toml": HUB, **files}))
    assert not [one for one in loaded.problems if one.level.name == "ERROR"], loaded.problems
    return replace(loaded.hub, **({"ledger": ledger} if ledger else {}), **changes)


def told(folder, front, ledger=None, **changes) -> Ledger:
    return hub_of(folder, {"events/a.md": text(**{**EVENT, **front})}, ledger, **changes).told


SIGNIFICANT = [
    {"starts": "2026-05-01 15:00"},
    {"ends": "2026-05-01 19:00"},
    {"starts": "2026-05-01"},
    {"timezone": "Europe/Lisbon"},
    {"status": "cancelled", "status_note": "Pluie"},
    {"status": "tentative"},
    {"status": "moved_online", "status_note": "Pluie", "join_url": "https://visio.example/a"},
    {"venue": "{name: Halle, city: Bordeaux}"},
    {"mode": "hybrid", "join_url": "https://visio.example/a"},
    {"recurrence": "{rule: FREQ=WEEKLY;COUNT=4}"},
]
OTHER = [
    {"title": "Grande foire"},
    {"summary": "Autre chose."},
    {"tags": "[bois]"},
    {"slug": "ailleurs"},
    {"venue": "{name: Salle, city: Bordeaux, latitude: 44.8, longitude: -0.5}"},
    {"venue": "{name: Salle, city: Bordeaux, access: Une marche.}"},
    {"venue": "{name: Salle, city: Bordeaux, accessibility: {hearing_loop: yes}}"},
]
NOTHING = [{"capacity": "20"}, {"price": "5 €"}, {"organisers": "[Une autre]"}, {"updated": "2026-03-01"}]


@pytest.mark.parametrize(
    ("change", "raised", "later"),
    [*((one, 1, True) for one in SIGNIFICANT), *((one, 0, True) for one in OTHER), *((one, 0, False) for one in NOTHING)],
    ids=lambda one: "; ".join(one.values()) if isinstance(one, dict) else str(one),
)
def test_the_number_grows_with_what_members_plan_by_and_with_nothing_else(tmp_path, change, raised, later):
    """When, where and whether (RFC 5545, 3.8.7.4); a better title is later, not higher; a price is in no calendar."""
    first = told(tmp_path / "a", {})
    second = told(tmp_path / "b", change, first)

    one, other = (ledger.records["event:a"] for ledger in (first, second))
    assert (0, raised) == (one.sequence, other.sequence)
    assert later is (other.changed > one.changed)
    assert one.uid == other.uid == "event-a@essai.example"


@pytest.mark.parametrize(
    "change",
    [
        "except: [2026-05-08]",
        "changes: [{on: 2026-05-08, status: cancelled, note: x}]",
        "changes: [{on: 2026-05-08, status: rescheduled, starts: 2026-05-09 14:00, note: x}]",
        "extra: [2026-05-09 14:00]",
    ],
)
def test_one_date_of_a_series_raises_the_number_of_all(tmp_path, change):
    """A series has one number; that of a single date must never be lower than that of the whole."""
    first = told(tmp_path / "a", SERIES)
    second = told(tmp_path / "b", {**SERIES, "recurrence": f"{{rule: FREQ=WEEKLY;COUNT=4, {change}}}"}, first)

    assert [0, 1] == [ledger.records["event:a"].sequence for ledger in (first, second)]


def test_the_moment_of_a_change_is_what_is_known_of_the_item(tmp_path):
    """The clock would make two builds differ."""
    first = told(tmp_path / "a", {})
    second = told(tmp_path / "b", {"starts": "2026-05-01 15:00", "updated": "2026-03-10 08:00"}, first)

    assert datetime(2026, 1, 1, 23, tzinfo=UTC) == first.records["event:a"].changed
    assert datetime(2026, 3, 10, 7, tzinfo=UTC) == second.records["event:a"].changed


def test_time_alone_changes_nothing(tmp_path):
    """A series without an end is followed further every year, and stays what it is."""
    endless = {**SERIES, "recurrence": "{rule: FREQ=WEEKLY}"}

    assert told(tmp_path, endless) == told(tmp_path, endless, as_of="2031-08-01 12:00")


@pytest.mark.parametrize(("starts", "ends"), [("2026-01-03 22:00", "2026-01-04 06:00"), ("2026-01-04 02:30", "2026-01-04 04:30")])
def test_clocks_that_change_raise_no_number_of_a_series_of_nights(tmp_path, starts, ends):
    """Each new year shows two more of those nights; everyone who subscribed would be told of a change that is none."""
    endless = {**EVENT, "starts": starts, "ends": ends, "recurrence": "{rule: FREQ=WEEKLY}"}
    first, second = (told(tmp_path, endless, as_of=f"{year}-06-01 12:00").records["event:a"].state for year in (2026, 2027))

    assert (first.facts, first.whole) == (second.facts, second.whole)


def test_a_night_that_somebody_changed_raises_the_number_though_clocks_change_in_it(tmp_path):
    """What a person decides for that night is news like that of any other."""
    nights = {**EVENT, "starts": "2026-03-21 22:00", "ends": "2026-03-22 06:00"}
    first = told(tmp_path / "a", {**nights, "recurrence": "{rule: FREQ=WEEKLY;COUNT=4}"})
    changes = "changes: [{on: 2026-03-28, status: cancelled, note: Gel}]"
    second = told(tmp_path / "b", {**nights, "recurrence": f"{{rule: FREQ=WEEKLY;COUNT=4, {changes}}}"}, first)

    assert [0, 1] == [ledger.records["event:a"].sequence for ledger in (first, second)]


def test_uids_and_feeds_end_in_the_host_of_the_ledger(tmp_path):
    """A community that moves to another domain, or looks at a preview, keeps every identity."""
    hub = hub_of(tmp_path, {"calendars.lock": "host ancien.example\n", "events/a.md": text(**EVENT)})

    assert ("ancien.example", "event-a@ancien.example") == (hub.host, hub.told.records["event:a"].uid)


def test_two_ids_never_make_one_uid(tmp_path):
    """The second event would take the place of the first."""
    hub = hub_of(tmp_path, {"events/a.md": text(**EVENT), "events/b.md": text(**EVENT, id="event-a")})

    uids = [record.uid for record in hub.told.records.values()]
    assert ["event-a@essai.example", "event-a-2@essai.example"] == uids
    assert uids == [record.uid for record in replace(hub, ledger=hub.told).told.records.values()]


# What is there no more


def test_what_vanished_is_called_off_and_stays_so(tmp_path):
    """A program that merges what it reads would keep it for ever."""
    first = told(tmp_path / "a", {})
    second = hub_of(tmp_path / "b", {}, first).told

    assert [(0, False), (1, True)] == [(one.records["event:a"].sequence, one.records["event:a"].is_gone) for one in (first, second)]
    assert second == hub_of(tmp_path / "b", {}, second).told
    back = told(tmp_path / "a", {}, second).records["event:a"]
    assert (2, False) == (back.sequence, back.is_gone)


def test_a_draft_that_was_public_is_called_off(tmp_path):
    """Nobody sees its page, so nobody should see its date."""
    assert told(tmp_path / "b", {"draft": "true"}, told(tmp_path / "a", {})).records["event:a"].is_gone


def test_what_waits_for_its_day_is_not_gone(tmp_path):
    """It was taken back until a later date, and will be there again."""
    first = told(tmp_path / "a", {})

    assert first.records == told(tmp_path / "b", {"date": "2026-04-01"}, first).records


def test_a_look_back_calls_nothing_off(tmp_path):
    """A trial for an earlier day does not know what was published later."""
    first = told(tmp_path / "a", {"date": "2026-03-15"})

    assert not hub_of(tmp_path / "b", {}, first, "2026-03-14 12:00").told.records["event:a"].is_gone
    assert hub_of(tmp_path / "b", {}, first, "2026-03-16 12:00").told.records["event:a"].is_gone


def test_what_is_in_no_list_is_not_told_and_what_was_told_of_it_is_not_called_off(tmp_path):
    """The book lies in the repository for everybody to read; and what takes place is not off because lists leave it out."""
    hub = hub_of(tmp_path, {"events/a.md": text(**EVENT)})
    unlisted = {"items": tuple(replace(item, is_listed=False) for item in hub.items)}

    assert {} == replace(hub, **unlisted).told.records
    assert hub.told == replace(hub, ledger=hub.told, **unlisted).told


def test_what_was_long_over_is_not_called_off(tmp_path):
    """An archive that is tidied wakes nobody."""
    first = told(tmp_path / "a", {})

    assert not hub_of(tmp_path / "b", {}, first, "2026-06-01 00:00").told.records["event:a"].is_gone
    assert hub_of(tmp_path / "b", {}, first, "2026-05-31 23:59").told.records["event:a"].is_gone


def test_what_an_import_brought_and_nobody_finished_is_not_called_off(tmp_path):
    """Members have it from the old calendar, and it takes place."""
    record = told(tmp_path / "a", {}).records["event:a"]
    brought = Ledger("essai.example", {"event:a": Record("x@google.com", 4, record.changed, replace(record.state, facts="", whole=""))})

    assert brought.records == told(tmp_path / "b", {"draft": "true"}, brought).records
    finished = told(tmp_path / "a", {}, brought).records["event:a"]
    assert ("x@google.com", 5) == (finished.uid, finished.sequence)


# Deadlines and letters


def test_a_deadline_has_two_moments_of_their_own(tmp_path):
    """Who has the closing in the calendar wants it moved when it moves, and the opening left alone."""
    first = hub_of(tmp_path / "a", {"content/contests/c.md": text(**CONTEST)}).told
    second = hub_of(tmp_path / "b", {"content/contests/c.md": text(**{**CONTEST, "closes": "2026-04-05"})}, first).told

    assert ["contest:c#closes", "contest:c#opens"] == list(first.records)
    assert ["contest-c.closes@essai.example", "contest-c.opens@essai.example"] == [one.uid for one in first.records.values()]
    assert [1, 0] == [one.sequence for one in second.records.values()]
    assert ["2026-03-31", "2026-03-01 09:00:00+01:00"] == [str(one.state.starts) for one in first.records.values()]


def test_a_contest_called_off_raises_both_numbers(tmp_path):
    """Nobody should prepare an entry."""
    first = hub_of(tmp_path / "a", {"content/contests/c.md": text(**CONTEST)}).told
    second = hub_of(tmp_path / "b", {"content/contests/c.md": text(**CONTEST, cancelled="Trop peu.")}, first).told

    assert [1, 1] == [one.sequence for one in second.records.values()]


LETTERS = {
    "newsletters/surprise-secrete.md": text(number="7", subject="Une surprise", sections="[]", date="2026-04-05 18:00"),
    "newsletters/brouillon.md": text(number="8", subject="Plus tard", sections="[]", date="2026-05-05 18:00", draft="true"),
}


def test_letters_are_told_only_when_the_hub_names_them(tmp_path):
    """What lies in the future is in no output, unless somebody asks for it."""
    assert {} == hub_of(tmp_path, LETTERS).told.records
    named = hub_of(tmp_path, LETTERS, letters={"main": "La feuille"}).told.records

    assert ["issue:surprise-secrete#sent"] == list(named)


def test_the_uid_of_a_letter_tells_nothing_of_what_is_in_it(tmp_path):
    """It is read before the letter is sent, and files are named after subjects."""
    (record,) = hub_of(tmp_path, LETTERS, letters={"main": "La feuille"}).told.records.values()

    assert ("letter-main-7.fr@essai.example", "La feuille 7") == (record.uid, record.state.title)
    (sent,) = hub_of(
        tmp_path,
        LETTERS,
        Ledger("essai.example", {"issue:surprise-secrete#sent": record}),
        "2026-04-05 18:00",
        letters={"main": "La feuille"},
    ).told.records.values()
    assert (record.uid, record.sequence, moment("2026-04-05 18:00").astimezone(UTC)) == (sent.uid, sent.sequence, sent.changed)
