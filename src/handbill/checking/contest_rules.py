"""Contests whose rules were announced, against their texts of today: nobody's rules change without a word (HB474)."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.pointing import at
from handbill.errors import Problem, said
from handbill.hub.hub import Hub
from handbill.hub.item import Item
from handbill.hub.record import Record
from handbill.kinds.contest_facts import ContestFacts
from handbill.rules.changes import changes, shown
from handbill.settings import Settings

#: While the last step is this one, and entries are not closed, the rules can be amended.
_AMENDED = "announced"

#: Nobody is bound by these rules any more.
_OFF = frozenset({"cancelled", "void"})


def check_contest_rules(hub: Hub, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each term of announced rules that the text of its contest, or hub.toml, says otherwise now."""
    for item in (*hub.items, *hub.hidden):
        if isinstance(item.facts, ContestFacts) and item.facts.record and item.facts.record.steps:
            yield from _changed(item, item.facts.record, hub, settings)


def _changed(item: Item, record: Record, hub: Hub, settings: Settings) -> Iterator[Problem]:
    last = next((one.name for one in reversed(record.steps) if one.name != "sealed"), "")
    announced = record.last("announced")
    if announced is None or last in _OFF or item.deadline is None:
        return
    # By the announced dates, not by those of the text: a later end would open for change what is closed.
    is_over = last != _AMENDED or f"{hub.as_of.astimezone(announced.at.tzinfo):%Y-%m-%dT%H:%M:%SZ}" >= announced.facts["terms"]["closes"]
    version = announced.facts["version"]
    for one in changes(record, item, settings, is_over):
        before, after = shown(one.before, settings.zone), shown(one.after, settings.zone)
        found = said("{value}, while version {n} of the announced rules says {before}", value=after, n=version, before=before)
        if is_over:
            wanted = said("what was announced, {before}: entries are closed, and nobody’s rules change after they entered", before=before)
        else:
            wanted = said(
                "what was announced, or “{command}”, which makes version {n} of the rules",
                command=f"python3 build.py contest announce {record.id}", n=version + 1,
            )  # fmt: skip
        yield at(item, one.top, found, wanted, "HB474", named=one.field)
