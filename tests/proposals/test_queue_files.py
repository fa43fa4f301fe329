"""The three forms of the queue say the same, each to its own reader."""

from __future__ import annotations

import json

from tests.hubs import load_village
from tests.proposals.waiting import proposal

from handbill.proposals.queue import queue_of
from handbill.proposals.queue_files import PAGE, RECORD, TEXT, queue_files


def test_page_text_and_record_tell_of_the_same_proposals_in_the_readers_language():
    """Somebody reads the summary, opens the page and finds the same number, with days as the hub says them."""
    loaded, settings = load_village()
    found = queue_files(queue_of([proposal(7, "2026-03-18", title="Bal")], loaded.hub, settings, "fr"), settings, "fr")

    assert {PAGE, TEXT, RECORD} == set(found)
    for name in (PAGE, TEXT):
        assert "vendredi 20 mars 2026" in found[name]
        assert "№ 7" in found[name]
        assert "2 jours" in found[name].replace("<b>2</b><span>", "2 ")
    assert [7] == [one["number"] for one in json.loads(found[RECORD])["for_reviewers"]]
