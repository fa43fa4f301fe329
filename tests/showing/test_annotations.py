"""Problems as a reviewer sees them on the lines of a proposal."""

from __future__ import annotations

from handbill.errors import Level, Problem, said
from handbill.showing.annotations import MOST, annotation, chosen
from handbill.showing.told import Told, told


def found(*problems: Problem, strict: bool = False, lang: str = "en") -> tuple[Told, ...]:
    return told(problems, lang, lambda _: None, strict=strict)


def problem(path: str = "a.md", line: int = 4, column: int = 7, level: Level = Level.ERROR, width: int = 4) -> Problem:
    return Problem(path, line, column, "ends", said("a folder"), said("a plain file"), "HB205", level, width)


def command(one: Problem, name: str = "", **how: bool) -> str:
    return annotation(found(one, **how)[0], lambda _: name)


def test_a_problem_is_shown_at_its_line_from_its_first_to_its_last_sign():
    """With the name of the fault, which is all that shows in the list of annotations."""
    assert "::error file=a.md,line=4,col=7,endColumn=11,title=HB205%3A no date::ends: found a folder, wanted a plain file" == command(
        problem(), "no date"
    )


def test_where_no_name_is_known_the_code_is_the_title():
    """A code of a newer program must not stop the telling."""
    assert ",title=HB205::" in command(problem())


def test_a_line_without_a_column_is_shown_at_its_beginning():
    """GitHub counts columns from 1 and refuses 0."""
    assert "::warning file=a.md,line=3,col=1,title=" in command(problem(line=3, column=0, level=Level.WARNING))


def test_a_problem_of_a_whole_file_names_no_line():
    """Line 0 would put it nowhere."""
    assert command(problem(line=0, column=0, level=Level.NOTE)).startswith("::notice file=a.md,title=")


def test_a_warning_that_strict_refuses_is_an_error():
    """The check fails because of it, and a yellow mark would not tell why."""
    assert command(problem(level=Level.WARNING), strict=True).startswith("::error file=")


def test_nobody_writes_commands_in_a_file_name_or_value():
    """A stranger's file name must not end the annotation and begin a command of its own."""
    odd = Problem("a,title=x::%0A:b.md", 1, 1, "", said("“{value}”", value="50 %, then\r\n::error::y"), "", "HB101")

    assert "::error file=a%2Ctitle=x%3A%3A%250A%3Ab.md,line=1,col=1,title=HB101::found “50 %25, then␍␊::error::y”" == command(odd)
    assert "file=a%0D%0A%3A%3Aerror" in command(problem(path="a\r\n::error"))


def test_ten_annotations_tell_as_much_as_ten_can():
    """GitHub drops the eleventh: errors first, and every file once before one twice."""
    many = [problem("a.md", number) for number in range(1, 15)]
    others = [problem(f"{name}.md") for name in "bcdefg"]
    notes = [problem(f"n{number}.md", level=Level.NOTE) for number in range(9)]
    told_of = chosen(found(*notes, *many, *others))

    assert MOST == len(told_of) == 10
    assert ["a", "b", "c", "d", "e", "f", "g", "a", "a", "a"] == [one.problem.path[0] for one in told_of]
    assert [1, 2, 3, 4] == [one.problem.line for one in told_of if one.problem.path == "a.md"]


def test_an_error_comes_before_a_warning_of_another_file():
    """The second error of a file keeps the site from being published, too."""
    told_of = chosen(found(problem("a.md", 1, level=Level.WARNING), problem("b.md", 1), problem("b.md", 2)))

    assert [("b.md", 1), ("b.md", 2), ("a.md", 1)] == [(one.problem.path, one.problem.line) for one in told_of]
