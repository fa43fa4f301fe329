"""Descriptions become Markdown that shows the words of the calendar and nothing else."""

import html
import re

import pytest
from tests.cases import for_each

from handbill.importing.ics.markdown import from_html, from_plain, is_html
from handbill.reading.markdown import engine

DIALECTS = ("github", "python-markdown")

HOSTILE = [
    "# no heading", "#tag", "> no quote", "+ plus", "- 5 °C", "-5 °C", "* star", "1. first", "2026. Année", "12) douze", "---", "===", "= x", "***", "___",
    "| a | b |", "|---|---|", "!!! note", "!!!", ": definition", ":) smile", "*a* _b_ **c** __d__", "a_b_c snake_case", "`code` ``x``", "~~gone~~ ~a~ ~~~",
    "[link](/x) ![picture](y)", "[ref]: /x", "[^1] and [^1]: note", "*[HTML]: Hyper", "{: .class} {#id}", "<script>alert(1)</script>",
    "<b>bold</b> a<b c>d", "&amp; &lt; &#65; & AT&T", "\\*escaped\\*", "back\\slash", "a\\", "    indented", "\ttab", "$x$ %y%", "[ ] task", "[x] done", "{{ x }} {% y %}",
    "::: box", "> [!NOTE]", "a  ", "http", "fin.", "#", "-", "+", "*", ":", "1.", "<", "&", "^sup^", "==mark==", "//", "www", "«\u00a0x\u00a0»", "🎉 fête",
]  # fmt: skip


def words(shown: str) -> str:
    """Return what a reader sees, without the marks of lists, which a page draws itself."""
    text = re.sub(r'<ol start="(\d+)">\s*<li>', r"\1. ", shown)
    text = re.sub(r"<li>", "- ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@for_each("dialect", DIALECTS)
@for_each("text", HOSTILE)
def test_a_plain_text_shows_its_own_signs_in_both_dialects(dialect, text):
    """Whoever typed a star in their telephone meant a star."""
    shown = engine(dialect)(from_plain(f"avant\n\n{text} suite\n\naprès"))
    seen = words(shown).replace("1. suite", "- suite").replace("- suite suite", "- suite")
    wanted = " ".join(f"avant {text} suite après".split())

    assert not re.search(r"<(?!/?(?:p|ul|ol|li|br)\b)", shown), shown
    assert _alike(wanted) == _alike(seen)


def _alike(text: str) -> str:
    """Return a text with each mark of an entry as a hyphen."""
    return re.sub(r"(?<=avant )(?:[*+•-]|\d{1,2}[.)]) ", "- ", text)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_paragraphs_lines_and_lists_stay(dialect):
    """The shape of a programme is half of what it says."""
    text = "Programme :\n14 h accueil\n15 h visite\n\n• troc\n• goûter\n1. un\n2) deux\nfin"
    shown = " ".join(engine(dialect)(from_plain(text)).split())

    assert (
        "<p>Programme :<br /> 14 h accueil<br /> 15 h visite</p> <ul> <li>troc</li> <li>goûter</li> </ul> <ol> <li>un</li> <li>deux</li> </ol> <p>fin</p>"
        == shown
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_addresses_become_links_without_the_point_behind_them(dialect):
    """A link that ends in the full stop of its sentence leads nowhere."""
    shown = engine(dialect)(from_plain("voir https://x.example/a_b?c=d&e=f (et https://y.example/(z)). Ou http://z.example/a*b*, merci"))

    assert ["https://x.example/a_b?c=d&amp;e=f", "https://y.example/(z)", "http://z.example/a*b"] == re.findall('href="([^"]*)"', shown)


def test_html_is_known_whatever_it_is_called():
    """Google writes HTML into the property for plain text."""
    assert is_html("un<br>deux")
    assert is_html('<a href="https://x.example">x</a>')
    assert not is_html("a < b et c > d, <3, <jeanne@exemple.fr>")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_html_keeps_paragraphs_lists_and_links(dialect):
    """What people wrote in a web form comes over as they saw it."""
    text = "<p>Bonjour <b>à tous</b> &amp; toutes<br>ligne</p><ul><li>un</li><li>deux *</li></ul><ol><li>a</li></ol>Voir <a href='https://x.example/a'>ici</a>, #x"
    markdown, lost = from_html(text)
    shown = " ".join(engine(dialect)(markdown).split())

    assert 0 == lost
    assert (
        "<p>Bonjour à tous &amp; toutes<br /> ligne</p> <ul> <li>un</li> <li>deux *</li> </ul> <ol> <li>a</li> </ol> "
        '<p>Voir <a href="https://x.example/a">ici</a>, #x</p>'
    ) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>a<style>b{}</style>", "<a href='javascript:alert(1)'>a</a>", "<img src=x onerror=alert(1)>a", "<iframe src=https://x.example></iframe>a",
        "&lt;script&gt;alert(1)&lt;/script&gt;a<br>", "<a href='https://x.example/)[x](javascript:alert(1))'>a</a>", "<p>[a](javascript:alert(1))", "<b><i><u>a", "</p></div>a", "<p><!-- x -->a<p",
    ],
)  # fmt: skip
def test_nothing_in_html_becomes_a_program(text):
    """A calendar is a file from a stranger."""
    markdown, _ = from_html(text)
    for dialect in DIALECTS:
        shown = engine(dialect)(markdown)
        assert "a" in words(shown)
        assert not re.search(r"<(?:script|style|iframe|img)|href=\"(?!https?://)", shown), shown


def test_pictures_in_html_are_counted():
    """What is left out must be told."""
    assert ("a", 2) == from_html("a<img src=x><img src=y>")
