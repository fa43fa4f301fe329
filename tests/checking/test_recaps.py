"""A text that tells how an event was comes after it."""

from __future__ import annotations

import pytest
from tests.hubs import load_village, text, write

from handbill.checking.recaps import check_recaps

EVENT = {"starts": "2026-02-11 14:00", "organisers": "[X]", "venue": "{name: Salle}", "recap": "../content/posts/a.md"}


def found(tmp_path, published, **front):
    files = {"events/foire.md": text(**{**EVENT, **front}), "content/posts/a.md": text(date=published)}
    loaded, _ = load_village(root=write(tmp_path, files))
    assert () == loaded.problems
    return [str(one) for one in check_recaps(loaded.hub)]


@pytest.mark.parametrize("published", ["2026-02-12", "2026-02-11 22:00", "2026-05-01"])
def test_a_text_from_after_the_event_tells_of_it(tmp_path, published):
    """Also one of the same evening, and one that is still waiting."""
    assert [] == found(tmp_path, published)


def test_a_text_from_before_the_event_is_told(tmp_path):
    """Last year's account under this year's event, copied along with the file."""
    assert [
        "events/foire.md:7:8: recap: found content/posts/a.md of 2025-02-12, before the event (2026-02-11), wanted a text written after the event [HB508]"
    ] == found(tmp_path, "2025-02-12")


def test_of_a_series_any_date_may_be_told(tmp_path):
    """An account after the first of ten evenings is welcome."""
    assert [] == found(tmp_path, "2026-02-12", recurrence="{rule: FREQ=WEEKLY;COUNT=10}")
    assert 1 == len(found(tmp_path, "2026-02-10", recurrence="{rule: FREQ=WEEKLY;COUNT=10}"))


def test_an_account_that_is_no_text_is_refused(tmp_path):
    """A link to a picture or to a list was left out in silence."""
    files = {"events/foire.md": text(**{**EVENT, "recap": "/feeds/"}), "content/posts/a.md": text()}
    (problem,) = load_village(root=write(tmp_path, files))[0].problems

    assert "events/foire.md:7:8: recap: found /feeds/, which is no text of the hub, wanted the path of a post, from this file [HB301]" == str(problem)


@pytest.mark.parametrize("recap", ["../content/posts/a.md#suite", "https://essai.example/posts/a/", "/posts/a/"])
def test_an_account_is_found_however_it_is_linked(tmp_path, recap):
    """With an anchor, it was left out in silence."""
    files = {"events/foire.md": text(**{**EVENT, "recap": recap}), "content/posts/a.md": text("## Suite", date="2026-02-12")}
    loaded, _ = load_village(root=write(tmp_path, files))

    assert "/posts/a/" == loaded.hub.by_id["event:foire"].facts.recap
