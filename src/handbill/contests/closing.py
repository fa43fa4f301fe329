"""The steps after the draw, and the two ways in which a contest ends early: each said by the organiser, each refused out of its time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from handbill.contests.drawing import DRAW, drawing_of, drawn_again
from handbill.contests.keyring import destroy_key, was_destroyed
from handbill.contests.lots import local
from handbill.contests.steps import Contest, NotNow, take
from handbill.draw.pool import digest_of
from handbill.errors import MachineLacks, WrongUse, said
from handbill.reading.contest_entries import FOLDER
from handbill.reading.contest_privacy import named_in
from handbill.reading.load import terms_of

#: The longest reason that a page tells.
_LONGEST = 300

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A draw whose winners are known and content; ``left`` is how many prizes nobody is left for."""

    winners: int
    left: int


@dataclass(frozen=True, slots=True)
class Purged:
    """What was destroyed: the key or not, and how many entries by pull request, whose accounts the pool goes on naming."""

    is_key_destroyed: bool
    entries: int


def confirm(contest: Contest, *, is_claimed: bool) -> Confirmed:
    """Commit the step ``verified``: from now on nobody is skipped any more.

    Raises:
        NotNow: something in the public files is not right, or winners can still claim and nobody says that all have.
    """
    contest.check_step("verified")
    drawing = drawing_of(contest)
    terms = contest.record.terms
    claim = terms["claim"]
    if not is_claimed and (not claim or contest.at < datetime.fromisoformat(claim)):
        until = local(contest, datetime.fromisoformat(claim)) if claim else "-"
        raise NotNow(
            said(
                "{contest}: winners can claim until {moment}; if all have answered, say so with --claimed",
                contest=contest.id, moment=until,
            )
        )  # fmt: skip
    wrong = [one for one in drawn_again(contest) if one.is_right is False]
    if wrong:
        told = said("{contest}: the draw does not hold ({check}): {found}", contest=contest.id, check=wrong[0].name, found=wrong[0].found)
        raise NotNow(told)
    take(contest, "verified", {"draw": digest_of(contest.file(DRAW))}, {})
    winners = len(drawing.award.winners)
    return Confirmed(winners, int(terms["winners"]) - winners)


def publish(contest: Contest) -> None:
    """Commit the step ``published``: from now on pages show who won.

    Raises:
        NotNow: the day that the rules give has not come.
    """
    contest.check_step("published")
    results = contest.record.terms["results"]
    if results and contest.at < datetime.fromisoformat(results):
        moment = local(contest, datetime.fromisoformat(results))
        raise NotNow(said("{contest}: the rules give the results for {moment}", contest=contest.id, moment=moment))
    take(contest, "published", {}, {})


def settle(contest: Contest) -> None:
    """Commit the step ``settled``: all prizes are handed over."""
    take(contest, "settled", {}, {})


def purge(contest: Contest, folder: Path, *, is_early: bool = False, is_without_key: bool = False) -> Purged:
    """Destroy the key of a contest and its entries by pull request, and commit the step ``purged``.

    *folder* is that of what names people.  What is interrupted is taken up
    again by the same call.

    Raises:
        NotNow: it is too early, or the key is not on this machine and nobody says that there is none.
        MachineLacks: the key or an entry cannot be destroyed.
    """
    contest.check_step("purged")
    due = purge_due(contest)
    if due is not None and contest.at < due and not is_early:
        found = said(
            "{contest}: the rules keep what was collected until {moment}, so that whoever objects can be answered; to be early: --early",
            contest=contest.id, moment=local(contest, due),
        )  # fmt: skip
        raise NotNow(found)
    is_destroyed = destroy_key(folder, contest.id) or was_destroyed(folder, contest.id)
    if not is_destroyed and not is_without_key:
        found = said(
            "{contest}: its key is not on this machine; run this where it is; if there never was one, or it is lost: --no-key",
            contest=contest.id,
        )
        raise NotNow(found)
    entries = [name for name in contest.record.files if name.startswith(FOLDER)]
    for name in entries:
        _remove(contest, name)
    take(contest, "purged", {"key": "destroyed" if is_destroyed else "none"}, {})
    return Purged(is_destroyed, len(entries))


def purge_due(contest: Contest) -> datetime | None:
    """Return from when what was collected is to be destroyed; ``None`` where there is nothing to wait for.

    Of a contest that came to nothing nobody needs it any more.
    """
    terms: Mapping[str, Any] = contest.record.terms
    published = contest.record.last("published")
    if published is None:
        return None
    results = datetime.fromisoformat(terms["results"]) if terms.get("results") else published.at
    # Days of the calendar: the same hour of the clock, also where it was put back in between.
    return results.astimezone(ZoneInfo(contest.settings.zone)) + timedelta(days=int(terms["retention_days"]))


def cancel(contest: Contest, reason: str) -> None:
    """Commit the step ``cancelled``, with the reason that pages tell.

    Raises:
        WrongUse: the reason is empty, too long, or names somebody.
    """
    contest.check_step("cancelled")
    take(contest, "cancelled", {"reason": _reason(contest, reason)}, {})


def declare_void(contest: Contest, reason: str, again: str) -> None:
    """Commit the step ``void``: a frozen pool was wrong.  *again* is the id under which the contest is announced anew, or "".

    Raises:
        WrongUse: the reason is empty, too long, or names somebody; or *again* is no new id.
    """
    contest.check_step("void")
    if again and (again == contest.id or not _ID.fullmatch(again)):
        raise WrongUse(said("--again: found “{word}”, wanted another id, of small letters, digits and hyphens", word=again))
    take(contest, "void", {"reason": _reason(contest, reason), "again": again}, {})


def _reason(contest: Contest, reason: str) -> str:
    text = " ".join(reason.split())
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise WrongUse(said("--reason: wanted a sentence of at most {n} signs, which everybody will read", n=_LONGEST))
    if found := named_in(text.encode("utf-8", "replace"), terms_of(contest.settings).house):
        raise WrongUse(said("--reason: found {found}, wanted a sentence without it: everybody will read it, for ever", found=found[0][1]))
    return text


def _remove(contest: Contest, name: str) -> None:
    path = f"{contest.folder}/{name}"
    file = contest.settings.root / path
    try:
        file.unlink(missing_ok=True)
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
    except OSError as trouble:
        raise MachineLacks(said("{path}: cannot be deleted ({reason})", path=path, reason=trouble.strerror or str(trouble))) from trouble
