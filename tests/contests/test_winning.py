"""Whoever won is to be written to, and nobody else learns who it is."""

import csv

import pytest
from tests.contests.drawn import hub_at
from tests.contests.lives import DRAWN, FROZEN, ID, ORDER, contest, frozen, hub_with
from tests.contests.test_ticketing import PEOPLE, everybody

from handbill.contests.closing import purge
from handbill.contests.keyring import key_file, made_key
from handbill.contests.steps import NotNow
from handbill.contests.winning import write_winners
from handbill.errors import WrongUse


@pytest.fixture
def folder(tmp_path):
    """Return the folder of what names people, with the key of the published example."""
    made_key(tmp_path / "private", ID)
    key_file(tmp_path / "private", ID).write_bytes(bytes(range(32)))
    return tmp_path / "private"


def sheet(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return [tuple(row) for row in csv.reader(opened)]


def test_winners_and_substitutes_are_written_in_the_order_of_prizes(tmp_path, folder):
    """The organiser writes to them one after the other."""
    root = hub_at(tmp_path / "hub", "drawn")

    found = write_winners(contest(root, DRAWN), folder, everybody(tmp_path), tmp_path / "winners.csv")

    assert (3, 2, ()) == (found.winners, found.substitutes, found.unknown)
    assert [
        ("place", "prize", "ticket", "email", "name"),
        ("1", "Un vélo", ORDER[0], "Gwen@example.org", "Gwen"),
        ("2", "Un livre", ORDER[1], "Chloe@example.org", "Chloe"),
        ("3", "Un livre", ORDER[2], "Farid@example.org", "Farid"),
        ("S1", "", ORDER[3], "Ana@example.org", "Ana"),
        ("S2", "", ORDER[4], "Emma@example.org", "Emma"),
    ] == sheet(tmp_path / "winners.csv")


def test_the_file_of_tickets_will_do_where_the_key_is_lost(tmp_path):
    """A laptop broke, and the mails with the tickets are out."""
    root = hub_at(tmp_path / "hub", "drawn")
    file = tmp_path / "tickets.csv"
    file.write_text("email,ticket\n" + "".join(f"a{n}@example.org,{one}\n" for n, one in enumerate(ORDER)), encoding="utf-8")

    found = write_winners(contest(root, DRAWN), tmp_path / "elsewhere", file, tmp_path / "winners.csv")

    assert () == found.unknown
    assert [f"a{n}@example.org" for n in range(5)] == [row[3] for row in sheet(tmp_path / "winners.csv")[1:]]


def test_a_winner_who_is_in_no_list_is_told_by_the_ticket(tmp_path, folder):
    """The register on paper is still to be typed."""
    root = hub_at(tmp_path / "hub", "drawn")
    file = tmp_path / "entries.csv"
    file.write_text("email\n" + "".join(f"{one}@example.org\n" for one in PEOPLE if one != "chloe") + "no address\n", encoding="utf-8")

    found = write_winners(contest(root, DRAWN), folder, file, tmp_path / "winners.csv")

    assert (ORDER[1],) == found.unknown
    assert [9] == [one.number for one in found.faults]
    assert ("2", "Un livre", ORDER[1], "", "") == sheet(tmp_path / "winners.csv")[2]


def test_winners_are_never_written_into_the_hub(tmp_path, folder):
    """Not beside draw.json, where somebody would look for them."""
    root = hub_at(tmp_path / "hub", "drawn")

    with pytest.raises(WrongUse, match="repository"):
        write_winners(contest(root, DRAWN), folder, everybody(tmp_path), root / "winners.csv")


def test_there_are_no_winners_before_the_draw_and_nobody_behind_them_after_the_purge(tmp_path, folder):
    """What the state says, the command does."""
    root = hub_with(tmp_path / "hub")
    frozen(root)
    with pytest.raises(NotNow):
        write_winners(contest(root, FROZEN), folder, everybody(tmp_path), tmp_path / "winners.csv")

    settled = hub_at(tmp_path / "settled", "settled")
    purge(contest(settled, "2023-12-01 10:00"), folder)
    with pytest.raises(NotNow, match="destroyed"):
        write_winners(contest(settled, "2023-12-01 10:00"), folder, everybody(tmp_path), tmp_path / "winners.csv")
    assert not (tmp_path / "winners.csv").exists()
