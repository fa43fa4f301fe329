"""A contest (jeu-concours): opens, closes, is drawn or judged, has winners."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.facets import Deadline, instant
from handbill.hub.fields import Desk, Table, place_of
from handbill.hub.kind import Kind
from handbill.hub.record import state_at
from handbill.hub.when import told
from handbill.kinds.contest_facts import (
    DRAWN,
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
    _refuse_disorder(values, opens, closes, moments, claim, table, desk)
    _refuse_clauses(values, table, desk)
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
    return {"deadline": Deadline(opens, closes), "facts": facts}


def _refuse_disorder(
    values: dict[str, Any], opens: datetime, closes: datetime, moments: dict[str, datetime | None], claim: datetime | None,
    table: Table, desk: Desk,
) -> None:  # fmt: skip
    """Put down the dates that do not come in their order."""
    freeze, draw, results = moments["freeze"], moments["draw"], moments["results"]
    if closes <= opens:
        found = said("{closes}, which is not after opens ({opens})", closes=told(values["closes"]), opens=told(values["opens"]))
        desk.refuse(place_of(table, "closes"), "closes", found, said("an end after the opening"), "HB221")
    if values["mechanism"] in DRAWN and draw is None:
        wanted = said("the moment of the draw, such as {line}", line=f"draw: {told(closes.replace(tzinfo=None) + timedelta(hours=18))}")
        desk.refuse(place_of(table, "mechanism"), "draw", said("nothing"), wanted, "HB222")
    if freeze and freeze < closes:
        found = said("{freeze}, which is before entries close ({closes})", freeze=told(values["freeze"]), closes=told(values["closes"]))
        desk.refuse(place_of(table, "freeze"), "freeze", found, said("a moment from {moment} on", moment=told(closes)), "HB221")
    if draw and draw < closes:
        found = said("{draw}, which is before entries close ({closes})", draw=told(values["draw"]), closes=told(values["closes"]))
        wanted = said("a draw from {moment} on", moment=told(closes))
        desk.refuse(place_of(table, "draw"), "draw", found, wanted, "HB221")
    elif draw and freeze and draw < freeze + timedelta(hours=values["objection_hours"]):
        found = said(
            "{draw}, less than {n} hours after freeze ({freeze})",
            draw=told(values["draw"]),
            n=values["objection_hours"],
            freeze=told(values["freeze"]),
        )
        wanted = said("a draw from {moment} on", moment=told(freeze + timedelta(hours=values["objection_hours"])))
        desk.refuse(place_of(table, "draw"), "draw", found, wanted, "HB221")
    if results and results < (draw or freeze or closes):
        found = said("{results}, which is before entries are drawn or judged", results=told(values["results"]))
        wanted = said("results from {moment} on", moment=told(draw or freeze or closes))
        desk.refuse(place_of(table, "results"), "results", found, wanted, "HB221")
    elif claim and claim <= (results or draw or freeze or closes):
        found = said("{claim}, which is before winners are known", claim=told(values["claim"]))
        wanted = said("a moment after {moment}", moment=told(results or draw or freeze or closes))
        desk.refuse(place_of(table, "claim"), "claim", found, wanted, "HB221")


def _refuse_clauses(values: dict[str, Any], table: Table, desk: Desk) -> None:
    """Put down what no rules could say, whatever else they say."""
    if values["purchase_required"]:
        # Every mechanism here ends equal entries by lots, and a part of chance is enough for the law.
        found = said("a contest for buyers only, in which chance has a part")
        wanted = said(
            "a way to enter without buying: a sacrifice of money and chance together are a forbidden lottery, even if it is paid back "
            "(France: Code de la sécurité intérieure, L. 320-1)"
        )
        desk.refuse(place_of(table, "purchase_required"), "purchase_required", found, wanted, "HB223")
    if values["min_age"] < 18 and not values["parental_consent"]:
        found = said("entrants from {n} years on, and no word of their parents", n=values["min_age"])
        desk.refuse(place_of(table, "min_age"), "parental_consent", found, said("how parents agree, in one sentence"), "HB224")
    weights = [one["weight"] for one in (values["judging"] or {}).get("criteria", ()) if one.get("weight") is not None]
    if weights and sum(weights) != Decimal(1):
        found = said("weights that are {sum} together", sum=str(sum(weights)))
        desk.refuse(place_of(table, "judging"), "judging.criteria", found, said("weights that are 1 together"), "HB225")


def _after(when: datetime | date, zone: str) -> datetime:
    return when if isinstance(when, datetime) else instant(when + timedelta(days=1), zone)


def _day(when: datetime | date | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when


def state(item: Item, at: datetime) -> str:
    """Return one of :data:`handbill.hub.record.STATES`.

    Where nothing was committed of a contest, its dates and the winners in its
    text decide; winners written ahead of the day on which results are due are
    not shown before it.
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    if facts.cancelled:
        return "cancelled"
    if facts.record is not None and facts.record.steps:
        return state_at(facts.record, item.deadline, facts.is_judged, at)
    if at < item.deadline.opens:
        return "announced"
    if item.deadline.is_open(at):
        return "open"
    return "published" if facts.winners and (facts.results is None or at >= facts.results) else "closed"


#: In these states everybody may know who won.
PUBLIC = ("published", "settled", "purged")


def view(item: Item, hub: Hub) -> dict[str, Any]:
    """Return all facts as plain values, the winners only once the results are out.

    ``steps`` are the moments of the contest in order, each with whether it is over.
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    shown = state(item, hub.as_of) in PUBLIC and (facts.results is None or hub.as_of >= facts.results)
    return {
        "steps": _steps(facts, item.deadline, hub.as_of, shown),
        "mechanism": facts.mechanism,
        "opens": item.deadline.opens.isoformat(),
        "closes": item.deadline.last.isoformat(),
        "draw": facts.draw.isoformat() if facts.draw else "",
        "results": facts.results.isoformat() if facts.results else "",
        "prizes": [{"name": one.name, "quantity": one.quantity, "value": one.value} for one in facts.prizes],
        "enter": facts.enter,
        "enter_url": facts.enter_url,
        "organiser": facts.organiser.name,
        "eligibility": facts.eligibility,
        "winners": [{"name": one.name, "prize": one.prize} for one in facts.winners] if shown else [],
        "cancelled": facts.cancelled,
    }


def _steps(facts: ContestFacts, deadline: Deadline, at: datetime, is_drawn: bool) -> list[dict[str, Any]]:
    """Return the contest's way from opening to results; a jury sits on no known day, and ``at`` is "" then."""
    found = [("opens", deadline.opens, deadline.opens <= at), ("closes", deadline.last, deadline.closes <= at)]
    if facts.draw:
        found.append(("draw", facts.draw, facts.draw <= at))
    steps = [{"name": name, "at": moment.isoformat(), "is_done": is_done} for name, moment, is_done in found]
    if facts.is_judged:
        steps.append({"name": "jury", "at": "", "is_done": is_drawn})
    if facts.results or is_drawn:
        steps.append({"name": "results", "at": facts.results.isoformat() if facts.results else "", "is_done": is_drawn})
    return steps


CONTEST = Kind(
    name="contest",
    plural="contests",
    folder="content/contests",
    fields=FIELDS,
    make=make,
    state=state,
    view=view,
)
