"""Contests for the tests of draws: what the beacon really said, and whole archives made from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handbill.draw.answers import answers_bytes, key_bytes
from handbill.draw.ballots import ballot_bytes, ballot_file, votes_bytes
from handbill.draw.canonical import sealed
from handbill.draw.casting import case_of
from handbill.draw.drawing import Numbers, Round, drawing_bytes, drawn
from handbill.draw.pool import digest_of, entrant, pool_bytes, pool_lines
from handbill.draw.tickets import ticket_of

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"

#: A round of 2023, of drand's quicknet.
ROUND_1000 = Round(
    CHAIN,
    1000,
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
)

#: Ten days later.
ROUND_657413 = Round(
    CHAIN,
    657413,
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
    "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
)
NUMBERS = Numbers(((5, 12, 18, 33, 41), (7,), (2, 9, 20, 31, 44), (3,)))
SOURCES = [
    {"name": f"Loto, drawing {n}, {part}", "count": count, "most": most}
    for n in (1, 2)
    for part, count, most in (("five", 5, 49), ("Chance", 1, 10))
]

CONTEST = "2026-ete-photo"
PEOPLE = ("ana", "bilal", "chloe", "david", "emma", "farid", "gwen", "hugo")
TICKETS = tuple(ticket_of(bytes(range(32)), CONTEST, f"{one}@example.org") for one in PEOPLE)
#: Round 1000 comes at 15:59:24.
OPENS, CLOSES, DRAW = "2023-08-01T00:00:00Z", "2023-08-20T22:00:00Z", "2023-08-23T15:59:23Z"


def terms(mechanism: str = "draw", algorithm: str = "hubdraw-1", **more: Any) -> dict[str, Any]:
    """Return what rules say, as far as a draw asks."""
    key = digest_of(KEY) if "quiz" in mechanism else ""
    return {
        "contest": CONTEST,
        "mechanism": mechanism,
        "opens": OPENS,
        "closes": CLOSES,
        "draw": DRAW,
        "results": "2023-08-25T00:00:00Z",
        "objection_hours": 24,
        "prizes": [
            {"name": "Une caisse à outils", "quantity": 1, "shared_by": 1, "currency": "EUR"},
            {"name": "Un atelier à deux", "quantity": 1, "shared_by": 2, "currency": "EUR"},
        ],
        "winners": 3,
        "substitutes": 2,
        "judging": {
            "jurors": ["Inès Carrère", "Hugo Lassalle"] if "jury" in mechanism else [],
            "criteria": [{"name": "Récit", "weight": "0.6", "scale": 10}, {"name": "Geste", "weight": "0.4", "scale": 10}]
            if "jury" in mechanism
            else [],
            "blind": True,
        },
        "quiz": {
            "questions": 2 if "quiz" in mechanism else 0,
            "answers": key,
            "tiebreak": "Combien de vis ?" if "quiz" in mechanism else "",
        },
        "algorithm": algorithm,
        "sources": SOURCES if algorithm == "rfc3797" else [],
        **more,
    }


KEY = key_bytes(["étau", "varlope|rabot"], "412", "5" * 64)


def record(steps: list[dict[str, Any]], contest: str = CONTEST) -> bytes:
    """Return the text of a record."""
    return sealed({"format": 1, "contest": contest, "steps": steps})


def rules(lang: str, step: Mapping[str, Any]) -> bytes:
    """Return rules that end with the digest of what was announced with them."""
    told = {key: value for key, value in step.items() if key not in ("step", "rules")}
    own = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    return f"# Règlement ({lang})\n\nLe lot est attribué par tirage au sort.\n\n`announced-step: {own}`\n".encode()


def announced(
    announced_terms: Mapping[str, Any], version: int = 1, at: str = "2023-07-20T09:00:00Z"
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return an announcement, and the files that come with it."""
    beacon = {"chain": CHAIN, "round": 1000} if announced_terms["algorithm"] == "hubdraw-1" else None
    step: dict[str, Any] = {
        "step": "announced",
        "at": at,
        "version": version,
        "terms": dict(announced_terms),
        "clauses": {},
        "beacon": beacon,
    }
    files = {f"rules.{version}.{lang}.md": rules(lang, step) for lang in ("fr", "en")}
    step["rules"] = {name.split(".")[2]: digest_of(raw) for name, raw in files.items()}
    return step, files


