"""The record of a review: what it says of itself."""

from handbill.reviewing.record import FileChange, Review, SourceChange, State

EMPTY = Review(State("main"), State("HEAD"), "2026-05-01T12:00:00+02:00", "fr", "Atelier", "https://atelier.example/")


def test_a_review_without_any_change_for_members_is_silent():
    """A reviewer of a typing mistake in a comment wants one line, not ten empty tables."""
    assert EMPTY.is_silent


def test_a_changed_file_of_the_site_is_no_silence():
    """A replaced picture has no words, and members see it all the same."""
    from dataclasses import replace

    assert not replace(EMPTY, files=(FileChange("posts/x/pot.jpg", "changed", 10, 11),)).is_silent


def test_code_settings_theme_workflows_and_odd_files_are_loud():
    """What runs, or looks like a file and is none, must not hide among forty texts."""
    from dataclasses import replace

    quiet = (SourceChange("content/posts/a.md", "added", "content"), SourceChange("addresses.lock", "changed", "locks"))
    loud = (
        SourceChange(".github/workflows/ci.yml", "changed", "workflow"),
        SourceChange("src/handbill/cli.py", "changed", "code"),
        SourceChange("theme/static/x.js", "added", "theme"),
        SourceChange("hub.toml", "changed", "settings"),
        SourceChange("content/posts/b.md", "added", "content", what="symlink"),
    )

    assert loud == replace(EMPTY, sources=quiet + loud).loud
