"""Nobody chooses who moves up: the same walk is made again, without the person who is passed over."""

import json

import pytest
from tests.contests.lives import CLAIMED, DRAWN, ORDER, announced, contest, frozen, hub_with
from tests.contests.relays import answer

from handbill.contests.drawing import draw, drawn_again
from handbill.contests.lots import Given
from handbill.contests.skipping import EVIDENCE, REASON_WORDS, changes, skip
from handbill.contests.steps import NotNow, take
from handbill.draw.award import REASONS
from handbill.errors import WrongUse


@pytest.fixture
def root(tmp_path):
    """A hub whose contest is drawn: three winners, two substitutes, three others."""
    found = hub_with(tmp_path / "hub")
    frozen(found)
    (tmp_path / "answer.json").write_bytes(answer(1000))
    draw(contest(found, DRAWN), Given(str(tmp_path / "answer.json")))
    return found


def passed_over(root, ticket, reason="declined", as_of=DRAWN):  # type: ignore[no-untyped-def]
    return skip(contest(root, as_of), ticket, reason)


def refused(root, ticket, reason="declined", as_of=DRAWN, error=NotNow) -> str:  # type: ignore[no-untyped-def]
    before = contest(root, as_of).record.files
    with pytest.raises(error) as told:
        passed_over(root, ticket, reason, as_of)
    assert before == contest(root, as_of).record.files
    return str(told.value)


def told(root):  # type: ignore[no-untyped-def]
    """Return winners, substitutes and skips as draw.json tells them."""
    found = json.loads(contest(root, DRAWN).file("draw.json"))
    return [one["ticket"] for one in found["winners"]], found["substitutes"], found["skips"]


def test_who_comes_next_in_the_order_moves_up(root):
    """The second wins the first prize, and the first substitute the last one."""
    made = passed_over(root, ORDER[0])

    skips = [{"ticket": ORDER[0], "reason": "declined"}]
    assert ([*ORDER[1:4]], [*ORDER[4:6]], skips) == told(root)
    assert ((0, ORDER[0], ORDER[1]), (1, ORDER[1], ORDER[3])) == changes(made)


def test_a_draw_with_skips_still_proves(root):
    """The record holds the digest of the draw as it was made; the skips stand beside it, with their reasons."""
    passed_over(root, ORDER[1])
    passed_over(root, ORDER[4], "underage")

    assert not [one for one in drawn_again(contest(root, DRAWN)) if one.is_right is False]
    assert "drawn" == contest(root, DRAWN).state


def test_a_substitute_can_be_passed_over_before_moving_up(root):
    """Somebody who renounces needs not be asked again later."""
    made = passed_over(root, ORDER[3])

    assert () == changes(made)
    assert [ORDER[4], ORDER[5]] == told(root)[1]


def test_all_chances_of_a_person_go_together(tmp_path):
    """Who is too young is too young with the second ticket as well."""
    root = hub_with(tmp_path / "hub", entries_per_person="2")
    frozen(root, (*ORDER, f"{ORDER[0]}#2", f"{ORDER[1]}#2"))
    (tmp_path / "answer.json").write_bytes(answer(1000))
    draw(contest(root, DRAWN), Given(str(tmp_path / "answer.json")))

    passed_over(root, f"{ORDER[0]}#2", "underage")

    winners, substitutes, skips = told(root)
    assert not [one for one in (*winners, *substitutes) if one.startswith(ORDER[0])]
    assert "underage" in [one["reason"] for one in skips]


def test_the_same_skip_twice_changes_nothing(root):
    """A command that is called again after a lost connection must not pass over the next one."""
    passed_over(root, ORDER[0])
    before = contest(root, DRAWN).file("draw.json")

    again = passed_over(root, ORDER[0])

    assert not again.is_new
    assert before == contest(root, DRAWN).file("draw.json")


