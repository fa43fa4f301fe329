"""The first row of a list of members → which column says what; and the words that stand in these columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handbill.errors import Said, said

Role = Literal["email", "lang", "letters", "segments", "status"]

#: The names under which lists have each column, as :func:`plain` writes them.
NAMES: Mapping[Role, tuple[str, ...]] = {
    "email": (
        "email", "e mail", "mail", "email address", "e mail address", "address", "adresse", "adresse email", "adresse e mail",
        "adresse mail", "adresse electronique", "courriel", "email adherent", "email payeur",
    ),
    "lang": ("lang", "language", "langue"),
    "letters": ("letters", "letter", "lists", "list", "lettres", "lettre", "listes", "liste"),
    "segments": ("segments", "segment", "tags", "tag", "etiquettes", "etiquette", "groupes", "groupe"),
    "status": ("status", "statut", "state", "etat", "subscription status", "subscriber type"),
}  # fmt: skip

#: What a status says: whether this member gets letters.
GETS = frozenset({
    "subscribed", "confirmed", "enabled", "active", "regular", "premium", "gifted", "yes", "true", "1",
    "abonne", "abonnee", "abonne e", "inscrit", "inscrite", "inscrit e", "confirme", "confirmee", "actif", "oui", "vrai",
})  # fmt: skip
GETS_NOT = frozenset({
    "unsubscribed", "unconfirmed", "pending", "unactivated", "cleaned", "bounced", "blocklisted", "blacklisted", "blocked", "disabled",
    "inactive", "removed", "complained", "non subscribed", "archived", "no", "false", "0", "desabonne", "desabonnee", "desinscrit",
    "desinscrite", "non confirme", "non confirmee", "en attente", "inactif", "bloque", "bloquee", "non", "faux",
})  # fmt: skip

_BETWEEN = re.compile(r"[,;|\n]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands that is read, the first being 0; ``others`` are the numbers of those that are not, the first being 1."""

    at: Mapping[Role, int]
    others: tuple[int, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a first row cannot be read."""

    found: Said
    wanted: Said


def plain(name: str) -> str:
    """Return a word as it is compared: in small letters, without accents, signs as gaps."""
    apart = unicodedata.normalize("NFKD", name.strip().casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in apart if not unicodedata.combining(sign))))


def names_email(cells: Sequence[str]) -> bool:
    """Say whether one of these cells is the name of the column that everything hangs on."""
    return any(plain(cell) in NAMES["email"] for cell in cells)


def columns_of(cells: Sequence[str]) -> Columns | Unclear:
    """Return which column says what; a name that stands twice is not guessed at."""
    found: dict[Role, list[int]] = {role: [] for role in NAMES}
    others = []
    for place, cell in enumerate(cells):
        role = next((role for role, names in NAMES.items() if plain(cell) in names), None)
        if role is None:
            others.append(place + 1)
        else:
            found[role].append(place)
    if not found["email"]:
        return Unclear(
            said("no column of addresses in the first row"), said("a first row with the names of the columns, one of them: email")
        )
    for role, places in found.items():
        if len(places) > 1:
            listed = ", ".join(str(place + 1) for place in places)
            return Unclear(
                said("more than one column that could be “{role}”: {places}", role=role, places=listed),
                said("one of them; give the others another name"),
            )
    return Columns({role: places[0] for role, places in found.items() if places}, tuple(others), len(cells))


def words_of(cell: str) -> frozenset[str]:
    """Return the words of a cell that lists several."""
    return frozenset(word for one in _BETWEEN.split(cell) if (word := one.strip().casefold()))
