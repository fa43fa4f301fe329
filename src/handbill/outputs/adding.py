"""One date of an item → the addresses at which calendars of other companies offer to take it over.

They are plain links: nothing is asked of anyone before a reader follows one.
Neither company documents its parameters; they are collected at
https://github.com/InteractionDesignFoundation/add-event-to-calendar-docs
(services/google.md and services/outlook-web.md).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode

from handbill.hub.facets import Occurrence
from handbill.hub.item import Item
from handbill.outputs.sheet import Say
from handbill.outputs.views import To
from handbill.settings import Settings

_GOOGLE = "https://calendar.google.com/calendar/render"
_MICROSOFT = (
    ("Outlook.com", "https://outlook.live.com/calendar/deeplink/compose"),
    ("Microsoft 365", "https://outlook.office.com/calendar/deeplink/compose"),
)


def adding(item: Item, when: Occurrence, settings: Settings, at: datetime, say: Say) -> tuple[To, ...]:
    """Return a link for each company, by the name of its calendar; nothing for a date that is off or over, or if the hub wants none."""
    if not settings.calendar_elsewhere or when.is_off or when.finishes <= at:
        return ()
    text, where = _text(item, when, settings), _where(item, when)
    google = {
        "action": "TEMPLATE",
        "text": item.title,
        "dates": f"{_compact(when.starts)}/{_compact(_after(when))}",
        **({} if when.all_day else {"ctz": when.zone}),
        "details": text,
        "location": where,
    }
    microsoft = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": item.title,
        "startdt": _plain(when.starts),
        "enddt": _plain(_after(when)),
        **({"allday": "true"} if when.all_day else {}),
        "body": text,
        "location": where,
    }
    return (To(say("Google Calendar"), _address(_GOOGLE, google)), *(To(name, _address(base, microsoft)) for name, base in _MICROSOFT))


def _text(item: Item, when: Occurrence, settings: Settings) -> str:
    """Return what the entry says: what changed, what it is about, where one connects, and the page, which is always the freshest."""
    join = item.online.address if item.online else ""
    return "\n\n".join(part for part in (when.note, item.summary, join, settings.absolute(item.address)) if part)


def _where(item: Item, when: Occurrence) -> str:
    """Return the place on one line; the address to connect where that is the only place."""
    if item.place and when.status != "moved_online":
        return item.place.line
    return item.online.address if item.online else ""


def _after(when: Occurrence) -> datetime | date:
    """Return the end as calendars want it: of whole days, the day after the last one."""
    return when.ends if isinstance(when.ends, datetime) else when.ends + timedelta(days=1)


# In UTC, because a local time comes twice in the night in which the clocks go back.


def _compact(moment: datetime | date) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"


def _plain(moment: datetime | date) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()


def _address(base: str, query: dict[str, str]) -> str:
    # A space as a plus would be shown as a plus by Outlook.
    return f"{base}?{urlencode({key: value for key, value in query.items() if value}, quote_via=quote, safe='')}"
