"""Which entries count is decided by the rules and by the moment in the list: the same for everybody, whenever it is read."""

import random
from datetime import UTC, datetime

import pytest

from handbill.contests.entering import Terms, counted, identity_of, read_entries
from handbill.errors import MachineLacks

OPENS, CLOSES = datetime(2026, 5, 31, 22, tzinfo=UTC), datetime(2026, 6, 30, 22, tzinfo=UTC)


def terms(limit=1, **more):
    return Terms(OPENS, CLOSES, limit, "Europe/Paris", **more)


def sheet(folder, *rows, first="email,entered"):
    file = folder / "entries.csv"
    file.write_text("\n".join((first, *rows)) + "\n", encoding="utf-8")
    return file


def count(folder, *rows, limit=1, first="email,entered", excluded=()):
    entries, faults = read_entries(sheet(folder, *rows, first=first), terms(limit))
    assert () == faults
    return counted(entries, terms(limit), excluded)


def test_the_moment_in_the_list_says_whether_an_entry_was_in_time(tmp_path):
    """A list that is read on the day after is as good as one that is read at once."""
    found = count(
        tmp_path,
        "ada@lettre.example,2026-06-30 23:59:59",
        "zoe@lettre.example,2026-07-01 00:00",
        "max@lettre.example,2026-05-31 23:59",
        "eve@lettre.example,2026-06-30T22:00:00Z",
    )

    assert ["ada@lettre.example"] == [one.identity for one in found.entrants]
    assert {"early": (4,), "late": (3, 5)} == found.left


@pytest.mark.parametrize("written", ["Ada@Lettre.Example", " ada@lettre.example ", "ADA@LETTRE.EXAMPLE", "ada@lettre.example\u00a0"])
def test_one_mailbox_is_one_person_however_it_is_written(written):
    """Otherwise a capital letter is a second chance."""
    assert "ada@lettre.example" == identity_of(written)


def test_accents_that_are_written_in_two_ways_are_one_domain():
    """Telephones and computers write them differently."""
    assert identity_of("ada@caf\u00e9.example") == identity_of("ada@cafe\u0301.example") == "ada@xn--caf-dma.example"


def test_the_first_entries_of_a_person_count(tmp_path):
    """The rules say how often somebody can enter; the rest is no crime, it only does not count."""
    rows = ("ada@lettre.example,2026-06-12 10:00", "Ada@lettre.example,2026-06-10 10:00", "ada@lettre.example,2026-06-11 10:00")

    once, twice = count(tmp_path, *rows), count(tmp_path, *rows, limit=2)

    assert [(1, [3])] == [(one.chances, [entry.row for entry in one.entries]) for one in once.entrants]
    assert {"over": (2, 4)} == once.left
    assert [(2, [3, 4])] == [(one.chances, [entry.row for entry in one.entries]) for one in twice.entrants]
    assert {"over": (2,)} == twice.left


def test_a_form_that_was_sent_twice_is_one_entry(tmp_path):
    """A slow connection and a second click are no second chance."""
    row = "ada@lettre.example,2026-06-12 10:00:07"

    found = count(tmp_path, row, row, limit=5)

    assert [1] == [one.chances for one in found.entrants]
    assert {"double": (3,)} == found.left


def test_two_entries_of_one_day_on_paper_are_two(tmp_path):
    """A register has no seconds by which a double could be known."""
    found = count(tmp_path, "ada@lettre.example,2026-06-12", "ada@lettre.example,2026-06-12", limit=2)

    assert [2] == [one.chances for one in found.entrants]


def test_chances_are_cut_where_the_rules_end(tmp_path):
    """A column of points from elsewhere must not give more than was promised."""
    found = count(
        tmp_path, "ada@lettre.example,2026-06-12 10:00,2", "ada@lettre.example,2026-06-13 10:00,9",
        limit=4, first="email,entered,chances",
    )  # fmt: skip

    assert [4] == [one.chances for one in found.entrants]
    assert {"over": (3,)} == found.left


def test_who_cannot_enter_is_left_out(tmp_path):
    """Staff and their families, by the rules of most contests."""
    found = count(tmp_path, "ada@lettre.example,2026-06-12 10:00", "Zoe@lettre.example,2026-06-12 10:00", excluded={"zoe@lettre.example"})

    assert ["ada@lettre.example"] == [one.identity for one in found.entrants]
    assert {"excluded": (3,)} == found.left


