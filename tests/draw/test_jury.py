"""Ballots → the order of the works, by hand, by another way of counting, and for other programs."""

import json
import random
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from tests.outputs.test_draw_scripts import run

from handbill.draw.ballots import BadBallot, ballot_bytes, juror_keys, votes_bytes
from handbill.draw.jury import Ranking, judged, score_text

VECTORS = Path(__file__).with_name("vectors_jury.json")

ONE = [{"name": "Note", "weight": "1", "scale": 10}]
SALT = "0" * 64


def jury(criteria=ONE, jurors=("ana", "bo", "cy")):
    """Return what the terms hold of a jury."""
    return {"jurors": list(jurors), "criteria": criteria, "blind": False}


def sheet(juror: str, marks: dict[str, object], conflicts: tuple[str, ...] = ()) -> bytes:
    """Return a ballot; a mark that stands alone is by the one criterion."""
    full = {
        line: {name: Decimal(str(mark)) for name, mark in (of_line if isinstance(of_line, dict) else {"Note": of_line}).items()}
        for line, of_line in marks.items()
    }
    return ballot_bytes("photo", juror, SALT, full, conflicts)


def count(lines: str, ballots: dict[str, bytes], votes: bytes | None = None, criteria=ONE, tie_order: str = "") -> Ranking:
    """Count ballots of works that are called by one letter each."""
    return judged("photo", jury(criteria, ballots), list(lines), ballots, votes, list(tie_order or lines))


def test_the_order_is_that_of_the_mean_over_jurors_each_on_a_scale_of_their_own():
    """A juror who uses the whole scale must not weigh more than one who marks between six and eight.

    By hand: Ana's 2, 5, 8 and Bo's 6, 7, 8 both are −√1.5, 0, √1.5; Cy's 9, 9,
    3 are 1/√2, 1/√2, −√2.  √1.5 = 1.224744871392, 1/√2 = 0.707106781187.
    """
    found = count(
        "pqr",
        {
            "ana": sheet("ana", {"p": 2, "q": 5, "r": 8}),
            "bo": sheet("bo", {"p": 6, "q": 7, "r": 8}),
            "cy": sheet("cy", {"p": 9, "q": 9, "r": 3}),
        },
    )

    # p: (−2·1.224744871392 + 0.707106781187) / 3, q: 0.707106781187 / 3, r: (2·1.224744871392 − 1.414213562373) / 3
    assert (("r", "0.345092060137"), ("q", "0.235702260396"), ("p", "-0.580794320532")) == found.scores
    assert ("r", "q", "p") == found.order
    assert () == found.unjudged


def test_a_criterion_counts_by_its_weight_whatever_its_scale():
    """Twenty points for the gesture and ten for the story, half each: ten points of twenty are no more than five of ten."""
    criteria = [{"name": "Récit", "weight": "0.5", "scale": 10}, {"name": "Geste", "weight": "0.5", "scale": 20}]
    marks = {"p": {"Récit": 10, "Geste": 0}, "q": {"Récit": 0, "Geste": 20}, "r": {"Récit": 5, "Geste": 10}}

    found = count("pqr", {one: sheet(one, marks) for one in ("ana", "bo", "cy")}, criteria=criteria, tie_order="rqp")

    assert (("r", "0.000000000000"), ("q", "0.000000000000"), ("p", "0.000000000000")) == found.scores


def test_a_juror_whose_marks_are_all_equal_prefers_nobody():
    """Their standard deviation is 0, and nothing can be divided by it."""
    flat = {"p": 7, "q": 7, "r": 7}

    found = count("pqr", {"ana": sheet("ana", flat), "bo": sheet("bo", flat), "cy": sheet("cy", {"p": 1, "q": 2, "r": 3})})

    assert (("r", "0.408248290464"), ("q", "0.000000000000"), ("p", "-0.408248290464")) == found.scores


def test_a_juror_in_conflict_is_left_out_for_that_work_alone():
    """Ana knows who made r: her 2 and 8 are −1 and 1, and r has the mean of two jurors."""
    found = count(
        "pqr",
        {
            "ana": sheet("ana", {"p": 2, "q": 8}, ("r",)),
            "bo": sheet("bo", {"p": 6, "q": 7, "r": 8}),
            "cy": sheet("cy", {"p": 6, "q": 7, "r": 8}),
        },
    )

    # q: 1/3, r: √1.5, p: (−1 − 2·√1.5) / 3
    assert (("r", "1.224744871392"), ("q", "0.333333333333"), ("p", "-1.149829914261")) == found.scores


