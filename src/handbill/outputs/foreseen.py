"""A hub as it will be → some of its pages, without planning all the others for good."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from handbill.hub.address import output_path
from handbill.hub.hub import Hub
from handbill.outputs.pages import sheets
from handbill.outputs.planned import Finished
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for
from handbill.settings import Settings


def foreseen(paths: Collection[str], hub: Hub, settings: Settings) -> Iterator[Finished]:
    """Yield the pages of the site at these output paths, ready to be rendered, as far as there are any."""
    theme = Theme(settings.root)
    say = {lang: words_for(lang, theme.locale(lang)) for lang in settings.languages}
    for sheet in [one for one in sheets(hub, settings, say) if output_path(one.address) in paths]:
        view = sheet.draw()
        lang = view.page.lang
        yield sheet.finished(view, shell(hub, settings, lang, say[lang]))
