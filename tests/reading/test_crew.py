"""Texts that stall, eat memory or kill their reader cost one message each, and the others are read."""

from __future__ import annotations

import pytest

from handbill.reading.crew import Answer, Task, read_crew, read_here
from handbill.reading.draft import Terms

#: What hostile texts get, and what sound ones get on a machine that is busy with other things.
BUDGET_S = 3.0
PATIENCE_S = 120.0


def terms(dialect: str) -> Terms:
    return Terms(dialect, "Europe/Paris", ("fr", "en"), 4 * 1024 * 1024)


def task(name: str, body: str) -> Task:
    return f"content/posts/{name}.md", f"---\ntitle: {name}\ndate: 2026-05-01\n---\n\n{body}\n".encode(), "post"


def good(count: int, size: int = 1) -> list[Task]:
    return [task(f"good-{n}", "Un *texte* de [plus](https://example.org/).\n\n" * size) for n in range(count)]


def read(tasks: list[Task], dialect: str = "python-markdown", jobs: int = 2, seconds: float = PATIENCE_S) -> dict[str, Answer]:
    answers = list(read_crew(tasks, terms(dialect), jobs, seconds))

    assert len(tasks) == len(answers), "every file is answered once"
    return {answer[0]: answer for answer in answers}


@pytest.mark.parametrize("dialect", ["github", "python-markdown"])
@pytest.mark.parametrize(("count", "jobs"), [(0, 2), (1, 2), (7, 2), (40, 1), (40, 2), (40, 3)])
def test_a_crew_says_what_one_reader_says(dialect, count, jobs):
    """A crew of two once waited for ever: each held the other's pipe open."""
    tasks = good(count)

    assert {answer[0]: answer for answer in read_here(tasks, terms(dialect))} == read(tasks, dialect, jobs)


@pytest.mark.long
def test_large_files_do_not_block_the_pipe_in_both_directions():
    """The answer of the first must be taken before the next ones fit in."""
    tasks = good(12, size=4_500)

    assert all(draft is not None for _, draft, _ in read(tasks, "github").values())


HOSTILE = {
    "comments": "<![CDATA[" * 2_000,
    "lists": "\n".join("    " * depth + "- a" for depth in range(1_000)),
    "brackets": "[a](<b" * 8_000,
    "emphasis": "*a_" * 20_000,
}


def test_hostile_texts_become_problems_within_their_time_and_the_others_are_read():
    tasks = good(30)
    for position, (name, body) in enumerate(HOSTILE.items()):
        tasks.insert(position * 5, task(name, body))

    answers = read(tasks, seconds=BUDGET_S)

    for source, draft, problems in answers.values():
        if "good" in source:
            assert draft is not None
            assert problems == ()
    for name in ("comments", "lists"):
        _, draft, problems = answers[f"content/posts/{name}.md"]
        assert draft is None
        assert [one.code for one in problems] in (["HB113"], ["HB111"])
        assert problems[0].path == f"content/posts/{name}.md"


def test_a_text_that_takes_too_long_is_told_with_its_budget():
    _, draft, problems = read([task("slow", HOSTILE["comments"] * 3)], jobs=1, seconds=BUDGET_S)["content/posts/slow.md"]

    assert draft is None
    assert ("HB113", "a text that takes longer than 3 s to render") == (problems[0].code, problems[0].found)


def test_a_reader_that_dies_costs_the_text_it_was_reading(monkeypatch):
    """A parser written in C can end the process; nothing in Python can catch that."""
    from handbill.reading import crew

    real = crew.read_draft

    def deadly(source, raw, kind, terms):
        if "deadly" in source:
            import os

            os._exit(11)
        return real(source, raw, kind, terms)

    monkeypatch.setattr(crew, "read_draft", deadly)
    tasks = good(10)
    tasks.insert(3, task("deadly", "x"))
    answers = read(tasks, "github")

    assert ["content/posts/deadly.md"] == [source for source, draft, _ in answers.values() if draft is None]
    assert answers["content/posts/deadly.md"][2][0].code == "HB113"


def test_a_caller_who_stops_listening_leaves_no_process_behind():
    import multiprocessing

    answers = read_crew(good(50), terms("github"), 2, BUDGET_S)
    next(answers)
    answers.close()  # type: ignore[attr-defined]

    assert [] == multiprocessing.active_children()


def test_files_are_taken_when_it_is_their_turn():
    """The bytes of 5,000 texts were held at once, and nobody began before the last of them was read."""
    taken: list[str] = []

    def tasks():
        for one in good(400):
            taken.append(one[0])
            yield one

    answers = read_crew(tasks(), terms("github"), 2, PATIENCE_S)
    next(iter(answers))

    assert 0 < len(taken) < 200
    assert 399 == len(list(answers))
    assert 400 == len(taken)
