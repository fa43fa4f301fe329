"""A juror's ballot and the votes of members ↔ their one text; what the rules say of criteria and jurors (decision 0054)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handbill.draw.canonical import NotCanonical, canonical, values_in
from handbill.errors import Said, said

#: Under this word the votes of members are sealed, as of one juror more.
VOTES = "votes"
VOTES_FILE = "votes.csv"

#: A mark has at most two decimals, and no zeros that say nothing: one mark, one text.
MARK = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]?[1-9])?", re.ASCII)

#: Letters that have no part without a mark.
_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}

_HEADER = "ticket,count\n"
_VOTE = re.compile(r"([^,\n]+),(0|[1-9][0-9]{0,8})", re.ASCII)
_WEIGHT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?", re.ASCII)
_SALT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_KEYS = {"contest", "juror", "salt", "scores", "conflicts"}

#: Twelve criteria of a thousand works are a tenth of it.
_LONGEST = 16_000_000


class BadBallot(ValueError):
    """Some bytes are no ballot, no votes, or not of this jury; ``found`` says why."""

    def __init__(self, found: Said) -> None:
        super().__init__(str(found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a jury marks: from 0 to ``scale``, counted by ``weight``."""

    name: str
    weight: Decimal
    scale: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """The marks of one juror, by line of the pool and criterion, and the lines whose entrant the juror knows."""

    juror: str
    marks: Mapping[str, Mapping[str, Decimal]]
    conflicts: frozenset[str]


def criteria_of(judging: Any) -> tuple[Criterion, ...]:
    """Return the criteria that the announced terms hold under ``judging``.

    Raises:
        BadBallot: there is none, or one cannot be counted by.
    """
    try:
        found = tuple(_criterion(one) for one in judging["criteria"])
    except (LookupError, TypeError, ValueError):
        raise BadBallot(said("criteria in the rules that nobody can count by")) from None
    if not found:
        raise BadBallot(said("rules without a criterion for the jury"))
    if len({one.name for one in found}) < len(found):
        raise BadBallot(said("rules with two criteria of one name"))
    return found


def _criterion(told: Any) -> Criterion:
    name, weight, scale = told["name"], told["weight"], told["scale"]
    if not (isinstance(name, str) and _WEIGHT.fullmatch(weight) and type(scale) is int and 1 <= scale <= 1000):
        raise ValueError
    return Criterion(name, Decimal(weight), scale)


def juror_keys(names: Any) -> tuple[str, ...]:
    """Return the words under which jurors seal, in small letters of ASCII, from how the terms name them.

    >>> juror_keys(["Inès Carrère", "hugo-lassalle"])
    ('ines-carrere', 'hugo-lassalle')

    Raises:
        BadBallot: these are no names, or two of them make the same word.
    """
    if not (isinstance(names, (list, tuple)) and names and all(isinstance(one, str) for one in names)):
        raise BadBallot(said("rules without a jury"))
    keys = tuple(_key(name) or f"juror-{number}" for number, name in enumerate(names, 1))
    if len({*keys, VOTES}) <= len(keys):
        raise BadBallot(said("rules with two jurors of one name"))
    return keys


def _key(name: str) -> str:
    """Return a name as the hub's addresses write it, so that a person of the hub has one word in all of it; 64 signs at most."""
    folded = name.replace("’", "'").casefold()
    for sign, letters in _LETTERS.items():
        folded = folded.replace(sign, letters)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].strip("-")


def ballot_file(juror: str) -> str:
    """Return where a juror's ballot lies in the archive of a contest, from its folder."""
    return f"ballots/{juror}.json"


def sealed_file(juror: str) -> str:
    """Return the file whose digest a step ``sealed`` commits for that word: a ballot, or the votes of members."""
    return VOTES_FILE if juror == VOTES else ballot_file(juror)


def ballot_bytes(contest: str, juror: str, salt: str, marks: Mapping[str, Mapping[str, Decimal]], conflicts: Sequence[str]) -> bytes:
    """Return the one text of a ballot; *salt* is 64 hexadecimal digits by chance, so that nobody finds the marks by trying."""
    scores = {line: {name: mark_text(mark) for name, mark in of_line.items()} for line, of_line in marks.items()}
    return canonical({"contest": contest, "juror": juror, "salt": salt, "scores": scores, "conflicts": sorted(conflicts)})


