"""What decides a draw was fixed before anybody entered, and nobody chooses it afterwards."""

import json
from dataclasses import replace

import pytest
from tests.contests.lives import DRAWN, ORDER, SIGNATURES, beacon, contest, frozen, hub_with
from tests.contests.relays import answer

from handbill.contests.lots import Given, fixed_round, lots_of, needed
from handbill.contests.steps import NotNow
from handbill.draw.beacon import QUICKNET
from handbill.errors import HandbillError, ServiceFailed, WrongUse

LOTO = "\n  algorithm: rfc3797\n  sources:\n    - {name: Loto du mercredi, count: 5, most: 49}\n    - {name: Numéro Chance, count: 1, most: 10}"

#: Forty-nine hours after the moment of round 1000, and eight days.
TWO_DAYS, EIGHT_DAYS = "2023-08-25 19:00", "2023-08-31 19:00"


def drawn(root, given, as_of=DRAWN):  # type: ignore[no-untyped-def]
    """Return what decides for the frozen contest of that hub."""
    return lots_of(contest(root, as_of), given, len(ORDER))


def refused(root, given, as_of=DRAWN, error: type[HandbillError] = NotNow) -> str:  # type: ignore[no-untyped-def]
    """Return why nothing decides."""
    with pytest.raises(error) as told:
        drawn(root, given, as_of)
    return str(told.value)


@pytest.fixture
def root(tmp_path):
    """A hub whose contest is frozen, to be drawn by the beacon."""
    found = hub_with(tmp_path / "hub")
    frozen(found)
    return found


@pytest.fixture
def loto(tmp_path):
    """A hub whose contest is frozen, to be drawn by the numbers of a lottery."""
    found = hub_with(tmp_path / "hub", randomness=LOTO)
    frozen(found)
    return found


def test_the_round_follows_from_the_moment_that_the_rules_name(root):
    """23 August 2023, 17:59:24 in Paris: 999 times three seconds after the beacon began."""
    assert 1000 == fixed_round(contest(root, DRAWN))


def test_the_round_is_asked_from_a_server_and_its_signature_is_what_decides(root):
    """Which server it is does not matter, as none can forge a signature."""
    with beacon(1000, 657413) as address:
        lots = drawn(root, Given(address))

    assert (1000, SIGNATURES[1000], 0) == (lots.round, lots.signature.hex(), lots.missing)


def test_the_answer_can_be_brought_as_a_file(root, tmp_path):
    """The room where lots are drawn has no network, and somebody's telephone has."""
    (tmp_path / "answer.json").write_bytes(answer(1000))

    assert SIGNATURES[1000] == drawn(root, Given(str(tmp_path / "answer.json"))).signature.hex()


def test_another_round_is_refused_however_true_its_signature(root, tmp_path):
    """Whoever may take another round may try rounds until a friend wins."""
    (tmp_path / "answer.json").write_bytes(answer(657413))

    assert "found round 657413 of the beacon, wanted round 1000" in refused(root, Given(str(tmp_path / "answer.json")))


def test_a_signature_of_another_round_is_refused(root, tmp_path):
    """The same answer under another number is a forgery."""
    (tmp_path / "answer.json").write_text(json.dumps({**json.loads(answer(657413)), "round": 1000}))

    refused(root, Given(str(tmp_path / "answer.json")), error=WrongUse)


def test_a_file_that_is_not_there_is_told(root):
    """A slip in a name must not look like a beacon that failed."""
    assert "nowhere.json" in refused(root, Given("nowhere.json"), error=WrongUse)


def test_nothing_decides_before_its_moment(root):
    """One second before, nobody on earth knows the round."""
    assert "can be made before 2023-08-23 17:59:24" in refused(root, Given("http://127.0.0.1:9"), "2023-08-23 17:59:23")


def test_a_beacon_that_does_not_answer_is_an_outside_service_that_failed(root):
    """The organiser waits or brings a file; the contest is not at fault."""
    refused(root, Given("http://127.0.0.1:9"), error=ServiceFailed)


@pytest.mark.parametrize(
    ("fixed", "found"),
    [
        ({"chain": QUICKNET.hash, "round": 1001}, "fixes round 1001, and by the moment of the draw (2023-08-23 17:59:24) it is round 1000"),
        ({"chain": "0" * 64, "round": 1000}, "fixes round 1000"),
        (None, "no round of the beacon was fixed"),
    ],
)
def test_a_record_that_fixes_another_round_than_its_rules_is_refused(root, fixed, found):
    """The round could otherwise be chosen when the pool is frozen."""
    whole = contest(root, DRAWN)
    announced, frozen_step = whole.record.steps
    changed = replace(frozen_step, facts={**frozen_step.facts, "beacon": fixed})

    with pytest.raises(NotNow) as told:
        lots_of(replace(whole, record=replace(whole.record, steps=(announced, changed))), Given(), len(ORDER))

    assert found in str(told.value)


