"""Tokens of members who left → nobody sends them anything any more.  To do it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from handbill.errors import Problem
from handbill.sending.contract import Member
from handbill.sending.keys import is_token
from handbill.sending.ledger import Ledger

#: Why the ledger keeps a member out.
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Left:
    """How many left now, how many had left before, and at which places, from 1, stood what is nobody's token."""

    now: int
    before: int
    unknown: tuple[int, ...]


def tokens_of(lines: Iterable[str]) -> Iterator[str]:
    """Yield the tokens of a text: one to a line, with what follows a gap or a comma left out; empty lines and remarks are none."""
    for line in lines:
        word = line.strip().lstrip("\ufeff").replace(",", " ").replace(";", " ").partition(" ")[0].strip("\"'").lower()
        if word and not word.startswith("#"):
            yield word


def leave(tokens: Sequence[str], ledger: Ledger, lists: Callable[[], Iterator[Member | Problem]], now: datetime) -> Left:
    """Let everybody leave whose token is among *tokens*; who was never sent a mail is looked for in *lists*."""
    known = {token: ledger.find(token) for token in dict.fromkeys(tokens) if is_token(token)}
    found = {token: one.member if one else None for token, one in known.items()}
    wanted = {token for token, key in found.items() if key is None}
    if wanted:
        for one in lists():
            if isinstance(one, Member) and one.token in wanted:
                found[one.token] = one.key
    keys = dict.fromkeys(key for key in found.values() if key is not None)
    new = sum(ledger.suppress(key, ASKED, now) for key in keys)
    unknown = tuple(place for place, token in enumerate(tokens, 1) if found.get(token) is None)
    return Left(new, len(keys) - new, unknown)
