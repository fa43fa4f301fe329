"""A detail of a date or a letter in neutral words → the same in a language, as one says it.

The record of a review may come from a stranger, so every value is taken for
text first: what is no moment and no rule is shown as it stands.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from handbill.engine import engine_theme
from handbill.errors import Said, said
from handbill.hub.rule import parts_of, refusal
from handbill.outputs.repeats import Repeats
from handbill.outputs.words import Words, words_for
from handbill.reviewing.record import Detail
from handbill.telling import tell

#: What details are called, so that each has its word in every language.
NAMES: tuple[Said, ...] = (
    said("standing"), said("start"), said("end"), said("time zone"), said("place"), said("link to join"), said("repeats"), said("not on"),
    said("also on"), said("title"), said("text"), said("tags"), said("page"), said("picture"), said("position"),
    said("availability"), said("calendars"), said("state"), said("day of sending"),
)  # fmt: skip

#: Details whose values are moments, days or lists of them.
_MOMENTS = frozenset({"start", "end", "not on", "also on", "day of sending"})

#: What calendars call the standing of a date.
_STANDINGS = {"CONFIRMED": said("takes place"), "TENTATIVE": said("to be confirmed"), "CANCELLED": said("called off")}

#: What a program marks the time of a date as.
_TIMES: tuple[Said, ...] = (said("busy"), said("available"))

_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")

#: The longest value that is looked at for what it means; nothing that we write is longer.
_MOST = 2000


def told(detail: Detail, lang: str) -> Detail:
    """Return a detail with its name and both values in a language; one that is no detail of ours as it is, but for its name."""
    words = _words(lang)
    return Detail(tell(detail.name, lang), *(_value(detail.name, value, words, lang) for value in (detail.before, detail.after)))


def moment(iso: str, zone: str, lang: str) -> str:
    """Return a day or moment of a date as one says it, with the city by whose clock it is where *zone* names one."""
    words = _words(lang)
    said_moment = _moment(iso, words)
    return words("{span}, local time in {city}", span=said_moment, city=words.city(zone)) if zone and said_moment != iso else said_moment


def _value(name: str, value: str, words: Words, lang: str) -> str:
    if not value or len(value) > _MOST:
        return value
    if name in _MOMENTS:
        return ", ".join(_moment(one, words) for one in value.split(", "))
    if name == "repeats":
        return _rule(value, words)
    if name == "standing":
        return tell(_STANDINGS.get(value, value), lang)
    if name == "time zone":
        return words.city(value) if _ZONE.fullmatch(value) else value
    # What is a word of the program has its word in the catalogue: “busy”, “draft”.
    return tell(value, lang) if name in ("state", "availability") else value


def _moment(iso: str, words: Words) -> str:
    try:
        when = date.fromisoformat(iso) if len(iso) == len("2026-05-01") else datetime.fromisoformat(iso)
        return words.moment(when.isoformat())
    except ValueError:
        return iso


def _rule(value: str, words: Words) -> str:
    """Return a rule as one says it: “the second Saturday of the month, until 12 December 2026”."""
    first, _, rule = value.partition(" ")
    try:
        until = parts_of(rule).get("UNTIL", "")
        # Nothing that is outside the subset can be said, and a stranger may have written anything.
        if refusal(rule, is_day=bool(until) and "T" not in until) is not None:
            return value
        last = datetime.strptime(until[:8], "%Y%m%d").date().isoformat() if until else ""
        return words.repeats(Repeats(rule, date.fromisoformat(first).isoformat(), last))
    except ValueError:
        return value


@cache
def _words(lang: str) -> Words:
    # Those of the program: a record is told where the hub that it is of may not be.
    files = (engine_theme() / "locale" / f"{name}.po" for name in dict.fromkeys((lang, lang.split("-")[0])))
    return words_for(lang, [file for file in files if file.is_file()])
