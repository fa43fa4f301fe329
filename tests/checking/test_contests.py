"""Contests against what was committed of them."""

import pytest
from tests.contests.lives import ORDER
from tests.hubs import load_village, text, write
from tests.kinds.committed import hub_of
from tests.kinds.test_contest import BASE
from tests.kinds.test_contest_view import VOID

from handbill.checking.contests import check_contests
from handbill.errors import Level

LETTER = {"number": "1", "subject": "Août", "date": "2023-08-22 18:00"}
FROZEN = "2023-08-21 12:00"


def told(hub):
    return [(one.code, one.field, one.level) for one in check_contests(hub)]


@pytest.mark.parametrize(
    ("as_of", "front", "is_told"),
    [
        ("2026-04-20 12:00", {}, False),
        ("2026-04-24 12:00", {}, True),
        ("2026-05-05 12:00", {}, True),
        ("2026-05-11 00:00", {}, False),
        ("2026-05-05 12:00", {"cancelled": "Non."}, False),
    ],
)
def test_a_contest_that_opens_without_rules_is_told_while_something_can_be_done(tmp_path, as_of, front, is_told):
    """A week before, there is still time; after the closing it would be a reproach."""
    loaded, _ = load_village(as_of, write(tmp_path, {"content/contests/a.md": text(**{**BASE, **front})}))

    assert ([("HB476", "opens", Level.WARNING)] if is_told else []) == told(loaded.hub)


@pytest.mark.parametrize(
    ("letter", "is_told"),
    [
        ({}, False),
        ({"date": "2023-08-20 18:00"}, True),
        ({"date": "2023-08-23 18:00"}, True),
        ({"date": "2023-08-21 10:00"}, False),
        ({"draft": "true"}, False),
        ({"sections": "[events]"}, True),
    ],
)
def test_a_digest_that_no_letter_tells_before_the_draw_is_told(tmp_path, letter, is_told):
    """A letter to come counts: it is written, and will be sent."""
    others = {"newsletters/0.md": text(**{**LETTER, "number": "0", "date": "2023-05-01", "sections": "[events]"})}
    if "draft" not in letter:
        others["newsletters/1.md"] = text(**{**LETTER, **letter})
    else:
        others = {"newsletters/1.md": text(**{**LETTER, **letter})}
    hub = hub_of(tmp_path, FROZEN, others)

    assert ([("HB477", "draw", Level.WARNING)] if is_told else []) == told(hub)


def test_a_letter_whose_section_is_full_before_it_comes_to_the_list_does_not_tell_it(tmp_path):
    """Open contests come first, and a section of twelve has no room for a thirteenth."""
    dates = {"date": "2023-07-01", "opens": "2023-08-01", "closes": "2023-09-30", "draw": "2023-10-02 18:00"}
    others = {f"content/contests/{n}.md": text(**{**BASE, **dates}) for n in range(12)}
    hub = hub_of(tmp_path, FROZEN, {**others, "newsletters/1.md": text(**LETTER)})

    assert ("HB477", "draw", Level.WARNING) in told(hub)


@pytest.mark.parametrize("as_of", ["2023-08-20 12:00", "2023-08-23 18:00", "2023-12-01 12:00"])
def test_before_the_list_is_frozen_and_after_the_draw_nothing_is_said_of_letters(tmp_path, as_of):
    """There is nothing to tell yet, or nothing to mend any more."""
    assert [] == told(hub_of(tmp_path, as_of, {"newsletters/0.md": text(**{**LETTER, "date": "2023-05-01"})}))


def test_a_hub_without_letters_is_asked_for_none(tmp_path):
    """Its page and its feeds tell the digest."""
    assert [] == told(hub_of(tmp_path, FROZEN))


@pytest.mark.parametrize(
    ("winner", "promised", "expected"),
    [
        (f"name: Gwen Le Bihan, ticket: {ORDER[0]}", "opt_in", []),
        (f"name: Gwen B., ticket: {ORDER[0]}", "first_name_initial", []),
        (f"name: Gwen Le Bihan, ticket: {ORDER[0]}", "first_name_initial", [("HB480", "winners[1]", Level.WARNING)]),
        (f"name: Gwen, ticket: {ORDER[0]}", "pseudonym", [("HB480", "winners[1]", Level.WARNING)]),
        (f"name: Gwen, ticket: {ORDER[7]}", "opt_in", [("HB480", "winners[1]", Level.ERROR)]),
        ("name: Gwen", "opt_in", [("HB480", "winners[1]", Level.ERROR)]),
    ],
)  # fmt: skip
def test_a_winner_is_named_as_the_draw_and_the_rules_say(tmp_path, winner, promised, expected):
    """A name beside a ticket that has not won is how a draw is forged; a whole name is how a promise is broken."""
    assert expected == told(hub_of(tmp_path, winners=f"[{{{winner}}}]", publish_winners=promised))


def test_words_that_cancel_a_contest_whose_list_is_frozen_are_refused(tmp_path):
    """Its entrants have a right to the draw; declared void, it says why."""
    assert [("HB473", "cancelled", Level.ERROR)] == told(hub_of(tmp_path, FROZEN, cancelled="Plus envie."))
    assert [] == told(hub_of(tmp_path / "open", "2023-08-10 12:00", cancelled="Plus envie."))
    assert [] == told(hub_of(tmp_path / "void", end=VOID, cancelled="La liste était fausse."))
