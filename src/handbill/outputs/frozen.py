"""Frozen letters → their mails and pictures at their public addresses, byte for byte as they lie in the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from handbill.errors import ContentProblems, Problem, said
from handbill.hub.address import output_path
from handbill.hub.hub import Hub
from handbill.layout import ARCHIVE
from handbill.outputs.planned import Artifact, Planned, settled
from handbill.plain import read_plain
from handbill.settings import Settings

if TYPE_CHECKING:
    from handbill.outputs.planned import Output

name = "frozen"

#: The forms of a letter, as they lie beside its page.
HTML = "mail.html"
FORMS = (HTML, "mail.txt", "mail.eml")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the archive, by its path from the root of the hub."""

    file: str
    is_picture: bool = False


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the mails of every frozen letter whose page there is, and the pictures that they show.

    A page that was moved takes its mails along; a picture stays where the mail looks for it.
    """
    shown: dict[str, Planned] = {}
    for one in hub.frozen.values():
        item = hub.by_id.get(one.item)
        if item is None or not item.is_listed:
            continue
        for form in FORMS:
            if form in one.files:
                path = f"{item.address.lstrip('/')}{form}"
                yield settled(path, one.files[form].sha256, (item.source,), Kept(f"{ARCHIVE}/{one.name}/{form}"))
        for picture in one.pictures:
            if picture.address not in settings.gone:
                path, file = output_path(picture.address), Kept(f"{ARCHIVE}/{one.name}/{picture.file}", is_picture=True)
                shown.setdefault(path, settled(path, one.files[picture.file].sha256, (item.source,), file))
    yield from shown.values()


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Hand over the bytes of the archive, each file compared with its digest at this moment.

    Raises:
        ContentProblems: a file is not the one that was frozen, or holds what a browser would run.
    """
    # Most builds have no letter to hand over, and what reads its tags takes time to load.
    from handbill.outputs.mail.acting import acting

    for one in planned:
        content = read_plain(settings.root / one.work.file)
        if hashlib.sha256(content).hexdigest() != one.key:
            found, wanted = (
                said("other bytes than those that were frozen"),
                said("the file as it was frozen: get it back from version history"),
            )
            raise ContentProblems((Problem(one.work.file, 0, 0, "", found, wanted, "HB441"),))
        if one.work.file.endswith(f"/{HTML}") and (told := next(acting(content.decode("utf-8", "replace")), None)):
            wanted = said("the letter as newsletter freeze wrote it: nothing in a mail runs, asks or sends anything")
            raise ContentProblems((Problem(one.work.file, 0, 0, "", told, wanted, "HB441"),))
        yield Artifact(one.path, content)


def settle(plans: Sequence[tuple[Output, tuple[Planned, ...]]]) -> tuple[tuple[Output, tuple[Planned, ...]], ...]:
    """Return the plans of all outputs in which nobody else makes a picture that a frozen letter shows.

    Whoever planned it as well has the same bytes, or the check refuses it; its
    promise is kept, so that ``addresses.lock`` says what it said.
    """
    shown = {one.path for output, own in plans if output.name == name for one in own if one.work.is_picture}
    if not shown:
        return tuple(plans)
    others = {one.path: one for output, own in plans if output.name != name for one in own if one.path in shown}
    return tuple(
        (output, tuple(_with(one, others.get(one.path)) for one in own if output.name == name or one.path not in shown))
        for output, own in plans
    )


def _with(one: Planned, other: Planned | None) -> Planned:
    return replace(one, sources=other.sources, promise=other.promise) if other and isinstance(one.work, Kept) else one
