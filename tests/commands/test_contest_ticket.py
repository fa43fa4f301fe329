"""What an organiser types each evening while entries are open."""

import json
import os

import pytest
from tests.contests.drawn import lines_of
from tests.contests.lives import ID, OPEN, announced, hub_with
from tests.hubs import run

ENTRIES = """\
Horodateur;Adresse e-mail;Nom
2023-08-10 10:00;ada.roux@lettre.example;Ada Roux
2023-08-10 10:05;Zoe@lettre.example;Zoé
2023-08-21 00:00;max@lettre.example;Max
2023-08-22 00:00;eve@lettre.example;Ève
2023-08-10 10:05;zoe@lettre.example;Zoé
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    found = hub_with(tmp_path / "hub")
    announced(found)
    (tmp_path / "entries.csv").write_text(ENTRIES, encoding="utf-8")
    (tmp_path / "entries.csv").chmod(0o600)
    return found


def ticket(capsys, root, *words, lang="en"):
    return run(capsys, "--root", root, "contest", "ticket", ID, root.parent / "entries.csv", "--as-of", OPEN, *words, lang=lang)


def test_counts_are_printed_and_no_name(capsys, root):
    """The terminal is shared in meetings, and logs are kept."""
    output = root.parent / "tickets.csv"

    code, out, err = ticket(capsys, root, "--output", output)

    assert (0, "") == (code, err)
    assert [
        "5 entries can be read.",
        "  2 people are in (2 chances)",
        "  2 entries too late: rows 4–5",
        "  1 entry sent twice in the same second: row 6",
        f"Written: {output}",
        "Send everybody their ticket. Once entries are closed:",
        f"  python3 build.py contest freeze {ID} --tickets {output}",
    ] == lines_of(out)
    assert 3 == output.read_text(encoding="utf-8").count("\n")


def test_it_is_told_in_french(capsys, root):
    """Most organisers read no English."""
    code, out, _ = ticket(capsys, root, lang="fr")

    assert 0 == code
    assert [
        "5 participations sont lues.",
        "  2 personnes participent (2 chances)",
        "  2 participations trop tard\u00a0: lignes 4–5",
        "  1 participation en double, dans la même seconde\u00a0: ligne 6",
    ] == lines_of(out)


def test_a_row_that_cannot_be_read_stops_and_is_told_by_its_number(capsys, root):
    """It is mended in the list, or left out knowingly."""
    file = root.parent / "entries.csv"
    file.write_text(ENTRIES + "2023-08-10 10:00;camille.roux;Camille\n2023-08-10 10:00;paul;Paul\n", encoding="utf-8")
    output = root.parent / "tickets.csv"

    code, out, err = ticket(capsys, root, "--output", output)

    assert 1 == code
    assert "entries.csv, rows 7–8: found a text without @, wanted one address alone, such as ada@lettre.example" in lines_of(out)
    assert f"{output} was not written." in lines_of(out)
    assert not output.exists()
    assert "camille" not in (out + err).lower()
    assert 0 == ticket(capsys, root, "--output", output, "--despite")[0]
    assert output.exists()


def test_programs_get_counts_and_rows(capsys, root):
    """A form's own robot asks each hour."""
    code, out, _ = ticket(capsys, root, "--json")

    told = json.loads(out)
    assert 0 == code
    assert (5, 2, 2, {"late": [4, 5], "double": [6]}, False) == tuple(
        told[key] for key in ("entries", "people", "chances", "left_out", "written")
    )
    assert "roux" not in out


def test_tickets_in_the_hub_are_wrong_use(capsys, root):
    """It is told before anything is written."""
    code, _, err = ticket(capsys, root, "--output", root / "tickets.csv")

    assert 2 == code
    assert "lies in a repository" in err


def test_the_order_of_day_and_month_can_be_said(capsys, root):
    """A list of the first twelve days shows it nowhere."""
    (root.parent / "entries.csv").write_text("email,date\nada@lettre.example,08/09/2023 10:00\n", encoding="utf-8")

    assert 1 == ticket(capsys, root)[0]
    assert "1 person is in" in ticket(capsys, root, "--month-first")[1]
    assert "0 people are in" in ticket(capsys, root, "--day-first")[1]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_a_list_that_lies_open_or_in_the_repository_is_told(capsys, root):
    """The next commit of everything would publish it."""
    (root / "entries.csv").write_text(ENTRIES, encoding="utf-8")
    (root / "entries.csv").chmod(0o644)

    out = run(capsys, "--root", root, "contest", "ticket", ID, root / "entries.csv", "--as-of", OPEN)[1]

    assert f"To close it: chmod 600 {root / 'entries.csv'}" in out
    assert "entries.csv lies in a repository, from which a commit can publish it." in out
