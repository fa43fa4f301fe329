"""A day and an hour as members write them → as a file has them, or why that cannot be told."""

from __future__ import annotations

import re
from datetime import date

from handbill.errors import Said, said
from handbill.hub.fields import Desk, Scalar, When
from handbill.hub.guess_when import guesses, is_ambiguous, is_beyond, is_midnight, is_range
from handbill.hub.vocabulary import WEEKDAYS, fold

#: A zone or an offset: such a moment is taken only as ISO 8601 writes it, where it can be held against the place's zone.
_ZONE = re.compile(r"\b(?:utc|gmt|cet|cest|est|edt|pst|pdt|bst|z)\b|[0-9]z\b|[+-][0-9]{2}:?[0-9]{2}\s*$|\b[a-z]+/[a-z_]+\b", re.IGNORECASE)

#: What a day is called in two languages, Monday first.
_NAMES = (
    ("lundi", "lun", "monday", "mon"),
    ("mardi", "tuesday", "tue", "tues"),
    ("mercredi", "mer", "wednesday", "wed"),
    ("jeudi", "jeu", "thursday", "thu", "thur", "thurs"),
    ("vendredi", "ven", "friday", "fri"),
    ("samedi", "sam", "saturday", "sat"),
    ("dimanche", "dim", "sunday", "sun"),
)


class NoMoment(Exception):
    """Why what was written is no day and no moment: a sentence for whoever wrote it."""

    def __init__(self, why: Said) -> None:
        super().__init__(why)
        self.why = why


def moment_of(written: str, zone: str, beside: date | None = None) -> str:
    """Return a day or moment as files have it, such as ``2026-05-01 14:00``.

    *beside* is the day of the beginning, where an end is only an hour.

    Raises:
        NoMoment: it can be understood in no way, or in two.
    """
    text = " ".join(written.split())
    desk = Desk("", zone)
    if When().read(Scalar(text, True, 0, 0), "", desk) is not None and not desk.problems:
        return text
    if _ZONE.search(text):
        raise NoMoment(said("the hour by the clocks of the place is wanted, without a zone"))
    if desk.problems and (desk.problems[0].code != "HB205" or re.fullmatch(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d)?", text)):
        raise NoMoment(said("{found}; wanted: {wanted}", found=desk.problems[0].found, wanted=desk.problems[0].wanted))
    if is_range(text):
        raise NoMoment(said("a beginning and an end in one; the end has a question of its own"))
    if is_midnight(text):
        raise NoMoment(said("midnight is the end of one day and the beginning of the next: write the day and 00:00"))
    found = guesses(text, beside)
    if not found:
        raise NoMoment(said("a day and an hour are wanted, such as 2026-05-01 14:00"))
    if is_beyond(text, beside):
        raise NoMoment(said("this month has no such day"))
    if is_ambiguous(text) or len(found) > 1:
        first, second = found[0][0].isoformat(), found[1][0].isoformat() if len(found) > 1 else ""
        raise NoMoment(said("it can be read as {first} or as {second}: which one?", first=first, second=second or first))
    day, clock = found[0]
    _hold_against_weekday(text, day)
    return f"{day.isoformat()} {clock}" if clock else day.isoformat()


def _hold_against_weekday(text: str, day: date) -> None:
    named = {word for word in re.findall(r"[^\W\d_]+", fold(text)) if word in WEEKDAYS}
    if named and not named & set(_NAMES[day.weekday()]):
        raise NoMoment(said("{day} is another day of the week", day=day.isoformat()))
