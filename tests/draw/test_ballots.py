"""Ballots of a jury, votes of members, and their one text."""

import json
from decimal import Decimal

import pytest
from tests.cases import for_each

from handbill.draw.ballots import (
    BadBallot,
    ballot_bytes,
    ballot_file,
    ballot_in,
    criteria_of,
    juror_keys,
    mark_text,
    sealed_file,
    votes_bytes,
    votes_in,
)
from handbill.draw.canonical import canonical
from handbill.hub.address import slug_of

LINES = ("aaa", "bbb", "bbb#2", "ccc")
JUDGING = {
    "jurors": ["Inès Carrère", "hugo-lassalle", "Maud"],
    "criteria": [{"name": "Récit", "weight": "0.6", "scale": 10}, {"name": "Geste", "weight": "0.4", "scale": 20}],
    "blind": True,
}
SALT = "5a" * 32


def marks(first: str, second: str) -> dict[str, Decimal]:
    """Return the marks of one work."""
    return {"Récit": Decimal(first), "Geste": Decimal(second)}


RAW = ballot_bytes("photo", "maud", SALT, {"aaa": marks("7.50", "12"), "bbb": marks("0", "20"), "ccc": marks("10", "0.25")}, ["bbb#2"])


def read(raw: bytes):
    """Read a ballot as that of Maud."""
    return ballot_in(raw, "photo", "maud", JUDGING, LINES)


def changed(**more: object) -> bytes:
    """Return the ballot with other values, in their one text."""
    return canonical({**json.loads(RAW), **more})


def test_a_ballot_comes_back():
    """Who counts it again needs every mark of it."""
    ballot = read(RAW)

    assert ballot.conflicts == {"bbb#2"}
    assert ballot.marks["aaa"] == {"Récit": Decimal("7.5"), "Geste": Decimal(12)}
    assert ballot_bytes("photo", "maud", SALT, ballot.marks, sorted(ballot.conflicts)) == RAW


SCORES = json.loads(RAW)["scores"]


@for_each(
    ("raw", "found"),
    [
        (b"", "a text that is not the one text of any ballot"),
        (RAW.replace(b'"7.5"', b'"7.5" '), "a text that is not the one text of any ballot"),
        (b"[" * 50_000, "a text that is not the one text of any ballot"),
        (canonical([]), "something that is no ballot"),
        (changed(more=1), "something that is no ballot"),
        (changed(conflicts=[1]), "something that is no ballot"),
        (changed(contest="autre"), "the ballot of another juror or contest"),
        (changed(juror="hugo-lassalle"), "the ballot of another juror or contest"),
        (changed(salt="00"), "a ballot without its salt"),
        (changed(salt=7), "a ballot without its salt"),
        (changed(conflicts=["bbb#2", "ddd"]), "ddd, which is no ticket of the pool"),
        (changed(scores={**SCORES, "zzz": SCORES["aaa"]}), "zzz, which is no ticket of the pool"),
        (changed(conflicts=[]), "nothing about bbb#2, a ticket of the pool"),
        (changed(conflicts=["aaa", "bbb#2"]), "aaa, marked and in conflict"),
        (changed(conflicts=["bbb#2", "bbb#2"]), "conflicts that are not in their order"),
        (changed(scores={**SCORES, "aaa": {"Récit": "7"}}), "aaa, not marked by the criteria of the rules"),
        (changed(scores={**SCORES, "aaa": {**SCORES["aaa"], "Autre": "1"}}), "aaa, not marked by the criteria of the rules"),
        (changed(scores={**SCORES, "aaa": "7"}), "aaa, not marked by the criteria of the rules"),
        (changed(scores={**SCORES, "aaa": {"Récit": "10.5", "Geste": "1"}}), "10.5 for “Récit”, which is no mark from 0 to 10"),
        (changed(scores={**SCORES, "aaa": {"Récit": 7, "Geste": "1"}}), "7 for “Récit”, which is no mark from 0 to 10"),
        *(
            (changed(scores={**SCORES, "aaa": {"Récit": written, "Geste": "1"}}), f"{written} for “Récit”, which is no mark from 0 to 10")
            for written in ("7.0", "7.50", "07", "-1", "7,5", "1e1", "7.125", "", "٣")
        ),
        (changed(scores={**SCORES, "aaa": {"Récit": "9" * 50, "Geste": "1"}}), f"{'9' * 20}… for “Récit”, which is no mark from 0 to 10"),
    ],
)  # fmt: skip
def test_what_is_no_ballot_of_this_juror_and_pool_says_why(raw, found):
    """Whoever reveals a wrong ballot has to know what is wrong in it, and no second text of one may pass."""
    with pytest.raises(BadBallot) as caught:
        read(raw)

    assert found == str(caught.value.found)


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Inès Carrère", "hugo-lassalle"], ("ines-carrere", "hugo-lassalle")),
        (["Ağça", "O’Neil"], ("agca", "o-neil")),
        (["山田", "Anna"], ("juror-1", "anna")),
        (["x" * 80], ("x" * 64,)),
        (["Lætitia", "Ægir Ó", "Weiß", "\u017fam ﬁn", "Łucja", "a\u034fb"], ("laetitia", "aegir-o", "weiss", "sam-fin", "lucja", "ab")),
    ],
)
def test_each_juror_has_a_word_for_files(names, keys):
    """A file's name has to work on every disk, and in every address."""
    assert keys == juror_keys(names)
    # As the address of a person's page, which is what the rules name where there is one.
    assert [one for one in keys if not one.startswith("juror-")] == [slug_of(name)[:64] for name in names if slug_of(name)]


