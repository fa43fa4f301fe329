"""Texts as reading programs show them: away from their page, without its style and script."""

from __future__ import annotations

import pytest

from handbill.outputs.feed_text import for_readers

HERE = "https://essai.example/posts/a/"


@pytest.mark.parametrize(
    ("page", "reader"),
    [
        ('<p><a href="#fn-1" id="fnref-1">1</a></p>', f'<p><a href="{HERE}#fn-1">1</a></p>'),
        ('<a title="a > b" href="#ici">là</a>', f'<a title="a > b" href="{HERE}#ici">là</a>'),
        ('<a href="https://b.example/#c">d</a>', '<a href="https://b.example/#c">d</a>'),
        ('<li><input type="checkbox" disabled="" checked=""> fait</li>', "<li>☑ fait</li>"),
        ('<li><input type="checkbox" disabled=""> à faire</li>', "<li>☐ à faire</li>"),
        ('<div class="markdown-alert"><p class="markdown-alert-title">Astuce</p></div>', "<div><p><strong>Astuce</strong></p></div>"),
        ('<div class="admonition"><p class="admonition-title">Note</p></div>', "<div><p><strong>Note</strong></p></div>"),
        ('<pre><code class="language-python">x</code></pre>', '<pre><code class="language-python">x</code></pre>'),
        ('<td class="align-right">1</td>', '<td align="right">1</td>'),
        ('<img src="https://e.example/a.png" loading="lazy" alt="a">', '<img src="https://e.example/a.png" alt="a">'),
        ('<h2 id="a">A</h2>', "<h2>A</h2>"),
        ('<p lang="en" dir="ltr">a</p>', '<p lang="en" dir="ltr">a</p>'),
        ('<details open><summary class="x">a</summary></details>', '<details open=""><summary>a</summary></details>'),
        ("<p>a<br>b &lt;a href=\"#code\"&gt;</p>", '<p>a<br>b &lt;a href="#code"&gt;</p>'),
        ('<a href="https://b.example/" aria-label="b" role="x" onclick="y" data-z="1">c</a>', '<a href="https://b.example/">c</a>'),
    ],
)  # fmt: skip
def test_a_text_keeps_its_meaning_away_from_its_page(page, reader):
    """Programs drop boxes to tick, and a place to jump to would be another text's."""
    assert reader == for_readers(page, HERE)


def test_a_text_without_anything_of_that_is_not_touched():
    """Most texts are plain."""
    plain = "<p>Un <strong>texte</strong> &amp; 1 &lt; 2.</p>\n<ul>\n<li>a</li>\n</ul>"

    assert plain == for_readers(plain, HERE)
