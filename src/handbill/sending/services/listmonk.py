"""listmonk (from 6.0 on): a letter becomes a campaign of its own HTML, in a template that adds nothing.

Sources: https://listmonk.app/docs/apis/campaigns/, …/apis/templates/, …/apis/lists/,
…/templating/; where they are silent, ``schema.sql`` and ``queries/campaigns.sql`` of listmonk itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from handbill.door import Door, Refused
from handbill.errors import Said, ServiceFailed, WrongUse, said
from handbill.sending.contract import Draft, Unsupported, Version
from handbill.sending.services.reading import Found
from handbill.sending.services.shielding import for_go, go_line, kept_headers, parted, sender_of

#: What the service puts where a member leaves the list.
LEAVING = "{{ UnsubscribeURL }}"
#: A template that is nothing but the letter.  The one that comes with listmonk adds a frame, and a picture that counts readers.
BARE = '{{ template "content" . }}'
_BARE = re.compile(r'\s*\{\{-?\s*template\s+"content"\s+\.\s*-?\}\}\s*')
_TEMPLATE = "Handbill"
_PAGE = 100
_PAGES = 1000

_STATES = {
    "draft": "draft",
    "scheduled": "scheduled",
    "running": "sending",
    "finished": "sent",
    "paused": "stopped",
    "cancelled": "stopped",
}


class Listmonk:
    """The service behind *door*, whose address ends before ``/campaigns``."""

    name = "listmonk"
    label = "listmonk"
    loses: tuple[Said, ...] = (
        said("listmonk gives each mail a Message-ID, a Date and a Subject line of its own making, and writes To for each member"),
        said("listmonk puts its own address where a member leaves the list, also into List-Unsubscribe, if its settings say so"),
        said("listmonk signs or does not sign (DKIM) as its mail server does"),
    )

    def __init__(self, door: Door) -> None:
        self._door = door

    def content(self, version: Version, target: str) -> Mapping[str, str]:
        """Return what the campaign is to hold, by names for people."""
        html, text = parted(version, version.html), parted(version, version.text)
        return {
            "subject": go_line(version.subject),
            "html": for_go(html, LEAVING),
            "text": for_go(text, LEAVING),
            "sender": go_line(sender_of(version)),
            "headers": json.dumps([{name: go_line(value)} for name, value in kept_headers(version)], ensure_ascii=False),
            "list": self._list(target),
            "template": _TEMPLATE,
            "kind": "regular html email",
        }

    def find(self, version: Version) -> tuple[Draft, ...]:
        """Return all campaigns of this letter; told by name, tag or short address, because people rename."""
        mine = re.compile(rf"handbill-{re.escape(version.name)}-[0-9a-f]{{12}}")
        slugs = re.compile(_slug(f"handbill-{version.name}-") + "[0-9a-f]{12}")
        found = []
        for one in self._campaigns():
            names = [name for name in (one.text("name"), *one.words("tags")) if mine.fullmatch(name)]
            slug = one.text("archive_slug")
            if not names and slugs.fullmatch(slug):
                # Both name and tag were taken off by hand; only the digest can still be told.
                names = [f"handbill-{version.name}-{slug[-12:]}"]
            if names:
                found.append(self._draft(one, names[0], {}))
        return tuple(sorted(found, key=lambda one: int(one.id)))

    def read(self, held: Draft) -> Draft:
        """Return the campaign as it stands there now."""
        one = self._data(self._door.look(f"/campaigns/{held.id}"))
        headers = [pair.fields for pair in one.several("headers")] if one.fields.get("headers") is not None else []
        content = {
            "subject": one.text("subject"),
            "html": one.text("body"),
            "text": one.text("altbody"),
            "sender": one.text("from_email"),
            "headers": json.dumps(headers, ensure_ascii=False),
            "list": ", ".join(sorted(each.number("id") for each in one.several("lists"))),
            "template": self._template_name(one.number("template_id")),
            "kind": " ".join((one.text("type"), one.text("content_type"), one.text("messenger"))),
        }
        return self._draft(one, held.campaign, content)

    def create(self, version: Version, target: str) -> None:
        """Make the campaign.  Its short address is unique in listmonk, so that two of them cannot come to be."""
        self._door.ask("POST", "/campaigns", self._fields(version, target))

    def schedule(self, version: Version, target: str, held: Draft, at: datetime | None) -> None:
        """Write the approved content once more, with the moment, and let it go.

        listmonk lets only drafts go, so that asking twice sends once.
        """
        # Also where there is none: with a moment that stands there from before, listmonk makes "running" into "scheduled".
        moment = None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._door.ask("PUT", f"/campaigns/{held.id}", {**self._fields(version, target), "send_at": moment})
        self._door.ask("PUT", f"/campaigns/{held.id}/status", {"status": "running" if at is None else "scheduled"})

    def prove(self, version: Version, target: str, held: Draft, address: str) -> None:
        """Send it to one address, which listmonk has to know as a subscriber."""
        try:
            self._door.ask("POST", f"/campaigns/{held.id}/test", {**self._fields(version, target), "subscribers": [address]})
        except Refused as refused:
            wanted = said("listmonk proves a letter only to subscribers of its own; add the address there, in a list for proofs")
            raise Unsupported(said("{trouble}; {wanted}", trouble=refused.args[0], wanted=wanted)) from refused

    def totals(self, held: Draft) -> dict[str, int]:
        """Return how many were to get it, how many mails were handed on, and how many of these came back."""
        one = self._data(self._door.look(f"/campaigns/{held.id}"))
        asked, sent, bounced = one.whole("to_send"), one.whole("sent"), one.whole("bounces")
        bounced = min(bounced, sent)
        return {"asked": max(asked, sent), "accepted": sent - bounced, "bounced": bounced}

    def _fields(self, version: Version, target: str) -> dict[str, object]:
        wanted = self.content(version, target)
        return {
            "name": version.campaign,
            "subject": wanted["subject"],
            "lists": [int(wanted["list"])],
            "from_email": wanted["sender"],
            "type": "regular",
            "content_type": "html",
            "messenger": "email",
            "body": wanted["html"],
            "altbody": wanted["text"],
            "headers": json.loads(wanted["headers"]),
            "tags": [version.campaign],
            "template_id": self._template(),
            "archive": False,
            "archive_slug": _slug(version.campaign),
        }

    def _campaigns(self) -> Iterator[Found]:
        seen = 0
        for page in range(1, _PAGES):
            words = urlencode({"page": page, "per_page": _PAGE, "order_by": "created_at", "order": "ASC", "no_body": "true"})
            answer = self._data(self._door.look(f"/campaigns?{words}"))
            results = answer.several("results")
            yield from results
            seen += len(results)
            # An empty answer has no total.
            if not results or seen >= answer.whole("total"):
                return
        raise ServiceFailed(said("{service} lists campaigns without end", service=self.label))

    def _draft(self, one: Found, campaign: str, content: Mapping[str, str]) -> Draft:
        status = one.text("status")
        if status not in _STATES:
            raise self._door.not_understood(said("with the state “{state}”", state=status[:30]))
        state = _STATES[status]
        return Draft(str(one.whole("id")), campaign, state, content, one.moment("send_at") if state == "scheduled" else None)

    def _list(self, target: str) -> str:
        if not target:
            raise WrongUse(said("listmonk needs to know the list: write its number or its name as “list” into hub.toml, under [letters.…]"))
        if target.isascii() and target.isdigit():
            return str(int(target))
        words = urlencode({"page": 1, "per_page": "all", "minimal": "true"})
        named = {
            one.number("id") for one in self._data(self._door.look(f"/lists?{words}")).several("results") if one.text("name") == target
        }
        if len(named) != 1:
            raise WrongUse(
                said("listmonk has {n} lists called “{name}”; write the number of the right one instead", n=len(named), name=target)
            )
        return named.pop()

    def _templates(self) -> list[Found]:
        answer = Found.of(self._door.look("/templates"), self._door.not_understood)
        bare = [one for one in answer.several("data") if one.text("type") == "campaign" and _BARE.fullmatch(one.text("body"))]
        return sorted(bare, key=lambda one: one.whole("id"))

    def _template(self) -> int:
        made = self._templates()
        if not made:
            self._door.ask("POST", "/templates", {"name": _TEMPLATE, "type": "campaign", "body": BARE})
            made = self._templates()
        if not made:
            raise Unsupported(said("listmonk has no template that is only {body}; make one there, under Campaigns, Templates", body=BARE))
        return made[0].whole("id")

    def _template_name(self, number: str) -> str:
        return _TEMPLATE if number in {str(one.whole("id")) for one in self._templates()} else said("another one")

    def _data(self, answer: object) -> Found:
        return Found.of(answer, self._door.not_understood).inside("data")


def _slug(name: str) -> str:
    """Return the short address that listmonk makes of a name: letters and digits, and one hyphen for whatever is between."""
    return re.sub(r"\s+", "-", re.sub(r"[\W_]", " ", name.lower()))
