"""A number, a length and a seed → posts with tags, authors and categories; the same ones whoever asks, whenever and wherever."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from benchmarks.prose import body, title
from benchmarks.vocabulary import TONGUES

#: The moment as of which a corpus is whole; what is scheduled falls due one a day from here on.
THEN = datetime(2026, 11, 1, 12)
FIRST = date(2016, 1, 4)

#: How many posts wait for a day after THEN.
SCHEDULED = 12
AUTHORS = 40


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants a corpus of; ``events`` is the share of items that are dates to come to, from 0 to 1."""

    posts: int = 5000
    words: int = 370
    languages: tuple[str, ...] = ("fr",)
    events: float = 0.0


@dataclass(frozen=True, slots=True)
class Post:
    """A text by somebody.  ``starts`` makes an event of it; ``author`` is the name of the person's file."""

    name: str
    lang: str
    title: str
    day: date
    tags: tuple[str, ...]
    category: str
    author: str
    body: str
    starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The posts by date, those that are scheduled, and the people who wrote them, by the names of their files."""

    order: Order
    posts: tuple[Post, ...]
    scheduled: tuple[Post, ...]
    authors: dict[str, str] = field(default_factory=dict)


def corpus(order: Order) -> Corpus:
    """Return the posts of an order; a post depends on the order and on its own number alone."""
    posts = tuple(_post(order, n, _day(order, n)) for n in range(order.posts))
    scheduled = tuple(_post(order, order.posts + n, THEN.date() + timedelta(days=n + 1)) for n in range(SCHEDULED))
    names = TONGUES[order.languages[0]].names
    authors = {_author(n): f"{names[n % len(names)]} {chr(ord('A') + n // len(names))}. Vidalie-{n}" for n in range(AUTHORS)}
    return Corpus(order, posts, scheduled, authors)


def _post(order: Order, number: int, day: date) -> Post:
    # A text as seed: Python promises the same numbers for it in every version.
    chance = Random(f"{order.words} {' '.join(order.languages)} {number}")
    lang = order.languages[number % len(order.languages)]
    tongue = TONGUES[lang]
    # Some tags are on many posts, most on few.
    tags = dict.fromkeys(tongue.tags[int(len(tongue.tags) * chance.random() ** 1.5)] for _ in range(chance.randrange(2, 5)))
    # A text leads to earlier ones of its language, which are all that stand already.
    before = number // len(order.languages)
    earlier = tuple(number % len(order.languages) + len(order.languages) * chance.randrange(before) for _ in range(2) if before)
    return Post(
        name=_name(number),
        lang=lang,
        title=title(chance, tongue, number),
        day=day,
        tags=tuple(tags),
        category=chance.choice(tongue.categories),
        author=_author(chance.randrange(AUTHORS)),
        body=body(chance, tongue, order.words, tuple(address(order, one) for one in earlier)),
        starts=datetime(day.year, day.month, day.day, 18) + timedelta(days=21) if is_event(order, number) else None,
    )


def is_event(order: Order, number: int) -> bool:
    """Tell whether the item of that number is a date to come to."""
    return number < order.posts and Random(f"event {number}").random() < order.events


def address(order: Order, number: int) -> str:
    """Return the folder of an item and its name, as texts name it."""
    return f"{'events' if is_event(order, number) else 'posts'}/{_name(number)}"


def _day(order: Order, number: int) -> date:
    """Return the day of a post: ten years, evenly, ending two weeks before THEN."""
    days = (THEN.date() - FIRST).days - 14
    return FIRST + timedelta(days=days * number // order.posts)


def _name(number: int) -> str:
    return f"p{number:06}"


def _author(number: int) -> str:
    return f"a{number:02}"
