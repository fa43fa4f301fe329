"""All that is told of a problem, in one language, with nothing private in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handbill.errors import Level, Problem, said
from handbill.showing.told import as_plain, told

FILE = b"title: Foire\nends: hier\ncontact: ines@example.org\n"
ENDS = Problem("a.md", 2, 7, "ends", said("“{value}”", value="hier"), said("a symbolic link"), "HB205", width=4)
PRIVATE = Problem("a.md", 3, 10, "contact", said("the control sign {sign}", sign="ines@example.org"), "", "HB601", width=16)
QUOTING = Problem("b.md", 1, 1, "contact", said("“{value}”", value="ines@example.org"), "", "HB207", Level.WARNING)


def files(path: str) -> bytes | None:
    return {"a.md": FILE, "b.md": b"contact: ines@example.org\n"}.get(path)


def test_a_problem_is_told_in_the_language_of_the_reader():
    """Also its level, and whatever is said within what is said."""
    (one,) = told([ENDS], "fr", files)

    assert ("erreur", "a.md:2:7") == (one.word, one.where)
    assert "a.md:2:7: ends\u00a0: trouvé «\u00a0hier\u00a0», attendu un lien symbolique [HB205]" == one.line
    assert "ends\u00a0: trouvé «\u00a0hier\u00a0», attendu un lien symbolique" == one.sentence
    assert ["title: Foire", "ends: hier"] == [row.text for row in one.rows]
    assert one.stops


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_nothing_private_is_told_in_any_form(lang):
    """Not by the message that found it, nor by another one, nor by that of another file."""
    found = told([ENDS, PRIVATE, QUOTING], lang, files)

    everything = repr(found[2].line) + json.dumps([as_plain(one) for one in found]) + "".join(one.line + one.sentence for one in found)
    assert "ines@" not in everything
    assert "example.org" not in everything
    assert "••••" in everything


def test_a_quotation_keeps_a_message_on_its_line():
    """A file name or value of a stranger could otherwise write lines of its own into a log."""
    (one,) = told([Problem("a\n::error::b.md", 1, 1, "x\x1b[2J", said("“{value}”", value="a\r\nb\u202e"), "", "HB201")], "en", files)

    assert "a␊::error::b.md:1:1: x␛[2J: found “a␍␊b‹U+202E›” [HB201]" == one.line
    assert one.where in one.line


def test_a_warning_that_strict_refuses_stops_and_says_so():
    """Whoever asked for --strict wants to know which warnings it was."""
    (one,) = told([QUOTING], "en", files, strict=True)

    assert ("warning, refused by --strict", True, Level.ERROR) == (one.word, one.stops, one.level)
    assert not told([QUOTING], "en", files)[0].stops


def test_a_program_gets_everything_and_can_translate_it_itself():
    """The handbook promises these keys."""
    (one,) = told([ENDS], "fr", files)

    assert {
        "path": "a.md",
        "line": 2,
        "column": 7,
        "width": 4,
        "field": "ends",
        "code": "HB205",
        "level": "error",
        "stops": True,
        "lang": "fr",
        "found": "«\u00a0hier\u00a0»",
        "wanted": "un lien symbolique",
        "text": "a.md:2:7: ends\u00a0: trouvé «\u00a0hier\u00a0», attendu un lien symbolique [HB205]",
        "excerpt": [{"line": 1, "text": "title: Foire"}, {"line": 2, "text": "ends: hier", "start": 6, "end": 10}],
        "said": {
            "found": {"pattern": "“{value}”", "values": {"value": "hier"}},
            "wanted": {"pattern": "a symbolic link", "values": {}},
        },
    } == as_plain(one)


def test_values_stay_what_they_are_for_a_program():
    """A number is a number, a sentence within one keeps its own pattern, the rest is text."""
    found = said("{a} {b} {c}", a=3, b=said("a folder"), c=PRIVATE.code)
    plain = as_plain(told([Problem("a.md", 0, 0, "", found, "", "HB101")], "en", files)[0])

    assert {"a": 3, "b": {"pattern": "a folder", "values": {}}, "c": "HB601"} == plain["said"]["found"]["values"]


def test_a_file_is_read_only_where_a_line_of_it_is_shown():
    """A problem of a whole file may be that it cannot be read."""

    def refuse(path: str) -> bytes:
        raise AssertionError(path)

    assert () == told([Problem("a.md", 0, 0, "", "x", "", "HB122")], "en", refuse)[0].rows


def test_the_handbook_names_every_key():
    """A program is written by it, and a key that vanishes breaks it."""
    page = (Path(__file__).parents[2] / "handbook/reference/commands.md").read_text(encoding="utf-8")
    table = page.partition("### For programs")[2].partition("###")[0]
    named = [key for line in table.splitlines() if line.startswith("| `") for key in re.findall(r"`(\w+)`", line.split("|")[1])]

    assert sorted(as_plain(told([ENDS], "en", files)[0])) == sorted(named)
