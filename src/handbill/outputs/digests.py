"""What was new in a week or a month, as one entry of a feed, for those who do not want to be told each time.

A week is one of ISO 8601 and a month one of the calendar, both by the hub's
own clocks.  An entry appears the moment its time is over, and never before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.period import midnight
from handbill.outputs.feed_entries import Entries
from handbill.outputs.feed_record import Entry, tag_uri
from handbill.outputs.news import alarms
from handbill.outputs.planned import digest
from handbill.outputs.subscriptions import Subscription
from handbill.outputs.views import When
from handbill.outputs.words import Words
from handbill.settings import Settings


@dataclass(frozen=True, slots=True)
class Span:
    """A week or a month: its name in ids, its first day, and the first day after it."""

    name: str
    first: date
    after: date


@dataclass(slots=True)
class _Round:
    """What happened within a span: what appeared, and what had appeared before and was called off or moved."""

    new: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)


def week_of(day: date) -> Span:
    """Return the week in which a day lies: ``2026-W47``."""
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Span(f"{year}-W{number:02}", first, first + timedelta(days=7))


def month_of(day: date) -> Span:
    """Return the month in which a day lies: ``2026-11``."""
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Span(f"{day:%Y-%m}", day.replace(day=1), after)


#: The feeds of digests: what each tells of, and how many of these it holds; who subscribed long ago has the others.
SPANS: dict[str, tuple[Callable[[date], Span], int]] = {"weekly": (week_of, 26), "monthly": (month_of, 12)}


def digests(feed: Subscription, hub: Hub, settings: Settings, entries: Entries) -> Iterator[tuple[str, Entry]]:
    """Yield an entry with its digest for each span that is over and had something, the latest first."""
    span_of, most = SPANS[feed.name]
    most, again = min(most, settings.feed_entries), alarms(hub)
    rounds = _rounds(feed.items, span_of, most, again, hub)
    over = (span for span in rounds if midnight(span.after, hub.zone) <= hub.as_of)
    for span in sorted(over, key=lambda span: span.first, reverse=True)[:most]:
        entry = _entry(span, rounds[span], again, hub, settings, feed.lang, entries)
        yield digest(entry), entry


def _rounds(
    items: Sequence[Item], span_of: Callable[[date], Span], most: int, again: Mapping[str, datetime], hub: Hub
) -> dict[Span, _Round]:
    """Return what happened, by span: the *most* latest that are over, and perhaps more; *items* stand newest first."""
    zone = ZoneInfo(hub.zone)

    def at(moment: datetime | None) -> Span:
        assert moment is not None
        return span_of(moment.astimezone(zone).date())

    found: dict[Span, _Round] = defaultdict(_Round)
    for item in items:
        span = at(item.published)
        # One may not be over yet; what is older than all of these is not told any more.
        if span not in found and len(found) > most:
            break
        found[span].new.append(item)
    for item in items:
        if item.id in again and (span := at(again[item.id])) != at(item.published):
            found[span].changed.append(item)
    return found


def _entry(span: Span, found: _Round, again: Mapping[str, datetime], hub: Hub, settings: Settings, lang: str, entries: Entries) -> Entry:
    say = entries.words(lang)
    new = sorted(found.new, key=lambda item: (item.published, item.id))
    changed = sorted(found.changed, key=lambda item: (again[item.id], item.id))
    closes = midnight(span.after, hub.zone)
    parts = [_list("" if not changed else say("New"), new, entries), _list(say("Called off or moved"), changed, entries)]
    archive = f"{settings.home(lang)}{settings.words['archives']}/"
    if new:
        # A week may lie in two years; the archive of each begins with its own.
        archive += f"{new[0].published:%Y}/#{new[0].published:%Y-%m}"
    return Entry(
        id=tag_uri(hub.host, f"digest:{lang}:{span.name}"),
        address=settings.absolute(archive),
        title=_title(span, say),
        summary=" · ".join(entries.brief(item).title for item in (*new, *changed)),
        content="".join(parts),
        published=closes,
        # A comma mended in a text does not bring a week of last year up again; an event that fell through does.
        updated=max((closes, *(again[item.id] for item in (*new, *changed) if item.id in again))),
        lang=lang,
    )


def _title(span: Span, say: Words) -> str:
    last = span.after - timedelta(days=1)
    if "W" not in span.name:
        named = say.month_year(span.first.isoformat())
        return named[:1].upper() + named[1:]
    days = When(span.first.isoformat(), last.isoformat(), True, "", "confirmed", "", (), False, False, False)
    return say("Week of {days}", days=say.span(days))


def _list(heading: str, items: Sequence[Item], entries: Entries) -> str:
    """Return a list of items in HTML: title, date and place, summary; "" for none."""
    if not items:
        return ""
    above = f"<p><strong>{escape(heading)}</strong></p>\n" if heading else ""
    return above + "<ul>\n" + "".join(f"<li>{_line(item, entries)}</li>\n" for item in items) + "</ul>\n"


def _line(item: Item, entries: Entries) -> str:
    brief = entries.brief(item)
    summary = f"<p>{escape(item.summary)}</p>\n" if item.summary else ""
    return f'<p><a href="{escape(brief.card.address)}">{escape(brief.title)}</a></p>\n{brief.facts}{summary}'
