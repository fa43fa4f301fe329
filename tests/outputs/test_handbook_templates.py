"""The list of templates: what each shows, and what of it may be changed without a fork."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cases import for_each

from handbill.outputs.handbook_templates import shown_and_blocks, templates_page

TEMPLATES = Path(__file__).resolve().parents[2] / "theme" / "templates"


def test_every_template_is_listed_with_what_it_shows():
    """A template that is not on the list is one that nobody dares to change."""
    page = templates_page(TEMPLATES)

    for file in TEMPLATES.rglob("*.html"):
        shown, _ = shown_and_blocks(file.read_text(encoding="utf-8"))
        assert len(shown) > 20, file.name
        assert f"| `{file.relative_to(TEMPLATES).as_posix()}` | {shown}" in page


@for_each("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_block_that_is_listed_can_be_overridden(file):
    """In the template itself or in one of the frames that it extends."""
    text = file.read_text(encoding="utf-8")
    _, listed = shown_and_blocks(text)
    above = text
    while extended := re.search(r'{%-? extends "([^"]+)"', above):
        above = (TEMPLATES / extended[1]).read_text(encoding="utf-8")
        text += above

    assert set(listed) <= set(re.findall(r"{%-? block (\w+)", text))


@for_each("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_block_of_a_template_is_listed_there_or_above(file):
    """A block without a promise may be gone tomorrow, and somebody's page with it."""
    text = file.read_text(encoding="utf-8")
    listed = set(shown_and_blocks(text)[1])
    above = text
    while extended := re.search(r'{%-? extends "([^"]+)"', above):
        above = (TEMPLATES / extended[1]).read_text(encoding="utf-8")
        listed |= set(shown_and_blocks(above)[1])

    assert set(re.findall(r"{%-? block (\w+)", text)) - listed <= {"og_type", "about"}


def test_a_comment_is_read_as_it_is_written():
    text = "{# What takes\n   place.\n   Overridable: heading, upcoming (the list), past. #}\n{% extends \"base.html\" %}"

    assert ("What takes place.", ("heading", "upcoming", "past")) == shown_and_blocks(text)
    assert ("A part.", ()) == shown_and_blocks("{# A part. #}\n<p>")
    assert ("", ()) == shown_and_blocks("<p>{# later. #}")


def test_a_bar_in_a_comment_does_not_break_the_table(tmp_path):
    (tmp_path / "a.html").write_text("{# One | two. #}", encoding="utf-8")

    assert "| `a.html` | One &#124; two. |  |  |" in templates_page(tmp_path)
