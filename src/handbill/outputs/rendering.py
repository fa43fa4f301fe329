"""Finished pages → their files, with the words of their language and through all folders of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handbill.outputs.pelican_bridge import render
from handbill.outputs.planned import Finished
from handbill.outputs.theme import Theme
from handbill.outputs.told import told
from handbill.outputs.views import Shell
from handbill.outputs.words import words_for


def rendered(pages: Sequence[Finished], theme: Theme, scratch: Path) -> Path:
    """Render the pages, which know their shell, and return the folder that holds exactly their files.

    Raises:
        TemplateFailed: a template is wrong; names the template and the page.
    """
    spoken: list[Finished] = []
    for page in pages:
        shell: Shell = page.givens["shell"]
        words = words_for(shell.lang, theme.locale(shell.lang))
        givens = {**page.givens, "words": words}
        # The parts that the handbook shares are rendered without a page around them.
        if "view" in givens:
            givens["page"] = told(givens["view"], shell, words)
        spoken.append(Finished(page.path, page.template, givens))
    return render(spoken, [folder / "templates" for folder in theme.folders if (folder / "templates").is_dir()], scratch)
