"""What an organiser types when a winner does not want the prize."""

import json

import pytest
from tests.contests.lives import DRAWN, ID, ORDER, contest, frozen, hub_with
from tests.contests.relays import answer
from tests.hubs import run

from handbill.contests.drawing import draw
from handbill.contests.lots import Given


@pytest.fixture
def root(tmp_path):
    """A hub whose contest is drawn."""
    found = hub_with(tmp_path / "hub")
    frozen(found)
    (tmp_path / "answer.json").write_bytes(answer(1000))
    draw(contest(found, DRAWN), Given(str(tmp_path / "answer.json")))
    return found


def skipped(capsys, root, *words, lang="en"):
    return run(capsys, "--root", root, "contest", "skip", ID, *words, "--as-of", DRAWN, lang=lang)


def test_it_is_told_who_moves_up_what_to_keep_and_who_approves(capsys, root):
    """The organiser writes to the next person at once, and proposes the change."""
    code, out, err = skipped(capsys, root, ORDER[0], "declined")

    assert (0, "") == (code, err)
    assert f"{ORDER[0]} is passed over: does not want the prize." in out
    assert f"  Un vélo: {ORDER[1]}, in the place of {ORDER[0]}" in out
    assert f"  Un livre: {ORDER[3]}, in the place of {ORDER[1]}" in out
    assert "Keep the person's own words." in out
    assert "two people approve" in out


def test_the_same_skip_again_says_so(capsys, root):
    """It is not an error: the wish is fulfilled."""
    skipped(capsys, root, ORDER[0], "declined")

    code, out, _ = skipped(capsys, root, ORDER[0], "declined")

    assert 0 == code
    assert "is passed over already" in out
    assert "Nothing is written" in out


def test_where_nobody_is_left_it_is_told(capsys, root):
    """A prize without a winner goes back to whoever gave it."""
    for ticket in ORDER[:7]:
        _, out, _ = skipped(capsys, root, ticket, "declined")

    assert f"  Un livre: nobody is left, in the place of {ORDER[7]}" in out
    assert "2 without a winner: nobody is left" in out


def test_french_organisers_read_it_in_french(capsys, root):
    """They propose the change with these words."""
    code, out, _ = skipped(capsys, root, ORDER[0], "underage", lang="")

    assert 0 == code
    assert "trop jeune" in out
    assert "deux personnes" in out


def test_programs_get_the_draw_as_it_is_then(capsys, root):
    """The same values as in draw.json."""
    told = json.loads(skipped(capsys, root, ORDER[0], "declined", "--json")[1])

    assert (True, ORDER[0], "declined") == (told["is_new"], told["ticket"], told["reason"])
    assert json.loads(contest(root, DRAWN).file("draw.json")) == told["draw"]


@pytest.mark.parametrize(
    ("ticket", "reason", "code", "found"),
    [
        (ORDER[0], "ugly", 2, "wanted one of: duplicate_person"),
        ("qqqq", "declined", 2, "has no ticket"),
        (ORDER[7], "declined", 1, "is no winner and no substitute"),
        (ORDER[0], "unreachable", 1, "to answer"),
    ],
)
def test_a_skip_that_is_refused_says_why_and_by_which_code(capsys, root, ticket, reason, code, found):
    """A slip of the finger is another thing than a rule."""
    ended, out, err = skipped(capsys, root, ticket, reason)

    assert code == ended
    assert found in out + err
