"""The subjects of a review, each named once."""

from dataclasses import fields
from inspect import signature

import pytest

from handbill.reviewing.record import Review
from handbill.reviewing.subjects import FACTS, FILES, belongs, subject


@pytest.mark.parametrize(("field", "module"), [*FACTS.items(), *FILES.items()])
def test_each_subject_fills_a_field_of_the_record_and_compares(field, module):
    """A subject that nobody shows, or that shows nothing, would be silence."""
    assert field in {one.name for one in fields(Review)}
    assert ["before", "after"] == list(signature(subject(module).changes).parameters)[:2]


@pytest.mark.parametrize("module", FACTS.values())
def test_each_subject_of_facts_asks_for_what_it_is_given(module):
    """A parameter that nobody hands over would end every review."""
    assert {"hub", "settings", "options", "scratch", "planned"} >= {one.lstrip("_") for one in signature(subject(module).facts).parameters}


@pytest.mark.parametrize(
    ("path", "field"),
    [("feeds/all.json", "feeds"), ("en/feeds/tags/eau.rss.xml", "feeds"), ("calendars/all.ics", "dates"), ("events/fete/event.ics", "dates"), ("theme/hub.css", "")],
)  # fmt: skip
def test_each_file_belongs_to_the_subject_that_understands_it(path, field):
    """What no subject explains is told as a file."""
    assert [field] == [one for one in FILES if belongs(one, path)] or not field
