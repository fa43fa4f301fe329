"""Rounds of the beacon: which one a moment means, and which signatures are the beacon's."""

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handbill.draw.beacon import PATIENCE, QUICKNET, NoRound, is_signed, may_stand_in, moment_of, randomness_of, round_at

#: Shared with the check in the browser; ``rounds`` is what the beacon really said, from 2023 to 2026.
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
SECOND = timedelta(seconds=1)


def test_the_pinned_chain_is_the_one_of_that_hash():
    """The hash is what the rules of a contest name; key, period and beginning all go into it (drand's chain information)."""
    group = "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e"
    period = int(QUICKNET.period.total_seconds()).to_bytes(4, "big")
    genesis = int(QUICKNET.genesis.timestamp()).to_bytes(8, "big")

    assert QUICKNET.hash == hashlib.sha256(period + genesis + QUICKNET.public_key + bytes.fromhex(group) + b"quicknet").hexdigest()


@pytest.mark.parametrize("case", VECTORS["rounds"], ids=lambda case: case["round"])
def test_what_the_beacon_said_is_the_beacon_s(case):
    """Whoever looks back in ten years has these bytes and no beacon."""
    signature = bytes.fromhex(case["signature"])

    assert is_signed(case["round"], signature)
    assert case["randomness"] == randomness_of(signature).hex()
    assert datetime.fromisoformat(case["moment"]) == moment_of(case["round"])


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["why"])
def test_what_the_beacon_did_not_say_is_not_the_beacon_s(case):
    """Each of these would be a result that somebody chose."""
    assert not is_signed(case["round"], bytes.fromhex(case["signature"]))


def test_a_round_of_more_than_eight_bytes_is_no_round():
    """What comes out of a file can be any number."""
    signature = bytes.fromhex(VECTORS["rounds"][0]["signature"])

    assert not is_signed(2**64, signature)
    assert not is_signed(2**64 + 1, signature)


def test_one_changed_bit_is_no_signature():
    """A bit of each byte of one signature; each is no point, or is another one."""
    signature = bytes.fromhex(VECTORS["rounds"][0]["signature"])
    chance = random.Random(1000)
    for place in range(0, 48, 4):
        changed = bytearray(signature)
        changed[place] ^= 1 << chance.randrange(8)
        assert not is_signed(VECTORS["rounds"][0]["round"], bytes(changed))


def test_a_moment_means_the_first_round_at_or_after_it():
    """The round is named before lots are drawn; one too early would be known when the list is closed."""
    midnight = datetime(2026, 4, 20, tzinfo=UTC)

    assert 27946612 == round_at(midnight)
    assert 27946613 == round_at(midnight + SECOND)
    assert 27946613 == round_at(midnight + 3 * SECOND)
    assert 27946613 == round_at(midnight + timedelta(microseconds=1))
    assert 27946612 == round_at(midnight - timedelta(microseconds=1))
    assert 27946612 == round_at(datetime(2026, 4, 20, 2, 0, tzinfo=ZoneInfo("Europe/Paris")))
    assert midnight == moment_of(27946612)


def test_moments_and_rounds_are_each_other_s_opposite():
    """A reader goes from the round to the moment, the organiser went from the moment to the round."""
    chance = random.Random(3)
    for _ in range(500):
        moment = QUICKNET.genesis + timedelta(microseconds=chance.randrange(10**16))
        found = round_at(moment)
        assert timedelta() <= moment_of(found) - moment < QUICKNET.period
        assert found == round_at(moment_of(found))


def test_before_its_beginning_there_is_no_round():
    """Round 1 would answer, and everybody knows it by now."""
    assert 1 == round_at(QUICKNET.genesis)
    with pytest.raises(NoRound, match="before 2023-08-23 15:09:27 UTC, when the beacon began"):
        round_at(QUICKNET.genesis - SECOND)
    for number in (0, -1, 2**64, 10**13):
        with pytest.raises(NoRound, match="the number of no round"):
            moment_of(number)


def test_a_moment_without_a_zone_means_no_round():
    """Two hours are 2,400 rounds."""
    with pytest.raises(ValueError, match="zone"):
        round_at(datetime(2026, 4, 20))


def test_another_round_stands_in_only_later_and_only_after_two_days():
    """Whoever could take another round at will could draw until the result pleases."""
    named = 27946612
    late = moment_of(named) + PATIENCE

    assert timedelta(hours=48) == PATIENCE
    assert may_stand_in(named, named, moment_of(named))
    assert may_stand_in(named, named + 1, late)
    assert not may_stand_in(named, named + 1, late - SECOND)
    assert not may_stand_in(named, named - 1, late)
    # A round that comes after the draw was made.
    assert not may_stand_in(named, round_at(late) + 1, late)
    with pytest.raises(NoRound):
        may_stand_in(named, 2**64, late)
