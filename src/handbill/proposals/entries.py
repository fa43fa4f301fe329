"""A form by which somebody enters a contest in public → the file of the entry (decision 0053), or why there can be none.

Only contests whose rules say that one enters under the name of an account take
such entries; of all others a form would make public what must stay private.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handbill.errors import Said, said
from handbill.hub.fields import Desk, Link, Scalar
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.written import block
from handbill.kinds.contest_terms import contest_id
from handbill.proposals.issue import Issue
from handbill.proposals.locating import page_named
from handbill.proposals.outcome import Lacking, Outcome
from handbill.proposals.values import Filled
from handbill.reading.contest_entries import ENDING, FOLDER, HANDLE
from handbill.reading.contests import folder_of
from handbill.settings import Settings


def entered(blank: Outcome, filled: Filled, issue: Issue, hub: Hub, settings: Settings, as_of: datetime) -> Outcome:
    """Return the file of an entry; the forge says who enters and when, never the form."""
    named = str(filled.values.get("contest", ""))
    item = page_named(named, hub, settings)
    contest = item if item is not None and item.kind == "contest" else None
    handle = issue.proposer.lower()
    at = (issue.written or as_of).astimezone(UTC)
    work = str(filled.values.get("work", ""))
    lacking = tuple(_against(contest, handle, at, work))
    if lacking or contest is None:
        return replace(blank, state="lacking", lacking=tuple(Lacking("", why) for why in lacking))
    path = f"{folder_of(contest_id(contest))}/{FOLDER}{handle}{ENDING}"
    if (settings.root / path).exists():
        return replace(blank, state="lacking", lacking=(Lacking("", said("this account has entered this contest already")),))
    clock = at.astimezone(ZoneInfo(settings.zone)).replace(tzinfo=None).isoformat(" ", "minutes")
    lines = [*block("entered", clock), *block("consent", "true"), *block("rules", str(_version(contest, at)))]
    lines += block("work", work) if work else []
    content = "\n".join(lines) + "\n"
    return replace(blank, state="ready", path=path, content=content.encode(), title=contest.title, notices=tuple(filled.notices))


def _against(contest: Item | None, handle: str, at: datetime, work: str) -> Iterator[Said]:
    """Yield why this is no entry."""
    if contest is None or contest.deadline is None:
        yield said("no contest of that name or address is published here")
        return
    record = contest.facts.record
    terms = record.terms.get("entry") if record is not None else None
    if not isinstance(terms, dict) or terms.get("how") != "pull_request":
        # Whoever writes here has named himself already; the rules decide where one enters.
        yield said("one does not enter this contest here; its page says how")
        return
    if not HANDLE.fullmatch(handle):
        yield said("the name of the account cannot stand in a list of entries")
    if not contest.deadline.opens <= at < contest.deadline.closes:
        yield said("nobody could enter at that moment")
    elif not _version(contest, at):
        yield said("the rules of this contest were not announced then")
    if record is not None and (record.last("frozen") or record.last("purged")):
        yield said("the list of entries is closed")
    if work and Link().read(Scalar(work, True, 0, 0), "work", Desk("", "UTC")) is None:
        yield said("the work is named by an address that begins with https://")


def _version(contest: Item, at: datetime) -> int:
    """Return the version of the rules that was announced last at that moment, 0 for none."""
    record = contest.facts.record
    steps = [one for one in record.steps if one.name == "announced" and one.at <= at] if record is not None else []
    version = steps[-1].facts.get("version") if steps else 0
    return version if isinstance(version, int) else 0
