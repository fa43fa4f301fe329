"""The site: every page rendered through Pelican, the theme's files, and the pictures of the content.

The bytes of a page are a pure function of its template, with all it includes,
and of one record; both have a digest before anything is rendered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from handbill.hub.address import output_path
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.pages import item_page, sheets
from handbill.outputs.planned import Artifact, Finished, Planned, digest, settled
from handbill.outputs.recognised import Listing, Recognised, listing_of
from handbill.outputs.sheet import Sheet
from handbill.outputs.shell import shell
from handbill.outputs.stylesheet import stylesheet
from handbill.outputs.theme import Theme
from handbill.outputs.views import Shell
from handbill.outputs.words import words_for
from handbill.plain import read_plain
from handbill.settings import Settings

if TYPE_CHECKING:
    from handbill.outputs.rendering import Rendering

name = "site"

#: From this many pages on, a second process pays for starting Pelican in it.
PARTS_FROM = 150

#: So many pages a process takes at once: neighbours are alike, and 16 take it 20 ms.
_AT_ONCE = 16

STYLE = "theme/hub.css"


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file to publish as it is, or its bytes; or those *pieces* of it."""

    content: Path | bytes
    pieces: tuple[tuple[int, int] | bytes, ...] = ()


class _Made(NamedTuple):
    """A page that was rendered: its number, its key, what lists say of it, and size and SHA-256 of its file."""

    number: int
    key: str
    listing: Listing
    measured: tuple[int, str]


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield every page, every file of the theme and every picture."""
    theme = Theme(settings.root)
    say = {lang: words_for(lang, theme.locale(lang)) for lang in settings.languages}
    shells = {lang: shell(hub, settings, lang, say[lang]) for lang in settings.languages}
    frames = {lang: digest(one, theme.words_digest) for lang, one in shells.items()}
    for sheet in sheets(hub, settings, say):
        yield Planned(output_path(sheet.address), sheet.sources, sheet.promise, partial(_finish, sheet, theme, shells, frames))
    style = stylesheet(theme, settings)
    yield settled(STYLE, _sum(style), (), _Copy(style))
    for path, file in theme.files("static").items():
        yield settled(f"theme/{path}", _sum(file.read_bytes()), (), _Copy(file))
    for media in hub.media:
        file = settings.root / media.source
        copy, promise = _Copy(file, media.pieces), f"media:{media.source}"
        yield settled(output_path(media.address), _sum_of(media.digest, media.pieces), (media.source,), copy, promise)


def _finish(sheet: Sheet, theme: Theme, shells: Mapping[str, Shell], frames: Mapping[str, str]) -> tuple[str, Finished]:
    view = sheet.draw()
    page = view.page
    key = digest(theme.template_digest(page.template), frames[page.lang], view)
    return key, sheet.finished(view, shells[page.lang])


def redrawn(planned: Planned, item: Item) -> Finished | None:
    """Return an item's own page with another *item* in its place; ``None`` where the path is no such page.

    Words, summary and title may be others.  What the page shows of other items,
    and of this one through others, is as it was planned.
    """
    if not isinstance(planned.finish, partial) or planned.finish.func is not _finish:
        return None
    sheet, *rest = planned.finish.args
    if not isinstance(sheet.draw, partial) or sheet.draw.func is not item_page:
        return None
    _, hub, settings, cards, say, onward = sheet.draw.args
    now = cards.without(item)
    again = partial(item_page, item, hub, settings, now, say, onward.with_title(item, now))
    return _finish(Sheet(sheet.address, again, sheet.sources, sheet.promise), *rest)[1]


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Render the pages that were asked for, and hand over the files."""
    with begun(planned, settings, scratch) as artifacts:
        yield from artifacts


@contextmanager
def begun(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Iterator[Artifact]]:
    """Begin to make what :func:`make` yields: other processes render pages, and whoever asks for artifacts helps them."""
    pages = [one for one in planned if _is_page(one)]
    copies = _copied(one for one in planned if not _is_page(one))
    if not pages:
        yield copies
        return
    from handbill.outputs.parts import FORKS, shared_out
    from handbill.outputs.rendering import Rendering

    rendering = Rendering(Theme(settings.root), _templates(pages), is_alone=len(pages) >= PARTS_FROM)
    work = partial(_write, rendering=rendering, scratch=scratch)
    # What cannot be handed over as it stands is drawn here.
    tasks = pages if FORKS else [settled(one.path, one.key, (), one.work) for one in pages]
    with shared_out(work, tuple(enumerate(tasks)), settings.jobs, PARTS_FROM, _AT_ONCE) as shares:
        yield chain(copies, (_artifact(pages[one.number], scratch, one) for made in shares for one in made))
    rendering.close()


def _copied(planned: Iterable[Planned]) -> Iterator[Artifact]:
    for one in planned:
        content, pieces = one.work.content, one.work.pieces
        raw = content if isinstance(content, bytes) else read_plain(content)
        # A file edited since it was planned, and changed back, must not stand for what it was.
        one.finished_elsewhere(_sum_of(_sum(raw), pieces))
        yield Artifact(one.path, b"".join(part if isinstance(part, bytes) else raw[slice(*part)] for part in pieces) if pieces else raw)


def _sum_of(whole: str, pieces: tuple[tuple[int, int] | bytes, ...]) -> str:
    """Return what decides the bytes of a file of which only some pieces are published."""
    return digest(whole, pieces) if pieces else whole


def _sum(raw: bytes) -> str:
    """Return the digest by which files are known that are published as they are; that of a picture as well."""
    return hashlib.sha256(raw).hexdigest()


def _artifact(page: Planned, scratch: Path, made: _Made) -> Artifact:
    """Return a page that was rendered, of which is known from now on what the process found that drew it."""
    page.finished_elsewhere(made.key)
    if isinstance(page, Recognised):
        page.listed_elsewhere(made.listing)
    return Artifact(page.path, scratch / str(made.number), measured=made.measured)


def _templates(pages: Sequence[Planned]) -> set[str]:
    """Return the templates of the pages, told by one page of each sort: to know each page's it would have to be drawn."""
    sorts: dict[tuple[str, ...], Planned] = {}
    for one in pages:
        draw = one.finish.args[0].draw  # type: ignore[attr-defined]
        whole, given = (draw.func, draw.args[:1]) if isinstance(draw, partial) else (draw, ())
        sorts.setdefault((whole.__qualname__, *(value.kind for value in given if isinstance(value, Item))), one)
    return {one.work.template for one in sorts.values()}


def _is_page(one: Planned) -> bool:
    return isinstance(one.finish, partial) and one.finish.func is _finish


def _write(pages: Sequence[tuple[int, Planned]], rendering: Rendering, scratch: Path) -> list[_Made]:
    """Draw each page and write it into a file of its own, named by its number."""
    made = []
    for number, one in pages:
        page: Finished = one.work
        content = rendering.text(page).encode("utf-8")
        # One folder for all: it costs as much to make a folder as to write a page.
        with open(f"{scratch}/{number}", "xb") as file:  # noqa: PTH123 - each Path object costs 2 µs
            file.write(content)
        made.append(_Made(number, one.key, listing_of(page), (len(content), hashlib.sha256(content).hexdigest())))
        # 7,000 records held 80 MB.
        one.forget()
    return made
