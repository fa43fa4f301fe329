"""The first row of a list of members → which column says what; and the words that stand in these columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from handbill.errors import Said, said

Role = Literal["email", "lang", "letters", "segments", "status"]

#: The names under which lists have each column, as :func:`plain` writes them.  The names of a
#: later group count only where none of an earlier one is there: “adresse” is where somebody lives
#: as soon as another column is “email”.
NAMES: Mapping[Role, tuple[tuple[str, ...], ...]] = {
    "email": (
        ("email", "e mail", "email address", "e mail address", "adresse email", "adresse e mail", "adresse electronique", "courriel"),
        ("mail", "adresse mail", "adresse de courriel", "adresse courriel", "email adherent", "mail address"),
        ("address", "adresse", "email payeur"),
    ),
    "lang": (("lang", "language", "langue"),),
    "letters": (("letters", "lettres"), ("letter", "lettre", "lists", "listes", "list", "liste", "newsletter", "newsletters")),
    "segments": (("segments", "segment"), ("tags", "tag", "etiquettes", "etiquette", "groupes", "groupe", "groups", "group")),
    "status": (
        ("status", "statut"),
        ("subscription status", "subscriber status", "subscriber type", "statut d abonnement", "statut de l abonnement", "type"),
    ),
}

#: Columns that say that somebody is off the list: with yes, or with the day on which it happened.
LEFT = frozenset({
    "unsubscribed", "unsubscribed at", "unsub time", "clean time", "blacklisted", "blocklisted", "email blacklisted", "email blocklisted",
    "desabonne", "desabonne le", "desinscrit", "desinscrit le", "date de desabonnement", "date de desinscription", "bloque",
})  # fmt: skip

#: What a status says: whether this member gets letters.
GETS = frozenset({
    "subscribed", "confirmed", "enabled", "active", "regular", "premium", "gifted", "trialed", "churning", "paused", "yes", "true", "1",
    "abonne", "abonnee", "abonne e", "inscrit", "inscrite", "inscrit e", "confirme", "confirmee", "confirme e",
    "actif", "oui", "vrai",
})  # fmt: skip
GETS_NOT = frozenset({
    "unsubscribed", "unconfirmed", "pending", "unactivated", "cleaned", "bounced", "blocklisted", "blacklisted", "blocked", "disabled",
    "inactive", "removed", "complained", "spammy", "non subscribed", "archived", "no", "false", "0",
    "desabonne", "desabonnee", "desabonne e", "desinscrit", "desinscrite", "desinscrit e", "non confirme", "non confirmee",
    "en attente", "a confirmer", "inactif", "bloque", "bloquee", "refuse", "non", "faux",
})  # fmt: skip

#: What forms write into a column that asks one question.
YES = frozenset({"yes", "true", "1", "oui", "vrai", "x"})
NO = frozenset({"", "no", "false", "0", "non", "faux"})

#: The longest name of a column that is told as it stands there.
_LONGEST = 40

_BETWEEN = re.compile(r"[,;|\n]")
_AROUND = " \t\r\u00a0\"'[]"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands that is read, the first being 0, and what the list calls it.

    ``others`` are the numbers of those that are not read, the first being 1.
    """

    at: Mapping[Role, int]
    called: Mapping[Role, str]
    left: tuple[int, ...]
    others: tuple[int, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a first row cannot be read."""

    found: Said
    wanted: Said


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """Return a word as it is compared: in small letters, without accents, signs as gaps."""
    apart = unicodedata.normalize("NFKD", name.strip().casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in apart if not unicodedata.combining(sign))))


def names_email(cells: Sequence[str]) -> bool:
    """Say whether one of these cells is the name of the column that everything hangs on."""
    known = {name for group in NAMES["email"] for name in group}
    return any(plain(cell) in known for cell in cells)


def columns_of(cells: Sequence[str]) -> Columns | Unclear:
    """Return which column says what; of two that could be the same, none is guessed."""
    words = [plain(cell) for cell in cells]
    at: dict[Role, int] = {}
    for role, groups in NAMES.items():
        places = next((found for group in groups if (found := [place for place, word in enumerate(words) if word in group])), [])
        if len(places) > 1:
            return Unclear(
                said("more than one column for “{role}”: {places}", role=role, places=_numbers(places)),
                said("one such column, and other names for the others"),
            )
        if places:
            at[role] = places[0]
    if "email" not in at:
        return Unclear(
            said("no column of addresses in the first row"), said("the names of the columns in the first row, one of them: email")
        )
    left = tuple(place for place, word in enumerate(words) if word in LEFT)
    read = {*at.values(), *left}
    # These words are ours, but for capitals and signs.
    called = {
        role: name if len(name) <= _LONGEST and name.isprintable() else role
        for role, place in at.items()
        for name in [cells[place].strip()]
    }
    return Columns(at, called, left, tuple(place + 1 for place in range(len(cells)) if place not in read), len(cells))


def words_of(cell: str) -> frozenset[str]:
    """Return the words of a cell that lists several, however the list is written."""
    return frozenset(word for one in _BETWEEN.split(cell) if (word := unicodedata.normalize("NFC", one.strip(_AROUND)).casefold()))


def says_left(cell: str) -> bool:
    """Say whether a cell of a column of those who left says that this member did; a dash says nothing."""
    return bool(cell.strip(_AROUND + "-–—")) and plain(cell) not in NO - {""}


def _numbers(places: Sequence[int]) -> str:
    return ", ".join(str(place + 1) for place in places)
