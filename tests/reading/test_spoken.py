"""The blocks of a text are the same, whichever way they are read."""

from __future__ import annotations

from tests.cases import for_each

from handbill.reading.body import read_body
from handbill.reading.draft import FIRST
from handbill.reading.markdown import engine
from handbill.reading.spoken import spoken

TEXTS = [
    "Un *mot*\nsur deux   lignes\\\net `un code`. [Un lien](a.md), un  [autre](https://b.example/).\n\n# T\n\n---\n\n> dit",
    "- [x] fait\n- [ ] à faire\n\n1. a\n   - b\n\n     c",
    "| a | b |\n|---|---|\n| [c](d.md) | |\n| | ![e](f.png) |",
    '```\n  un\n\n  deux  trois\n```\n\n![Le puits](p.png "titre") ![](q.png)',
    "~~rayé~~ 1er mai, 2 € & « trois »\n\n* * *",
    "x[^1]\n\n[^1]: une note",
    "[un ](a.md)mot, [![img](b.png)](c.md), [**fort** ](d.md)fin",
    "a · b\n\n| a | b |\n|---|---|\n| c · d | · |",
    '<details><summary>s</summary>\n\nt <br> u</details>\n\n<td>v</td> <del> w</del> <span lang="en">x</span> <kbd>y</kbd>',
    "\\* \\* \\*\n\n# a\n\n```\n* * *\n\n\tb  c\n```\n\n- d\n- e\n- f\u00a0: g\u202f!\u2009h\n- &nbsp;\n- i\n- j",
    "<pre>a<br>b <b>c</b></pre>\n\n<table><tr><td><p>a</p><p>b</p></td><td>c<br>d</td></tr></table>",
]


@for_each("dialect", ["github", "python-markdown"])
@for_each("lang", ["", "fr"])
@for_each("markdown", TEXTS)
def test_a_text_that_is_not_mailed_says_the_same(markdown, lang, dialect):
    """Only letters need the lines of their plain text; summaries and counts of words need the blocks of all."""
    raw = engine(dialect)(markdown)
    mailed, other = read_body(raw, lang).body, read_body(raw, lang, is_mailed=False).body

    assert (mailed.blocks, mailed.words, mailed.html, mailed.headings) == (other.blocks, other.words, other.html, other.headings)
    begin = read_body(raw, lang, is_mailed=False, is_whole=False).body
    assert (mailed.blocks[:FIRST], mailed.words) == (begin.blocks, begin.words)
    assert mailed.text or not mailed.blocks
    assert "" == other.text or other.text == mailed.text


def test_blocks_are_read_from_texts_and_tags():
    """Edges part blocks, cells have dots between them, and what is within a sentence says nothing."""
    texts = ["", "Un ", "mot", "", "\n", "", "a", "", " ", "", ""]
    tags = ["p", "em", "/em", "/p", "tr", "td", "/td", "td", "/td", "/tr"]

    said = spoken(texts, tags)
    assert said
    assert ("Un mot", "a · –") == tuple(said.blocks())
    assert 5 == said.words()
    assert spoken(["", "x", ""], ["s", "/s"]) is None