def test_a_work_that_fewer_than_two_jurors_marked_is_not_ranked():
    """One juror's taste is no judgement of a jury."""
    found = count(
        "pqr",
        {
            "ana": sheet("ana", {"p": 2, "q": 8}, ("r",)),
            "bo": sheet("bo", {"p": 6, "q": 7}, ("r",)),
            "cy": sheet("cy", {"p": 6, "q": 7, "r": 8}),
        },
    )

    assert ("r",) == found.unjudged
    assert ("q", "p") == found.order


def test_a_juror_who_could_not_come_is_in_conflict_with_every_work():
    """A jury of three goes on with two, and everybody can see it."""
    marks = {"p": 2, "q": 8}

    found = count("pq", {"ana": sheet("ana", {}, ("p", "q")), "bo": sheet("bo", marks), "cy": sheet("cy", marks)})

    assert (("q", "1.000000000000"), ("p", "-1.000000000000")) == found.scores


def test_equal_works_come_in_the_order_of_the_draw():
    """Nobody may choose between them, neither the jury nor the alphabet."""
    ballots = {one: sheet(one, {"p": 5, "q": 5, "r": 9}) for one in ("ana", "bo", "cy")}

    assert ("r", "q", "p") == count("pqr", ballots, tie_order="qpr").order
    assert ("r", "p", "q") == count("pqr", ballots, tie_order="rpq").order


def test_works_that_are_equal_on_paper_are_equal_here():
    """Digits that were cut off must not make one of them win.

    q got 1 and 1, r got 0 and 2, from two jurors with the same four marks: the
    same mean, though not the same roots.  With z-scores of twelve decimals
    they differ in the last.
    """
    found = count("pqrs", {
        "ana": sheet("ana", {"p": 9, "q": 1, "r": 0, "s": 2}),
        "bo": sheet("bo", {"p": 0, "q": 1, "r": 2, "s": 9}),
        "cy": sheet("cy", {}, tuple("pqrs")),
    })  # fmt: skip

    scores = dict(found.scores)
    assert "-0.565685424949" == scores["q"] == scores["r"]


def test_the_votes_of_members_are_one_juror_more():
    """Three hundred friends of one entrant weigh as much as one juror, not more."""
    marks = {"p": 4, "q": 8}
    ballots = {one: sheet(one, marks) for one in ("ana", "bo", "cy")}

    found = count("pq", ballots, votes_bytes({"p": 312, "q": 4}))

    # (−1 −1 −1 + 1) / 4
    assert (("q", "0.500000000000"), ("p", "-0.500000000000")) == found.scores


@pytest.mark.parametrize(
    ("ballots", "votes", "found"),
    [
        ({"ana": b""}, None, "in the ballot of ana: a text that is not the one text of any ballot"),
        ({"cy": None}, None, "no ballot of cy"),
        ({"dan": b"{}\n"}, None, "the ballot of dan, who is not of the jury"),
        ({}, b"ticket,count\np,1\n", "in votes.csv: nothing about q, a ticket of the pool"),
    ],
)
def test_what_is_wrong_says_whose_it_is(ballots, votes, found):
    """A jury of five has to know which of them must hand in another ballot."""
    whole = {one: sheet(one, {"p": 1, "q": 2}) for one in ("ana", "bo", "cy")}
    given = {juror: raw for juror, raw in {**whole, **ballots}.items() if raw is not None}

    with pytest.raises(BadBallot) as caught:
        judged("photo", jury(), "pq", given, votes, "pq")

    assert found == str(caught.value.found)


def test_a_work_that_no_lot_stands_for_is_told():
    """Without its place among the lots, nothing could part it from an equal one."""
    with pytest.raises(BadBallot, match="q, which the draw's order does not hold"):
        count("pq", {one: sheet(one, {"p": 1, "q": 1}) for one in ("ana", "bo", "cy")}, tie_order="p")


@pytest.mark.parametrize(("score", "text"), [(0, "0.000000000000"), (-1, "-0.000000000001"), (15 * 10**11, "1.500000000000")])
def test_a_score_is_told_with_twelve_decimals(score, text):
    """Who counts it again compares all of them."""
    assert text == score_text(score)


