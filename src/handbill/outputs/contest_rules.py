"""A contest whose rules were announced → the pages of its rules: those in force, and each version before them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.record import Record, RulesText
from handbill.outputs.bodies import placed
from handbill.outputs.contest_draw import PAGE as DRAW
from handbill.outputs.contest_files import file_address
from handbill.outputs.sheet import Say, Sheet, head, moved
from handbill.outputs.views import Page, To
from handbill.settings import Settings

#: Where the rules in force lie below the page of their contest; older versions lie below them by their number.
PAGE = "rules/"

#: Nobody is bound by the rules of a contest that stands so.
OFF = ("cancelled", "void")


#: How the promise of an address of rules begins; the id of the text follows.
_PROMISE = "rules:"

#: What lies below the page of a contest, by how its promise begins.
_PAGES = {"rules": PAGE, "draw": DRAW}


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One version of the rules: its number, its day as an ISO moment, the SHA-256 of its file, and the address of its page."""

    number: int
    announced: str
    digest: str
    address: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Rules as they were announced.

    ``version`` is the one on this page and ``current`` the one in force, both
    among ``versions``, the newest first; ``file`` is the address of its text
    as a file.  ``state`` is the contest's.
    """

    page: Page
    contest: To
    state: str
    body: str
    headings: tuple[dict[str, Any], ...]
    version: RulesVersion
    current: RulesVersion
    versions: tuple[RulesVersion, ...]
    file: str


def rules_pages(hub: Hub, settings: Settings, lang: str, say: Say) -> Iterator[Sheet]:
    """Yield the pages of the rules of each contest in a language in which they were announced."""
    for item in hub.of_kind("contest", lang):
        known = _announced(item, hub)
        for one, at in known:
            address = _address(item, one, known[0][0])
            draw = partial(_page, item, one, at, known, hub, settings, say)
            yield Sheet(address, draw, (item.source,), f"{_PROMISE}{item.id}")


def moved_pages(hub: Hub, settings: Settings, taken: Collection[str]) -> Iterator[Sheet]:
    """Yield what answers the addresses that rules and draws had before their contest moved: announced rules say them for ever."""
    for one in hub.promises:
        kind, _, id_ = one.id.partition(":")
        item = hub.by_id.get(id_) if kind in _PAGES else None
        if item is not None and item.is_listed and one.address not in taken and one.address not in settings.gone:
            # To the rules that are in force: the address of an older version says too little of where that is now.
            yield replace(moved(one.address, replace(item, address=f"{item.address}{_PAGES[kind]}"), settings), promise=one.id)


def _announced(item: Item, hub: Hub) -> list[tuple[RulesText, datetime]]:
    """Return the rules in an item's language that were announced by now, with the moment of each, the newest first."""
    record: Record | None = item.facts.record
    if record is None:
        return []
    moments = {one.facts["version"]: one.at for one in record.steps if one.name == "announced" and one.at <= hub.as_of}
    found = [(one, moments[one.version]) for one in record.rules if one.lang == item.lang and one.version in moments]
    return sorted(found, key=lambda pair: -pair[0].version)


def _address(item: Item, one: RulesText, current: RulesText) -> str:
    return f"{item.address}{PAGE}" if one is current else f"{item.address}{PAGE}{one.version}/"


def _page(
    item: Item, shown: RulesText, at: datetime, known: list[tuple[RulesText, datetime]], hub: Hub, settings: Settings, say: Say
) -> RulesPage:
    current = known[0][0]
    address = _address(item, shown, current)
    versions = tuple(
        RulesVersion(one.version, moment.astimezone(hub.as_of.tzinfo).isoformat(), one.digest, settings.local(_address(item, one, current)))
        for one, moment in known
    )
    number = {one.number: one for one in versions}
    title = say("Rules of the contest “{title}”").format(title=item.title)
    if shown is not current:
        title = say("{title}, version {n}").format(title=title, n=shown.version)
    others = tuple(_others(item, shown, hub, settings))
    return RulesPage(
        page=head(
            settings, "rules.html", item.lang, title, address,
            description=say("The rules, article by article, as they were announced"),
            alternates=others if len(others) > 1 else (),
            # What is no longer in force is there for whoever looks for it, and for nobody else.
            is_indexed=shown is current,
        ),
        contest=To(item.title, settings.local(item.address)),
        state=hub.state(item),
        body=placed(shown.body.with_links(settings.local), hub, settings, say, is_first=False),
        headings=tuple({"level": one.level, "anchor": one.anchor, "text": one.text} for one in shown.body.headings),
        version=number[shown.version],
        current=number[current.version],
        versions=versions,
        file=file_address(item, f"rules.{shown.version}.{shown.lang}.md", hub, settings),
    )  # fmt: skip


def _others(item: Item, shown: RulesText, hub: Hub, settings: Settings) -> Iterator[To]:
    """Yield the page of the same version in each language that has it, in the order of the hub's languages."""
    texts = {item.lang: item} | {one.lang: one for one in hub.listed(hub.translations(item)) if one.lang != item.lang}
    for lang in settings.languages:
        if lang in texts:
            known = [one for one, _ in _announced(texts[lang], hub)]
            same = next((one for one in known if one.version == shown.version), None)
            if same:
                yield To(lang, settings.absolute(_address(texts[lang], same, known[0])))
