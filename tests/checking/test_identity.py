"""Two items that claim to be the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.identity import check_identity


def found(folder, files):
    loaded, _ = load_village(root=write(folder, files))
    return [(one.path, one.field, one.code) for one in check_identity(loaded.hub)]


def test_the_village_has_no_doubles():
    """Otherwise every build would fail."""
    assert [] == list(check_identity(load_village()[0].hub))


def test_an_id_belongs_to_one_item(tmp_path):
    """Two entries of one id are one entry in every feed reader."""
    files = {"content/posts/a.md": text(), "content/posts/b.md": text(id="post:a")}

    assert [("content/posts/b.md", "id", "HB310")] == found(tmp_path, files)


def test_files_of_one_name_in_two_years_have_one_id(tmp_path):
    """Who copies last year's file is told, and the message names that file."""
    event = text(starts="2026-04-11 14:00", organisers="[X]", venue="{name: Salle}")
    root = write(tmp_path, {"events/2025/foire.md": event, "events/2026/foire.md": event})

    (problem,) = check_identity(load_village(root=root)[0].hub)
    assert (
        "events/2026/foire.md: id: found the id “event:foire”, which events/2025/foire.md has already, wanted another name for the file, such as foire-2026.md [HB310]"
        == str(problem)
    )


def test_what_is_not_shown_yet_claims_its_id_too(tmp_path):
    """Found only on the day of publication, it would be too late."""
    hub = load_village(root=write(tmp_path, {"content/posts/a.md": text()}))[0].hub
    waiting = tuple(replace(hub.items[0], source=source) for source in ("content/posts/b.md", "content/posts/c.md"))

    assert ["content/posts/b.md", "content/posts/c.md"] == [one.path for one in check_identity(replace(hub, hidden=waiting))]


def test_ids_that_calendars_cannot_tell_apart_are_one(tmp_path):
    """Calendars write a hyphen for the colon: of two such events, members would see one."""
    event = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}
    files = {"events/a.md": text(**event), "events/b.md": text(id="event-a", **event)}

    assert [("events/b.md", "id", "HB310")] == found(tmp_path, files)


def issue(**front):
    return text(**{"number": "1", "subject": "Sujet", "date": "2026-01-05 18:00", **front})


@pytest.mark.parametrize(
    ("second", "told"),
    [({}, [("newsletters/b.md", "number", "HB311")]), ({"number": "2"}, []), ({"letter": "autre"}, []), ({"lang": "en"}, [])],
)
def test_a_letter_has_a_number_once(tmp_path, second, told):
    """“Did you get number 12?” must mean one letter; each letter and language counts for itself."""
    assert told == found(tmp_path, {"newsletters/a.md": issue(), "newsletters/b.md": issue(**second)})


@pytest.mark.parametrize(("lang", "told"), [("en", [("content/posts/c.md", "translation_of", "HB312")]), ("fr", [])])
def test_a_text_has_one_translation_in_each_language(tmp_path, lang, told):
    """The link “English” can lead to one page only."""
    files = {
        "content/posts/a.md": text(),
        "content/posts/b.md": text(lang="en", translation_of="post:a"),
        "content/posts/c.md": text(lang=lang, translation_of="post:a"),
    }

    assert told == found(tmp_path, files)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("content/posts/2025-01-01-a.md", "content/posts/2026-01-01-a.md", "another name for the file, such as 2026-01-01-a-2.md"),
        ("content/posts/x/a.md", "content/posts/y/a.md", "another name for the file, such as a-2.md"),
        ("events/2025/a.en.md", "events/2026/a.en.md", "another name for the file, such as a-2026.en.md"),
    ],
)
def test_another_name_is_proposed_for_the_second_file(tmp_path, one, other, wanted):
    """Its id and its address are made of the name; to invent an id would mend only half."""
    event = text(starts="2026-04-11 14:00", organisers="[X]", venue="{name: Salle}") if one.startswith("events") else text()
    (problem,) = check_identity(load_village(root=write(tmp_path, {one: event, other: event}))[0].hub)

    assert wanted == problem.wanted


def test_ids_that_differ_by_capitals_only_are_one(tmp_path):
    """Some calendars do not tell them apart, and no person does."""
    files = {"content/posts/a.md": text(id="post:Foire"), "content/posts/b.md": text(id="post:foire")}
    (problem,) = check_identity(load_village(root=write(tmp_path, files))[0].hub)

    assert "the id “post:foire”, too much like “post:Foire” of content/posts/a.md to be told apart" == problem.found


def test_a_free_number_is_proposed(tmp_path):
    """The highest one of that letter and language, and one more."""
    files = {"newsletters/a.md": issue(), "newsletters/b.md": issue(), "newsletters/c.md": issue(number="7"), "newsletters/d.md": issue(number="30", letter="autre")}
    (problem,) = check_identity(load_village(root=write(tmp_path, files))[0].hub)

    assert "a number of its own, such as 8" == problem.wanted
