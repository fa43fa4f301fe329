"""Letters: what their queries choose, as of their own date."""

import pytest
from tests.hubs import load_village, text, write

from handbill.hub.facets import Occurrence
from handbill.kinds import choosing
from handbill.kinds.choosing import sections


def chosen(issue, as_of="2026-12-01 12:00"):
    """Return what a letter of the village contains, by section."""
    hub = load_village(as_of)[0].hub
    return {one.name: [entry.item.id for entry in one.entries] for one in sections(hub.by_id[issue], hub)}


def test_a_letter_says_what_was_known_on_its_day_whenever_it_is_built():
    """March's letter built in December must not know of April."""
    assert chosen("issue:2026-03", "2026-03-20 12:00") == chosen("issue:2026-03", "2026-12-01 12:00")


def test_a_letter_tells_what_is_new_since_the_one_before():
    """The well's post came between the letters; last year's did not."""
    found = chosen("issue:2026-03")

    assert ["post:le-puits"] == found["posts"]
    assert ["contest:photo"] == found["contests"]
    assert ["event:corvee", "event:concert", "event:fete", "event:corvee"] == found["events"]


def test_an_empty_section_vanishes():
    """A heading over nothing looks like a fault."""
    assert "contests" not in chosen("issue:2026-02")


def test_what_was_asked_for_is_known_even_where_nothing_is_found():
    """An editor who asked for contests is told that there are none."""
    hub = load_village("2026-12-01 12:00")[0].hub
    item = hub.by_id["issue:2026-02"]

    found = choosing.asked(item, hub)
    assert list(item.facts.queries) == [one.query for one in found]
    assert "contests" in [one.name for one in found if not one.is_shown]
    assert [one for one in found if one.is_shown] == list(sections(item, hub))


def letters(folder, status="", **event):
    """Return what a second letter chooses, by section, of an event that the first one announced."""
    front = {"date": "2026-03-01", "starts": "2026-04-24 14:00", "organisers": "[X]", "venue": "{name: Salle}", **event}
    if status:
        front |= {"status": status, "status_note": "Une raison."}
    issue = {"number": "1", "subject": "Mars", "date": "2026-03-15 18:00", "sections": "[events]"}
    files = {
        "events/a.md": text(title="A", **front),
        "newsletters/1.md": text(**issue),
        "newsletters/2.md": text(**{**issue, "number": "2", "date": "2026-04-15 18:00"}),
    }
    hub = load_village("2026-06-01 12:00", write(folder, files))[0].hub
    item = next(one for one in hub.of_kind("issue") if one.facts.number == 2)
    return {section.name: [(one.item.id, one.when.starts.isoformat()[:10]) for one in section.entries] for section in sections(item, hub)}


def test_what_an_earlier_letter_announced_and_fell_through_is_told_in_the_next(tmp_path):
    """Who read of it in March reads in April that nobody is there."""
    found = letters(tmp_path, "cancelled", updated="2026-04-02 10:00")

    assert {"changes": [("event:a", "2026-04-24")]} == found


def test_a_change_is_told_even_when_the_new_date_lies_far_ahead(tmp_path):
    """Moved to December, it is no longer among the next ones."""
    found = letters(tmp_path, "rescheduled", updated="2026-04-02 10:00", starts="2026-12-04 14:00", previous_starts="[2026-04-24 14:00]")

    assert {"changes": [("event:a", "2026-12-04")]} == found


def test_a_change_that_the_letter_before_told_is_not_told_again(tmp_path):
    """It was cancelled before the first letter, which said so."""
    assert "changes" not in letters(tmp_path, "cancelled", updated="2026-03-10 10:00")


def test_what_no_letter_announced_is_no_change(tmp_path):
    """Readers of letters never heard of it; among the next dates it stands with its mark."""
    found = letters(tmp_path, "cancelled", updated="2026-04-02 10:00", date="2026-03-20")

    assert ["events"] == list(found)