def archive(
    mechanism: str = "draw",
    algorithm: str = "hubdraw-1",
    lines: tuple[str, ...] = (*TICKETS, f"{TICKETS[1]}#2", f"{TICKETS[6]}#2"),
    skips: Mapping[str, str] | None = None,
    luck: Round | Numbers | None = None,
    decided: Mapping[str, Any] | None = None,
    decided_at: str = "2023-08-23T16:05:00Z",
    until: str = "published",
    is_amended: bool = True,
    **more: Any,
) -> dict[str, bytes]:
    """Return the public files of a whole contest: amended once, drawn, with skips if there are any, confirmed and published."""
    pool = pool_bytes(lines)
    first, files = announced(terms(mechanism, algorithm, **more))
    second, other = announced(terms(mechanism, algorithm, **more), 2, "2023-07-25T09:00:00Z") if is_amended else (first, {})
    files = {**files, **other, "pool.txt": pool}
    frozen = {"step": "frozen", "at": "2023-08-21T08:00:00Z", "pool": digest_of(pool), "size": len(lines), "beacon": first["beacon"]}
    steps = [first, *([second] if is_amended else []), frozen]
    if "jury" in mechanism:
        files |= _ballots(lines, with_votes="vote" in mechanism)
        for juror, name in (
            ("ines-carrere", ballot_file("ines-carrere")),
            ("hugo-lassalle", ballot_file("hugo-lassalle")),
            ("votes", "votes.csv"),
        ):
            if name in files:
                steps.append({"step": "sealed", "at": "2023-08-22T08:00:00Z", "juror": juror, "digest": digest_of(files[name])})
    if "quiz" in mechanism:
        files |= {"answers.csv": _answers(lines), "key.json": KEY}
        frozen["answers"] = digest_of(files["answers.csv"])
    luck = luck or (ROUND_1000 if algorithm == "hubdraw-1" else NUMBERS)
    case = case_of(CONTEST, second["terms"], second["rules"], files, luck, record=digest_of(record(steps)))
    drawing = drawing_bytes(drawn(case, luck, {}, "1.0"))
    steps.append({"step": "decided", "at": decided_at, "draw": digest_of(drawing), **(decided or {})})
    files["draw.json"] = drawing_bytes(drawn(case, luck, skips or {}, "1.0"))
    steps.append({"step": "verified", "at": "2023-09-10T09:00:00Z", "draw": digest_of(files["draw.json"])})
    steps.append({"step": "published", "at": "2023-09-11T09:00:00Z"})
    names = [one["step"] for one in steps]
    files["record.json"] = record(steps[: len(names) - names[::-1].index(until)])
    return files


def _ballots(lines: tuple[str, ...], with_votes: bool) -> dict[str, bytes]:
    found = {}
    for number, juror in enumerate(("ines-carrere", "hugo-lassalle"), 1):
        marks = {
            line: {"Récit": Decimal((place * number) % 11), "Geste": Decimal((place + number) % 10) / 2}
            for place, line in enumerate(sorted(lines))
            if place != number
        }
        found[ballot_file(juror)] = ballot_bytes(CONTEST, juror, str(number) * 64, marks, [sorted(lines)[number]])
    if with_votes:
        found["votes.csv"] = votes_bytes({line: (place * 7) % 5 for place, line in enumerate(sorted(lines))})
    return found


def _answers(lines: tuple[str, ...]) -> bytes:
    people = sorted({entrant(line) for line in lines})
    return answers_bytes(2, {one: ("Étau", "rabot" if place % 3 else "scie", str(400 + 5 * place)) for place, one in enumerate(people)})


def order_in(files: Mapping[str, bytes]) -> list[str]:
    """Return the order that the draw of an archive made, or else the lines of its pool."""
    return json.loads(files["draw.json"])["order"] if "draw.json" in files else list(pool_lines(files["pool.txt"]))
