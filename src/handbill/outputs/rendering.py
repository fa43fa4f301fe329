"""Finished pages → their text, with the words of their language and through all folders of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbill.outputs.pelican_bridge import Renderer
from handbill.outputs.planned import Finished
from handbill.outputs.theme import Theme
from handbill.outputs.told import told
from handbill.outputs.views import Shell
from handbill.outputs.words import Words, words_for


class Rendering:
    """Turns pages into text by one theme as it is now.

    Pages whose templates are to be read ahead may be named at once: whoever
    forks afterwards has them in every process.
    """

    def __init__(self, theme: Theme, ahead: Iterable[str] = ()) -> None:
        self._theme = theme
        folders = (folder / "templates" for folder in theme.folders)
        self._renderer = _renderer(theme.templates_digest, tuple(folder for folder in folders if folder.is_dir()))
        self._renderer.forget()
        self._renderer.load(sorted({name for one in ahead for name in theme.template_names(one)}))
        self._words: dict[str, Words] = {}

    def __reduce__(self) -> tuple[type, tuple[Theme]]:
        """Begin anew in a process that was not forked."""
        return Rendering, (self._theme,)

    def text(self, page: Finished) -> str:
        """Return the text of a page, which knows its shell.

        Raises:
            TemplateFailed: a template is wrong; names the template and the page.
        """
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
        self._renderer.forget()


# By content, not by name: under `serve` a template that was edited is a new one, and the others need not be read again.
@lru_cache(maxsize=1)
def _renderer(digest: str, templates: tuple[Path, ...]) -> Renderer:
    return Renderer(templates)
