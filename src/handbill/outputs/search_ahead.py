"""A process of its own that gets ready to index while the hub is read: it reads what is known of every page.

That, and to write it down again, takes as long as to index a page that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from handbill.outputs.forked import Forked, can_fork

#: The new files in a folder, and the paths of those that stand already.
Index = tuple[Path, tuple[str, ...]]


class _Ahead(Forked):
    """The process, which has read the *notes* of another time."""

    def __init__(self, notes: Path) -> None:
        super().__init__(partial(_serve, notes))
        self.notes = notes
        self._is_asked = False

    def index(self, wish: tuple[object, ...], scratch: Path) -> Callable[[], Index | None]:
        """Begin to index; return what waits for the index, which is none where it has to be made here."""
        # A folder of its own: one whose build was killed must not write into that of the next build.
        self._is_asked = self.ask((scratch / str(self._process), *wish))
        return self.answer if self._is_asked else _nothing

    def finish(self) -> None:
        """Wait until what is known now has been written down."""
        if self._is_asked:
            self.answer()


_running: list[_Ahead] = []


@contextmanager
def search_ahead_of(notes: Path, *, is_wanted: bool) -> Iterator[None]:
    """Have a process read these *notes*, and index for whoever asks with them; where it cannot be had, nothing is different."""
    if not is_wanted or not notes.exists() or not can_fork():
        yield
        return
    _running[:] = [begun := _Ahead(notes)]
    try:
        yield
        begun.finish()
    finally:
        _running.clear()
        begun.close()


def ask(notes: Path | None, wish: tuple[object, ...], scratch: Path) -> Callable[[], Index | None]:
    """Ask the process that has read these notes to index; return what waits for its answer, ``None`` where nobody can be asked."""
    running = next((one for one in _running if one.notes == notes), None)
    return running.index(wish, scratch) if running else _nothing


def _nothing() -> None:
    return None


def _serve(notes: Path, wish: Callable[[], Any], tell: Callable[[object], None]) -> None:
    """Index once, tell where the files are, and then write down what is known."""
    from handbill.outputs.search import indexed, terms
    from handbill.outputs.search_notes import noted, write_notes
    from handbill.outputs.search_pack import packed

    decided = terms()
    known = noted(notes, decided)
    if known is None:
        return
    # The packer takes its time to begin.
    packed(b" ")
    scratch, *rest = wish()
    scratch.mkdir()
    index = indexed(known, scratch, *rest)
    tell(index)
    if index:
        write_notes(notes, decided, known)
        tell(True)
