"""The record of a page → where it hangs in the hub: the pages above it, as readers and search engines are told."""

from __future__ import annotations

from typing import Any

from handbill.outputs.views import Page, Shell, To
from handbill.outputs.words import Words


def trail(page: Page, shell: Shell, words: Words) -> tuple[To, ...]:
    """Return the pages above a page, from the front page down; none for the front page and what nobody should find."""
    if not page.is_indexed or page.address == shell.home:
        return ()
    above = [over for start, over in shell.sections if page.address.startswith(start) and page.address != over.address]
    return (To(words("Home"), shell.home), *above)


def place(view: Any, words: Words) -> str:
    """Return what a page is called at the end of its trail: its title, or its number in a list of several pages."""
    pager = getattr(view, "pager", None)
    if pager is not None and pager.number > 1:
        return words("Page {number} of {count}", number=pager.number, count=pager.count)
    return str(view.page.title)
