"""What is known of a letter once it was sent: from the ledger and the mails that came back, or from the service that sent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handbill.errors import MachineLacks, WrongUse, said
from handbill.hub.totals import Totals
from handbill.sending.bounces import TakenIn, take_in
from handbill.sending.boxes import check_outside, mails_in
from handbill.sending.contract import Mailing, Unsupported
from handbill.sending.handing import counts_of
from handbill.sending.keys import secret_of
from handbill.sending.ledger import NAME, Ledger
from handbill.sending.private import Private
from handbill.sending.readiness import named, tallies_of
from handbill.sending.services.opening import SERVICES, service_of
from handbill.sending.totals import read_totals, totals_from, totals_of, write_totals
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Results:
    """The counts of a letter, what became of the mails that were read, and whether the file of counts is another one now.

    ``taken`` is ``None`` where no mails were given.  ``is_ours`` is false where
    this machine knows nothing itself, and the counts are those that another one wrote.
    """

    totals: Totals
    taken: TakenIn | None
    is_changed: bool
    is_ours: bool


def results_of(
    root: Path, settings: Settings, private: Private, mailing: Mailing, paths: tuple[Path, ...], now: Callable[[], datetime]
) -> Results:
    """Take in the mails in *paths*, and write what is known of the mailing beside its bundle.

    Raises:
        WrongUse: the letter was never sent, or the mails lie in the repository.
        MachineLacks: another machine sent it, so that this one cannot tell whose mails came back; or a file cannot be read or written.
        ServiceFailed: the service does not answer.
    """
    check_outside(paths, root)
    way = settings.sending.way
    if way in SERVICES:
        if paths:
            raise Unsupported(said("{service} reads itself what comes back; call this without files", service=way))
        found, taken = _of_service(way, private, mailing), None
    else:
        found, taken = _of_ledger(root, settings, private, mailing, paths, now)
    if found is not None:
        return Results(found, taken, write_totals(root, found), is_ours=True)
    written = read_totals(root, named(mailing))
    if written is None:
        raise WrongUse(said("{name}: has not been sent, as far as this machine and its archive know", name=named(mailing)))
    if paths:
        raise MachineLacks(
            said("{name}: was sent from another machine; only its ledger can tell whose mails came back", name=named(mailing))
        )
    return Results(written, None, is_changed=False, is_ours=False)


def _of_ledger(
    root: Path, settings: Settings, private: Private, mailing: Mailing, paths: tuple[Path, ...], now: Callable[[], datetime]
) -> tuple[Totals | None, TakenIn | None]:
    if not (private.folder / NAME).exists():
        return None, None
    secret = secret_of(private.folder)
    with Ledger.open(private.folder, secret, tallies_of(root)) as ledger:
        ledger.check(mailing)
        standing = ledger.standing(mailing.letter, mailing.number)
        # A number that a service has is noted without members, so that no mail of it ever leaves from here.
        if standing is None or not any(standing.counts.values()):
            return None, None
        taken = None
        if paths:
            mails = (one for path in paths for one in mails_in(path))
            taken = take_in(mails, mailing, settings.sending.bounces, ledger, secret, now())
            standing = ledger.standing(mailing.letter, mailing.number) or standing
        # The way that hub.toml names today may be another than the one by which the letter left.
        written = read_totals(root, named(mailing))
        return totals_from(mailing, written.way if written else settings.sending.way, standing), taken


def _of_service(way: str, private: Private, mailing: Mailing) -> Totals | None:
    counts = counts_of(mailing, service_of(way, private))
    # The service says neither when it began nor when the last mail left; the letter's own date is near, and steady.
    return totals_of(mailing, way, mailing.sent, None, counts) if counts else None
