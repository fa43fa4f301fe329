"""One edition of the rules: which version, announced when, and what decides its lots; and sums over a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from handbill.rules.wording import local

#: If a round of the beacon is not there so many hours after its moment, the first later one counts.
LATE_HOURS = 48

#: A beacon that says nothing for so many days has stopped, and the lottery takes its place.
STOPPED_DAYS = 7

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Edition:
    """What the rules say besides their contract.

    ``announced`` is the moment of the announcement, as contracts write moments;
    ``page`` is the contest's address in this language, complete and with its
    final slash, ``files`` the one below which its public files lie; ``digest``
    binds the text to the record.  ``chain``, ``round`` and ``emitted`` (the
    moment of the round) name the beacon; "" and 0 where another source decides.
    ``people`` are the names of those whom the contract names by their file.
    """

    version: int
    announced: str
    page: str
    files: str
    digest: str
    chain: str = ""
    round: int = 0
    emitted: str = ""
    people: Mapping[str, str] = field(default_factory=dict)


def total_by_currency(terms: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    """Yield what all prizes are worth together, for each currency in the order in which they come."""
    totals: dict[str, Decimal] = {}
    for one in terms["prizes"]:
        totals[one["currency"]] = totals.get(one["currency"], Decimal(0)) + Decimal(one["unit_value"]) * one["quantity"]
    yield from totals.items()


def lottery_day(lots_at: str, zone: str) -> datetime:
    """Return the day of the lottery that decides where the beacon has stopped: the first Saturday after its time is up.

    By then everybody knows that it has stopped, and nobody knows the numbers.
    """
    first = local(lots_at, zone) + timedelta(days=STOPPED_DAYS + 1)
    return (first + timedelta(days=(_SATURDAY - first.weekday()) % 7)).replace(hour=0, minute=0, second=0, microsecond=0)
