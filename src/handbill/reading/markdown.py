"""Markdown → HTML, in one of two dialects.  Knows comrak and Python-Markdown; the only module that does.

The engine turns text into HTML and knows nothing else; cleaning, links, text
and anchors come after, shared by both dialects (decision 0002).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import markdown
    import markdown.treeprocessors


@cache
def engine(dialect: str) -> Callable[[str], str]:
    """Return the function that renders a text in the dialect ``github`` or ``python-markdown``."""
    return {"github": _github, "python-markdown": _python_markdown}[dialect]()


def _github() -> Callable[[str], str]:
    import comrak

    extensions = comrak.ExtensionOptions()
    for name in ("table", "strikethrough", "autolink", "tasklist", "footnotes", "alerts", "tagfilter"):
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    # As on the forge, a <script> or <style> in a text is shown as text: left as an
    # element, one that is never closed would take the rest of the text with it.
    # Other raw HTML passes here and is cleaned once for both dialects afterwards.
    rendering.unsafe_ = True

    def render(text: str) -> str:
        # Without a line end a definition in angle brackets on the last line would be taken for text.
        return str(comrak.render_markdown(text + "\n", extension_options=extensions, render_options=rendering))

    return render


def _python_markdown() -> Callable[[str], str]:
    import markdown

    # Made once: building the parser costs more than most texts.  The table of
    # contents extension stays out, because our own pass sets the anchors and
    # that extension's time grows with the square of equal headings.
    converter = markdown.Markdown(
        extensions=[
            "abbr",
            "attr_list",
            "def_list",
            "fenced_code",
            "footnotes",
            "md_in_html",
            "tables",
            "admonition",
            "sane_lists",
            "pymdownx.magiclink",
            "pymdownx.tasklist",
            "pymdownx.tilde",
        ],
        extension_configs={"footnotes": {"UNIQUE_IDS": False}},
        output_format="xhtml",
    )

    converter.treeprocessors.register(_inline(converter), "inline", 20)

    def render(text: str) -> str:
        converter.reset()
        return str(converter.convert(text))

    return render


#: Signs without which a rule for words in a sentence finds nothing.
_SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "magic-link": ("://", "w.", "W."),
    "magic-mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~",),
}


def _inline(converter: markdown.Markdown) -> markdown.treeprocessors.InlineProcessor:
    """Return Python-Markdown's own way through the words, without the rules that cannot find anything in them.

    It tries each of some twenty rules on each piece of text, and for most pieces
    none applies; that took a third of the time.
    """
    from markdown.inlinepatterns import Pattern
    from markdown.treeprocessors import InlineProcessor
    from markdown.util import AtomicString

    rules: list[tuple[Pattern, tuple[str, ...]]] = [(rule, ()) for rule in converter.inlinePatterns]
    for name, signs in _SIGNS.items():
        at = converter.inlinePatterns.get_index_for_name(name)
        rules[at] = rules[at][0], signs

    class Inline(InlineProcessor):
        # A private method of the library, whose version is locked; the tests compare with what it does by itself.
        def _InlineProcessor__handleInline(self, text: str, first: int = 0) -> str:  # noqa: N802
            if isinstance(text, AtomicString):
                return text
            for number in range(first, len(rules)):
                rule, signs = rules[number]
                if signs and not any(sign in text for sign in signs):
                    continue
                goes_on, start = True, 0
                while goes_on:
                    text, goes_on, start = self._InlineProcessor__applyPattern(rule, text, number, start)  # type: ignore[attr-defined]
            return text

    return Inline(converter)
