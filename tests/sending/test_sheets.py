"""CSV files, read and written."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cases import for_each

from handbill.sending.columns import names_email
from handbill.sending.sheets import LONGEST_ROW, Fault, Row, rows_of, write_rows, written


def read(content):
    return list(rows_of(io.BytesIO(content if isinstance(content, bytes) else content.encode()), names_email))


def cells(content):
    return [list(one.cells) for one in read(content) if isinstance(one, Row)]


def faults(content):
    return [(one.number, one.found) for one in read(content) if isinstance(one, Fault)]


TABLE = [["email", "nom"], ["ada@lettre.example", 'Lovelace, Ada; dite « la reine »\tdes "nombres"\nligne 2'], ["eve@lettre.example", ""]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_table_is_read_whoever_wrote_it(sign, ends, encoding):
    """Spreadsheets in French write semicolons, Windows writes other line ends and a mark before the text."""
    opened = io.StringIO()
    csv.writer(opened, delimiter=sign, lineterminator=ends).writerows(TABLE)

    assert TABLE == cells(opened.getvalue().encode(encoding))


def test_the_sign_is_the_one_that_tells_columns_apart():
    """A name may hold the other."""
    assert [["email", "nom, prénom", "a"]] == cells("email;nom, prénom;a\n")
    assert [["email", "nom, prénom, surnom"]] == cells("email\tnom, prénom, surnom\n")
    assert [["nom; prénom", "email"]] == cells("nom; prénom,email\n")
    assert [["email"], ["ada@lettre.example"]] == cells("sep=;\nemail\nada@lettre.example\n")


def test_rows_are_counted_as_a_spreadsheet_counts():
    """The editor looks for row 4 there, not in a text."""
    found = read('email,nom\nada@lettre.example,"deux\nlignes"\n\n,\neve@lettre.example,\n')

    assert [1, 2, 5] == [one.number for one in found]


@pytest.mark.parametrize(
    ("content", "number", "said"),
    [
        (b"", 0, "no row of column names"),
        (b"\n", 0, "no row of column names"),
        (b"\xef\xbb\xbf", 0, "no row of column names"),
        ("email\nada".encode("utf-16"), 0, "a text in UTF-16"),
        (b"email\rada@lettre.example\reve@lettre.example\r", 0, "the line ends of old Macs"),
        (b"email,nom\nada@lettre.example,Val\xe9rie\n", 2, "the byte 0xE9 at place 32"),
        (b"\xffemail\n", 1, "the byte 0xFF at place 0"),
        (b'email,nom\nada@lettre.example,"Ada\n', 2, "a quotation mark that is opened and never closed"),
        (
            b'email,nom\nada@lettre.example,"Ada\n' + b"eve@lettre.example,Eve\n" * 4000,
            2,
            "a quotation mark that is opened and never closed",
        ),
        (b'email,nom\nada@lettre.example,"Ada"x\n', 2, "a quotation mark or a line end in the midst"),
        (b"email,nom\nada@lettre.example,A\rda\n", 2, "a quotation mark or a line end in the midst"),
        (b"email\n" + b"a" * (LONGEST_ROW + 1) + b"\n", 2, "a row of more than"),
        (b"email," + b"a" * LONGEST_ROW + b"\n", 1, "a row of more than"),
    ],
)
def test_what_is_no_table_is_refused_at_its_row(content, number, said):
    """Each comes from a wrong choice in a “save as”, and the message has to name the right one."""
    found = [one for one in faults(content) if one[1].startswith(said)]

    assert [number] == [one[0] for one in found]


def test_a_quotation_mark_that_stays_open_does_not_swallow_the_file():
    """It would be held in memory as one cell, and a million rows with it."""
    opened = io.BytesIO(b'email,nom\nada@lettre.example,"Ada\n' + b"eve@lettre.example,Eve\n" * 100_000)
    found = list(rows_of(opened, names_email))

    assert [1, 2] == [one.number for one in found]
    assert opened.tell() < 2 * LONGEST_ROW


def test_after_a_bad_row_the_next_one_is_read():
    """All bad rows are mended in one go."""
    assert [["email", "nom"], ["eve@lettre.example", "Eve"]] == cells('email,nom\nada@lettre.example,"Ada"x\neve@lettre.example,Eve\n')


@example(b'"email"\rb;c\n')
@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_stumble(content):
    """A traceback would show the row."""
    read(b"email;nom\n" + content)
    read(content)


FORMULAS = [
    *(f"{start}{rest}" for start in "=+-@|%" for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("https://autre.example")', "")),
    *("\tada", "\rada", "\nada", "\0ada"),
    *("\0=1", " =1", "  +1", "\u00a0=1", "\u3000=1", "\ufeff=1"),
    *("＝1+1", "＋1", "－1", "＠SUM(1)", "｜x", "％x", "﹢1", "﹣1", "﹦1", "⁺1", "₌1"),
]


@for_each("cell", FORMULAS, ids=ascii)
def test_no_spreadsheet_runs_a_cell_that_we_write(cell):
    """A member who signs up as `=HYPERLINK(…)` would otherwise run in the editor's spreadsheet (OWASP, CSV Injection)."""
    opened = io.StringIO()
    write_rows(opened, [[cell, cell]])
    (row,) = csv.reader(io.StringIO(opened.getvalue(), newline=""))

    assert [f"'{cell}"] * 2 == row
    assert opened.getvalue().startswith("\"'")


@pytest.mark.parametrize("cell", ["ada@lettre.example", "été", "", "1", "a=b", "main", "0b23b8dd832dd728e1f4cb10a053f0b6"])
def test_a_plain_cell_is_written_as_it_is(cell):
    """The page behind the unsubscribe address compares tokens letter by letter."""
    assert cell == written(cell)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process held")
def test_a_file_without_line_ends_costs_no_memory():
    """One wrong file must not take the machine down that sends."""
    script = (
        "import io\n"
        "from tests.memory import peak_kib\n"
        "from handbill.sending.sheets import rows_of\n"
        "class Endless(io.RawIOBase):\n"
        "    def readable(self): return True\n"
        "    def readinto(self, room): room[:] = b'a' * len(room); return len(room)\n"
        "found = list(rows_of(io.BufferedReader(Endless()), bool))\n"
        "assert len(found) == 1 and found[0].number == 1, found\n"
        "print(peak_kib())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60, cwd=Path(__file__).parents[2]
    )

    assert int(done.stdout) < 100 * 1024
