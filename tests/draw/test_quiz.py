"""Answers → who is eligible, and in which order, by hand and for other programs."""

import json
import random
from pathlib import Path

import pytest
from tests.outputs.test_draw_scripts import run

from handbill.draw.answers import BadAnswers, answers_bytes, key_bytes
from handbill.draw.quiz import eligible, ranked

VECTORS = Path(__file__).with_name("vectors_quiz.json")

SALT = "0" * 64
QUIZ = {"questions": 2, "answers": "", "tiebreak": "Combien de vis ?"}
KEY = key_bytes(["étau", "12|douze"], "412", SALT)
LINES = ["ana", "ana#2", "bo", "cy", "dan"]


def answers(**more: list[str]) -> bytes:
    """Return the answers of all four, some of them others."""
    usual = {"ana": ["Étau", "12", "400"], "bo": ["étau", "Douze", "424"], "cy": ["étau", "13", "412"], "dan": ["étau", "12", ""]}
    return answers_bytes(2, {**usual, **more})


def test_who_answered_all_questions_right_is_eligible():
    """With every chance that the pool has for them; the last question does not make anybody right."""
    assert ("ana", "ana#2", "bo", "dan") == eligible(QUIZ, LINES, answers(), KEY)


def test_where_nobody_is_right_the_most_right_answers_count():
    """A question that was too hard must not leave all prizes at home."""
    one_right, none = ["marteau", "12", "1"], ["marteau", "13", "412"]

    assert ("ana", "ana#2", "dan") == eligible(QUIZ, LINES, answers(ana=one_right, bo=none, cy=none, dan=one_right), KEY)


def test_without_one_right_answer_nobody_is_eligible():
    """Lots among those who know nothing would be another contest."""
    assert () == eligible(QUIZ, LINES, answers(**{one: ["x", "y", "412"] for one in ("ana", "bo", "cy", "dan")}), KEY)


def test_a_quiz_of_the_last_question_alone_makes_everybody_eligible():
    """How many screws are in the jar? is a whole contest at a stall."""
    quiz = {**QUIZ, "questions": 0}
    guesses = answers_bytes(0, {"ana": ["400"], "bo": ["424"], "cy": ["412"], "dan": [""]})
    key = key_bytes([], "412", SALT)

    assert tuple(LINES) == eligible(quiz, LINES, guesses, key)
    assert ("cy", "ana#2", "ana", "bo", "dan") == ranked(quiz, LINES, guesses, key, ["dan", "ana#2", "cy", "ana", "bo"]).order


def test_the_nearest_wins_then_the_draw_and_no_number_comes_last():
    """400 and 424 are both twelve away from 412."""
    found = ranked(QUIZ, LINES, answers(), KEY, ["dan", "bo", "cy", "ana#2", "ana"])

    assert (("bo", "12"), ("ana#2", "12"), ("ana", "12"), ("dan", "")) == found.distances
    assert ("bo", "ana#2", "ana", "dan") == found.order


def test_no_digit_of_a_distance_is_lost():
    """Floats would call these two equal, and lots would part them."""
    huge = {"ana": ["étau", "12", "-999999999999999.999999999999998"], "bo": ["étau", "12", "-999999999999999.999999999999999"]}
    key = key_bytes(["étau", "12"], "999999999999999,999999999999999", SALT)

    found = ranked(QUIZ, LINES, answers(**huge), key, ["bo", "dan", "ana#2", "ana", "cy"])

    assert (
        ("ana#2", "1999999999999999.999999999999997"),
        ("ana", "1999999999999999.999999999999997"),
        ("bo", "1999999999999999.999999999999998"),
        ("dan", ""),
    ) == found.distances


