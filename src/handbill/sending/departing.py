"""A letter on its way out: looked at, made a draft of, or let go; and what became of that.

Here all parts of sending meet.  Nothing leaves before everything was looked at,
and then only while no other run of the same letter is under way.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from handbill.errors import HandbillError, WrongUse, said
from handbill.sending.aftermath import Standing, Unclear
from handbill.sending.audience import leavers, source_of
from handbill.sending.carriers import OUTBOX, carrier_of
from handbill.sending.contract import Mailing, Service
from handbill.sending.delivering import deliver, means_of
from handbill.sending.handed import Notes
from handbill.sending.handing import HandedOver, Until, hand_over
from handbill.sending.keys import secret_of
from handbill.sending.ledger import Ledger
from handbill.sending.mailing import mailing_of
from handbill.sending.means import End, Progress, Report
from handbill.sending.needs import target_of
from handbill.sending.private import Private, read_private
from handbill.sending.readiness import Readiness, named, readiness, tallies_of
from handbill.sending.services.opening import SERVICES, service_of
from handbill.sending.signing import signer_of
from handbill.sending.stopping import Stop
from handbill.sending.totals import read_totals, totals_from, write_totals
from handbill.sending.turn import only_run
from handbill.settings import Settings, read_settings

#: Why a member gets nothing whom the file of suppressions names.
LISTED = "listed"

#: What remains of these is nobody's fault: doing the same again goes on.
_UNDONE = ("queued", "sending", "deferred", "ambiguous")


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did.  ``report`` is ``None`` where nothing was begun, or a service has the letter.

    ``handed`` are its versions at the service; ``is_counted`` says that the
    file of counts beside the bundle is another one now, to be committed.
    """

    found: Readiness
    report: Report | None = None
    standing: Standing | None = None
    unclear: tuple[Unclear, ...] = ()
    handed: tuple[HandedOver, ...] = ()
    is_counted: bool = False

    @property
    def exit_code(self) -> int:
        """Return 0 where nothing remains to be done, what is in the way where nothing was begun, else 4."""
        if self.report is None:
            return self.found.exit_code
        remains = self.standing is None or any(self.standing.counts[one] for one in _UNDONE)
        return 4 if remains or self.report.end is not End.WHOLE else 0


