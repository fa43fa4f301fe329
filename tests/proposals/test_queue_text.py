"""The queue as Markdown and as JSON: right, and nothing of what strangers wrote is more than words."""

from __future__ import annotations

import json
import re

import pytest
from tests.hubs import load_village
from tests.proposals.waiting import HOSTILE, proposal

from handbill.outputs.words import words_for
from handbill.proposals.queue import queue_of
from handbill.proposals.queue_text import as_json, as_markdown, gist


@pytest.fixture(scope="module")
def read():
    loaded, settings = load_village()
    return loaded.hub, settings


def queued(read, *proposals):
    return queue_of(proposals, *read, "en")


def test_the_first_sentence_is_all_that_somebody_in_a_hurry_needs(read):
    """It stands in a notification, alone."""
    found = queued(read, proposal(1, "2026-03-19", files=("events/2026-03-22-x.md",)), proposal(2, "2026-03-01"))

    assert "2 proposals wait for a reviewer, the longest for 19 days, 1 has a date within a week." == gist(found, "en")
    assert "2 propositions attendent une relecture, la plus ancienne depuis 19 jours, 1 a une date dans la semaine." == gist(found, "fr")
    assert "Nothing waits for a reviewer." == gist(queued(read, proposal(1, is_draft=True)), "en")
    assert "1 proposal waits for a reviewer." == gist(queued(read, proposal(1, "2026-03-20")), "en")


def test_the_table_says_for_each_what_one_asks_first(read):
    """Which, of whom, since when, whom to nudge, until when."""
    text = as_markdown(
        queued(read, proposal(7, "2026-03-18", title="Bal", asked=("ines",), files=("events/2026-03-22-x.md",))), words_for("en", []), "en"
    )

    assert "## Proposals that wait, Friday 20 March 2026\n" in text
    assert (
        "| 2 days | [№ 7](https://github.com/essai/site/pull/7) Bal | lou | @&#8203;ines | **Sunday 22 March 2026 (in 2 days)** |\n" in text
    )


def test_the_same_proposals_give_the_same_bytes_in_whatever_order_they_are_listed(read):
    """A summary that changes without a reason is not read twice."""
    some = [proposal(n, f"2026-03-{n:02}") for n in (3, 1, 2)]

    assert as_json(queued(read, *some)) == as_json(queued(read, *reversed(some)))
    assert [1, 2, 3] == [one["number"] for one in json.loads(as_json(queued(read, *some)))["for_reviewers"]]


def test_words_of_strangers_are_words(read):
    """A title is written by whoever likes to, and is read by those who may merge."""
    found = queued(read, *(proposal(n, title=title, author=title, asked=(title,), files=(title,)) for n, title in enumerate(HOSTILE, 1)))
    html = rendered(as_markdown(found, words_for("en", []), "en"))

    assert {f"https://github.com/essai/site/pull/{n}" for n in range(1, len(HOSTILE) + 1)} == set(re.findall(r'href="([^"]*)"', html))
    assert not re.search(r"<(?:img|script|svg|iframe|style|details|summary|h1|b|input)\b|<!--", html)
    assert len(HOSTILE) + 1 == len(re.findall("<tr>", html))
    assert not re.search(r"(?<!\w)@(?=\w)|(?<!\w)#(?=\d)|[\u202e\u2066\x00\x1b]", html)


def rendered(text: str) -> str:
    """Return the HTML that the dialect of GitHub makes of a text, raw HTML let through."""
    import comrak

    given = comrak.ExtensionOptions()
    given.table = given.autolink = given.strikethrough = given.tasklist = True
    shown = comrak.RenderOptions()
    shown.unsafe_ = True
    return comrak.render_markdown(text, extension_options=given, render_options=shown)
