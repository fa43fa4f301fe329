"""A contest (jeu-concours): opens, closes, is drawn or judged, has winners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from handbill.errors import said
from handbill.hub.facets import Deadline, instant
from handbill.hub.fields import Choice, Desk, Field, Group, Integer, Link, Many, Table, Text, When, place_of
from handbill.hub.kind import Kind
from handbill.hub.when import told

if TYPE_CHECKING:
    from handbill.hub.hub import Hub
    from handbill.hub.item import Item


@dataclass(frozen=True, slots=True)
class Prize:
    """What can be won, and how many of it."""

    name: str
    quantity: int
    value: str


@dataclass(frozen=True, slots=True)
class ContestFacts:
    """What only a contest has.  ``winners`` are names that may be shown, each with the prize."""

    mechanism: str
    draw: datetime | None
    results: datetime | None
    prizes: tuple[Prize, ...]
    enter: str
    enter_url: str
    organiser: str
    eligibility: str
    winners: tuple[tuple[str, str], ...]
    cancelled: str

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Return the moments at which the contest's page may change, besides its deadline."""
        return tuple(moment for moment in (self.draw, self.results) if moment)


def make(values: dict[str, Any], table: Table, desk: Desk) -> dict[str, Any]:
    """Return the contest's deadline and facts; its dates must follow each other.

    A closing day without a clock time lasts until its midnight (decision 0009).
    """
    if values["opens"] is None or values["closes"] is None:
        return {}
    opens = instant(values["opens"], desk.zone)
    closes = _after(values["closes"], desk.zone)
    draw = instant(values["draw"], desk.zone) if values["draw"] else None
    results = instant(values["results"], desk.zone) if values["results"] else None
    if closes <= opens:
        found = said("{closes}, which is not after opens ({opens})", closes=told(values["closes"]), opens=told(values["opens"]))
        desk.refuse(place_of(table, "closes"), "closes", found, said("an end after the opening"), "HB221")
    if values["mechanism"] == "draw" and draw is None:
        wanted = said("the moment of the draw, such as {line}", line=f"draw: {told(closes.replace(tzinfo=None) + timedelta(hours=18))}")
        desk.refuse(place_of(table, "mechanism"), "draw", said("nothing"), wanted, "HB222")
    if draw and draw < closes:
        found = said("{draw}, which is before entries close ({closes})", draw=told(values["draw"]), closes=told(values["closes"]))
        wanted = said("a draw from {moment} on", moment=told(closes))
        desk.refuse(place_of(table, "draw"), "draw", found, wanted, "HB221")
    if results and results < (draw or closes):
        found = said("{results}, which is before entries are drawn or judged", results=told(values["results"]))
        wanted = said("results from {moment} on", moment=told(draw or closes))
        desk.refuse(place_of(table, "results"), "results", found, wanted, "HB221")
    facts = ContestFacts(
        mechanism=values["mechanism"],
        draw=draw,
        results=results,
        prizes=tuple(Prize(one["name"], one["quantity"], one["value"]) for one in values["prizes"] if one.get("name")),
        enter=values["enter"],
        enter_url=values["enter_url"],
        organiser=values["organiser"],
        eligibility=values["eligibility"],
        winners=tuple((one["name"], one["prize"]) for one in values["winners"] if one.get("name")),
        cancelled=values["cancelled"],
    )
    return {"deadline": Deadline(opens, closes), "facts": facts}


def _after(when: datetime | date, zone: str) -> datetime:
    return when if isinstance(when, datetime) else instant(when + timedelta(days=1), zone)


def state(item: Item, at: datetime) -> str:
    """Return announced, open, closed, drawn or cancelled.

    Winners written ahead of the day on which results are due are not shown
    before it.
    """
    facts: ContestFacts = item.facts
    if facts.cancelled:
        return "cancelled"
    assert item.deadline is not None
    if at < item.deadline.opens:
        return "announced"
    if item.deadline.is_open(at):
        return "open"
    return "drawn" if facts.winners and (facts.results is None or at >= facts.results) else "closed"


def view(item: Item, hub: Hub) -> dict[str, Any]:
    """Return all facts as plain values, the winners only once the results are out.

    ``steps`` are the moments of the contest in order, each with whether it is over.
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    shown = state(item, hub.as_of) == "drawn"
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
        "organiser": facts.organiser,
        "eligibility": facts.eligibility,
        "winners": [{"name": name, "prize": prize} for name, prize in facts.winners] if shown else [],
        "cancelled": facts.cancelled,
    }


def _steps(facts: ContestFacts, deadline: Deadline, at: datetime, is_drawn: bool) -> list[dict[str, Any]]:
    """Return the contest's way from opening to results; a jury sits on no known day, and ``at`` is "" then."""
    found = [("opens", deadline.opens, deadline.opens <= at), ("closes", deadline.last, deadline.closes <= at)]
    if facts.draw:
        found.append(("draw", facts.draw, facts.draw <= at))
    steps = [{"name": name, "at": moment.isoformat(), "is_done": is_done} for name, moment, is_done in found]
    if facts.mechanism == "jury":
        steps.append({"name": "jury", "at": "", "is_done": is_drawn})
    if facts.results or is_drawn:
        steps.append({"name": "results", "at": facts.results.isoformat() if facts.results else "", "is_done": is_drawn})
    return steps


_MECHANISMS = (said("lots are drawn among all entries"), said("a jury chooses"), said("the right answers win"))

CONTEST = Kind(
    name="contest",
    plural="contests",
    folder="content/contests",
    fields=(
        Field("mechanism", Choice(("draw", "jury", "quiz"), _MECHANISMS), "how winners are found", required=True, example="draw"),
        Field("opens", When(), "from when members can enter", required=True, example="2026-06-01 09:00"),
        Field(
            "closes",
            When(),
            "until when members can enter; a day lasts until its midnight",
            required=True,
            example="2026-06-30",
            after="opens",
        ),
        Field("draw", When(day=False), "when lots are drawn; required where mechanism is draw", example="2026-07-03 18:00"),
        Field("results", When(), "when winners are made known", example="2026-07-04"),
        Field(
            "prizes",
            Many(
                Group(
                    (
                        Field("name", Text(160), "the prize, as members read it", required=True, example=said("A set of wood chisels")),
                        Field("quantity", Integer(1, 10_000), "how many of it can be won", default=1, example="3"),
                        Field("value", Text(60), "what one is worth", default="", example="45 €"),
                    )
                )
            ),
            "what can be won",
            required=True,
            default=(),
        ),
        Field("enter", Text(300), "how to enter, in one line", required=True, default="", example=said("Send a photo of what you mended.")),
        Field(
            "enter_url",
            Link(),
            "the page where members enter; their names never enter this repository",
            default="",
            example="https://formulaire.example/photo",
        ),
        Field(
            "organiser", Text(200), "who organises, as the rules name it", required=True, default="", example="Association Atelier Garonne"
        ),
        Field("eligibility", Text(300), "who may enter", default="", example=said("Anyone of age")),
        Field(
            "winners",
            Many(
                Group(
                    (
                        Field("name", Text(120), "the name that the winner agreed to show", required=True, example="Camille R."),
                        Field("prize", Text(160), "what was won", default="", example=said("A set of wood chisels")),
                    )
                )
            ),
            "who won; shown once results are due",
            default=(),
        ),
        Field("cancelled", Text(300), "why it is cancelled; writing it cancels the contest", default="", example=said("Too few entries.")),
    ),
    make=make,
    state=state,
    view=view,
)