@pytest.mark.parametrize("names", [None, [], "Inès", [1], ["Inès", "ines"], ["Votes", "Anna"]])
def test_jurors_that_nobody_can_tell_apart_are_refused(names):
    """Two jurors under one word would share one ballot; and one called “votes” would be taken for the members."""
    with pytest.raises(BadBallot):
        juror_keys(names)


def test_the_votes_lie_beside_the_ballots():
    """They are sealed as of one juror more, and are no ballot."""
    assert ("ballots/maud.json", "votes.csv") == (sealed_file("maud"), sealed_file("votes"))
    assert ballot_file("maud") == sealed_file("maud")


@pytest.mark.parametrize(
    "judging",
    [
        None,
        {},
        [],
        {"criteria": 1},
        {"criteria": []},
        {"criteria": [{"name": "a", "weight": "0.5"}]},
        {"criteria": [{"name": "a", "weight": 1, "scale": 10}]},
        {"criteria": [{"name": "a", "weight": "-1", "scale": 10}]},
        {"criteria": [{"name": "a", "weight": "1", "scale": 0}]},
        {"criteria": [{"name": "a", "weight": "1", "scale": True}]},
        {"criteria": [{"name": "a", "weight": "0.5", "scale": 10}] * 2},
    ],
)
def test_criteria_that_nobody_can_count_by_are_refused(judging):
    """Terms are read from a file that anybody can have changed."""
    with pytest.raises(BadBallot):
        criteria_of(judging)


@pytest.mark.parametrize(("mark", "text"), [("7.50", "7.5"), ("10", "10"), ("0.0", "0"), ("0.05", "0.05"), ("1E+1", "10")])
def test_a_mark_has_one_text(mark, text):
    """7.5 and 7.50 would make two digests of one ballot."""
    assert text == mark_text(Decimal(mark))


VOTES = b"ticket,count\naaa,12\nbbb,0\nbbb#2,3\nccc,3\n"


def test_votes_come_back():
    """They count like a juror."""
    assert {"aaa": 12, "bbb": 0, "bbb#2": 3, "ccc": 3} == votes_in(VOTES, LINES)
    assert votes_bytes(votes_in(VOTES, LINES)) == VOTES


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "something that is no table of votes"),
        (VOTES[:-1], "something that is no table of votes"),
        (VOTES.replace(b"\n", b"\r\n"), "something that is no table of votes"),
        (VOTES.replace(b"12", b"+12"), "votes that are not a line for each ticket, in their order"),
        (VOTES.replace(b"12", b"012"), "votes that are not a line for each ticket, in their order"),
        (VOTES.replace(b"bbb,0\n", b"bbb,0\nbbb,0\n"), "votes that are not a line for each ticket, in their order"),
        (VOTES.replace(b"aaa,12\nbbb,0\n", b"bbb,0\naaa,12\n"), "votes that are not a line for each ticket, in their order"),
        (VOTES.replace(b"aaa", b"\xff\xff\xff"), "votes that are not a line for each ticket, in their order"),
        (VOTES + b"\n", "votes that are not a line for each ticket, in their order"),
        (VOTES + b"zzz,1\n", "zzz, which is no ticket of the pool"),
        (VOTES.replace(b"bbb,0\n", b""), "nothing about bbb, a ticket of the pool"),
        (b"ticket,count\n\n", "votes that are not a line for each ticket, in their order"),
    ],
)
def test_what_is_no_table_of_votes_says_why(raw, found):
    """A vote too many is not counted quietly."""
    with pytest.raises(BadBallot) as caught:
        votes_in(raw, LINES)

    assert found == str(caught.value.found)
