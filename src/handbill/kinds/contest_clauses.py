"""What no rules of a contest could say: chance for buyers only, children without their parents, a jury that cannot judge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from handbill.errors import said
from handbill.hub.address import slug_of
from handbill.hub.fields import Desk, Table, place_of
from handbill.kinds.contest_facts import ASKED, JUDGED

#: With fewer, one juror's taste decides.
JURORS = 3


def refuse_clauses(values: Mapping[str, Any], table: Table, desk: Desk) -> None:
    """Put down what would make a contest unlawful, unfair or impossible, whatever else its rules say."""
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
    _refuse_jury(values, table, desk)
    _refuse_quiz(values, table, desk)


def _refuse_jury(values: Mapping[str, Any], table: Table, desk: Desk) -> None:
    judging = values["judging"]
    if not judging:
        return
    jurors: Sequence[str] = judging.get("jurors", ())
    criteria = [one for one in judging.get("criteria", ()) if one.get("name") and one.get("weight") is not None]
    if values["mechanism"] not in JUDGED:
        found = said("a jury, where mechanism is {mechanism}", mechanism=values["mechanism"])
        desk.refuse(place_of(table, "judging"), "judging", found, said("mechanism: jury, or the jury taken out"), "HB225")
        return
    if jurors and len({_name(one) for one in jurors}) < len(jurors):
        desk.refuse(
            place_of(table, "judging", "jurors"), "judging.jurors", said("a juror who stands there twice"), said("each juror once"), "HB225"
        )
    elif jurors and len(jurors) < JURORS:
        found = said("a jury of {n}", n=len(jurors))
        desk.refuse(
            place_of(table, "judging", "jurors"),
            "judging.jurors",
            found,
            said("{n} jurors at least, so that no single one decides", n=JURORS),
            "HB225",
        )
    if len({_name(one["name"]) for one in criteria}) < len(criteria):
        desk.refuse(
            place_of(table, "judging", "criteria"),
            "judging.criteria",
            said("two criteria of one name"),
            said("a name of its own for each"),
            "HB225",
        )
    total = sum((one["weight"] for one in criteria), Decimal(0))
    if criteria and total != Decimal(1):
        found = said("weights that are {sum} together", sum=str(total))
        desk.refuse(place_of(table, "judging", "criteria"), "judging.criteria", found, said("weights that are 1 together"), "HB225")


def _refuse_quiz(values: Mapping[str, Any], table: Table, desk: Desk) -> None:
    quiz = values["quiz"]
    if not quiz:
        return
    if values["mechanism"] not in ASKED:
        found = said("a quiz, where mechanism is {mechanism}", mechanism=values["mechanism"])
        desk.refuse(place_of(table, "quiz"), "quiz", found, said("mechanism: quiz or quiz+draw, or the quiz taken out"), "HB225")
    elif quiz.get("answers") and not re.fullmatch("[0-9a-f]{64}", quiz["answers"]):
        found = said("a digest that is none")
        desk.refuse(
            place_of(table, "quiz", "answers"), "quiz.answers", found, said("the 64 signs that “contest answers digest” prints"), "HB225"
        )


def _name(text: str) -> str:
    return slug_of(text) or text.casefold()
