"""Front matter and text: what is read as it was written, and what is refused with its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.errors import Problem
from handbill.hub.fields import Desk, Listing, Scalar, Table
from handbill.reading.files import FORBIDDEN, decode, split


def read(raw: bytes) -> tuple[tuple[Table, str, int] | None, tuple[Problem, ...]]:
    desk = Desk("post.md", "UTC")
    text = decode(raw, desk)
    return (split(text, desk) if text is not None else None), tuple(desk.problems)


def front(yaml: str) -> Table:
    parsed, problems = read(f"---\n{yaml}\n---\n\nText.\n".encode())
    assert problems == ()
    assert parsed is not None
    return parsed[0]


def refusal(raw: bytes) -> Problem:
    parsed, problems = read(raw)
    assert parsed is None
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
    assert refused_front(yaml).code == "HB108"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
@pytest.mark.parametrize("times", [9, 10_000, 40_000])
def test_deep_nesting_is_refused_and_the_process_lives(opening, times):
    """40,000 brackets overflow the stack of the usual loader, which no `except` can catch."""
    assert refused_front("a:\n " + opening * times).code == "HB106"


def test_eight_levels_are_no_depth():
    assert front("a: [[[[[[[x]]]]]]]").pairs


@pytest.mark.parametrize(
    ("yaml", "line", "wanted"),
    [
        ("\ttitle: a", 2, "spaces instead of a tab"),
        ("title: a: b", 2, "quotes around"),
        ("date: b\ntitle: 'a\ntags: c", 3, "closing quote"),
        ("title: a\nsummary b\ndate: c", 3, "a colon and a space"),
        ("title: a\n  date: c", 3, "quotes around"),
        ("? [a]\n: b", 2, "a word and a colon"),
        ("- a\n- b", 2, "a key, a colon"),
        ("only words", 2, "a key, a colon"),
        ('title: "\\ud800"', 2, "a key, a colon"),
        ("%TAG ! x\n---\na: b", 3, ""),
        ("title: @home", 2, "quotes around"),
    ],
)
def test_what_is_no_front_matter_is_refused_with_its_line_and_a_remedy(yaml, line, wanted):
    problem = refused_front(yaml)

    assert ("HB107", line) == (problem.code, problem.line)
    assert wanted in problem.wanted
    assert not problem.found.startswith("found"), "the sentence says “found” already"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing():
    plain, _ = read("---\ntitle: Été\n---\n\nUn\nDeux\n".encode())
    windows, problems = read("\ufeff---\r\ntitle: Été\r\n---\r\n\r\nUn\r\nDeux\r\n".encode())

    assert problems == ()
    assert plain == windows


def test_bytes_that_are_no_utf_8_are_refused_at_their_place():
    problem = refusal("---\ntitle: x\n---\n\nUn café\n".encode("latin-1"))

    assert ("HB102", 5, 7) == (problem.code, problem.line, problem.column)
    assert "0xe9" in problem.found


@pytest.mark.parametrize("character", ["\x00", "\x02", "\x0c", "\x1b", "\x7f", "\x92", "\ufeff", "\uffff"])
def test_control_characters_are_refused_at_their_place(character):
    """One of them loses a whole feed, or ends a calendar line early."""
    problem = refusal(f"---\ntitle: x\n---\n\nab{character}c\n".encode())

    assert ("HB103", 5, 3) == (problem.code, problem.line, problem.column)
    assert f"U+{ord(character):04X}" in problem.found


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


def test_a_file_without_front_matter_is_refused():
    assert ("HB104", 1) == ((problem := refusal(b"# Title\n\nText\n")).code, problem.line)
    assert refusal(b"").code == "HB104"
    assert refusal(b"\n---\ntitle: x\n---\n").code == "HB104"
    assert refusal(b"----\ntitle: x\n---\n").code == "HB104"


def test_a_front_matter_without_an_end_is_refused():
    assert refusal(b"---\ntitle: x\n\nText\n").code == "HB105"
    assert refusal(b"---").code == "HB105"


def test_the_body_begins_on_the_line_that_is_said():
    """A problem in the body is told by its line in the file."""
    for text, expected in {
        "---\na: b\n---\nText": ("Text", 4),
        "---\na: b\n---\n\n\nText\n\n": ("Text", 6),
        "---\na: b\n--- \n  \n\nText": ("Text", 6),
        "---\n---\nText": ("Text", 3),
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

    assert (parsed is None) == bool(problems)
    for problem in problems:
        assert problem.found
        assert re.fullmatch(r"HB1\d\d", problem.code)
        assert problem.line >= 1
    if parsed is not None:
        assert not FORBIDDEN.search(repr(parsed[0]))
