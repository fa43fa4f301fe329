"""Tables: members, entries, marks and votes, as any program writes them; and those that we write for others."""

from __future__ import annotations

import csv
import io
import unicodedata
from decimal import Decimal

from fuzz.room import as_file
from fuzz.targets import entries, members
from hypothesis import strategies as st
from tests.hostile.properties.drawn import LINE, TEXT
from tests.hostile.properties.holding import holds

from handbill.contests.marking import blank_sheet, read_marks
from handbill.draw.ballots import BadBallot, Criterion, ballot_bytes, ballot_in, votes_bytes, votes_in
from handbill.sending.sheets import Fault, Row, rows_of, write_rows

_CELL = st.one_of(
    TEXT,
    st.sampled_from((
        "ada@lettre.example", "Ada <ada@lettre.example>", "ADA@LETTRE.EXAMPLE", "subscribed", "unsubscribed", "fr", "main,agenda", "yes", "3", "2026-05-02 10:00", "03/04/2026",
        "13/04/2026 8:00 PM", "=1+1", "\tx", "＝x", "a@b", "a@b.example\nBcc: c@d.example", "oui", "7,5", "10",
    )),
)  # fmt: skip
_NAMES = st.lists(st.sampled_from(("email", "courriel", "status", "lang", "letters", "segments", "nom", "date", "chances", "réponse 1", "réponse 2", "départage", "ticket", "x")), min_size=1, max_size=6)  # fmt: skip
_ROWS = st.lists(st.lists(_CELL, max_size=6), max_size=5)


def _written(names: list[str], rows: list[list[str]], sign: str, is_quoted: bool) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=sign, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL).writerows([names, *rows])
    return made.getvalue().encode("utf-8")


@holds(few=20, names=_NAMES, rows=_ROWS, sign=st.sampled_from(",;\t"), is_quoted=st.booleans(), more=st.binary(max_size=8))
def a_list_of_members_gives_members_and_numbered_problems(
    names: list[str], rows: list[list[str]], sign: str, is_quoted: bool, more: bytes
) -> None:
    members.one(_written(names, rows, sign, is_quoted) + more)


@holds(few=20, names=_NAMES, rows=_ROWS, sign=st.sampled_from(",;\t"), is_quoted=st.booleans(), more=st.binary(max_size=8))
def a_list_of_entries_gives_entries_and_numbered_faults(
    names: list[str], rows: list[list[str]], sign: str, is_quoted: bool, more: bytes
) -> None:
    entries.one(_written(names, rows, sign, is_quoted) + more)


@holds(rows=st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def what_is_written_for_a_spreadsheet_comes_back_and_runs_nothing(rows: list[list[str]]) -> None:
    made = io.StringIO(newline="")
    write_rows(made, [("email", "nom"), *rows])
    raw = made.getvalue()

    by_python = list(csv.reader(io.StringIO(raw, newline="")))
    found = list(rows_of(io.BytesIO(raw.encode("utf-8")), lambda cells: "email" in cells))

    if not any(sign in cell for row in rows for cell in row for sign in "\r\0"):
        assert [["email", "nom"], *[row for row in by_python[1:] if any(row)]] == [list(one.cells) for one in found if isinstance(one, Row)]
        assert not [one for one in found if isinstance(one, Fault)]
    for row, wanted in zip(by_python[1:], rows, strict=True):
        for cell, text in zip(row, wanted, strict=True):
            # Nothing but apostrophes before what a spreadsheet would take for the beginning of a formula.
            assert cell.replace("'", "") == text.replace("'", "")
            seen = unicodedata.normalize("NFKC", cell)
            first = next((sign for sign in seen if not (sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf"))), "")
            assert first not in tuple("=+-@|%")


_LINES = ("AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF", "DDDD-EEEE-FFFF#2")
_MARK = st.integers(0, 2000).map(lambda number: Decimal(number) / 100)


@holds(names=st.lists(LINE.filter(bool), min_size=1, max_size=3, unique=True), drawn=st.data(), sign=st.sampled_from(",;"))
def the_ballot_of_a_juror_is_read_as_it_was_written(names: list[str], drawn: st.DataObject, sign: str) -> None:
    criteria = [Criterion(name, Decimal(1), 20) for name in names]
    marks = {line: {name: drawn.draw(_MARK) for name in names} for line in _LINES[:2]}
    judging = {"criteria": [{"name": name, "weight": "1", "scale": 20} for name in names]}
    raw = ballot_bytes("essai", "ada", "5" * 64, marks, [_LINES[2]])
    try:
        ballot = ballot_in(raw, "essai", "ada", judging, _LINES)
    except BadBallot as refusal:
        # A criterion of that name, or two of one name, is refused before anybody marks.
        assert str(refusal)  # noqa: PT017
    else:
        assert marks == ballot.marks
        assert {_LINES[2]} == ballot.conflicts
    sheet = blank_sheet(criteria, _LINES, "conflit", sign)
    found = read_marks(as_file("marks.csv", sheet), criteria, _LINES)
    assert not any(found.marks.values())
    assert found.faults


@holds(counts=st.fixed_dictionaries({line: st.integers(0, 10**6) for line in _LINES}))
def votes_are_read_as_they_were_counted(counts: dict[str, int]) -> None:
    assert counts == votes_in(votes_bytes(counts), _LINES)
