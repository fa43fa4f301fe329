"""What is news: the day something appeared, and the day it was called off or moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.hubs import load_village, moment, text, write

from handbill.outputs.news import alarms, changed_at, changes, is_alarm, latest
from handbill.outputs.subscriptions import feeds

EVENT = {"starts": "2026-06-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}
OFF = {"status": "cancelled", "status_note": "Pluie"}
CONTEST = {
    "mechanism": "jury", "opens": "2026-02-01", "closes": "2026-06-01", "enter": "x", "organiser": "y", "prizes": "[{name: z}]",
}  # fmt: skip


def hub_of(tmp_path, files, as_of="2026-03-20 12:00"):
    loaded, settings = load_village(as_of, write(tmp_path, files))
    return loaded.hub, settings


def posts(count: int) -> dict[str, str]:
    return {f"content/posts/p{n:02}.md": text(date=f"2026-02-{n + 1:02}") for n in range(count)}


def test_an_event_called_off_comes_up_again_however_old_it_is(tmp_path):
    """Thirty posts later it was no longer in the feed, and nobody who followed it was told not to come."""
    event = text(date="2026-01-02", updated="2026-03-10", **EVENT, **OFF)
    hub, settings = hub_of(tmp_path, {**posts(20), "events/a.md": event})

    everything = next(feeds(hub, replace(settings, feed_entries=5), "fr", str))
    assert ["event:a", "post:p19", "post:p18", "post:p17", "post:p16"] == [item.id for item in everything.items]


def test_what_was_only_corrected_stays_where_it_was(tmp_path):
    """A comma mended in an old text must not push the news down."""
    hub, _ = hub_of(tmp_path, {**posts(3), "content/posts/old.md": text(date="2026-01-02", updated="2026-03-10")})

    assert ["post:p02", "post:p01", "post:p00", "post:old"] == [item.id for item in latest(hub.dated("fr"), alarms(hub), 9)]
    assert moment("2026-03-10 00:00") == changed_at(hub.by_id["post:old"], hub)


@pytest.mark.parametrize(
    ("status", "more"),
    [("postponed", {}), ("rescheduled", {"previous_starts": "[2026-05-11 14:00]"}), ("moved_online", {"join_url": "https://v.example/"})],
)
def test_whatever_keeps_a_member_from_coming_as_planned_is_news(tmp_path, status, more):
    """Standing before a closed door is as bad on a new date as on none."""
    hub, _ = hub_of(tmp_path, {"events/a.md": text(status=status, status_note="x", updated="2026-03-10", **EVENT, **more)})

    assert {"event:a": moment("2026-03-10 00:00")} == alarms(hub)


def test_what_is_not_certain_yet_is_no_alarm(tmp_path):
    """It was announced like that."""
    hub, _ = hub_of(tmp_path, {"events/a.md": text(status="tentative", updated="2026-03-10", **EVENT)})

    assert not is_alarm(hub.by_id["event:a"], hub)
    assert {} == alarms(hub)


def test_a_contest_called_off_is_news(tmp_path):
    """People were about to send their photos."""
    hub, _ = hub_of(tmp_path, {"content/contests/a.md": text(updated="2026-03-10", cancelled="Personne", **CONTEST)})

    assert is_alarm(hub.by_id["contest:a"], hub)
    assert {"contest:a": moment("2026-03-10 00:00")} == alarms(hub)


@pytest.mark.parametrize(("updated", "count"), [("2026-02-20", 1), ("2026-03-15", 0)])
def test_a_date_of_a_series_that_fell_through_is_news_until_its_day(tmp_path, updated, count):
    """Afterwards an edit of the series is an edit like any other."""
    recurrence = '\n  rule: FREQ=WEEKLY;COUNT=30\n  changes: [{on: "2026-03-05 14:00", status: cancelled, note: x}]'
    series = text(updated=updated, recurrence=recurrence, **{**EVENT, "starts": "2026-02-05 14:00"})
    hub, _ = hub_of(tmp_path, {"events/a.md": series})
    item = hub.by_id["event:a"]

    assert count == len(changes(item, changed_at(item, hub)))
    assert bool(count) is is_alarm(item, hub)


def test_an_event_called_off_without_a_new_line_updated_has_changed_all_the_same(tmp_path):
    """Readers of feeds look at this moment alone; calendars remember that they told something else before."""
    before, _ = hub_of(tmp_path / "a", {"events/a.md": text(**EVENT)})
    after, _ = hub_of(tmp_path / "b", {"events/a.md": text(**EVENT, **OFF)})
    told = replace(after, ledger=before.told)

    assert moment("2026-01-02 00:00") == changed_at(before.by_id["event:a"], before)
    assert moment("2026-01-02 00:00:01") == changed_at(told.by_id["event:a"], told)
    again = replace(told, ledger=told.told)
    assert moment("2026-01-02 00:00:01") == changed_at(again.by_id["event:a"], again)


def test_a_deadline_that_was_moved_without_a_new_line_updated_has_changed(tmp_path):
    """Calendars tell a new last day, and so do feeds."""
    before, _ = hub_of(tmp_path / "a", {"content/contests/a.md": text(**CONTEST)})
    after, _ = hub_of(tmp_path / "b", {"content/contests/a.md": text(**{**CONTEST, "closes": "2026-07-01"})})
    told = replace(after, ledger=before.told)

    assert moment("2026-01-02 00:00:01") == changed_at(told.by_id["contest:a"], told)


def test_a_text_mended_after_the_date_was_told_has_changed_then(tmp_path):
    """Calendars do not show the text, and remember nothing of it."""
    told_of = {**EVENT, "summary": "Une foire."}
    before, _ = hub_of(tmp_path / "a", {"events/a.md": text(**told_of)})
    after, _ = hub_of(tmp_path / "b", {"events/a.md": text("Un autre texte.", updated="2026-03-10", **told_of)})
    told = replace(after, ledger=before.told)

    assert moment("2026-03-10 00:00") == changed_at(told.by_id["event:a"], told)


@pytest.mark.parametrize("folder", ["events", "content/contests"])
def test_an_old_event_that_fell_through_is_not_news_again_when_it_is_edited(tmp_path, folder):
    """A tag renamed in all files brought up every cancelled evening of five years."""
    front = (
        {**EVENT, **OFF, "starts": "2025-06-11 14:00"}
        if folder == "events"
        else {**CONTEST, "opens": "2025-02-01", "closes": "2025-06-01", "cancelled": "x"}
    )
    hub, _ = hub_of(tmp_path, {f"{folder}/a.md": text(date="2025-01-02", updated="2026-03-10", **front)})

    assert {} == alarms(hub)


def test_nothing_has_changed_at_a_moment_to_come(tmp_path):
    """A build made for an earlier moment knows a ledger that is ahead of it."""
    before, _ = hub_of(tmp_path / "a", {"events/a.md": text(updated="2026-03-10", **EVENT)})
    early, _ = hub_of(tmp_path / "b", {"events/a.md": text(updated="2026-03-10", **EVENT)}, "2026-03-01 12:00")
    early = replace(early, ledger=before.told)

    assert moment("2026-01-02 00:00") == changed_at(early.by_id["event:a"], early)
