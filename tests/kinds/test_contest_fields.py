"""The fields of a contest: what can be written, and nothing else."""

import pytest
from tests.hubs import load_village, text, write
from tests.kinds.test_contest import BASE

from handbill.hub.fields import Choice
from handbill.kinds.contest_fields import FIELDS

FIELD = {one.name: one for one in FIELDS}


def test_every_mechanism_and_every_way_of_entering_is_explained():
    """An editor chooses by what it means for members."""
    for name in ("mechanism", "entry"):
        kind = FIELD[name].type
        assert isinstance(kind, Choice)
        assert len(kind.words) == len(kind.does) == len(set(kind.does))


@pytest.mark.parametrize("mechanism", ["draw", "jury", "quiz", "quiz+draw", "jury+vote"])
def test_every_mechanism_can_be_written(tmp_path, mechanism):
    """Five, and no sixth."""
    loaded, _ = load_village(root=write(tmp_path, {"content/contests/a.md": text(**{**BASE, "mechanism": mechanism})}))

    assert ([], mechanism) == (list(loaded.problems), loaded.hub.items[0].facts.mechanism)


def test_an_organiser_is_a_name_or_all_that_the_rules_must_say(tmp_path):
    """Most have the rest in hub.toml already."""
    long = "{name: Asso, form: association, address: '1 rue du Puits', contact: a@asso.example}"
    for number, (written, address) in enumerate([("Asso", ""), (long, "1 rue du Puits")]):
        loaded, _ = load_village(root=write(tmp_path / str(number), {"content/contests/a.md": text(**{**BASE, "organiser": written})}))
        organiser = loaded.hub.items[0].facts.organiser
        assert ("Asso", address) == (organiser.name, organiser.address)


def test_everybody_can_enter_unless_it_says_otherwise(tmp_path):
    """What is left out must never make a contest unlawful."""
    loaded, _ = load_village(root=write(tmp_path, {"content/contests/a.md": text(**BASE)}))
    facts = loaded.hub.items[0].facts

    assert (18, 1, 24, "hubdraw-1", "opt_in", 90) == (
        facts.min_age, facts.entries_per_person, facts.objection_hours, facts.algorithm, facts.privacy.publish_winners, facts.privacy.retention_days
    )  # fmt: skip
