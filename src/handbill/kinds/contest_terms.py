"""What the rules of a contest say, as plain values: the contract that is announced, and what may not be changed after."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from handbill.hub.item import Item
from handbill.kinds.contest_facts import ContestFacts


def contest_id(item: Item) -> str:
    """Return the id of a contest for its archive and its draw; translations share it.

    >>> contest_id(item)  # doctest: +SKIP
    'ete-photo'
    """
    return item.group.partition(":")[2] or item.group


def terms_of(item: Item) -> dict[str, Any]:
    """Return all that the rules say and a draw depends on, in values of JSON; moments are whole seconds in UTC.

    Two texts with equal terms have the same rules, whatever else they say.
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    return {
        "mechanism": facts.mechanism,
        "opens": _utc(item.deadline.opens),
        "closes": _utc(item.deadline.closes),
        "freeze": _utc(facts.freeze),
        "draw": _utc(facts.draw),
        "results": _utc(facts.results),
        "claim": _utc(facts.claim),
        "objection_hours": facts.objection_hours,
        "prizes": [
            {
                "name": one.name,
                "quantity": one.quantity,
                "shared_by": one.shared_by,
                "unit_value": str(one.unit_value) if one.unit_value is not None else "",
                "currency": one.currency,
                "delivery": one.delivery,
                "restrictions": one.restrictions,
            }
            for one in facts.prizes
        ],
        "winners": facts.winner_count,
        "substitutes": facts.substitutes,
        "entry": {"how": facts.entry, "url": facts.enter_url, "limit": facts.entries_per_person},
        "eligibility": {
            "min_age": facts.min_age,
            "countries": list(facts.countries),
            "members_only": facts.members_only,
            "excluded": list(facts.excluded),
        },
        "judging": {
            "jurors": list(facts.judging.jurors),
            "criteria": [{"name": one.name, "weight": str(one.weight), "scale": one.scale} for one in facts.judging.criteria],
            "blind": facts.judging.is_blind,
        },
        "quiz": {"questions": facts.quiz.questions, "answers": facts.quiz.answers, "tiebreak": facts.quiz.tiebreak},
        "algorithm": facts.algorithm,
        "sources": [{"name": one.name, "count": one.count, "most": one.most} for one in facts.sources],
        "retention_days": facts.privacy.retention_days,
        "publish_winners": facts.privacy.publish_winners,
    }


def _utc(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else ""