def test_numbers_are_not_typed_where_the_beacon_decides(root):
    """They would be ignored, and somebody would think that they counted."""
    assert "no numbers are typed" in refused(root, Given(numbers=("5 12",)), error=WrongUse)


# Where the beacon failed.


def test_the_fixed_round_is_waited_for_48_hours(root):
    """A quarter of an hour without an answer is no reason to take other lots."""
    assert "give round 1000 until 2023-08-25 17:59:24" in refused(root, Given(is_fallback=True), "2023-08-25 17:59:23")


def test_after_48_hours_the_first_later_round_decides_and_the_missing_one_is_kept(tmp_path):
    """Who checks has to know which round to ask for."""
    later = {"draw": "2023-09-15 12:57:33", "results": "2023-09-20 18:00", "claim": "2023-10-01"}
    root = hub_with(tmp_path / "hub", **later)
    frozen(root)
    with beacon(657413) as address:
        lots = drawn(root, Given(address, is_fallback=True), "2023-09-17 13:00")

    assert (657413, SIGNATURES[657413], 657363) == (lots.round, lots.signature.hex(), lots.missing)


def test_a_long_gap_is_not_asked_through(root):
    """A chain that rested for a day lacks thirty thousand rounds, and its servers are others' machines."""
    with beacon(657413) as address:
        assert "none of the rounds 1000 to 1100" in refused(root, Given(address, is_fallback=True), TWO_DAYS)


@pytest.fixture
def silent(monkeypatch):
    """No relay answers."""

    def fetched(round_: int, *_: str) -> bytes:
        raise ServiceFailed(f"nobody answers for {round_}")

    monkeypatch.setattr("handbill.contests.lots.fetched", fetched)


@pytest.mark.usefixtures("silent")
def test_a_later_round_can_be_brought_after_a_long_gap(root, tmp_path):
    """A hundred rounds are five minutes; a chain that rested for a day is looked through by hand."""
    (tmp_path / "answer.json").write_bytes(answer(657413))
    given = Given(str(tmp_path / "answer.json"), is_fallback=True)

    lots = drawn(root, given, "2023-10-01 12:00")

    assert (657413, 1000) == (lots.round, lots.missing)
    # It came on 15 September: earlier nobody can have it.
    assert "can be made before 2023-09-15" in refused(root, given, TWO_DAYS)


def test_a_round_that_is_published_leaves_no_fallback(root, tmp_path):
    """The fallback would be a second roll of the dice."""
    (tmp_path / "answer.json").write_bytes(answer(1000))
    with beacon(1000) as address:
        for given in (address, str(tmp_path / "answer.json")):
            assert "round 1000 is published, and no other decides" in refused(root, Given(given, is_fallback=True), TWO_DAYS)


@pytest.mark.parametrize(
    ("published", "numbers", "found"),
    [
        (1000, (), "round 1000 is published, and no other decides: draw without --fallback"),
        (1000, ("5 12 18 30 44", "7"), "round 1000 is published, and no other decides"),
        (1116992, ("5 12 18 30 44", "7"), "the beacon goes on, with round 1116992: the first one after 1000 decides, and no lottery"),
    ],
)
def test_what_is_brought_does_not_stand_in_for_what_is_published(root, tmp_path, monkeypatch, published, numbers, found):
    """An organiser who once had no network must not take another round for that."""

    def fetched(round_: int, *_: str) -> bytes:
        if round_ == published:
            return bytes.fromhex(SIGNATURES[1000])
        raise ServiceFailed("nobody answers")

    monkeypatch.setattr("handbill.contests.lots.fetched", fetched)
    (tmp_path / "answer.json").write_bytes(answer(657413))
    given = Given("" if numbers else str(tmp_path / "answer.json"), numbers, is_fallback=True)

    assert found in refused(root, given, "2023-10-01 12:00")


def test_an_earlier_round_never_decides(root, tmp_path):
    """It was known before the pool was frozen."""
    (tmp_path / "answer.json").write_bytes(answer(256))

    told = refused(root, Given(str(tmp_path / "answer.json"), is_fallback=True), TWO_DAYS)

    assert "found round 256 of the beacon, wanted one after 1000" in told


