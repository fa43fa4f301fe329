"""What is written as front matter reads back as what was meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.hub.fields import NOTHING, Listing, Node, Scalar
from handbill.hub.written import block, scalar, written
from handbill.reading.files import FORBIDDEN, read_yaml

TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.sampled_from("-: \n\t#&*!|>'\"%@`[]{},?/\\ab0é«»€…\x85\u2028\xa0"), max_size=30),
).filter(lambda text: not FORBIDDEN.search(text) and "\r" not in text and not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text))
KEYS = st.sampled_from(["name", "url", "on", "no"])
GROUP = st.dictionaries(KEYS, st.one_of(TEXT, st.lists(TEXT, max_size=3).map(tuple)), min_size=1, max_size=3)


def plain(node: Node) -> Any:
    """Return a node as the value that it was written from."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return tuple(plain(one) for one in node.items)
    return {key.text: plain(one) for key, one in node.pairs}


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXT, st.lists(TEXT, max_size=4).map(tuple), GROUP, st.lists(GROUP, min_size=1, max_size=3).map(tuple)), st.booleans())
def test_every_value_reads_back_as_it_was(value, is_text):
    """A colon in a title once ended a front matter."""
    assert {"title": value} == plain(read_yaml("\n".join(block("title", value, is_text=is_text))))
    assert {"title": value} == plain(read_yaml(f"title: {written(value, is_text=is_text)}"))


@pytest.mark.parametrize(
    "text",
    [
        *("Foire, marché et bal", "« Bonjour », dit-elle", "20 € les deux jours", "L’été (2)", "14:30", "Un, deux, trois ?"),
        *("Réparer un grille-pain", "2026-05-01 18:30", "/old/place/", "50 %", "a+b=c", "../a.png", "-0.57"),
    ],
)
def test_ordinary_sentences_stand_without_quotes(text):
    """An editor who sees quotes everywhere believes that they are needed everywhere."""
    assert text == scalar(text)


@pytest.mark.parametrize("text", ["a: b", "a #b", "#1", "- a", "“x”", "🚲", " a", "a ", ", a", "[a]", "{a}", "@a", "'a'", *sorted(NOTHING)])
def test_what_yaml_would_read_otherwise_is_quoted(text):
    """Each of these has broken somebody's page."""
    assert scalar(text).startswith('"')


def test_a_comma_is_quoted_within_brackets():
    """There it would begin the next entry."""
    assert '["Hortense Vauzelle, magasinière", ines]' == written(("Hortense Vauzelle, magasinière", "ines"))


@pytest.mark.parametrize("text", ["01000", "1.10", "2026", "no", "2026-05-01", "12:30"])
def test_a_text_that_looks_like_something_else_is_quoted_for_other_programs(text):
    """We read the field's own type; others drop the zero of a postcode."""
    assert f'"{text}"' == scalar(text, is_text=True)
    assert text == scalar(text)


def test_keys_below_keys_stand_on_lines_of_their_own():
    """The form that people find easiest to change."""
    prizes = ({"name": "Ciseaux", "quantity": "2"}, {"name": "Rabot"})

    assert ["prizes:", "  - name: Ciseaux", "    quantity: 2", "  - name: Rabot"] == block("prizes", prizes)
    assert ["venue:", "  name: Quai", "  city: Bordeaux"] == block("venue", {"name": "Quai", "city": "Bordeaux"})
