"""Contests by chance, whole or with a byte that was changed: for whoever checks them in two languages."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from tests.draw.samples import ROUND_1000, ROUND_657413, archive

from handbill.draw.award import REASONS
from handbill.draw.canonical import canonical, sealed
from handbill.draw.drawing import Numbers

_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
_MECHANISMS = ("draw", "draw", "draw", "draw", "draw", "quiz+draw", "quiz", "jury", "jury+vote")


def pools(many: int, seed: int = 8) -> Iterator[dict[str, bytes]]:
    """Yield whole contests: pools of 1 to 60 people with further chances, skips, both ways to draw, every mechanism."""
    chance = random.Random(seed)
    for _ in range(many):
        people = ["".join(chance.choices(_SIGNS, k=chance.choice((1, 16, 16, 64)))) for _ in range(chance.randint(1, 60))]
        lines = {f"{one}#{n}" if n > 1 else one for one in people for n in range(1, 1 + chance.choice((1, 1, 1, 2, 5)))}
        mechanism = chance.choice(_MECHANISMS)
        if mechanism not in ("draw", "quiz+draw") and len(lines) < 4:
            mechanism = "draw"
        algorithm = chance.choice(("hubdraw-1", "hubdraw-1", "rfc3797"))
        drawings = tuple(tuple(chance.sample(range(1, most + 1), count)) for count, most in ((5, 49), (1, 10), (5, 49), (1, 10)))
        luck = Numbers(drawings) if algorithm == "rfc3797" else chance.choice((ROUND_1000, ROUND_657413))
        skips = {one: chance.choice(REASONS) for one in chance.sample(people, min(len(people), chance.choice((0, 0, 1, 4))))}
        prizes = [
            {"name": f"Lot {n}", "quantity": chance.randint(1, 3), "shared_by": chance.randint(1, 2)} for n in range(chance.randint(1, 3))
        ]
        yield archive(
            mechanism, algorithm, tuple(sorted(lines)), skips, luck, prizes=prizes, substitutes=chance.randint(0, 5),
            until=chance.choice(("decided", "published", "published")),
        )  # fmt: skip


def changed(many: int, seed: int = 8) -> Iterator[dict[str, bytes]]:
    """Yield contests of every mechanism in which a byte of one file was changed, put in or taken away."""
    chance = random.Random(seed)
    whole = [archive(mechanism, algorithm) for mechanism in sorted(set(_MECHANISMS)) for algorithm in ("hubdraw-1", "rfc3797")]
    for _ in range(many):
        files = dict(chance.choice(whole))
        name = chance.choice(sorted(files))
        raw = bytearray(files[name])
        place = chance.randrange(len(raw))
        act = chance.randrange(3)
        if act == 0:
            raw[place] ^= chance.randrange(1, 256)
        elif act == 1:
            raw.insert(place, chance.randrange(256))
        else:
            del raw[place]
        if bytes(raw) == files[name]:
            raw.append(32)
        yield files | {name: bytes(raw)}


_STRANGE: tuple[Any, ...] = (
    None, 0, 1, -1, 1.5, True, 1 << 53, "", "x", "hubdraw-1", "rfc3797", "2023-02-30T00:00:00Z", "2023-08-23T24:00:00Z", [], [1], ["a"], {},
    {"a": "b"},
)  # fmt: skip


def forged(many: int, seed: int = 8) -> Iterator[dict[str, bytes]]:
    """Yield contests in which a value of one file was taken away, put in or replaced, and the text of the file made anew."""
    chance = random.Random(seed)
    whole = [archive(mechanism, algorithm) for mechanism in sorted(set(_MECHANISMS)) for algorithm in ("hubdraw-1", "rfc3797")]
    for _ in range(many):
        files = dict(chance.choice(whole))
        name = chance.choice([*(one for one in files if one.endswith(".json")), "record.json", "draw.json"])
        told = json.loads(files[name])
        *way, key = chance.choice([one for one in _ways(told) if one and one != ("digest",)])
        place = told
        for one in way:
            place = place[one]
        act = chance.randrange(4)
        if act == 0:
            del place[key]
        elif act == 1 and isinstance(place, dict):
            place[chance.choice(("missing", "beacon", "answers", "more"))] = chance.choice(_STRANGE)
        elif act == 1:
            place.insert(key, copy.deepcopy(place[key]))
        else:
            place[key] = chance.choice(_STRANGE)
        if name == "record.json":
            told.pop("digest", None)
            yield files | {name: sealed(told)}
        else:
            yield files | {name: canonical(told)}


def _ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value within some values."""
    yield way
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _ways(value[key], (*way, key))
