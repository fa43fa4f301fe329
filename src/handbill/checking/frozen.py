"""Frozen letters against the hub as it stands: their texts, their pictures, and the addresses to which they lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbill.checking.addresses import address_of
from handbill.checking.pointing import at
from handbill.errors import Problem, said
from handbill.hub.frozen import Frozen
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import ARCHIVE
from handbill.outputs.planned import Planned
from handbill.settings import Settings

#: What an edit is called that is in no field.
_TEXT = "(text)"

#: What is made of everything else, and so is in no plan.
_LATE = frozenset({"/sitemap.xml", "/robots.txt", "/build.json"})


def check_frozen(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each frozen letter whose text was edited or is gone, and for each picture that became another."""
    texts = {item.id: item for item in (*hub.items, *hub.hidden)}
    sources = {one.source: one for one in hub.media}
    told: set[str] = set()
    for one in hub.frozen.values():
        item = texts.get(one.item)
        if item is None:
            if one.address not in settings.gone:
                yield _lost(one)
            continue
        if item.is_draft:
            yield at(item, "draft", said("a draft of what was frozen as {name}", name=one.name), said("no line draft"), "HB445")
        yield from _edits(one, item)
        for picture in one.pictures:
            for source, sha256 in picture.sources:
                if source in sources and sources[source].digest != sha256 and source not in told:
                    told.add(source)
                    found = said("another picture than the one that the frozen letter {name} shows", name=one.name)
                    yield Problem(source, 0, 0, "", found, said("the new picture under a name of its own"), "HB446")
    yield from _two_at_once(hub)


def _lost(one: Frozen) -> Problem:
    found = said("the letter {item}, whose text {source} is gone", item=one.item, source=one.inputs.source)
    wanted = said(
        "the text from version history; or “id: {item}” in it under its new name; or {address} under gone in [addresses] of hub.toml",
        item=one.item, address=one.address,
    )  # fmt: skip
    return Problem(f"{ARCHIVE}/{one.name}", 0, 0, "", found, wanted, "HB445")


def _edits(one: Frozen, item: Item) -> Iterator[Problem]:
    wanted = said(
        "what was mailed, and “corrections:” with date and text; or, if never sent, {folder} and its line deleted",
        folder=f"{ARCHIVE}/{one.name}",
    )  # fmt: skip
    if item.lang != one.lang:
        yield at(
            item,
            "lang",
            said("the language “{lang}” for a letter that was frozen in “{then}”", lang=item.lang, then=one.lang),
            wanted,
            "HB444",
        )
    for name in one.edited:
        found = said("another text than the one that was frozen as {name}", name=one.name)
        if name != _TEXT:
            found = said("another {field} than was frozen as {name}", field=name, name=one.name)
        yield at(item, name, found, wanted, "HB444", named="" if name == _TEXT else name)


def _two_at_once(hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each address at which two frozen letters show two pictures."""
    first: dict[str, tuple[str, Frozen]] = {}
    for one in hub.frozen.values():
        for picture in one.pictures:
            digest = one.files[picture.file].sha256
            known, other = first.setdefault(picture.address, (digest, one))
            if known != digest:
                found = said("at {address} another picture than the letter {other} shows", address=picture.address, other=other.name)
                wanted = said("the new picture under a name of its own")
                yield Problem(f"{ARCHIVE}/{one.name}/{picture.file}", 0, 0, "", found, wanted, "HB446")


def check_mailed(planned: Sequence[Planned], hub: Hub) -> Iterator[Problem]:
    """Yield a problem for each address to which a letter leads that is in members' hands, and that nothing answers any more."""
    answered = {address_of(one.path) for one in planned} | _LATE
    folders = tuple("/" + one.path for one in planned if one.path.endswith("/"))
    waiting = {item.address for item in hub.hidden if not item.is_draft}
    lost: dict[str, Frozen] = {}
    for one in hub.frozen.values():
        if one.sent <= hub.as_of:
            for address in one.links:
                if address not in answered and address not in waiting and not address.startswith(folders):
                    lost.setdefault(address, one)
    for address, one in sorted(lost.items()):
        found = said("a link to {address}, which nothing answers any more", address=address)
        wanted = said(
            "“aliases: [{address}]” in the file that takes its place, or the address under gone in [addresses] of hub.toml", address=address
        )
        yield Problem(f"{ARCHIVE}/{one.name}", 0, 0, "", found, wanted, "HB447")