def test_the_order_of_rows_decides_nothing(tmp_path):
    """Who sorts the sheet by name must not choose who is in."""
    rows = [f"a{n % 40}@lettre.example,2026-06-{1 + n % 28:02} 10:{n % 60:02},{1 + n % 3}" for n in range(200)]
    kept = set()
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        found = count(tmp_path, *rows, limit=3, first="email,entered,chances")
        kept.add(tuple((one.identity, one.chances, tuple(entry.entered for entry in one.entries)) for one in found.entrants))

    assert 1 == len(kept)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("camille.roux,2026-06-12 10:00,1", "a text without @"),
        (",2026-06-12 10:00,1", "no address"),
        ("camille.roux@lettre.example,hier,1", "something that is no moment"),
        ("camille.roux@lettre.example,,1", "no moment"),
        ("camille.roux@lettre.example,2026-07-01 00:00,0", "something that is no number of chances"),
        ("camille.roux@lettre.example,2026-06-12 10:00,many", "something that is no number of chances"),
        ("camille.roux@lettre.example,2026-06-12 10:00,²", "something that is no number of chances"),
        ("camille.roux@lettre.example,2026-06-12 10:00,1,x", "4 cells"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_number_alone(tmp_path, row, told):
    """To skip it would leave somebody out in silence, and to print it would show who."""
    entries, faults = read_entries(sheet(tmp_path, row, first="email,entered,chances"), terms())

    assert () == entries
    assert [(2, told)] == [(one.number, one.found) for one in faults]
    assert "camille" not in repr(faults)


def test_a_day_alone_at_the_edge_is_asked_for(tmp_path):
    """Nobody can tell whether an entry of the closing day came before the hour."""
    entries, faults = read_entries(
        sheet(tmp_path, "ada@lettre.example,2026-06-30"), Terms(OPENS, CLOSES.replace(hour=10), 1, "Europe/Paris")
    )

    assert () == entries
    assert ["an entry of which nobody can tell whether it was in time"] == [one.found for one in faults]


def test_one_row_shows_the_order_of_day_and_month_for_all(tmp_path):
    """Of a list of June, half the rows have a day that could be a month."""
    entries, faults = read_entries(sheet(tmp_path, "ada@lettre.example,06/07/2026 10:00", "zoe@lettre.example,06/25/2026 10:00"), terms())

    assert () == faults
    assert [7, 25] == [one.entered.first.day for one in entries]


@pytest.mark.parametrize("last", ["07/06/2026 10:00", "25/06/2026 10:00"])
def test_a_list_that_does_not_show_it_is_asked_for(tmp_path, last):
    """Neither where all rows could be both, nor where two rows disagree."""
    rows = ("ada@lettre.example,06/07/2026 10:00", "max@lettre.example,06/26/2026 10:00", f"zoe@lettre.example,{last}")
    rows = rows if last.startswith("25") else (rows[0], rows[2])

    _, faults = read_entries(sheet(tmp_path, *rows), terms())
    _, said = read_entries(sheet(tmp_path, *rows[:1]), terms(), "month")

    assert any("day and month" in one.found for one in faults)
    assert () == said


@pytest.mark.parametrize(
    "raw", ["email;entered\r\nada@lettre.example;2026-06-12 10:00\r\n", "\ufeffemail\tentered\nada@lettre.example\t2026-06-12 10:00"]
)
def test_any_programs_csv_is_read(tmp_path, raw):
    """Semicolons, tabs, a mark at the beginning, line ends of Windows."""
    file = tmp_path / "entries.csv"
    file.write_text(raw, encoding="utf-8", newline="")

    entries, faults = read_entries(file, terms())

    assert ((), ["ada@lettre.example"]) == (faults, [one.identity for one in entries])


@pytest.mark.parametrize("raw", [b"", b"\xff\xfee\x00", b"nom,entered\nx,2026-06-12\n", b'email,entered\n"ada@lettre.example'])
def test_what_is_no_list_is_told_and_read_no_further(tmp_path, raw):
    """A wrong file must not look like a contest that nobody entered."""
    file = tmp_path / "entries.csv"
    file.write_bytes(raw)

    entries, faults = read_entries(file, terms())

    assert () == entries
    assert 1 == len(faults)


def test_a_list_that_is_not_there_is_told(tmp_path):
    """The name alone is told, as folders may name a person."""
    with pytest.raises(MachineLacks, match=r"^nowhere\.csv: cannot be read"):
        read_entries(tmp_path / "nowhere.csv", terms())


def test_names_are_put_together(tmp_path):
    """Half of the forms ask for them in two fields."""
    entries, _ = read_entries(sheet(tmp_path, "ada@lettre.example,2026-06-12 10:00,Ada,Roux", first="email,entered,Prénom,Nom"), terms())

    assert ["Ada Roux"] == [one.name for one in entries]
