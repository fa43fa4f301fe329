"""What this community publishes: every kind, named once."""

from __future__ import annotations

from handbill.hub.kind import Kind
from handbill.kinds.contest import CONTEST
from handbill.kinds.event import EVENT
from handbill.kinds.issue import ISSUE
from handbill.kinds.page import PAGE
from handbill.kinds.person import PERSON
from handbill.kinds.post import POST

KINDS: tuple[Kind, ...] = (POST, PAGE, EVENT, CONTEST, ISSUE, PERSON)