def counted_otherwise(case: dict) -> list[list[str]]:
    """Return the scores of a case by fractions and roots of a hundred digits, with none of the product's counting."""
    sheets: list[dict[str, Fraction]] = []
    for raw in case["ballots"].values():
        told = json.loads(raw)
        sheets.append(
            {
                line: sum(
                    (Fraction(one["weight"]) * Fraction(of_line[one["name"]]) / one["scale"] for one in case["judging"]["criteria"]),
                    Fraction(0),
                )
                for line, of_line in told["scores"].items()
            }
        )
    if case["votes"]:
        rows = [row.split(",") for row in case["votes"].splitlines()[1:]]
        sheets.append({line: Fraction(number) for line, number in rows})
    with localcontext() as context:
        context.prec = 100
        z: list[dict[str, Decimal]] = []
        for totals in sheets:
            mean = sum(totals.values(), Fraction(0)) / len(totals) if totals else Fraction(0)
            variance = sum(((one - mean) ** 2 for one in totals.values()), Fraction(0)) / len(totals) if totals else Fraction(0)
            sd = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
            z.append(
                {k: Decimal((v - mean).numerator) / Decimal((v - mean).denominator) / sd if sd else Decimal(0) for k, v in totals.items()}
            )
        scores = {}
        for line in case["lines"]:
            found = [one[line] for one in z if line in one]
            if len(found) >= 2:
                scores[line] = (sum(found, Decimal(0)) / len(found)).quantize(Decimal("1e-12"), ROUND_HALF_UP) + 0
        place = {line: number for number, line in enumerate(case["tie_order"])}
        order = sorted(scores, key=lambda line: (-scores[line], place[line]))
        return [[line, f"{scores[line]:f}"] for line in order]


def made_case(number: int) -> dict:
    """Return what a jury might hand in, by chance that is the same every time."""
    chance = random.Random(f"jury {number}")
    lines = sorted({f"{chance.getrandbits(40):010x}" for _ in range(1 + chance.randrange(12))})
    criteria = [
        {"name": f"critère {one}", "weight": weight, "scale": chance.choice([5, 7, 10, 20])}
        for one, weight in enumerate(chance.choice([["1"], ["0.5", "0.5"], ["0.3333", "0.3333", "0.3334"]]), 1)
    ]
    jurors = ["ana", "bo", "cy", "dan"][: 3 + chance.randrange(2)]
    ballots = {}
    for juror in jurors:
        conflicts = [line for line in lines if chance.random() < 0.15]
        marks = {
            line: {one["name"]: Decimal(chance.randrange(one["scale"] * 4 + 1)) / 4 for one in criteria}
            for line in lines
            if line not in conflicts
        }
        ballots[juror] = ballot_bytes("photo", juror, f"{number:064x}", marks, conflicts).decode()
    votes = votes_bytes({line: chance.randrange(40) for line in lines}).decode() if number % 2 else None
    tie_order = list(lines)
    chance.shuffle(tie_order)
    judging = {"jurors": jurors, "criteria": criteria, "blind": False}
    return {"contest": "photo", "judging": judging, "lines": lines, "ballots": ballots, "votes": votes, "tie_order": tie_order}


def of(case: dict) -> Ranking:
    """Count a case."""
    ballots = {juror: raw.encode() for juror, raw in case["ballots"].items()}
    votes = case["votes"].encode() if case["votes"] else None
    return judged(case["contest"], case["judging"], case["lines"], ballots, votes, case["tie_order"])


def test_three_hundred_juries_are_counted_as_by_fractions_and_long_roots():
    """Whole numbers and one root must come to the same twelve decimals as the textbook."""
    for number in range(300):
        case = made_case(number)
        assert counted_otherwise(case) == [list(one) for one in of(case).scores], number


def test_the_vectors_for_other_programs_still_hold(refresh):
    """The browser counts the same ballots, and has to come to the same digits."""
    if refresh:
        cases = []
        for number in range(24):
            found = of(case := made_case(number))
            cases.append({**case, "order": found.order, "scores": found.scores, "unjudged": found.unjudged})
        VECTORS.write_text(json.dumps({"cases": cases}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for case in json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]:
        found = of(case)

        assert case["order"] == list(found.order)
        assert case["scores"] == [list(one) for one in found.scores]
        assert case["unjudged"] == list(found.unjudged)
        assert case["scores"] == counted_otherwise(case)


@pytest.mark.long
def test_the_browser_counts_a_thousand_juries_as_python_does():
    """It has no fractions, and a float there would part equal works otherwise than here."""
    cases = [made_case(number) for number in range(1000)]
    code = (
        "const raw = (text) => new TextEncoder().encode(text); return given.map((one) => {"
        "const files = new Map(Object.entries(one.ballots).map(([juror, text]) => [`ballots/${juror}.json`, raw(text)]));"
        "if (one.votes) files.set('votes.csv', raw(one.votes));"
        "return all.judged(one.contest, one.judging, one.lines, files, Boolean(one.votes), one.tie_order); });"
    )

    found = run("draw-jury.js", code, cases)

    assert [[{"score": score, "ticket": line} for line, score in of(case).scores] for case in cases] == found


def test_the_browser_calls_jurors_as_python_does():
    """A ballot of a juror with an unusual name would not be found there."""
    names = ["Inès Carrère", "Lætitia", "O’Neil", "山田", "Weiß", "\u017fam ﬁn", "Łucja", "ẞ K", "a\u034fb", "x" * 80]

    assert list(juror_keys(names)) == run("draw-jury.js", "return all.jurorKeys(given);", names)
