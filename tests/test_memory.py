"""What a process remembers from build to build, and what a build may leave for the next."""

import pytest
from tests.hubs import files_of, moment, options, village

from handbill.memory import Memory
from handbill.options import Options
from handbill.pipeline import build
from handbill.publishing.store import Store


@pytest.fixture
def hub(tmp_path):
    """Return a copy of the village, built once."""
    root = village(tmp_path)
    build(options(root))
    return root


def post_of(root):
    return sorted((root / "content" / "posts").rglob("*.md"))[0]


def say_more(root):
    with post_of(root).open("a", encoding="utf-8") as file:
        file.write("\nOne word more, which nobody expected.\n")


def clean(root, tmp_path):
    """Return what a build from nothing publishes."""
    given = options(root, output=tmp_path / "clean", no_cache=True)
    build(given)
    return files_of(given.output)


def test_what_may_come_later_is_left_standing_and_then_made(hub, tmp_path):
    """A writer waits for the page, not for the search of five thousand others."""
    before, memory = files_of(hub / "public"), Memory()
    say_more(hub)

    report = build(options(hub), memory=memory, later=("search", "report"))
    between = files_of(hub / "public")
    again = build(options(hub), memory=memory)

    assert ("report", "search") == report.left
    assert before["build.json"] == between["build.json"]
    assert {n: b for n, b in before.items() if n.startswith("pagefind/")} == {n: b for n, b in between.items() if n.startswith("pagefind/")}
    assert any(b"which nobody expected" in raw for name, raw in between.items() if name.endswith("index.html"))
    assert () == again.left
    assert clean(hub, tmp_path) == files_of(hub / "public")


def test_what_does_not_stand_yet_is_not_left(tmp_path):
    """A page without the search that it offers would be a broken promise."""
    root = village(tmp_path)

    report = build(options(root), memory=Memory(), later=("search",))

    assert () == report.left
    assert any(name.startswith("pagefind/") for name in files_of(root / "public"))


def test_going_back_to_a_state_before_something_was_left_is_a_build(hub):
    """The very same file moved back has its old time and place: only our own note tells that the site is another's."""
    post, aside = post_of(hub), hub.parent / "aside"
    before = files_of(hub / "public")
    post.rename(aside)
    post.write_bytes(aside.read_bytes() + b"\nOne word more.\n")
    build(options(hub), later=("search", "report"))
    aside.replace(post)

    report = build(options(hub))

    assert not report.is_unchanged
    assert before == files_of(hub / "public")


def test_an_examination_is_remembered_while_no_file_changes_and_nothing_falls_due(hub):
    """What was left is made without reading the hub a second time; after midnight days count anew."""
    memory = Memory()
    say_more(hub)
    build(options(hub), memory=memory, later=("search",))
    again = build(options(hub), memory=memory)
    (hub / "public" / "build.json").unlink()
    tomorrow = build(options(hub, as_of="2026-03-21 12:00"), memory=memory)

    assert "Reading" not in again.seconds
    assert "Reading" in tomorrow.seconds


def test_a_changed_file_is_never_answered_from_memory(hub, tmp_path):
    """Two edits in a row, each built by the same process."""
    memory, store = Memory(), Store(hub / "public", trusting=True)
    for _ in range(2):
        say_more(hub)
        build(options(hub), store=store, memory=memory)

        assert clean(hub, tmp_path) == files_of(hub / "public")


def test_other_terms_are_never_answered_from_memory(hub):
    """A preview of drafts beside one without them."""
    given = Options(hub, hub / "public", moment("2026-03-20 12:00"), drafts=True, flushed=False)
    memory = Memory()
    build(options(hub), memory=memory)
    build(given, memory=memory)

    assert memory.recall("other", given.as_of) is None
