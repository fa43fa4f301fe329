"""The reader's words are kept, and point into the file as it was before the import."""

from __future__ import annotations

from handbill.errors import Problem, said
from handbill.importing.fields import Text
from handbill.importing.headers import read_headers
from handbill.importing.report import Note
from handbill.importing.verdicts import in_order, reasons_of, worded

TEXT = Text("a.md", b"", read_headers("Title: A\nModified: hier\nTags: x\n\nx"), "x", "post")


def problem(field: str, wanted: str = "a day") -> Problem:
    return Problem("content/posts/a.md", 9, 1, field, said("“hier”"), said(wanted) if wanted else "", "HB205")


def test_a_field_is_pointed_at_by_the_header_that_it_was_made_of():
    """The new file's lines mean nothing to whoever mends the old one."""
    assert ("updated: found “hier”, wanted a day [HB205]", "", 2) == worded(problem("updated"), TEXT)
    assert ("tags: found “hier” [HB205]", "", 3) == worded(problem("tags", ""), TEXT)
    assert ("found “hier”, wanted a day [HB205]", "", 0) == worded(problem(""), TEXT)


def test_a_picture_is_refused_as_a_whole():
    """It has no lines."""
    assert (Note("updated: found “hier”, wanted a day [HB205]"),) == reasons_of([problem("updated")], None)


def test_what_happened_is_told_from_the_top_to_the_bottom():
    """That is how somebody goes through the file."""
    assert (Note("b", "", 1), Note("a", "", 3), Note("c", "", 3)) == in_order([Note("a", "", 3), Note("b", "", 1), Note("c", "", 3)])
