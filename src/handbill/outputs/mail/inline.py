"""Style rules → ``style`` attributes, because mail programs drop style sheets.  The one module that knows css-inline."""

from __future__ import annotations

from functools import lru_cache

from css_inline import CSSInliner


def inlined(html: str, rules: str) -> str:
    """Return a document with *rules* written onto its elements; its own style blocks stay as they are.

    Not to be done twice: what stands on an element by then would win.
    """
    return _inliner(rules).inline(html)


# Reading the rules costs more than using them.  With keep_at_rules, css-inline
# 0.23 leaves extra_css out altogether; rules with @ stand in the head instead.
@lru_cache(maxsize=8)
def _inliner(rules: str) -> CSSInliner:
    return CSSInliner(inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=rules, minify_css=True)
