"""Texts of strangers, made fit for a file."""

import pytest

from handbill.proposals.clean import clean_line, clean_text


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("a <b>c</b> <!-- d -->", "a &lt;b>c&lt;/b> &lt;!-- d -->"),
        ("3 < 4 et <3", "3 < 4 et <3"),
        ("<https://x.example/a>", "<https://x.example/a>"),
        ("`<b>` et ``<i> ` <u>``", "`<b>` et ``<i> ` <u>``"),
        ("```\n<b>\n![x](y)\n```\n<b>", "```\n<b>\n![x](y)\n```\n&lt;b>"),
        ("a ![x](y.png) b", "a  b"),
        ("![x][y]", "[x][y]"),
        ("# Titre\n## Partie", "## Titre\n## Partie"),
        ("a\n\n\n\n\nb  ", "a\n\nb"),
        ("[x](https://x.example/?utm_source=y&a=1)", "[x](https://x.example/?a=1)"),
        ("* un\n* deux", "* un\n* deux"),
    ],
)
def test_a_text_keeps_its_words_and_loses_what_runs(written, clean):
    """Readers' programs clean it again; editors shall not have to see it."""
    assert clean == clean_text(written).text


def test_what_was_taken_out_is_counted():
    """Whoever wrote it is told."""
    found = clean_text("![a](b) <img src=x> ![c][d] [e](https://x.example/?fbclid=1)")

    assert (3, 1) == (found.pictures, found.links)


def test_a_line_is_one_line_without_what_follows_readers():
    """As a value it is put between quotes where it needs them."""
    assert 'a "b" <c> https://x.example/' == clean_line('a  "b"\u00a0<c> https://x.example/?gclid=2').text


@pytest.mark.parametrize("sign", ["[", "![", "<", "`", "``", "](", "<img ", "https://", "a\n```\n"])
def test_the_cost_of_a_text_grows_with_its_length(sign):
    """Sixty thousand brackets must cost no more than sixty thousand letters; a test that does not end says otherwise."""
    assert clean_text(sign * (60_000 // len(sign))).text is not None
