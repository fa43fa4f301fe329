"""What a comment says it shows, and since when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handbill.forge.seen import REVIEW, Seen, seen_in, with_seen

SEEN = Seen("a" * 40, "2026-11-22T00:00:00Z")


def test_what_is_written_is_read_again():
    """The next run compares a label with it."""
    body = with_seen(f"{REVIEW}\n2 pages\n", SEEN)

    assert f"{REVIEW}\n<!-- handbill:head {'a' * 40} since 2026-11-22T00:00:00Z -->\n2 pages\n" == body
    assert SEEN == seen_in(body)
    assert datetime(2026, 11, 22, tzinfo=UTC) == SEEN.moment


@pytest.mark.parametrize(
    "body",
    [
        "",
        REVIEW,
        f"{REVIEW}\n2 pages",
        f"<!-- other -->\n<!-- handbill:head {'a' * 40} since 2026-11-22T00:00:00Z -->",
        f"{REVIEW}\n2 pages\n<!-- handbill:head {'a' * 40} since 2026-11-22T00:00:00Z -->",
        f"{REVIEW}\n<!-- handbill:head {'a' * 39} since 2026-11-22T00:00:00Z -->",
        f"{REVIEW}\n<!-- handbill:head {'a' * 40} since 2026-11-99T00:00:00Z -->",
        f"{REVIEW}\n<!-- handbill:head {'a' * 40} since 2026-11-22T00:00:00Z --> x",
    ],
)
def test_elsewhere_it_means_nothing(body):
    """The words of a proposal stand further down in the same comment."""
    assert seen_in(body) is None
