"""A wrong link is answered with the right one."""

from __future__ import annotations

import pytest

from handbill.reading.meant import Meant, looks_like_the_web

PICTURES = ("content/pictures/Banc.jpg", "content/posts/banc.png")
SOURCES = (*PICTURES, "content/posts/2026-05-01-le-banc.md", "content/posts/2026-05-02-vernis.md", "events/2025/foire.md", "events/2026/foire.md")
MEANT = Meant(SOURCES, PICTURES, {"content/posts/2026-05-02-vernis.md": "Poncer, vernir, attendre"}, {"content/posts": "/posts/"})


@pytest.mark.parametrize(
    ("path", "source", "is_picture", "file"),
    [
        ("content/posts/foire.md", "events/2026/fete.md", False, "events/2026/foire.md"),
        ("events/2025/foire.html", "content/posts/a.md", False, "events/2025/foire.md"),
        ("content/posts/le-banc.md", "content/posts/a.md", False, "content/posts/2026-05-01-le-banc.md"),
        ("content/posts/poncer-vernir-attendre.md", "content/posts/a.md", False, "content/posts/2026-05-02-vernis.md"),
        ("content/posts/2026-05-02-verni.md", "content/posts/a.md", False, "content/posts/2026-05-02-vernis.md"),
        ("content/posts/Banc.jpg", "content/posts/a.md", True, "content/pictures/Banc.jpg"),
        ("content/posts/le-banc.png", "content/posts/a.md", True, "content/posts/banc.png"),
        ("content/posts/2026-05-03-tondeuse.md", "content/posts/a.md", False, ""),
        ("content/posts/z.md", "content/posts/a.md", False, ""),
        ("content/posts/vernis.png", "content/posts/a.md", True, ""),
    ],
)
def test_the_file_that_was_meant_is_found(path, source, is_picture, file):
    """By its name in another folder, by its title, by its bare name, by its likeness; a picture for a picture."""
    assert file == MEANT.file(path, source, is_picture)


def test_a_text_is_never_offered_itself():
    """Nobody means to link to the very page they write."""
    assert "" == Meant(("content/posts/banc.md",), (), {}, {}).file("content/posts/bancs.md", "content/posts/banc.md", False)


def test_a_file_of_the_same_name_but_for_case_is_known():
    """It opens on the writer's computer and is not found on the server."""
    assert "content/pictures/Banc.jpg" == MEANT.twin("content/pictures/banc.JPG")
    assert "" == MEANT.twin("content/pictures/bancs.jpg")
    assert "été.md" == Meant(("été.md",), (), {}, {}).twin("e\u0301te\u0301.md")


def test_folders_and_their_lists_are_known():
    """A link to a folder works on a forge, and has a page of its own here."""
    assert [True, True, False] == [MEANT.is_folder(one) for one in ("content/posts", "events", "content/post")]
    assert ["/posts/", "/posts/", ""] == [MEANT.list_of(one) for one in ("content/posts", "content/posts/2025", "events")]


@pytest.mark.parametrize(
    ("path", "is_web"),
    [("www.exemple.fr", True), ("asso.example/x", True), ("fr.wikipedia.org/wiki/Banc", True), ("banc.md", False), ("notes.txt", False), ("www", False), ("a.comme.md", False)],
)
def test_an_address_of_the_web_is_known_without_its_beginning(path, is_web):
    """Browsers put it there in silence, so few people ever type it."""
    assert is_web is looks_like_the_web(path)
