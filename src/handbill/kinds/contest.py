"""A contest (jeu-concours): opens, closes, is drawn or judged, has winners."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handbill.hub.facets import Deadline, instant
from handbill.hub.fields import Desk, Table
from handbill.hub.kind import Kind
from handbill.hub.record import BEFORE_FREEZE, OFF_STEPS, state_at
from handbill.kinds.contest_clauses import refuse_clauses
from handbill.kinds.contest_facts import (
    ContestFacts,
    Criterion,
    Deposit,
    Judging,
    Organiser,
    Privacy,
    Prize,
    Quiz,
    Source,
    Winner,
)
from handbill.kinds.contest_fields import FIELDS
from handbill.kinds.contest_order import refuse_disorder
from handbill.kinds.contest_view import view_of
from handbill.kinds.disclosure import disclosure_of

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


def make(values: dict[str, Any], table: Table, desk: Desk) -> dict[str, Any]:
    """Return the contest's deadline and facts; its dates must follow each other.

    A closing day without a clock time lasts until its midnight (decision 0009).
    """
    if values["opens"] is None or values["closes"] is None:
        return {}
    opens = instant(values["opens"], desk.zone)
    closes = _after(values["closes"], desk.zone)
    moments = {name: instant(values[name], desk.zone) if values[name] else None for name in ("freeze", "draw", "results")}
    claim = _after(values["claim"], desk.zone) if values["claim"] else None
    refuse_disorder(values, {"opens": opens, "closes": closes, **moments, "claim": claim}, table, desk)
    refuse_clauses(values, table, desk)
    prizes = tuple(Prize(**one) for one in values["prizes"] if one.get("name"))
    judging, quiz = values["judging"] or {}, values["quiz"] or {}
    randomness, privacy, deposit = values["randomness"] or {}, values["privacy"] or {}, values["deposit"] or {}
    facts = ContestFacts(
        mechanism=values["mechanism"],
        freeze=moments["freeze"],
        draw=moments["draw"],
        results=moments["results"],
        claim=claim,
        objection_hours=values["objection_hours"],
        prizes=prizes,
        substitutes=values["substitutes"] if values["substitutes"] is not None else sum(one.winners for one in prizes),
        entry=values["entry"],
        enter=values["enter"],
        enter_url=values["enter_url"],
        entries_per_person=values["entries_per_person"],
        organiser=Organiser(**(values["organiser"] or {"name": ""})),
        eligibility=values["eligibility"],
        min_age=values["min_age"],
        parental_consent=values["parental_consent"],
        countries=values["countries"],
        members_only=values["members_only"],
        excluded=values["excluded"],
        judging=Judging(
            jurors=judging.get("jurors", ()),
            criteria=tuple(Criterion(one["name"], one["weight"], one["scale"]) for one in judging.get("criteria", ()) if one.get("weight")),
            is_blind=judging.get("blind", False),
            conflicts=judging.get("conflicts", ""),
        ),
        quiz=Quiz(**quiz),
        algorithm=randomness.get("algorithm", "hubdraw-1"),
        sources=tuple(Source(**one) for one in randomness.get("sources", ()) if one.get("most")),
        privacy=Privacy(**privacy),
        image_rights=values["image_rights"],
        platform=values["platform"],
        platform_disclaimer=values["platform_disclaimer"],
        deposit=Deposit(deposit.get("officer", ""), deposit.get("reference", ""), _day(deposit.get("date"))),
        winners=tuple(Winner(one["name"], one["prize"], one["ticket"]) for one in values["winners"] if one.get("name")),
        cancelled=values["cancelled"],
    )
    deadline = Deadline(opens, closes, moments["draw"], moments["results"])
    return {"deadline": deadline, "disclosure": disclosure_of(values, table, desk), "facts": facts}


def _after(when: datetime | date, zone: str) -> datetime:
    return when if isinstance(when, datetime) else instant(when + timedelta(days=1), zone)


def _day(when: datetime | date | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when


def state(item: Item, at: datetime) -> str:
    """Return one of :data:`handbill.hub.record.STATES`.

    Where nothing was committed of a contest, its dates and the winners in its
    text decide; winners written ahead of the day on which results are due are
    not shown before it.  What was called off stays so when its data are
    destroyed.
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    record = facts.record
    known = record is not None and any(one.at <= at for one in record.steps)
    if record is not None and known:
        stands = state_at(record, item.deadline, facts.is_judged, at)
        if stands == "purged":
            return next((one for one in OFF_STEPS if record.last(one, at)), stands)
        # Words in the text cancel nothing once a list is frozen: that must be declared void, with the reason.
        return "cancelled" if facts.cancelled and stands in BEFORE_FREEZE else stands
    if facts.cancelled:
        return "cancelled"
    if at < item.deadline.opens:
        return "announced"
    if item.deadline.is_open(at):
        return "open"
    return "published" if facts.winners and (facts.results is None or at >= facts.results) else "closed"


def view(item: Item, hub: Hub) -> dict[str, Any]:
    """Return all facts as plain values; see :func:`handbill.kinds.contest_view.view_of`."""
    return view_of(item, state(item, hub.as_of), hub.as_of)


CONTEST = Kind(
    name="contest",
    plural="contests",
    folder="content/contests",
    fields=FIELDS,
    make=make,
    state=state,
    view=view,
)
