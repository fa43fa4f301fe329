"""Buttondown: a letter becomes an e-mail of its own HTML, in the template that adds nothing (“naked”).

Sources: https://docs.buttondown.com/api-emails-create, …/api-emails-update, …/api-emails-list,
…/api-emails-send-draft, …/api-idempotency-keys, …/api-versioning, …/naked-mode, …/using-templating.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from handbill.door import Door, Refused
from handbill.errors import Said, ServiceFailed, said
from handbill.sending.contract import Draft, Version
from handbill.sending.services.reading import Found
from handbill.sending.services.shielding import django_line, for_django, parted

#: Where everybody's interface is.
BASE = "https://api.buttondown.com/v1"
#: What each answer looks like depends on this; from this version on, nothing is sent unless it is asked for.
API_VERSION = "2026-04-01"
#: What the service puts where a member leaves the list.
LEAVING = "{{ unsubscribe_url }}"

_TEMPLATE = "naked"
_MARK = "handbill"
_KEYS = 5
#: How long a draft that was just made may hide, in seconds.
_PAUSES = (1.0, 2.0, 4.0, 8.0)
_PAGES = 1000

_STATES = {
    "draft": "draft",
    "scheduled": "scheduled",
    "about_to_send": "sending",
    "in_flight": "sending",
    "throttled": "sending",
    "resending": "sending",
    "sent": "sent",
    "paused": "stopped",
    "errored": "stopped",
    "suppressed": "stopped",
}
#: Not there any more, or never a letter of ours.
_GONE = frozenset({"deleted", "imported", "managed_by_rss", "transactional"})


class Buttondown:
    """The service behind *door*, whose address ends before ``/emails``."""

    name = "buttondown"
    label = "Buttondown"
    loses: tuple[Said, ...] = (
        said("Buttondown makes the text part by itself; the one that was approved does not reach anybody"),
        said("Buttondown writes all headers by itself, among them who sends, where answers go and List-Unsubscribe, as its settings say"),
        said("Buttondown puts its own address where a member leaves the list"),
        said("Buttondown counts who opens the letter and follows its links, unless its settings say otherwise"),
        said("Buttondown shows the letter in its own archive as well, unless its settings say otherwise"),
    )

    def __init__(self, door: Door) -> None:
        self._door = door

    def content(self, version: Version, target: str) -> Mapping[str, str]:
        """Return what the e-mail is to hold, by names for people."""
        return {
            "subject": django_line(version.subject),
            "html": for_django(parted(version, version.html), LEAVING),
            "list": _written(_filters(target)),
            "template": _TEMPLATE,
            "kind": "public",
        }

    def find(self, version: Version) -> tuple[Draft, ...]:
        """Return all e-mails of this letter; told by their metadata, which nobody sees when writing."""
        mine = re.compile(rf"handbill-{re.escape(version.name)}-[0-9a-f]{{12}}")
        found = []
        for one in self._emails():
            mark = one.inside("metadata").fields.get(_MARK)
            if isinstance(mark, str) and mine.fullmatch(mark) and one.text("status") not in _GONE:
                found.append(self._draft(one, mark))
        return tuple(sorted(found, key=lambda one: one.id))

    def read(self, held: Draft) -> Draft:
        """Return the e-mail as it stands there now."""
        one = Found.of(self._door.look(f"/emails/{held.id}"), self._door.not_understood)
        return self._draft(one, held.campaign)

    def create(self, version: Version, target: str) -> None:
        """Make the e-mail.  The same key makes the same e-mail, so that two of them cannot come to be."""
        wanted = self.content(version, target)
        fields = {
            "subject": wanted["subject"],
            "body": wanted["html"],
            "status": "draft",
            "email_type": wanted["kind"],
            "filters": _filters(target),
            "canonical_url": version.page,
            "metadata": {_MARK: version.campaign},
        }
        for go in range(_KEYS):
            key = _key(version) if go == 0 else f"{_key(version)}-{go + 1}"
            made = Found.of(self._door.ask("POST", "/emails", fields, key), self._door.not_understood).text("id")
            if self._is_there(made) or self.find(version):
                self._dress(made)
                return
            # It was made with this key, and then deleted there: the key is used up.
        raise ServiceFailed(said("Buttondown shows a draft that was deleted there; freeze the letter again, or send it from there"))

    def schedule(self, version: Version, target: str, held: Draft, at: datetime | None) -> None:
        """Write the approved content once more, and let it go, in one and the same request.

        Its key is always the same, so that asking twice sends once, even if the letter left in between.
        """
        wanted = self.content(version, target)
        fields: dict[str, object] = {
            "subject": wanted["subject"],
            "body": wanted["html"],
            "email_type": wanted["kind"],
            "filters": _filters(target),
            "template": _TEMPLATE,
            "status": "about_to_send" if at is None else "scheduled",
        }
        if at is not None:
            fields["publish_date"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._door.ask("PATCH", f"/emails/{held.id}", fields, f"{_key(version)}-go")

    def prove(self, version: Version, target: str, held: Draft, address: str) -> None:  # noqa: ARG002 - as every service has it
        """Send it to one address, a subscriber's or not."""
        self._dress(held.id)
        self._door.ask("POST", f"/emails/{held.id}/send-draft", {"recipients": [address]}, is_quiet=True)

    def totals(self, held: Draft) -> dict[str, int]:
        """Return how many were to get it, how many mails arrived, and how many came back."""
        one = Found.of(self._door.look(f"/emails/{held.id}/analytics"), self._door.not_understood)
        asked, arrived = one.whole("recipients"), one.whole("deliveries")
        bounced = min(one.whole("permanent_failures"), asked)
        # A mail that came back may have been counted as delivered before.
        accepted = min(arrived, asked - bounced)
        return {"asked": asked, "accepted": accepted, "bounced": bounced}

    def _emails(self) -> Iterator[Found]:
        for page in range(1, _PAGES):
            answer = Found.of(
                self._door.look(f"/emails?{urlencode({'page': page, 'ordering': '-creation_date'})}"), self._door.not_understood
            )
            yield from answer.several("results")
            # The next page is asked for by its number: its address could lead to another host, and the token with it.
            if not answer.text("next"):
                return
        raise ServiceFailed(said("{service} lists campaigns without end", service=self.label))

    def _draft(self, one: Found, campaign: str) -> Draft:
        status = one.text("status")
        if status not in _STATES:
            raise self._door.not_understood(said("with the state “{state}”", state=status[:30]))
        state = _STATES[status]
        identifier = one.text("id")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identifier):
            raise self._door.not_understood(said("without saying which e-mail it means"))
        template = one.text("template")
        content = {
            "subject": one.text("subject"),
            "html": one.text("body"),
            "list": _written(one.inside("filters").fields or _filters("")),
            # Making and dressing a draft are two requests; what comes between is mended when it is scheduled.
            "template": _TEMPLATE if state == "draft" and not template else template,
            "kind": one.text("email_type"),
        }
        return Draft(identifier, campaign, state, content, one.moment("publish_date") if state == "scheduled" else None)

    def _is_there(self, identifier: str) -> bool:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identifier):
            raise self._door.not_understood(said("without saying which e-mail it means"))
        for pause in _PAUSES:
            try:
                one = Found.of(self._door.look(f"/emails/{identifier}"), self._door.not_understood)
            except Refused as refused:
                if refused.status != 404:
                    raise
                # What was made this moment may not be shown everywhere yet; believing it would make a second one.
                self._door.sleep(pause)
            else:
                return one.text("status") not in _GONE
        return False

    def _dress(self, identifier: str) -> None:
        self._door.ask("PATCH", f"/emails/{identifier}", {"template": _TEMPLATE})


def _key(version: Version) -> str:
    """Return the letter's name as it may stand in a header."""
    return quote(version.campaign, safe="")


def _filters(tag: str) -> dict[str, Any]:
    """Return who gets it: everybody, or those who have the tag."""
    chosen = [{"field": "subscriber.tags", "operator": "contains", "value": tag}] if tag else []
    return {"filters": chosen, "groups": [], "predicate": "and"}


def _written(filters: Mapping[str, Any]) -> str:
    return json.dumps(filters, ensure_ascii=False, sort_keys=True)
