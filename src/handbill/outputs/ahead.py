"""A process of its own that gets ready to render while the hub is read, after another thing that can be known at once.

To import the engine and to read templates takes longer than all pages of a
small build.  Whatever goes wrong there, all of it is done here instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from handbill.outputs.forked import Forked, can_fork
from handbill.outputs.planned import Finished
from handbill.plain import odd_among_ours

#: What most edits lead to; other templates are read when a page wants them.
_TEMPLATES = ("post.html",)


class Ahead(Forked):
    """The process: what it was asked first, and the digest of the templates that it has read; it renders one page at a time."""

    def __init__(self, root: Path, first: Callable[[], bool]) -> None:
        super().__init__(partial(_serve, root, first))
        self._first: tuple[bool] | None = None
        self._digest: str | None = None

    def first(self) -> bool:
        """Say whether what it was asked first is true; wait for it."""
        if self._first is None:
            self._first = (bool(self.answer()),)
        return self._first[0]

    def has(self, templates_digest: str) -> bool:
        """Say whether it has read these very templates; wait for it."""
        self.first()
        if self._digest is None:
            self._digest = str(self.answer() or "")
        return self._digest == templates_digest

    def text(self, page: Finished) -> str | None:
        """Return the text of a page; ``None`` where it has to be rendered here."""
        answer = self.answer() if self.ask(page) else None
        return None if answer is None else str(answer)


_running: list[Ahead] = []


@contextmanager
def ahead_of(root: Path, first: Callable[[], bool] = bool, *, is_wanted: bool) -> Iterator[Ahead | None]:
    """Have a process find out whether *first* holds, and then get ready for the theme of the hub at *root*.

    Lend it, or ``None`` where it is not wanted or cannot be had.
    """
    if not is_wanted or not can_fork():
        yield None
        return
    _running[:] = [begun := Ahead(root, first)]
    try:
        yield begun
    finally:
        _running.clear()
        begun.close()


def ready_for(templates_digest: str) -> Ahead | None:
    """Return the process that has read these very templates, if one runs."""
    return next((one for one in _running if one.has(templates_digest)), None)


def _serve(root: Path, first: Callable[[], bool], wish: Callable[[], Any], tell: Callable[[object], None]) -> None:
    """Tell what was asked first, the digest of the templates, and then the text of each page that is asked for, until nobody asks."""
    tell(first())
    if odd_among_ours(root):
        return
    from handbill.outputs.rendering import Rendering
    from handbill.outputs.theme import Theme

    theme = Theme(root)
    digest = theme.templates_digest
    rendering = Rendering(theme, _TEMPLATES, is_alone=True)
    tell(digest)
    while True:
        tell(rendering.text(wish()))
