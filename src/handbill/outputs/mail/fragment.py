"""The clean HTML of a hand-written text → the same as mail programs can show it."""

from __future__ import annotations

import re

from handbill.hub.gaps import NARROW, WIDE

#: The width between the margins of a letter, in pixels.
WIDTH = 536

_IMG = re.compile(r"<img ([^>]*)>")
_CHECKBOX = re.compile(r'<input type="checkbox"([^>]*)>\s*')
_LINK = re.compile(r'href="([^"]*)"')


def fitted(html: str) -> str:
    """Return a text whose pictures fit the letter, and in which nothing waits for a click.

    Boxes to tick become signs, and what unfolds on a page stands open.
    """
    html = _IMG.sub(lambda found: _picture(found[1]), html)
    html = _CHECKBOX.sub(lambda found: ("&#9745;" if "checked" in found[1] else "&#9744;") + "&#160;", html)
    html = re.sub(r"<details[^>]*>", '<div class="unfolded">', html).replace("</details>", "</div>")
    return re.sub(r"<summary[^>]*>", '<p class="unfolded-title">', html).replace("</summary>", "</p>")


def _picture(attributes: str) -> str:
    values = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
    values.pop("loading", None)
    values.setdefault("alt", "")
    if values.get("width", "").isdigit() and int(values["width"]) > WIDTH:
        if values.get("height", "").isdigit():
            values["height"] = str(max(1, round(int(values["height"]) * WIDTH / int(values["width"]))))
        values["width"] = str(WIDTH)
    if "width" in values:
        # A picture in a table shrinks with it only this way, also while it is blocked.
        values["style"] = f"width:100%;max-width:{values['width']}px"
    return "<img " + " ".join(f'{name}="{value}"' for name, value in values.items()) + ">"


def sturdy(text: str) -> str:
    """Return a text without narrow no-break spaces, for which some mail programs show a box (decision 0016)."""
    return text.replace(NARROW, WIDE)


def links(html: str) -> tuple[str, ...]:
    """Return the addresses that a text leads to, each once, in their order, as they are written in HTML."""
    return tuple(dict.fromkeys(link for link in _LINK.findall(html) if not link.startswith("#")))
