"""The HTML of a letter → the same as one kind of mail program shows it: light, dark, turned inside out, without pictures.

A pane must not depend on how the editor's own screen is set, so what a letter
asks of the screen is answered here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)
_ASKED = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
_BOTH = re.compile(r"(color-scheme\s*:\s*)light\s+dark", re.IGNORECASE)
_META = re.compile(r'(<meta\b[^>]*name="(?:supported-)?color-schemes?"[^>]*content=")[^"]*(")', re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_IMG = re.compile(r"(<img\b[^>]*?)\ssrc=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)

#: Conditions that hold always and never.
_YES, _NO = "(min-width: 0)", "(max-width: 0)"

#: How Gmail on iPhones and Outlook on Windows darken a letter that asks for nothing: light and dark change places,
#: hues stay, pictures are left alone.  An approximation; each program has tables of its own.
_INSIDE_OUT = "<style>html{background:#fff;filter:invert(1) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}</style>"


def light(html: str) -> str:
    """Return a letter as a screen shows it that is set to light."""
    return _in_scheme(html, "light")


def dark(html: str) -> str:
    """Return a letter as a screen shows it that is set to dark, by programs that let it choose its own colours."""
    return _in_scheme(html, "dark")


def inverted(html: str) -> str:
    """Return a letter as programs show it that turn every colour around."""
    return _after_head(light(html), _INSIDE_OUT)


def without_pictures(html: str) -> str:
    """Return a letter as it stands before somebody lets its pictures load; their descriptions are shown."""
    return _IMG.sub(r"\1", html)


def in_pane(html: str) -> str:
    """Return a letter whose links open beside the pane, not in it."""
    return _after_head(html, '<base target="_blank">')


#: What a pane can show, by the name of its address.
SCHEMES: dict[str, Callable[[str], str]] = {"light": light, "dark": dark, "inverted": inverted}


def _in_scheme(html: str, scheme: str) -> str:
    def answered(style: re.Match[str]) -> str:
        rules = _ASKED.sub(lambda asked: _YES if asked[1].lower() == scheme else _NO, style[2])
        return style[1] + _BOTH.sub(rf"\g<1>{scheme}", rules) + style[3]

    return _META.sub(rf"\g<1>{scheme}\g<2>", _STYLE.sub(answered, html))


def _after_head(html: str, more: str) -> str:
    return _HEAD.sub(lambda head: head[0] + more, html, count=1)
