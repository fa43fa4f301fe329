"""Any bytes as the event of an issue, and any text as a form: answers, or what is missing, and nothing turned or hidden in a value."""

from __future__ import annotations

import json

from handbill.errors import WrongUse
from handbill.hub.clean import FORBIDDEN
from handbill.proposals.body import read_body
from handbill.proposals.issue import Issue, read_issue
from handbill.proposals.values import filled_by

SEEDS = ("tests/proposals/hostile/*.txt",)
WORDS = ("### ", "_No response_", "- [x] ", "- [ ] ", "```\n", "~~~\n", '{"issue": {"body": "', '"user": {"login": "', "\\u202e", "\\ud800", "2026-05-02 20:00", "samedi", "utm_source=", "![", "](")  # fmt: skip


def seeds() -> list[bytes]:
    """Return each form, filled in soundly, as its text and as an event."""
    from tests.proposals.filled import SOUND, sound

    forms = [sound(name, lang) for name in SOUND for lang in ("fr", "en")]
    events = [
        {"action": "edited", "issue": {"number": 12, "body": form, "user": {"login": "ada"}, "created_at": "2026-05-01T10:00:00Z"}}
        for form in forms
    ]
    return [*(form.encode() for form in forms), *(json.dumps(event).encode() for event in events[:4])]


def one(raw: bytes) -> None:
    """Take in *raw*."""
    try:
        issue = read_issue(raw)
    except WrongUse as refusal:
        assert str(refusal)
        issue = Issue(raw.decode("utf-8", "surrogateescape"))
    answers = read_body(issue.body)
    if answers is None:
        return
    assert all(why for _, why in answers.faults)
    filled = filled_by(answers, "Europe/Paris")
    assert all(one.label is not None and one.why for one in filled.lacking)
    assert all(str(one) for one in filled.notices)
    if not answers.faults:
        assert not FORBIDDEN.search(repr(filled.values) + filled.text)
