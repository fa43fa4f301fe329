"""Headers of one file become fields: nothing is guessed, and what is left out is told."""

from __future__ import annotations

import pytest

from handbill.importing.fields import Text, pairs_of, plain_text, read_fields, shortened, summarised
from handbill.importing.headers import body_of, read_headers
from handbill.importing.sources import Refusal


def text_of(source: str, kind: str = "post", path: str = "a.md") -> Text:
    headers = read_headers(source)
    text = Text(path, source.encode(), headers, body_of(source, headers.body_line), kind, target="content/posts/a.md")
    read_fields(text, "fr", "Europe/Paris")
    return text


def made(*headers: str, kind: str = "post", path: str = "a.md") -> Text:
    return text_of("\n".join(["Title: A", "Date: 2024-01-02", *headers, "", "Text"]), kind, path)


def told(text: Text) -> list[str]:
    return [str(note) for note in text.notes]


def test_lists_are_cut_the_way_pelican_does():
    assert ("b", "a") == made("Tags: b, a,, B").tags
    assert ("b, c", "a") == made("Tags: b, c; a").tags
    assert ("Ada L.", "Tom") == made("Author: Ada L.", "Authors: Tom, Ada L.").authors
    assert ("a", "b") == made("Tags: a,\n    b").tags


def test_a_tag_that_makes_no_address_is_left_out_and_told():
    text = made("Tags: 日本, bois, " + "x" * 61)

    assert ("bois",) == text.tags
    assert [
        "line 3: a tag was left out: it has no letter for an address: 日本",
        f"line 3: a tag was left out: it has more than 60 letters: {'x' * 61}",
    ] == told(text)


def test_the_category_is_the_header_or_the_folder():
    assert "Idées" == made("Category: Idées", path="vélo/a.md").category
    assert "vélo" == made(path="textes/vélo/a.md").category
    assert "" == made().category
    assert "" == made(kind="page", path="pages/a.md").category


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Status: skip", "skip"),
        ("Status: secret", "found “secret”"),
        ("Lang: Français", "found “Français”"),
        ("Modified: yesterday", "Modified: found “yesterday”"),
    ],
)
def test_headers_that_would_have_to_be_guessed_refuse_the_file_with_their_line(header, why):
    with pytest.raises(Refusal, match=why) as refusal:
        made(header)
    assert 3 == refusal.value.line


def test_a_date_comes_from_the_file_name_where_no_header_has_one():
    assert "2024-03-02" == text_of("Title: A\n\nText", path="x/2024-03-2-a.md").date
    with pytest.raises(Refusal, match="none in the file name"):
        text_of("Title: A\n\nText")
    with pytest.raises(Refusal, match="no date of the calendar"):
        text_of("Title: A\n\nText", path="2024-13-02-a.md")
    assert "" == text_of("Title: A\n\nText", kind="page").date


def test_drafts_stay_drafts_and_hidden_texts_become_some():
    assert made("Status: Draft").is_draft
    assert not made("Status: published").is_draft
    assert made("Status: hidden").is_draft
    assert "hidden became draft" in told(made("Status: hidden"))[0]


def test_a_slug_is_written_as_an_address_can_be():
    assert ("a-b", []) == ((text := made("Slug: a-b")).slug, told(text))
    assert "l-ete/2024".replace("/", "-") == (text := made("Slug: L'été/2024")).slug
    assert "“L'été/2024” → l-ete-2024" in told(text)[0]


@pytest.mark.parametrize(
    ("header", "alias"),
    [
        ("URL: blog/a/", "/blog/a/"),
        ("Save_as: blog/a.html", "/blog/a.html"),
        ("Save_as: blog/a/index.html", "/blog/a/"),
        ("URL: /a", "/a"),
    ],
)
def test_old_addresses_become_aliases(header, alias):
    assert (alias,) == made(header).aliases


@pytest.mark.parametrize(
    "header", ["URL: https://e.org/a", "Save_as: ../../etc/passwd", "URL: a?b", "Save_as: .htaccess", "URL: {slug}.html"]
)
def test_old_addresses_that_are_no_plain_paths_are_told(header):
    text = made(header)

    assert () == text.aliases
    assert "no plain path" in told(text)[0]


def test_numbers_are_for_issues():
    assert 12 == made("Number: 12", kind="issue").number
    assert None is made("Number: twelve", kind="issue").number
    assert "twelve" in told(made("Number: twelve", kind="issue"))[0]
    assert None is made("Number: 12").number
    assert "12" in told(made("Number: 12"))[0]


def test_unknown_headers_are_told_with_what_they_said():
    assert [
        "line 3: the header “cover” was left out: a.png",
        "line 4: the header “template” was left out (the theme decides): wide",
    ] == told(made("Cover: a.png", "Template: wide"))


def test_a_summary_is_plain_text_and_what_it_was_is_told():
    text = made("Summary: A *good* [thing](https://e.org/)\n    & more")

    assert "A good thing & more" == text.summary
    assert "A *good* [thing](https://e.org/) & more" in told(text)[0]
    assert [] == told(made("Summary: Plain words."))


def test_a_long_summary_is_cut_at_a_word_and_kept_in_the_report():
    written = "word " * 100
    text = made("Summary: " + written)

    assert len(text.summary) <= 300
    assert text.summary.endswith("word…")
    assert written.strip() in told(text)[0]
    assert len(shortened("x" * 1000)) <= 300


def test_what_stands_before_its_mark_becomes_the_summary_if_it_fits():
    short = made()
    short.body = "One *two*.\n\n<!-- more -->\n\nThree."
    long = made()
    long.body = "x " * 200 + "\n\n<!-- more -->\n\nThree."

    assert "One *two*.\n\n\nThree." == summarised(short)
    assert "One two." == short.summary
    assert "<!--" not in summarised(long)
    assert "" == long.summary
    assert 1 == len(short.changes) == len(long.changes)


def test_plain_text_has_no_marks():
    assert "T a b c" == plain_text("# T\n\n- a\n- **b**\n\n`c`")


def test_only_what_says_something_is_written():
    text = made("Lang: fr")
    text.slug, text.id = "a", "post:a"

    assert [("title", "A"), ("date", "2024-01-02")] == pairs_of(text, "fr", ("fr", "en"))
    text.target = "content/posts/a.en.md"
    assert ("lang", "fr") in pairs_of(text, "fr", ("fr", "en")), "the file name says another language"
