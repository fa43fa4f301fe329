"""Whether nobody could choose who wins: each way of choosing is told, by contests that are otherwise made as they should be."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.draw.samples import CHAIN, NUMBERS, ROUND_1000, ROUND_657413, TICKETS, announced, archive, record, terms

from handbill.draw.beacon import round_at
from handbill.draw.drawing import Numbers
from handbill.draw.proof import prove


def found(files, name):
    """Return what was found by one check: whether it is right, and the sentence."""
    one = next(one for one in prove(files) if one.name == name)
    return one.is_right, one.found


def test_a_pool_frozen_before_entries_closed_is_told():
    """Who came after would have had no chance."""
    assert (
        False,
        "record.json: the pool was frozen on 2023-08-21 08:00:00 UTC, before entries closed on 2023-08-22 00:00:00 UTC",
    ) == found(archive(closes="2023-08-22T00:00:00Z"), "broadcast-order")


def test_rules_announced_after_entries_closed_are_told():
    """Nobody's rules change after they entered."""
    is_right, sentence = found(archive(closes="2023-07-21T00:00:00Z"), "broadcast-order")

    assert is_right is False
    assert "the rules were announced on 2023-07-25 09:00:00 UTC, after entries closed" in sentence


def test_rules_amended_after_entries_had_closed_are_told():
    """A later version could open entries again for a friend, by a later day of its own."""
    first, files = announced(terms(closes="2023-07-24T00:00:00Z"))
    second, more = announced(terms(), 2, "2023-07-25T09:00:00Z")

    is_right, sentence = found({**files, **more, "record.json": record([first, second])}, "broadcast-order")

    assert is_right is False
    assert "announced on 2023-07-25 09:00:00 UTC, after entries closed on 2023-07-24 00:00:00 UTC" in sentence


def test_a_pool_frozen_after_the_round_that_was_named_is_told():
    """That a later round decided takes nothing from what was promised of the one before."""
    late = {"luck": ROUND_657413, "decided": {"missing": 1000}, "decided_at": "2023-09-30T00:00:00Z", "until": "decided"}
    files = archive(**late)
    steps = json.loads(files["record.json"])["steps"]
    next(one for one in steps if one["step"] == "frozen")["at"] = "2023-09-01T08:00:00Z"

    assert found(files, "broadcast-order")[0] is True
    assert found({**files, "record.json": record(steps)}, "broadcast-order")[0] is False


