"""What an editor wrote is shown in the rules as it is."""

from __future__ import annotations

import html
import re

import pytest

from handbill.reading.markdown import engine
from handbill.rules.markdown import Article, document, plain, points, table

TEXTS = [
    "*a* **b** _c_ __d__ ~~e~~ `f`",
    "[a](https://x.example) ![b](c.png) <i>d</i> &amp; &eacute; <https://x.example>",
    "a|b \\| c \\\\ d",
    "mailto:a_b@c.example snake_case_word _ _a a_",
    "$a$ ^b^ # c - d + e 1. f > g",
    "l’été « à » 5 € – 10 %",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_shown_sign_by_sign(text):
    """A prize called “*” must not turn the rest of the rules bold."""
    rendered = engine("github")(f"Lot : {plain(text)}")

    assert f"Lot : {text}" == html.unescape(re.sub(r"</?(?:p|a)(?: [^>]*)?>", "", rendered)).strip()


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_in_its_cell(text):
    """A bar in the name of a prize would shift its value below another heading."""
    rendered = engine("github")(table(("Lot", "Nombre"), [(plain(text), "3")], (1,)))

    assert 2 == rendered.count("<td")
    assert '<td align="right">3</td>' in rendered


def test_line_ends_in_a_value_begin_no_paragraph():
    """A value of several lines could otherwise add an article of its own."""
    assert "a ## Article 9 b" == plain("a\n\n## Article 9\nb")


def test_a_document_numbers_its_articles_and_leaves_code_alone():
    """A no-break space within a digest would make it another one."""
    text = document(
        "Titre", "Avis", "Version 1 :", [Article("A", (points(["un ; deux"]),)), Article("B", ("`a : b` : c",))], "fin : d", "fr"
    )

    assert text.startswith(
        "# Titre\n\n> Avis\n\nVersion 1\xa0:\n\n## Article 1\xa0– A\n\n- un\u202f; deux\n\n## Article 2\xa0– B\n\n`a : b`"
    )
    assert text.endswith("\n\nfin : d\n")
