"""Lists that strangers and careless programs leave, to every reader of CSV; and cells that strangers write, by every writer."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.cases import for_each
from tests.hostile.picture_recipes import bytes_of

from handbill.contests.entering import Terms, read_entries
from handbill.contests.marking import blank_sheet, read_counts, read_marks
from handbill.draw.answers import NUMBER, answers_bytes
from handbill.draw.ballots import Criterion
from handbill.errors import Level, Problem
from handbill.sending.columns import names_email
from handbill.sending.contract import Member
from handbill.sending.members import members_of, suppressed_of
from handbill.sending.sheets import Row, rows_of, write_rows, written

HERE = Path(__file__).parent / "csv"
SECRET = bytes(range(32))
LISTS = tomllib.loads((HERE / "lists.toml").read_text(encoding="utf-8"))
ZONE = ZoneInfo("Europe/Paris")
TERMS = Terms(datetime(2026, 1, 1, tzinfo=ZONE), datetime(2026, 2, 1, tzinfo=ZONE), 1, "Europe/Paris", 2, True)
TICKETS = ["a" * 32, "b" * 32]
CRITERIA = (Criterion("Récit", Decimal(1), 10),)


def cells() -> tuple[list[str], list[str]]:
    """Return the cells of cells.txt that could be run, and the plain ones."""
    found: tuple[list[str], list[str]] = [], []
    for line in (HERE / "cells.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("# "):
            is_plain = line.startswith("plain\t")
            cell = line.removeprefix("plain\t").encode("latin-1", "backslashreplace").decode("unicode_escape")
            found[is_plain].append(cell)
    return found


RUN, PLAIN = cells()


@pytest.mark.parametrize("name", LISTS)
def test_each_hostile_row_is_refused_by_its_number_and_the_others_are_read(tmp_path, name):
    """The wrong file, the wrong “save as”, or a row that somebody wrote to do harm."""
    file = tmp_path / "liste.csv"
    file.write_bytes(bytes_of(LISTS[name]["bytes"]))
    found = list(members_of(file, SECRET, "main", ("fr", "en")))
    problems = [one for one in found if isinstance(one, Problem)]

    assert LISTS[name]["refused"] == sorted({one.line for one in problems if one.level is Level.ERROR})
    assert LISTS[name]["members"] == [one.row for one in found if isinstance(one, Member)]
    assert "KANARI" not in "".join(repr(one) for one in problems)


@pytest.mark.parametrize("name", LISTS)
def test_no_reader_stumbles_or_tells_what_stands_in_a_list(tmp_path, name):
    """Somebody gives the list of members to the command for votes."""
    file = tmp_path / "liste.csv"
    file.write_bytes(bytes_of(LISTS[name]["bytes"]))
    entries, faults = read_entries(file, TERMS)
    told: list[object] = [*faults, *read_counts(file, TICKETS).faults, *read_marks(file, CRITERIA, TICKETS).faults]
    told += [one for one in suppressed_of(file, SECRET) if isinstance(one, Problem)]

    assert () == entries
    assert faults
    assert "KANARI" not in repr(told)


def read_as(raw: str, sign: str) -> list[list[str]]:
    """Return the cells as spreadsheets see them that split at this sign and let everything pass, with quotation marks across lines or without."""
    lines = re.split("\r\n|\r|\n", raw)
    return [row for line in lines for row in csv.reader([line], delimiter=sign)] + list(
        csv.reader(io.StringIO(raw, newline=""), delimiter=sign)
    )


def begins_formula(cell: str) -> bool:
    """Say whether a spreadsheet may run a cell, whatever that nobody sees stands before it."""
    return cell.lstrip(' "\t\r\n\u00a0\u202f\u2009\u3000\u200b\ufeff\0').startswith(("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠"))


@for_each("sign", [",", ";", "\t"])
@for_each("cell", RUN, ids=ascii)
def test_no_spreadsheet_runs_a_cell_whichever_sign_it_splits_at(cell, sign):
    """An organiser opens the list of winners with a double click; a program set to French splits at semicolons."""
    opened = io.StringIO(newline="")
    write_rows(opened, [["ticket", cell], [cell, "ticket"], [cell, cell]])

    assert [] == [one for row in read_as(opened.getvalue(), sign) for one in row if begins_formula(one)]


@for_each("cell", RUN + PLAIN, ids=ascii)
def test_what_is_written_is_read_back(cell):
    """It is the same cell, after an apostrophe where one was needed."""
    opened = io.StringIO(newline="")
    write_rows(opened, [["email", "nom"], ["ada@lettre.example", cell]])
    rows = [one for one in rows_of(io.BytesIO(opened.getvalue().encode("utf-8", "surrogatepass")), names_email) if isinstance(one, Row)]

    assert [written(cell)] == [row.cells[1] for row in rows[1:]]
    assert cell.replace("'", "") == rows[1].cells[1].replace("'", "")


@pytest.mark.parametrize("cell", PLAIN, ids=ascii)
def test_a_plain_cell_stays_as_it_is(cell):
    """Tokens are compared letter by letter."""
    assert cell == written(cell)


@pytest.mark.parametrize("separator", [",", ";"])
def test_no_criterion_is_run_by_a_jurors_spreadsheet(separator):
    """Jurors open their sheet with a double click."""
    for cell in RUN:
        raw = blank_sheet((Criterion(" ".join(cell.split()) or "x", Decimal(1), 10),), TICKETS, "conflit", separator).decode("utf-8-sig")
        assert [] == [one for sign in ",;\t" for row in read_as(raw, sign) for one in row if begins_formula(one)], cell


def test_no_answer_of_a_quiz_is_run():
    """Answers are published, and people download them."""
    for cell in RUN:
        raw = answers_bytes(1, {TICKETS[0]: (cell, "")}).decode()
        (answer,) = [row[1] for row in csv.reader(raw.splitlines()[1:])]
        assert not begins_formula(answer) or answer.startswith('"') or NUMBER.fullmatch(answer), cell


def test_the_lists_hold_what_is_promised():
    """They must not shrink unnoticed."""
    assert 90 <= len(RUN)
    assert 35 <= len(LISTS)
