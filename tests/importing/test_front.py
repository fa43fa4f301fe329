"""What is written as front matter reads back as exactly the same text, whatever it holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import for_each

from handbill.hub.fields import NOTHING, Desk, Listing, Scalar
from handbill.importing.front import Value, front_matter, written
from handbill.reading.files import FORBIDDEN, decode, split

TEXT = st.text(max_size=80).filter(lambda text: not FORBIDDEN.search(text) and "\r" not in text)
TEXT = TEXT.filter(lambda text: not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text))
AWKWARD = st.text(alphabet=st.sampled_from("-: \n\t#&*!|>'\"%@`[]{},?/\\ab0é\x85\u2028\u200b"), max_size=30)


def read_back(pairs: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    desk = Desk("x.md", "UTC")
    text = decode((front_matter(pairs) + "\nThe text.\n").encode(), desk)
    assert text is not None, desk.problems
    parsed = split(text, desk)
    assert parsed is not None, desk.problems
    assert parsed[1] == "The text."
    return [(key.text, tuple(one.text for one in node.items) if isinstance(node, Listing) else node.text) for key, node in parsed[0].pairs]


@settings(max_examples=400, deadline=None)
@given(st.one_of(TEXT, AWKWARD))
def test_every_text_reads_back_as_it_was(text):
    assert [("title", text)] == read_back([("title", text)])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(TEXT, AWKWARD), max_size=5).map(tuple))
def test_every_list_reads_back_as_it_was(texts):
    assert [("tags", texts)] == read_back([("tags", texts)])


@for_each(
    "text",
    [
        *("", " ", "a: b", "a #b", "- a", "NO", "null", "~", "---", "...", "18:46", "[a]", "{a}", "'a'", '"a"', "a\\b", "@a", "%a", "!a"),
        *("&a", "*a", "a:", ":a", "a ", " a", "a\nb", "a\tb", "| a", "> a", "? a", "`a`", "#a", "a,b", "Œuvre", "日本", "\u2028", "\x85"),
        *("🚲", "=", "<<", "0x1"),
    ],
)
def test_awkward_words_read_back_as_they_were(text):
    assert [("a", text), ("b", (text, text))] == read_back([("a", text), ("b", (text, text))])


def test_words_that_mean_nothing_are_quoted():
    """`summary: null` is no summary; a tag of that name is one."""
    for text in NOTHING:
        assert written(text).startswith('"')
    assert not Scalar("x", False, 1, 1).plain


def test_ordinary_words_stay_as_an_editor_would_write_them():
    for text in ("Réparer un grille-pain", "2026-05-01 18:30", "L'été (2)", "/old/place/", "/a.html", "12", "true"):
        assert text == written(text)
    assert "[bois, outils]" == written(("bois", "outils"))
    assert "[]" == written(())


def test_what_cannot_be_seen_is_written_so_that_it_can():
    assert '"a\\u200Bb\\xA0c"' == written("a\u200bb\xa0c")
