"""HTML of either dialect → a clean body: what may stay, where links lead, what the plain text says."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from tests.cases import for_each

from handbill.hub.allowed import PAGE_ANCHORS, SECTION_ANCHORS
from handbill.hub.item import LINK_CLOSE, LINK_OPEN
from handbill.reading import body
from handbill.reading.body import Rough, read_body, text_of
from handbill.reading.depth import MOST_DEPTH, TooDeep
from handbill.reading.draft import FIRST
from handbill.reading.markdown import engine

DIALECTS = ("github", "python-markdown")


def mark(number: int) -> str:
    return f"{LINK_OPEN}{number}{LINK_CLOSE}"


def body_of(markdown: str, dialect: str = "github") -> Rough:
    return read_body(engine(dialect)(markdown))


def text_from(markdown: str, dialect: str = "github") -> str:
    return body_of(markdown, dialect).body.text


@for_each("dialect", DIALECTS)
@for_each(
    "active",
    [
        "<script>alert(1)</script>",
        "<style>body { display: none }</style>",
        '<img src="a.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](vbscript:alert(1))",
        '<iframe src="https://example.org/"></iframe>',
        '<form action="https://example.org/"><button>x</button></form>',
        '<p style="position: fixed">x</p>',
        "<svg><script>alert(1)</script></svg>",
        '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></table></math>',
        '<object data="x"></object><embed src="x"><base href="https://example.org/">',
        '<meta http-equiv="refresh" content="0">',
        '<input type="text" autofocus onfocus="alert(1)">',
    ],
)
def test_nothing_active_stays(active, dialect):
    """A stranger's pull request must not run anything in a member's browser."""
    html = body_of(f"Before.\n\n{active}\n\nAfter.", dialect).body.html

    assert not re.search(r"<(script|style|iframe|form|button|svg|math|object|embed|base|meta)\b", html)
    assert not re.search(r"<[^>]*\s(on\w+|style|autofocus)=", html)
    assert not re.search(r"(href|src)=\"[^\"]*(javascript|vbscript|data):", html, re.IGNORECASE)
    assert "After." in html


@for_each("dialect", DIALECTS)
@for_each("hidden", ["java&#1;script:x()", "java&#127;script:x()", "java&#x8d;script:x()", "java&#xFFFE;script:x()", "&nbsp;javascript:x()"])
@for_each("written", ['<a href="{}">w</a>', '<img src="{}" alt="w">', "[w]({})", "![w]({})"])
def test_a_sign_that_goes_leaves_no_other_address_behind(written, hidden, dialect):
    """Signs that no file of ours may hold, and spaces, were taken out of addresses after these had been looked at."""
    html = body_of(written.format(hidden), dialect).body.html

    assert not re.search(r"javascript:", html, re.IGNORECASE)


def test_the_words_of_scripts_and_styles_go_with_them():
    assert "<p>ab</p>" == read_body("<p>a<script>evil()</script><style>p{}</style>b</p>").body.html


def test_only_our_own_classes_and_plain_ids_stay():
    """A text cannot borrow the look of a button or of another item's badge."""
    html = read_body('<p class="badge language-py note" id="ok">a</p><p id="1 bad" class="x">b</p>').body.html

    assert '<p class="language-py note" id="ok">a</p><p>b</p>' == html


def test_headings_have_anchors_that_nothing_else_has():
    rough = read_body('<h2>Été</h2><h2>Été</h2><h3 id="ete-2">Autre</h3><h2>!?</h2><p id="section-2">x</p><h2>…</h2>')

    assert ["ete", "ete-3", "ete-2", "section", "section-3"] == [one.anchor for one in rough.body.headings]
    assert re.findall(r'id="([^"]*)"', rough.body.html) == sorted(rough.anchors, key=rough.body.html.index)
    assert len(rough.anchors) == 6


def test_a_thousand_equal_headings_cost_a_thousand_times_one():
    """20,000 of them once took 42 seconds, in a dialect that cannot stall."""
    times = []
    for count in (2_000, 16_000):
        html = "<h2>a</h2>" * count
        start = process_time()
        assert f"a-{count}" == read_body(html).body.headings[-1].anchor
        times.append(process_time() - start)

    assert times[1] / times[0] < 8 * 4