def test_what_is_past_by_then_is_told_no_more(tmp_path):
    """Nobody can come in vain any more."""
    assert {} == letters(tmp_path, "cancelled", updated="2026-04-02 10:00", starts="2026-04-10 14:00")


def test_what_matters_soonest_stands_first_among_the_changes(tmp_path):
    """Tomorrow's cancellation is read before that of next month."""
    event = {"date": "2026-03-01", "organisers": "[X]", "venue": "{name: Salle}", "status": "cancelled", "status_note": "Une raison."}
    issue = {"number": "1", "subject": "Mars", "date": "2026-03-15 18:00"}
    moved = {**event, "status": "rescheduled", "previous_starts": "[2026-04-17 14:00]"}
    files = {
        "events/late.md": text(title="A", starts="2026-04-24 14:00", **event),
        "events/soon.md": text(title="B", starts="2026-04-18 14:00", **event),
        "events/moved.md": text(title="C", starts="2026-11-18 14:00", **moved),
        "newsletters/1.md": text(**issue),
        "newsletters/2.md": text(**{**issue, "number": "2", "date": "2026-04-15 18:00"}),
    }
    hub = load_village("2026-06-01 12:00", write(tmp_path, files))[0].hub
    item = next(one for one in hub.of_kind("issue") if one.facts.number == 2)

    (changes,) = (one for one in sections(item, hub) if one.name == "changes")
    assert ["event:moved", "event:soon", "event:late"] == [entry.item.id for entry in changes.entries]


def test_a_series_that_is_off_stands_once_among_the_next_dates(tmp_path):
    """Six cancelled Tuesdays would leave no room for what takes place."""
    event = {"date": "2026-03-01", "organisers": "[X]", "venue": "{name: Salle}", "starts": "2026-04-07 18:00"}
    off = {"status": "cancelled", "status_note": "Une raison."}
    changes = "\n  rule: FREQ=WEEKLY;COUNT=4\n  changes: [{on: 2026-04-14, status: cancelled, note: Une raison.}]"
    files = {
        "events/off.md": text(title="A", **event, **off, recurrence="{rule: FREQ=WEEKLY;COUNT=9}"),
        "events/on.md": text(title="B", **{**event, "starts": "2026-04-07 20:00"}, recurrence=changes),
        "newsletters/1.md": text(number="1", subject="Avril", date="2026-04-01 18:00"),
    }
    hub = load_village("2026-06-01 12:00", write(tmp_path, files))[0].hub

    (events,) = sections(hub.of_kind("issue")[0], hub)
    assert ["event:off", "event:on", "event:on", "event:on", "event:on"] == [entry.item.id for entry in events.entries]
    assert [8, 0, 0, 0, 0] == [len(entry.also) for entry in events.entries]


def test_a_change_of_which_no_day_is_known_is_told_rather_twice_than_never(tmp_path):
    """Before an edit is committed nobody knows when it was made, and the preview must show the letter as it will be."""
    assert [("event:a", "2026-04-24")] == letters(tmp_path, "cancelled")["changes"]


#: Two events, three posts, one of them a report of a third event, and a place.
AROUND = {
    "content/places/grange.md": text(title="Grange", address="Village"),
    "events/fair.md": text(title="Foire", date="2026-03-01", starts="2026-04-24 14:00", organisers="[X]", venue="grange", tags="[fête]"),
    "events/board.md": text(title="Bureau", date="2026-03-01", starts="2026-04-20 19:00", organisers="[X]", venue="{name: Mairie}"),
    "events/far.md": text(title="Loin", date="2026-03-01", starts="2026-09-20 19:00", organisers="[X]", venue="{name: Mairie}"),
    "events/past.md": text(
        title="Fini",
        date="2026-03-01",
        starts="2026-04-02 19:00",
        organisers="[X]",
        venue="{name: Mairie}",
        recap="../content/posts/report.md",
    ),
    "content/posts/report.md": text(title="Compte rendu", date="2026-04-04"),
    "content/posts/tool.md": text(title="Outil", date="2026-04-05", tags="[Bois]"),
    "content/posts/old.md": text(title="Ancien", date="2025-04-05"),
    "newsletters/1.md": text(
        number="1", subject="Mars", date="2026-03-15 18:00", corrections='[{date: 2026-04-01, text: "Le 24, pas le 25."}]'
    ),
}


