"""The counts beside a bundle ↔ their one text in JSON; whatever else such a file holds is a problem.

It lies in a public repository, so it is read as strictly as it is written:
no key that is not known, no text where a number belongs.  A member's address
cannot hide in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from handbill.errors import Problem, said
from handbill.hub.frozen import Frozen, name_of
from handbill.hub.totals import COUNTED, Totals
from handbill.layout import ARCHIVE
from handbill.plain import read_plain

#: The version of this format.
FORMAT = 1

ENDING = ".totals.json"

#: No count needs more: the largest file is well below.
_LONGEST = 10_000
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}")
_MOMENT = "%Y-%m-%dT%H:%MZ"


class NoTotals(ValueError):
    """A text is no totals of this format."""


def totals_path(letter: str, number: int) -> str:
    """Return where the counts of a number lie, from the root of the hub.

    >>> totals_path("agenda", 3)
    'newsletters/archive/agenda-3.totals.json'
    """
    return f"{ARCHIVE}/{name_of(letter, number, '', '')}{ENDING}"


def totals_text(totals: Totals) -> bytes:
    """Return the text of these counts: the same counts, the same bytes."""
    told = {
        "format": FORMAT,
        "letter": totals.letter,
        "number": totals.number,
        "digests": dict(totals.digests),
        "way": totals.way,
        "began": totals.began.astimezone(UTC).strftime(_MOMENT),
        "ended": totals.ended.astimezone(UTC).strftime(_MOMENT) if totals.ended else None,
        "counts": {"asked": totals.asked, **{one: totals.counts[one] for one in COUNTED}},
    }
    return (json.dumps(told, indent=1, sort_keys=True, allow_nan=False) + "\n").encode("ascii")


def totals_in(raw: bytes) -> Totals:
    """Return the counts that a text tells.

    Raises:
        NoTotals: it is not the one text of any counts.
    """
    try:
        if len(raw) > _LONGEST:
            raise ValueError("too long")
        told = json.loads(raw.decode("ascii"))
        counts = {name: _count(told["counts"][name]) for name in COUNTED}
        totals = Totals(
            letter=_matching(_NAME, told["letter"]),
            number=_count(told["number"]),
            digests={_matching(_LANG, lang): _matching(_SHA, one) for lang, one in told["digests"].items()},
            way=_matching(_NAME, told["way"]),
            began=_moment(told["began"]),
            ended=_moment(told["ended"]) if told["ended"] is not None else None,
            asked=_count(told["counts"]["asked"]),
            counts=counts,
        )
        # One value has one text, so a key too many, a key twice or another order is found without a list of them.
        if totals_text(totals) != raw:
            raise ValueError("another text")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoTotals(type(error).__name__) from None
    if totals.waiting < 0 or not totals.digests or (totals.ended or totals.began) < totals.began:
        raise NoTotals("counts that contradict one another")
    return totals


def read_all_totals(
    root: Path, paths: Iterable[str], bundles: Iterable[Frozen], spoiled: Collection[str]
) -> tuple[dict[str, Totals], list[Problem]]:
    """Return the counts in these files by the name of their letter, and what is wrong with them.

    Of a bundle that is *spoiled* nothing is said here: that has been told.
    """
    digests = {(one.letter, one.number, one.lang): one.digest for one in bundles}
    found: dict[str, Totals] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        try:
            totals = totals_in(read_plain(root / path, _LONGEST))
        except (OSError, NoTotals):
            problems.append(unread(path))
            continue
        wrong = list(_unlike(path, totals, digests, spoiled))
        problems += wrong
        if not wrong:
            found[path.removeprefix(f"{ARCHIVE}/").removesuffix(ENDING)] = totals
    return found, problems


def unread(path: str) -> Problem:
    """Return the problem that what lies at *path* is no counts."""
    wanted = said("the file as “newsletter results” writes it, and nothing added: let it be written again")
    return Problem(path, 0, 0, "", said("something that is not the counts of a sent letter"), wanted, "HB456")


def _unlike(path: str, totals: Totals, digests: Mapping[tuple[str, int, str], str], spoiled: Collection[str]) -> Iterator[Problem]:
    wanted = said("the counts beside the letter that they are of, as “newsletter results” writes them")
    if path != totals_path(totals.letter, totals.number):
        found = said("the counts of number {number} of the letter “{letter}”", number=totals.number, letter=totals.letter)
        yield Problem(path, 0, 0, "", found, wanted, "HB457")
        return
    for lang, digest in sorted(totals.digests.items()):
        frozen = digests.get((totals.letter, totals.number, lang))
        if frozen is None and not {name_of(totals.letter, totals.number, lang, own) for own in ("", lang)} & set(spoiled):
            found = said("counts of a letter in “{lang}” that is not frozen", lang=lang)
            yield Problem(path, 0, 0, f"digests.{lang}", found, wanted, "HB457")
        elif frozen and frozen != digest:
            found = said("the digest of another letter than the one that is frozen in “{lang}”", lang=lang)
            yield Problem(path, 0, 0, f"digests.{lang}", found, wanted, "HB457")


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise TypeError("no count")
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value) or len(value) > 100:
        raise TypeError("another sort of text")
    return value


def _moment(value: str) -> datetime:
    return datetime.strptime(value, _MOMENT).replace(tzinfo=UTC)
