"""Buttondown in its version of 2026-04-01, as its documentation describes it, as far as an e-mail goes from a draft to members."""

from __future__ import annotations

import re
from typing import Any

from tests.sending.services.fake import Fake, Fault, Refusal

TOKEN = "5c1e7-secret"
LEAVING = "https://buttondown.example/unsubscribe/x"

_CREATE = frozenset(["subject", "body", "status", "email_type", "filters", "canonical_url", "metadata"])
_UPDATE = _CREATE | {"template", "publish_date"}
_MOVES = {("draft", "scheduled"), ("draft", "about_to_send"), ("scheduled", "about_to_send"), ("scheduled", "draft")}


class FakeButtondown(Fake):
    """Remembers what it said to each key; ``sends_at_once`` lets an e-mail be sent before the answer is."""

    def __init__(self, *faults: Fault, per_page: int = 100, sends_at_once: bool = False) -> None:
        super().__init__(*faults)
        self.emails: dict[str, dict[str, Any]] = {}
        self.sends_at_once = sends_at_once
        self._per_page = per_page
        self._said: dict[str, tuple[int, Any]] = {}

    def finish(self) -> None:
        """Let everything that was let go arrive."""
        for one in self.emails.values():
            if one["status"] in ("scheduled", "about_to_send", "in_flight"):
                one["status"] = "sent"

    def drafts(self, campaign: str) -> list[dict[str, Any]]:
        return [one for one in self.emails.values() if one["metadata"].get("handbill") == campaign and one["status"] != "deleted"]

    def work(self, method: str, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> tuple[int, Any]:
        if headers.get("authorization") != f"Token {TOKEN}":
            raise Refusal(401, {"code": "authentication_invalid", "detail": "no such key"})
        if headers.get("x-api-version") != "2026-04-01":
            raise Refusal(400, {"code": "version", "detail": "unknown version"})
        key = headers.get("x-idempotency-key", "")
        if len(key) > 200:
            raise Refusal(400, {"code": "key", "detail": "too long"})
        if key and key in self._said:
            return self._said[key]
        said = self._do(method, path.split("/")[1:], query, body)
        if key:
            self._said[key] = said
        return said

    def _do(self, method: str, path: list[str], query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        match (method, *path):
            case ("GET", "v1", "emails"):
                return 200, self._page(query)
            case ("POST", "v1", "emails"):
                return 201, dict(self._create(body))
            case ("GET", "v1", "emails", number):
                return 200, dict(self._one(number))
            case ("PATCH", "v1", "emails", number):
                return 200, dict(self._update(self._one(number), body))
            case ("POST", "v1", "emails", number, "send-draft"):
                one = self._one(number)
                if set(body) != {"recipients"} or one["status"] != "draft" or one["template"] != "naked":
                    raise Refusal(400, {"detail": "not like that"})
                self.proofs += [(one["metadata"]["handbill"], whom) for whom in body["recipients"]]
                return 200, None
            case ("GET", "v1", "emails", number, "analytics"):
                self._one(number)
                return 200, {"recipients": 12, "deliveries": 11, "permanent_failures": 2, "temporary_failures": 1, "opens": 5, "clicks": 1}
        raise Refusal(404, {"detail": "not found"})

    def _one(self, number: str) -> dict[str, Any]:
        if number not in self.emails or self.emails[number]["status"] == "deleted":
            raise Refusal(404, {"detail": "not found"})
        return self.emails[number]

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        if set(query) - {"page", "ordering"} or query["ordering"] != ["-creation_date"]:
            raise Refusal(422, {"detail": [{"type": "extra_forbidden", "loc": ["query"], "msg": "unknown"}]})
        page = int(query["page"][0])
        every = [one for one in reversed(self.emails.values()) if one["status"] != "deleted"]
        part = every[(page - 1) * self._per_page : page * self._per_page]
        more = "https://elsewhere.example/v1/emails?page=2" if page * self._per_page < len(every) else None
        return {"count": len(every), "next": more, "previous": None, "results": [dict(one) for one in part]}

    def _known(self, body: Any, fields: frozenset[str]) -> None:
        if strange := set(body) - fields:
            raise Refusal(
                422, {"detail": [{"type": "extra_forbidden", "loc": ["body", *strange], "msg": "Extra inputs are not permitted"}]}
            )
        if "body" in body:
            rendered(body["body"])

    def _create(self, body: Any) -> dict[str, Any]:
        self._known(body, _CREATE)
        if body.get("status") != "draft" or not body.get("subject"):
            raise Refusal(400, {"code": "sending_requires_confirmation", "detail": "a draft is wanted"})
        number = f"em_{len(self.emails) + 1:04d}"
        self.emails[number] = {"id": number, "template": None, "publish_date": None, "source": "api", **body}
        return self.emails[number]

    def _update(self, one: dict[str, Any], body: Any) -> dict[str, Any]:
        self._known(body, frozenset(_UPDATE))
        status = body.get("status", one["status"])
        if status != one["status"]:
            # What the real one does with a letter that was sent and is told to go once more, nobody promises.
            if (one["status"], status) in _MOVES or status == "about_to_send":
                self.leaves(one["metadata"]["handbill"])
            else:
                raise Refusal(400, {"code": "status_invalid", "detail": "not from there"})
        if status == "scheduled" and not re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", body.get("publish_date", one["publish_date"]) or ""
        ):
            raise Refusal(400, {"code": "publish_date_missing", "detail": "when?"})
        one.update(body)
        if self.sends_at_once and status == "about_to_send":
            one["status"] = "sent"
        return one


def rendered(text: str) -> str:
    """Return what a member gets of a body in which nothing but single signs and the way to leave is filled in."""
    signs = {"openvariable": "{{", "openblock": "{%", "opencomment": "{#"}
    pieces = re.split(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", text)
    written = []
    for piece in pieces:
        if piece == "{{ unsubscribe_url }}":
            written.append(LEAVING)
        elif found := re.fullmatch(r"\{% templatetag (\w+) %\}", piece):
            written.append(signs[found[1]])
        elif re.match(r"\{[{%#]", piece):
            raise Refusal(400, {"code": "body_invalid", "detail": "an unknown order"})
        else:
            written.append(piece)
    return "".join(written)
