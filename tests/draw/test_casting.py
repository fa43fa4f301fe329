"""What a draw is made from is the same for who draws and for who checks."""

from decimal import Decimal

import pytest
from tests.draw.samples import ROUND_1000

from handbill.draw.answers import answers_bytes, key_bytes
from handbill.draw.ballots import ballot_bytes, votes_bytes
from handbill.draw.casting import NoCase, case_of, names_for
from handbill.draw.drawing import Numbers, drawn
from handbill.draw.hubdraw import order_of
from handbill.draw.pool import digest_of, pool_bytes

LINES = ("ana", "bilal", "chloe", "david")
POOL = pool_bytes(LINES)
RANDOMNESS = bytes.fromhex(ROUND_1000.randomness)
SALT = "0" * 64


def terms(mechanism: str, **more: object) -> dict[str, object]:
    """Return the announced terms of a contest with two prizes, one of them shared by two."""
    prizes = [{"quantity": 1, "shared_by": 2}, {"quantity": 1, "shared_by": 1}]
    judging = {"jurors": ["Inès", "hugo"], "criteria": [{"name": "soin", "weight": "1", "scale": 10}]}
    quiz = {"questions": 1, "answers": "", "tiebreak": "Combien ?"}
    return {"mechanism": mechanism, "prizes": prizes, "substitutes": 1, "judging": judging, "quiz": quiz, **more}


def ballots(**marks: dict[str, str]) -> dict[str, bytes]:
    """Return the ballots of jurors as their files."""
    return {
        f"ballots/{juror}.json": ballot_bytes("ete", juror, SALT, {line: {"soin": Decimal(mark)} for line, mark in of.items()}, [])
        for juror, of in marks.items()
    }


def made(terms: dict[str, object], files: dict[str, bytes], luck=ROUND_1000):  # type: ignore[no-untyped-def]
    """Return the case of the contest "ete"."""
    return case_of("ete", terms, {"fr": "1" * 64}, files, luck, record="2" * 64)


def test_a_draw_is_made_from_the_pool_and_the_terms():
    """A prize that two share has two winners."""
    case = made(terms("draw"), {"pool.txt": POOL})

    assert (LINES, (2, 1), 1) == (case.lines, case.prizes, case.substitutes)
    assert (digest_of(POOL), "1" * 64, "2" * 64) == (case.pool, case.rules["fr"], case.record)
    assert (None, None) == (case.ranking, case.eligible)


def test_a_jury_ranks_and_lots_part_equal_works():
    """Two works with the same marks come in the order in which lots would have put them, whoever checks."""
    same = {"ana": "5", "bilal": "9", "chloe": "5", "david": "1"}
    case = made(terms("jury"), {"pool.txt": POOL, **ballots(ines=same, hugo=same)})
    tied = [line for line in order_of("ete", RANDOMNESS, LINES) if line in ("ana", "chloe")]

    assert case.ranking is not None
    assert ("bilal", *tied, "david") == tuple(line for line, _ in case.ranking)


def test_the_votes_of_members_are_one_juror_more():
    """Without them the mechanism that the rules promise would be another."""
    marks = {"ana": "5", "bilal": "6", "chloe": "5", "david": "5"}
    files = {"pool.txt": POOL, **ballots(ines=marks, hugo=marks)}
    votes = votes_bytes({"ana": 500, "bilal": 0, "chloe": 0, "david": 0})

    with pytest.raises(NoCase, match=r"votes\.csv is not there"):
        made(terms("jury+vote"), files)
    told = made(terms("jury+vote"), {**files, "votes.csv": votes}).ranking
    assert told is not None
    assert told != made(terms("jury"), files).ranking


def test_a_quiz_ranks_the_right_answers_and_a_draw_takes_them_all():
    """Bilal answered wrong: no luck helps him."""
    rows = {"ana": ["oui", "12"], "bilal": ["non", "10"], "chloe": ["oui", "10"], "david": ["oui", "11"]}
    files = {"pool.txt": POOL, "answers.csv": answers_bytes(1, rows), "key.json": key_bytes(["oui"], "10", SALT)}
    quiz = {"questions": 1, "answers": digest_of(files["key.json"]), "tiebreak": "Combien ?"}

    ranked = made(terms("quiz", quiz=quiz), files)
    lots = made(terms("quiz+draw", quiz=quiz), files)

    assert (("chloe", "0"), ("david", "1"), ("ana", "2")) == ranked.ranking
    assert (None, ("ana", "chloe", "david")) == (lots.ranking, lots.eligible)
    whole = order_of("ete", RANDOMNESS, LINES)
    assert tuple(one for one in whole if one != "bilal") == drawn(lots, ROUND_1000, {}, "1").order


def test_equal_works_are_parted_by_numbers_as_well():
    """A community that trusts the lottery more has no beacon to part them."""
    same = dict.fromkeys(LINES, "5")
    luck = Numbers(((5, 12, 2), (9,)))
    case = made(terms("jury"), {"pool.txt": POOL, **ballots(ines=same, hugo=same)}, luck)

    assert case.ranking is not None
    assert tuple(luck.lots("ete", LINES)) == tuple(line for line, _ in case.ranking)


@pytest.mark.parametrize(
    ("mechanism", "files", "found"),
    [
        ("draw", {}, "pool.txt is not there"),
        ("draw", {"pool.txt": b"ana\nana\n"}, "pool.txt, line 2: a ticket that stands twice"),
        ("jury", {"pool.txt": POOL}, "ballots/ines.json is not there"),
        ("quiz", {"pool.txt": POOL}, "answers.csv is not there"),
        ("quiz", {"pool.txt": POOL, "answers.csv": b"", "key.json": b""}, "key.json"),
    ],
)
def test_what_is_missing_or_wrong_is_told_by_its_file(mechanism, files, found):
    """Whoever checks a folder of downloaded files has to know which one to look at."""
    with pytest.raises(NoCase) as refused:
        made(terms(mechanism), files)

    assert found in refused.value.found


@pytest.mark.parametrize(
    ("mechanism", "names"),
    [
        ("draw", ("pool.txt",)),
        ("quiz", ("pool.txt", "answers.csv", "key.json")),
        ("quiz+draw", ("pool.txt", "answers.csv", "key.json")),
        ("jury", ("pool.txt", "ballots/ines.json", "ballots/hugo.json")),
        ("jury+vote", ("pool.txt", "ballots/ines.json", "ballots/hugo.json", "votes.csv")),
    ],
)
def test_the_files_of_a_draw_follow_from_its_rules(mechanism, names):
    """A draw waits for every one of them, and for no other."""
    assert names == names_for(terms(mechanism))


def test_rules_without_a_jury_have_no_files():
    """A record that somebody edited is told, not stumbled over."""
    with pytest.raises(NoCase):
        names_for(terms("jury", judging={"jurors": [], "criteria": []}))
