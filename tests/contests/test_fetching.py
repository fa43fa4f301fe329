"""Asking for a round of the beacon, and what is believed of the answer."""

from __future__ import annotations

import json
import socket

import pytest
from tests.contests.relays import ROUNDS, Relay, answer
from tests.sending.certificates import certificates

from handbill.contests.fetching import LARGEST, RELAYS, Emitted, NoBeacon, Unpublished, beacon_in, fetched
from handbill.draw.beacon import QUICKNET, NoRound
from handbill.errors import ServiceFailed, WrongUse

ROUND = 29266612
SIGNATURE = bytes.fromhex(ROUNDS[ROUND]["signature"])


@pytest.fixture
def relay():
    made = []

    def make(*args, **more):
        made.append(Relay(*args, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_round_is_fetched_with_one_question(relay):
    """The organiser types one command on the evening of the draw; the question names the chain and the round, and nobody."""
    one = relay()

    assert SIGNATURE == fetched(ROUND, one.address + "/")
    assert [f"/{QUICKNET.hash}/public/{ROUND}"] == [path for path, _ in one.asked]
    assert {"Host": one.host, "Accept-Encoding": "identity", "Accept": "application/json", "User-Agent": "Handbill"} == one.asked[0][1]


def test_a_relay_below_a_path_is_asked_there(relay):
    """Some pass the beacon on beside other things."""
    one = relay()

    assert SIGNATURE == fetched(ROUND, f"{one.address}/drand")
    assert f"/drand/{QUICKNET.hash}/public/{ROUND}" == one.asked[0][0]


def test_the_next_relay_is_asked_where_one_fails(relay):
    """What counts is the signature, not who passes it on."""
    down, behind, good, spared = relay(instead=(503, b"")), relay([1000]), relay(), relay()

    assert SIGNATURE == fetched(ROUND, down.address, behind.address, good.address, spared.address)
    assert [1, 1, 1, 0] == [len(one.asked) for one in (down, behind, good, spared)]


def test_without_a_relay_the_public_ones_are_asked(monkeypatch):
    """They are named in the handbook, and nothing is asked of anybody else."""
    asked = []

    def refuse(address, *_more):
        asked.append(address)
        raise OSError(111, "Connection refused")

    monkeypatch.setattr("handbill.contests.fetching._answer", refuse)
    with pytest.raises(ServiceFailed):
        fetched(ROUND)

    assert [f"{one}/{QUICKNET.hash}/public/{ROUND}" for one in RELAYS] == asked
    assert all(one.startswith("https://") for one in RELAYS)


@pytest.mark.parametrize(
    ("which", "reason"),
    [("good", ""), ("stranger", "certificate"), ("other", "Hostname mismatch"), ("old", "certificate has expired")],
)
def test_a_relay_must_be_who_it_says(relay, tmp_path, monkeypatch, which, reason):
    """What it says is verified anyhow; but somebody on the way could say that a round is missing."""
    own = certificates(tmp_path)
    if which != "stranger":
        monkeypatch.setenv("SSL_CERT_FILE", str(own.authority))
    one = relay(tls=own.good if which == "stranger" else getattr(own, which))
    if not reason:
        assert SIGNATURE == fetched(ROUND, one.address)
        return
    with pytest.raises(ServiceFailed, match=rf"^{one.host} cannot be reached \(.*{reason}") as told:
        fetched(ROUND, one.address)

    assert not isinstance(told.value, Unpublished)


@pytest.mark.parametrize("status", [404, 425])
def test_a_round_that_is_not_there_is_told_from_a_relay_that_is_not(relay, status):
    """Only a missing round may be replaced by a later one, and only after two days: a broken line must never look like one."""
    one, down, other = relay(instead=(status, b"{}")), relay(how="cut"), relay([1000])
    for relays in ([one.address], [one.address, down.address], [down.address, one.address], [one.address, other.address]):
        with pytest.raises(Unpublished) as told:
            fetched(ROUND, *relays)
        assert f"{one.host} has no round {ROUND} of the beacon, which is due on 2026-06-04 20:00:00 UTC" == str(told.value)
        assert 4 == told.value.exit_code


@pytest.mark.parametrize(
    ("instead", "how", "found"),
    [
        ((200, answer(1000)), "", f"answers with round 1000 instead of {ROUND}"),
        ((200, answer(1000, round=ROUND)), "", f"answers with a signature that is not the beacon's for round {ROUND}"),
        ((200, answer(ROUND, randomness="00" * 32)), "", "answers with a random value that is not the SHA-256 of the signature beside it"),
        ((200, b"<html>Bienvenue sur le Wi-Fi</html>"), "", "answers with what is no answer of the beacon"),
        ((200, b""), "", "answers with what is no answer of the beacon"),
        ((200, answer(ROUND) + b" " * LARGEST), "", "answers with what is no answer of the beacon"),
        ((500, answer(ROUND)), "", "answers with status 500"),
        ((403, b""), "", "answers with status 403"),
        ((302, b"https://elsewhere.example/"), "", "answers with status 302"),
        (None, "half", "answers with what is no answer of the beacon"),
    ],
)
def test_what_is_no_answer_is_told_and_never_believed(relay, instead, how, found):
    """A guest network's page of welcome must not draw lots, and the organiser must know what to do instead."""
    one = relay(instead=instead, how=how)
    with pytest.raises(ServiceFailed) as told:
        fetched(ROUND, one.address)

    remedy = f"call the command again later, or open {one.address}/{QUICKNET.hash}/public/{ROUND} in a browser, save what it shows and give it: --beacon FILE"
    assert f"{one.host} {found}; {remedy}" == str(told.value)
    assert not isinstance(told.value, Unpublished)
    assert 4 == told.value.exit_code
    assert 1 == len(one.asked), "nothing is asked twice, and no redirection is followed"


@pytest.mark.parametrize(("how", "reason"), [("silent", "timed out"), ("cut", ".+")])
def test_silence_ends(relay, how, reason):
    """Whoever waits in front of a black window does not know whether it still works."""
    one = relay(how=how)
    with pytest.raises(ServiceFailed, match=rf"cannot be reached \({reason}\)"):
        fetched(ROUND, one.address, timeout_s=0.2)


def test_an_answer_that_trickles_ends(relay):
    """A byte now and then is no silence, and would take for ever."""
    moments = iter(range(0, 1000, 10))
    one = relay(how="slow")
    with pytest.raises(ServiceFailed, match=r"cannot be reached \(timed out\)"):
        fetched(ROUND, one.address, clock=lambda: float(next(moments)))


def test_nobody_there_is_told_in_words():
    """A closed port, as on a machine without a network."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ServiceFailed, match=r"^127\.0\.0\.1:\d+ cannot be reached \(.+\); call the command again later"):
            fetched(ROUND, address)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://relay.example",
        "http://relay.example",
        "https://",
        "https://ada:geheim@relay.example",
        "https://geheim@relay.example",
        "https://relay.example:port",
        "https://[relay",
        "https://relay.example/?a=1",
        "relay",
    ],
)
def test_what_is_no_address_is_refused_before_anybody_is_asked(relay, address):
    """A slip of the hand is no trouble of the network."""
    one = relay()
    with pytest.raises(WrongUse, match="no address of a relay") as told:
        fetched(ROUND, one.address, address)

    assert not one.asked
    assert "geheim" not in str(told.value)


def test_a_number_that_is_no_round_is_not_asked_for(relay):
    """The relay would say that it has none, as of a round that is missing."""
    one = relay()
    with pytest.raises(NoRound):
        fetched(0, one.address)

    assert not one.asked


@pytest.mark.parametrize(
    "raw",
    [
        answer(ROUND),
        # As the second interface of drand answers; as an editor saves it; as a browser shows it.
        answer(ROUND, randomness=None),
        b"\xef\xbb\xbf" + answer(ROUND).replace(b",", b",\r\n  ") + b"\r\n",
        json.dumps(json.loads(answer(ROUND, previous_signature="")), indent=4).encode(),
    ],
)
def test_what_somebody_saved_is_read(raw):
    """The file that stands in for the network must not fail over how it was saved."""
    assert Emitted(ROUND, SIGNATURE) == beacon_in(raw)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "what is no answer of the beacon"),
        (b"\x1f\x8b\x08", "what is no answer of the beacon"),
        (b"[" * 4000, "what is no answer of the beacon"),
        (b"[1000]", "what is no answer of the beacon"),
        (b'"round"', "what is no answer of the beacon"),
        (answer(ROUND)[:-1] + b',"round":1000}', "what is no answer of the beacon"),
        (answer(ROUND)[:-1] + b',"more":NaN}', "what is no answer of the beacon"),
        (answer(ROUND) + b" " * LARGEST, "what is no answer of the beacon"),
        (answer(ROUND, round=None), "an answer that names no round"),
        (answer(ROUND, round=str(ROUND)), "an answer that names no round"),
        (answer(ROUND, round=float(ROUND)), "an answer that names no round"),
        (answer(ROUND, round=True), "an answer that names no round"),
        (answer(ROUND, signature=None), "an answer without a signature of 96 hexadecimal digits"),
        (answer(ROUND, signature=7), "an answer without a signature of 96 hexadecimal digits"),
        (answer(ROUND, signature=ROUNDS[ROUND]["signature"].upper()), "an answer without a signature of 96 hexadecimal digits"),
        (answer(ROUND, signature=ROUNDS[ROUND]["signature"] + "\n"), "an answer without a signature of 96 hexadecimal digits"),
        (answer(ROUND, randomness=ROUNDS[1000]["randomness"]), "a random value that is not the SHA-256 of the signature beside it"),
        (answer(ROUND, randomness=7), "a random value that is not the SHA-256 of the signature beside it"),
        (answer(ROUND, round=ROUND + 1), f"a signature that is not the beacon's for round {ROUND + 1}"),
        (answer(ROUND, round=0), "a signature that is not the beacon's for round 0"),
        (answer(ROUND, round=-(10**300)), f"a signature that is not the beacon's for round {-(10**300)}"),
    ],
)
def test_what_is_no_round_of_the_beacon_is_refused(raw, found):
    """A file can be the wrong one, or one that somebody made."""
    with pytest.raises(NoBeacon) as told:
        beacon_in(raw)

    assert found == str(told.value.found)
    assert f"--beacon: found {found}, wanted what https://api.drand.sh/{QUICKNET.hash}/public/… shows, as it is" == str(told.value)
    assert 2 == told.value.exit_code
