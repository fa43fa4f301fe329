"""Events whose dates changed → what members would not hear of, or not understand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from handbill.checking.pointing import at
from handbill.errors import Level, Problem, said
from handbill.hub.changed import changes_of, is_changed, matters_from
from handbill.hub.facets import Occurrence, instant
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.ledger import Record
from handbill.hub.period import midnight
from handbill.hub.when import told

#: How far ahead a change lies at most of which a post is proposed.
AHEAD = timedelta(days=60)

#: How long a date that members noted is past at most when nobody minds any more that it was changed in silence.
PAST = timedelta(days=30)

#: By how much a start moves at least until that is more than a correction.
MOVED = timedelta(minutes=30)


def check_changes(hub: Hub) -> Iterator[Problem]:
    """Yield a note for each change that no post tells, a doubt where one has no consequence, a warning for each date changed in silence."""
    for item in hub.items:
        if item.occurrences and item.is_listed:
            yield from _half_done(item, hub)
            yield from _silent(item, hub)
            yield from _untold(item, hub)


def _untold(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield a note for a change soon to matter that no post tells; of translations the original alone proposes one."""
    found = changes_of(item, hub.as_of, hub.zone)
    if not found or item.original in hub.by_id:
        return
    first, _ = found[0]
    if matters_from(first, hub.as_of, hub.zone) > hub.as_of + AHEAD or _is_told(item, hub):
        return
    became = {
        "cancelled": said("cancelled, and no post tells it"),
        "postponed": said("put off, and no post tells it"),
        "moved_online": said("moved online, and no post tells it"),
    }.get(first.status, said("moved to another date, and no post tells it"))
    day = told(first.original or (first.was[-1] if first.was else first.starts))[:10]
    found_now = said("the date of {day}, {became}", day=day, became=became)
    wanted = said("a post for those who read news only: {command}", command=f"python3 build.py notice {item.source}")
    yield at(item, "recurrence" if item.series and "status" not in item.places else "status", found_now, wanted, "HB510", Level.NOTE)


def _is_told(item: Item, hub: Hub) -> bool:
    """Say whether a post in any language leads to the event, published since it changed."""
    group = hub.translations(item)
    addresses = {one.address for one in group}
    since = max((moment for one in group if (moment := _changed_at(one, hub))), default=None)
    day = midnight(since.date(), hub.zone) if since else item.published
    posts = (post for post in hub.items if post.kind == "post" and post.published and (day is None or post.published >= day))
    return any(addresses & {link.partition("#")[0] for link in post.body.links} for post in posts)


def _changed_at(item: Item, hub: Hub) -> datetime | None:
    """Return when the item changed last as far as is known; what no build has recorded yet changed just now."""
    return hub.as_of if _is_fresh(item, hub) else item.updated


def _is_fresh(item: Item, hub: Hub) -> bool:
    """Say whether what members plan by is other than what calendars told last."""
    record = _recorded(item, hub)
    return record is not None and hub.told.records[item.id].sequence > record.sequence


def _recorded(item: Item, hub: Hub) -> Record | None:
    """Return what calendars told last of an item; nothing where they never told it, or told that it is off for good."""
    record = hub.ledger.records.get(item.id)
    return record if record and record.state.facts and not record.is_gone and item.id in hub.told.records else None


# A status without consequences


def _half_done(item: Item, hub: Hub) -> Iterator[Problem]:
    coming = [one for one in item.occurrences if one.finishes > hub.as_of]
    for one in item.occurrences[:1] if item.series is None else ():
        if one.status == "rescheduled" and any(_is_same(one.starts, was, one.zone) for was in one.was):
            found = said("{start}, which stands in previous_starts, too", start=told(one.starts))
            yield at(item, "starts", found, said("the new date, because status is rescheduled"), "HB511", Level.WARNING)
    if coming and all(one.status == "cancelled" for one in coming):
        yield from _still_open(item, hub)
    if any(one.status == "moved_online" for one in coming) and (
        item.online is None or not (item.online.address or item.online.is_withheld)
    ):
        found = said("an event that takes place online, and nowhere how to connect")
        wanted = said(
            "a line {one} with the address, or {other} if only those who sign up get it",
            one="join_url",
            other="join_after_registration: true",
        )
        yield at(item, "status", found, wanted, "HB511", Level.WARNING)
    record = _recorded(item, hub)
    is_old = record and item.updated and "updated" in item.places and item.updated <= record.changed and _is_fresh(item, hub)
    if is_old and item.updated and any(is_changed(one) for one in coming):
        found = said("{day}, older than what has become of the date", day=item.updated.date().isoformat())
        wanted = said("{day}, or no such line: the next letter and the feeds go by it", day=hub.as_of.date().isoformat())
        yield at(item, "updated", found, wanted, "HB511", Level.WARNING)


def _still_open(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield a warning where one can still sign up for what is cancelled: the page hides the link, the form knows nothing of it."""
    signup = getattr(item.facts, "registration", None)
    if signup is not None and signup.url and signup.state(hub.as_of) in ("open", "waitlist", "not_yet"):
        found = said("a cancelled event for which one can sign up at {url}", url=signup.url)
        wanted = said("that form closed, and no group “registration” here any more")
        yield at(item, "registration", found, wanted, "HB511", Level.WARNING)


# A date that was changed in silence


def _silent(item: Item, hub: Hub) -> Iterator[Problem]:
    """Yield a warning for a start other than the one that members have in their calendars, of which nothing is said."""
    record = _recorded(item, hub)
    if record is None or all(one.is_off for one in item.occurrences):
        return
    old, new = record.state.starts, hub.told.records[item.id].state.starts
    zone = record.state.zone
    if instant(old, zone) < hub.as_of - PAST or not _is_other(old, new, zone, item.occurrences[0]):
        return
    known = [was for one in item.occurrences for was in one.was]
    if any(_is_same(old, was, zone) for was in known):
        return
    found = said("{new}, while members have {old} in their calendars", new=told(new), old=told(old))
    if known:
        dates = ", ".join(told(one) for one in (*dict.fromkeys(known), old))
        wanted = said("that date in previous_starts, too: [{dates}]", dates=dates)
    else:
        wanted = said(
            "the lines “{status}”, “{previous}” and “status_note: …” with the reason, so that they learn of it; or the date that they have",
            status="status: rescheduled", previous=f"previous_starts: [{told(old)}]",
        )  # fmt: skip
    yield at(item, "starts", found, wanted, "HB512", Level.WARNING)


def _is_same(one: object, other: object, zone: str) -> bool:
    """Say whether two starts are the same; an hour that one of them lacks does not matter."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return instant(one, zone) == instant(other, zone)
    return str(one)[:10] == str(other)[:10]


def _is_other(old: object, new: object, zone: str, when: Occurrence) -> bool:
    """Say whether a start moved by more than what one corrects."""
    if isinstance(old, datetime) and isinstance(new, datetime):
        return abs(instant(new, when.zone) - instant(old, zone)) >= MOVED
    return not _is_same(old, new, zone)
