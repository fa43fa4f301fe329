"""Marks of conflicts and pointers of Git LFS, told for what they are."""

import pytest

from handbill.errors import Level
from handbill.proofing.galley import Galley
from handbill.proofing.markers import conflicts, pointer

OURS, BASE, PARTED, THEIRS = "<<<<<<< HEAD\n", "||||||| 4b825dc\n", "=======\n", ">>>>>>> proposition\n"


def told(text: str) -> list[tuple[int, str, Level]]:
    """Return line, words and level of each mark."""
    galley = Galley(text)
    return [(galley.place(mark.start)[0], str(mark.found), mark.level) for mark in conflicts(galley)]


def test_a_conflict_is_told_once_with_both_its_ends():
    """Both versions would be published, one below the other."""
    expected = "two versions of the same lines, left by a conflict (lines 3 to 7)"

    assert [(3, expected, Level.ERROR)] == told(f"a\n\n{OURS}b\n{PARTED}c\n{THEIRS}d\n")


def test_each_conflict_is_told():
    """Mending the first must not be a surprise at the second."""
    one = f"{OURS}b\n{PARTED}c\n{THEIRS}"

    assert [1, 7] == [line for line, _, _ in told(f"{one}\n{one}")]


def test_the_common_ancestor_belongs_to_the_conflict():
    """Git shows three versions where it is set so (merge.conflictStyle = diff3)."""
    assert [(1, "two versions of the same lines, left by a conflict (lines 1 to 7)", Level.ERROR)] == told(
        f"{OURS}b\n{BASE}a\n{PARTED}c\n{THEIRS}"
    )


@pytest.mark.parametrize("text", [f"{OURS}b\n", f"b\n{THEIRS}", f"{OURS}{OURS}b\n{PARTED}c\n{THEIRS}", f"{OURS}b\n{THEIRS}", "<<<<<<<\nb\n"])
def test_a_mark_left_over_is_told(text):
    """Somebody took two of the three marks out."""
    assert (Level.ERROR, "a mark left over from a conflict") in [(level, found) for _, found, level in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Un titre\n=======\n",
        "    <<<<<<< HEAD\n    a\n    =======\n    b\n    >>>>>>> c\n",
        " <<<<<<< HEAD\n",
        "a <<<<<<< HEAD\n",
        "<<<<<<<< huit\n",
        "<<<<<<<HEAD\n",
        "| a |\n|||||||\n",
        ">>>>>> un\n>>>>>>> deux\n>>>>>> un\n",
    ],
)
def test_what_only_looks_like_a_mark_is_left_alone(text):
    """Headings, quotations of quotations, and marks that a lesson indents are texts."""
    assert [] == told(text)


def test_a_conflict_within_a_sample_of_code_is_told_without_stopping():
    """A lesson about Git shows one; a merge may have left one. A person decides."""
    lesson = f"```\n{OURS}b\n{PARTED}c\n{THEIRS}```\n"

    assert [(2, "in a sample of code, the marks of a conflict (lines 2 to 6)", Level.WARNING)] == told(lesson)


def test_a_conflict_around_a_fence_is_no_sample():
    """Only what lies wholly within one block can be meant."""
    assert [Level.ERROR] == [level for _, _, level in told(f"{OURS}```\nb\n{PARTED}```\nc\n{THEIRS}```\n")]


def test_a_pointer_of_lfs_is_told_for_what_it_is():
    """“No front matter” would send an editor looking for three hyphens."""
    text = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"

    assert ["HB115"] == [mark.code for mark in pointer(text)]


def test_a_text_about_lfs_is_no_pointer():
    """Only a file that begins with it is one."""
    line = "version https://git-lfs.github.com/spec/v1\n"

    assert [] == list(pointer(f"---\ntitle: x\n---\n{line}"))
