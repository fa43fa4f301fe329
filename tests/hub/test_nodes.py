"""What was written, with its place."""

from handbill.errors import Level, said
from handbill.hub.nodes import MOST_PROBLEMS, Desk, Listing, Scalar, Table, one_line, place_of, shown

RULE = Scalar("x", True, 9, 9)
INNER = Table(((Scalar("rule", True, 9, 3), RULE), (Scalar("except", True, 10, 3), Listing((RULE,), 10, 11))), 9, 3)
TABLE = Table(((Scalar("recurrence", True, 8, 1), INNER), (Scalar("rule", True, 12, 1), Scalar("other", True, 12, 7))), 1, 1)


def test_the_place_of_a_missing_key_is_the_table_around_it():
    """A message about what is absent still needs a line."""
    assert INNER == place_of(TABLE, "recurrence", "until")
    assert RULE == place_of(TABLE, "recurrence", "rule") == place_of(TABLE, "recurrence", "except", 0)
    assert TABLE == place_of(TABLE, "registration", "rule"), "a key of the same name elsewhere is another one"


def test_a_value_is_quoted_short_and_on_one_line():
    """A pasted page of text would bury the message."""
    assert ["“a b”", "a list", "a group of keys"] == [shown(one) for one in (Scalar(" a\n b ", True, 1, 1), Listing((), 1, 1), TABLE)]
    assert f"“{'x' * 60}…”" == shown(Scalar("x" * 100, True, 1, 1))


def test_no_break_spaces_are_meant_and_stay():
    """They stand before a question mark."""
    assert "Oui\u00a0!" == one_line("  Oui\u00a0! \n")


def test_a_problem_has_the_place_and_width_of_its_value():
    """The caret of the message underlines it."""
    desk = Desk("a.md", "UTC")
    desk.refuse(Scalar("oui", True, 4, 8, 3), "draft", said("“oui”"), said("true or false"))
    desk.refuse(None, "", said("nothing"), "")

    assert [(4, 8, 3), (0, 0, 0)] == [(one.line, one.column, one.width) for one in desk.problems]
    assert desk.has_errors


def test_of_very_many_problems_the_first_are_told_and_that_there_are_more():
    """A text of a hundred thousand marks of a conflict took sixteen seconds to be told."""
    desk = Desk("a.md", "UTC")
    for line in range(1, MOST_PROBLEMS + 50):
        desk.refuse(Scalar("x", True, line, 1), "", "a", "b", level=Level.WARNING)

    assert MOST_PROBLEMS + 1 == len(desk.problems)
    assert ("HB106", Level.ERROR) == (desk.problems[-1].code, desk.problems[-1].level)


def test_no_message_quotes_a_value_of_any_length():
    desk = Desk("a.md", "UTC")

    desk.refuse(None, "k" * 60_000, said("{value}", value="x" * 60_000), "y" * 60_000)

    assert len(str(desk.problems[0])) < 700
