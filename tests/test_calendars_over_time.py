"""What a member's program sees of an event from build to build: no duplicate, no ghost, no wrong hour."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import icalendar
import pytest
from tests.hubs import files_of, options, text, village, write

from handbill.errors import ContentProblems
from handbill.layout import CALENDARS
from handbill.pipeline import build, check

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\nlang = "fr"\n'
EVENT = {"title": "Foire", "starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}


def published(root: Path, as_of: str = "2026-03-20 12:00", **front: str) -> None:
    """Write the event and build the hub, as whoever edits it does."""
    (root / "events").mkdir(exist_ok=True)
    if front:
        (root / "events/foire.md").write_text(text(**{**EVENT, **front}), encoding="utf-8")
    build(options(root, as_of))


def told(root: Path, calendar: str = "calendars/all.ics") -> list[tuple[str, int, str, str]]:
    """Return UID, number, status and start of every event of a calendar, as a program reads them."""
    events = icalendar.Calendar.from_ical((root / "public" / calendar).read_bytes()).walk("VEVENT")
    return [(str(one["UID"]), int(one["SEQUENCE"]), str(one["STATUS"]), f"{one['DTSTART'].dt:%m-%d %H:%M}") for one in events]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path, {"hub.toml": HUB})
    published(root, **EVENT)
    return root


def test_cancelled_then_given_a_new_date_then_gone_after_a_month(root):
    """The whole life of an event: one UID, a higher number each time, and no trace in the end."""
    uid = "event-foire@essai.example"
    assert [(uid, 0, "CONFIRMED", "04-11 14:00")] == told(root)

    published(root, status="cancelled", status_note="Pluie")
    assert [(uid, 1, "CANCELLED", "04-11 14:00")] == told(root)

    published(root, status="rescheduled", status_note="Pluie", starts="2026-05-02 14:00", previous_starts="[2026-04-11 14:00]")
    assert [(uid, 2, "CONFIRMED", "05-02 14:00")] == told(root)

    published(root, status="cancelled", status_note="Encore", starts="2026-05-02 14:00")
    published(root, "2026-06-01 23:59")
    assert [(uid, 3, "CANCELLED", "05-02 14:00")] == told(root)
    published(root, "2026-06-02 00:00")
    assert [] == told(root)
    assert [(uid, 3, "CANCELLED", "05-02 14:00")] == told(root, "events/foire/event.ics")


def test_the_number_is_written_by_the_build_and_by_nobody_else(root):
    """An editor never types a number; ten builds of the same are one."""
    lock = (root / CALENDARS).read_text(encoding="utf-8")
    for _ in range(3):
        published(root)
    assert lock == (root / CALENDARS).read_text(encoding="utf-8")

    published(root, title="Grande foire")
    published(root, title="Grande foire")
    assert [0] == [number for _, number, _, _ in told(root)]


def test_an_uncommitted_ledger_makes_no_build_differ(root):
    """Continuous integration builds with the ledger as committed, the editor with the one just written: the same bytes."""
    before = (root / CALENDARS).read_bytes()
    published(root, status="cancelled", status_note="Pluie")
    once = files_of(root / "public")
    published(root)
    assert once == files_of(root / "public")

    (root / CALENDARS).write_bytes(before)
    build(options(root, no_cache=True))
    assert once == files_of(root / "public")


def test_a_second_build_writes_nothing_and_the_first_tells_of_its_lines(tmp_path):
    """The ledger is a source that the build itself writes."""
    root = write(tmp_path, {"hub.toml": HUB, "events/foire.md": text(**EVENT)})

    assert 2 == build(options(root)).newly_told
    again = build(options(root))
    assert (True, 0) == (again.is_unchanged, again.newly_told)


def test_a_trial_writes_no_ledger_but_reads_it(root):
    """A preview of somebody's proposal must not count as told."""
    before = (root / CALENDARS).read_bytes()
    (root / "events/foire.md").write_text(text(**{**EVENT, "starts": "2026-04-12 14:00"}), encoding="utf-8")

    build(options(root, records=False))
    assert [1] == [number for _, number, _, _ in told(root)]
    assert before == (root / CALENDARS).read_bytes()


