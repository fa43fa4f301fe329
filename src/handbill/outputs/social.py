"""Each item → its social card, the picture that networks and chat programs show beside a link (decision 0019).

A card says only what stays true: a day, never how many days are left.  So it
is drawn once, and again only when somebody changes the item.
"""

from __future__ import annotations

import hashlib
import importlib.util
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handbill.hub.address import output_path
from handbill.hub.facets import Occurrence
from handbill.hub.hub import Hub
from handbill.hub.item import Credit, Item
from handbill.outputs.bill.bill import COLOURS, HEIGHT, WIDTH, Bill, Leaf, Mark
from handbill.outputs.cards import Cards
from handbill.outputs.iso import day_of, last_day
from handbill.outputs.planned import Artifact, Planned, digest
from handbill.outputs.theme import Theme
from handbill.outputs.tokens import read_tokens
from handbill.outputs.views import Image, When
from handbill.outputs.words import Words, words_for
from handbill.settings import Settings

if TYPE_CHECKING:
    from handbill.outputs.bill.poster import Posters

name = "social"

#: What a card is called below the address that it is for.
FILE = "card.png"

#: From this many cards on, a second process pays for cutting the letters again.
PARTS_FROM = 100

#: What a card says first, by kind; of pages and people the title says enough.
LABELS = {"post": "Post", "event": "Event", "contest": "Contest", "issue": "Letter"}

#: States that a card shows: the word, its tone, and how the leaf looks.
STATES = {
    "cancelled": ("Cancelled", "stop", "off"),
    "void": ("Declared void", "stop", "off"),
    "postponed": ("Postponed", "wait", "waits"),
    "tentative": ("To be confirmed", "wait", "waits"),
    "rescheduled": ("New date", "wait", ""),
    "moved_online": ("Moved online", "wait", ""),
}

#: The colours of a card with their names, in the order of names.
Colours = tuple[tuple[str, str], ...]


def card_of(address: str, alt: str, settings: Settings) -> Image | None:
    """Return the card of the page at that address, as pages name it; ``None`` where the hub wants none."""
    return Image(settings.local(f"{address}{FILE}"), alt, WIDTH, HEIGHT) if settings.cards else None


