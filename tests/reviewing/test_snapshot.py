"""What one state tells the other."""

from handbill.errors import Level, Problem
from handbill.reviewing.snapshot import About, Snapshot


def state(*levels, **more):
    return Snapshot("", "", tuple(Problem("a.md", 1, 0, "", "x", "", "HB999", level) for level in levels), **more)


def test_a_state_with_an_error_could_not_be_published():
    """Warnings are told, and stop nobody."""
    assert [True, True, False, False] == [
        one.is_whole for one in (state(), state(Level.WARNING, Level.NOTE), state(Level.NOTE, Level.ERROR), state(is_readable=False))
    ]


def test_items_are_found_by_their_file_and_by_their_address():
    """A proposal names files, members know addresses."""
    one = About("post:a", "content/posts/a.md", "/posts/a/", "A", "post", "fr")

    assert {"content/posts/a.md": one} == state(items={one.id: one}).by_source()
    assert {"/posts/a/": "post"} == state(items={one.id: one}).kinds()
