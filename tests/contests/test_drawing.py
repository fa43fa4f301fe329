"""A draw is made from what was committed before it, and comes out the same for everybody."""

import hashlib
import json
from decimal import Decimal
from time import process_time

import pytest
from tests.contests.lives import DRAWN, FROZEN, ID, ORDER, announced, contest, frozen, hub_with
from tests.contests.relays import answer

from handbill.contests.drawing import draw, drawing_of, drawn_again
from handbill.contests.lots import Given
from handbill.contests.steps import NotNow, take
from handbill.draw.answers import answers_bytes, key_bytes
from handbill.draw.ballots import ballot_bytes
from handbill.draw.drawing import drawing_in
from handbill.draw.pool import digest_of
from handbill.errors import ServiceFailed

LOTO = "\n  algorithm: rfc3797\n  sources:\n    - {name: Loto du mercredi, count: 5, most: 49}"
NUMBERS = Given(numbers=("5 12 18 30 44",))
SALT = "0" * 64


@pytest.fixture
def given(tmp_path):
    """The beacon's answer for round 1000, as a file."""
    (tmp_path / "answer.json").write_bytes(answer(1000))
    return Given(str(tmp_path / "answer.json"))


def right(root, as_of=DRAWN):  # type: ignore[no-untyped-def]
    """Return which checks of the archive are right, and which are wrong."""
    found = drawn_again(contest(root, as_of))
    return {one.name for one in found if one.is_right}, {one.name for one in found if one.is_right is False}


def test_the_draw_of_the_example_comes_out_of_the_committed_pool(tmp_path, given):
    """Eight people, round 1000: the order that stands in the description of the algorithm."""
    root = hub_with(tmp_path / "hub")
    found = frozen(root)
    before = found.file("record.json")

    made = draw(contest(root, DRAWN), given)

    assert ORDER == made.drawing.order
    assert ((ORDER[0], 0), (ORDER[1], 1), (ORDER[2], 1)) == made.drawing.award.winners
    assert ORDER[3:5] == made.drawing.award.substitutes
    assert hashlib.sha256(before).hexdigest() == made.drawing.record
    after = contest(root, DRAWN)
    assert "drawn" == after.state
    assert made.drawing == drawing_of(after) == drawing_in(after.file("draw.json"))
    decided = after.record.last("decided")
    assert decided is not None
    assert {"draw": digest_of(after.file("draw.json"))} == decided.facts


def test_what_is_committed_proves_the_draw(tmp_path, given):
    """The files that a reviewer gets are those that a stranger checks."""
    root = hub_with(tmp_path / "hub")
    frozen(root)
    draw(contest(root, DRAWN), given)

    checks, wrong = right(root)

    assert set() == wrong
    assert {"record", "rules", "pool", "draw", "broadcast-order", "round", "beacon", "entropy", "order", "winners"} == checks


def test_numbers_of_a_lottery_draw_as_many_as_are_walked(tmp_path):
    """RFC 3797 goes on where it stopped when somebody is passed over later."""
    root = hub_with(tmp_path / "hub", randomness=LOTO)
    frozen(root)

    made = draw(contest(root, DRAWN), NUMBERS)

    assert ("rfc3797", 5) == (made.drawing.algorithm, len(made.drawing.order))
    assert "5.12.18.30.44./" == json.loads(contest(root, DRAWN).file("draw.json"))["key"]
    assert set() == right(root)[1]


@pytest.fixture
def silent(monkeypatch):
    """No relay of the beacon answers."""

    def fetched(round_: int, *_: str) -> bytes:
        raise ServiceFailed(f"nobody answers for {round_}")

    monkeypatch.setattr("handbill.contests.lots.fetched", fetched)


@pytest.mark.usefixtures("silent")
def test_a_later_round_and_the_missing_one_stand_in_the_record(tmp_path):
    """Whoever checks has to see at once that the first was not used, and which it was."""
    later = {"draw": "2023-09-15 12:57:33", "results": "2023-09-20 18:00", "claim": "2023-10-01"}
    root = hub_with(tmp_path / "hub", **later)
    frozen(root)
    (tmp_path / "answer.json").write_bytes(answer(657413))

    draw(contest(root, "2023-09-17 13:00"), Given(str(tmp_path / "answer.json"), is_fallback=True))

    decided = contest(root, "2023-09-17 13:00").record.last("decided")
    assert decided is not None
    assert 657363 == decided.facts["missing"]
    checks, wrong = right(root, "2023-09-17 13:00")
    assert (set(), False) == (wrong, "round" in checks)


@pytest.mark.usefixtures("silent")
def test_after_seven_days_the_loto_draws_and_proves(tmp_path):
    """The rules name it, so that a beacon that stopped stops no contest."""
    root = hub_with(tmp_path / "hub")
    frozen(root)

    made = draw(contest(root, "2023-09-01 12:00"), Given(numbers=("5 12 18 30 44", "7"), is_fallback=True))

    assert "rfc3797" == made.drawing.algorithm
    assert set() == right(root, "2023-09-01 12:00")[1]


def test_a_draw_waits_for_its_pool(tmp_path, given):
    """Who draws from an open pool can still choose who is in it."""
    root = hub_with(tmp_path / "hub")
    announced(root)

    with pytest.raises(NotNow, match="the pool is not frozen: who draws from an open pool can still choose who is in it"):
        draw(contest(root, DRAWN), given)


def test_a_refused_draw_writes_nothing(tmp_path, given):
    """Half a draw would be drawn, and could not be drawn again."""
    root = hub_with(tmp_path / "hub")
    before = frozen(root).record.files

    with pytest.raises(NotNow):
        draw(contest(root, FROZEN), given)

    assert before == contest(root, FROZEN).record.files


