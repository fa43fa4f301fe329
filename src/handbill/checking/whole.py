"""The hub → everything that can only be said when all its items are known together."""

from __future__ import annotations

from collections.abc import Iterator

from handbill.checking.catalogues import check_catalogues
from handbill.checking.changes import check_changes
from handbill.checking.contest_rules import check_contest_rules
from handbill.checking.contests import check_contests
from handbill.checking.declared import check_declared
from handbill.checking.events import check_events
from handbill.checking.excepted import check_excepted
from handbill.checking.frozen import check_frozen
from handbill.checking.identity import check_identity
from handbill.checking.issues import check_issues
from handbill.checking.legal import check_legal
from handbill.checking.letters import check_letters
from handbill.checking.look import check_look
from handbill.checking.nowhere import check_nowhere
from handbill.checking.places import check_places
from handbill.checking.proposed import check_proposed
from handbill.checking.recaps import check_recaps
from handbill.checking.schedule import check_schedule
from handbill.checking.sections import check_sections
from handbill.checking.tags import check_tags
from handbill.checking.translations import check_translations
from handbill.checking.twins import check_twins
from handbill.checking.weekdays import check_weekdays
from handbill.checking.years import check_years
from handbill.errors import Problem
from handbill.hub.hub import Hub
from handbill.settings import Settings


def check_hub(hub: Hub, settings: Settings, is_whole: bool = True) -> Iterator[Problem]:
    """Yield every problem that lies between items.

    While a file cannot be read (*is_whole* is false), nobody is told that
    nothing leads to what that file may lead to.
    """
    yield from check_identity(hub)
    yield from check_letters(hub, settings)
    yield from check_frozen(hub, settings)
    yield from check_issues(hub)
    yield from check_twins(hub)
    yield from check_proposed(hub)
    yield from check_translations(hub)
    yield from check_tags(hub, settings)
    yield from check_years(hub, settings)
    yield from check_weekdays(hub)
    yield from check_recaps(hub)
    yield from check_events(hub)
    yield from check_contests(hub)
    yield from check_contest_rules(hub, settings)
    yield from check_places(hub)
    yield from check_changes(hub)
    yield from check_excepted(hub)
    yield from check_schedule(hub)
    yield from check_look(settings)
    yield from check_catalogues(settings)
    yield from check_legal(hub, settings)
    yield from check_declared(hub, settings)
    yield from check_sections(hub, settings)
    if is_whole:
        yield from check_nowhere(hub, settings)
