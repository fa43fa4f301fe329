"""What an organiser types on the evening of the draw, and what a reviewer types the day after."""

import json

import pytest
from tests.contests.lives import DRAWN, FROZEN, ID, ORDER, beacon, contest, frozen, hub_with
from tests.contests.relays import answer
from tests.hubs import run

LOTO = "\n  algorithm: rfc3797\n  sources:\n    - {name: Loto du mercredi, count: 5, most: 49}"


@pytest.fixture
def root(tmp_path):
    """A hub whose contest is frozen."""
    found = hub_with(tmp_path / "hub")
    frozen(found)
    return found


def drawn(capsys, root, *words, as_of=DRAWN, lang="en"):
    return run(capsys, "--root", root, "contest", "draw", ID, "--as-of", as_of, *words, lang=lang)


def test_the_winners_are_told_by_prize_and_what_comes_next(capsys, root):
    """It is read aloud in a room."""
    with beacon(1000) as address:
        code, out, err = drawn(capsys, root, "--beacon", address)

    assert (0, "") == (code, err)
    lines = out.splitlines()
    assert "L’été en photo – 8 tickets in the pool" in lines
    assert "  Round 1000 of the beacon (2023-08-23 17:59:24): signature verified" in lines
    at = lines.index("  Un vélo")
    assert ["  Un vélo", f"    {ORDER[0]}", "  Un livre", f"    {ORDER[1]}", f"    {ORDER[2]}"] == lines[at : at + 5]
    assert ["  Substitutes, in this order", f"    {ORDER[3]}", f"    {ORDER[4]}"] == lines[at + 5 : at + 8]
    assert f"https://essai.example/contests/{ID}/draw/" in out
    assert f"contest winners {ID}" in out


def test_french_organisers_read_it_in_french(capsys, root, tmp_path):
    """The room is in Bordeaux."""
    (tmp_path / "answer.json").write_bytes(answer(1000))
    code, out, _ = drawn(capsys, root, "--beacon", tmp_path / "answer.json", lang="")

    assert 0 == code
    assert "8 tickets dans la liste" in out
    assert "Suppléants, dans cet ordre" in out
    assert "Substitutes" not in out


def test_programs_get_the_draw_itself(capsys, root, tmp_path):
    """The same values as in draw.json, beside whether it was made now."""
    (tmp_path / "answer.json").write_bytes(answer(1000))
    code, out, _ = drawn(capsys, root, "--beacon", tmp_path / "answer.json", "--json")

    told = json.loads(out)
    assert (0, True, None) == (code, told["is_new"], told["missing"])
    assert json.loads(contest(root, DRAWN).file("draw.json")) == told["draw"]


def test_drawn_again_nothing_is_written_and_it_is_the_same(capsys, root, tmp_path):
    """It is what runs when the draw is proposed: without network, from what is committed."""
    (tmp_path / "answer.json").write_bytes(answer(1000))
    drawn(capsys, root, "--beacon", tmp_path / "answer.json")
    before = contest(root, DRAWN).record.files

    code, out, _ = drawn(capsys, root)

    assert (0, before) == (code, contest(root, DRAWN).record.files)
    assert "Drawn again from what is committed, it is the same to the byte." in out
    told = json.loads(drawn(capsys, root, "--json")[1])
    assert ("draw", True) in {(one["check"], one["is_right"]) for one in told["checks"]}
    assert not told["is_new"]


def test_numbers_typed_after_the_draw_are_told_to_decide_nothing(capsys, tmp_path):
    """Whoever types others and reads that all is right would think that these were compared."""
    root = hub_with(tmp_path / "hub", randomness=LOTO)
    frozen(root)
    drawn(capsys, root, "--numbers", "44 5 12 18 30")

    assert "was not looked at" in drawn(capsys, root, "--numbers", "1 2 3 4 5")[1]
    assert "was not looked at" not in drawn(capsys, root)[1]


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("draw.json", f'"ticket": "{ORDER[0]}"'.encode(), f'"ticket": "{ORDER[7]}"'.encode(), "draw.json"),
        ("pool.txt", ORDER[0].encode(), b"aaaaaaaaaaaaaaaa", "pool.txt"),
        ("rules.1.fr.md", b"R", b"r", "rules.1.fr.md"),
    ],
)
def test_what_differs_is_told_with_exit_code_1(capsys, root, tmp_path, name, old, new, found):
    """A proposal that changes who wins is red."""
    (tmp_path / "answer.json").write_bytes(answer(1000))
    drawn(capsys, root, "--beacon", tmp_path / "answer.json")
    file = root / contest(root, DRAWN).folder / name
    file.write_bytes(file.read_bytes().replace(old, new))

    code, out, err = drawn(capsys, root)

    assert 1 == code
    assert found in out + err


def test_a_lottery_is_typed_and_looked_up_by_whoever_reviews(capsys, tmp_path):
    """No file can prove what a public drawing showed, and the command says so."""
    root = hub_with(tmp_path / "hub", randomness=LOTO)
    frozen(root)

    code, out, _ = drawn(capsys, root, "--numbers", "44 5 12 18 30")

    assert 0 == code
    assert "  Numbers of the public drawings: 44 5 12 18 30" in out.splitlines()
    assert "compare 5 12 18 30 44 with what was published of Loto du mercredi" in drawn(capsys, root)[1]


def test_a_fallback_is_told_every_time(capsys, tmp_path):
    """Whoever approves it looks whether the first round really is missing."""
    later = {"draw": "2023-09-15 12:57:33", "results": "2023-09-20 18:00", "claim": "2023-10-01"}
    root = hub_with(tmp_path / "hub", **later)
    frozen(root)
    with beacon(657413) as address:
        code, out, _ = drawn(capsys, root, "--beacon", address, "--fallback", as_of="2023-09-17 13:00")

    assert 0 == code
    assert "Round 657363 of the beacon was not published" in out
    assert "round 657363 was named and round 657413 decided" in drawn(capsys, root, as_of="2023-09-17 13:00")[1]


@pytest.mark.parametrize(
    ("words", "as_of", "code", "found"),
    [
        ((), FROZEN, 1, "can be made before 2023-08-23 17:59:24"),
        (("--numbers", "1 2 3"), DRAWN, 2, "no numbers are typed"),
        (("--beacon", "nowhere.json"), DRAWN, 2, "nowhere.json: cannot be read"),
        (("--beacon", "http://127.0.0.1:9"), DRAWN, 4, "--beacon FILE"),
        (("--fallback",), DRAWN, 1, "the rules give round 1000 until 2023-08-25 17:59:24"),
    ],
)
def test_a_draw_that_cannot_be_made_says_why_and_by_which_code(capsys, root, words, as_of, code, found):
    """Scripts tell an early draw from a network that is down."""
    ended, out, err = drawn(capsys, root, *words, as_of=as_of)

    assert code == ended
    assert found in out + err
    assert "frozen" == contest(root, as_of).state
