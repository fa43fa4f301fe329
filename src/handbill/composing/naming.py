"""Numbers of letters by the names that people give them, and the name of the next one's file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from datetime import date, datetime

from handbill.errors import WrongUse, said
from handbill.hub.frozen import name_of
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.settings import Settings


def issues(hub: Hub) -> tuple[Item, ...]:
    """Return every number of every letter, those too that wait or are drafts: by letter, then by date."""
    found = [one for one in (*hub.items, *hub.hidden) if one.kind == "issue" and one.published]
    return tuple(sorted(found, key=_order))


def _order(one: Item) -> tuple[str, datetime, int, str, str]:
    assert one.published is not None
    return (one.facts.letter, one.published, one.facts.number, one.lang, one.source)


def named(item: Item, settings: Settings) -> str:
    """Return the name of a number: ``12``, ``12.en``, ``agenda-3``."""
    return name_of(item.facts.letter, item.facts.number, item.lang, settings.lang)


def find(word: str, hub: Hub, settings: Settings) -> Item:
    """Return the number of a letter that *word* names, by its name or by the path or name of its file; "" means the next to be sent.

    Raises:
        WrongUse: there is none, or no letter at all.
    """
    known = issues(hub)
    if not known:
        raise WrongUse(said("there is no letter yet; `newsletter draft` writes the first"))
    if not word:
        return _next(known, hub, settings)
    plain = word.replace("\\", "/")
    for one in known:
        if plain in (named(one, settings), one.source, posixpath.basename(one.source), one.source.removesuffix(".md"), one.id, one.slug):
            return one
    last = ", ".join(named(one, settings) for one in known[-8:])
    raise WrongUse(said("found no letter “{word}”; the last ones are: {names}", word=word, names=last))


def _next(known: Sequence[Item], hub: Hub, settings: Settings) -> Item:
    """Return the first that is not sent yet, in the hub's own language where there are several; else the last that was."""
    own = {lang: number for number, lang in enumerate(settings.languages)}

    def nearness(one: Item) -> tuple[bool, float, bool, int]:
        assert one.published is not None
        return one.facts.letter != "main", one.published.timestamp(), one.is_draft, own.get(one.lang, 99)

    waiting = [one for one in known if one.is_draft or (one.published and one.published > hub.as_of)]
    if waiting:
        return min(waiting, key=nearness)
    mine = [one for one in known if one.facts.letter == "main" and one.lang == settings.lang] or list(known)
    return mine[-1]


#: The parts of a file's name that go on with each number, as they are written and as they are made; the longest first.
_PARTS = ("%Y-%m-%d", "%Y%m%d", "%Y-%m", "%Y%m")


def file_name(before: Sequence[Item], day: date, number: int, letter: str) -> str:
    """Return the name, without its ending, of the file of the next number: like those of the letters *before*, the latest last."""
    for one in reversed(before):
        stem = posixpath.basename(one.source).split(".")[0]
        if pattern := _pattern(stem, one):
            return pattern.replace("\1", f"{day:%Y}").replace("\2", f"{day:%m}").replace("\3", f"{day:%d}").replace(
                "\4", str(number).zfill(_width(stem, one))
            )  # fmt: skip
    return ("" if letter == "main" else f"{letter}-") + f"{day:%Y-%m}"


def _pattern(stem: str, one: Item) -> str:
    """Return the name of a file with signs for year, month, day and number; "" where it has none of them.

    What else stands in it goes on if it is not made of the subject: a word
    for the letter stays, the title of one number does not.
    """
    assert one.published is not None
    marks = {"%Y": "\1", "%m": "\2", "%d": "\3"}
    found = ""
    for part in _PARTS:
        written = f"{one.published:{part}}"
        if re.search(rf"(?<!\d){re.escape(written)}(?!\d)", stem):
            sign = part
            for key, mark in marks.items():
                sign = sign.replace(key, mark)
            found = stem.replace(written, sign, 1)
            break
    else:
        digits = re.search(rf"(?<!\d)0*{one.facts.number}(?!\d)", stem)
        found = f"{stem[: digits.start()]}\4{stem[digits.end() :]}" if digits else ""
    # What follows is the name of that one letter, what comes before that of them all.
    head = re.match(r".*[\1-\4]", found)
    return head[0] if head else ""


def _width(stem: str, one: Item) -> int:
    found = re.search(rf"(?<!\d)(0*{one.facts.number})(?!\d)", stem)
    return len(found[1]) if found else 1
