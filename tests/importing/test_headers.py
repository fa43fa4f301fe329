"""Headers as Pelican reads them, with their lines; and where the text begins."""

from __future__ import annotations

import pytest
from markdown import Markdown

from handbill.importing.headers import body_of, read_headers


def values(text: str) -> dict[str, tuple[str, ...]]:
    return {name: header.values for name, header in read_headers(text).named.items()}


def body(text: str) -> str:
    return body_of(text, read_headers(text).body_line)


def test_headers_end_at_the_first_empty_line():
    text = "Title: A: b\nDate: 2013-06-07\n\nText: one\n\nTwo"

    assert {"title": ("A: b",), "date": ("2013-06-07",)} == values(text)
    assert "Text: one\n\nTwo" == body(text)


def test_a_value_continues_on_indented_lines():
    assert {"summary": ("one", "two", "three"), "tags": ("a",)} == values("Summary: one\n    two\n\tthree\nTags: a\n\nx")


def test_the_first_of_two_equal_headers_is_used_and_the_other_is_said():
    headers = read_headers("Title: a\nTags: x\nTitle: b\n    c\n\nText")

    assert ("a",) == headers.named["title"].values
    assert [3, 4] == [line for line, _ in headers.oddities]


def test_a_line_that_is_no_header_begins_the_text():
    assert "Text without a gap" == body("Title: a\nText without a gap")
    assert {} == values("Just a text.\n\nMore.")
    assert "Just a text.\n\nMore." == body("Just a text.\n\nMore.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_text_keeps_its_own_line_ends(end):
    text = end.join(["Title: a", "", "", "One", "Two", ""])

    assert end.join(["", "One", "Two", ""]) == body(text)
    assert body(text).encode() in text.encode()


def test_yaml_front_matter_gives_texts_and_lists():
    text = '---\ntitle: "A: b"\ntags:\n  - x\n  - y\ndate: 2013-06-07\n---\n\nText'
    headers = read_headers(text)

    assert {"title": ("A: b",), "tags": ("x", "y"), "date": ("2013-06-07",)} == values(text)
    assert headers.named["tags"].is_list
    assert ("date", 6) == ("date", headers.named["date"].line)
    assert "Text" == body(text)


def test_headers_between_hyphens_that_are_no_yaml_are_read_as_pelican_does():
    """Python-Markdown passes over the hyphens; a title with a colon is no YAML."""
    text = "---\nTitle: A: b\nDate: 2013-06-07\n---\nText"

    assert {"title": ("A: b",), "date": ("2013-06-07",)} == values(text)
    assert "Text" == body(text)


def test_what_yaml_says_besides_keys_is_not_lost_in_silence():
    oddities = dict(read_headers("---\n# why\ntitle: a # really\nextra:\n  deep: 1\nsummary: |\n  # no comment\n---\nText").oddities)

    assert {2: "a comment (# why)", 3: "a comment (# really)", 4: "“extra”, a group of keys"} == oddities


@pytest.mark.parametrize(
    "text",
    [
        "Title: a\nDate: b\n\nText",
        "Title: a\n    more\n\tstill\nKey-2: v\n\nText",
        "   Title:a\nno header\n\nText",
        "---\nTitle: a\n---\nText\n",
        "---\nTitle: a\n...\nText",
        "\nTitle: a\n\nText",
        "    Title: a\n\nText",
        "Title:\n    a\n\n\nText",
        "Über: a\n\nText",
        "a:b:c\n\nText",
        "http://example.org/\n\nText",
        "Title: a\n   \nText",
        "---",
        "",
    ],
)
def test_headers_are_those_that_python_markdown_finds(text):
    """That is the reader which the old site was made with."""
    converter = Markdown(extensions=["meta"])
    theirs = converter.convert(text)

    assert {name: tuple(lines) for name, lines in converter.Meta.items()} == values(text)  # type: ignore[attr-defined]
    assert theirs == Markdown().convert(body(text))
