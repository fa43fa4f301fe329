"""What an answer is called."""

import ast

import pytest

from handbill.engine import PACKAGE
from handbill.outside.record import Answer, Outcome, reason


def reasons():
    """Return every word for a reason that the package uses."""
    found = set()
    for file in (PACKAGE / "outside").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Answer"
                and len(node.args) > 1
                and isinstance(node.args[1], ast.Constant)
            ):
                found.add(node.args[1].value)
    return sorted(found)


@pytest.mark.parametrize("why", reasons())
def test_every_reason_has_its_words(why):
    """A reason without words would end the run with the answers of an hour."""
    assert reason(Answer(Outcome.GONE, why, "7"))


def test_the_worst_comes_first():
    """Reports follow this order, and people read the beginning."""
    assert [Outcome.GONE, Outcome.UNSAFE, Outcome.SILENT, Outcome.MOVED] == list(Outcome)[:4]
    assert Outcome.ANSWERS is list(Outcome)[-1]