def plan(hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield one card for each item with a page, and one for the hub in each language."""
    if not settings.cards:
        return
    theme = Theme(settings.root)
    light = read_tokens(settings)[0]["light"]
    colours = tuple((name, light[name]) for name in COLOURS)
    common = digest(colours, _drawn_by())
    # Two items of one address are refused for their pages; to say it of their cards as well would help nobody.
    taken: set[str] = set()
    for lang in settings.languages:
        maker = _Bills(hub, settings, lang, words_for(lang, theme.locale(lang)))
        front = partial(_finish, maker.front, colours, common)
        yield Planned(output_path(f"{settings.home(lang)}{FILE}"), ("hub.toml",), "", front)
        for kind in hub.kinds.values():
            for item in hub.of_kind(kind.name, lang):
                if item.address not in taken:
                    taken.add(item.address)
                    finish = partial(_finish, partial(maker.bill, item), colours, common)
                    yield Planned(output_path(f"{item.address}{FILE}"), (item.source,), "", finish)


def _finish(say: Callable[[], Bill], colours: Colours, common: str) -> tuple[str, tuple[Bill, Colours]]:
    bill = say()
    # Its own text tells a bill from every other, and is written faster than its fields one by one.
    return digest(f"{common}{bill!r}".encode("utf-8", "surrogatepass")), (bill, colours)


def shown_on(planned: Planned) -> tuple[Item, str] | None:
    """Return the item whose card is planned, and the digest of what draws it; ``None`` for any other path."""
    if not isinstance(planned.finish, partial) or planned.finish.func is not _finish:
        return None
    say, _, common = planned.finish.args
    return (say.args[0], common) if isinstance(say, partial) else None


@cache
def _drawn_by() -> str:
    """Return the digest of all else that decides the bytes: what draws and packs, and the versions of letters, of Pillow and of zlib."""
    own = [file.read_bytes() for file in sorted((Path(__file__).parent / "bill").glob("*.py"))]
    # The names of their folders tell; importlib.metadata would cost 30 ms at every start.
    spec = importlib.util.find_spec("PIL")
    libraries = Path(spec.origin).parents[1] if spec and spec.origin else Path(__file__).parent
    return digest(
        *own,
        zlib.ZLIB_RUNTIME_VERSION,
        sorted(one.name for pattern in ("[pP]illow-*", "font_source_serif_pro-*") for one in libraries.glob(pattern)),
    )


def make(planned: Sequence[Planned], settings: Settings, scratch: Path) -> Iterator[Artifact]:
    """Draw the cards that were asked for."""
    if settings.jobs < 2 or len(planned) < PARTS_FROM:
        for one in planned:
            bill, colours = one.work
            yield Artifact(one.path, _posters(colours).drawn(bill))
        return
    from handbill.outputs.parts import in_parts

    tasks = [(number, *one.work) for number, one in enumerate(planned)]
    for made in in_parts(partial(_draw, scratch=scratch), tasks, settings.jobs, PARTS_FROM):
        for number, size, digest_ in made:
            yield Artifact(planned[number].path, scratch / str(number), measured=(size, digest_))


def _draw(tasks: Sequence[tuple[int, Bill, Colours]], scratch: Path) -> list[tuple[int, int, str]]:
    """Draw each card into a file of its own; return number, size and SHA-256 of each."""
    made = []
    for number, bill, colours in tasks:
        content = _posters(colours).drawn(bill)
        with open(f"{scratch}/{number}", "xb") as file:  # noqa: PTH123 - each Path object costs 2 µs
            file.write(content)
        made.append((number, len(content), hashlib.sha256(content).hexdigest()))
    return made


@lru_cache(maxsize=2)
def _posters(colours: Colours) -> Posters:
    # Pillow is imported only where there is something to draw.
    from handbill.outputs.bill.poster import Posters

    return Posters(dict(colours))


class _Bills:
    """Says what stands on the cards of one language."""

    def __init__(self, hub: Hub, settings: Settings, lang: str, words: Words) -> None:
        self._hub, self._settings, self._lang, self._words = hub, settings, lang, words
        self._cards = Cards(hub, settings, lang)
        where = urlsplit(settings.base_url)
        self._host = (where.netloc + where.path).removeprefix("www.").rstrip("/")

    def front(self) -> Bill:
        """Return the card of the hub itself."""
        tagline = self._settings.text("tagline", self._lang)
        return Bill("", self._settings.name, (tagline,), self._settings.name, self._host, is_front=True)

    def bill(self, item: Item) -> Bill:
        """Return the card of an item, by what it has: times, a deadline, a number."""
        status, leaf, lines = "", self._number(item), self._byline(item)
        if item.occurrences:
            status = _common({one.status for one in item.occurrences})
            leaf, lines = self._time(item, status)
        elif item.deadline:
            # Whether entries are open changes by itself; that they were called off does not.
            status = state if (state := self._hub.state(item)) in ("cancelled", "void") else ""
            last = item.deadline.last.isoformat()
            leaf = self._leaf(*self._words.closing_leaf(last)[:3], status)
            lines = (self._words("Entries close on {day}", day=self._words.deadline(last)),)
        word, tone, _ = STATES.get(status, ("", "", ""))
        return Bill(
            label=self._label(item),
            title=item.title,
            lines=tuple(line for line in lines if line),
            name=self._settings.name,
            host=self._host,
            leaf=leaf,
            mark=Mark(self._words(word), tone) if word else None,
            is_off=status in ("cancelled", "void"),
        )

    def _label(self, item: Item) -> str:
        letter = self._settings.letters.get(getattr(item.facts, "letter", ""))
        return letter.says("name", item.lang)[0] if letter else self._words(LABELS[item.kind]) if item.kind in LABELS else ""

    def _leaf(self, band: str, day: str, foot: str, status: str) -> Leaf:
        return Leaf(band, day, foot, STATES.get(status, ("", "", ""))[2])

    def _time(self, item: Item, status: str) -> tuple[Leaf, tuple[str, ...]]:
        """Return leaf and lines of something that takes place; of something repeated, what its dates share."""
        announced = _as_announced(item)
        when = self._cards.when(announced[0], item, self._hub.as_of)
        if item.series is not None:
            leaf, span = self._series(announced, when)
        else:
            leaf, span = self._words.leaf(when)[:3], self._words.span(self._in_short(announced[0], when, item))
        return self._leaf(*leaf, status), (_begun(span), self._place(item, announced[0]))

    def _in_short(self, occurrence: Occurrence, when: When, item: Item) -> When:
        """Return something that lasts several days as days: at which hour they begin and end is on the page."""
        last = last_day(when)
        if when.all_day or last == day_of(when.starts):
            return when
        return self._cards.when(Occurrence(day_of(when.starts), last, occurrence.zone), item, self._hub.as_of)

    def _series(self, announced: Sequence[Occurrence], when: When) -> tuple[tuple[str, str, str], str]:
        """Return what stands on the leaf, and the line, of dates that repeat."""
        say, day = self._words, _weekday(announced)
        hours = () if when.all_day or len({_hours(one) for one in announced}) > 1 else (say.clock(when.starts), say.clock(when.ends))
        if not hours:
            return (say("repeats"), say.short_weekday(day) if day else "", ""), say.weekday(day) if day else ""
        start, end = hours
        leaf = (say("repeats"), say.short_weekday(day), start) if day else (say("repeats"), start, "")
        span = say("{day}, {start} to {end}", day=say.weekday(day), start=start, end=end) if day else f"{start} – {end}"
        return leaf, say("{span}, local time in {city}", span=span, city=say.city(when.zone)) if when.zone else span

    def _place(self, item: Item, when: Occurrence) -> str:
        if when.status == "moved_online":
            return ""
        if item.place is None:
            return self._words("Online")
        return item.place.brief

    def _name(self, credit: Credit) -> str:
        person = self._hub.person(credit.person, self._lang) if credit.person else None
        return person.title if person else credit.name

    def _number(self, item: Item) -> Leaf | None:
        number = getattr(item.facts, "number", None)
        year = str(item.published.year) if item.published else ""
        return Leaf(self._words("no."), str(number), year, "number") if number is not None else None

    def _byline(self, item: Item) -> tuple[str, ...]:
        """Return who wrote something and when; of a person, the roles."""
        if not self._hub.kinds[item.kind].is_dated:
            return (_begun(", ".join(getattr(item.facts, "roles", ()))),)
        authors = [self._name(one) for one in item.credits if one.role == "author"]
        who = self._words(" and ").join(part for part in (", ".join(authors[:-1]), *authors[-1:]) if part)
        day = self._words.plain_day(item.published.isoformat()) if item.published else ""
        return (" · ".join(part for part in (who, day) if part),)


def _common(found: set[str]) -> str:
    """Return what all have in common, or ""."""
    return found.pop() if len(found) == 1 else ""


def _as_announced(item: Item) -> tuple[Occurrence, ...]:
    """Return the dates of an item that nobody moved; all of them where each was."""
    return tuple(one for one in item.occurrences if one.original in (None, one.starts)) or item.occurrences


def _hours(when: Occurrence) -> str:
    return f"{when.begins:%H:%M} {when.finishes:%H:%M}"


def _weekday(announced: Sequence[Occurrence]) -> str:
    """Return a day that stands for the weekday of all dates, or "" where they fall on several."""
    days = {one.begins.weekday(): one.begins.date().isoformat() for one in announced}
    return next(iter(days.values())) if len(days) == 1 else ""


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
