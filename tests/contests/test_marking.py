"""The sheet of a juror and the list of votes, as spreadsheets write them."""

from decimal import Decimal

import pytest
from tests.contests.juries import TICKETS, sheet

from handbill.contests.marking import blank_sheet, read_counts, read_marks
from handbill.draw.ballots import Criterion
from handbill.errors import MachineLacks

CRITERIA = (Criterion("Récit", Decimal("0.6"), 10), Criterion("Geste", Decimal("0.4"), 20))
FIRST, SECOND = TICKETS[:2]


def faults(found) -> list[tuple[int, str]]:  # type: ignore[no-untyped-def]
    """Return what is wrong with a list."""
    return [(one.number, str(one.found)) for one in found.faults]


@pytest.mark.parametrize("separator", [";", ","])
def test_an_empty_sheet_comes_back_once_it_is_filled_in(tmp_path, separator):
    """Who gets it by mail opens it with a double click, and fills in cells."""
    raw = blank_sheet(CRITERIA, TICKETS, "conflit", separator)
    assert raw.startswith(f"\ufeffticket;Récit (0-10);Geste (0-20);conflit\r\n{FIRST};;;\r\n".replace(";", separator).encode())

    filled = raw.replace(separator.encode() * 3, '|"7,50"|12|non'.replace("|", separator).encode())
    (tmp_path / "feuille.csv").write_bytes(filled)
    found = read_marks(tmp_path / "feuille.csv", CRITERIA, TICKETS)

    assert [] == faults(found)
    assert {one: {"Récit": Decimal("7.5"), "Geste": Decimal(12)} for one in TICKETS} == found.marks


def test_no_criterion_is_a_formula(tmp_path):
    """Its name is opened in the spreadsheet of somebody else."""
    assert b"ticket,'=SUM(A1) (0-10),conflict\r\n" == blank_sheet((Criterion("=SUM(A1)", Decimal(1), 10),), (), "conflict", ",")[3:]


def test_a_work_in_conflict_has_no_marks(tmp_path):
    """The juror knows whose it is."""
    found = read_marks(sheet(tmp_path / "s.csv", {SECOND: ("", "", "X"), FIRST: ("", "", "oui")}), CRITERIA, TICKETS)

    assert tuple(sorted((FIRST, SECOND))) == found.conflicts
    assert set(TICKETS) - {FIRST, SECOND} == set(found.marks)
    assert [] == faults(found)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("", "10", ""), "no mark for “Récit”, and no conflict"),
        (("10,5", "10", ""), "something that is no mark for “Récit”"),
        (("5", "20.01", ""), "something that is no mark for “Geste”"),
        (("5", "-1", ""), "something that is no mark for “Geste”"),
        (("5", "7.125", ""), "something that is no mark for “Geste”"),
        (("bien", "7", ""), "something that is no mark for “Récit”"),
        (("5 mai", "7", ""), "something that is no mark for “Récit”"),
        (("5", "7", "oui"), "a work that is marked and in conflict"),
        (("", "", "✓"), "something in the column of conflicts that says neither yes nor no"),
        (("5", "7", "peut-être"), "something in the column of conflicts that says neither yes nor no"),
    ],
)
def test_a_cell_that_says_nothing_clear_is_told_by_its_row(tmp_path, cells, found):
    """A mark that was guessed would decide who wins."""
    told = read_marks(sheet(tmp_path / "s.csv", {SECOND: cells}), CRITERIA, TICKETS)

    assert [(3, found)] == faults(told)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((f"{FIRST};", f"{SECOND};"), [(0, f"no row for {FIRST}, a ticket of the pool"), (3, "a ticket that stands twice")]),
        ((f"{FIRST};5;10;\r\n", ""), [(0, f"no row for {FIRST}, a ticket of the pool")]),
        ((f"{FIRST};", "camille@example.org;"), [(0, f"no row for {FIRST}, a ticket of the pool"), (2, "something that is no ticket of the pool")]),
        (("Récit (0-10)", "Mot"), [(1, "no column for each criterion")]),
        (("ticket;", "billets;"), [(1, "no column of tickets in the first row")]),
        (("ticket;Récit", "ticket;ticket;Récit"), [(1, "no column of tickets in the first row")]),
    ],
)  # fmt: skip
def test_a_sheet_that_is_not_of_this_pool_is_refused(tmp_path, change, found):
    """Last year's sheet looks the same."""
    file = sheet(tmp_path / "s.csv")
    file.write_bytes(file.read_bytes().replace(change[0].encode(), change[1].encode(), 1))

    assert found == faults(read_marks(file, CRITERIA, TICKETS))


def test_an_empty_sheet_is_told(tmp_path):
    """The program that saved it had lost the table."""
    (tmp_path / "s.csv").write_bytes(b"")

    assert [(0, "no row of column names")] == faults(read_marks(tmp_path / "s.csv", CRITERIA, TICKETS))[:1]


def test_a_sheet_without_conflicts_needs_no_column_for_them(tmp_path):
    """A juror deleted what was empty."""
    (tmp_path / "s.csv").write_text("Geste,Récit,ticket\n" + "".join(f"12,7,{one}\n" for one in TICKETS), encoding="utf-8")

    found = read_marks(tmp_path / "s.csv", CRITERIA, TICKETS)

    assert [] == faults(found)
    assert {"Récit": Decimal(7), "Geste": Decimal(12)} == found.marks[FIRST]


def test_no_cell_is_ever_shown(tmp_path):
    """It may be the list of entrants that was given instead."""
    (tmp_path / "s.csv").write_text("ticket,Récit,Geste\ncamille@example.org,Camille,Roy\n", encoding="utf-8")

    told = str(read_marks(tmp_path / "s.csv", CRITERIA, TICKETS).faults)

    assert "amille" not in told
    assert "Roy" not in told


def test_a_sheet_that_is_not_there_is_told(tmp_path):
    """Whoever typed the wrong path has to see it."""
    with pytest.raises(MachineLacks, match=r"s\.csv: cannot be read"):
        read_marks(tmp_path / "s.csv", CRITERIA, TICKETS)


def test_a_ticket_that_nobody_voted_for_has_no_votes(tmp_path):
    """A counting program lists those alone that got one."""
    (tmp_path / "v.csv").write_text(f"Voix;Ticket\n12;{FIRST}\n3;{SECOND}\n", encoding="utf-8")

    found = read_counts(tmp_path / "v.csv", TICKETS)

    assert {**dict.fromkeys(TICKETS, 0), FIRST: 12, SECOND: 3} == found.counts
    assert [] == faults(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ticket,votes\nzzz,1\n", [(2, "something that is no ticket of the pool")]),
        (f"ticket,votes\n{FIRST},1\n{FIRST},1\n", [(3, "a ticket that stands twice")]),
        (f"ticket,votes\n{FIRST},-1\n", [(2, "something that is no number of votes")]),
        (f"ticket,votes\n{FIRST},\n", [(2, "something that is no number of votes")]),
        (f"ticket,votes\n{FIRST},1.5\n", [(2, "something that is no number of votes")]),
        (f"ticket,nom\n{FIRST},1\n", [(1, "no column of votes")]),
        (f"ticket,votes,voix\n{FIRST},1,2\n", [(1, "no column of votes")]),
    ],
)
def test_a_list_of_votes_that_is_not_clear_is_refused(tmp_path, text, found):
    """A vote that was guessed would decide who wins."""
    (tmp_path / "v.csv").write_text(text, encoding="utf-8")

    assert found == faults(read_counts(tmp_path / "v.csv", TICKETS))
