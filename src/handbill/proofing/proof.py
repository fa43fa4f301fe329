"""The text of one file → every mark of the proof-readers, at its place.

Marks depend on the text and the house alone, so they are kept with the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbill.hub.fields import Desk
from handbill.hub.nodes import Spot
from handbill.proofing.domains import misleading
from handbill.proofing.galley import DOMAIN, SIGN, TRACKER, Claims, Galley, Mark
from handbill.proofing.glance import hints_of
from handbill.proofing.house import House
from handbill.proofing.markers import conflicts, pointer
from handbill.proofing.personal import personal
from handbill.proofing.secrets import secrets
from handbill.proofing.signs import unseen
from handbill.proofing.terms import avoided
from handbill.proofing.trackers import followed

__all__ = ["House", "keep_back", "leftovers", "proof"]


def leftovers(text: str, desk: Desk) -> int:
    """Put down what Git left in a file, and return on which line the first of it stands; 0 where there is nothing.

    It is asked first: what follows from a conflict in the front matter is nonsense.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text and not text.startswith("version"):
        return 0
    galley = Galley(text)
    marks = [*pointer(text), *conflicts(galley)]
    _put_down(galley, marks, desk)
    return min((galley.place(mark.start)[0] for mark in marks), default=0)


def proof(text: str, first_line: int, house: House, desk: Desk) -> None:
    """Put down at the desk what is wrong with a file's *text*; its Markdown begins on *first_line*."""
    hints = hints_of(text)
    if not hints and not house.avoid:
        return
    galley = Galley(text, first_line, hints)
    _put_down(galley, _private(galley, house), desk)
    if hints & SIGN:
        _put_down(galley, unseen(galley), desk)
    if hints & DOMAIN:
        _put_down(galley, misleading(galley), desk)
    if hints & TRACKER:
        _put_down(galley, followed(galley), desk)
    _put_down(galley, avoided(galley, house), desk)


def keep_back(text: str, first_line: int, house: House, desk: Desk) -> None:
    """Put down only what must not be shown again: of a file whose other faults are told by somebody else."""
    galley = Galley(text.replace("\r\n", "\n").replace("\r", "\n"), first_line)
    _put_down(galley, _private(galley, house), desk)


def _private(galley: Galley, house: House) -> Iterator[Mark]:
    claims = Claims()
    for mark in (*secrets(galley, house), *personal(galley, house)):
        # A password with an @ in it is no mail address as well.
        if claims.take(mark.start, mark.end):
            yield mark


def _put_down(galley: Galley, marks: Iterable[Mark], desk: Desk) -> None:
    for mark in marks:
        line, column = galley.place(mark.start)
        place = Spot(line, column, mark.end - mark.start)
        desk.refuse(place, galley.field(mark.start), mark.found, mark.wanted, mark.code, mark.level)
