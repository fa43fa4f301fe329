"""The first row of a list of entries, as a form or a spreadsheet exports it → which column says what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handbill.errors import said
from handbill.sending.columns import NAMES as _MEMBERS
from handbill.sending.columns import Unclear, plain

Role = Literal["email", "entered", "chances", "name", "first", "last", "ticket"]

#: The names under which lists have each column, as :func:`~handbill.sending.columns.plain` writes
#: them; those of a later group count only where none of an earlier one is there.
NAMES: Mapping[Role, tuple[tuple[str, ...], ...]] = {
    "email": (
        *_MEMBERS["email"][:2],
        ("adresse de messagerie", "votre adresse e mail", "votre adresse mail", "your email"),
        *_MEMBERS["email"][2:],
        ("nom d utilisateur", "username"),
    ),
    "entered": (
        ("entered", "participation le", "date de participation", "moment"),
        (
            "horodateur",
            "timestamp",
            "submitted at",
            "submit date",
            "submit date utc",
            "submitted time",
            "completed time",
            "completion time",
        ),
        ("soumis le", "date de soumission", "heure de soumission", "heure d achevement", "heure de fin", "date de reponse", "envoye le"),
        ("date et heure", "date and time", "date", "heure de debut", "start time"),
    ),
    "chances": (("chances", "chance", "nombre de chances", "number of chances"), ("participations", "entries", "points")),
    "name": (("name", "full name", "nom complet", "prenom et nom", "nom et prenom", "prenom nom", "nom prenom"),),
    "first": (("first name", "firstname", "prenom"),),
    "last": (("last name", "lastname", "surname", "nom de famille", "nom"),),
    "ticket": (("ticket",), ("jeton", "numero de ticket")),
}

_QUESTION = re.compile(r"(?:q|question|reponse|answer)? ?(?P<number>[1-9]\d{0,2})")
_TIEBREAK = frozenset({"tiebreak", "tie break", "subsidiaire", "question subsidiaire", "derniere question", "last question"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands that is read, the first being 0; ``answers`` are those of a quiz, in order, the last question last.

    ``is_utc`` says that moments without a zone are of UTC, as the column's name says.
    """

    at: Mapping[Role, int]
    width: int
    answers: tuple[int, ...] = field(default=())
    is_utc: bool = False


def names_what_counts(cells: Sequence[str]) -> bool:
    """Say whether one of these cells is the name of a column that everything hangs on."""
    known = {name for role in ("email", "ticket") for group in NAMES[role] for name in group}
    return any(plain(cell) in known for cell in cells)


def columns_of(cells: Sequence[str], needed: Sequence[Role], questions: int = 0, has_tiebreak: bool = False) -> Columns | Unclear:
    """Return which column says what; of two that could be the same, none is guessed.

    *questions* is how many answers each entry of a quiz has, with one more
    where a last question separates equal entries.
    """
    words = [plain(cell) for cell in cells]
    at: dict[Role, int] = {}
    for role, groups in NAMES.items():
        places = next((found for group in groups if (found := [place for place, word in enumerate(words) if word in group])), [])
        if len(places) > 1 and (role in needed or role in ("email", "chances")):
            numbers = ", ".join(str(place + 1) for place in places)
            return Unclear(
                said("more than one column for “{role}”: {places}", role=role, places=numbers),
                said("one such column, and other names for the others"),
            )
        if len(places) == 1:
            at[role] = places[0]
    for role in needed:
        if role not in at:
            return Unclear(
                said("no column “{role}” in the first row", role=role),
                said("the names of the columns in the first row, among them: {names}", names=", ".join(needed)),
            )
    answers: list[int] = []
    for number in range(1, questions + 1):
        places = [place for place, word in enumerate(words) if (match := _QUESTION.fullmatch(word)) and int(match["number"]) == number]
        if len(places) != 1:
            return _unclear_answers(said("question {n}", n=number), len(places))
        answers.append(places[0])
    if has_tiebreak:
        places = [place for place, word in enumerate(words) if word in _TIEBREAK]
        if len(places) != 1:
            return _unclear_answers(said("the last question"), len(places))
        answers.append(places[0])
    is_utc = "entered" in at and words[at["entered"]].endswith((" utc", " gmt"))
    return Columns(at, len(cells), tuple(answers), is_utc)


def _unclear_answers(which: str, count: int) -> Unclear:
    found = said("{n} columns for {which}", n=count, which=which)
    return Unclear(found, said("one column for each question, called 1, 2, 3 …, and “tiebreak” for the last one"))