def test_links_of_the_hub_become_marks_and_all_others_stay():
    rough = body_of("[a](../x.md#y) [b](#here) [c](https://e.org/?a=1&b=2) [d](../x.md#y) [e](/posts/) <me@e.org> [g](//e.org/z)")

    assert ("../x.md#y", "/posts/") == rough.body.links
    for expected in (
        f'<a href="{mark(0)}">a</a>', '<a href="#here">b</a>', '<a href="https://e.org/?a=1&amp;b=2">c</a>', f'<a href="{mark(0)}">d</a>',
        f'<a href="{mark(1)}">e</a>', '<a href="mailto:me@e.org">', '<a href="https://e.org/z">g</a>',
    ):  # fmt: skip
        assert expected in rough.body.html
    assert '<a href="https://hub.example/posts/">e</a>' in rough.body.with_links(lambda link: f"https://hub.example{link}")


def test_pictures_of_the_hub_become_marks_and_keep_their_words():
    rough = body_of('![Un "vélo"](../pictures/velo.png)')

    assert (("../pictures/velo.png", 'Un "vélo"'),) == rough.pictures
    assert f'src="{mark(0)}"' in rough.body.html
    assert 'alt="Un &quot;vélo&quot;"' in rough.body.html


def test_a_picture_from_elsewhere_becomes_a_link():
    """No page calls a third party; the reader decides to."""
    rough = body_of("![Une carte](https://e.org/map.png)\n\n![](//e.org/p.png)")

    assert ("https://e.org/map.png", "//e.org/p.png") == rough.remote
    assert "<img" not in rough.body.html
    assert '<a href="https://e.org/map.png">Une carte</a>' in rough.body.html
    assert '<a href="https://e.org/p.png">//e.org/p.png</a>' in rough.body.html


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_picture_from_elsewhere_within_a_link_becomes_its_words(dialect):
    """A link cannot hold a link; the outer one is what the writer meant to be pressed."""
    rough = body_of("[![Build](https://e.org/badge.svg)](https://e.org/builds)", dialect)

    assert '<p><a href="https://e.org/builds">Build</a></p>' == rough.body.html
    assert ("https://e.org/badge.svg",) == rough.remote
    assert "Build ⟨https://e.org/builds⟩" == rough.body.text


def test_a_picture_that_is_a_data_address_is_not_shown():
    assert "data:" not in read_body('<p><img src="data:image/png;base64,xx" alt="d"></p>').body.html


def test_cells_keep_their_alignment_as_a_class():
    html = body_of("| a | b | c | d |\n|:--|--:|:-:|---|\n| 1 | 2 | 3 | 4 |").body.html

    assert '<td class="align-left">1</td>\n<td class="align-right">2</td>\n<td class="align-center">3</td>\n<td>4</td>' in html
    assert "align=" not in html


@pytest.mark.parametrize("dialect", DIALECTS)
def test_task_lists_are_boxes_that_cannot_be_ticked(dialect):
    html = body_of("- [ ] todo\n- [x] done", dialect).body.html

    assert 1 == html.count('<input type="checkbox" disabled="">')
    assert 1 == html.count('<input type="checkbox" disabled="" checked="">')


# The plain text, as the text part of a letter.


def test_text_keeps_headings_and_paragraphs_apart():
    assert "## One\n\nTwo three\n\n### Four" == text_from("## One\n\nTwo\nthree\n\n### Four")


def test_text_gives_the_address_after_the_words_of_a_link():
    assert "a ⟨https://e.org/⟩, https://e.org/b, me@e.org" == text_from("[a](https://e.org/), <https://e.org/b>, <me@e.org>")
    assert f"a ⟨{mark(0)}⟩" == text_from("[a](x.md)")
    assert "a" == text_from("[a](#here)")


def test_text_gives_the_address_of_a_link_around_a_picture_without_words():
    assert "⟨https://e.org/⟩" == text_from('<a href="https://e.org/"><img src="a.png" alt=""></a>')


def test_text_gives_the_address_of_a_link_around_blocks():
    text = "\n".join(text_of('<a href="https://e.org/"><p>one</p><p>two</p></a>'))

    assert "one\n\ntwo\n\n⟨https://e.org/⟩" == text


def test_text_writes_lists_with_signs_and_numbers():
    assert "- a\n- b\n  - c\n- d" == text_from("- a\n- b\n  - c\n- d")
    assert "3. a\n4. b\n  - c\n5. d" == text_from("3. a\n4. b\n   - c\n5. d")
    assert "- a\n  more\n- b" == text_from("- a\n\n  more\n\n- b")


