"""The English rules: who organises, when, who may enter and how, and what is won (`test_text.py` has what both languages share)."""

from __future__ import annotations

from tests.rules.sample import DRAW, a_hub, an_edition, load

from handbill.rules.contract import contract_of
from handbill.rules.english import english


def rules(tmp_path, **more):
    item, settings = load(a_hub(tmp_path, DRAW, **more))
    return english(contract_of(item, settings), an_edition()).replace("\xa0", " ")


def test_the_first_thing_said_is_that_it_is_a_model(tmp_path):
    """Whoever takes it for a lawyer's work is left alone with the consequences."""
    text = rules(tmp_path)

    assert "\n\n> **Made from a model.**" in text
    assert "Version 1, announced on Thursday 14 May 2026 at 10:00. The contest’s identifier: `ete-photo`." in text


def test_dates_and_sums_are_english(tmp_path):
    """30,50 is two numbers to an English reader."""
    text = rules(tmp_path)

    assert "- Entries close: Tuesday 30 June 2026 at midnight (the end of that day)" in text
    assert "| 3 | 3 | €30.50 | €91.50 |" in text
    assert "Value of all prizes: €136.50, for 4 winners." in text


def test_members_and_minors_know_whether_they_may_enter(tmp_path):
    """A prize that has to be taken back is the worst publicity."""
    text = rules(tmp_path, min_age="0", parental_consent="A parent signs.", members_only="true", excluded="[partners]")

    assert "The contest is open to any natural person of any age, wherever they live." in text
    assert "- the partners of the contest and anyone who works for them." in text
