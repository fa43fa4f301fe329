"""What is wrong and since when, and what nobody will see."""

from dataclasses import replace

from tests.hubs import moment

from handbill.errors import Level, Problem
from handbill.reviewing.record import SourceChange
from handbill.reviewing.snapshot import About, Snapshot
from handbill.reviewing.verdict import broken_in, found_of, hidden_of, moments_of

WRONG = Problem("content/posts/a.md", 7, 3, "date", "“demain”", "a day", "HB201")
NOW = moment("2026-03-20 12:00")


def state(*items, problems=(), awaited=()):
    return Snapshot("2026-03-20T12:00:00+01:00", "2026-03-21T00:00:00+01:00", tuple(problems), items={one.id: one for one in items}, awaited=awaited)


def item(name, why="", published=""):
    return About(f"post:{name}", f"content/posts/{name}.md", f"/posts/{name}/", name, "post", "fr", published, "", why)


def source(name, how="changed", former=""):
    return SourceChange(f"content/posts/{name}.md", how, "content", former)


def test_a_problem_that_only_moved_within_its_file_is_not_new():
    """A line more at the top must not make all old warnings new ones."""
    assert [False] == [one.is_new for one in found_of([WRONG], [replace(WRONG, line=8)], [])]


def test_a_problem_of_a_file_that_was_renamed_is_not_new():
    """It is the same text under another name."""
    moved = replace(WRONG, path="content/posts/b.md")

    assert [False] == [one.is_new for one in found_of([WRONG], [moved], [source("b", former="content/posts/a.md")])]


def test_a_second_problem_of_the_same_words_is_new():
    """Two links that lead nowhere are two."""
    assert [True, False] == [one.is_new for one in found_of([WRONG], [WRONG, replace(WRONG, line=9)], [])]


def test_new_problems_stand_first_and_errors_before_the_rest():
    """What must be mended is read first."""
    note, warning, error = (replace(WRONG, level=level, found=str(level)) for level in Level)
    old = replace(WRONG, found="old")

    assert [error, warning, note, old] == [one.problem for one in found_of([old], [old, note, error, warning], [])]


def test_items_that_members_do_not_find_are_named_with_the_reason():
    """“Nothing changed” would be a riddle to whoever wrote a draft."""
    broken = replace(WRONG, path="content/posts/broken.md")
    new = state(item("draft", "draft"), item("apart", "unlisted"), item("later", "waiting"), item("seen"), problems=[broken])
    touched = [source(name) for name in ("apart", "broken", "draft", "later", "seen")]

    assert [("apart", "unlisted"), ("broken", "broken"), ("draft", "draft"), ("later", "later")] == [
        (one.source.split("/")[-1][:-3], one.why) for one in hidden_of(state(), new, touched, [item("later", "waiting")])
    ]


def test_a_file_with_an_error_that_can_be_read_is_not_broken():
    """Its page is told as it would be."""
    assert {WRONG.path} == broken_in(state(problems=[WRONG]))
    assert set() == broken_in(state(item("a"), problems=[WRONG]))
    assert set() == broken_in(state(problems=[replace(WRONG, level=Level.WARNING)]))


def test_the_days_of_both_states_are_looked_at_in_their_order():
    """What is put off disappears on the one day and appears on the other."""
    old = state(item("a", "waiting", "2026-05-01T00:00:00+02:00"), item("other", "waiting", "2026-06-01T00:00:00+02:00"))
    new = state(item("a", "waiting", "2026-04-01T00:00:00+02:00"), awaited=("2026-04-15T00:00:00+02:00",))

    days, left = moments_of(old, new, {"content/posts/a.md"}, NOW, 5)

    assert [moment("2026-04-01 00:00"), moment("2026-04-15 00:00"), moment("2026-05-01 00:00")] == list(days)
    assert () == left
    assert ((moment("2026-04-01 00:00"),), "a") == (moments_of(old, new, {"content/posts/a.md"}, NOW, 1)[0], moments_of(old, new, {"content/posts/a.md"}, NOW, 1)[1][0].title)
