"""What a letter has to tell → a subject and a preheader in its own language, as a list of mails has room for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from handbill.outputs.words import Words

#: Things that a preheader names; more would be a list.
_NAMED = 3

#: Printers' spaces, which are set again whenever the text is read.
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Tidings:
    """What a letter has to tell: events and contests with their next or last day as ISO writes it, then texts; the strongest first."""

    events: Sequence[tuple[str, str]] = ()
    contests: Sequence[tuple[str, str]] = ()
    texts: Sequence[str] = ()


def letter_lines(tidings: Tidings, words: Words, nothing: str, room: tuple[int, int], width: Callable[[str], int]) -> tuple[str, str]:
    """Return subject and preheader: the next date, the next closing, the newest text, as far as they fit.

    *nothing* is the subject of a letter that has nothing to tell, *room* how
    wide subject and preheader may be, as *width* measures.
    """
    points = list(_points(tidings, words))
    subject = next((form for forms in points for form in forms if width(form) <= room[0]), nothing)
    preheader = ""
    for forms in [forms for forms in points if subject not in forms][:_NAMED]:
        longer = [preheader + words("; ") + form if preheader else words("Also: {things}", things=form) for form in forms]
        preheader = next((one for one in longer if width(one) <= room[1]), preheader)
    return subject.translate(_SPACES), preheader.translate(_SPACES)


def greeting(words: Words) -> str:
    """Return how a letter begins that has none before it to follow."""
    return words("Hello,")


def _points(tidings: Tidings, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield what is worth a line in a list of mails, each in its forms from the longest to the shortest."""
    dated = [_dated(title, day, words) for title, day in tidings.events]
    yield from dated[:1]
    for title, closes in tidings.contests[:1]:
        yield words("{title}, until {day}", title=title, day=words.day_and_month(closes)), title
    yield from dated[1:2]
    for title in tidings.texts[:1]:
        yield (title,)


def _dated(title: str, day: str, words: Words) -> tuple[str, ...]:
    short = words.day_and_month(day)
    return f"{title}, {words('{weekday} {day}', weekday=words.weekday(day), day=short)}", f"{title}, {short}", title
