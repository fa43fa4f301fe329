"""All that stands between a frozen letter and its members, found at once: approval, time, settings, list, and what was sent before.

Whoever sends is told of everything in one go, because a letter has its hour.
Nothing is written here, and nobody is asked over a network.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from handbill.errors import ContentProblems, HandbillError, Level, MachineLacks, Problem, Said, WrongUse, said
from handbill.git import git_of
from handbill.hub.frozen import name_of
from handbill.layout import ARCHIVE
from handbill.reading.totals import totals_path
from handbill.sending.aftermath import Standing, Unclear
from handbill.sending.approval import Approval, approved
from handbill.sending.audience import Audience, Silent, source_of
from handbill.sending.contract import Mailing
from handbill.sending.handed import Notes
from handbill.sending.keys import KEY, LENGTH, secret_of
from handbill.sending.ledger import NAME, Ledger
from handbill.sending.needs import needs
from handbill.sending.private import LOCAL, Private
from handbill.sending.probing import probe
from handbill.sending.services.opening import SERVICES
from handbill.sending.signing import signer_of
from handbill.sending.tally import Tally
from handbill.sending.totals import read_totals
from handbill.settings import Settings

T = TypeVar("T")

#: Stands for the key of a ledger that does not exist yet: nobody was served, so nobody has to be known again.
_NO_SECRET = bytes(LENGTH)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found.  ``audience`` is ``None`` where a service knows the members, or the list cannot be read.

    ``standing`` and ``unclear`` are what the ledger of this machine remembers
    of this number.  ``refusals`` are what is wrong with more than a file;
    ``exit_code`` is what a sending would end with: 0 where nothing is in its way.
    """

    mailing: Mailing
    approvals: tuple[Approval, ...]
    audience: Audience | None
    standing: Standing | None
    unclear: tuple[Unclear, ...]
    problems: tuple[Problem, ...]
    refusals: tuple[Said, ...]
    exit_code: int


@dataclass(slots=True)
class _Findings:
    problems: list[Problem] = field(default_factory=list)
    refusals: list[Said] = field(default_factory=list)
    exit_code: int = 0

    def add(self, *problems: Problem) -> None:
        self.problems += problems
        if any(one.level is Level.ERROR for one in problems):
            self.exit_code = max(self.exit_code, 1)

    def asked(self, act: Callable[[], T]) -> T | None:
        """Return what an act returns; a refusal is kept, and told with all others."""
        try:
            return act()
        except ContentProblems as refusal:
            self.add(*refusal.problems)
        except HandbillError as refusal:
            self.refuse(refusal)
        return None

    def refuse(self, refusal: HandbillError) -> None:
        self.refusals.append(refusal.args[0])
        self.exit_code = max(self.exit_code, refusal.exit_code)


def readiness(
    root: Path, settings: Settings, private: Private, mailing: Mailing, now: datetime, *, segment: str = "", late: bool = False
) -> Readiness:
    """Return what is in the way of sending a letter now, and whom it would go to; *late* lets one leave long after its date."""
    findings = _Findings()
    findings.asked(probe)
    approval = approved(root, mailing.versions, settings.sending.branch)
    findings.add(*approval.problems)
    findings.add(*_open_to_git(root))
    findings.add(*needs(settings, private, mailing))
    audience = None
    with ExitStack() as stack:
        memory = findings.asked(lambda: _remembered(root, private, mailing, stack)) or _Memory()
        begun = memory.standing is not None
        findings.add(*_time(mailing, now, settings.sending.late_hours, is_free=late or begun))
        findings.asked(lambda: findings.add(*_before(root, settings.sending.way, mailing, memory.standing, Notes(private.folder))))
        if segment and begun:
            findings.refuse(
                WrongUse(said("--segment: {name} has begun, and goes on with those for whom it was begun", name=named(mailing)))
            )
        if settings.sending.way not in SERVICES:
            findings.asked(lambda: signer_of(settings, private))
            audience = findings.asked(lambda: _counted(settings, private, mailing, segment, memory))
    if audience is not None:
        findings.add(*audience.problems)
        if not audience.whole and not audience.faults and not begun:
            assert private.members is not None
            nobody = said("nobody who gets this letter")
            wanted = said("the members of the letter “{letter}”", letter=mailing.letter)
            findings.add(Problem(private.members.name, 0, 0, "", nobody, wanted, "HB453", Level.ERROR))
    return Readiness(
        mailing, approval.approvals, audience, memory.standing, memory.unclear,
        tuple(findings.problems), tuple(findings.refusals), findings.exit_code,
    )  # fmt: skip


def tallies_of(root: Path) -> Path:
    """Return where the tallies of a hub lie: with its repository, whatever working tree one is in."""
    git = git_of(root)
    return ((git.common if git else None) or root / ".git") / "handbill"


