"""What only a contest has."""

from dataclasses import replace
from decimal import Decimal

from tests.hubs import load_village, moment, text, write
from tests.kinds.committed import AT, contest_in, hub_of
from tests.kinds.test_contest import BASE

from handbill.kinds.contest_facts import Prize


def facts(root, **front):
    """Return the facts of a contest."""
    loaded, _ = load_village(root=write(root, {"content/contests/a.md": text(**{**BASE, **front})}))
    assert not loaded.problems, loaded.problems
    return loaded.hub.items[0].facts


def test_a_prize_for_two_has_two_winners():
    """A weekend for two, three times, is won by six people."""
    assert 6 == Prize("Un week-end", 3, "", shared_by=2).winners


def test_there_are_as_many_substitutes_as_winners_unless_it_says_otherwise(tmp_path):
    """Zero is said, and is no silence."""
    assert (2, 2) == ((found := facts(tmp_path)).winner_count, found.substitutes)
    assert 0 == facts(tmp_path / "none", substitutes="0").substitutes


def test_amounts_stay_what_was_written(tmp_path):
    """The rules print them."""
    found = facts(tmp_path, prizes='[{name: A, unit_value: 12.50}, {name: B, unit_value: "0.10"}]').prizes

    assert [Decimal("12.50"), Decimal("0.10")] == [one.unit_value for one in found]
    assert ["12.50", "0.10"] == [str(one.unit_value) for one in found]


def test_a_jury_sits_where_the_mechanism_says(tmp_path):
    """With the votes of members as one juror more, too."""
    jury = {"draw": "null", "judging": "{jurors: [a, b, c], blind: true}"}

    assert not facts(tmp_path).is_judged
    assert facts(tmp_path / "jury", mechanism="jury", **jury).is_judged
    assert facts(tmp_path / "votes", mechanism="jury+vote", **jury).judging.is_blind


def test_its_page_may_change_at_each_date_and_each_step(tmp_path):
    """A build asks by when it must be made again."""
    found = contest_in(hub_of(tmp_path)).facts

    assert {moment("2023-08-21 18:00"), moment("2023-08-23 17:59").replace(second=24)} < set(found.instants)
    assert {one.at for one in found.record.steps} < set(found.instants)
    assert 4 == len(replace(found, record=None).instants)
    assert AT["frozen"] == f"{found.record.last('frozen').at:%Y-%m-%d %H:%M}"
