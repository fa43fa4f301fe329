"""A contest with a record → the page that tells how its winners are found, step by step, and lets its reader check all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from handbill.draw import hubdraw, rfc3797
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.outputs.contest_files import file_address, public_files
from handbill.outputs.sheet import Say, Sheet, head
from handbill.outputs.translated import alternates
from handbill.outputs.views import Page, To
from handbill.settings import Settings

#: So many tickets are shown with the place that they got.
MOST_SHOWN = 6

#: Where the page lies below that of its contest.
PAGE = "draw/"


@dataclass(frozen=True, slots=True)
class Placed:
    """A ticket among the first: its place as it was computed and its score in a ranking ("" where there is none), and what came of it.

    ``outcome`` is ``winner``, ``substitute``, the reason for which it was
    passed over, or "".
    """

    ticket: str
    position: str
    score: str
    outcome: str


@dataclass(frozen=True, slots=True)
class DrawPage:
    """How the winners of a contest are found, with its own values; ``facts`` are those that the contest's page shows.

    ``id`` is the contest's in its archive; ``told`` the second, in UTC, at
    which the beacon tells its number; ``stood_in`` the round that counted
    instead, 0 where the named one did; ``first`` the tickets that come first;
    ``key`` what RFC 3797 draws by; ``files`` the public files, for the check.
    """

    page: Page
    contest: To
    id: str
    state: str
    facts: dict[str, Any]
    told: str = ""
    stood_in: int = 0
    randomness: str = ""
    drawings: tuple[tuple[int, ...], ...] = ()
    key: str = ""
    first: tuple[Placed, ...] = ()
    files: tuple[To, ...] = ()


def draw_pages(hub: Hub, settings: Settings, lang: str, say: Say) -> Iterator[Sheet]:
    """Yield the page of each contest in a language of which something was committed."""
    for item in hub.of_kind("contest", lang):
        if has_draw_page(item, hub):
            yield Sheet(f"{item.address}{PAGE}", partial(draw_page, item, hub, settings, say), (item.source,), f"draw:{item.id}")


def has_draw_page(item: Item, hub: Hub) -> bool:
    """Say whether a contest has this page: something of it was committed."""
    record = item.facts.record
    return record is not None and any(one.at <= hub.as_of for one in record.steps)


def draw_page(item: Item, hub: Hub, settings: Settings, say: Say) -> DrawPage:
    """Return the record of the page."""
    facts = hub.kinds[item.kind].view(item, hub)
    record = item.facts.record
    title = say("The verdict, step by step") if item.facts.is_judged else say("The draw, step by step")
    others = tuple(To(one.title, one.address + PAGE) for one in alternates(item, hub, settings))
    decided = facts["record"]["drawn"] is not None
    told: Mapping[str, Any] = (record.draw or {}) if decided else {}
    return DrawPage(
        page=head(
            settings, "draw.html", item.lang, f"{title} · {item.title}", f"{item.address}{PAGE}",
            description=say("How the winners of this contest are found, and how you check it at home"),
            alternates=others if len(others) > 1 else (),
        ),
        contest=To(item.title, settings.local(item.address)),
        id=record.id,
        state=hub.state(item),
        facts=facts,
        told=_second(facts["record"]["beacon"]),
        stood_in=_stood_in(facts["record"]["beacon"], told),
        randomness=told.get("randomness", ""),
        drawings=tuple(tuple(one) for one in told.get("numbers", ())),
        key=rfc3797.key_of(told["numbers"]) if "numbers" in told else "",
        first=tuple(_first(record.id, told)),
        files=tuple(To(one, file_address(item, one, hub, settings)) for one in public_files(record, hub)),
    )  # fmt: skip


def contest_facts(item: Item, hub: Hub, settings: Settings) -> dict[str, str]:
    """Return the addresses that the page of a contest needs: its rules, its draw, its files, and the contest that takes its place.

    Each is "" where there is none.
    """
    if not has_draw_page(item, hub):
        return dict.fromkeys(("rules_page", "draw_page", "files", "again"), "")
    ended = item.facts.record.last("void", hub.as_of)
    again = ended.facts.get("again", "") if ended else ""
    anew = next((one for one in hub.of_kind("contest", item.lang) if again and one.facts.record and one.facts.record.id == again), None)
    return {
        "rules_page": settings.local(f"{item.address}rules/"),
        "draw_page": settings.local(f"{item.address}{PAGE}"),
        "files": file_address(item, "", hub, settings),
        "again": settings.local(anew.address) if anew else "",
    }


def _second(beacon: Mapping[str, Any] | None) -> str:
    """Return the second in UTC at which the beacon tells its number: ``15:59:24``."""
    return f"{datetime.fromisoformat(beacon['at']).astimezone(UTC):%H:%M:%S}" if beacon else ""


def _stood_in(beacon: Mapping[str, Any] | None, told: Mapping[str, Any]) -> int:
    """Return the round that decided where the beacon was silent at the one that was named; 0 where it was not."""
    used = int(told.get("round", 0))
    return used if beacon and used != beacon["round"] else 0


def _first(contest: str, told: Mapping[str, Any]) -> Iterator[Placed]:
    """Yield the tickets that come first, with their places worked out anew."""
    secret = hubdraw.secret_of(contest, bytes.fromhex(told["randomness"])) if "randomness" in told and "ranking" not in told else b""
    scores = {one["ticket"]: one["score"] for one in told.get("ranking", ())}
    outcomes = {one["ticket"]: one["reason"] for one in told.get("skips", ())}
    outcomes |= {one["ticket"]: "winner" for one in told.get("winners", ())}
    outcomes |= dict.fromkeys(told.get("substitutes", ()), "substitute")
    for ticket in told.get("order", ())[:MOST_SHOWN]:
        yield Placed(ticket, hubdraw.position_of(secret, ticket) if secret else "", scores.get(ticket, ""), outcomes.get(ticket, ""))