def test_another_reason_for_the_same_person_is_refused(root):
    """A reason is public and was approved; it is not exchanged in passing."""
    passed_over(root, ORDER[0])

    assert "is passed over already, as declined" in refused(root, ORDER[0], "underage")


def test_nobody_is_passed_over_whom_the_draw_did_not_come_to(root):
    """To strike somebody from the order beforehand would be to choose."""
    assert "is no winner and no substitute" in refused(root, ORDER[7])


def test_a_ticket_that_is_not_in_the_pool_is_told_with_the_nearest(root):
    """Sixteen letters and figures are easily typed wrong."""
    assert f"“{ORDER[0]}”, perhaps" in refused(root, ORDER[0].replace("446", "464"), error=WrongUse)
    assert "has no ticket “qqqqqqqqqqqqqqqq”" in refused(root, "qqqqqqqqqqqqqqqq", error=WrongUse)


def test_a_reason_is_one_of_the_list(root):
    """“Does not please us” is none."""
    assert "wanted one of: duplicate_person, underage" in refused(root, ORDER[0], "ugly", error=WrongUse)


def test_nobody_is_unreachable_before_the_time_to_claim_is_over(root):
    """The rules give until midnight of 1 September, and an impatient organiser does not."""
    assert "until 2023-09-02 00:00 to answer" in refused(root, ORDER[0], "unreachable", "2023-09-01 23:59")
    assert passed_over(root, ORDER[0], "unreachable", CLAIMED).is_new


def test_rules_that_name_no_time_to_claim_leave_it_to_the_organiser(tmp_path):
    """A contest of an afternoon hands its prizes over on the spot."""
    root = hub_with(tmp_path / "hub", claim="")
    frozen(root)
    (tmp_path / "answer.json").write_bytes(answer(1000))
    draw(contest(root, DRAWN), Given(str(tmp_path / "answer.json")))

    assert passed_over(root, ORDER[0], "unreachable").is_new


def test_where_the_pool_is_used_up_a_prize_stays(root):
    """Better no winner than one whom nobody drew."""
    for ticket in ORDER[:6]:
        passed_over(root, ticket)

    assert ([*ORDER[6:]], []) == told(root)[:2]
    made = passed_over(root, ORDER[6])
    assert ((0, ORDER[6], ORDER[7]), (1, ORDER[7], "")) == changes(made)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (("verified",), "its winners are confirmed"),
        (("verified", "published"), "its winners are confirmed"),
        (("verified", "published", "settled", "purged"), "its winners are confirmed"),
    ],
)
def test_confirmed_winners_stay(root, steps, found):
    """They were told that they have won."""
    for step in steps:
        facts = {"draw": contest(root, DRAWN).record.files["draw.json"].sha256} if step == "verified" else {}
        take(contest(root, DRAWN), step, facts, {})

    assert found in refused(root, ORDER[0])


def test_nobody_is_passed_over_before_the_draw(tmp_path):
    """Whoever may not be in the pool is told before it is frozen."""
    root = hub_with(tmp_path / "hub")
    assert "nothing is drawn yet" in refused(root, ORDER[0])
    announced(root)
    assert "nothing is drawn yet" in refused(root, ORDER[0])
    take(contest(root, DRAWN), "cancelled", {"reason": "Orage."}, {})
    assert "the contest is cancelled" in refused(root, ORDER[0])


def test_nobody_is_passed_over_in_a_void_contest(tmp_path):
    """It begins anew, with everybody."""
    root = hub_with(tmp_path / "hub")
    frozen(root)
    assert "nothing is drawn yet" in refused(root, ORDER[0])
    take(contest(root, DRAWN), "void", {"reason": "Liste fausse.", "again": ""}, {})
    assert "the contest is void" in refused(root, ORDER[0])


def test_every_reason_says_what_it_means_and_what_to_keep():
    """Whoever is asked in a year has to have something to show."""
    assert set(REASONS) == set(REASON_WORDS) == set(EVIDENCE)
