"""The records of the pages that stand in every hub; what every record must be is in test_views.py."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest
from tests.hubs import load_village, text, write
from tests.outputs.test_views import inside

from handbill.outputs import standing_views
from handbill.outputs.pages import sheets

RECORDS = [
    one for one in vars(standing_views).values() if isinstance(one, type) and is_dataclass(one) and one.__module__ == standing_views.__name__
]

HUB = """[hub]
name = "Essai"
base_url = "https://essai.example/"
lang = "fr"
languages = ["fr", "en"]
[letters.main]
name = "La lettre"
choice = "1"
[subscribe]
action = "https://lettre.example/form"
letters = "l"
[legal]
publisher = "Essai"
"""


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_a_record_never_changes(record):
    """A template that writes into it would change the pages made after it."""
    one = object.__new__(record)

    with pytest.raises((FrozenInstanceError, TypeError)):
        setattr(one, fields(record)[0].name, "x")
    assert not hasattr(one, "__dict__")


def test_every_record_is_on_some_page(tmp_path):
    """A record that no page has is one that no template was written for."""
    loaded, settings = load_village(root=write(tmp_path, {"hub.toml": HUB, "content/posts/a.md": text()}))
    views = [one.view for one in sheets(loaded.hub, settings, dict.fromkeys(settings.languages, str))]

    assert set() == set(RECORDS) - {type(value) for view in views for _, value in inside(view)}