def test_another_address_changes_no_identity(root):
    """The community moves to a domain of its own; a preview lies at another address: neither makes an event a new one."""
    before = told(root)

    def ids() -> set[str]:
        return set(re.findall(r"<id>([^<]*)</id>", (root / "public/feeds/all.atom.xml").read_text(encoding="utf-8")))

    feed_ids = ids()
    build(options(root, base_url="https://apercu.example/42/", records=False))
    assert (before, feed_ids) == (told(root), ids())
    (root / "hub.toml").write_text(HUB.replace("essai.example", "nouveau.example"), encoding="utf-8")
    published(root)
    assert (before, feed_ids) == (told(root), ids())
    assert "URL:https://nouveau.example/events/foire/" in (root / "public/calendars/all.ics").read_text(encoding="utf-8")


def test_an_event_that_vanished_is_called_off_and_leaves_after_a_month(root):
    """Its page leads elsewhere now; a program that merges what it reads would keep the date for ever."""
    (root / "events/foire.md").unlink()
    write(root, {"content/pages/archive.md": text(aliases="[/events/foire/]")})

    gone = [("event-foire@essai.example", 1, "CANCELLED", "04-11 14:00")]
    for _ in range(2):
        build(options(root))
        assert gone == told(root) == told(root, "events/foire/event.ics")
    build(options(root, "2026-05-11 23:59"))
    assert gone == told(root)
    build(options(root, "2026-05-12 00:00"))
    assert [] == told(root)


@pytest.mark.long
def test_a_shallow_clone_builds_the_same_calendars(tmp_path):
    """Continuous integration fetches one commit; without history every date would be another."""
    origin, here, clone = village(tmp_path), tmp_path / "here", tmp_path / "clone"
    git(origin, "init", "-q", "-b", "main")
    commit(origin, "first", "2026-02-01T10:00:00+01:00")
    event = origin / "events/2026/fete.md"
    event.write_text(event.read_text(encoding="utf-8").replace("14:00", "15:00"), encoding="utf-8")
    build(options(origin))
    commit(origin, "second", "2026-03-01T10:00:00+01:00")

    shutil.copytree(origin, here, ignore=shutil.ignore_patterns("public", ".handbill"))
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), str(clone))
    assert "true" == git(clone, "rev-parse", "--is-shallow-repository").strip()
    for one in (here, clone):
        build(options(one))
    whole, shallow = ({name: raw for name, raw in files_of(one / "public").items() if name.endswith(".ics")} for one in (here, clone))
    assert whole == shallow
    assert (here / CALENDARS).read_bytes() == (clone / CALENDARS).read_bytes()


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def commit(root: Path, message: str, when: str) -> None:
    (root / ".gitignore").write_text("public/\n.handbill/\n", encoding="utf-8")
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@x.example", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@x.example"}
    git(root, "add", "--all")
    environment = {**os.environ, **who, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run(["git", "commit", "-q", "-m", message], cwd=root, check=True, env=environment)


def test_a_conflict_in_the_ledger_stops_the_build_and_mends_by_keeping_both(root):
    """Two people changed one event; whichever number a program has met, the next is higher."""
    mine = (root / CALENDARS).read_text(encoding="utf-8").splitlines()
    theirs = mine[-1].split("\t")
    theirs[2] = "4"
    both = [*mine[:-1], "<<<<<<< HEAD", mine[-1], "=======", "\t".join(theirs), ">>>>>>> main"]
    (root / CALENDARS).write_text("\n".join(both) + "\n", encoding="utf-8")
    with pytest.raises(ContentProblems):
        build(options(root))
    assert ["HB405"] == [one.code for one in check(options(root))]

    (root / CALENDARS).write_text("\n".join([*mine, "\t".join(theirs)]) + "\n", encoding="utf-8")
    published(root, starts="2026-04-12 14:00")
    assert [5] == [number for _, number, _, _ in told(root)]
    assert len(mine) == len((root / CALENDARS).read_text(encoding="utf-8").splitlines())
