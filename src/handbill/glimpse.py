"""Open pages ahead of the build: what they will be once a file was edited, drawn from what the last build found.

Only edits are shown so whose whole effect on other texts is known: words,
title, summary and tags, templates and style.  A text as it was is worked out by
the same steps first, and must come out as the item that the build found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.circles import no_looking_for_circles
from handbill.errors import Level, Problem
from handbill.examining import Examined
from handbill.hub.address import output_path, slug_of
from handbill.hub.item import Item
from handbill.outputs.cards import minutes_of
from handbill.outputs.foreseen import foreseen
from handbill.outputs.planned import Planned
from handbill.outputs.rendering import Rendering
from handbill.outputs.site import STYLE, redrawn
from handbill.outputs.stylesheet import stylesheet
from handbill.outputs.theme import Theme
from handbill.proofing.hiding import hide
from handbill.reading.draft import Draft, teaser
from handbill.reading.history import blob_of
from handbill.reading.linking import linked, written_links
from handbill.reading.own import Own

#: Kinds whose text is nothing but the text of their own page.
_KINDS = frozenset({"post", "page", "event", "person"})

#: Kinds of which no menu tells the title.
_NAMED_NOWHERE = frozenset({"post", "event"})

#: The dialect whose reader cannot stall; texts of the other are read by processes that can be ended.
_DIALECT = "github"

#: What a part of the theme is made of.
_ENDINGS = {"style": ".css", "templates": ".html"}

#: The fields that may change: none of them decides where a text is, or how others are read.
_FIELDS = ("title", "summary", "tags")

#: The fields that name people; without any of them version history does.
_PEOPLE = ("authors", "organisers", "speakers", "partners")


@dataclass(frozen=True, slots=True)
class _Edit:
    """An item as the last build found it, and as its file says it now."""

    before: Item
    now: Item

    @property
    def is_only_words(self) -> bool:
        """Say whether no other page than its own shows the difference."""
        same = replace(self.now, body=self.before.body, places=self.before.places)
        return same == self.before and minutes_of(self.now) == minutes_of(self.before)


class Glimpse:
    """What can be shown ahead of the next build, from what the last one *found*; *rendering* makes pages of records."""

    def __init__(self, found: Examined, rendering: Rendering) -> None:
        self.found, self._rendering = found, rendering
        self._own = Own(found.settings)
        self._media = {one.address: one for one in found.hub.media}
        self._items = {item.source: item for item in found.hub.items if item.kind in _KINDS}
        self._planned: dict[str, Planned] = {one.path: one for output, own in found.plans if output.name == "site" for one in own}
        self._known: dict[str, bytes] = {}

    def prepare(self, pages: Iterable[str]) -> None:
        """Have ready how the pages at these output paths stand, while nobody waits."""
        self._known = {path: self._standing(path) for path in pages if path in self._planned}

    def pages(self, changed: Collection[Path], opened: Collection[str]) -> Iterator[Mapping[str, bytes]]:
        """Yield the *opened* pages, by output path, that show these changed files: first what is known at once, then all.

        The style sheet is among them where it changed.  Where it takes a build
        to tell, nothing is yielded.

        Raises:
            TemplateFailed: a template is wrong.
        """
        theme = Theme(self.found.settings.root)
        styles, templates = (_of(theme, part, changed) for part in ("style", "templates"))
        edits = self._edits({*changed} - styles - templates)
        if edits is None:
            return
        style = {STYLE: stylesheet(theme, self.found.settings)} if styles else {}
        wanted = [path for path in opened if path in self._planned]
        is_simple = not templates and all(edit.is_only_words for edit in edits)
        own = {} if templates else dict(self._own_pages(wanted, edits))
        if own or style or is_simple:
            yield style | own
        if not is_simple and wanted:
            with no_looking_for_circles():
                yield style | dict(self._all(wanted, edits, Rendering(theme) if templates else self._rendering))

    def faults(self, changed: Collection[Path]) -> tuple[Problem, ...]:
        """Return what is wrong with these changed files by themselves, as far as they are texts that the last build found."""
        root, found = self.found.settings.root, []
        for file in changed:
            item = self._items.get(file.relative_to(root).as_posix()) if file.is_relative_to(root) else None
            raw = _read(file) if item else None
            if item and raw and self.found.settings.dialect == _DIALECT:
                told = self._read_alone(item, raw)[1]
                found += hide([one for one in told if one.level is Level.ERROR], {item.source: raw})
        return tuple(sorted(set(found), key=lambda one: one.order))

    def _own_pages(self, wanted: Collection[str], edits: Iterable[_Edit]) -> Iterator[tuple[str, bytes]]:
        for edit in edits:
            path = output_path(edit.now.address)
            if path in wanted and (page := self._own_page(path, edit)):
                yield path, page

    def _own_page(self, path: str, edit: _Edit) -> bytes | None:
        """Return the page of a text where it shows nothing of it but by itself."""
        if edit.now.tags != edit.before.tags or getattr(edit.now.facts, "series", None):
            return None
        if edit.now.title != edit.before.title and edit.now.kind not in _NAMED_NOWHERE:
            return None
        page = redrawn(self._planned[path], edit.now)
        return self._rendering.text(page).encode() if page else None

    def _all(self, wanted: Collection[str], edits: Iterable[_Edit], rendering: Rendering) -> Iterator[tuple[str, bytes]]:
        """Yield all pages that come out otherwise, by the whole hub as it is now."""
        now = {edit.before.id: edit.now for edit in edits}
        hub = replace(self.found.hub, items=tuple(now.get(item.id, item) for item in self.found.hub.items))
        pages = foreseen(wanted, hub, self.found.settings) if now else (self._planned[path].work for path in wanted)
        for page in pages:
            content = rendering.text(page).encode()
            if content != self._standing(page.path):
                yield page.path, content

    def _standing(self, path: str) -> bytes:
        """Return a page as the last build made it."""
        return self._known.get(path) or self._rendering.text(self._planned[path].work).encode()

    def _edits(self, changed: Iterable[Path]) -> list[_Edit] | None:
        """Return what became of each text that differs from what the build read; ``None`` where more than its words did."""
        root, found = self.found.settings.root, []
        for file in changed:
            source = file.relative_to(root).as_posix() if file.is_relative_to(root) else ""
            item = self._items.get(source)
            raw = _read(file) if item else None
            if item is None or not raw:
                return None
            if blob_of(raw) == self.found.known.texts[source].blob:
                continue
            now = self._edited(item, raw)
            if now is None:
                return None
            found.append(_Edit(item, now))
        return found

    def _edited(self, item: Item, raw: bytes) -> Item | None:
        """Return the item as its file says it now; ``None`` where that cannot be told from this file alone."""
        before, draft = self.found.known.texts[item.source].draft, self._draft(item, raw)
        if draft is None or _rest(draft) != _rest(before) or self._worked_out(item, before, before) != item:
            return None
        # People are found by their names.
        if item.kind == "person" and draft.values["title"] != before.values["title"]:
            return None
        now = self._worked_out(item, before, draft)
        # Version history knows nothing of bytes that are new.
        if now is None or (item.published and not draft.values["date"]):
            return None
        if not draft.values["updated"]:
            now = replace(now, updated=None)
        return now if any(draft.values.get(one) for one in _PEOPLE) else replace(now, credits=())

    def _draft(self, item: Item, raw: bytes) -> Draft | None:
        """Return what the file of an item says, if it can be read without fault."""
        if self.found.settings.dialect != _DIALECT:
            return None
        draft, told = self._read_alone(item, raw)
        return None if draft is None or draft.is_broken or any(one.level is Level.ERROR for one in told) else draft

    def _read_alone(self, item: Item, raw: bytes) -> tuple[Draft | None, Collection[Problem]]:
        from handbill.reading.crew import read_here

        _, draft, told = next(iter(read_here([(item.source, raw, item.kind)], self.found.known.terms)))
        return draft, told

    def _worked_out(self, item: Item, before: Draft, draft: Draft) -> Item | None:
        """Return the item with what a draft says, whose links all led somewhere *before* already."""
        answers = dict(zip(written_links(before, self._own), item.body.links, strict=False))
        tags = tuple(dict.fromkeys(draft.values["tags"]))
        if any(link not in answers for link in written_links(draft, self._own)) or not all(map(slug_of, tags)):
            return None
        problems: list[Problem] = []
        body, _ = linked(draft, _AsBefore(answers), self._own, {item.source: b""}, self._media, problems)  # type: ignore[arg-type]
        title = draft.parts.get("title", draft.values["title"] or "")
        summary = draft.values["summary"] or draft.parts.get("summary") or teaser(draft.body)
        return None if problems else replace(item, body=body, title=title, summary=summary, tags=tags)


class _AsBefore:
    """Leads each link to where it led when the whole hub was read."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers

    def resolve(self, written: str, _source: str, is_picture: bool = False) -> str:  # noqa: ARG002 - the question is given
        return self._answers[written]

    def is_settled(self, _address: str) -> bool:
        """Say that all is settled: what is only known when all is planned was looked at by the build."""
        return True

    def from_preview(self, _address: str, _source: str) -> None:
        """Find nothing wrong with an address that leads elsewhere."""


def _rest(draft: Draft) -> Draft:
    """Return what of a draft may not change."""
    values = {**draft.values, **dict.fromkeys(_FIELDS)}
    return replace(draft, values=values, body=None, pictures=(), anchors=frozenset(), first_line=0, places={})  # type: ignore[arg-type]


def _of(theme: Theme, part: str, files: Iterable[Path]) -> set[Path]:
    """Return the files that are of a part of the theme, whether they are there or were taken away."""
    folders = [folder / part for folder in theme.folders]
    return {file for file in files if file.suffix == _ENDINGS[part] and any(file.is_relative_to(folder) for folder in folders)}


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