def test_a_draw_that_rfc_3797_cannot_make_is_refused_whole(tmp_path, monkeypatch):
    """Its turns are two bytes: where more than 65,536 have to be selected, another algorithm has to be announced."""
    root = hub_with(tmp_path / "hub", randomness=LOTO)
    before = frozen(root).record.files
    monkeypatch.setattr("handbill.draw.rfc3797.MOST", 3)

    with pytest.raises(NotNow, match="ends after 3 selections"):
        draw(contest(root, DRAWN), NUMBERS)

    assert before == contest(root, DRAWN).record.files


# Juries and quizzes.

JURY = {
    "mechanism": "jury",
    "draw": "",
    "results": "2023-08-23 17:59:24",
    "judging": "\n  jurors: [ines, hugo, lea]\n  criteria:\n    - {name: soin, weight: 1, scale: 10}",
    "prizes": "\n  - name: Un vélo",
}


def sealed(root, opened: bool = True, as_of: str = "2023-08-22 12:00") -> None:  # type: ignore[no-untyped-def]
    """Freeze the works, and seal the three ballots; they are opened where that is said."""
    frozen(root)
    marks = {ticket: {"soin": Decimal(place)} for place, ticket in enumerate(sorted(ORDER))}
    for juror in ("ines", "hugo", "lea"):
        raw = ballot_bytes(ID, juror, SALT, marks, [])
        take(contest(root, as_of), "sealed", {"juror": juror, "digest": digest_of(raw)}, {f"ballots/{juror}.json": raw} if opened else {})


def test_a_jury_decides_and_lots_part_equal_works_alone(tmp_path, given):
    """The best mark wins, whatever place the beacon gave it."""
    root = hub_with(tmp_path / "hub", **JURY)
    sealed(root)

    made = draw(contest(root, DRAWN), given)

    assert max(ORDER) == made.drawing.award.winners[0][0]
    assert "judged" == contest(root, DRAWN).state
    assert set() == right(root)[1]


def test_a_jury_is_counted_once_all_ballots_are_open(tmp_path, given):
    """The last juror would otherwise know what the others marked."""
    root = hub_with(tmp_path / "hub", **JURY)
    sealed(root, opened=False)

    with pytest.raises(NotNow, match=r"not shown yet: ballots/ines\.json, ballots/hugo\.json, ballots/lea\.json"):
        draw(contest(root, DRAWN), given)


def test_a_ballot_that_is_not_the_sealed_one_is_refused(tmp_path, given):
    """A juror who changes a mark after seeing the others' changes the digest."""
    root = hub_with(tmp_path / "hub", **JURY)
    sealed(root)
    file = root / contest(root, DRAWN).folder / "ballots" / "hugo.json"
    file.write_bytes(file.read_bytes().replace(b'"7"', b'"9"'))

    with pytest.raises(NotNow, match=r"ballots/hugo\.json: is not the file whose digest was committed"):
        draw(contest(root, DRAWN), given)


@pytest.mark.parametrize("mechanism", ["quiz", "quiz+draw"])
def test_a_quiz_waits_for_the_right_answers_and_draws_among_them(tmp_path, given, mechanism):
    """The answers come out with the draw, not before entries are closed."""
    key = key_bytes(["oui"], "10", SALT)
    quiz = f"\n  questions: 1\n  answers: {digest_of(key)}\n  tiebreak: Combien ?"
    root = hub_with(tmp_path / "hub", mechanism=mechanism, quiz=quiz)
    answers = answers_bytes(1, {one: ["non" if one == ORDER[0] else "oui", str(place)] for place, one in enumerate(ORDER)})
    found = frozen(root, more={"answers": digest_of(answers)}, answers_csv=answers)

    with pytest.raises(NotNow, match="the right answers are not shown yet"):
        draw(contest(root, DRAWN), given)
    (root / found.folder / "key.json").write_bytes(key)
    made = draw(contest(root, DRAWN), given)

    assert (ORDER[1] if mechanism == "quiz+draw" else ORDER[7]) == made.drawing.award.winners[0][0]
    assert sorted(ORDER[1:]) == list(made.drawing.eligible or ())
    assert set() == right(root)[1]


def test_another_key_than_the_rules_named_is_refused(tmp_path, given):
    """Answers that were changed after the entries came in would change who was right."""
    quiz = f"\n  questions: 1\n  answers: {digest_of(key_bytes(['oui'], '10', SALT))}\n  tiebreak: Combien ?"
    root = hub_with(tmp_path / "hub", mechanism="quiz", quiz=quiz)
    answers = answers_bytes(1, {one: ["oui", "1"] for one in ORDER})
    found = frozen(root, more={"answers": digest_of(answers)}, answers_csv=answers)
    (root / found.folder / "key.json").write_bytes(key_bytes(["non"], "10", SALT))

    with pytest.raises(NotNow, match=r"key\.json: is not the file whose digest was committed"):
        draw(contest(root, DRAWN), given)


def test_a_draw_costs_the_same_for_each_ticket(tmp_path, given):
    """A hundred thousand tickets take as long to draw as ten times ten thousand: no pool is too big to be drawn before everybody's eyes."""
    spent = {}
    for many in (4_000, 40_000):
        root = hub_with(tmp_path / str(many))
        frozen(root, tuple(f"{number:016o}".replace("0", "a").replace("1", "b") for number in range(many)))
        found = contest(root, DRAWN)
        began = process_time()
        draw(found, given)
        spent[many] = process_time() - began

    # Ten times as many; a hundred times the cost would be a draw that looks through the pool for each ticket.
    assert spent[40_000] < 30 * max(spent[4_000], 0.02)
