"""Markdown → HTML, in one of two dialects.  Knows comrak and Python-Markdown; the only module that does.

The engine turns text into HTML and knows nothing else; cleaning, links, text
and anchors come after, shared by both dialects (decision 0002).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


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

    def render(text: str) -> str:
        converter.reset()
        return str(converter.convert(text))

    return render