def asked(folder, *blocks, **front):
    """Return what each section of a letter shows that has these blocks in its text, in order."""
    body = "\n\n".join(("Avant.", *(f"```section\n{block}\n```" for block in blocks), "Après."))
    letter = text(body, **{"number": "2", "subject": "Avril", "date": "2026-04-15 18:00", "sections": "[]", **front})
    hub = load_village("2026-06-01 12:00", write(folder, {**AROUND, "newsletters/2.md": letter}))[0].hub
    item = next(one for one in hub.of_kind("issue") if one.facts.number == 2)
    return [(section.name, [entry.item.id.partition(":")[2] for entry in section.entries]) for section in sections(item, hub)]


def test_what_an_editor_pins_stands_first_even_outside_the_window(tmp_path):
    """The September fair opens its doors to sellers now."""
    assert [("events", ["far", "board", "fair"])] == asked(tmp_path, "show: events\npin: [../events/far.md]")


def test_what_is_pinned_later_is_not_chosen_before(tmp_path):
    """Otherwise the first section would take what the editor gave another place."""
    found = asked(tmp_path, "show: events\nlimit: 1", "show: events\ntitle: À ne pas manquer\npin: [../events/board.md]\nlimit: 1")

    assert [("events", ["fair"]), ("events", ["board"])] == found


def test_what_stands_in_one_section_does_not_stand_in_the_next(tmp_path):
    """A headline and then the rest, without the same entry twice."""
    found = asked(tmp_path, "show: events\nlayout: headline\nlimit: 1", "show: events\nlayout: list")

    assert [("events", ["board"]), ("events", ["fair"])] == found


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("show: events\nexcept: ../events/board.md", ["fair"]),
        ("show: events\nahead: 6", ["board"]),
        ("show: events\nahead: 200", ["board", "fair", "far"]),
        ("show: events\ntags: [Fête]", ["fair"]),
        ("show: events\nplace: grange", ["fair"]),
        ("show: posts", ["tool", "report"]),
        ("show: posts\nsince: 2026-04-05", ["tool"]),
        ("show: posts\ntags: bois", ["tool"]),
        ("show: recaps", ["report"]),
        ("show: corrections", ["1"]),
    ],
)
def test_a_section_shows_what_it_is_asked_for(tmp_path, block, expected):
    """The editor reads the block and knows what members will get."""
    assert [(block.split()[1], expected)] == asked(tmp_path, block)


def test_a_report_does_not_stand_among_the_posts_as_well(tmp_path):
    """Where a letter has a place of its own for reports, they are told once."""
    assert [("posts", ["tool"]), ("recaps", ["report"])] == asked(tmp_path, "show: posts", "show: recaps")


def test_what_is_left_out_of_a_letter_was_not_announced_by_it(tmp_path):
    """A path behind "except" is no link that a member could have followed."""
    event = text(
        title="Bureau", date="2026-03-01", updated="2026-05-02 10:00", starts="2026-06-20 19:00", organisers="[X]", venue="{name: Mairie}",
        status="cancelled", status_note="Une raison.",
    )  # fmt: skip
    front = {"number": "2", "subject": "Avril", "date": "2026-04-15 18:00"}
    for word, expected in (("except", []), ("pin", ["changes"])):
        files = {
            "events/board.md": event,
            "newsletters/2.md": text(f"```section\nshow: posts\n{word}: ../events/board.md\n```", **front),
            "newsletters/3.md": text("Mai.", number="3", subject="Mai", date="2026-05-15 18:00", sections="[people]"),
        }
        hub = load_village("2026-06-01 12:00", write(tmp_path / word, files))[0].hub
        item = next(one for one in hub.of_kind("issue") if one.facts.number == 3)
        assert expected == [one.name for one in sections(item, hub)]


