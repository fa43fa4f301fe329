"""Properties: what must hold of whatever is drawn.  Each is a function that is given what was drawn and raises where it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class Property:
    """What must hold, of what, and how often a short run tries it."""

    name: str
    drawn: dict[str, SearchStrategy[Any]]
    check: Callable[..., None]
    few: int


#: Every property by its name.
PROPERTIES: dict[str, Property] = {}


def holds(few: int = 40, **drawn: SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Note a property; *few* is lower where one example is dear."""

    def noted(check: Callable[..., None]) -> Callable[..., None]:
        assert check.__name__ not in PROPERTIES
        PROPERTIES[check.__name__] = Property(check.__name__, drawn, check, few)
        return check

    return noted


def try_out(one: Property, examples: int, number: int | None = None) -> None:
    """Try a property on that many examples: the same ones each time, or those of the round *number*."""

    # As few as these are drawn anew each time; what was found is kept as a case of its own, not in a folder of Hypothesis.
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=number is None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink), report_multiple_bugs=False,
    )  # fmt: skip
    @given(**one.drawn)
    def trial(**drawn: Any) -> None:
        one.check(**drawn)

    if number is not None:
        trial = seed(number)(trial)
    trial()
