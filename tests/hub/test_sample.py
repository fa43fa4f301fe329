"""Every field of every table shows a value that the program itself takes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import for_each
from tests.hubs import moment

from handbill import settings_fields
from handbill.hub.fields import Desk, Field, Group, Many, Table
from handbill.hub.kind import COMMON
from handbill.hub.sample import entries, leaves, node, sample
from handbill.hub.written import block
from handbill.kinds import KINDS
from handbill.reading.files import read_yaml
from handbill.telling import LANGUAGES, tell

TABLES = {
    **{kind.name: kind.fields for kind in KINDS},
    "common": COMMON,
    **{name: value for name, value in vars(settings_fields).items() if isinstance(value, tuple) and value and isinstance(value[0], Field)},
}
FIELDS = [pytest.param(one, id=f"{table}: {name}") for table, fields in TABLES.items() for name, one in leaves(fields)]


def read(one: Field, written: Any) -> tuple[Any, list[str]]:
    desk = Desk("x.md", "Europe/Paris")
    return one.type.read(written, one.name, desk), [str(problem) for problem in desk.problems]


@for_each("lang", LANGUAGES)
@for_each("one", FIELDS)
def test_every_example_is_read_without_a_problem(one, lang):
    """An example is copied before anything is read about it."""
    value = sample(one, lambda text: tell(text, lang), whole=True)
    table = read_yaml("\n".join(block(one.name, value)))

    assert isinstance(table, Table)
    for written in (node(value), table.pairs[0][1]):
        typed, problems = read(one, written)
        assert [] == problems
        assert typed not in (None, "", (), {})


@for_each("one", FIELDS)
def test_every_field_says_what_it_does_in_half_a_sentence(one):
    """Messages, forms and the handbook set it after a colon or a dash."""
    assert one.does
    assert not one.does.endswith(".")
    assert one.does[0] not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@for_each("one", FIELDS)
def test_every_word_of_a_closed_list_says_what_it_means(one):
    """`postponed` and `rescheduled` are not the same, and only the list can tell."""
    words = getattr(one.type.of if isinstance(one.type, Many) else one.type, "words", ())

    assert len(words) == len(getattr(one.type.of if isinstance(one.type, Many) else one.type, "does", ()))


@for_each("one", FIELDS)
def test_a_default_is_a_value_that_could_be_written(one):
    """A default outside the type's own bounds cannot be written down by somebody who wants to keep it."""
    if isinstance(one.type, Group) or one.default in (None, "", (), {}, 0):
        return
    shown = tuple(str(part) for part in one.default) if isinstance(one.default, tuple) else str(one.default)

    assert (one.default, []) == read(one, node(shown))


def test_a_group_shows_what_must_be_there():
    """The whole of a venue does not fit into a table."""
    fields = dict(leaves(TABLES["event"]))

    assert {"name": "Quay workshop"} == sample(fields["venue"])
    assert ({"on": "2026-08-08 14:00", "status": "cancelled"},) == sample(fields["recurrence.changes"])
    assert {"url": "https://inscription.example/foire"} == sample(fields["registration"])


def test_a_list_is_taken_apart():
    """Brackets are how a list is written, not what it holds."""
    assert ("bois", "outils") == entries("[bois, outils]")
    assert () == entries("[]")


def test_examples_of_dates_agree_with_each_other():
    """An example whose registration closes before it opens would teach a mistake."""
    fields = dict(leaves(TABLES["event"]))
    opens, closes = (moment(str(sample(fields[f"registration.{name}"]))) for name in ("opens", "closes"))

    assert opens < closes < moment(str(sample(fields["starts"])))