def test_what_is_in_no_language_of_the_reader_s_is_told_in_the_best_there_is(tmp_path):
    """Whoever reads English comes in vain as well; what is translated is told once, in English."""
    event = {"date": "2026-03-01", "organisers": "[X]", "venue": "{name: Salle}"}
    issue = {"date": "2026-04-15 18:00", "sections": "[events]"}
    files = {
        "events/both.md": text(title="Foire", starts="2026-04-24 14:00", **event),
        "events/both.en.md": text(title="Fair", starts="2026-04-24 14:00", **event),
        "events/late.md": text(title="Bal", starts="2026-04-26 14:00", **event),
        "events/late.en.md": text(title="Ball", starts="2026-04-26 14:00", **{**event, "date": "2026-05-01"}),
        "events/alone.md": text(title="Bureau", starts="2026-04-25 14:00", **event),
        "newsletters/1.md": text("a", number="1", subject="Avril", **issue),
        "newsletters/1.en.md": text("b", number="1", subject="April", **issue),
    }
    hub = load_village("2026-06-01 12:00", write(tmp_path, files), languages=("fr", "en"))[0].hub

    def titles(lang):
        return [entry.item.title for one in sections(hub.of_kind("issue", lang)[0], hub) for entry in one.entries]

    assert ["Foire", "Bureau", "Bal"] == titles("fr")
    assert ["Fair", "Bureau", "Bal"] == titles("en")


def test_a_report_is_known_in_translation_too(tmp_path):
    """The event names the report in its own language; readers of another one get theirs."""
    issue = {"date": "2026-04-15 18:00", "sections": "[recaps]"}
    files = {
        "events/past.md": AROUND["events/past.md"],
        "content/posts/report.md": text(title="Compte rendu", date="2026-04-04"),
        "content/posts/report.en.md": text(title="Report", date="2026-04-04"),
        "newsletters/1.md": text("a", number="1", subject="Avril", **issue),
        "newsletters/1.en.md": text("b", number="1", subject="April", **issue),
    }
    hub = load_village("2026-06-01 12:00", write(tmp_path, files), languages=("fr", "en"))[0].hub

    for lang, expected in (("fr", "Compte rendu"), ("en", "Report")):
        assert [expected] == [entry.item.title for one in sections(hub.of_kind("issue", lang)[0], hub) for entry in one.entries]


def test_a_letter_looks_at_the_dates_of_its_own_weeks(tmp_path, monkeypatch):
    """A hub of ten years chooses for each of its letters; if each looked at all dates, every check would wait for it."""
    event = text(title="Café", date="2024-01-02", starts="2024-01-03 09:00", organisers="[X]", venue="{name: Salle}",
                 recurrence="{rule: FREQ=DAILY;COUNT=900}")  # fmt: skip
    files = {"events/cafe.md": event, "newsletters/1.md": text(number="1", subject="Avril", date="2025-04-15 18:00", sections="[events]")}
    hub = load_village("2026-06-01 12:00", write(tmp_path, files))[0].hub
    assert 900 == len(hub.calendar)
    looked_at = []

    def finishes(when, was=Occurrence.finishes.fget):
        looked_at.append(when)
        return was(when)

    monkeypatch.setattr(Occurrence, "finishes", property(finishes))

    (events,) = sections(hub.of_kind("issue")[0], hub)
    assert ["2025-04-16", "2025-04-27"] == [str(one.when.starts)[:10] for one in (events.entries[0], events.entries[-1])]
    assert len(looked_at) < 200