def test_without_a_last_question_the_draw_decides():
    """The rules may ask none."""
    quiz = {**QUIZ, "tiebreak": ""}

    found = ranked(quiz, LINES, answers(), key_bytes(["étau", "12|douze"], "", SALT), ["dan", "bo", "cy", "ana#2", "ana"])

    assert (("dan", ""), ("bo", ""), ("ana#2", ""), ("ana", "")) == found.distances


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"lines": ["ana", "bo", "cy"]}, "in answers.csv: dan, which is no ticket of the pool"),
        ({"lines": [*LINES, "eve"]}, "in answers.csv: nothing about eve, a ticket of the pool"),
        ({"answers": b""}, "in answers.csv: a text that is not the one text of any answers to 2 questions"),
        ({"key": b""}, "in key.json: a text that is not the one text of any right answers"),
        ({"quiz": None}, "in key.json: rules without a quiz"),
    ],
)
def test_what_is_wrong_says_where(given, found):
    """A file of a public archive may be anything."""
    whole = {"quiz": QUIZ, "lines": LINES, "answers": answers(), "key": KEY, **given}

    with pytest.raises(BadAnswers) as caught:
        eligible(**whole)

    assert found == str(caught.value.found)


def test_a_line_that_no_lot_stands_for_is_told():
    """Without its place among the lots, nothing could part it from an equal one."""
    with pytest.raises(BadAnswers, match="dan, which the draw's order does not hold"):
        ranked(QUIZ, LINES, answers(), KEY, ["ana", "ana#2", "bo", "cy"])


def made_case(number: int) -> dict:
    """Return what entrants might answer, by chance that is the same every time."""
    chance = random.Random(f"quiz {number}")
    questions = chance.randrange(4)
    tickets = sorted({f"{chance.getrandbits(40):010x}" for _ in range(1 + chance.randrange(15))})
    lines = sorted([*tickets, *(f"{one}#2" for one in tickets if chance.random() < 0.3)])
    guesses = ["412", "410", "414", "411,5", "412.000000000000001", "-412", "-999999999999999", "", "beaucoup"]
    rows = {
        one: [*(chance.choice(["Étau", "étau ", "la “presse”", "a, b"]) for _ in range(questions)), chance.choice(guesses)]
        for one in tickets
    }
    quiz = {"questions": questions, "answers": "", "tiebreak": "Combien ?" if number % 3 else ""}
    key = key_bytes([chance.choice(["étau", "étau|la “presse”", "autre"]) for _ in range(questions)], "412" if number % 3 else "", SALT)
    tie_order = list(lines)
    chance.shuffle(tie_order)
    return {"quiz": quiz, "lines": lines, "answers": answers_bytes(questions, rows).decode(), "key": key.decode(), "tie_order": tie_order}


def test_the_vectors_for_other_programs_still_hold(refresh):
    """The browser compares the same answers, and has to come to the same order."""
    if refresh:
        cases = []
        for number in range(24):
            case = made_case(number)
            given = (case["quiz"], case["lines"], case["answers"].encode(), case["key"].encode())
            found = ranked(*given, case["tie_order"])
            cases.append({**case, "eligible": eligible(*given), "order": found.order, "distances": found.distances})
        VECTORS.write_text(json.dumps({"cases": cases}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for case in json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]:
        given = (case["quiz"], case["lines"], case["answers"].encode(), case["key"].encode())
        found = ranked(*given, case["tie_order"])

        assert case["eligible"] == list(eligible(*given))
        assert case["order"] == list(found.order)
        assert case["distances"] == [list(one) for one in found.distances]


def test_the_browser_ranks_a_thousand_quizzes_as_python_does():
    """Numbers of thirty digits are no floats there either."""
    cases = [made_case(number) for number in range(1000)]
    code = (
        "const raw = (text) => new TextEncoder().encode(text); return given.map((one) => {"
        "const files = new Map([['answers.csv', raw(one.answers)], ['key.json', raw(one.key)]]);"
        "return [all.eligible(one.quiz, one.lines, files), all.ranked(one.quiz, one.lines, files, one.tie_order)]; });"
    )

    found = run("draw-quiz.js", code, cases)

    for case, (right, order) in zip(cases, found, strict=True):
        given = (case["quiz"], case["lines"], case["answers"].encode(), case["key"].encode())
        assert list(eligible(*given)) == right
        assert [{"score": score, "ticket": line} for line, score in ranked(*given, case["tie_order"]).distances] == order
