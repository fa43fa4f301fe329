"""What the rules of a contest say, as plain values: the contract that is announced, and what may not be changed after."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Return all that one text of a contest says for its rules, in values of JSON; moments are whole seconds in UTC.

    Two texts with equal terms have the same rules, whatever else they say.
    What hub.toml says in their place where they are silent is not in it
    (``rules/contract.py``).
    """
    facts: ContestFacts = item.facts
    assert item.deadline is not None
    return {
        "contest": contest_id(item),
        "lang": item.lang,
        "title": item.title,
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
        "entry": {"how": facts.entry, "url": facts.enter_url, "limit": facts.entries_per_person, "told": facts.enter},
        "eligibility": {
            "min_age": facts.min_age,
            "parental_consent": facts.parental_consent,
            "countries": list(facts.countries),
            "members_only": facts.members_only,
            "excluded": list(facts.excluded),
            "told": facts.eligibility,
        },
        "organiser": {
            "name": facts.organiser.name,
            "form": facts.organiser.form,
            "registration": facts.organiser.registration,
            "address": facts.organiser.address,
            "contact": facts.organiser.contact,
            "capital": facts.organiser.capital,
        },
        "algorithm": facts.algorithm,
        "sources": [{"name": one.name, "count": one.count, "most": one.most} for one in facts.sources],
        "retention_days": facts.privacy.retention_days,
        "publish_winners": facts.privacy.publish_winners,
        "privacy": {
            "controller": facts.privacy.controller,
            "purpose": facts.privacy.purpose,
            "basis": facts.privacy.basis,
            "contact": facts.privacy.contact,
        },
        "image_rights": facts.image_rights,
        "platform": {"name": facts.platform, "disclaimer": facts.platform_disclaimer},
        "deposit": {
            "officer": facts.deposit.officer,
            "reference": facts.deposit.reference,
            "date": facts.deposit.day.isoformat() if facts.deposit.day else "",
        },
        **_judging(facts),
    }


def _judging(facts: ContestFacts) -> dict[str, Any]:
    return {
        "judging": {
            "jurors": list(facts.judging.jurors),
            "criteria": [{"name": one.name, "weight": str(one.weight), "scale": one.scale} for one in facts.judging.criteria],
            "blind": facts.judging.is_blind,
            "conflicts": facts.judging.conflicts,
        },
        "quiz": {"questions": facts.quiz.questions, "answers": facts.quiz.answers, "tiebreak": facts.quiz.tiebreak},
    }


def lots_at(terms: Mapping[str, Any]) -> str:
    """Return the moment from which lots can be drawn: that of the draw, or of the results where lots only part equal entries."""
    moment: str = terms["draw"] or terms["results"]
    return moment


def _utc(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else ""
