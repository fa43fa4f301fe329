"""What a proposal begins with follows the kinds, and is read by people who have never seen the handbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbill.kinds import KINDS
from handbill.proposals.templates import ALWAYS, PARTS, PLACES, templates
from handbill.settings import read_settings

REPOSITORY = Path(__file__).resolve().parents[2]


def test_each_kind_has_its_part_and_asks_about_fields_that_it_has():
    """A checklist that asks about a field of last year teaches people not to read it."""
    assert {kind.name for kind in KINDS} == set(PARTS)
    for kind in KINDS:
        known = {one.name for one in kind.all_fields}
        assert set() == {one.field for one in (*ALWAYS, *PARTS[kind.name][1])} - known


@pytest.mark.parametrize("forge", sorted(PLACES))
def test_every_forge_gets_the_one_text_at_its_own_place(forge):
    """A file at the wrong place is a file that nobody sees."""
    made = templates(KINDS, forge, "en")

    assert PLACES[forge] == next(iter(made))
    assert (1 + len(KINDS) if forge == "github" else 1) == len(made)


def test_a_proposal_of_one_kind_is_asked_about_that_alone():
    """Whoever came by “propose an event” need not read about draws."""
    made = templates(KINDS, "github", "en")

    assert "- [ ] Opening and closing have a date and an hour.\n" in made[".github/PULL_REQUEST_TEMPLATE/contest.md"]
    assert "Opening and closing" not in made[".github/PULL_REQUEST_TEMPLATE/event.md"]
    assert "<details>" not in made[".github/PULL_REQUEST_TEMPLATE/event.md"]


def test_a_french_hub_speaks_french_to_those_who_propose():
    """They are members, and mostly no developers."""
    made = templates(KINDS, "github", "fr")[PLACES["github"]]

    assert "## Ce que les membres remarqueront\n" in made
    assert "<summary>Un évènement</summary>\n\n- [ ] Le jour de la semaine" in made
    assert not [word for word in (" the ", " and ", "Somebody") if word in made]


def test_the_templates_in_this_repository_are_those_of_its_kinds():
    """A kind that gets a field gets its question in the same proposal."""
    made = templates(KINDS, "github", read_settings(REPOSITORY).lang)

    assert made == {path: (REPOSITORY / path).read_text(encoding="utf-8") for path in made}
