"""Written values become typed values, or problems with their place."""

from datetime import date

import pytest
from tests.hubs import moment

from handbill.hub.fields import (
    Choice,
    Degrees,
    Desk,
    Field,
    Flag,
    Group,
    HubAddress,
    Integer,
    Link,
    Listing,
    Many,
    Scalar,
    Slug,
    Table,
    Text,
    When,
    Zone,
    place_of,
    read_table,
)


def scalar(text, plain=True):
    return Scalar(text, plain, 3, 7)


def read(type_, text, zone="Europe/Paris"):
    """Return what a type makes of a text, and the problems it put down."""
    desk = Desk("a.md", zone)
    return type_.read(scalar(text), "field", desk), desk.problems


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (Text(), "  deux   mots ", "deux mots"),
        (Text(), "Oui\u00a0! «\u202fNon\u202f»", "Oui\u00a0! «\u202fNon\u202f»"),
        (Flag(), "true", True),
        (Flag(), "False", False),
        (Integer(), "012", 12),
        (Integer(-5, 5), "-5", -5),
        (Degrees(90), "44.85", 44.85),
        (Choice(("a", "b")), "b", "b"),
        (When(), "2026-05-01", date(2026, 5, 1)),
        (When(), "2026-05-01 18:30", moment("2026-05-01 18:30")),
        (When(), "2026-05-01T18:30:15", moment("2026-05-01 18:30:15")),
        (Link(), "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        (Slug(), "un-deux-3", "un-deux-3"),
        (HubAddress(), "/blog/un/", "/blog/un/"),
        (Zone(), "Europe/Lisbon", "Europe/Lisbon"),
    ],
)
def test_a_well_written_value_is_read(type_, text, value):
    """Each type accepts what its message asks for."""
    found, problems = read(type_, text)

    assert value == found
    assert problems == []


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (Text(), "   "),
        (Text(3), "quatre"),
        (Flag(), "oui"),
        (Flag(), "1"),
        (Integer(), "1.5"),
        (Integer(), "١٢"),
        (Integer(1), "0"),
        (Integer(), "9" * 5000),
        (Degrees(90), "44,85"),
        (Degrees(90), "120.0"),
        (Choice(("a", "b")), "A"),
        (When(), "03/04/2026"),
        (When(), "2026-5-1"),
        (When(), "2026-02-30"),
        (When(), "2026-05-01 25:00"),
        (When(), "2026-05-01 18:30+02:00"),
        (When(day=False), "2026-05-01"),
        (When(moment=False), "2026-05-01 18:30"),
        (Link(), "javascript:alert(1)"),
        (Link(), "https://user:pw@a.example/"),
        (Link(), "https://a.example/ b"),
        (Link(), "https://[::1"),
        (Slug(), "Été"),
        (Slug(), "a--b"),
        (Slug(), "../a"),
        (HubAddress(), "/../etc/"),
        (HubAddress(), "//a.example/"),
        (HubAddress(), "/.well-known/x"),
        (Zone(), "Paris"),
        (Zone(), "../../etc/passwd"),
    ],
)
def test_a_badly_written_value_is_refused_at_its_place(type_, text):
    """A wrong value is never guessed at, and the editor is led to it."""
    found, problems = read(type_, text)

    assert found is None
    assert [("a.md", 3, 7, "field")] == [(p.path, p.line, p.column, p.field) for p in problems]
    assert problems[0].wanted


def test_an_hour_that_the_clocks_skip_is_refused():
    """2026-03-29 02:30 never was in Paris; a guess would move someone's event by an hour."""
    assert read(When(), "2026-03-29 02:30")[0] is None
    assert read(When(), "2026-03-29 02:30", "Europe/London")[0] is not None


def test_an_hour_that_comes_twice_means_the_first_one():
    """Half past two on the night the clocks go back is summer time first."""
    found, _ = read(When(), "2026-10-25 02:30")

    assert 2 * 3600 == found.utcoffset().total_seconds()


def test_nothing_written_means_nothing_there_but_quotes_mean_a_text():
    """`title:` with nothing behind it is absent; `""` is an empty text, and is told."""
    fields = [Field("a", Text(), "", default="x"), Field("b", Text(may_be_empty=True), "", default="x")]
    desk = Desk("a.md", "UTC")
    table = Table(((scalar("a"), scalar("~")), (scalar("b"), scalar("", plain=False))), 1, 1)

    assert {"a": "x", "b": ""} == read_table(table, fields, desk)


def test_every_problem_of_a_table_is_told_at_once():
    """An editor who mends one fault and finds the next loses heart."""
    fields = [Field("title", Text(), "", required=True), Field("n", Integer(), "")]
    desk = Desk("a.md", "UTC")

    read_table(Table(((scalar("titel"), scalar("x")), (scalar("n"), scalar("y"))), 1, 1), fields, desk)

    assert ["HB202", "HB203", "HB201"] == [p.code for p in desk.problems]
    assert "“title”, perhaps" == desk.problems[0].wanted


def test_a_single_value_stands_for_a_list_of_one():
    """`tags: bois` is what people write first."""
    desk = Desk("a.md", "UTC")

    assert ("bois",) == Many(Text()).read(scalar("bois"), "tags", desk)
    assert ("a", "b") == Many(Text()).read(Listing((scalar("a"), scalar("b")), 1, 1), "tags", desk)


def test_a_fault_inside_a_group_names_the_whole_path():
    """`venue.latitude` says where to look; `latitude` alone may be anywhere."""
    desk = Desk("a.md", "UTC")
    group = Group((Field("latitude", Degrees(90), ""),))

    group.read(Table(((scalar("latitude"), scalar("x")),), 1, 1), "venue", desk)

    assert "venue.latitude" == desk.problems[0].field


def test_the_place_of_a_missing_key_is_the_table_around_it():
    """A message about what is absent still needs a line."""
    inner = Table(((scalar("rule"), scalar("x")),), 9, 2)
    table = Table(((scalar("recurrence"), inner),), 1, 1)

    assert inner == place_of(table, "recurrence", "until")
    assert scalar("x") == place_of(table, "recurrence", "rule")
