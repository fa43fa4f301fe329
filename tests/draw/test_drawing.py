"""A draw, its text, and the same draw made again."""

import json

import pytest
from tests.draw.samples import ROUND_1000

from handbill.draw.award import Skip
from handbill.draw.canonical import canonical
from handbill.draw.drawing import Case, NoDrawing, Numbers, Round, as_first, digest_of, drawing_bytes, drawing_in, drawn, redrawn
from handbill.draw.pool import digest_of as digest
from handbill.draw.pool import pool_bytes

LINES = tuple(sorted(("ana", "ana#2", "bilal", "chloe", "david", "emma", "farid", "gwen", "hugo")))
CASE = Case("ete", "draw", {"fr": "0" * 64}, digest(pool_bytes(LINES)), LINES, (1, 2), 2)
LUCK = {"hubdraw-1": ROUND_1000, "rfc3797": Numbers(((5, 12, 2), (9319,)))}


@pytest.mark.parametrize("algorithm", LUCK)
def test_a_draw_is_its_text_and_comes_out_again(algorithm):
    """Anybody who has the file can make the draw anew and gets the same bytes."""
    drawing = drawn(CASE, LUCK[algorithm], {}, "1.0")

    assert algorithm == drawing.algorithm
    assert drawing == drawing_in(drawing_bytes(drawing))
    assert drawing == redrawn(drawing, CASE)


@pytest.mark.parametrize("algorithm", LUCK)
def test_after_a_skip_the_first_draw_can_still_be_told(algorithm):
    """The record holds the digest of the draw as it was made; who was skipped since may not blur that."""
    first = drawn(CASE, LUCK[algorithm], {}, "1.0")
    winner = first.award.winners[0][0]

    later = redrawn(drawn(CASE, LUCK[algorithm], {winner: "declined"}, "1.0"), CASE)

    assert Skip(winner, "declined") in later.award.skips
    assert digest_of(first) != digest_of(later)
    assert first == as_first(later, CASE.prizes, CASE.substitutes)


def test_the_beacon_puts_the_whole_pool_in_order_and_numbers_as_much_as_is_walked():
    """RFC 3797 selects one after another; to go on to the end would only cost."""
    assert sorted(LINES) == sorted(drawn(CASE, LUCK["hubdraw-1"], {}, "1.0").order)
    numbered = drawn(CASE, LUCK["rfc3797"], {}, "1.0")
    assert numbered.award.walked == len(numbered.order) < len(LINES)


def test_a_ranking_is_the_order():
    """A jury's marks decide, and lots only among equals, before."""
    ranking = (("emma", "1.5"), ("ana", "0.5"), ("hugo", "-0.5"))
    case = Case("ete", "jury", {}, CASE.pool, LINES, (1, 1), 1, ranking=ranking)

    for luck in LUCK.values():
        drawing = drawn(case, luck, {}, "1.0")
        assert ("emma", "ana", "hugo") == drawing.order
        assert drawing == drawing_in(drawing_bytes(drawing)) == as_first(drawing, (1, 1), 1)


def test_lots_are_drawn_among_the_eligible_alone():
    """Who answered a quiz wrong has no lot in it."""
    case = Case("ete", "quiz+draw", {}, CASE.pool, LINES, (1,), 1, eligible=("ana", "hugo"))

    for luck in LUCK.values():
        drawing = drawn(case, luck, {}, "1.0")
        assert ["ana", "hugo"] == sorted(drawing.order)
        assert drawing == drawing_in(drawing_bytes(drawing))


def changed(**values):
    """Return the text of a draw with other values."""
    return canonical({**json.loads(drawing_bytes(drawn(CASE, ROUND_1000, {}, "1.0"))), **values})


@pytest.mark.parametrize(
    "values",
    [
        {"algorithm": "hubdraw-2"},
        {"algorithm": ["hubdraw-1"]},
        {"algorithm": "rfc3797"},
        {"more": 1},
        {"pool_size": "8"},
        {"pool_size": True},
        {"source": "another beacon"},
        {"round": 0},
        {"round": 1 << 60},
        {"round": 1000.0},
        {"randomness": "fe"},
        {"randomness": "F" * 64},
        {"signature": "b44"},
        {"order": [1]},
        {"order": "ana"},
        {"skips": [{"ticket": "ana", "reason": "because"}]},
        {"winners": [{"ticket": "ana", "prize": True}]},
        {"rules_digest": {"fr": None}},
        {"eligible": None},
    ],
    ids=repr,
)
def test_what_no_draw_says_is_refused(values):
    """Whoever reads a stranger's file trusts no key of it."""
    with pytest.raises(NoDrawing):
        drawing_in(changed(**values))


def test_half_a_sign_is_refused():
    """JSON can write what no text can hold."""
    raw = drawing_bytes(drawn(CASE, ROUND_1000, {}, "1.0")).replace(b'"1.0"', b'"\\ud800"')

    with pytest.raises(NoDrawing):
        drawing_in(raw)


@pytest.mark.parametrize("raw", [b"", b"[]\n", b"null\n", b"{}\n", b"[" * 100_000, b"\xff", b'"draw"\n'])
def test_what_is_no_table_is_refused(raw):
    """It is the first thing that a broken download is."""
    with pytest.raises(NoDrawing):
        drawing_in(raw)


@pytest.mark.parametrize("key", ["7./8.", "8./7./", ""])
def test_the_key_of_numbers_is_their_own(key):
    """A reader who checks by hand starts from the key that the file shows."""
    told = json.loads(drawing_bytes(drawn(CASE, Numbers(((7,), (8,))), {}, "1.0")))

    with pytest.raises(NoDrawing):
        drawing_in(canonical({**told, "key": key}))


def test_a_round_names_its_chain():
    """Another chain's round of the same number is another draw."""
    other = Round("0" * 64, *[getattr(ROUND_1000, name) for name in ("number", "signature", "randomness")])

    assert digest_of(drawn(CASE, ROUND_1000, {}, "1.0")) != digest_of(drawn(CASE, other, {}, "1.0"))
