"""Rules of Python-Markdown that cannot find anything are left out, and what it finds stays the same."""

import random

import pytest
from markdown.treeprocessors import InlineProcessor

from handbill.reading import markdown

_BITS = (
    "`", "``", "\\", "\\*", "[^1]", "[^1]: note\n", "[a](b.md)", "[a]", "[a][b]", "[b]: /x 'y'\n", "![d](a.png)", "![d][b]", "![d]", "<https://a.example/>",
    "<i@a.example>", "  \n", "\n\n", "<b>", "</b>", "<!-- c -->", "&amp;", "&", "https://a.example/x_y_", "ftp://a.example", "www.a.example", "wWw.a.example",
    "WWW.A.EXAMPLE", "http://localhost", "i@a.example", "*", "**", "_", "__", "~~", "~", "mot", "été", "l’eau", " ", " ", " ", ".", ":", "| a | b |\n|---|---|\n",
    "- ", "> ", "# ", "*[ABC]: sens\n", "ABC", "{: .x }", "{ .y }", "[ ] ",
    "\n- [\t] ", "\n* [x] ", "\n    ", "\t", "!!! note\n    ", '<div class="admonition" markdown="1">\n', "</div>", "```\n", "\n---\n", "1. ", "\n: ", "&lt;",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_every_text_comes_out_as_python_markdown_makes_it_by_itself(seed, monkeypatch):
    """An update of the library may bring a rule with other signs."""
    chance = random.Random(seed)
    ours = markdown._python_markdown()
    monkeypatch.setattr(markdown, "_inline", InlineProcessor)
    monkeypatch.setattr(markdown, "_quicken", lambda _converter: str.strip)
    alone = markdown._python_markdown()
    for _ in range(60):
        text = "".join(chance.choice(_BITS) for _ in range(chance.randrange(1, 40)))

        assert alone(text) == ours(text), text