@pytest.mark.usefixtures("silent")
def test_the_loto_decides_once_the_chain_has_stopped_for_seven_days(root):
    """As many drawings as this pool needs, and not one more."""
    given = Given(numbers=("5 12 18 30 44", "7", "1 2 3 4 5", "10"), is_fallback=True)

    assert "until 2023-08-30 17:59:24" in refused(root, given, "2023-08-30 17:59:23")
    lots = lots_of(contest(root, EIGHT_DAYS), given, 200)
    assert ("rfc3797", 1000, 0) == (lots.algorithm, lots.missing, lots.round)
    assert ((5, 12, 18, 30, 44), (7,), (1, 2, 3, 4, 5), (10,)) == lots.numbers
    few = Given(numbers=("5 12 18 30 44", "7"), is_fallback=True)
    with pytest.raises(WrongUse, match="wanted --numbers 4 times"):
        lots_of(contest(root, EIGHT_DAYS), few, 200)


# Numbers of public drawings.


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ((), "found the numbers of 0 drawings"),
        (("5 12 18 30 44",), "found the numbers of 1 drawings, wanted --numbers once for each of these, in this order: Loto du mercredi"),
        (("5 12 18 30", "7"), "Loto du mercredi: found 4 numbers, wanted 5"),
        (("5 12 18 30 50", "7"), "Loto du mercredi: found 50, wanted a number from 1 to 49"),
        (("5 12 18 30 0", "7"), "Loto du mercredi: found 0, wanted a number from 1 to 49"),
        (("5 12 18 30 5", "7"), "Loto du mercredi: found 5 twice"),
        (("5 12 18 30 x", "7"), "Loto du mercredi: found “5 12 18 30 x”, wanted numbers such as"),
        (("5 12 18 30 44", "11"), "Numéro Chance: found 11"),
        (("5 12 18 30 44", ""), "Numéro Chance: found “”"),
    ],
)
def test_numbers_that_a_drawing_cannot_show_are_refused(loto, typed, found):
    """A slip of the finger would give the prizes to others, and be found by everybody afterwards."""
    with pytest.raises(HandbillError) as told:
        lots_of(contest(loto, DRAWN), Given(numbers=typed), 4)

    assert found in str(told.value)


def test_numbers_are_read_as_people_write_them(loto):
    """With commas, dashes or noughts before them, as newspapers print them."""
    lots = lots_of(contest(loto, DRAWN), Given(numbers=("05, 12-18 / 30;44", " 7 ")), 4)

    assert ((5, 12, 18, 30, 44), (7,)) == lots.numbers


def test_too_little_chance_is_refused_with_both_figures(loto):
    """Three prizes of two kinds among 200: 22.9 bits and the margin of 10, and the Loto brings 24.2."""
    told = refused_loto(loto, 200)

    assert "bring 24.2 bits of chance, and 200 lines need 32.9" in told
    assert lots_of(contest(loto, DRAWN), Given(numbers=("1 2 3 4 5", "7")), 20).numbers


def refused_loto(root, size: int) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(NotNow) as told:
        lots_of(contest(root, DRAWN), Given(numbers=("1 2 3 4 5", "7")), size)
    return str(told.value)


def test_equal_prizes_need_less_chance_than_different_ones(tmp_path, loto):
    """Who is first of three who win the same does not matter: log2 of 200 over 3 is 20.3, and in order it is 22.9."""
    equal = hub_with(tmp_path / "equal", prizes="\n  - name: Un livre\n    quantity: 3")
    frozen(equal)

    assert "32.9" == f"{needed(contest(loto, DRAWN), 200):.1f}"
    assert "30.3" == f"{needed(contest(equal, DRAWN), 200):.1f}"


def test_a_lottery_is_waited_for_as_well(loto):
    """Its numbers cannot be typed before the evening on which they are drawn."""
    with pytest.raises(NotNow, match="can be made before"):
        lots_of(contest(loto, "2023-08-23 17:59:23"), Given(numbers=("1 2 3 4 5", "7")), 4)


def test_no_beacon_decides_where_the_rules_name_a_lottery(loto):
    """Either would please somebody."""
    for given in (Given("http://127.0.0.1:9"), Given(is_fallback=True)):
        with pytest.raises(WrongUse, match="public drawings decide here"):
            lots_of(contest(loto, DRAWN), given, 4)
