"""Fenced blocks that stand for sections: taken out before an engine sees them, put back as marks."""

import pytest

from handbill.hub.fields import Desk
from handbill.hub.item import Piece
from handbill.kinds.query import BLOCKS
from handbill.reading.blocks import numbers_of, put_back, take_out
from handbill.reading.body import read_body
from handbill.reading.markdown import engine

DIALECTS = ("github", "python-markdown")
EVENTS = "```section\nshow: events\n```"


def read(markdown, dialect="github"):
    """Return the body, the values of the blocks and the problems of a text that begins on line 5."""
    desk = Desk("newsletters/a.md", "Europe/Paris")
    taken = take_out(markdown, 5, BLOCKS, desk)
    return put_back(read_body(engine(dialect)(taken.markdown)).body, taken, desk), taken.values, desk.problems


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_section_stands_between_the_paragraphs_where_it_was_written(dialect):
    """Hand-written words before and after stay what they are."""
    body, values, problems = read(f"Avant.\n\n{EVENTS}\n\nAprès.", dialect)

    expected = (Piece("<p>Avant.</p>", "Avant."), Piece(section=0), Piece("<p>Après.</p>", "Après."))
    assert expected == body.pieces(str)
    assert ("events", []) == (values[0].query.show, problems)
    assert (("Avant.", "Après."), 2) == (body.blocks, body.words)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_all_else_reads_the_text_as_if_the_section_were_not_there(dialect):
    """Feeds, the search and first lines know nothing of sections."""
    body, _, _ = read(f"Avant.\n\n{EVENTS}\n\nAprès.", dialect)

    assert "<p>Avant.</p>\n<p>Après.</p>" == body.with_links(str)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_section_between_lines_of_a_paragraph_needs_no_empty_lines(dialect):
    """A fence ends a paragraph in every reader of Markdown."""
    body, _, problems = read(f"Avant.\n{EVENTS}\nAprès.", dialect)

    assert ([None, 0, None], []) == ([one.section for one in body.pieces(str)], problems)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_a_section_names_is_a_link_of_the_text(dialect):
    """So a pinned event is found, and told of when it is not there, as any link is."""
    body, values, _ = read("```section\nshow: events\npin: [a.md, b c.md]\nexcept: d.md\n```", dialect)

    assert {"a.md": 0, "b c.md": 1, "d.md": 2} == numbers_of(body)
    assert (("a.md", "b c.md"), ("d.md",)) == (values[0].pins, values[0].excluded)
    assert (Piece(section=0),) == body.pieces(str)


@pytest.mark.parametrize(
    "markdown", [f"````text\n{EVENTS}\n````", "~~~\n```section\nshow: events\n```\n~~~", "```yaml\nname: events\n```", "`section`"]
)
def test_a_section_that_is_only_written_about_stays_text(markdown):
    """A letter may explain how letters are written."""
    body, values, problems = read(markdown)

    assert ((), []) == (values, problems)
    assert all(one.section is None for one in body.pieces(str))


@pytest.mark.parametrize("around", ["- un\n\n  {}", "<div>\n\n{}\n\n</div>"])
def test_a_section_inside_an_element_is_told_at_its_line(around):
    """It would tear the list or the box in two."""
    _, _, problems = read(around.format(EVENTS.replace("\n", "\n  ") if around[0] == "-" else EVENTS))

    assert [(7, "HB261")] == [(one.line, one.code) for one in problems]


def test_a_section_in_a_quote_is_code_like_any_other_fence_there():
    """Only what stands at the margin is a section."""
    assert () == read("> ```section\n> show: events\n> ```")[1]


def test_a_section_without_an_end_is_told():
    """Else the rest of the letter would vanish."""
    _, _, problems = read("Avant.\n\n```section\nshow: events\n\nAprès.")

    assert [(7, "HB262")] == [(one.line, one.code) for one in problems if one.code == "HB262"]


def test_nobody_can_write_the_mark_of_a_section():
    """It holds a digest of the text that it stands in."""
    first = take_out(f"a\n\n{EVENTS}", 1, BLOCKS, Desk("a.md", "UTC"))
    again = take_out(f"{first.markdown}\n\n{EVENTS}", 1, BLOCKS, Desk("a.md", "UTC"))

    assert first.mark != again.mark
    assert first.mark in again.markdown


def test_a_text_of_another_kind_keeps_its_code():
    """Posts have no sections."""
    assert EVENTS == take_out(EVENTS, 1, None, Desk("a.md", "UTC")).markdown


@pytest.mark.parametrize("opening", ["```sections", "```Section", "```", "```yaml"])
def test_code_that_was_probably_meant_to_be_a_section_is_told(opening):
    """Members would get its fields by mail."""
    _, values, problems = read(f"Avant.\n\n{opening}\nshow: events\n```")

    assert ((), [(7, "HB264", "WARNING")]) == (values, [(one.line, one.code, one.level.name) for one in problems])
