"""Finished pages → their text, with the words of their language and through all folders of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbill.outputs.ahead import ready_for
from handbill.outputs.planned import Finished
from handbill.outputs.theme import Theme
from handbill.outputs.views import Shell
from handbill.outputs.words import Words, words_for

if TYPE_CHECKING:
    from handbill.outputs.pelican_bridge import Renderer


#: After so many pages what was kept of records is forgotten: mostly neighbours show the same, and of 7,000 pages it is 20 MB a process.
_MANY = 1_800


class Rendering:
    """Turns pages into text by one theme as it is now.

    Pages whose templates are to be read ahead may be named at once: whoever
    forks afterwards has them in every process.  Unless it is for this process
    *alone*, one that got ready meanwhile is asked for the pages.
    """

    def __init__(self, theme: Theme, ahead: Iterable[str] = (), *, is_alone: bool = True) -> None:
        self._theme = theme
        self._digest = theme.templates_digest
        self._ahead = None if is_alone else ready_for(self._digest)
        self._words: dict[str, Words] = {}
        self._rendered = 0
        if self._ahead is None:
            self._renderer.forget()
            self._renderer.load(sorted({name for one in ahead for name in theme.template_names(one)}))

    @cached_property
    def _renderer(self) -> Renderer:
        folders = (folder / "templates" for folder in self._theme.folders)
        return _renderer(self._digest, tuple(folder for folder in folders if folder.is_dir()))

    def __reduce__(self) -> tuple[type, tuple[Theme]]:
        """Begin anew in a process that was not forked."""
        return Rendering, (self._theme,)

    def text(self, page: Finished) -> str:
        """Return the text of a page, which knows its shell.

        Raises:
            TemplateFailed: a template is wrong; names the template and the page.
        """
        if self._ahead and (text := self._ahead.text(page)) is not None:
            return text
        from handbill.outputs.told import told

        self._rendered += 1
        if self._rendered % _MANY == 0:
            self._renderer.forget()
        shell: Shell = page.givens["shell"]
        words = self._words.get(shell.lang)
        if words is None:
            words = self._words[shell.lang] = words_for(shell.lang, self._theme.locale(shell.lang))
        givens: dict[str, Any] = {**page.givens, "words": words}
        # The parts that the handbook shares are rendered without a page around them.
        if "view" in givens:
            givens["page"] = told(givens["view"], shell, words)
        return self._renderer.text(Finished(page.path, page.template, givens))

    def close(self) -> None:
        """Let go of what was kept of the pages' records."""
        if self._ahead is None:
            self._renderer.forget()


# By content, not by name: under `serve` a template that was edited is a new one, and the others need not be read again.
@lru_cache(maxsize=1)
def _renderer(digest: str, templates: tuple[Path, ...]) -> Renderer:
    # Only where pages are rendered: it takes longer to import than to render a hundred.
    from handbill.outputs.pelican_bridge import Renderer

    return Renderer(templates)
