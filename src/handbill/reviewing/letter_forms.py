"""A few letters of a state → their mails as members would get them, or as they were frozen, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handbill.checking.envelopes import check_envelopes
from handbill.checking.labels import check_labels
from handbill.checking.mails import Mailing, NoNotes, check_mails
from handbill.composing.naming import issues, named
from handbill.errors import HandbillError, Problem, said
from handbill.hub.frozen import Proof
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.layout import ARCHIVE
from handbill.options import Options
from handbill.outputs.cards import Cards
from handbill.outputs.letters import HTML, MAIL, TEXT, letter_of, make
from handbill.outputs.mail.record import Letter
from handbill.outputs.planned import settled
from handbill.outputs.unsent import as_sent
from handbill.reviewing.bundles import proofs_of
from handbill.reviewing.letter_text import lines_of
from handbill.settings import Settings

#: So many letters are made, the latest; a change of the theme touches those of twenty years.
MOST = 40


@dataclass(frozen=True, slots=True)
class Forms:
    """The mails of a letter by the names of their files; of a frozen one all that lies in its bundle, and the lines of its text there."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    archived: Mapping[str, Proof] = field(default_factory=dict)
    archived_lines: tuple[str, ...] = ()


def forms(hub: Hub, settings: Settings, options: Options, scratch: Path, names: Collection[str]) -> Mapping[str, Forms]:  # noqa: ARG001 - as every subject
    """Return the mails of these letters, of the latest where they are many."""
    items = {named(item, settings): item for item in issues(hub)}
    known = [name for name in names if name in items]
    latest = sorted(known, key=lambda name: (items[name].published, name), reverse=True)[:MOST]
    found = {}
    for name in names:
        if (kept := _frozen(settings.root / ARCHIVE / name)) is not None:
            found[name] = kept
        elif name in latest:
            found[name] = _made(items[name], hub, settings, scratch)
    return found


def _frozen(bundle: Path) -> Forms | None:
    if bundle.is_symlink() or not bundle.is_dir():
        return None
    proofs = proofs_of(bundle)
    files = {form: (bundle / form).read_bytes() for form in (HTML, TEXT, MAIL) if form in proofs}
    return Forms(files, (), proofs, lines_of(files.get(TEXT, b"").decode("utf-8", "replace")))


def _made(item: Item, hub: Hub, settings: Settings, scratch: Path) -> Forms:
    then = as_sent(item, hub)
    letter = letter_of(item, then, settings, Cards(then, settings, item.lang, settings.absolute))
    files: dict[str, bytes] = {}
    problems = list(_problems(item, letter, then, settings))
    for form in (HTML, TEXT, *((MAIL,) if letter.sender else ())):
        try:
            for one in make([settled(form, "", (item.source,), letter)], settings, scratch):
                files[form] = one.content if isinstance(one.content, bytes) else one.content.read_bytes()
        except (HandbillError, ValueError) as fault:
            # Whatever keeps one form from being made, the others can still be looked at.
            found = said("{form}, which cannot be made: {reason}", form=form, reason=fault.args[0] if fault.args else fault)
            problems.append(Problem(item.source, 0, 0, "", found, "", "HB901"))
            break
    return Forms(files, tuple(sorted(set(problems), key=lambda one: (-one.level, *one.order))))


def _problems(item: Item, letter: Letter, hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with a mail; a draft is proofed here and nowhere else in a review."""
    try:
        yield from check_mails([Mailing(item, letter, "", is_waiting=True)], hub, settings, NoNotes())
    except HandbillError:
        # It is told where the form cannot be made.
        return
    yield from check_labels(item, letter)
    yield from check_envelopes([(item, letter)], settings)
