"""The command review, as it is typed."""

import json

import pytest
from tests.hubs import THEN, run
from tests.reviewing.repository import edit, known_village


@pytest.fixture
def root(tmp_path):
    return known_village(tmp_path)


def test_review_writes_a_pack_and_says_what_members_will_get(root, capsys, tmp_path):
    """Whoever typed it wants to know where to look."""
    edit(root, "content/posts/ancien.md", "la veille", "le lendemain")

    code, out, _ = run(capsys, "--root", root, "review", "main", "--as-of", THEN, "--no-pictures", "--into", tmp_path / "pack")

    assert 0 == code
    assert "page" in out
    assert "pack/review.html" in out
    assert (tmp_path / "pack" / "review.html").is_file()


def test_a_proposal_that_cannot_be_published_ends_with_an_error_and_a_pack(root, capsys):
    """A check of the forge is red, and the reviewer sees why."""
    edit(root, "content/posts/ancien.md", "title:", "titel:")

    code, out, _ = run(capsys, "--root", root, "review", "main", "--as-of", THEN, "--no-pictures", "--json")

    assert 1 == code
    assert not json.loads(out)["is_whole"]
    assert (root / ".handbill" / "review" / "pack" / "review.md").is_file()


def test_a_base_that_is_no_commit_is_wrong_use(root, capsys):
    """A typing mistake must not look like a review without changes."""
    code, _, err = run(capsys, "--root", root, "review", "mian", "--as-of", THEN)

    assert (2, True) == (code, "found no commit called mian" in err)
