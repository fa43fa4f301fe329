"""What a private problem keeps back, no other problem tells."""

import time

from handbill.errors import Problem, said
from handbill.proofing.hiding import hide

RAW = {"a.md": "\ufeff---\r\ndate: ines@bal-perso.fr\r\n---\r\n".encode()}
PRIVATE = Problem("a.md", 2, 7, "date", said("a mail address"), said("nothing"), "HB601", width=17)


def other(found: str, path: str = "a.md") -> Problem:
    return Problem(path, 2, 7, "date", found, said("a day"), "HB205")


def test_a_quotation_of_the_datum_is_covered():
    """“found “ines@bal-perso.fr”, wanted a day” would put the address into the log of every build."""
    problems = hide([other(said("“{value}”", value="ines@bal-perso.fr")), PRIVATE], RAW)

    assert ["“••••”", "a mail address"] == [problem.found for problem in problems]
    assert not any("ines" in repr(problem) for problem in problems)


def test_the_sentence_can_still_be_told_in_another_language():
    """Covering must not turn a pattern into a finished text."""
    (problem, _) = hide([other(said("“{value}”", value=said("{text}, twice", text="ines@bal-perso.fr"))), PRIVATE], RAW)

    assert "“{value}”" == problem.found.pattern
    assert "{text}, twice" == problem.found.values["value"].pattern


def test_a_shortened_quotation_is_covered_too():
    """Half an address is enough to find somebody."""
    (problem, _) = hide([other("“date: ines@bal…”"), PRIVATE], RAW)

    assert "“date: ••••…”" == problem.found


def test_problems_of_other_files_are_left_alone():
    """The same word elsewhere is not the datum."""
    stranger = other("“ines@bal-perso.fr”", "b.md")

    assert [stranger, PRIVATE] == hide([stranger, PRIVATE], RAW)


def test_without_a_private_problem_nothing_changes():
    """Most hubs, most days."""
    problems = [other("“ines@bal-perso.fr”")]

    assert problems == hide(problems, RAW)


def test_a_file_full_of_addresses_takes_no_time():
    """A list of members, pasted by mistake, with a fault on each line."""
    n = 4000
    raw = {"a.md": "".join(f"m{number:05}@bal-perso.fr\n" for number in range(n)).encode()}
    problems = [Problem("a.md", line, 1, "", said("a mail address"), said("nothing"), "HB601", width=19) for line in range(1, n + 1)]
    problems += [Problem("a.md", line, 1, "", said("“{value}”", value=f"m{line - 1:05}@bal-perso.fr"), said("x"), "HB240") for line in range(1, n + 1)]

    start = time.process_time()
    hidden = hide(problems, raw)

    assert {"“••••”"} == {problem.found for problem in hidden[n:]}
    assert 5 > time.process_time() - start
