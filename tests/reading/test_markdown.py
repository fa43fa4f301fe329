"""Both dialects render what their users expect, through one seam."""

import re

import markdown
import pytest

from handbill.reading.markdown import AS_WRITTEN, engine


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("| a |\n|:-:|\n| 1 |", '<th align="center">a</th>'),
        ("~~x~~", "<del>x</del>"),
        ("- [x] fait", 'type="checkbox"'),
        ("www.exemple.example", '<a href="http://www.exemple.example">'),
        ("a[^1]\n\n[^1]: note", 'class="footnotes"'),
        ("> [!WARNING]\n> gare", "markdown-alert-warning"),
        ("```python\nx\n```", "language-python"),
        ("<b>x</b>", "<b>x</b>"),
        ("<style>\n\nreste", "&lt;style>"),
    ],
)
def test_github_renders_what_a_reviewer_sees_in_the_pull_request(written, rendered):
    """What is approved there must be what members get."""
    assert rendered in engine("github")(written)


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("Terme\n:   sens", "<dd>sens</dd>"),
        ("a | b\n--|--\n1 | 2", "<td>1</td>"),
        ("~~x~~", "<del>x</del>"),
        ("- [x] fait", 'type="checkbox"'),
        ("*[HTML]: langage\n\nHTML", '<abbr title="langage">'),
        ("!!! note\n    ceci", 'class="admonition note"'),
        ("https://exemple.example/", '<a href="https://exemple.example/">'),
        ("a[^1]\n\n[^1]: note", "footnote"),
    ],
)
def test_python_markdown_renders_what_pelican_users_write(written, rendered):
    """A community that comes from Pelican keeps its texts."""
    assert rendered in engine("python-markdown")(written)


def test_one_text_leaves_nothing_behind_for_the_next():
    """A converter is used for many texts; notes of one must not appear under another."""
    render = engine("python-markdown")
    alone = render("a[^1]\n\n[^1]: un")
    render("*[a]: partout\n\nb[^1]\n\n[^1]: deux")

    assert alone == render("a[^1]\n\n[^1]: un")


@pytest.mark.parametrize("family", ["[", "[a](<b", "<![CDATA[", "<a ", "<http://", "*a **a ", "`` ` ", "![[]()", "> ", "(("])
def test_github_grows_no_faster_than_the_text(family):
    """A stranger's text must not stall the build; doubling it may double the output, not square it."""
    render = engine("github")

    short, long = (len(render(family * n)) for n in (4000, 8000))
    assert long <= 2.4 * short + 1000


@pytest.mark.parametrize(
    ("written", "is_shown"),
    [
        ("<script>", True),
        ("a <SCRIPT src=x> b", True),
        ("<div>\n</title\n>", True),
        ("<xmp/>", True),
        ("- <iframe", True),
        ("<scripts>", False),
        ("<style-x>", False),
        ("`<script>`", False),
    ],
)
def test_elements_that_the_forge_shows_are_shown(written, is_shown):
    """Left as an element, one that is never closed would take the rest of the text with it."""
    made = engine("github")(written)

    assert not re.search(r"</?(script|title|xmp|iframe)(?![\w/-])", made)
    assert is_shown == bool(re.search(r"&lt;/?(script|title|xmp|iframe)\b(?!&gt;</code>|s)", made, re.IGNORECASE))


def test_html_is_well_formed_enough_to_be_cleaned():
    """Whatever a writer leaves open is closed by the engine or by the cleaning after it."""
    assert re.search(r"<p>a &lt; b &amp; c</p>", engine("github")("a < b & c"))


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
def test_the_last_line_needs_no_end(dialect):
    """What comes to the engine has none, and the address of a link would be lost with it."""
    assert 'href="x.md"' in engine(dialect)("[a]\n\n[a]: <x.md>")


@pytest.mark.parametrize(
    "text",
    [
        "Un *mot*, __deux__, `trois`, ~~quatre~~ et \\*cinq\\* ; a_b_c & d &copy; <b>e</b> <https://f.example/> <g@h.example>  \nfin",
        "[a](b.md) [c][d] [d] ![e](f.png \"g\") ![h][d]\n\n[d]: https://i.example/ 'j'\n\nwww.k.example https://l.example/ m@n.example W.o",
        "# A\n\nB\n===\n\nC\n-\n\n***\n\n> D\n> # E\n\n1. f\n\n    g\n\n    - h\n\n* i\n+ j",
        "| a | b |\n|---|--:|\n| c | `d|e` |\n\nf | g\n--|--\nh | i",
        "T\n:   sens\n\n    suite\n\n*[HTML]: langage\n\nHTML[^1]\n\n[^1]: note\n\n    encore\n\n!!! note\n    ceci\n\n    cela",
        "```py\n# x\n```\n\n    code | * -\n\n<div markdown=\"1\">\n\n- [x] fait {: .a }\n\n</div>\n\n## F {#g}",
        "*a **b* c** ***d*** [*e*](f) `[g](h)` [`i`](j) **[k](l \"m\")**\\\nn",
    ],
)
def test_rules_that_are_left_out_would_have_found_nothing(text):
    """A quarter of the time was spent on trying them."""
    assert markdown.Markdown(**AS_WRITTEN).convert(text) == engine("python-markdown")(text)