@pytest.mark.parametrize("check", ["broadcast-order", "round"])
def test_moments_at_the_end_of_the_calendar_end_in_sentences(check):
    """A record comes with a proposal of anybody, and may not end the build."""
    end = "9999-12-31T23:59:59Z"
    number = round_at(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    steps = json.loads(archive(draw=end, until="frozen")["record.json"])["steps"]
    steps[1]["beacon"] = steps[2]["beacon"] = {"chain": CHAIN, "round": number}
    steps[2]["at"] = end

    assert found({**archive(draw=end), "record.json": record(steps)}, check)[0] is False


def test_a_wait_that_ends_after_the_calendar_is_not_over():
    """Seven days after the last days of the calendar there is nothing to compare with."""
    for luck in (NUMBERS, ROUND_657413):
        files = archive(draw="9999-12-28T00:00:00Z", luck=luck, decided_at="9999-12-29T00:00:00Z", until="decided")
        steps = json.loads(files["record.json"])["steps"]
        number = round_at(datetime(9999, 12, 28, tzinfo=UTC))
        for one in steps[:3]:
            one["beacon"] = {"chain": CHAIN, "round": number}
        steps[3]["missing"] = number

        assert found({**files, "record.json": record(steps)}, "round")[0] is False


def test_a_pool_frozen_at_the_moment_of_the_lots_is_told():
    """Where a jury sits nobody waits for objections, and the list still comes before the lots that part equals."""
    at_once = archive(mechanism="jury", draw="", results="2023-08-21T08:00:00Z", until="frozen")

    assert found(at_once, "broadcast-order")[0] is False


@pytest.mark.parametrize("number", [1, 2], ids=["announced", "frozen"])
def test_every_step_that_names_a_round_names_the_same(number):
    """A round that is named again when the list is known could be another one."""
    files = archive()
    steps = json.loads(files["record.json"])["steps"]
    steps[number]["beacon"]["round"] = 1001

    is_right, sentence = found({**files, "record.json": record(steps)}, "round")

    assert is_right is False
    assert f"its step {steps[number]['step']} names round 1001" in sentence


def test_too_little_time_to_object_is_told():
    """A digest told a minute before the draw is one that nobody could have kept."""
    is_right, sentence = found(archive(objection_hours=72), "broadcast-order")

    assert is_right is False
    assert "wanted at least 72 hours between" in sentence


def test_a_draw_before_what_decides_it_is_told():
    """Nobody can have drawn by a number that was not there yet."""
    is_right, sentence = found(archive(decided_at="2023-08-23T15:59:00Z"), "broadcast-order")

    assert is_right is False
    assert "before what decides it came" in sentence


def test_a_contest_in_good_order_says_what_no_file_can_prove():
    """The organiser wrote the record; that the digest was told in time stands in thousands of inboxes."""
    is_right, sentence = found(archive(), "broadcast-order")

    assert is_right is True
    assert "is shown by the letter in which you got it" in sentence


def test_another_round_than_the_one_named_is_told():
    """Who may choose among rounds draws again until a friend wins."""
    is_right, sentence = found(archive(luck=ROUND_657413, decided_at="2023-09-30T00:00:00Z", until="decided"), "round")

    assert (False, "draw.json: round 657413 decided, and round 1000 was named") == (is_right, sentence)


def test_a_later_round_is_possible_where_the_named_one_is_said_to_have_been_missing():
    """The rules say so before; that nothing was published is for the reader to ask the beacon, and no file can prove it."""
    late = {"luck": ROUND_657413, "decided": {"missing": 1000}, "until": "decided"}

    is_right, sentence = found(archive(**late, decided_at="2023-09-30T00:00:00Z"), "round")

    assert is_right is None
    assert f"https://api.drand.sh/{CHAIN}/public/1000" in sentence
    assert not [one for one in prove(archive(**late, decided_at="2023-09-30T00:00:00Z")) if one.is_right is False]
    assert found(archive(**late, decided_at="2023-08-24T00:00:00Z"), "round")[0] is False


def test_a_round_is_not_missing_and_there():
    """A record that says both was written to keep a choice open."""
    assert (
        found(
            archive(luck=replace(ROUND_657413, number=999), decided={"missing": 1000}, decided_at="2023-09-30T00:00:00Z", until="decided"),
            "round",
        )[0]
        is False
    )
    right, told = found(archive(decided={"missing": 1000}), "round")
    assert (False, True) == (right, "the record says that it was missing" in told)


def test_numbers_in_the_place_of_a_beacon_need_a_beacon_that_stopped():
    """The Loto decides only after seven days without a round."""
    loto = {"luck": Numbers(((5, 12, 18, 33, 41), (7,))), "decided": {"missing": 1000}, "until": "decided"}

    files = archive(**loto, decided_at="2023-09-30T00:00:00Z")

    assert [] == [(one.name, one.found) for one in prove(files) if one.is_right is False]
    assert found(files, "round")[0] is found(files, "beacon")[0] is None
    assert found(archive(**loto, decided_at="2023-08-30T15:59:00Z"), "round")[0] is False
    assert found(archive(**{**loto, "decided": {}}, decided_at="2023-09-30T00:00:00Z"), "round")[0] is False


@pytest.mark.parametrize("draw", ["2023-08-23T16:00:00Z", "2023-08-23T15:59:00Z", ""])
def test_a_round_that_does_not_follow_from_the_rules_is_told(draw):
    """The moment of the draw names the round, and nobody else may."""
    is_right, sentence = found(archive(draw=draw), "round")

    assert is_right is False
    assert "names round 1000" in sentence


def test_a_moment_before_the_beacon_began_is_told():
    """Rounds that everybody knows already are no lots."""
    assert found(archive(draw="2020-01-01T00:00:00Z"), "round")[0] is False


def test_another_chain_is_told():
    """Anybody can run a beacon of their own."""
    is_right, sentence = found(archive(luck=replace(ROUND_1000, chain="0" * 64)), "round")

    assert is_right is False
    assert CHAIN in sentence


@pytest.mark.parametrize(
    ("luck", "words"),
    [
        (replace(ROUND_1000, randomness="0" * 64), "the signature makes fe290beca108"),
        (replace(ROUND_657413, number=1000), "the signature is not the beacon's for round 1000"),
        (
            replace(ROUND_1000, signature="00", randomness="6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            "is not the beacon's",
        ),
    ],
)
def test_a_number_that_is_not_the_beacons_is_told(luck, words):
    """Whoever writes draw.json can write any number, but sign none."""
    is_right, sentence = found(archive(luck=luck), "beacon")

    assert is_right is False
    assert words in sentence


@pytest.mark.parametrize(
    "numbers",
    [
        ((5, 12, 18, 33), (7,), (2, 9, 20, 31, 44), (3,)),
        ((5, 12, 18, 33, 50), (7,), (2, 9, 20, 31, 44), (3,)),
        ((5, 5, 18, 33, 41), (7,), (2, 9, 20, 31, 44), (3,)),
        ((5, 12, 18, 33, 41), (7,)),
    ],
)
def test_numbers_that_the_named_drawings_cannot_show_are_told(numbers):
    """They were never drawn."""
    assert found(archive(algorithm="rfc3797", luck=Numbers(numbers)), "beacon")[0] is False


def test_numbers_that_can_be_are_for_the_reader_to_compare():
    """No file proves what balls fell; newspapers of that day do."""
    is_right, sentence = found(archive(algorithm="rfc3797", luck=NUMBERS), "beacon")

    assert is_right is None
    assert "5 12 18 33 41 / 7" in sentence
    assert "Loto, drawing 1, five" in sentence


def test_too_little_chance_is_told():
    """With 24 bits most orders of three among many could never come."""
    sources = [{"name": "Loto", "count": 5, "most": 49}, {"name": "Chance", "count": 1, "most": 10}]
    lines = tuple(f"{number:016x}" for number in range(300))

    assert (False, "record.json: what decides brings 24.2 bits of chance, wanted 34.7") == found(
        archive(algorithm="rfc3797", sources=sources, luck=Numbers(((1, 2, 3, 4, 5), (6,))), lines=lines), "entropy"
    )
    assert found(archive(algorithm="rfc3797", lines=lines), "entropy")[0] is True


def test_before_the_draw_what_is_known_is_checked():
    """Between freezing and draw members look, and find what stands so far."""
    checks = {one.name: one.is_right for one in prove(archive(until="frozen"))}

    assert {"record", "rules", "pool", "broadcast-order", "round", "entropy"} == {name for name, is_right in checks.items() if is_right}
    assert False not in checks.values()
    assert not {ticket for ticket in TICKETS if ticket in str(prove(archive(until="frozen")))}
