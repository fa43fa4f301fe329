"""A letter and the hub as it stands at its date → everything that its bundle holds."""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from handbill.checking.addresses import address_of
from handbill.errors import HandbillError, said
from handbill.freezing.inputs import inputs_of
from handbill.hub.address import output_path
from handbill.hub.frozen import Frozen, Proof, Shown, name_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.kinds.remembered import chosen
from handbill.outputs import letters
from handbill.outputs.mail.compose import fetched
from handbill.outputs.mail.record import TOKEN, Letter
from handbill.outputs.planned import Output, Planned
from handbill.reading.bundles import HTML, MANIFEST
from handbill.reading.manifest import manifest_of, read_manifest
from handbill.settings import Settings

_LINK = re.compile(r'\shref="([^"]*)"')


class CannotFreeze(HandbillError):
    """A letter cannot be frozen as it stands; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A bundle that is not written yet: what it says, and its files with their bytes, the manifest among them."""

    frozen: Frozen
    files: Mapping[str, bytes]


def unfrozen(item: Item, hub: Hub) -> Hub:
    """Return the hub as it would be had one letter not been frozen."""
    return replace(hub, frozen={name: one for name, one in hub.frozen.items() if name != item.id})


def mails(item: Item, hub: Hub, settings: Settings, scratch: Path) -> tuple[Letter, dict[str, bytes]]:
    """Return the record of a letter and its forms; *hub* is one in which it is not frozen."""
    planned = [one for one in letters.plan(hub, settings) if item.source in one.sources]
    made = {one.path.rpartition("/")[2]: one.content for one in letters.make(planned, settings, scratch)}
    return planned[0].work, {name: _bytes(content) for name, content in made.items()}


def compose(
    item: Item,
    hub: Hub,
    settings: Settings,
    plans: Sequence[tuple[Output, Sequence[Planned]]],
    before: tuple[str, str] | None,
    scratch: Path,
) -> Composed:
    """Return the bundle of a letter; *hub* and *plans* are those of the letter's own date.

    Raises:
        CannotFreeze: the mail shows a picture that the hub does not publish.
        ContentProblems: something in the letter must not be mailed.
    """
    hub = unfrozen(item, hub)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        letter, files = mails(item, hub, settings, scratch)
        shown = tuple(_pictures(files[HTML].decode("utf-8"), letter.base, hub, settings, plans, scratch, files))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    told = chosen(item, hub)
    assert item.published is not None
    frozen = Frozen(
        name=name_of(item.facts.letter, item.facts.number, item.lang, settings.lang),
        letter=item.facts.letter,
        number=item.facts.number,
        lang=item.lang,
        item=item.id,
        address=item.address,
        base=letter.base,
        subject=item.facts.subject,
        sent=item.published,
        chosen=told,
        links=tuple(_links(files[HTML].decode("utf-8"), letter.base, [one for _, own in plans for one in own])),
        pictures=shown,
        files={name: Proof(hashlib.sha256(raw).hexdigest(), len(raw)) for name, raw in files.items()},
        inputs=inputs_of(item, letter, told, hub, settings),
        before=before,
    )
    manifest = manifest_of(frozen)
    # Read back, so that what is compared with it later is what was written and nothing else.
    told_back = read_manifest(manifest, frozen.name, hashlib.sha256(manifest).hexdigest())
    return Composed(told_back, {**files, MANIFEST: manifest})


def _links(mail: str, base: str, planned: Iterable[Planned]) -> Iterator[str]:
    """Yield the addresses of the hub to which a mail leads; what the hub does not answer itself is not its promise."""
    planned = tuple(planned)
    answered = {address_of(one.path) for one in planned}
    folders = tuple("/" + one.path for one in planned if one.path.endswith("/"))
    found = {html.unescape(link) for link in _LINK.findall(mail)}
    addresses = {_below(link, base) for link in found if link.startswith(base) and TOKEN not in link}
    yield from sorted(one for one in addresses if one in answered or (folders and one.startswith(folders)))


def _below(address: str, base: str) -> str:
    """Return the path from the root of the hub, without question mark and number sign."""
    return "/" + urlsplit(address).path[len(urlsplit(base).path) :]


def _pictures(
    mail: str,
    base: str,
    hub: Hub,
    settings: Settings,
    plans: Sequence[tuple[Output, Sequence[Planned]]],
    scratch: Path,
    files: dict[str, bytes],
) -> Iterator[Shown]:
    """Yield each picture that a mail fetches from the hub, and put its bytes among the files."""
    media = {one.source: one.digest for one in hub.media}
    wanted = sorted({_below(html.unescape(one), base) for one in fetched(mail)})
    makers = {one.path: (output, one) for output, own in plans for one in own}
    for address in wanted:
        if output_path(address) not in makers:
            raise CannotFreeze(said("the mail shows {address}, which the hub does not publish", address=address))
        output, planned = makers[output_path(address)]
        room = scratch / "pictures" / hashlib.sha256(address.encode()).hexdigest()[:12]
        room.mkdir(parents=True)
        made = {one.path: _bytes(one.content) for one in output.make([planned], settings, room)}
        name = _free_name(address, files)
        files[name] = made[planned.path]
        yield Shown(address, name, tuple((source, media[source]) for source in sorted(set(planned.sources)) if source in media))


def _free_name(address: str, taken: Mapping[str, bytes]) -> str:
    """Return the name of a picture in its bundle; two of one name in different folders are numbered in order of their addresses."""
    stem, dot, ending = address.rpartition("/")[2].rpartition(".")
    names = (f"pictures/{stem}{number}{dot}{ending}" for number in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(name for name in names if name not in taken)


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()
