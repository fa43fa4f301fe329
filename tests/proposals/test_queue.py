"""Who waits, how long, for whom, and until which date: so that nobody is answered after the fair."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from tests.hubs import load_village
from tests.proposals.waiting import proposal

from handbill.proposals.queue import queue_of
from handbill.settings_sections import Section

SECTIONS = MappingProxyType(
    {
        "posts": Section("posts", ("content/posts",), ("@village/redaction", "@lou"), most_waiting=2, name="La rédaction"),
        "core": Section("core", (".",), ("@village/coeur",)),
    }
)


@pytest.fixture(scope="module")
def read():
    loaded, settings = load_village()
    return loaded.hub, replace(settings, sections=SECTIONS)


def queued(read, *proposals):
    return queue_of(proposals, *read, "fr")


def test_the_longest_wait_comes_first_and_what_is_not_finished_stands_apart(read):
    """The oldest one is the one that everybody scrolls past."""
    found = queued(
        read,
        proposal(4, "2026-03-18"),
        proposal(2, "2026-02-01"),
        proposal(3, "2026-01-01", is_draft=True),
        proposal(5, "2026-03-01", decision="changes"),
        proposal(6, "2026-03-02", decision="approved"),
    )

    assert [(2, 47), (4, 2)] == [(one.proposal.number, one.days) for one in found.for_reviewers]
    assert ([6], [5], [3]) == tuple([one.proposal.number for one in part] for part in (found.approved, found.for_authors, found.drafts))


def test_one_opened_after_the_moment_has_waited_for_no_day(read):
    """An export of noon, looked at as of the morning."""
    assert 0 == queued(read, proposal(1, "2026-04-01")).entries[0].days


def test_who_is_asked_follows_from_the_sections_and_never_is_the_author(read):
    """Nobody approves their own."""
    (one,) = queued(read, proposal(files=("content/posts/a.md", "content/posts/b.md", "hub.toml"))).entries

    assert (("La rédaction", "core"), ("@village/redaction", "@village/coeur")) == (one.sections, one.asked)


def test_those_whom_the_forge_asked_come_before_those_of_the_sections(read):
    """Somebody chose them for this very proposal."""
    assert ("@ines",) == queued(read, proposal(files=("hub.toml",), asked=("ines",))).entries[0].asked


def test_a_person_with_more_open_than_a_section_asked_for_is_told_of(read):
    """Forty links a week from one hand bury the two from everybody else."""
    three = [proposal(n, files=("content/posts/a.md",)) for n in (1, 2, 3)]

    assert [False, False] == [one.is_over for one in queued(read, *three[:2]).entries]
    assert [(True, 3)] * 3 == [(one.is_over, one.waiting) for one in queued(read, *three).entries]
    # Drafts ask for nobody's time, and elsewhere no number was set.
    assert not any(one.is_over for one in queued(read, *(replace(one, is_draft=True) for one in three)).entries)
    assert not any(one.is_over for one in queued(read, *(replace(one, files=("hub.toml",)) for one in three)).entries)


def test_the_next_date_of_what_is_changed_is_the_date_not_to_miss(read):
    """A corrected hour is worth something until the day."""
    hub, _ = read
    event = next(
        item
        for item in hub.items
        if item.kind == "event" and any(str(one.starts) > "2026-03-21" and one.status == "confirmed" for one in item.occurrences)
    )
    (one,) = queued(read, proposal(files=(event.source,))).entries

    assert one.due is not None
    assert (event.title, True) == (one.due.of, one.due.days >= 0)
    assert one.due.when >= "2026-03-20"


@pytest.mark.parametrize(
    ("path", "opened", "expected"),
    [
        ("events/2026/2026-03-24-bal.md", "2026-03-01", ("2026-03-24", 4)),
        ("events/2026/2026-03-20-bal.md", "2026-03-01", ("2026-03-20", 0)),
        # It passed while the proposal waited: that has to be told, too.
        ("events/2026/2026-03-10-bal.md", "2026-03-01", ("2026-03-10", -10)),
        # It had passed before: an old file is changed, and nothing is due.
        ("events/2026/2026-02-10-bal.md", "2026-03-01", None),
        ("events/2026/2026-13-40-bal.md", "2026-03-01", None),
        ("events/bal.md", "2026-03-01", None),
        # Each post that a form makes is named for the day of the form.
        ("content/posts/2026-03-15-scie.md", "2026-03-15", None),
        ("content/posts/2026-03-20-scie.md", "2026-03-20", None),
        ("content/posts/2026-03-24-scie.md", "2026-03-15", ("2026-03-24", 4)),
    ],
)
def test_of_a_new_file_the_day_in_its_name_counts(read, path, opened, expected):
    """What is proposed is in no hub yet; its name is all that the forge tells of it."""
    due = queued(read, proposal(1, opened, files=(path,))).entries[0].due

    assert expected == (due and (due.when, due.days))


def test_what_a_form_proposes_has_its_day_in_the_title(read):
    """Of a dance that somebody without Git proposed nothing else is known before it is merged."""
    due = queued(read, proposal(1, "2026-03-01", title="Bal des copeaux (2026-03-24)", files=("events/2026/bal.md",))).entries[0].due

    assert due is not None
    assert ("2026-03-24", 4) == (due.when, due.days)


def test_the_letters_to_come_are_told_without_their_subject(read):
    """What is not merged by then is not in it; what it will say is not the business of a page that is passed around."""
    hub, settings = read
    letters = queued(read).letters

    assert [one.when for one in letters] == sorted(one.when for one in letters)
    assert {one.of for one in letters} <= {settings.letter(key).name for key in ("main", *settings.letters)}
    assert len(letters) == len(
        {
            getattr(item.facts, "letter", "") or "main"
            for item in hub.hidden
            if item.kind == "issue" and item.published and item.published > hub.as_of
        }
    )
