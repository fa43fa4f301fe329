"""Long lists of members, made up; and the figures of reading them.

    python -m tests.sending.many_members rows      100,000 rows, 5,000 of them hostile: seconds and MiB
    python -m tests.sending.many_members stream    a million rows: seconds and MiB, and those of ten thousand
    python -m tests.sending.many_members tokens    a million tokens, no two alike

Each prints a line of JSON.  ``of_work`` are the seconds that one core worked; memory is the most that the process ever held.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.memory import peak_kib
from tests.sending.hostile import injecting, storable

from handbill.errors import Level, Problem
from handbill.sending.contract import Member
from handbill.sending.keys import member_key, token_of
from handbill.sending.members import members_of

SECRET = bytes(range(32))


def rows(count: int, hostile: int) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the number of each row, its cells, and whether it must be refused; the same rows every time."""
    chance = random.Random(7)
    bad = frozenset(chance.sample(range(2, count + 2), hostile))
    attacks = injecting()
    for number in range(2, count + 2):
        name, lang = f"Prénom {number}", chance.choice(["fr", "en", "FR", "fr-FR", "de", ""])
        if number in bad:
            yield number, [chance.choice(attacks)[1], name, lang, "confirmed"], True
        else:
            address = f"m{number}@{chance.choice(['lettre', 'atelier', f'chez-{number % 9973}'])}.example"
            yield number, [address, name, lang, "confirmed"], False


def write_list(file: Path, count: int, hostile: int) -> frozenset[int]:
    """Write a list, and return the numbers of the rows that must be refused."""
    bad = []
    with file.open("w", encoding="utf-8", newline="") as opened:
        written = csv.writer(opened, quoting=csv.QUOTE_ALL)
        written.writerow(["email", "nom", "langue", "statut"])
        for number, cells, is_bad in rows(count, hostile):
            written.writerow([storable(cell) for cell in cells])
            if is_bad:
                bad.append(number)
    return frozenset(bad)


def read(file: Path) -> dict[str, float]:
    """Read a list to its end, and return what was found and what it took."""
    began, worked = time.perf_counter(), time.process_time()
    members = refused = 0
    for one in members_of(file, SECRET, "main", ("fr", "en")):
        members += isinstance(one, Member)
        refused += isinstance(one, Problem) and one.level is Level.ERROR
    seconds, work = round(time.perf_counter() - began, 2), round(time.process_time() - worked, 2)
    peak = peak_kib() / 1024
    return {"members": members, "refused": refused, "seconds": seconds, "of_work": work, "MiB": round(peak, 1)}


def tokens(count: int) -> dict[str, float]:
    """Make the tokens of so many members, and count those that are different."""
    made = {token_of(SECRET, "main", member_key(SECRET, f"m{number}@lettre.example")) for number in range(count)}
    return {"members": count, "tokens": len(made)}


def main(what: str) -> None:
    """Measure, and tell."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "membres.csv"
        if what == "tokens":
            sys.stdout.write(json.dumps(tokens(1_000_000)) + "\n")
        elif what == "rows":
            write_list(file, 100_000, 5_000)
            sys.stdout.write(json.dumps(read(file)) + "\n")
        else:
            for count in (10_000, 1_000_000):
                write_list(file, count, 0)
                sys.stdout.write(json.dumps(read(file)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
