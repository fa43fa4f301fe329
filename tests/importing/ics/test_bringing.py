"""Calendars of other programs become events of a hub that builds, and every entry of them is accounted for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

import icalendar
import pytest
from tests.hubs import files_of, load_village, moment, run, village, write

from handbill.errors import ContentProblems, Level, Problem, WrongUse
from handbill.hub.item import Item
from handbill.importing.ics.bringing import Wish, import_ics, new_hub
from handbill.importing.report import Report
from handbill.options import Options
from handbill.outputs import calendars
from handbill.pipeline import check
from handbill.reading.ledger import read_ledger

CALENDARS = Path(__file__).parents[1] / "calendars"
DEMO = Path(__file__).parents[3]
NOW = moment("2026-03-20 12:00")


def bring(source: Path, into: Path, wish: Wish | None = None, zone: str = "Europe/Paris", **more: object) -> Report:
    begin = partial(new_hub, name="Les Amis", base_url="https://amis.example/", lang="fr", zone=zone, engine=None)
    return import_ics(source, into, NOW, wish or Wish(), begin, **more)  # type: ignore[arg-type]


def check_all(root: Path, as_of: datetime) -> tuple[Problem, ...]:
    return check(Options(root=root, output=root / "public", as_of=as_of, drafts=True))


def events(root: Path, as_of: str = "2026-03-20 12:00") -> dict[str, Item]:
    """Return the events of a hub that has no error, drafts among them, by title."""
    loaded, _ = load_village(as_of, root)
    assert [] == [str(one) for one in loaded.problems if one.level is Level.ERROR]
    return {item.title: item for item in (*loaded.hub.items, *loaded.hub.hidden) if item.kind == "event"}


@cache
def samples() -> tuple[Path, Report]:
    """Return the hub that our samples in the shapes of well-known programs make."""
    into = Path(mkdtemp(prefix="handbill-test-")) / "hub"
    return into, bring(CALENDARS, into, check=check_all)


def test_every_event_of_the_samples_comes_and_a_whole_check_finds_no_error():
    """Google, Outlook, Apple, Nextcloud, Mobilizon, Meetup and Facebook each write calendars in a way of their own."""
    into, report = samples()

    assert "12 entries read: 4 kept, 6 changed, 2 refused" == report.summary
    assert {
        "Foire aux plants", "Chorale", "Chantier participatif", "Conseil d’administration", "Atelier couture", "Journée au jardin", "Repair café",
        "Balade du canal", "Python & friends: talks".replace(":", "\u00a0:"), "Bal folk",
    } == set(events(into))  # fmt: skip
    assert [] == [str(one) for one in check_all(into, NOW) if one.level is Level.ERROR]


@pytest.mark.parametrize(
    ("title", "starts", "status"),
    [
        ("Foire aux plants", "2026-05-09 12:00", "confirmed"),
        ("Conseil d’administration", "2026-04-14 16:30", "confirmed"),
        ("Atelier couture", "2026-07-02 08:00", "confirmed"),
        ("Journée au jardin", "2026-06-06 08:00", "confirmed"),
        ("Python & friends\u00a0: talks", "2026-05-21 22:30", "confirmed"),
        ("Balade du canal", "2026-04-18 12:00", "cancelled"),
        ("Bal folk", "2026-06-27 18:00", "confirmed"),
        ("Repair café", "2026-02-05 17:30", "confirmed"),
    ],
)
def test_the_first_instant_is_the_one_that_the_program_meant(title, starts, status):
    """Read by hand out of the samples, in UTC."""
    first = events(samples()[0])[title].occurrences[0]

    assert starts == f"{first.begins.astimezone(UTC):%Y-%m-%d %H:%M}"
    assert status == first.status


def test_single_dates_keep_what_became_of_them():
    """A moved rehearsal is where members will go."""
    chorale = {f"{one.begins:%m-%d %H:%M}": one.status for one in events(samples()[0])["Chorale"].occurrences}

    assert "rescheduled" == chorale["03-11 19:00"]
    assert not {"02-17 19:00", "02-24 19:00", "03-10 19:00"} & chorale.keys()
    assert "cancelled" == {f"{one.begins:%m-%d}": one.status for one in events(samples()[0])["Repair café"].occurrences}["05-07"]


def test_nothing_that_names_a_person_or_opens_a_meeting_is_in_the_hub():
    """Not in a text, not in the report, not in the ledger."""
    whole = b"\n".join(raw for path, raw in files_of(samples()[0]).items() if not path.startswith(".handbill/")).decode()

    assert "Foire aux plants" in whole
    for secret in ("jeanne", "Jeanne", "paul.durand", "Paul Durand", "87 40 58", "123456789#", "aB3dE7", "312 456", "Dentiste"):
        assert secret not in whole, secret


def test_every_event_keeps_the_uid_that_members_know_and_counts_on():
    """Whoever moves from the old calendar to the hub's meets the same events again, and newer ones."""
    into, _ = samples()
    known = {str(one["UID"]): int(one.get("SEQUENCE", 0)) for file in CALENDARS.glob("*.ics") for one in components(file.read_bytes())}
    told = {str(one["UID"]): int(one["SEQUENCE"]) for one in components(own_calendar(into))}

    assert 10 == len(told)
    assert not told.keys() - known.keys()
    for uid, sequence in told.items():
        assert sequence > max(
            int(one.get("SEQUENCE", 0))
            for file in CALENDARS.glob("*.ics")
            for one in components(file.read_bytes())
            if uid == str(one["UID"])
        )


