"""What was new in a week or a month, as one entry of a feed, for those who do not want to be told each time.

A week is one of ISO 8601 and a month one of the calendar, both by the hub's
own clocks.  An entry appears the moment its time is over, and never before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from zoneinfo import ZoneInfo

from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.period import midnight
from handbill.outputs.feed_entries import Entries
from handbill.outputs.feed_record import Entry, tag_uri
from handbill.outputs.news import changed_at, is_alarm
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
    rounds = _rounds(feed.items, span_of, hub)
    over = sorted((span for span in rounds if midnight(span.after, hub.zone) <= hub.as_of), key=lambda span: span.first, reverse=True)
    for span in over[: min(most, settings.feed_entries)]:
        entry = _entry(span, rounds[span], hub, settings, feed.lang, entries)
        yield digest(entry), entry


def _rounds(items: Iterable[Item], span_of: Callable[[date], Span], hub: Hub) -> dict[Span, _Round]:
    zone = ZoneInfo(hub.zone)
    found: dict[Span, _Round] = defaultdict(_Round)
    for item in items:
        assert item.published is not None
        span = span_of(item.published.astimezone(zone).date())
        found[span].new.append(item)
        again = span_of(changed_at(item, hub).astimezone(zone).date())
        if again != span and is_alarm(item, hub):
            found[again].changed.append(item)
    return found


def _entry(span: Span, found: _Round, hub: Hub, settings: Settings, lang: str, entries: Entries) -> Entry:
    say = entries.words(lang)
    new = sorted(found.new, key=lambda item: (item.published, item.id))
    changed = sorted(found.changed, key=lambda item: (changed_at(item, hub), item.id))
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
        updated=max((closes, *(changed_at(item, hub) for item in (*new, *changed) if is_alarm(item, hub)))),
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
