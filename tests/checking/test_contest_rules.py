"""Announced rules are what they were, or the build says what is not."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, options
from tests.rules.sample import DRAW, HUB, a_hub

from handbill.checking.contest_rules import check_contest_rules
from handbill.contests.announcing import announce


@pytest.fixture
def root(tmp_path):
    """Return a hub whose contest was announced."""
    announce("ete-photo", options(a_hub(tmp_path, DRAW, english=True), "2026-05-14 10:00"))
    return tmp_path


def problems(root, as_of="2026-06-10 10:00"):
    loaded, settings = load_village(as_of, root)
    return sorted(check_contest_rules(loaded.hub, settings), key=lambda one: one.order)


@pytest.mark.parametrize("as_of", ["2026-05-20 10:00", "2026-06-10 10:00", "2026-07-02 10:00", "2030-01-01 10:00"])
def test_a_text_that_nobody_touched_is_what_was_announced(root, as_of):
    """At no time does a contest fail by itself."""
    assert [] == problems(root, as_of)


def test_a_changed_term_is_told_in_each_language_with_both_values(root):
    """Whoever changed one line by mistake sees which one."""
    a_hub(root, DRAW, english=True, min_age="16", parental_consent="Un parent signe.")
    found = problems(root)

    assert 4 == len(found)
    assert {"HB474"} == {one.code for one in found}
    assert (
        "content/contests/ete-photo.md", "min_age", "“16”, while version 1 of the announced rules says “18”",
        "what was announced, or “python3 build.py contest announce ete-photo”, which makes version 2 of the rules",
    ) in [(one.path, one.field, one.found, one.wanted) for one in found]  # fmt: skip
    assert all(one.line for one in found)


def test_an_amendment_puts_it_right(root):
    """The command that the message names has to help."""
    a_hub(root, DRAW, english=True, claim="2026-08-31")
    announce("ete-photo", options(root, "2026-06-10 10:00"))

    assert [] == problems(root)


@pytest.mark.parametrize("closes", ["2026-06-30", "2026-07-01"])
def test_once_entries_are_closed_it_has_to_be_taken_back(root, closes):
    """A text that says a later day by now does not open its own rules again."""
    later = {} if closes == "2026-06-30" else {"closes": closes, "freeze": "2026-07-02 09:00"}
    a_hub(root, DRAW, english=True, claim="2026-08-31", **later)

    assert all("nobody’s rules change after they entered" in one.wanted for one in problems(root, "2026-07-01 10:00"))
    assert problems(root, "2026-07-01 10:00")


def test_a_community_that_moves_breaks_no_old_contest(root):
    """Its rules go on to say where it was."""
    (root / "hub.toml").write_text(HUB.replace("1 rue de l’Essai", "9 rue Neuve"), encoding="utf-8")

    assert ["organiser.address", "organiser.address"] == [one.field for one in problems(root)]
    assert [] == problems(root, "2026-07-02 10:00")


def test_what_the_rules_do_not_say_can_be_changed_at_any_time(root):
    """A better picture or a mended sentence is no change of rules."""
    a_hub(root, DRAW, english=True, summary="Un autre résumé.", tags="[bois]")

    assert [] == problems(root)
