"""A ticket stands for a person in public, and only who has the key can tell for whom."""

import csv
import os
import stat

import pytest
from tests.contests.lives import BEFORE, CLOSED, DRAWN, ID, OPEN, announced, contest, frozen, hub_with

from handbill.contests.keyring import key_file, made_key
from handbill.contests.steps import NotNow
from handbill.contests.ticketing import ticketed
from handbill.draw.tickets import ticket_of
from handbill.errors import WrongUse

PEOPLE = ("ana", "bilal", "chloe", "david", "emma", "farid", "gwen", "hugo")


@pytest.fixture
def root(tmp_path):
    return hub_with(tmp_path / "hub")


@pytest.fixture
def folder(tmp_path):
    """Return the folder of what names people, with the key of the published example."""
    made_key(tmp_path / "private", ID)
    key_file(tmp_path / "private", ID).write_bytes(bytes(range(32)))
    return tmp_path / "private"


def entries(tmp_path, *rows, first="email,entered,name"):
    file = tmp_path / "entries.csv"
    file.write_text("\n".join((first, *rows)) + "\n", encoding="utf-8")
    return file


def sheet(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def everybody(tmp_path):
    return entries(tmp_path, *(f"{one.title()}@example.org,2023-08-10 10:00,{one.title()}" for one in PEOPLE))


def test_the_tickets_are_those_of_the_published_example(root, folder, tmp_path):
    """Whoever writes a program of their own must get the same ones (decision 0050)."""
    announced(root)

    found = ticketed(contest(root, OPEN), folder, everybody(tmp_path), tmp_path / "tickets.csv")

    assert found.is_written
    assert {
        "gwen": "c446idxx5zen3mr7", "chloe": "lmbcbme6xtf4b5dm", "farid": "6vfwte2shohbbouq", "ana": "i5hxhqf56wxgftpx",
        "emma": "irbjl6qhd66dew6x", "bilal": "x4ods7xr5yukys73", "david": "d66yskeb4b2jtest", "hugo": "z6nu3mxlmep4ia22",
    } == {row["email"].partition("@")[0].lower(): row["ticket"] for row in sheet(tmp_path / "tickets.csv")}  # fmt: skip


def test_the_same_person_gets_the_same_ticket_each_evening(root, folder, tmp_path):
    """Lists grow, are sorted and exported again while entries are open, and tickets are in the mails already."""
    announced(root)
    list_of_monday = entries(tmp_path, "ana@example.org,2023-08-10 10:00,Ana")
    ticketed(contest(root, OPEN), folder, list_of_monday, tmp_path / "monday.csv")
    list_of_friday = entries(tmp_path, "hugo@example.org,2023-08-11 10:00,Hugo", "ANA@example.org,2023-08-10 10:00,Ana")
    ticketed(contest(root, CLOSED), folder, list_of_friday, tmp_path / "friday.csv")

    monday, friday = sheet(tmp_path / "monday.csv"), sheet(tmp_path / "friday.csv")

    assert monday[0]["ticket"] in {row["ticket"] for row in friday if row["name"] == "Ana"}


def test_the_file_of_tickets_is_closed_and_tells_nothing_by_its_order(root, folder, tmp_path):
    """Addresses stand in it; and who came first is nobody's business."""
    announced(root)
    ticketed(contest(root, OPEN), folder, everybody(tmp_path), tmp_path / "tickets.csv")

    tickets = [row["ticket"] for row in sheet(tmp_path / "tickets.csv")]

    assert sorted(tickets) == tickets
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE((tmp_path / "tickets.csv").stat().st_mode)


@pytest.mark.parametrize("place", ["tickets.csv", "content/tickets.csv"])
def test_tickets_are_never_written_into_the_hub(root, folder, tmp_path, place):
    """One commit of everything would publish who entered."""
    announced(root)

    with pytest.raises(WrongUse, match="repository"):
        ticketed(contest(root, OPEN), folder, everybody(tmp_path), root / place)

    assert not (root / place).exists()


def test_a_row_that_cannot_be_read_stops_unless_it_is_left_out_knowingly(root, folder, tmp_path):
    """Somebody mistyped an address; they did enter."""
    announced(root)
    file, output = entries(tmp_path, "ana@example.org,2023-08-10 10:00,Ana", "bilal,2023-08-10 10:00,Bilal"), tmp_path / "tickets.csv"

    assert not ticketed(contest(root, OPEN), folder, file, output).is_written
    assert not output.exists()
    assert ticketed(contest(root, OPEN), folder, file, output, is_despite=True).is_written
    assert 1 == len(sheet(output))


def test_staff_are_left_out_by_their_addresses(root, folder, tmp_path):
    """The rules exclude them; their list stays where the others are."""
    announced(root)
    (tmp_path / "staff.txt").write_text("# the workshop\nHUGO@example.org\n", encoding="utf-8")

    found = ticketed(contest(root, OPEN), folder, everybody(tmp_path), tmp_path / "tickets.csv", tmp_path / "staff.txt")

    assert {"excluded": (9,)} == found.counted.left
    assert 7 == len(sheet(tmp_path / "tickets.csv"))


def test_a_list_of_staff_that_cannot_be_read_stops(root, folder, tmp_path):
    """One of them would be in."""
    announced(root)
    (tmp_path / "staff.txt").write_text("hugo at example.org\n", encoding="utf-8")

    found = ticketed(contest(root, OPEN), folder, everybody(tmp_path), tmp_path / "tickets.csv", tmp_path / "staff.txt", is_despite=True)

    assert not found.is_written
    assert 1 == len(found.excluded_faults)


def test_to_count_makes_no_key(root, tmp_path):
    """Whoever looks at a list on another machine leaves no second key behind."""
    announced(root)

    found = ticketed(contest(root, OPEN), tmp_path / "elsewhere", everybody(tmp_path), None)

    assert (8, 8, False) == (found.entries, found.chances, found.is_written)
    assert not (tmp_path / "elsewhere").exists()


def test_before_the_announcement_nobody_gets_a_ticket(root, folder, tmp_path):
    """The id of a contest is part of each ticket, and may change until then."""
    with pytest.raises(NotNow, match="not announced"):
        ticketed(contest(root, BEFORE), folder, everybody(tmp_path), tmp_path / "tickets.csv")


def test_once_the_pool_is_frozen_no_new_key_is_made(root, tmp_path):
    """Its tickets would be nobody's in the pool."""
    frozen(root)

    with pytest.raises(NotNow, match="not on this machine"):
        ticketed(contest(root, DRAWN), tmp_path / "elsewhere", everybody(tmp_path), tmp_path / "tickets.csv")


def test_what_entries_must_be_is_what_was_announced(root, folder, tmp_path):
    """Whoever moves the closing day in the text afterwards must not let friends in."""
    announced(root)
    text = root / f"content/contests/{ID}.md"
    text.write_text(text.read_text(encoding="utf-8").replace("closes: 2023-08-20", "closes: 2023-08-21 12:00"), encoding="utf-8")
    file = entries(tmp_path, "ana@example.org,2023-08-21 10:00,Ana")

    found = ticketed(contest(root, "2023-08-21 11:00"), folder, file, None)

    assert {"late": (2,)} == found.counted.left


def test_the_answers_of_a_quiz_stand_beside_the_ticket(tmp_path):
    """From there they go into the pool's answers, without the address."""
    quiz = {"mechanism": "quiz+draw", "quiz": "{questions: 2, tiebreak: Combien de vis ?, answers: " + "0" * 64 + "}"}
    root = hub_with(tmp_path / "hub", **quiz)
    announced(root)
    file = entries(tmp_path, "ana@example.org,2023-08-10 10:00,Oui,Non,12", first="email,entered,1,2,tiebreak")

    assert ticketed(contest(root, OPEN), tmp_path / "private", file, tmp_path / "tickets.csv").is_written
    key = key_file(tmp_path / "private", ID).read_bytes()

    assert [
        {"email": "ana@example.org", "name": "", "ticket": ticket_of(key, ID, "ana@example.org"), "chances": "1", "1": "Oui", "2": "Non", "tiebreak": "12"}
    ] == sheet(tmp_path / "tickets.csv")  # fmt: skip
