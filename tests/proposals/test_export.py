"""What a forge tells of its proposals is read in three spellings, and anything else is refused in a sentence."""

from __future__ import annotations

import json

import pytest
from tests.proposals.waiting import export, of_gh

from handbill.errors import WrongUse
from handbill.proposals.export import MOST, MOST_BYTES, read_export

#: The same proposal as GitHub's program, GitHub's or Forgejo's API, and GitLab's API tell it.
SAME = {
    "gh": of_gh(
        7,
        "Bal",
        reviewDecision="APPROVED",
        reviewRequests=[{"__typename": "User", "login": "ines"}, {"__typename": "Team", "name": "Rédaction", "slug": "redaction"}],
    ),
    "api": {
        "number": 7,
        "title": "Bal",
        "user": {"login": "lou"},
        "created_at": "2026-03-01T09:00:00Z",
        "draft": False,
        "url": "https://api.github.com/repos/essai/site/pulls/7",
        "html_url": "https://github.com/essai/site/pull/7",
        "requested_reviewers": [{"login": "ines"}],
        "requested_teams": [{"name": "Rédaction", "slug": "redaction"}],
    },
    "gitlab": {
        "iid": 7,
        "title": "Bal",
        "author": {"username": "lou"},
        "created_at": "2026-03-01T10:00:00+01:00",
        "draft": False,
        "web_url": "https://github.com/essai/site/pull/7",
        "reviewers": [{"username": "ines"}],
    },
}


@pytest.mark.parametrize("spelling", SAME)
def test_a_proposal_is_the_same_in_every_spelling(spelling):
    """A community moves to another forge and keeps its habits."""
    (found,) = read_export(export(SAME[spelling]))

    assert (7, "Bal", "lou", "https://github.com/essai/site/pull/7", False) == (
        found.number,
        found.title,
        found.author,
        found.address,
        found.is_draft,
    )
    assert (
        "2026-03-01T09:00:00"
        == found.opened.astimezone(tz=None).astimezone(read_export(export(SAME["gh"]))[0].opened.tzinfo).isoformat()[:19]
    )
    assert "ines" == found.asked[0]
    if spelling == "gh":
        assert (("ines", "redaction"), "approved", ("content/posts/a.md",)) == (found.asked, found.decision, found.files)


REFUSED = {
    "nothing": b"",
    "no JSON": b"{",
    "a table": b"{}",
    "depth": b"[" * 100_000,
    "no UTF-8": b"\xff\xfe[\x00]\x00",
    "no fields": export(1),
    "no number": export({"title": "x", "createdAt": "2026-03-01T09:00:00Z"}),
    "a number that is true": export(of_gh(True)),  # type: ignore[arg-type]
    "a number below": export(of_gh(-1)),
    "a number as a text": export({**of_gh(1), "number": "1"}),
    "no moment": export({**of_gh(1), "createdAt": None}),
    "a moment without a zone": export(of_gh(1, createdAt="2026-03-01T09:00:00")),
    "a moment that is none": export(of_gh(1, createdAt="yesterday")),
    "one twice": export(of_gh(1), of_gh(1)),
    "too many": json.dumps([of_gh(n) for n in range(1, MOST + 2)]).encode(),
    "too long": b"[" + b" " * MOST_BYTES + b"]",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_list_of_proposals_is_refused_in_a_sentence(case):
    """Whoever gave the wrong file reads which one was wanted, and no trace of a program."""
    with pytest.raises(WrongUse, match="export"):
        read_export(REFUSED[case])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://github.com/x",
        "//github.com/x",
        "https://",
        "https://[",
        "https://a@github.com/x",
        "data:text/html,x",
        7,
        None,
    ],
)
def test_an_address_that_is_no_page_is_none(address):
    """A link that runs something is worse than no link."""
    assert "" == read_export(export({**of_gh(1), "url": address}))[0].address


def test_fields_of_other_types_are_as_if_they_were_not_there():
    """A forge adds a field next year; a list of proposals must not stop for it."""
    (found,) = read_export(
        export(
            {
                **of_gh(1),
                "title": 7,
                "author": [],
                "files": "x",
                "labels": {"a": 1},
                "reviewRequests": [1, {}, None],
                "isDraft": "yes",
                "new": {"x": [1]},
            }
        )
    )

    assert ("", "", (), (), (), False) == (found.title, found.author, found.files, found.labels, found.asked, found.is_draft)


def test_half_a_sign_is_no_part_of_a_title():
    """JSON can hold what no file can; one title must not keep the others from being shown."""
    (found,) = read_export(export(of_gh(7, "a\ud800b", files=[{"path": "events/\udfff.md"}])))

    assert ("a?b", ("events/?.md",)) == (found.title, found.files)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-14:00"])
def test_a_moment_at_an_end_of_the_calendar_is_refused(moment):
    """In the hub's zone it would lie beyond."""
    with pytest.raises(WrongUse, match="opened"):
        read_export(export(of_gh(7, "Bal", createdAt=moment)))
