"""Any bytes as a list of who entered a contest: each row is an entry or a numbered fault, and who counts is the same in any order."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from fuzz.room import as_file

from handbill.contests.entering import Terms, counted, read_entries
from handbill.contests.marking import read_counts, read_marks
from handbill.draw.ballots import Criterion
from handbill.errors import HandbillError

SEEDS = ("tests/hostile/addresses/*.txt",)
WORDS = ("email;date\n", "email,date,nom,chances,q1,q2\n", "03/04/2026 12:00", "2026-05-01T10:00:00+02:00", "ada@lettre.example", '"', "12:61", "2 pm", "\u202f", "+99:99", "ticket,votes\n")  # fmt: skip

_TERMS = Terms(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC), 2, "Europe/Paris", 2, True)
_CRITERIA = (Criterion("Récit", Decimal("0.6"), 10), Criterion("Geste", Decimal("0.4"), 10))
_LINES = ("AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF")


def one(raw: bytes) -> None:
    """Read *raw* as entries, as the sheet of a juror and as counted votes."""
    for table in (raw, "email,date,nom,chances,réponse 1,réponse 2,départage\n".encode() + raw):
        file = as_file("entries.csv", table)
        entries, faults = read_entries(file, _TERMS)
        assert all(fault.number >= 0 and fault.found for fault in faults)
        assert counted(entries, _TERMS) == counted(entries[::-1], _TERMS)
    file = as_file("marks.csv", raw)
    for read in (lambda: read_marks(file, _CRITERIA, _LINES), lambda: read_counts(file, _LINES)):
        try:
            read()
        except HandbillError as refusal:
            assert str(refusal)
