"""listmonk 6 as its documentation describes it, as far as a campaign goes from a draft to members.

What its documentation leaves open is as in its source: a short address is
unique, only a draft can be scheduled or started, and a moment needs its zone.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tests.sending.services.fake import Fake, Fault, Refusal

TOKEN = "atelier:s3cret-token"
LEAVING = "https://lettre.example/subscription/0c/1d"

_FIELDS = frozenset(
    [
        "name",
        "subject",
        "lists",
        "from_email",
        "type",
        "content_type",
        "body",
        "altbody",
        "send_at",
        "messenger",
        "template_id",
        "tags",
        "headers",
        "archive",
        "archive_slug",
    ]
)
_ACTION = re.compile(r'\{\{ (?:Safe "((?:[^"\\\n]|\\.)*)"|(UnsubscribeURL)|"((?:[^"\\\n]|\\.)*)") \}\}')
_EDITABLE = ("draft", "scheduled", "paused")


class FakeListmonk(Fake):
    """Knows the lists 3 ("Lettre") and 4 ("Letter"), and one template that frames letters."""

    def __init__(self, *faults: Fault, bare: bool = True, unique: bool = True) -> None:
        super().__init__(*faults)
        self.campaigns: dict[int, dict[str, Any]] = {}
        self.templates = [{"id": 1, "name": "Default", "type": "campaign", "body": '<div>{{ template "content" . }}</div>{{ TrackView }}'}]
        if bare:
            self.templates.append({"id": 2, "name": "Bare", "type": "campaign", "body": '{{ template "content" . }}\n'})
        self.lists = {3: "Lettre", 4: "Letter"}
        self.subscribers = {"preuve@essai.example"}
        self.is_unique = unique

    def finish(self) -> None:
        """Let everything that was let go arrive."""
        for one in self.campaigns.values():
            if one["status"] in ("scheduled", "running"):
                one.update(status="finished", to_send=12, sent=12, bounces=2)

    def drafts(self, campaign: str) -> list[dict[str, Any]]:
        return [one for one in self.campaigns.values() if campaign in (one["name"], *one["tags"])]

    def work(self, method: str, path: str, query: dict[str, list[str]], headers: dict[str, str], body: Any) -> tuple[int, Any]:
        if headers.get("authorization") != f"token {TOKEN}":
            raise Refusal(403, {"message": "invalid API credentials"})
        if not path.startswith("/api/"):
            raise Refusal(404, {"message": "not found"})
        match (method, *path.removeprefix("/api/").split("/")):
            case ("GET", "campaigns"):
                return 200, {"data": self._page(query)}
            case ("POST", "campaigns"):
                return 200, {"data": self._create(body)}
            case ("GET", "campaigns", number):
                return 200, {"data": self._shown(self._one(number))}
            case ("PUT", "campaigns", number):
                return 200, {"data": self._update(self._one(number), body)}
            case ("PUT", "campaigns", number, "status"):
                return 200, {"data": self._status(self._one(number), body)}
            case ("POST", "campaigns", number, "test"):
                return 200, {"data": self._test(self._one(number), body)}
            case ("GET", "templates"):
                return 200, {"data": self.templates}
            case ("POST", "templates"):
                self._known(body, frozenset(("name", "type", "body")))
                self.templates.append({"id": len(self.templates) + 1, **body})
                return 200, {"data": self.templates}
            case ("GET", "lists"):
                results = [{"id": number, "name": name} for number, name in self.lists.items()]
                return 200, {"data": {"results": results, "total": len(results), "page": 1, "per_page": 0}}
        raise Refusal(404, {"message": "not found"})

    def _one(self, number: str) -> dict[str, Any]:
        if not number.isdigit() or int(number) not in self.campaigns:
            raise Refusal(400, {"message": "campaign not found"})
        return self.campaigns[int(number)]

    def _known(self, body: Any, fields: frozenset[str]) -> None:
        if not isinstance(body, dict) or not set(body) <= fields:
            raise Refusal(400, {"message": f"unknown: {sorted(set(body) - fields)}"})

    def _page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        if set(query) - {"page", "per_page", "order_by", "order", "no_body"}:
            raise Refusal(400, {"message": "unknown parameter"})
        page, many = int(query["page"][0]), min(int(query["per_page"][0]), 100)
        every = [self._shown(one) for one in self.campaigns.values()]
        results = [{**one, "body": ""} for one in every[(page - 1) * many : page * many]]
        return {"results": results, "total": len(every), "page": page, "per_page": many} if results else {"results": []}

    def _shown(self, one: dict[str, Any]) -> dict[str, Any]:
        lists = [{"id": number, "name": self.lists.get(number, "?")} for number in one["lists"]]
        return {**one, "lists": lists, "uuid": "57702beb", "created_at": "2026-11-01T10:00:00.12345+01:00", "views": 0}

    def _checked(self, body: dict[str, Any]) -> dict[str, Any]:
        self._known(body, _FIELDS)
        for name in ("name", "subject", "body", "altbody", "from_email"):
            if not isinstance(body.get(name), str) or not body[name]:
                raise Refusal(400, {"message": f"invalid {name}"})
        if body["type"] != "regular" or body["content_type"] != "html" or body["messenger"] != "email":
            raise Refusal(400, {"message": "invalid kind"})
        if not body["lists"] or not set(body["lists"]) <= set(self.lists):
            raise Refusal(400, {"message": "invalid list"})
        if body["template_id"] not in [one["id"] for one in self.templates]:
            raise Refusal(400, {"message": "invalid template"})
        if body.get("send_at") is not None and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", body["send_at"]):
            raise Refusal(400, {"message": "parsing time"})
        for text in (body["body"], body["altbody"]):
            rendered(text)
        if self.is_unique:
            slug = re.sub(r"\s+", "-", re.sub(r"[\W_]", " ", body["archive_slug"].lower()).strip())
            return {"send_at": None, **body, "archive_slug": slug}
        return {"send_at": None, **body, "archive_slug": None}

    def _create(self, body: Any) -> dict[str, Any]:
        fields = self._checked(body)
        if fields["archive_slug"] and any(one["archive_slug"] == fields["archive_slug"] for one in self.campaigns.values()):
            raise Refusal(500, {"message": "Error creating campaign: duplicate key value violates unique constraint"})
        number = max(self.campaigns, default=0) + 1
        self.campaigns[number] = {"id": number, "status": "draft", "to_send": 0, "sent": 0, "bounces": 0, **fields}
        return self._shown(self.campaigns[number])

    def _update(self, one: dict[str, Any], body: Any) -> dict[str, Any]:
        if one["status"] not in _EDITABLE:
            raise Refusal(400, {"message": "cannot update a running or finished campaign"})
        one.update(self._checked(body))
        return self._shown(one)

    def _status(self, one: dict[str, Any], body: Any) -> dict[str, Any]:
        self._known(body, frozenset(("status",)))
        status = body["status"]
        if status not in ("scheduled", "running") or one["status"] not in ("draft", "paused"):
            raise Refusal(400, {"message": "only drafts can be scheduled"})
        if status == "scheduled" and not one["send_at"]:
            raise Refusal(400, {"message": "needs send_at"})
        one["status"] = "scheduled" if one["send_at"] else "running"
        self.leaves(one["name"])
        return self._shown(one)

    def _test(self, one: dict[str, Any], body: Any) -> bool:
        people = body.pop("subscribers", None)
        self._checked(body)
        if not people or not set(people) <= self.subscribers:
            raise Refusal(400, {"message": f"no known subscribers to test: {people}"})
        self.proofs += [(one["name"], whom) for whom in people]
        return True


def rendered(text: str) -> str:
    """Return what a member gets of a body in which nothing but strings and the way to leave is filled in."""
    bare = _ACTION.sub("", text)
    if "{{" in bare or "}}" in bare or "@TrackLink" in text:
        raise Refusal(400, {"message": "error compiling template"})
    return _ACTION.sub(lambda found: LEAVING if found[2] else _unquoted(found[1] or found[3] or ""), text)


def _unquoted(literal: str) -> str:
    """Return the text of a Go string; its escapes are those of JSON, and two digits after an x."""
    return str(
        json.loads('"' + re.sub(r"\\(\\|x([0-9a-f]{2}))", lambda one: one[0] if one[1] == "\\" else f"\\u00{one[2]}", literal) + '"')
    )