def named(mailing: Mailing) -> str:
    """Return what people call a letter with all its languages: ``12``, ``agenda-3``."""
    return name_of(mailing.letter, mailing.number, "", "")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What this machine remembers of the number, and of those who want nothing any more."""

    standing: Standing | None = None
    unclear: tuple[Unclear, ...] = ()
    secret: bytes = _NO_SECRET
    gone: Container[bytes] = frozenset()


def _remembered(root: Path, private: Private, mailing: Mailing, stack: ExitStack) -> _Memory:
    """Open the ledger if there is one, and look whether it agrees with the letter and the tally."""
    tallies = tallies_of(root)
    if not (private.folder / NAME).exists():
        if handed := Tally(tallies, mailing.letter, mailing.number).count:
            raise MachineLacks(
                said(
                    "{n} mails of {name} were handed over from this folder, and no ledger is in {folder}; nothing is sent,"
                    " because it could reach people twice. Put the ledger back, or name its folder in hub.local.toml",
                    n=handed, name=named(mailing), folder=private.folder,
                )
            )  # fmt: skip
        return _Memory(secret=secret_of(private.folder) if (private.folder / KEY).exists() else _NO_SECRET)
    secret = secret_of(private.folder)
    ledger = stack.enter_context(Ledger.open(private.folder, secret, tallies))
    ledger.check(mailing)
    return _Memory(
        ledger.standing(mailing.letter, mailing.number), ledger.unclear(mailing.letter, mailing.number), secret, ledger.suppressed()
    )


def _open_to_git(root: Path) -> Iterator[Problem]:
    """Yield a problem where the next commit would publish, or one has published, what opens the mail server."""
    git = git_of(root)
    if git is None or not (root / LOCAL).exists():
        return
    if git.answer("ls-files", "--", LOCAL):
        wanted = said(
            "it out of Git ({command}), and new passwords: the old ones stay in version history", command=f"git rm --cached {LOCAL}"
        )
        yield Problem(LOCAL, 0, 0, "", said("a file that Git keeps"), wanted, "HB453", Level.WARNING)
    elif git.common and not git.answer("check-ignore", "--", LOCAL):
        wanted = said("the line “{line}” in .gitignore", line=f"/{LOCAL}")
        yield Problem(LOCAL, 0, 0, "", said("a file that Git does not ignore"), wanted, "HB453", Level.WARNING)


def _counted(settings: Settings, private: Private, mailing: Mailing, segment: str, memory: _Memory) -> Audience | None:
    source = source_of(settings, private, memory.secret, mailing, segment)
    if source is None or not source.file.is_file():
        # That nobody has named it has been told.
        return None
    return source.counted(mailing, Silent(private, memory.secret, memory.gone))


def _time(mailing: Mailing, now: datetime, late_hours: int, *, is_free: bool) -> Iterator[Problem]:
    path = f"{ARCHIVE}/{named(mailing)}"
    here, due = f"{now:%Y-%m-%d %H:%M}", f"{mailing.sent.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if now < mailing.sent:
        found = said("the date {date}, which is still to come (now it is {now})", date=due, now=here)
        yield Problem(path, 0, 0, "", found, said("the letter sent then"), "HB452")
    elif not is_free and now - mailing.sent > timedelta(hours=late_hours):
        found = said("the date {date}, more than {n} hours ago (now it is {now})", date=due, n=late_hours, now=here)
        wanted = said("the letter sent in time; or, if members shall get it that late: {option}", option="--late")
        yield Problem(path, 0, 0, "", found, wanted, "HB452")


def _before(root: Path, way: str, mailing: Mailing, standing: Standing | None, notes: Notes) -> Iterator[Problem]:
    """Yield a problem where somebody has sent this number before, of which this machine knows nothing, or by another way."""
    name = named(mailing)
    if way not in SERVICES and (handed := [note for one in mailing.versions for note in notes.of(one.name)]):
        found = said("that {name} was handed to {service}, which sends it to everybody", name=name, service=handed[0].service)
        yield Problem(f"{ARCHIVE}/{name}", 0, 0, "", found, said("a number that was never sent"), "HB454")
    path = totals_path(mailing.letter, mailing.number)
    totals = read_totals(root, name)
    if totals is not None and dict(totals.digests) != mailing.digests:
        found = said("the counts of other bytes, sent under the number {name}", name=name)
        yield Problem(path, 0, 0, "digests", found, said("what changed since under a number of its own"), "HB454")
    elif totals is not None and totals.has_left and standing is None and totals.way != way:
        found = said("that {name} has been sent by another way ({way})", name=name, way=totals.way)
        yield Problem(path, 0, 0, "way", found, said("a number that was never sent"), "HB454")
    elif totals is not None and totals.has_left and standing is None and way not in SERVICES:
        found = said("that {name} has been sent, of which the ledger here knows nothing", name=name)
        yield Problem(path, 0, 0, "", found, said("the ledger of the machine that sent it, or a number that was never sent"), "HB454")
    if standing is not None and any(standing.counts.values()) and way in SERVICES:
        found = said("that {name} was begun mail by mail, and would be sent to everybody by the service", name=name)
        wanted = said("the way by which it was begun, under way in [sending]")
        yield Problem(f"{ARCHIVE}/{name}", 0, 0, "", found, wanted, "HB454")