@dataclass(frozen=True, slots=True)
class Departure:
    """A letter that somebody wants to send from this machine."""

    root: Path
    settings: Settings
    private: Private
    mailing: Mailing
    segment: str = ""
    is_late: bool = False

    @classmethod
    def of(cls, root: Path, wanted: str, segment: str = "", is_late: bool = False) -> Departure:
        """Return the departure of the letter *wanted*, such as ``12``.

        Raises:
            WrongUse: there is no such letter; or a segment is wanted of a service, which has lists.
            ContentProblems: the archive, hub.toml or hub.local.toml is faulty.
        """
        settings = read_settings(root)
        private = read_private(root, settings.base_url)
        mailing = mailing_of(root, settings, wanted)
        if segment and settings.sending.way in SERVICES:
            raise WrongUse(said("--segment: {way} knows the members itself; make a list there, and name it", way=settings.sending.way))
        return cls(root, settings, private, mailing, segment, is_late)

    @property
    def is_by_service(self) -> bool:
        """Say whether a service gets the whole letter."""
        return self.settings.sending.way in SERVICES

    @property
    def outbox(self) -> Path | None:
        """Return where the mails lie that become files; ``None`` where they go elsewhere."""
        return self.private.folder / OUTBOX / self.mailing.versions[0].campaign if self.settings.sending.way == "files" else None

    def looked(self, now: datetime) -> Readiness:
        """Return all that is in the way at that moment.  Nothing is written, and nobody is asked over a network."""
        return readiness(self.root, self.settings, self.private, self.mailing, now, segment=self.segment, late=self.is_late)

    def asked(self, now: datetime) -> tuple[Readiness, tuple[HandedOver, ...]]:
        """Return the same, and how the letter stands at the service if nothing else is in the way: it is asked, and changes nothing."""
        found = self.looked(now)
        if found.exit_code or not self.is_by_service:
            return found, ()
        try:
            return found, self.at_service()
        except HandbillError as refusal:
            return replace(found, refusals=(*found.refusals, refusal.args[0]), exit_code=refusal.exit_code), ()

    def at_service(self, until: Until = Until.LOOK) -> tuple[HandedOver, ...]:
        """Return how the letter stands at the service, after having gone as far as *until* says."""
        targets = {one.lang: target_of(self.settings, self.mailing.letter, one.lang) for one in self.mailing.versions}
        return hand_over(self.mailing, self.service(), targets, Notes(self.private.folder), None, until, time.sleep)

    def service(self) -> Service:
        """Return the service that hub.toml names."""
        return service_of(self.settings.sending.way, self.private, time.sleep)

    def draft(self, now: datetime) -> Done:
        """Make the draft at the service and compare it; that its hour has not come is in the way of nothing.

        Raises:
            WrongUse: mails go out one by one, so there is nothing to make a draft of.
        """
        if not self.is_by_service:
            raise WrongUse(
                said(
                    "--draft: {way} takes single mails, and has no drafts; to look at one: {option}",
                    way=self.settings.sending.way,
                    option="--test",
                )
            )
        found = self.looked(max(now, self.mailing.sent))
        if found.exit_code:
            return Done(found)
        with only_run(self.private.folder, self.mailing.letter, now):
            return Done(found, handed=self.at_service(Until.DRAFT))

    def go(self, clock: Callable[[], datetime], stop: Stop, tell: Callable[[Progress], object]) -> Done:
        """Send the letter, or as much of it as goes; *tell* hears of each mail.

        Raises:
            TurnTaken: another run of this letter has not ended.
            HandbillError: the ledger, the disk, the list or the service fails; what left is noted.
        """
        with only_run(self.private.folder, self.mailing.letter, clock()):
            found = self.looked(clock())
            if found.exit_code:
                return Done(found)
            with Ledger.open(self.private.folder, secret_of(self.private.folder), tallies_of(self.root)) as ledger:
                return self._handed_over(found, ledger, clock) if self.is_by_service else self._carried(found, ledger, clock, stop, tell)

    def _handed_over(self, found: Readiness, ledger: Ledger, clock: Callable[[], datetime]) -> Done:
        # From here on this number can leave by no other way.
        run = ledger.begin(self.mailing, (), clock())
        handed = self.at_service(Until.SENT)
        ledger.finish(run, clock())
        return Done(found, handed=handed)

    def _carried(
        self, found: Readiness, ledger: Ledger, clock: Callable[[], datetime], stop: Stop, tell: Callable[[Progress], object]
    ) -> Done:
        secret = secret_of(self.private.folder)
        source = source_of(self.settings, self.private, secret, self.mailing, self.segment)
        assert source is not None
        sending = self.settings.sending
        carrier = carrier_of(sending.way, self.private, self.mailing)
        sign = signer_of(self.settings, self.private)
        gone = ledger.suppressed()
        for key in leavers(self.private, secret):
            if key not in gone:
                ledger.suppress(key, LISTED, clock())
        audience = ((one.key, self.mailing.version(one.lang).lang, one.row) for one in source.members(self.mailing.letter))
        run = ledger.begin(self.mailing, audience, clock())
        means = means_of(sending, ledger, stop, clock, random.random, tell, sign)
        try:
            report = deliver(self.mailing, partial(source.rows, self.mailing.letter), carrier, ledger, run, means)
        except HandbillError:
            self._count(ledger)
            raise
        standing = ledger.standing(self.mailing.letter, self.mailing.number)
        return Done(found, report, standing, ledger.unclear(self.mailing.letter, self.mailing.number), is_counted=self._count(ledger))

    def _count(self, ledger: Ledger) -> bool:
        """Write the counts beside the bundle, from which another machine learns that the letter has left."""
        standing = ledger.standing(self.mailing.letter, self.mailing.number)
        if standing is None:
            return False
        totals = totals_from(self.mailing, self.settings.sending.way, standing)
        # While nobody has it, another machine may still send it.
        return (totals.has_left or read_totals(self.root, named(self.mailing)) is not None) and write_totals(self.root, totals)
