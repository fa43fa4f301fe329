"""Two files that are one to a disk, or to a reader."""

from __future__ import annotations

import pytest
from tests.hubs import VILLAGE, load_village, text, write

from handbill.checking.twins import check_twins

PNG = (VILLAGE / "content/pictures/puits.png").read_bytes()
EVENT = {"starts": "2026-04-11 14:00", "organisers": "[X]", "venue": "{name: Salle}"}


def found(tmp_path, files):
    loaded, _ = load_village(root=write(tmp_path, files))
    assert () == loaded.problems
    return [str(one) for one in check_twins(loaded.hub)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("content/posts/Banc.md", "content/posts/banc.md"),
        ("content/posts/été.md", "content/posts/e\u0301te\u0301.md"),
        ("content/posts/straße.md", "content/posts/strasse.md"),
        ("content/Posts2/../posts/A.md", "content/posts/a.md"),
    ],
)
def test_files_that_are_one_on_other_disks_are_refused(tmp_path, one, other):
    """Whoever fetches the repository on a Mac gets one of the two, and publishes without the other."""
    (tmp_path / "content/Posts2").mkdir(parents=True)
    told = found(tmp_path, {one: text(title="Un", id="post:un", slug="un"), other: text(title="Deux", id="post:deux", slug="deux")})

    (problem,) = told
    assert problem.endswith(" on Windows and on a Mac, wanted a name that differs by more than capitals and accents [HB317]")


def test_a_picture_that_is_another_on_other_disks_is_refused(tmp_path):
    """Phones write IMG_1.JPG, and programs img_1.jpg."""
    files = {"content/posts/Vue.png": PNG, "content/posts/vue.png": PNG, "content/posts/a.md": text()}

    assert ["content/posts/vue.png: found a file that is content/posts/Vue.png on Windows and on a Mac, wanted a name that differs by more than capitals and accents [HB317]"] == found(
        tmp_path, files
    )


@pytest.mark.parametrize(
    ("front", "is_told"),
    [
        ({}, True),
        ({"title": "un   TITRE "}, True),
        ({"title": "Un autre"}, False),
        ({"date": "2026-01-03"}, False),
        ({"lang": "en"}, False),
        ({"draft": "true"}, True),
    ],
)
def test_a_post_of_the_same_title_and_day_was_pasted_twice(tmp_path, front, is_told):
    """Feeds and letters would announce it twice."""
    told = found(tmp_path, {"content/posts/a.md": text(), "content/posts/b.md": text(**front)})

    wanted = "content/posts/b.md:2:8: title: found the title and the date of content/posts/a.md, wanted another title, or one of the two files only [HB315]"
    assert ([wanted] if is_told else []) == told


@pytest.mark.parametrize(
    ("front", "is_told"),
    [({}, True), ({"starts": "2026-04-11 18:00"}, False), ({"starts": "2026-05-11 14:00"}, False), ({"venue": "{name: Autre salle}"}, False), ({"date": "2026-01-05"}, True)],
)
def test_two_sessions_of_one_day_are_two(tmp_path, front, is_told):
    """Afternoon and evening, or two rooms: the same title is right."""
    told = found(tmp_path, {"events/a.md": text(**EVENT), "events/b.md": text(**{**EVENT, **front})})

    assert is_told == bool(told)


def test_letters_to_two_lists_may_have_one_subject(tmp_path):
    """They go to different people."""
    letter = {"number": "1", "subject": "Mai", "date": "2026-01-05 18:00"}
    told = found(tmp_path, {"newsletters/a.md": text(**letter), "newsletters/b.md": text(letter="autre", **letter)})

    assert [] == told


def test_what_has_no_date_is_not_compared(tmp_path):
    """Two members may share a name."""
    person = "---\ntitle: Jean Martin\n---\n\nx\n"

    assert [] == found(tmp_path, {"content/people/jean-martin.md": person, "content/people/jean-martin-2.md": person})


def test_two_items_of_one_id_are_told_elsewhere(tmp_path):
    """One fault, one message."""
    assert [] == found(tmp_path, {"content/posts/a.md": text(id="post:x"), "content/posts/b.md": text(id="post:x")})


def test_two_translations_of_one_text_are_told_elsewhere(tmp_path):
    """Likewise."""
    second = text(lang="en", translation_of="post:a")

    assert [] == found(tmp_path, {"content/posts/a.md": text(title="A"), "content/posts/b.md": second, "content/posts/c.md": second})
