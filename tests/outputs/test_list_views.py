"""The records of the agenda, of places and of years; what every record must be is in test_views.py."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest
from tests.hubs import load_village

from handbill.outputs import list_views
from handbill.outputs.list_views import PlacesPage
from handbill.outputs.pages import sheets

RECORDS = [one for one in vars(list_views).values() if isinstance(one, type) and is_dataclass(one) and one.__module__ == list_views.__name__]


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_a_record_never_changes(record):
    """A template that writes into it would change the pages made after it."""
    one = object.__new__(record)

    with pytest.raises((FrozenInstanceError, TypeError)):
        setattr(one, fields(record)[0].name, "x")
    assert not hasattr(one, "__dict__")


def test_every_record_is_on_some_page():
    """A record that no page has is one that no template was written for."""
    loaded, settings = load_village()
    views = [one.view for one in sheets(loaded.hub, settings, dict.fromkeys(settings.languages, str))]
    found = {type(view) for view in views} | {type(month) for view in views for month in getattr(view, "months", ())}
    found |= {type(row) for view in views if isinstance(view, PlacesPage) for row in view.places}

    assert set(RECORDS) <= found