def mark_text(mark: Decimal) -> str:
    """Return the one text of a mark.

    >>> mark_text(Decimal("7.50")), mark_text(Decimal("10"))
    ('7.5', '10')
    """
    whole, _, part = f"{mark:f}".partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


def ballot_in(raw: bytes, contest: str, juror: str, judging: Any, lines: Sequence[str]) -> Ballot:
    """Return the ballot that some bytes are: every line of the pool is marked by each criterion, or in conflict.

    Raises:
        BadBallot: they are none of this contest, juror, pool and criteria.
    """
    criteria = criteria_of(judging)
    try:
        told = values_in(raw, _LONGEST)
    except NotCanonical:
        raise BadBallot(said("a text that is not the one text of any ballot")) from None
    if not (isinstance(told, dict) and set(told) == _KEYS and isinstance(told["scores"], dict) and _is_words(told["conflicts"])):
        raise BadBallot(said("something that is no ballot"))
    if told["contest"] != contest or told["juror"] != juror:
        raise BadBallot(said("the ballot of another juror or contest"))
    if not (isinstance(told["salt"], str) and _SALT.fullmatch(told["salt"])):
        raise BadBallot(said("a ballot without its salt"))
    conflicts = frozenset(told["conflicts"])
    check_lines({*told["scores"], *conflicts}, lines)
    if sorted(conflicts) != told["conflicts"]:
        raise BadBallot(said("conflicts that are not in their order"))
    if both := conflicts & set(told["scores"]):
        raise BadBallot(said("{line}, marked and in conflict", line=min(both)))
    return Ballot(juror, {line: _marks(line, of_line, criteria) for line, of_line in told["scores"].items()}, conflicts)


def check_lines(found: set[str], lines: Sequence[str]) -> None:
    """Refuse lines that are not exactly those of the pool.

    Raises:
        BadBallot: with the first that is too many or missing.
    """
    if more := found - set(lines):
        raise BadBallot(said("{line}, which is no ticket of the pool", line=min(more)))
    if missing := set(lines) - found:
        raise BadBallot(said("nothing about {line}, a ticket of the pool", line=min(missing)))


def mark_in(written: Any, criterion: Criterion) -> Decimal:
    """Return a mark from its one text.

    Raises:
        BadBallot: it is no mark on the criterion's scale.
    """
    if not (isinstance(written, str) and MARK.fullmatch(written) and Decimal(written) <= criterion.scale):
        raise BadBallot(
            said(
                "{mark} for “{criterion}”, which is no mark from 0 to {scale}",
                mark=_short(written),
                criterion=criterion.name,
                scale=criterion.scale,
            )
        )
    return Decimal(written)


def _marks(line: str, told: Any, criteria: tuple[Criterion, ...]) -> Mapping[str, Decimal]:
    if not (isinstance(told, dict) and set(told) == {one.name for one in criteria}):
        raise BadBallot(said("{line}, not marked by the criteria of the rules", line=line))
    return {one.name: mark_in(told[one.name], one) for one in criteria}


def votes_bytes(counts: Mapping[str, int]) -> bytes:
    """Return the one text of how many members voted for each line of the pool."""
    return (_HEADER + "".join(f"{line},{counts[line]}\n" for line in sorted(counts))).encode("utf-8")


def votes_in(raw: bytes, lines: Sequence[str]) -> Mapping[str, int]:
    """Return how many members voted for each line of the pool.

    Raises:
        BadBallot: it is not the one text of the votes for this pool.
    """
    text = raw.decode("utf-8", "replace")
    if not (text.startswith(_HEADER) and text.endswith("\n") and len(raw) <= _LONGEST):
        raise BadBallot(said("something that is no table of votes"))
    rows = [_VOTE.fullmatch(one) for one in text[len(_HEADER) : -1].split("\n")]
    counts = {one[1]: int(one[2]) for one in rows if one}
    if None in rows or votes_bytes(counts) != raw:
        raise BadBallot(said("votes that are not a line for each ticket, in their order"))
    check_lines(set(counts), lines)
    return counts


def _is_words(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, str) for one in told)


def _short(written: Any) -> str:
    text = str(written)
    return text if len(text) <= 20 else f"{text[:20]}…"
