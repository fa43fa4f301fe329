"""Pictures that come, go, are replaced or described in other words."""

import io
from pathlib import Path

from PIL import Image
from tests.hubs import text, village, write
from tests.reviewing.states import facts_of

from handbill.reviewing import pictures
from handbill.reviewing.record import Detail, PictureChange


def png(width: int, height: int, colour: tuple[int, int, int] = (200, 60, 30)) -> bytes:
    """Return a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def shows(alt: str = "Une affiche", name: str = "affiche.png", **front: str) -> str:
    """Return a post with a picture."""
    return text(f"![{alt}](../pictures/{name})", **front)


def between(tmp_path: Path, before: dict[str, str | bytes], after: dict[str, str | bytes]) -> tuple[PictureChange, ...]:
    """Return the changes between two hubs of these files."""
    return pictures.changes(*(facts_of(pictures, write(tmp_path / name, files)) for name, files in (("a", before), ("b", after))))


PICTURE = "content/pictures/affiche.png"
ONE = {PICTURE: png(40, 20), "content/posts/a.md": shows()}


def test_a_new_picture_is_told_with_its_size_and_description(tmp_path):
    """May it be shown, who is on it, and does the description say what it shows?"""
    (told,) = between(tmp_path, {}, ONE)

    assert PictureChange(PICTURE, "added", "Une affiche", 40, 20, len(png(40, 20)), ("content/posts/a.md",)) == told


def test_the_same_state_has_no_changes(tmp_path):
    """Two readings of one hub are equal."""
    root = village(tmp_path)

    assert {"content/pictures/puits.png"} == set(facts_of(pictures, root))
    assert () == pictures.changes(facts_of(pictures, root), facts_of(pictures, root))


def test_a_replaced_picture_is_told_although_its_name_is_the_same(tmp_path):
    """The text did not change by a letter, and members see another picture."""
    (told,) = between(tmp_path, ONE, ONE | {PICTURE: png(60, 20, (0, 0, 0))})

    assert ("changed", ["picture", "size in pixels"]) == (told.how, [one.name for one in told.details if one.name != "size in bytes"])
    assert Detail("size in pixels", "40 × 20", "60 × 20") in told.details


def test_another_description_is_told(tmp_path):
    """It is all that some members get of a picture."""
    (told,) = between(tmp_path, ONE, ONE | {"content/posts/a.md": shows("Une affiche du fond de 1998")})

    assert (Detail("description", "Une affiche", "Une affiche du fond de 1998"),) == told.details


def test_a_picture_that_more_texts_show_is_not_another_one(tmp_path):
    """Its use in a second post is told by the page of that post."""
    assert () == between(tmp_path, ONE, ONE | {"content/posts/b.md": shows(title="B")})


def test_a_moved_picture_is_one_change(tmp_path):
    """A file in another folder must not look like one lost and one new."""
    moved = {"content/pictures/2026/affiche.png": ONE[PICTURE], "content/posts/a.md": shows(name="2026/affiche.png")}

    (told,) = between(tmp_path, ONE, moved)

    assert (Detail("file", PICTURE, "content/pictures/2026/affiche.png"),) == told.details


def test_of_two_copies_nobody_says_which_was_moved(tmp_path):
    """A guess would be told as a fact."""
    files = {"content/pictures/a.png": png(9, 9), "content/pictures/b.png": png(9, 9)}
    new = {"content/pictures/c.png": png(9, 9)}

    assert ["added", "removed", "removed"] == sorted(one.how for one in between(tmp_path, files, new))


def test_a_picture_that_goes_is_told(tmp_path):
    """The pages and letters that showed it show it no more."""
    assert [(PICTURE, "removed")] == [
        (one.source, one.how) for one in between(tmp_path, ONE, {"content/posts/a.md": text()})
    ]


def test_a_picture_of_a_text_that_waits_is_looked_at_now(tmp_path):
    """It will be published by the clock, without another review."""
    (told,) = between(tmp_path, {}, ONE | {"content/posts/a.md": shows(date="2026-05-01")})

    assert (PICTURE, 40, 20, "Une affiche", len(png(40, 20))) == (told.source, told.width, told.height, told.alt, told.size)


def test_a_heavy_picture_and_one_without_description_are_marked():
    """Both are allowed, and both are worth a question."""
    heavy = pictures.Shown("d", 10, 10, pictures.BIG_BYTES + 1, True, ("",), ("a.md",))
    fine = pictures.Shown("e", 10, 10, pictures.BIG_BYTES, False, ("Vu",), ("a.md",))
    unused = pictures.Shown("f", 10, 10, 1, False, (), ())

    told = pictures.changes({}, {"h.png": heavy, "i.png": fine, "j.png": unused})

    assert [("big", "moving", "undescribed"), (), ()] == [one.marks for one in told]
    assert [()] == [one.marks for one in pictures.changes({"h.png": heavy}, {})]
