"""The last articles in English: what the organiser owes."""

from __future__ import annotations

from tests.rules.sample import DRAW, MECHANISMS, a_hub, an_edition, load

from handbill.rules.contract import contract_of
from handbill.rules.english_duties import duties


def test_entrants_know_their_rights_and_where_to_ask(tmp_path):
    """Half of the members of some communities read no French."""
    item, settings = load(a_hub(tmp_path, DRAW, platform="Mastodon", platform_disclaimer="true"))
    found = {one.title: "\n".join(one.blocks).replace("\xa0", " ") for one in duties(contract_of(item, settings), an_edition())}

    assert [
        "Personal data",
        "Rights to works and pictures",
        "Liability, changes and cancellation",
        "Free access to the rules",
        "Law and disputes",
    ] == list(found)
    assert "Kept for: 90 days after the results" in found["Personal data"]
    assert "not organised, run or sponsored by Mastodon" in found["Liability, changes and cancellation"]
    assert "subject to French law" in found["Law and disputes"]


def test_english_says_the_same_of_void_contests_and_of_what_files_hold(tmp_path):
    """Two languages of one contract."""
    item, settings = load(a_hub(tmp_path, MECHANISMS["quiz"]))
    text = "\n".join(block for one in duties(contract_of(item, settings), an_edition()) for block in one.blocks)

    assert "and until the winners are found, the contest can only be declared void" in text
    assert "nothing but tickets and the answers given;" in text
