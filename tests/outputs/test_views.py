"""All that a template can see: plain values, frozen, with every address completed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from tests.hubs import load_village

from handbill.outputs import contest_draw, contest_rules, list_views, repeats, search_page, standing_views, views
from handbill.outputs.content import Prose
from handbill.outputs.letter_page import Headed
from handbill.outputs.pages import sheets
from handbill.outputs.shell import shell

RECORDS = [one for one in vars(views).values() if isinstance(one, type) and is_dataclass(one)]
#: Those of lists, of standing pages, of the search page and of letters stand in modules of their own.
RECORDS_ELSEWHERE = [
    one
    for module in (contest_draw, contest_rules, list_views, repeats, search_page, standing_views)
    for one in vars(module).values()
    if isinstance(one, type) and is_dataclass(one)
]

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")


@cache
def all_records() -> tuple[Any, ...]:
    """Return the record of every page of the village, and of what surrounds it."""
    loaded, settings = load_village()
    say = dict.fromkeys(settings.languages, str)
    pages = [one.view for one in sheets(loaded.hub, settings, say)]
    return (*pages, *(shell(loaded.hub, settings, lang, str) for lang in settings.languages))


def inside(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value in a record with the name of the field that holds it."""
    yield name, value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from inside(getattr(value, field.name), f"{type(value).__name__}.{field.name}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from inside(key, name)
            yield from inside(one, f"{name}.{key}")
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from inside(one, name)


def test_a_record_holds_plain_values_and_records_only():
    """An item or a date in it would let a template decide, and two equal records look different."""
    plain = (str, int, float, bool, type(None), tuple, list, dict, *RECORDS, *RECORDS_ELSEWHERE, Prose, Headed)

    assert [] == [(name, type(value)) for record in all_records() for name, value in inside(record) if type(value) not in plain]


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_a_record_never_changes(record):
    """A template that writes into it would change the pages made after it."""
    one = object.__new__(record)

    with pytest.raises((FrozenInstanceError, TypeError)):
        setattr(one, fields(record)[0].name, "x")
    assert not hasattr(one, "__dict__")


def test_every_record_is_in_use():
    """A record that no page has is one that no template was written for."""
    found = {type(value) for record in all_records() for _, value in inside(record)}

    # The village is too small for a list in several pages.
    assert {views.Pager} == set(RECORDS) - found


def test_every_address_is_complete():
    """A template puts it into a link as it is."""
    names = (
        "address",
        "home",
        "feed",
        "feeds_page",
        "agenda",
        "search",
        "handbook",
        "style",
        "canonical",
        "opml",
        "target",
        "newer",
        "older",
    )
    found = [(name, value) for record in all_records() for name, value in inside(record) if name.rsplit(".", 1)[-1] in names]
    own = ("/hub/", "https://village.example/hub/")
    # Calendars of others, and who supports a letter.
    elsewhere = ("https://calendar.google.com/", "https://outlook.", "https://margelle.example/")

    assert 500 < len(found)
    assert [] == [(name, value) for name, value in found if value and not value.startswith((*own, *elsewhere))]


def test_every_moment_says_its_offset():
    """Two o'clock without it is two o'clock somewhere."""
    names = ("starts", "ends", "published", "updated", "opens", "closes", "draw", "results", "was", "joined", "today", "month")
    found = [(name, value) for record in all_records() for name, value in inside(record) if name.rsplit(".", 1)[-1] in names]
    moments = [(name, value) for name, value in found if isinstance(value, str) and value]

    assert 100 < len(moments)
    assert [] == [(name, value) for name, value in moments if not MOMENT.fullmatch(value)]
    assert {len("2026-05-01"), len("2026-05-01T14:00:00+02:00")} == {len(value) for _, value in moments}
