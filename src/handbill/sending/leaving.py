"""Tokens of members → nobody sends them anything any more, or nothing is known of them any more.  To ask twice changes nothing."""

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

#: What reads the list of members, for every letter.
Lists = Callable[[], Iterator[Member | Problem]]


@dataclass(frozen=True, slots=True)
class Done:
    """For how many members something changed, for how many it was so before, and at which places, from 1, stood what is nobody's token."""

    now: int
    before: int
    unknown: tuple[int, ...]


def tokens_of(lines: Iterable[str]) -> Iterator[str]:
    """Yield the tokens of a text: one to a line, with what follows a gap or a comma left out; empty lines and remarks are none."""
    for line in lines:
        word = line.strip().lstrip("\ufeff").replace(",", " ").replace(";", " ").partition(" ")[0].strip("\"'").lower()
        if word and not word.startswith("#"):
            yield word


def leave(tokens: Sequence[str], ledger: Ledger, lists: Lists, now: datetime) -> Done:
    """Let everybody leave whose token is among *tokens*; who was never sent a mail is looked for in *lists*."""
    return _each(tokens, ledger, lists, lambda key: ledger.suppress(key, ASKED, now))


def forget(tokens: Sequence[str], ledger: Ledger, lists: Lists) -> Done:
    """Forget which letters these members got; that one of them left is remembered, as otherwise they would get letters again."""
    return _each(tokens, ledger, lists, lambda key: ledger.forget(key) > 0)


def _each(tokens: Sequence[str], ledger: Ledger, lists: Lists, act: Callable[[bytes], bool]) -> Done:
    known = {token: found.member for token in dict.fromkeys(tokens) if is_token(token) and (found := ledger.find(token))}
    # Those whom the ledger knows come first: a list that cannot be read must not keep anybody from leaving.
    changed = {key: act(key) for key in dict.fromkeys(known.values())}
    wanted = {token for token in tokens if is_token(token)} - known.keys()
    for one in lists() if wanted else ():
        if isinstance(one, Member) and one.token in wanted:
            known[one.token] = one.key
            if one.key not in changed:
                changed[one.key] = act(one.key)
    unknown = tuple(place for place, token in enumerate(tokens, 1) if token not in known)
    return Done(sum(changed.values()), len(changed) - sum(changed.values()), unknown)
