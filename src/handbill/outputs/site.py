"""The site: every page rendered through Pelican, the theme's files, and the pictures of the content.

The bytes of a page are a pure function of its template, with all it includes,
and of one record; both have a digest before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from handbill.hub.address import output_path
from handbill.hub.hub import Hub
from handbill.outputs.pages import sheets
from handbill.outputs.planned import Artifact, Finished, Planned, digest, settled
from handbill.outputs.rendering import rendered
from handbill.outputs.sheet import Sheet
from handbill.outputs.shell import shell
from handbill.outputs.stylesheet import stylesheet
from handbill.outputs.theme import Theme
from handbill.outputs.views import Shell
from handbill.outputs.words import words_for
from handbill.settings import Settings

name = "site"

#: From this many pages on, a second process pays for starting Pelican in it.
PARTS_FROM = 150

STYLE = "theme/hub.css"


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file to publish as it is, or its bytes."""

    content: Path | bytes


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield every page, every file of the theme and every picture."""
    theme = Theme(settings.root)
    say = {lang: words_for(lang, theme.locale(lang)) for lang in settings.languages}
    shells = {lang: shell(hub, settings, lang, say[lang]) for lang in settings.languages}
    frames = {lang: digest(one, theme.words_digest) for lang, one in shells.items()}
    for sheet in sheets(hub, settings, say):
        yield Planned(output_path(sheet.address), sheet.sources, sheet.promise, partial(_finish, sheet, theme, shells, frames))
    style = stylesheet(theme, settings)
    yield settled(STYLE, digest(style), (), _Copy(style))
    for path, file in theme.files("static").items():
        yield settled(f"theme/{path}", digest(file.read_bytes()), (), _Copy(file))
    for media in hub.media:
        yield settled(
            output_path(media.address), media.digest, (media.source,), _Copy(settings.root / media.source), f"media:{media.source}"
        )


def _finish(sheet: Sheet, theme: Theme, shells: Mapping[str, Shell], frames: Mapping[str, str]) -> tuple[str, Finished]:
    page = sheet.view.page
    key = digest(theme.template_digest(page.template), frames[page.lang], sheet.view)
    return key, Finished(output_path(sheet.address), page.template, {"view": sheet.view, "page": page, "shell": shells[page.lang]})


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Render the pages that were asked for, and hand over the files."""
    from handbill.outputs.parts import in_parts

    for one in planned:
        if isinstance(one.work, _Copy):
            yield Artifact(one.path, one.work.content if isinstance(one.work.content, bytes) else one.work.content.read_bytes())
    pages = [one.work for one in planned if isinstance(one.work, Finished)]
    if not pages:
        return
    theme = Theme(settings.root)
    in_parts(partial(_render, theme=theme, scratch=scratch), pages, settings.jobs, PARTS_FROM)
    for number in sorted(scratch.iterdir()):
        folder = number / "pages"
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                yield Artifact(file.relative_to(folder).as_posix(), file)


def _render(pages: Sequence[Finished], theme: Theme, scratch: Path) -> None:
    import os

    rendered(pages, theme, scratch / str(os.getpid()))