def components(raw: bytes) -> list[icalendar.Event]:
    return [one for whole in icalendar.Calendar.from_ical(raw, multiple=True) for one in whole.walk("VEVENT")]


def own_calendar(root: Path, path: str = "calendars/all.ics") -> bytes:
    """Return the calendar that a hub makes of all its events."""
    loaded, settings = load_village(root=root)
    made = calendars.make(list(calendars.plan(loaded.hub, settings)), settings, Path("nowhere"))
    return next(bytes(one.content) for one in made if one.path == path)  # type: ignore[arg-type]


def test_the_same_calendar_a_second_time_changes_nothing():
    """An import that was not sure to have worked is done again."""
    into, _ = samples()
    before = files_of(into)
    report = bring(CALENDARS, into, check=check_all)

    assert "12 entries read: 10 kept, 0 changed, 2 refused" == report.summary
    assert before == {path: raw for path, raw in files_of(into).items() if path in before or not path.startswith(".handbill/")}


def test_the_same_calendar_makes_the_same_hub(tmp_path):
    """No clock and no order of files is in it."""
    bring(CALENDARS, tmp_path / "hub")

    def own(root: Path) -> dict[str, bytes]:
        return {path: raw for path, raw in files_of(root).items() if not path.startswith((".handbill", "public"))}

    assert own(samples()[0]) == own(tmp_path / "hub")


@pytest.mark.parametrize("site", ["village", "demo"])
def test_our_own_calendar_makes_the_round(site, tmp_path):
    """Built, imported into another hub and built there: equal instants, titles, places, standing and rules."""
    root = village(tmp_path) if site == "village" else copied_demo(tmp_path)
    first = own_calendar(root)
    (tmp_path / "all.ics").write_bytes(first)
    report = bring(tmp_path / "all.ics", tmp_path / "hub", check=check_all)
    second = own_calendar(tmp_path / "hub")

    assert [] == [str(one) for one in report.refused]
    assert len(components(first)) == len(components(second)) > 2
    assert facts(first) == facts(second)


def copied_demo(folder: Path) -> Path:
    """Return a copy of the community in this repository."""
    for name in ("content", "events", "newsletters", "theme"):
        shutil.copytree(DEMO / name, folder / "demo" / name)
    for name in ("hub.toml", "addresses.lock", "history.lock"):
        shutil.copyfile(DEMO / name, folder / "demo" / name)
    return folder / "demo"


