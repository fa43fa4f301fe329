"""What follows from the whole record of a page, worked out only where the page is rendered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handbill.outputs.linked import linked
from handbill.outputs.qr import squares
from handbill.outputs.trail import trail
from handbill.outputs.views import ItemPage, Page, Shell
from handbill.outputs.words import Words


def told(view: Any, shell: Shell, words: Words) -> Page:
    """Return the page of a record with its trail, its linked data and, for a poster, its address as a QR code.

    All of it is a function of what the key of the page is made of, so it costs
    nothing where a page stands already (decision 0007).
    """
    page: Page = view.page
    above = trail(page, shell, words)
    size, path = squares(page.canonical) if _is_poster(view) else (0, "")
    return replace(page, trail=above, linked=linked(view, shell, above, words), qr=path, qr_size=size)


def _is_poster(view: Any) -> bool:
    """Say whether somebody may pin the page up: it tells of something to come."""
    return isinstance(view, ItemPage) and view.card.when is not None and view.card.state in ("upcoming", "ongoing")