def test_text_survives_any_start_of_a_list():
    for start in ("x", "-4", "9" * 5000, ""):
        assert ["1. a"] == text_of(f'<ol start="{start}"><li>a</li></ol>')


def test_text_marks_each_line_of_a_quotation():
    assert "> a\n\n> > b\n\nc" == text_from("> a\n>\n> > b\n\nc")
    assert "> - a\n> - b" == text_from("> - a\n> - b")


def test_text_keeps_the_lines_and_the_indentation_of_code():
    assert "a\n\n    def f():\n        return 1\n\n    f()\n\nb" == text_from("a\n\n```python\ndef f():\n    return 1\n\nf()\n```\n\nb")
    assert "- a\n      x\n       y\n- b" == text_from("- a\n  ```\n  x\n   y\n  ```\n- b")


def test_text_writes_a_table_row_by_row():
    assert "a · b\n- 1 · 2\n- – · 4" == text_from("| a | b |\n|---|---|\n| 1 | 2 |\n| | 4 |")
    assert "- 1 · 2\n- 3" == text_from("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>")
    assert "- x\n  a\n  - 1\n\nfin" == text_from(
        "<ul><li>x<table><thead><tr><th>a</th></tr></thead><tr><td>1</td></tr></table></li></ul><p>fin</p>"
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_text_writes_the_boxes_of_task_lists(dialect):
    assert "- [ ] todo\n- [x] done" == text_from("- [ ] todo\n- [x] done", dialect)


def test_text_keeps_line_breaks():
    """A postal address on one line is none."""
    assert "1 rue Neuve\n33000 Bordeaux" == text_from("1 rue Neuve  \n33000 Bordeaux")


def test_an_address_ends_where_it_ends():
    """It led elsewhere in the text than in the letter beside it."""
    assert "x ⟨https://e.org/a%E2%9F%A9b⟩" == text_from('<a href="https://e.org/a⟩b">x</a>')
    assert "x ⟨https://e.org/ab%20c⟩" == text_from('<a href="https://e.org/a\nb c">x</a>')


def test_text_tells_what_a_picture_shows_and_what_was_struck_out():
    """Left as it is, a struck date reads as one that holds, and a description as a sentence of the writer."""
    body = body_of("Non pas ~~mardi~~, mercredi. ![Un puits](a.png) ![](b.png)").body

    assert "Non pas ~~mardi~~, mercredi. [Un puits]" == body.text
    assert ("Non pas mardi, mercredi. Un puits",) == body.blocks


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_reference_to_a_line_end_is_a_plain_one(dialect):
    """A lone carriage return, written as an entity, ended a line of the mail where none was meant."""
    body = body_of("a&#13;b &#xD;&#10; c", dialect).body

    assert "\r" not in body.html + body.text
    assert "a b c" == body.text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_text_writes_footnotes_as_numbers_in_brackets(dialect):
    """“text1” is another word than “text”."""
    text = text_from("text[^1]\n\n[^1]: the note", dialect)

    assert text.startswith("text[1]\n")
    assert "\n[1] the note" in text
    assert "↩" not in text


@pytest.mark.parametrize(
    "name",
    [
        "address", "article", "aside", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "header",
        "hgroup", "p", "section", "summary", "table",
    ],
)  # fmt: skip
def test_text_keeps_each_block_apart(name):
    """Two names of which the first ends where the second begins are one name."""
    assert ["un", "", "deux", "", "trois"] == text_of(f"un<{name}>deux</{name}>trois")


#: HTML, and the lines of a letter without pictures.
SAID = {
    **{f"<h{level}>a</h{level}>b": [f"{'#' * level} a", "", "b"] for level in range(1, 7)},
    "<p>a</p><hr><p>b</p>": ["a", "", "* * *", "", "b"],
    "a<tr>b</tr>c": ["a", "b", "c"],
    "a<li>b</li>c": ["a", "- b", "c"],
    "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d": ["- a", "  - b", "- c", "", "d"],
    '<ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>d': ["3. a", "4. b", "  c", "", "d"],
    '<ol title="start"><li>a</li></ol>': ["1. a"],
    "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>d": ["> a", "", "> > b", "", "> c", "", "d"],
    "<ul><li>a<pre>x\n  y</pre></li></ul>": ["- a", "      x", "        y"],
    "<p>a<br>b</p><pre>c<br>d</pre>": ["a", "b", "", "    c", "    d"],
    "<pre>a</pre><pre>b</pre><p>c</p>": ["    a", "", "    b", "", "c"],
    "<dl><dt>a</dt><dd>b</dd></dl>": ["a", "", "b"],
    "<ul><li>a<br>b</li></ul>": ["- a", "  b"],
    "<p><s>a</s></p>": ["~~a~~"],
    "<p><del>a</del></p>": ["~~a~~"],
    '<p><a href="#x">a</a> <a href="">b</a> <a title="href">c</a></p>': ["a b c"],
    '<p><a href="https://a.example/b c⟨⟩">c</a></p>': ["c ⟨https://a.example/b%20c%E2%9F%A8%E2%9F%A9⟩"],
    '<p><a href="mailto:a@b.example">a@b.example</a> <a href="mailto:a@b.example">moi</a></p>': ["a@b.example moi ⟨mailto:a@b.example⟩"],
    '<p><a href="https://a.example"><img src="x" alt="p"></a>, <a href="https://b.example"></a>fin</p>': ["[p] ⟨https://a.example⟩, fin"],
    '<p>a <img src="x" title="alt"> <img src="y" alt=" "> b</p>': ["a b"],
    '<p>x<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">n <a href="#fnref1">↩</a></li></ol>': ["x[1]", "", "[1] n"],
    "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td> </td></tr><tr><td></td><td>d</td></tr></tbody></table>": [
        "a · b", "- c · –", "- – · d",
    ],
    "<table><tr><td></td><td></td><td><em>x</em></td><td> <b> </b> </td></tr></table>": ["- – · – · x · –"],
    "<p>a</p>\n<p>&lt;b&gt;</p>\nc &amp; d": ["a", "", "<b>", "", "c & d"],
}  # fmt: skip


@pytest.mark.parametrize("html", SAID)
def test_text_says_what_the_page_shows(html):
    """Half of all members read this part, in a terminal or aloud."""
    assert SAID[html] == text_of(html)


@pytest.mark.parametrize(
    ("raw", "html"),
    [
        ('<p>a<img alt="b">c<img src="">d</p>', "<p>acd</p>"),
        ('<p><img src="a.png"></p>', f'<p><img src="{mark(0)}" alt=""></p>'),
        ('<p>a<input type="radio">c</p>', "<p>ac</p>"),
        ('<table><tbody><tr><td colspan="2">a</td><td align="justify">b</td></tr></tbody></table>',
         '<table><tbody><tr><td colspan="2">a</td><td>b</td></tr></tbody></table>'),
        ('<p><a href="MAILTO:a@b.example">c</a> <a href=" d.md ">e</a></p>', f'<p><a href="MAILTO:a@b.example">c</a> <a href="{mark(0)}">e</a></p>'),
        ('<p><a href="//a.example/?b&amp;c">d</a></p>', '<p><a href="https://a.example/?b&amp;c">d</a></p>'),
        ('<p><img src="https://a.example/?b&amp;c"></p>',
         '<p><a href="https://a.example/?b&amp;c">https://a.example/?b&amp;c</a></p>'),
        ('<p><a href="b.md">c</a><img src="https://a.example/b.png" alt="d"></p>',
         f'<p><a href="{mark(0)}">c</a><a href="https://a.example/b.png">d</a></p>'),
        (f"<h2>{'a' * 79} b</h2>", f'<h2 id="{"a" * 79}">{"a" * 79} b</h2>'),
        (f"<h2>{'a' * 82}</h2>", f'<h2 id="{"a" * 80}">{"a" * 82}</h2>'),
        ('<h2>a<img src="https://a.example/b.png" alt="c">d</h2>', '<h2 id="acd">a<a href="https://a.example/b.png">c</a>d</h2>'),
    ],
)  # fmt: skip
def test_what_stays_of_a_tag_is_what_it_needs(raw, html):
    """A page with a picture of no address shows a broken one, and one with an address of capitals loses a link."""
    assert html == read_body(raw).body.html


@pytest.mark.parametrize("lang", ["", "fr"])
def test_headings_of_all_levels_are_found_and_read_as_they_are_set(lang):
    """The table of contents names them, and raised letters and pictures from elsewhere are in the way."""
    raw = '<p><img src="https://a.example/b.png"></p><h1>Le 1er mai</h1><h2><em>b</em></h2><h3>c</h3><h4>d</h4><h5>e <em>e</em> e</h5><h6>f</h6>'

    for one in (raw, raw.partition("</p>")[2]):
        told = [(heading.level, heading.text.replace("\xa0", " ")) for heading in read_body(one, lang).body.headings]
        assert [(2, "Le 1er mai"), (3, "b"), (4, "c"), (5, "d"), (6, "e e e"), (6, "f")] == told
        told = [heading.text for heading in read_body("<p>x</p><h2>un <em>deux</em> trois</h2><h2>b</h2>", lang).body.headings]
        assert ["un deux trois", "b"] == told


#: Of each sort of text one that is read quickly, and one that needs a closer look.
TOLD = [
    "<p>Le 1er mai</p><p>un mot</p>",
    '<h2>1er</h2><ul><li>a<pre>b  c</pre></li></ul><p><img src="a.png" alt="d"></p>',
    "<p>Le 1er <del>mai</del></p><p><kbd>un</kbd> mot</p><address>ici</address>" + "<p>encore</p>" * 400,
]


@pytest.mark.parametrize("raw", TOLD, ids=range(len(TOLD)))
@pytest.mark.parametrize("lang", ["", "fr"])
def test_a_text_that_is_not_mailed_has_the_same_blocks_and_no_plain_text(raw, lang):
    """Search and teasers say the same of a page whether it goes out as a letter or not."""
    mailed, shown, begun = read_body(raw, lang), read_body(raw, lang, is_mailed=False), read_body(raw, lang, is_mailed=False, is_whole=False)

    assert "" == shown.body.text == begun.body.text
    assert (mailed.body.blocks, mailed.body.words) == (shown.body.blocks, shown.body.words) == (mailed.body.blocks, begun.body.words)
    assert mailed.body.blocks[:FIRST] == begun.body.blocks
    assert mailed.body.blocks == read_body(raw, lang, is_whole=False).body.blocks


def test_what_is_left_out_of_a_quoted_text_leaves_no_gap():
    """A teaser reads as the sentence that was written."""
    assert ("Le puits, ici, est là.",) == body_of("Le [puits](https://a.example), [ici](b.md), est là.").body.blocks


def test_text_is_unescaped_once():
    assert "1 < 2 & &copy; “x”" == text_from("1 < 2 & &amp;copy; “x”")


def test_blocks_are_the_text_without_marks_and_addresses():
    blocks = body_of("# T\n\n- one [l](https://e.org/)\n- two\n\n-5 °C ⟨sic⟩\n\n#tag\n\n---\n\n> quote").body.blocks

    assert ("T", "one l", "two", "-5 °C ⟨sic⟩", "#tag", "quote") == blocks


def test_words_are_counted_without_addresses():
    assert 3 == body_of("one [two](https://e.org/a-b)\n\n* three").body.words


# Depth and cost.


@pytest.mark.parametrize(
    "hostile", ["<div>" * 101, "</p>" * 500 + "<div>" * 101, "<div></p>" * 101, "<DIV><b></i>" * 60, "<blockquote>\n" * 101]
)
def test_deep_nesting_is_refused(hostile):
    """10,000 elements kill the program that makes letters; an end tag without a start must not hide them."""
    with pytest.raises(TooDeep):
        read_body(hostile)


def test_depth_that_would_hide_from_the_first_look_is_found_by_the_second(monkeypatch):
    """What the cleaner leaves is counted once more: no way to hide it is known today."""
    monkeypatch.setattr(body, "check_depth", lambda _: None)

    assert read_body("<div>" * MOST_DEPTH + "x").body.words
    with pytest.raises(TooDeep):
        read_body("<div>" * (MOST_DEPTH + 1) + "x")


@pytest.mark.parametrize(
    "harmless",
    [
        *("<div>" * MOST_DEPTH + "x" + "</div>" * MOST_DEPTH, "<p>x" * 500, "<ul>" + "<li>x" * 500 + "</ul>"),
        *("<br>x" * 500, "<div>x</div>" * 500),
    ],
)
def test_long_is_not_deep(harmless):
    """Old pages leave their paragraphs open."""
    assert read_body(harmless).body.words


@pytest.mark.parametrize("hostile", ["⟨", "<", "&", "&#", "<!--", "\u00a0", "<b>x</b>", '<a href="x">y</a> '])
def test_reading_time_grows_with_the_length(hostile):
    times = []
    for count in (4_000, 32_000):
        start = process_time()
        read_body("<p>" + hostile * count + "</p>")
        times.append(process_time() - start)

    assert times[1] < max(0.5, times[0] * 8 * 4)


@pytest.mark.parametrize("word", ["decorative", "Decorative", "décorative", "DÉCORATIF", " décoratif "])
def test_a_picture_can_say_that_it_only_decorates(word):
    """Somebody who listens to the page is spared it, and nobody reads the word on hovering."""
    rough = read_body(f'<p><img src="trait.png" alt="x" title="{word}" /></p>')

    assert '<p><img src="\x020\x03" alt=""></p>' == rough.body.html
    assert () == rough.bare


@pytest.mark.parametrize(
    ("picture", "bare"),
    [
        ('<img src="a.png" alt="">', (("a.png", ""),)),
        ('<img src="a.png">', (("a.png", ""),)),
        ('<img src="a.png" alt=" &nbsp; ">', (("a.png", ""),)),
        ('<img src="a.png" alt="" title="Le banc">', (("a.png", "Le banc"),)),
        ('<img src="a.png" alt="Le banc" title="Photo : Inès">', ()),
    ],
)
def test_a_picture_without_words_is_noticed(picture, bare):
    """To those who do not see it, it would not be there."""
    assert bare == read_body(f"<p>{picture}</p>").bare


def test_links_that_a_text_answers_for_alone_are_noticed_once_each():
    """A place in the same text, a mail address, a telephone number: no other file is needed to judge them."""
    links = ("#ici", "mailto:", "tel:+33500", "https://ailleurs.example/#x", "b.md#y", "#ici")
    rough = read_body("".join(f'<p><a href="{link}">x</a></p>' for link in links))

    assert ("#ici", "mailto:", "tel:+33500") == rough.inner


FRENCH = """\
## L'atelier : "mode d'emploi" !

Bonjour! L'*été*, c'est «ici» ; à 18h30 , 12 500 km ... le 1er mai.

Tapez `git log --format='%h' !` ou :

    x = "l'a" ; y !

Voir [l'autre](autre.md "C'est lui !"), https://a.example/l'b?c! et ![L'été : "vu" !](a.png).

<span class="verbatim">Yahoo! l'a</span> et <span lang="en">Don't: "no"!</span>

| L'un | L'autre |
| --- | --- |
| 12 kg | `l'a !` |
"""


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_french_text_is_set_in_both_dialects_and_its_code_is_not(dialect):
    """Page, feed and letter are made of this one body, so all of them agree."""
    body = read_body(engine(dialect)(FRENCH), "fr").body
    html = re.sub(r' target="[^"]*"| rel="[^"]*"', "", body.html)

    assert '<h2 id="l-atelier-mode-d-emploi">L’atelier\u00a0: «\u00a0mode d’emploi\u00a0»\u202f!</h2>' in html
    assert (
        "Bonjour\u202f! L’<em>été</em>, c’est «\u00a0ici\u00a0»\u202f; à 18\u00a0h\u00a030 , 12\u202f500\u00a0km … le 1<sup>er</sup>\u00a0mai."
        in html
    )
    assert "<code>git log --format='%h' !</code> ou\u00a0:" in html
    assert 'x = "l\'a" ; y !\n</code></pre>' in html
    assert f'<a href="{mark(0)}" title="C’est lui\u202f!">l’autre</a>' in html
    assert "https://a.example/l'b?c" in html
    assert 'alt="L’été\u00a0: «\u00a0vu\u00a0»\u202f!"' in html
    assert '<span class="verbatim">Yahoo! l\'a</span> et <span lang="en">Don\'t: "no"!</span>' in html
    assert "L’un</th>" in html
    assert "12\u00a0kg</td>" in html
    assert "<code>l'a !</code></td>" in html


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_plain_text_of_a_french_text_is_set_too_without_raised_letters(dialect):
    """Teasers, feeds and the text of letters are made of it; 1^er would be a riddle."""
    body = read_body(engine(dialect)(FRENCH), "fr").body

    assert body.blocks[0] == "L’atelier\u00a0: «\u00a0mode d’emploi\u00a0»\u202f!" == body.headings[0].text
    assert "le 1er\u00a0mai." in body.text
    assert 'x = "l\'a" ; y !' in body.text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_anchors_come_from_what_was_typed(dialect):
    """They were published; a colon with a space before it, or 2ème become 2e, must not move them."""
    markdown = "## La 2ème fois: l'été\n\n## À 18h30\n\n## `l'a !`\n"
    typed, printed = read_body(engine(dialect)(markdown)).body, read_body(engine(dialect)(markdown), "fr").body

    assert [one.anchor for one in typed.headings] == [one.anchor for one in printed.headings] == ["la-2eme-fois-l-ete", "a-18h30", "l-a"]
    assert ["La 2e fois\u00a0: l’été", "À 18\u00a0h\u00a030", "l'a !"] == [one.text for one in printed.headings]


def test_headings_within_headings_keep_their_own_texts():
    """Raw HTML may nest them; each anchor still has its text."""
    raw = "<h2>L'un<div><h3>l'autre</h3></div></h2><h4></h4><h2>d'ici</h2>"
    typed, printed = read_body(raw).body, read_body(raw, "fr").body

    assert [(one.level, one.anchor, one.text.replace("'", "’")) for one in typed.headings] == [
        (one.level, one.anchor, one.text) for one in printed.headings
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_text_of_another_language_stays_as_it_was_typed(dialect):
    """English has its own rules, and its editors their own habits."""
    raw = engine(dialect)(FRENCH)

    assert read_body(raw) == read_body(raw, "en")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nobody_writes_a_mark_of_ours_by_an_entity(dialect):
    """&#2;9&#3; posed as the tenth link of the text, and the build fell over it."""
    body = body_of("a &#2;9&#3; b &#14; &#x10;c", dialect).body

    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", body.html)
    assert "9" in body.with_links(lambda address: address)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("written", "read"),
    [("l&#x92;eau", "l’eau"), ("l&#146;eau", "l’eau"), ("&#xFFFE;", ""), ("&#65535;", ""), ("&#x81;", ""), ("&#xFEFF;", "")],
)
def test_a_reference_to_a_character_that_no_feed_can_hold_is_read_as_browsers_do(dialect, written, read):
    """Texts of old Windows have `&#146;` for an apostrophe; `&#xFFFE;` stopped the whole build, naming no file."""
    assert f"<p>a {read} b</p>".replace("  ", " ") == body_of(f"a {written} b", dialect).body.html.replace("  ", " ")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_headings_fit_below_the_title_whatever_was_typed(dialect):
    """A text that begins with # gave its page two titles; links to its headings go on working."""
    body = body_of("# Un\n\nIci.\n\n### Trois\n\nLà.\n\n# Encore", dialect).body

    assert [(2, "un"), (3, "trois"), (2, "encore")] == [(one.level, one.anchor) for one in body.headings]
    assert ['<h2 id="un">Un</h2>', '<h3 id="trois">Trois</h3>', '<h2 id="encore">Encore</h2>'] == re.findall(r"<h.*</h\d>", body.html)
    assert body.text.startswith("## Un\n\nIci.\n\n### Trois")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_heading_called_like_a_part_of_the_page_has_a_name_of_its_own(dialect):
    """« Les dates » of a text led to the dates of the event below it, and the page had one name twice."""
    rough = body_of('## Dates\n\n## Dates\n\n<p id="main">Ici</p>', dialect)

    assert ["dates-2", "dates-3"] == [one.anchor for one in rough.body.headings]
    assert {"dates-2", "dates-3"} == rough.anchors
    assert 'id="main"' not in rough.body.html


def test_every_place_of_a_page_with_a_text_is_known():
    """A place that a template gets one day must not be taken by a text that was there before."""
    theme = Path(__file__).parents[2] / "theme" / "templates"
    with_text = [file for file in sorted(theme.glob("*.html")) if 'extends "parts/item.html"' in file.read_text(encoding="utf-8")]
    parts = [file for file in sorted(theme.glob("parts/*.html")) if file.name != "rows.html"]
    found = {
        place
        for file in (*with_text, *parts, theme / "base.html")
        for place in re.findall(r'\bid="([^"]+)"', file.read_text(encoding="utf-8"))
    }
    names = {place for place in found if "{" not in place}
    begins = {place.partition("{")[0] for place in found - names}

    assert set() == names - PAGE_ANCHORS
    assert {"seek-", SECTION_ANCHORS, "part-"} == begins


def test_an_anchor_that_is_only_written_about_is_none():
    """A link to it would lead nowhere."""
    assert {"b"} == read_body('<p><code>&lt;p id="a"&gt; id="c"</code></p><p id="b">x</p>').anchors
