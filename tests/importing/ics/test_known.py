"""What a hub has already is known by its UID, whoever gave it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.hubs import load_village, text, write

from handbill.importing.ics.event import Brought
from handbill.importing.ics.known import Known
from handbill.reading.ledger import ledger_text, read_ledger

DAY = datetime(2026, 5, 9, 14, tzinfo=ZoneInfo("Europe/Paris"))
EVENT = text(starts="2026-05-09 14:00", organisers="[Une personne]", venue="{name: Quai}")


def known(root: Path) -> Known:
    loaded, settings = load_village(root=root)
    return Known(loaded, settings)


def event(uid: str = "old@google.com", title: str = "Foire") -> Brought:
    return Brought(uid, 1, 3, datetime(2026, 1, 2, tzinfo=UTC), title, DAY, DAY, "Europe/Paris", {}, "")


def test_an_event_of_the_hub_is_known_by_the_uid_that_its_own_calendar_gives_it(tmp_path):
    """Somebody imports the hub's own calendar back: nothing must come twice."""
    root = write(tmp_path, {"events/2026/foire.md": EVENT})

    assert "events/2026/foire.md" == known(root).place_of("event-foire@essai.example")
    assert "" == known(root).place_of("other@essai.example")


def test_an_event_that_was_brought_is_known_by_its_old_uid(tmp_path):
    """And stays so when its file is broken and no item any more."""
    root = write(tmp_path, {"events/2026/foire.md": EVENT})
    (root / "calendars.lock").write_text(ledger_text(known(root).ledger_with({"event:foire": event()}, "fr")), encoding="utf-8")
    assert "events/2026/foire.md" == known(root).place_of("old@google.com")

    (root / "events/2026/foire.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert "events/2026/foire.md" == known(root).place_of("old@google.com")


def test_the_ledger_keeps_what_it_has_and_counts_on_from_the_old_number(tmp_path):
    """A member's program takes the hub's word only if its number is higher."""
    root = write(tmp_path, {"events/2026/foire.md": EVENT, "calendars.lock": "host old.example\n"})
    ledger = known(root).ledger_with({"event:foire": event()}, "fr")

    assert "old.example" == ledger.host
    (root / "calendars.lock").write_text(ledger_text(ledger), encoding="utf-8")
    assert (ledger, ()) == read_ledger(root)
    record = load_village(root=root)[0].hub.told.records["event:foire"]
    assert ("old@google.com", 4) == (record.uid, record.sequence)


def test_no_two_events_get_one_address(tmp_path):
    """A weekly workshop of one name has fifty dates a year."""
    own = known(
        write(
            tmp_path,
            {
                "events/2025/foire.md": EVENT,
                "hub.toml": '[hub]\nname = "E"\nbase_url = "https://e.example/"\n[addresses]\ngone = ["/events/bal/"]\n',
            },
        )
    )
    slugs = [own.slug_for(event(str(number), title)) for number, title in enumerate(["Foire", "Foire", "Foire", "Bal", "Neuf"])]

    assert ["foire-2026-05-09", "foire-2026-05-09-2", "foire-2026-05-09-3", "bal-2026-05-09", "neuf"] == slugs


def test_a_name_is_never_one_that_a_machine_keeps_for_itself(tmp_path):
    """“con” is no file on Windows, and /events/2026/ is the page of a year."""
    own = known(write(tmp_path, {}))

    assert ["event-con", "event-2026", "event", "etc-passwd"] == [
        own.slug_for(event(title=title)) for title in ("CON", "2026", "🎉", "../../etc/passwd")
    ]


def test_places_people_and_tags_are_known(tmp_path):
    """What the registry has is named, not copied."""
    root = write(tmp_path, {
        "content/places/quai.md": "---\ntitle: Atelier du quai\n---\n", "content/people/ines.md": "---\ntitle: Inès\n---\n\nx\n", "content/posts/a.md": text(tags="[Jardin]"),
    })  # fmt: skip
    own = known(root)

    assert {"atelier-du-quai": "quai", "quai": "quai"} == own.places
    assert {"ines"} == own.people
    assert {"jardin": "Jardin"} == own.tags
