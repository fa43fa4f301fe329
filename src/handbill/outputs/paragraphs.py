"""Paragraphs that are more than text: a link that is a button, a picture with its caption, the name under a quotation.

Editors write them in plain Markdown, which reads the same where nobody knows
of this: in feeds, in the text part of a mail, in the repository.
"""

from __future__ import annotations

import re
from collections.abc import Callable

#: How many signs a button can have; a longer paragraph is a sentence that somebody wanted bold.
MOST_SIGNS = 60

_BUTTON = re.compile(r"<p><strong><a (?P<attributes>[^<>]*)>(?P<label>(?:(?!</?a\b|</p>).)+)</a></strong></p>", re.DOTALL)
_PICTURE = re.compile(r"<p>(?P<before>(?:<a [^<>]*>)?)<img (?P<attributes>[^<>]*)>(?P<after>(?:</a>)?)</p>")
_TITLE = re.compile(r'\s*\btitle="([^"]*)"')
#: A dash and a name: the last paragraph of a quotation, or the last line of its last paragraph.
_BY = re.compile(r"<p>(?P<name>[—–][ \u00a0\u202f](?:(?!</?p>).)*)</p>\s*</blockquote>", re.DOTALL)
_BY_LINE = re.compile(r"(?:<br ?/?>)?\n(?P<name>[—–][ \u00a0\u202f][^\n]*)</p>\s*</blockquote>")
_TAG = re.compile(r"<(/?)[a-z][^<>]*>")


def set_apart(html: str, button: Callable[[str, str], str]) -> str:
    """Return a text with what stands alone in a paragraph told apart from what is read.

    *button* makes one of the attributes of its link and of its words, both HTML.
    A caption is what the picture's title said; ``p.by`` names who is quoted.
    """
    if "<p><strong><a " in html:
        html = _BUTTON.sub(lambda found: _button(found, button), html)
    if "<img " in html:
        html = _PICTURE.sub(_captioned, html)
    if "</blockquote>" in html:
        html = _BY.sub(r'<p class="by">\g<name></p></blockquote>', html)
        html = _BY_LINE.sub(_on_its_own, html)
    return html


def _button(found: re.Match[str], button: Callable[[str, str], str]) -> str:
    label = found["label"]
    is_short = len(_TAG.sub("", label)) <= MOST_SIGNS
    return button(found["attributes"], label) if is_short and "<img" not in label else found[0]


def _captioned(found: re.Match[str]) -> str:
    title = _TITLE.search(found["attributes"])
    if not title or not title[1].strip() or bool(found["before"]) != bool(found["after"]):
        return found[0]
    # Left on the picture, it would be read twice.
    picture = f"<img {_TITLE.sub('', found['attributes'], count=1).strip()}>"
    return f'<figure class="picture">{found["before"]}{picture}{found["after"]}<figcaption>{title[1]}</figcaption></figure>'


def _on_its_own(found: re.Match[str]) -> str:
    opened = sum(-1 if tag[1] else 1 for tag in _TAG.finditer(found["name"]))
    return found[0] if opened else f'</p><p class="by">{found["name"]}</p></blockquote>'
