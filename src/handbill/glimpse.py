"""One page ahead of the build: what an open page will be once its text was edited, drawn from what the last build found.

Only what provably shows on no other page, and changes nothing that this page
shows of others, is drawn so: the words of a text.  The text as it was is worked
out by the same steps first, and must come out as the item that the build found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handbill.errors import Level, Problem
from handbill.examining import Examined
from handbill.hub.address import output_path
from handbill.hub.item import Item
from handbill.outputs.planned import Planned
from handbill.outputs.rendering import Rendering
from handbill.outputs.site import redrawn
from handbill.reading.draft import Draft, teaser
from handbill.reading.linking import linked, written_links
from handbill.reading.own import Own

#: Kinds whose own page shows nothing of its text's making but the text.
_KINDS = frozenset({"post", "page", "event", "person"})

#: The dialect whose reader cannot stall; texts of the other are read by processes that can be ended.
_DIALECT = "github"

#: The fields that name people; without any of them version history does.
_PEOPLE = ("authors", "organisers", "speakers", "partners")


@dataclass(frozen=True, slots=True)
class _Known:
    """A text whose page is open: the item and the page of the last build, and the bytes and the draft that the item was made of."""

    item: Item
    planned: Planned
    raw: bytes
    draft: Draft


class States:
    """How the texts of open pages stood on the disk, one after the other, since a build began.

    One of them is what the build read, however fast somebody writes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[str, tuple[bytes, ...]] = {}

    def begin(self) -> None:
        """Begin anew with how the texts stand now."""
        for source in tuple(self._seen):
            del self._seen[source]
            self.look_at(source)

    def look_at(self, source: str) -> bytes | None:
        """Return the bytes of a text as it stands, and remember them."""
        try:
            raw = (self._root / source).read_bytes()
        except OSError:
            return None
        self._seen[source] = (raw, *(one for one in self.of(source) if one != raw))
        return raw

    def of(self, source: str) -> tuple[bytes, ...]:
        """Return the states of a text, the latest first."""
        return self._seen.get(source, ())


class Glimpse:
    """What can be shown ahead of the next build, from what the last one *found*; *rendering* makes pages of records.

    *states* are those since that build began.
    """

    def __init__(self, found: Examined, rendering: Rendering, states: States) -> None:
        self.found, self._rendering = found, rendering
        self._own = Own(found.settings)
        self._media = {one.address: one for one in found.hub.media}
        self._pages = {output_path(item.address): item for item in found.hub.items if item.kind in _KINDS}
        self._known: dict[str, _Known] = {}
        self._states = states

    def prepare(self, pages: Iterable[str]) -> None:
        """Have ready what the pages at these output paths will need, while nobody waits; render each once for practice."""
        planned = {one.path: one for output, own in self.found.plans if output.name == "site" for one in own}
        wanted = {item.source: (item, planned[page]) for page in pages if (item := self._pages.get(page)) and page in planned}
        self._known = {source: one for source, one in self._known.items() if source in wanted}
        for source, (item, page) in wanted.items():
            if source not in self._known and (known := self._know(item, page)):
                self._known[source] = known
                self.pages([self.found.settings.root / source], is_practice=True)

    def pages(self, changed: Collection[Path], *, is_practice: bool = False) -> Mapping[str, bytes] | None:
        """Return the pages, by output path, that show these changed files; ``None`` where it takes a build to tell."""
        root, drawn = self.found.settings.root, {}
        for file in changed:
            known = self._known.get(file.relative_to(root).as_posix()) if file.is_relative_to(root) else None
            if known is None:
                return None
            raw = self._states.look_at(known.item.source)
            if raw == known.raw and not is_practice:
                continue
            item = self._edited(known, raw) if raw else None
            page = redrawn(known.planned, item) if item else None
            if page is None:
                return None
            drawn[page.path] = self._rendering.text(page).encode()
        return drawn

    def _know(self, item: Item, planned: Planned) -> _Known | None:
        """Return what is known of the text of an item, if the state is certain that the build found."""
        if self.found.settings.dialect != _DIALECT or getattr(item.facts, "series", None):
            return None
        self._states.look_at(item.source)
        drafts = {raw: draft for raw in self._states.of(item.source) if (draft := self._draft(item, raw))}
        first = next(iter(drafts.values()), None)
        # Of states that differ in more than words nobody knows which one the build read.
        if (
            first is None
            or first.values["title"] != item.title
            or any(_without_words(one) != _without_words(first) for one in drafts.values())
        ):
            return None
        for raw, draft in drafts.items():
            known = _Known(item, planned, raw, draft)
            again = self._worked_out(known, draft, raw)
            if again and (again.body, again.summary) == (item.body, item.summary):
                return known
        return None

    def _edited(self, known: _Known, raw: bytes) -> Item | None:
        """Return the item with the words that its file holds now; ``None`` where more than words changed."""
        draft = self._draft(known.item, raw)
        if draft is None or _without_words(draft) != _without_words(known.draft):
            return None
        item = self._worked_out(known, draft, raw)
        if item is None or raw == known.raw:
            return item
        # Version history knows nothing of bytes that are new.
        if item.published and not draft.values["date"]:
            return None
        if not draft.values["updated"]:
            item = replace(item, updated=None)
        return item if any(draft.values.get(one) for one in _PEOPLE) else replace(item, credits=())

    def _draft(self, item: Item, raw: bytes) -> Draft | None:
        """Return what the file of an item says, if it can be read without fault."""
        from handbill.reading.crew import read_here
        from handbill.reading.load import terms_of

        terms = replace(terms_of(self.found.settings), followed=self.found.hub.as_of.year + 2)
        _, draft, told = next(iter(read_here([(item.source, raw, item.kind)], terms)))
        return None if draft is None or draft.is_broken or any(one.level is Level.ERROR for one in told) else draft

    def _worked_out(self, known: _Known, draft: Draft, raw: bytes) -> Item | None:
        """Return the item with the words of a draft, whose links all led somewhere before already."""
        item = known.item
        answers = dict(zip(written_links(known.draft, self._own), item.body.links, strict=False))
        if any(link not in answers for link in written_links(draft, self._own)):
            return None
        problems: list[Problem] = []
        body, _ = linked(draft, _AsBefore(answers), self._own, {item.source: raw}, self._media, problems)  # type: ignore[arg-type]
        if problems:
            return None
        summary = teaser(draft.body) if item.summary == teaser(known.draft.body) and not draft.values["summary"] else item.summary
        return replace(item, body=body, summary=summary)


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


def _without_words(draft: Draft) -> Draft:
    return replace(draft, body=None, pictures=(), anchors=frozenset(), first_line=0, places={})  # type: ignore[arg-type]
