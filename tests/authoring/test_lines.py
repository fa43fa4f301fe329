"""A front matter changed key by key, everything else as it was."""

from __future__ import annotations

import pytest

from handbill.authoring.lines import Lines
from handbill.errors import WrongUse
from handbill.hub.fields import Desk, Scalar, Table, place_of
from handbill.reading.files import split

TEXT = """---
# At the top.
title: 'Foire' # named
tags:
  - bois

  # Between.
  - outils
# Above the summary.
summary: >
  Two lines
  # of text.

status: cancelled
recurrence:
  rule: FREQ=WEEKLY
  changes:
    - on: 2026-05-01
      status: cancelled
  # Below the changes.
venue: {name: Quai, city: B}
# At the end.
---

Text.
"""


def lines(text: str = TEXT) -> tuple[Lines, Table]:
    parsed = split(text, Desk("x.md", "UTC"))
    assert parsed is not None
    return Lines(text, parsed[0]), parsed[0]


def without(*numbers: int) -> str:
    """Return the text without these lines, counted from 1."""
    return "\n".join(line for number, line in enumerate(TEXT.split("\n"), 1) if number not in numbers)


def test_without_a_change_every_byte_stays():
    """The copy of a file with nothing to move is that file."""
    assert TEXT == lines()[0].text()


def test_a_value_is_replaced_where_it_stands():
    """The comment behind it stays."""
    file, table = lines()
    node = place_of(table, "title")
    assert isinstance(node, Scalar)
    assert "'Foire'" == file.raw(node)

    file.replace(node, "Marché")

    assert TEXT.replace("'Foire' # named", "Marché # named") == file.text()


@pytest.mark.parametrize(
    ("names", "gone"),
    [
        (("title",), (3,)),
        (("tags",), (4, 5, 6, 7, 8)),
        (("summary",), (10, 11, 12)),
        (("status",), (14,)),
        (("recurrence",), tuple(range(15, 21))),
        (("recurrence", "changes"), (17, 18, 19)),
        (("venue",), (21,)),
    ],
)
def test_a_key_is_taken_out_with_all_its_value(names, gone):
    """A comment that stands above the next key belongs to that one."""
    file, _ = lines()

    assert file.drop(*names)
    kept = {13} if names == ("summary",) else set()
    assert without(*gone, *kept) in (file.text(), without(*gone, *kept))
    assert split(file.text(), Desk("x.md", "UTC")) is not None


def test_what_is_not_there_cannot_be_taken_out():
    """Most models have none of what is dropped."""
    file, _ = lines()

    assert [False, False, False] == [file.drop("id"), file.drop("recurrence", "until"), file.drop("status", "note")]
    assert TEXT == file.text()


def test_a_group_goes_with_its_only_key():
    """`registration:` with nothing below it means nothing."""
    file, _ = lines("---\ntitle: A\nregistration:\n  full: true\nprice: 5\n---\n")

    file.drop("registration", "full")

    assert "---\ntitle: A\nprice: 5\n---\n" == file.text()


def test_a_key_is_written_in_its_place_or_at_the_end():
    """The order that somebody chose stays."""
    file, _ = lines()
    file.put("tags", ["tags: [vélo]"])
    file.put("price", ["price: 5 €"])
    file.put("mode", ["mode: hybrid"])

    text = file.text()

    assert "# named\ntags: [vélo]\n# Above the summary." in text
    assert "# At the end.\nprice: 5 €\nmode: hybrid\n---\n" in text


@pytest.mark.parametrize("text", ["---\n{title: A, date: 2026-01-01}\n---\n", "---\n{title: A}\n---\n"])
def test_a_front_matter_in_braces_is_refused(text):
    """It has no lines to keep."""
    with pytest.raises(WrongUse, match="line of its own"):
        lines(text)
