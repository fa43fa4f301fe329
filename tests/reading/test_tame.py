"""What is not cleaned reads as if it had been."""

from __future__ import annotations

import random
import re

import pytest

from handbill.hub.gaps import woven
from handbill.reading.body import clean, read_body
from handbill.reading.markdown import engine
from handbill.reading.tame import tamed

TAME = [
    'Un *mot*, **deux**, ~~trois~~ et `code "x"`.\n\n## Titre\n\n> dit\n> encore  \n> plus\n\n***',
    "- un\n- deux\n  - trois\n\n3. a\n4. b\n\n   c",
    "| a | b | c |\n|---|:-:|--:|\n| [d](e.md) | `f` | |",
    '[x](https://a.example/b/c.html) [y](../d/e.md#f-1 "titre") [z](http://www.g.example)',
    '![un puits](puits.png) ![](a/b.jpg "décorative")',
    '```py\nif a < b and c > d: "e"\n```\n\n    f & g',
    "a > b & c < d, 3 <4, « e »\u00a0; 'f'",
]
#: What the cleaner has to look at.
WILD = [
    '[x](javascript:y)', '[x](//a.example)', '[x](https://1.2.3.4.5/)', '[x](https://xn--a.example/)', "[x](https://a.example/?b=c&d)",
    "- [ ] x", "x[^1]\n\n[^1]: n", "> [!NOTE]\n> x", '![a "b"](c.png)', "[a](data:x)", "[a](b:c.md)",
]  # fmt: skip


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
@pytest.mark.parametrize("markdown", TAME)
def test_what_is_tame_comes_out_as_the_cleaner_writes_it(markdown, dialect):
    """To clean a text is the dearest part of reading it, and hardly any has something to clean."""
    raw = engine(dialect)(markdown).strip()

    found = tamed(raw, 200)

    assert found is not None or dialect == "python-markdown"
    assert found is None or clean(raw) == woven(found[0], [f"<{tag}>" for tag in found[1]]).replace("\u00a0", "&nbsp;")
    for lang in ("", "fr", "en"):
        assert read_body(raw, lang).body == read_body(f"\n{raw}\n", lang, is_tame=True).body


#: Each tag that needs no cleaner, where HTML wants it.
RAW = [
    *(f"<{one}>a <em>b</em></{one}>" for one in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")),
    *(f"<p>a <{one}>b</{one}></p>" for one in ("strong", "del", "code", "sub", "sup")),
    "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>",
    '<ul>\n<li>a</li>\n</ul>\n<ol start="3">\n<li>b</li>\n</ol>\n<hr />',
    *(f'<table>\n<thead>\n<tr>\n<th{one}>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td{one}>b</td>\n</tr>\n</tbody>\n</table>'
      for one in ("", *(f' align="{side}"' for side in ("left", "center", "right")))),
]  # fmt: skip


@pytest.mark.parametrize("raw", RAW)
def test_what_engines_write_for_most_texts_needs_no_cleaner(raw):
    """One tag that is not known has its whole text cleaned, which takes ten times as long."""
    found = tamed(raw, 20)

    assert found is not None
    assert clean(raw) == woven(found[0], [f"<{tag}>" for tag in found[1]])


@pytest.mark.parametrize("markdown", WILD)
def test_whatever_else_is_met_is_left_to_the_cleaner(markdown):
    """One tag or address that is not known letter for letter is enough."""
    assert tamed(engine("github")(markdown).strip(), 200) is None


@pytest.mark.parametrize(
    "raw",
    [
        "<p>a<p>b</p></p>", "<p><ul><li>a</li></ul></p>", "<h2><p>a</p></h2>", "<td><p>a</p></td>",
        '<a href="b.md"><a href="c.md">d</a></a>', "<p>a &eacute; b</p>", "<p>a</p", "<p>a<hr /></p>", '<p><ol start="3"></ol></p>', "<h2><li>a</li></h2>", "<p onclick=\"x\">a</p>", "<P>a</P>",
    ],
)  # fmt: skip
def test_what_html_would_put_elsewhere_is_left_to_the_cleaner(raw):
    """A browser ends a paragraph where a list begins; the page would not be what was looked at."""
    assert tamed(raw, 200) is None


def test_a_text_of_very_many_tags_is_left_to_the_cleaner():
    """It counts how deep they are nested."""
    assert tamed("<p>a</p>" * 2, 4) is not None
    assert tamed("<p>a</p>" * 3, 4) is None


#: What texts are put together from, at random: signs of both dialects, addresses, and names of signs that stand for something else.
PIECES = [
    "*", "**", "_", "`", "``", "~~", "[", "]", "(", ")", "](", "[x](", "![x](", "a.md", "a/b.png", "https://a.example/b", "//x",
    "javascript:x", "\"t\"", "'t'", "-", "1.", ">", "#", "##", "|", "&amp;", "&lt;", "&quot;", "&nbsp;", "&Tab;", "&NewLine;",
    "&colon;", "&bsol;", "&apos;", "&fjlig;", "&", "\\", "<", ">", "3<4", "é", "word", "---", "===", "```", "~~~", "[^1]", "[^1]:",
    "[ref]", "{:", "{#x}", "}!!!", "*[X]:", "www.a.example", "a@b.example", "$", "%20", "%3c", "\xa0", "\u200b", "\u2028", "«", "»",
    "...", "../c.md#d", "?x=1", "<a.md>", "{:.note}", "[!NOTE]", "\n", "\n\n", "    ", "  \n", "\n|---|:-:|\n", "| a | b |", " ",
    "\n- ", "\n> ",
]  # fmt: skip


@pytest.mark.parametrize(("seed", "many"), [(1, 1_500), pytest.param(2, 40_000, marks=pytest.mark.long)])
def test_the_quick_way_ends_where_the_cleaner_does(seed, many):
    """A tag or an address that only one of them lets through would be in every page."""
    chosen, tame = random.Random(seed), 0
    for _ in range(many):
        markdown = "".join(chosen.choices(PIECES, k=chosen.randint(1, 14)))
        if re.search("<[A-Za-z/!?]", markdown) or "&#" in markdown:
            continue
        raw = engine(chosen.choice(["github", "python-markdown"]))(markdown)
        quick, whole = (read_body(raw, "fr", is_tame=is_tame) for is_tame in (True, False))
        tame += quick.is_tame
        assert (whole.body, whole.pictures, whole.remote, whole.anchors) == (quick.body, quick.pictures, quick.remote, quick.anchors), markdown

    assert tame > many / 3
