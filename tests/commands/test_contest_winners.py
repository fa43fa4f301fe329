"""What an organiser types after the draw, with the room still full."""

import json

import pytest
from tests.contests.drawn import hub_at, lines_of
from tests.contests.lives import DRAWN, FROZEN, ID, ORDER, frozen, hub_with
from tests.hubs import run


@pytest.fixture
def tickets(tmp_path, monkeypatch):
    monkeypatch.setenv("HANDBILL_FOLDER", str(tmp_path / "private"))
    file = tmp_path / "tickets.csv"
    file.write_text(
        "email,name,ticket\n" + "".join(f"camille{n}@example.org,Camille {n},{one}\n" for n, one in enumerate(ORDER)), encoding="utf-8"
    )
    return file


def winners(capsys, root, tickets, *words, as_of=DRAWN):
    output = root.parent / "winners.csv"
    return run(capsys, "--root", root, "contest", "winners", ID, tickets, "--output", output, "--as-of", as_of, *words), output


def test_who_won_is_written_and_not_printed(capsys, tickets, tmp_path):
    """The terminal is on the wall."""
    (code, out, err), output = winners(capsys, hub_at(tmp_path / "hub", "drawn"), tickets)

    assert (0, "") == (code, err)
    assert ["3 winners", "2 substitutes", f"Written: {output}"] == lines_of(out)[:3]
    assert f"  python3 build.py contest skip {ID} TICKET unreachable" == lines_of(out)[-1]
    assert "amille" not in out
    assert 6 == output.read_text(encoding="utf-8").count("\n")


def test_a_ticket_behind_which_nobody_stands_is_told(capsys, tickets, tmp_path):
    """A ticket is public already; and without its person there is a prize too many."""
    tickets.write_text(tickets.read_text(encoding="utf-8").replace(ORDER[0], "a" * 16), encoding="utf-8")

    (code, out, _), _ = winners(capsys, hub_at(tmp_path / "hub", "drawn"), tickets, "--json")

    assert (1, [ORDER[0]]) == (code, json.loads(out)["unknown"])


def test_before_the_draw_there_is_nobody(capsys, tickets, tmp_path):
    """The pool alone says nothing."""
    frozen(root := hub_with(tmp_path / "hub"))

    (code, _, err), output = winners(capsys, root, tickets, as_of=FROZEN)

    assert 1 == code
    assert ID in err
    assert not output.exists()
