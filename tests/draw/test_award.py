"""Who wins what, along an order."""

import pytest

from handbill.draw.award import Award, Skip, award, told_skips

ORDER = ("gwen", "chloe", "farid", "chloe#2", "ana", "emma", "gwen#3", "bilal")


def test_prizes_go_in_their_declared_order_and_then_substitutes():
    """The first prize is the first line's, and nobody chooses."""
    assert Award((("gwen", 0), ("chloe", 1), ("farid", 1)), (), (), 3) == award(ORDER, (1, 2), 0, {})


def test_nobody_wins_twice():
    """More chances are more lines, never more prizes; the walk says whom it passed over."""
    expected = Award(
        (("gwen", 0), ("chloe", 1), ("farid", 1)),
        ("ana", "emma", "bilal"),
        (Skip("chloe#2", "duplicate_person"), Skip("gwen#3", "duplicate_person")),
        8,
    )

    assert expected == award(ORDER, (1, 2), 3, {})


def test_a_substitute_moves_up_for_whoever_is_skipped():
    """The second of a list gets the prize of a winner who does not answer, and the reason is there for all to read."""
    expected = Award(
        (("chloe", 0), ("farid", 1), ("ana", 1)), ("emma",), (Skip("gwen", "unreachable"), Skip("chloe#2", "duplicate_person")), 6
    )

    assert expected == award(ORDER, (1, 2), 1, {"gwen": "unreachable"})


def test_a_person_is_skipped_with_all_their_chances():
    """Who was too young by the first ticket is too young by the second."""
    made = award(ORDER, (1, 1, 1), 3, {"chloe#2": "underage"})

    assert (Skip("chloe", "underage"), Skip("chloe#2", "underage"), Skip("gwen#3", "duplicate_person")) == made.skips
    assert "chloe" not in {line for line, _ in made.winners}


def test_one_person_behind_two_tickets_can_be_passed_over_by_hand():
    """Two addresses of one person are two tickets, and only the organiser can tell."""
    made = award(ORDER, (2,), 1, {"chloe": "duplicate_person"})

    assert ((("gwen", 0), ("farid", 0)), ("ana",)) == (made.winners, made.substitutes)


def test_a_skip_that_the_walk_never_came_to_is_not_told():
    """Nobody reads that a person was refused who would have won nothing."""
    assert award(ORDER, (1,), 1, {}) == award(ORDER, (1,), 1, {"bilal": "declined"})


def test_an_order_that_ends_leaves_prizes_with_nobody():
    """Fewer entrants than prizes is no reason to fall over."""
    assert Award((("ana", 0),), (), (Skip("ana#2", "duplicate_person"),), 2) == award(("ana", "ana#2"), (1, 10**15), 10**15, {})


def test_another_reason_is_refused():
    """A closed list is what keeps favours out."""
    with pytest.raises(ValueError, match="because"):
        award(ORDER, (1,), 1, {"gwen": "because"})


@pytest.mark.parametrize(
    "skips", [{}, {"gwen": "declined"}, {"chloe": "duplicate_person", "ana": "unreachable"}, {"gwen#3": "rules_breach"}]
)
def test_the_skips_of_people_are_told_from_those_of_the_walk(skips):
    """The same walk can be made again from what was written down of it."""
    made = award(ORDER, (1, 2), 2, skips)

    assert made == award(ORDER, (1, 2), 2, told_skips(made))
