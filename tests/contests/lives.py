"""Contests of 2023, when the beacon said what is known of it here: their text, their steps, and a beacon that answers.

Their first steps are taken directly, so that a test of a later one need not
live through them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.contests.relays import ROUNDS, Relay
from tests.hubs import options, write

from handbill.contests.steps import Contest, contest_named, take
from handbill.draw.beacon import QUICKNET, round_at
from handbill.draw.pool import digest_of, pool_bytes
from handbill.kinds.contest_terms import lots_at, terms_of

ID = "2026-ete-photo"

#: The tickets of eight people, and the order into which round 1000 puts them (README of the algorithm: decision 0050).
ORDER = (
    "c446idxx5zen3mr7", "lmbcbme6xtf4b5dm", "6vfwte2shohbbouq", "i5hxhqf56wxgftpx",
    "irbjl6qhd66dew6x", "x4ods7xr5yukys73", "d66yskeb4b2jtest", "z6nu3mxlmep4ia22",
)  # fmt: skip

#: What drand's quicknet really signed, by round.
SIGNATURES: Mapping[int, str] = {number: case["signature"] for number, case in ROUNDS.items()}

#: Moments of the contest's life, in the hub's zone.  Round 1000 comes at 17:59:24 on 23 August 2023.
BEFORE, OPEN, CLOSED = "2023-07-31 10:00", "2023-08-10 10:00", "2023-08-21 10:00"
FROZEN, DRAWN, CLAIMED = "2023-08-21 18:00", "2023-08-23 18:00", "2023-09-02 10:00"

FRONT: Mapping[str, str] = {
    "title": "L’été en photo",
    "date": "2023-07-01",
    "id": ID,
    "mechanism": "draw",
    "opens": "2023-08-01",
    "closes": "2023-08-20",
    "freeze": "2023-08-21 18:00",
    "draw": "2023-08-23 17:59:24",
    "results": "2023-08-24 18:00",
    "claim": "2023-09-01",
    "substitutes": "2",
    "prizes": "\n  - name: Un vélo\n  - name: Un livre\n    quantity: 2",
    "enter": "Une photo.",
    "enter_url": "https://formulaire.example/photo",
    "organiser": "Association Essai",
}


def contest_text(**front: str) -> str:
    """Return the text of the contest; a field that is given replaces its own, "" takes it out."""
    fields = {**FRONT, **front}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items() if value) + "---\n\nRacontez.\n"


def hub_with(root: Path, **front: str) -> Path:
    """Return a hub with the contest in it, not announced yet."""
    return write(root, {f"content/contests/{ID}.md": contest_text(**front)})


def contest(root: Path, as_of: str, word: str = ID) -> Contest:
    """Return the contest as it is at a moment."""
    return contest_named(word, options(root, as_of, no_cache=True))


def announced(root: Path, at: str = BEFORE, word: str = ID) -> Contest:
    """Announce the contest: its terms, and rules that say which step they are of."""
    found = contest(root, at, word)
    terms = terms_of(found.item)
    moment = lots_at(terms)
    facts: dict[str, Any] = {
        "version": 1,
        "terms": terms,
        "clauses": {},
        "beacon": {"chain": QUICKNET.hash, "round": round_at(datetime.fromisoformat(moment))}
        if terms["algorithm"] == "hubdraw-1"
        else None,
    }
    told = {"at": found.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), **facts}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    rules = f"# Règlement\n\nannounced-step: {digest}\n".encode()
    take(found, "announced", {**facts, "rules": {"fr": digest_of(rules)}}, {"rules.1.fr.md": rules})
    return contest(root, at, word)


def frozen(
    root: Path, tickets: tuple[str, ...] = ORDER, at: str = FROZEN, more: Mapping[str, Any] | None = None, **files: bytes
) -> Contest:
    """Announce the contest and freeze these tickets; *more* are further facts of the step, *files* by their names, ``_`` for a dot."""
    announced(root)
    found = contest(root, at)
    raw = pool_bytes(tickets)
    step = found.record.last("announced")
    assert step is not None
    facts = {"pool": digest_of(raw), "size": len(tickets), "beacon": step.facts["beacon"], **(more or {})}
    take(found, "frozen", facts, {"pool.txt": raw, **{name.replace("_", "."): one for name, one in files.items()}})
    return contest(root, at)


@contextmanager
def beacon(*rounds: int) -> Iterator[str]:
    """Run a relay of the beacon that has these rounds and no other; yield its address."""
    with closing(Relay(rounds)) as relay:
        yield relay.address