def facts(raw: bytes) -> dict[str, tuple[object, ...]]:
    """Return what members plan by of each component, by its UID and the date that it is about."""
    found: dict[str, tuple[object, ...]] = {}
    for one in components(raw):
        named = plain(one["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in one else ""
        rule = one["RRULE"].to_ical().decode() if "RRULE" in one else ""
        exceptions = one.get("EXDATE", [])
        found[f"{one['UID']} {named}"] = (
            plain(one["DTSTART"].dt), plain(one["DTEND"].dt), str(one["SUMMARY"]), str(one.get("LOCATION", "")), str(one["STATUS"]),
            ";".join(sorted(rule.split(";"))), sorted(plain(when.dt) for many in as_list(exceptions) for when in many.dts),
            sorted(plain(when.dt) for many in as_list(one.get("RDATE", [])) for when in many.dts),
        )  # fmt: skip
    return found


def as_list(value: object) -> Iterable[icalendar.vDDDLists]:
    return value if isinstance(value, list) else [value]


def plain(when: datetime | date) -> str:
    return when.astimezone(UTC).isoformat() if isinstance(when, datetime) else when.isoformat()


def test_a_calendar_comes_into_a_hub_that_is_there(tmp_path):
    """The usual case: the community has a hub, and its dates are elsewhere."""
    root = village(tmp_path)
    before = files_of(root)
    report = bring(CALENDARS / "nextcloud.ics", root, check=check_all)
    after = files_of(root)

    assert ["events/2026/repair-cafe.md"] == [one.target for one in (*report.kept, *report.changed)]
    assert {"events/2026/repair-cafe.md", "calendars.lock", "import-report.md"} <= {path for path in after if path not in before}
    assert {path: raw for path, raw in before.items() if path != "calendars.lock"} == {
        path: after[path] for path in before if path != "calendars.lock"
    }
    assert "b1d9a4e0-0d1b-4d2c-8d64-1f2f0a9d7a33" == read_ledger(root)[0].records["event:repair-cafe"].uid


def test_the_report_of_an_earlier_import_stays(tmp_path):
    """Whoever asks in a year where an event went finds both."""
    root = village(tmp_path)
    bring(CALENDARS / "nextcloud.ics", root)
    report = bring(CALENDARS / "apple.ics", root)

    assert "import-report-2.md" == report.page
    assert report.markdown() == (root / "import-report-2.md").read_text(encoding="utf-8")
    assert "Repair café" in (root / "import-report.md").read_text(encoding="utf-8")


def test_a_draft_of_an_import_is_not_called_off_by_the_next_build(tmp_path):
    """Members know its UID; “cancelled” would be a lie about an event that only waits for an editor."""
    (tmp_path / "a.ics").write_text("BEGIN:VEVENT\nUID:old\nDTSTART:20260501T120000Z\nSUMMARY:Sans lieu\nEND:VEVENT\n", encoding="utf-8")
    bring(tmp_path / "a.ics", tmp_path / "hub")
    file = tmp_path / "hub/events/2026/sans-lieu.md"

    assert [] == components(own_calendar(tmp_path / "hub"))
    file.write_text(file.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    assert [("old", "CONFIRMED")] == [(str(one["UID"]), str(one["STATUS"])) for one in components(own_calendar(tmp_path / "hub"))]


def test_an_event_that_the_hub_took_away_does_not_come_back(tmp_path):
    """The editor had a reason."""
    root = tmp_path / "hub"
    bring(CALENDARS / "apple.ics", root)
    (root / "events/2026/journee-au-jardin.md").unlink()
    lines = (root / "calendars.lock").read_text(encoding="utf-8").replace("\ttold\t", "\tgone\t")
    (root / "calendars.lock").write_text(lines, encoding="utf-8")

    assert ["line 7: the hub had this event, and took it away"] == [
        str(one.changes[0]) for one in bring(CALENDARS / "apple.ics", root).refused
    ]


def test_what_the_reader_would_refuse_is_refused_in_its_words(tmp_path):
    """And leaves nothing behind that stops the next build."""
    (tmp_path / "a.ics").write_text(
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Paris:20261025T023000\nEXDATE;TZID=Europe/Paris:20261025T023000\nRRULE:FREQ=WEEKLY;COUNT=1\nLOCATION:x\nSUMMARY:a\nEND:VEVENT\n",
        encoding="utf-8",
    )
    report = bring(tmp_path / "a.ics", tmp_path / "hub")

    assert 1 == len(report.refused)
    assert "[HB" in str(report.refused[0].changes[0])
    assert [] == list((tmp_path / "hub").rglob("events/**/*.md"))
    assert "" == report.page


def hostile() -> dict[str, str | bytes]:
    """Return files that were made, by malice or by accident, to break whoever reads them."""
    head = "DTSTART:20260509T120000Z\nLOCATION:Quai\nSUMMARY:"
    titles = [
        "../../etc/passwd",
        "CON",
        "2026",
        "2026",
        "",
        "🎉🎉",
        "x" * 5000,
        "a\\nBEGIN:VEVENT\\nb",
        "---",
        "{{ x }} <script>alert(1)</script>",
        "a: b # c",
        "'",
        '"',
        "- a",
        "[x]",
        "null",
    ]
    wild = bytes((number * 7919 + number * number) % 256 for number in range(50_000))
    return {
        "titles.ics": calendar(*(f"UID:t{number}\n{head}{title}" for number, title in enumerate(titles))),
        "same.ics": calendar(*(f"UID:s{number}\n{head}Même titre" for number in range(30)), f"UID:s1\n{head}Autre état", f"{head}Sans UID", f"{head}Sans UID"),
        "uids.ics": calendar(f"UID:{'k' * 3000}\n{head}long", f"UID:../../x\n{head}haut", f"UID:a\\tb\\nc\n{head}blanc"),
        "rules.ics": calendar(*(f"UID:r{number}\nRRULE:{rule}\n{head}r" for number, rule in enumerate([
            "FREQ=SECONDLY;COUNT=999999999", "FREQ=DAILY;COUNT=999999999", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "GARBAGE", "", "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=YEARLY;UNTIL=00010101", "FREQ=MONTHLY;BYSETPOS=99;BYDAY=MO", "FREQ=DAILY;INTERVAL=99999999999",
        ]))),
        "dates.ics": calendar(*(f"UID:d{number}\nSUMMARY:d\nLOCATION:Quai\n{line}" for number, line in enumerate([
            "DTSTART:00010101T000000Z", "DTSTART:99991231T235959Z", "DTSTART:x", "", "DTSTART:20260509T120000Z\nDTEND:20260501T120000Z",
            "DTSTART:20260509T120000Z\nDURATION:PT999999999S", "DTSTART;TZID=evil:20260509T120000", 'DTSTART;TZID="../../etc/passwd":20260509T120000',
        ]))),
        "texts.ics": calendar(
            f"UID:x1\n{head}x\nDESCRIPTION:---\\ntitle: x\\n---\\n<script>alert(1)</script>\\n![x](../../../etc/passwd)\\n[x](javascript:alert(1))",
            f"UID:x2\n{head}x\nDESCRIPTION:<a href=\"javascript:alert(1)\">x</a><img src=x onerror=y> <a href='http://[::1'>b</a>",
            f"UID:x3\n{head}x\nDESCRIPTION:{'mot ' * 100_000}", f"UID:x4\n{head}x\nURL:https://[bad", f"UID:x5\n{head}x\nX-GOOGLE-CONFERENCE:https://u:p@x.example/",
            f"UID:x6\n{head}user@gmail.com 06 12 34 56 78", f"UID:x7\n{head}x\nDESCRIPTION:https://amis.example/nowhere/ et /nulle/part",
        ),
        "deep.ics": "BEGIN:VCALENDAR\n" + "BEGIN:X-A\n" * 50_000, "wild.ics": wild, "zero.ics": b"\0" * 5000, "empty.ics": b"", "long.ics": b"SUMMARY:" + b"y" * 3_000_000,
        "open.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:o1\nDTSTART:20260509T120000Z\nLOCATION:Quai\nBEGIN:VEVENT\nUID:o2\nDTSTART:2026",
        "latin.ics": calendar(f"UID:l1\n{head}Fête d'été").encode("latin-1"), "wide.ics": calendar(f"UID:l2\n{head}Fête large").encode("utf-16"),
    }  # fmt: skip


def calendar(*inner: str) -> str:
    return "BEGIN:VCALENDAR\n" + "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in inner) + "END:VCALENDAR\n"


def test_hostile_calendars_end_in_a_report_and_a_hub_that_builds(tmp_path):
    """A calendar is a file from a stranger: never a crash, never a file elsewhere, every entry told with its line."""
    source = tmp_path / "in"
    source.mkdir()
    for name, content in hostile().items():
        (source / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    report = bring(source, tmp_path / "hub", check=check_all)
    written = {one.target for one in report.entries if one.target}

    assert {"hub", "in"} == {one.name for one in tmp_path.iterdir()}
    assert len(written) == report.read - len(report.refused) > 60
    assert written == {path for path in files_of(tmp_path / "hub") if path.startswith("events/")}
    assert not [one for one in report.refused if not str(one.changes[0])]
    assert [] == [str(one) for one in check_all(tmp_path / "hub", NOW) if one.level is Level.ERROR]


def test_what_is_wrong_elsewhere_in_the_hub_stops_no_import(tmp_path):
    """The editor mends one thing after the other; what is not ours is told."""
    root = village(tmp_path)
    write(root, {"content/posts/broken.md": "---\ntitle: [\n---\n"})
    report = bring(CALENDARS / "apple.ics", root, check=check_all)

    assert ["events/2026/journee-au-jardin.md"] == [one.target for one in (*report.kept, *report.changed)]
    assert ["other files of the hub have errors, which “handbill check” tells: 1"] == [str(one) for one in report.notes]


def test_a_ledger_that_cannot_be_read_is_not_written_over(tmp_path):
    """A line that a conflict left would be lost, and with it what members know."""
    root = village(tmp_path)
    write(root, {"calendars.lock": "host x.example\n<<<<<<< ours\n"})
    before = files_of(root)

    with pytest.raises(ContentProblems):
        bring(CALENDARS / "apple.ics", root)
    assert before == {path: raw for path, raw in files_of(root).items() if not path.startswith(".handbill")}


def test_whatever_goes_wrong_nothing_is_left_behind(tmp_path, monkeypatch):
    """Half an import in an existing hub is worse than none."""
    root = village(tmp_path)
    before = files_of(root)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("handbill.importing.ics.bringing._Bringing.record", full)
    with pytest.raises(OSError, match="No space"):
        bring(CALENDARS, root)
    assert before == {path: raw for path, raw in files_of(root).items() if not path.startswith(".handbill")}
    with pytest.raises(OSError, match="No space"):
        bring(CALENDARS, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_only_a_hub_or_an_empty_folder_is_written_into(tmp_path):
    """A mistyped folder must not fill with events."""
    (tmp_path / "precious.txt").write_text("x", encoding="utf-8")

    with pytest.raises(WrongUse, match="neither a hub"):
        bring(CALENDARS, tmp_path)
    assert ["precious.txt"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.parametrize("wrong", [{"zone": "Mars/Base"}])
def test_settings_that_make_no_hub_leave_nothing_behind(tmp_path, wrong):
    """The folder can be tried again."""
    with pytest.raises(WrongUse):
        bring(CALENDARS, tmp_path / "hub", **wrong)
    assert [] == list(tmp_path.iterdir())


def test_two_thousand_events_of_one_name_come_whole(tmp_path):
    """The calendar of a town; each with an address of its own."""
    many = 2_000
    (tmp_path / "a.ics").write_text(
        calendar(
            *(f"UID:e{n}\nDTSTART:2026{1 + n % 12:02}{1 + n % 28:02}T120000Z\nSUMMARY:Marché\nLOCATION:Halle {n % 40}" for n in range(many))
        ),
        encoding="utf-8",
    )
    report = bring(tmp_path / "a.ics", tmp_path / "hub")

    assert many == len({one.target for one in report.kept}) == report.read


def test_the_command_brings_a_calendar_into_the_hub_here(capsys, tmp_path):
    """As it is typed: nothing but the file has to be named."""
    root = village(tmp_path)
    code, out, _ = run(capsys, "--root", root, "import", "ics", CALENDARS / "google.ics", "--organiser", "Collectif du quai")

    assert 0 == code
    assert "4 entries read: 1 kept, 2 changed, 1 refused." in out
    assert "organisers: [Collectif du quai]" in (root / "events/2026/foire-aux-plants.md").read_text(encoding="utf-8")
    code, out, _ = run(capsys, "--root", root, "import", "ics", CALENDARS / "google.ics", "--json")
    assert (0, 3) == (code, json.loads(out)["kept"])


def test_the_command_makes_a_hub_where_there_is_none(capsys, tmp_path):
    """A community that begins with its calendar."""
    code, _, err = run(
        capsys, "import", "ics", CALENDARS / "apple.ics", "--into", tmp_path / "hub", "--name", "Jardin", "--timezone", "Europe/Brussels"
    )

    assert (0, "") == (code, err)
    assert 'timezone = "Europe/Brussels"' in (tmp_path / "hub/hub.toml").read_text(encoding="utf-8")


def test_an_event_without_a_place_takes_the_usual_one(tmp_path):
    """Most communities meet where they always meet."""
    (tmp_path / "a.ics").write_text(calendar("UID:1\nDTSTART:20260509T120000Z\nSUMMARY:Réunion"), encoding="utf-8")
    bring(tmp_path / "a.ics", tmp_path / "hub", Wish(venue="Maison du port"))

    assert "Maison du port" == events(tmp_path / "hub")["Réunion"].place.name


def test_a_machine_that_fails_while_events_are_looked_at_brings_none(tmp_path):
    """Otherwise the report says of a sound event that nobody could read it, and the editor types it by hand."""
    root = village(tmp_path)
    before = files_of(root)

    def failing(folder: Path, _: datetime) -> tuple[Problem, ...]:
        event = next(iter(set(files_of(folder)) - set(before)))
        return (Problem(event, 0, 0, "", "a file that cannot be opened (Too many open files)", "a file that may be read", "HB124"),)

    with pytest.raises(ContentProblems):
        bring(CALENDARS / "apple.ics", root, check=failing)

    assert before == {name: raw for name, raw in files_of(root).items() if not name.startswith(".handbill/")}
