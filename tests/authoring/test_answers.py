"""Words as somebody types them, taken for values of fields."""

from __future__ import annotations

import pytest

from handbill.authoring.answers import Values, field_named, has, put, without
from handbill.errors import WrongUse
from handbill.kinds import KINDS

FIELDS = {kind.name: kind.all_fields for kind in KINDS}


def typed(kind: str, *pairs: tuple[str, str]) -> Values:
    values: Values = {}
    for name, text in pairs:
        put(values, FIELDS[kind], name, text)
    return values


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("ines, theo", ("ines", "theo")),
        ("[ines, theo]", ("ines", "theo")),
        ("ines", ("ines",)),
        ('"Hortense Vauzelle, magasinière", ines', ("Hortense Vauzelle, magasinière", "ines")),
        (" ines ,, theo ", ("ines", "theo")),
        ("[]", ()),
    ],
)
def test_a_list_is_taken_apart_at_its_commas(text, entries):
    """Nobody types brackets on a terminal, and some names hold a comma."""
    assert {"organisers": entries} == typed("event", ("organisers", text))


def test_a_list_that_is_given_twice_grows():
    """The way to give names that hold commas in a script."""
    assert {"organisers": ("ines", "theo")} == typed("event", ("organisers", "ines"), ("organisers", "theo"))


def test_a_text_keeps_its_commas_and_loses_what_nobody_sees():
    """No-break spaces come back when the page is set."""
    assert {"title": "Foire : pain, vin"} == typed("post", ("title", " Foire\u00a0: pain, vin "))


def test_a_part_of_a_group_is_named_with_a_dot():
    """`--venue.city Bordeaux`."""
    assert {"venue": {"name": "Quai", "city": "Bordeaux"}} == typed("event", ("venue.name", "Quai"), ("venue.city", "Bordeaux"))


def test_a_text_for_a_group_is_its_first_key():
    """A venue is asked for by its name, prizes by theirs."""
    assert {"venue": {"name": "Quai"}} == typed("event", ("venue", "Quai"))
    assert {"prizes": ({"name": "Rabot"}, {"name": "Scie"})} == typed("contest", ("prizes", "Rabot, Scie"))


def test_a_key_that_is_there_begins_the_next_entry():
    """Two prizes on one command line."""
    prizes = typed("contest", ("prizes.name", "Rabot"), ("prizes.quantity", "3"), ("prizes.name", "Scie"))

    assert {"prizes": ({"name": "Rabot", "quantity": "3"}, {"name": "Scie"})} == prizes


def test_a_list_within_a_group_grows_there():
    """`--recurrence.except` twice."""
    dates = (("recurrence.except", "2026-05-01"), ("recurrence.except", "2026-06-01"))

    assert {"recurrence": {"except": ("2026-05-01", "2026-06-01")}} == typed("event", *dates)


@pytest.mark.parametrize(("name", "near"), [("strats", "starts"), ("venue.nmae", "venue.name"), ("organizers", "organisers")])
def test_a_field_that_does_not_exist_is_answered_with_the_nearest(name, near):
    """The same help as in a file."""
    with pytest.raises(WrongUse, match=f"“{near}”"):
        field_named(FIELDS["event"], name)


def test_a_field_like_none_is_answered_with_all():
    """So that nobody needs the handbook for a name."""
    with pytest.raises(WrongUse, match=r"known: .*starts"):
        field_named(FIELDS["event"], "qqq")


def test_a_value_is_known_by_the_name_that_problems_use():
    """What is wrong is told apart from what is missing."""
    values = typed("contest", ("prizes.name", "Rabot"), ("prizes.quantity", "3"), ("prizes.name", "Scie"), ("title", "A"))

    assert [True, True, False, True, False, False] == [
        has(values, name) for name in ("prizes.name", "prizes[2].name", "prizes[2].quantity", "title", "closes", "prizes[3].name")
    ]


def test_a_wrong_part_is_taken_out_and_the_rest_stays():
    """It is asked for again, alone."""
    values = typed("event", ("venue.name", "Quai"), ("venue.latitude", "44,85"), ("title", "A"))

    without(values, "venue.latitude")
    without(values, "title")
    assert {"venue": {"name": "Quai"}} == values
    without(values, "venue.name")
    assert {} == values
