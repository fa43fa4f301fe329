"""What no rules of a contest could say."""

import pytest
from tests.hubs import load_village, text, write
from tests.kinds.test_contest import BASE

from handbill.errors import Level

JURY = {"mechanism": "jury", "draw": "null"}
CRITERIA = "criteria: [{name: Récit, weight: 0.6}, {name: Geste, weight: 0.4}]"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def told(root, **front):
    """Return what is wrong: the code, the field, what was found."""
    loaded, _ = load_village(root=write(root, {"content/contests/a.md": text(**{**BASE, **front})}))
    return [(one.code, one.field, one.found) for one in loaded.problems if one.level is Level.ERROR]


@pytest.mark.parametrize(
    "front",
    [
        {"purchase_required": "false"},
        {"min_age": "16", "parental_consent": "Un parent signe."},
        {**JURY, "judging": f"{{jurors: [ada, bob, cyd], {CRITERIA}}}"},
        {**JURY, "judging": "{criteria: [{name: A, weight: 0.3333}, {name: B, weight: 0.3333}, {name: C, weight: 0.3334}]}"},
        {**JURY, "mechanism": "jury+vote", "judging": f"{{jurors: [ada, bob, cyd], {CRITERIA}}}"},
        {**JURY, "mechanism": "quiz", "quiz": f"{{questions: 3, answers: {DIGEST}, tiebreak: Combien ?}}"},
        {"mechanism": "quiz+draw", "quiz": "{questions: 3}"},
    ],
)  # fmt: skip
def test_every_mechanism_has_what_it_needs(tmp_path, front):
    """None of this is asked for again: what is right is said by silence."""
    assert [] == told(tmp_path, **front)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ({"purchase_required": "true"}, ("HB223", "purchase_required", "a contest for buyers only, in which chance has a part")),
        ({**JURY, "purchase_required": "true"}, ("HB223", "purchase_required", "a contest for buyers only, in which chance has a part")),
        ({"min_age": "16"}, ("HB224", "parental_consent", "entrants from 16 years on, and no word of their parents")),
        ({"judging": "{jurors: [ada, bob, cyd]}"}, ("HB225", "judging", "a jury, where mechanism is draw")),
        ({**JURY, "judging": "{jurors: [ada, bob]}"}, ("HB225", "judging.jurors", "a jury of 2")),
        ({**JURY, "judging": "{jurors: [ada, bob, Ada]}"}, ("HB225", "judging.jurors", "a juror who stands there twice")),
        ({**JURY, "judging": "{criteria: [{name: A, weight: 0.5}, {name: a, weight: 0.5}]}"}, ("HB225", "judging.criteria", "two criteria of one name")),
        ({**JURY, "judging": "{criteria: [{name: A, weight: 0.5}, {name: B, weight: 0.4}]}"}, ("HB225", "judging.criteria", "weights that are 0.9 together")),
        ({**JURY, "quiz": "{questions: 3}"}, ("HB225", "quiz", "a quiz, where mechanism is jury")),
        ({"mechanism": "quiz", "quiz": "{questions: 3, answers: Paris}"}, ("HB225", "quiz.answers", "a digest that is none")),
    ],
)  # fmt: skip
def test_what_is_unlawful_unfair_or_impossible_is_refused(tmp_path, front, expected):
    """The reason stands in the message: an editor has no lawyer at hand."""
    assert [expected] == told(tmp_path, **front)


def test_a_purchase_with_chance_is_refused_with_the_law(tmp_path):
    """Who is refused without the reason looks for a way around it."""
    loaded, _ = load_village(root=write(tmp_path, {"content/contests/a.md": text(**BASE, purchase_required="true")}))

    assert "L. 320-1" in next(one.wanted for one in loaded.problems if one.code == "HB223")


@pytest.mark.parametrize("word", ["vote", "Votes", "vote du public", "likes"])
def test_votes_alone_are_refused_with_the_reason(tmp_path, word):
    """Whoever has most friends, or most false accounts, would win."""
    loaded, _ = load_village(root=write(tmp_path, {"content/contests/a.md": text(**{**BASE, "mechanism": word})}))
    wanted = next(one.wanted for one in loaded.problems if one.field == "mechanism")

    assert "stuffs the ballot box" in wanted
    assert "jury+vote" in wanted


def test_an_answer_that_is_none_is_not_repeated(tmp_path):
    """Who writes the answer itself in its place would read it again in a public log."""
    assert "Paris" not in str(told(tmp_path, mechanism="quiz", quiz="{questions: 3, answers: Paris}"))
