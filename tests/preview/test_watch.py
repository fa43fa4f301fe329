from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from queue import Empty, Queue

import pytest
import watchfiles

from handbill.errors import MachineLacks
from handbill.preview.watch import Filter, watch

PATIENCE_S = 10


class Watching:
    """A watch in a thread of its own, and what it told."""

    def __init__(self, paths, ignore=()):
        self.told: Queue[frozenset[Path]] = Queue()
        self._stop, ready = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=watch, args=(paths, ignore, self.told.put, self._stop, ready.set))
        self.thread.start()
        assert ready.wait(PATIENCE_S)

    def until(self, path):
        """Return all that was told until *path* was."""
        all_told = set()
        until = time.monotonic() + PATIENCE_S
        while path not in all_told:
            all_told |= self.told.get(timeout=max(0.01, until - time.monotonic()))
        return all_told

    def nothing(self):
        """Return whether nothing is told for a while."""
        try:
            return self.told.get(timeout=0.4) and False
        except Empty:
            return True

    def end(self):
        self._stop.set()
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive()


@pytest.fixture
def root(tmp_path):
    for name in ("content/posts", "events", ".git", "public"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "hub.toml").write_text("name = 'x'")
    (tmp_path / "content/posts/a.md").write_text("a")
    return tmp_path.resolve()


@pytest.fixture
def watching(root):
    paths = [root / name for name in ("content", "events", "newsletters", "hub.toml")]
    watching = Watching(paths, [root / "content/generated"])
    yield watching
    watching.end()


def test_a_saved_file_is_told(watching, root):
    (root / "content/posts/a.md").write_text("b")

    assert {root / "content/posts/a.md"} == watching.until(root / "content/posts/a.md")


def test_a_save_is_told_within_a_sixth_of_a_second(watching, root):
    """It is part of the time from an edit to what the editor sees."""
    times = []
    for number in range(5):
        time.sleep(0.1)
        started = time.monotonic()
        (root / "content/posts/a.md").write_text(str(number))
        watching.until(root / "content/posts/a.md")
        times.append(time.monotonic() - started)

    assert min(times) < 1 / 6


def test_new_renamed_and_deleted_files_are_told(watching, root):
    (root / "events/new.md").write_text("x")
    watching.until(root / "events/new.md")
    (root / "events/new.md").rename(root / "events/other.md")
    watching.until(root / "events/other.md")
    (root / "events/other.md").unlink()
    watching.until(root / "events/other.md")


def test_a_file_in_a_new_folder_is_told(watching, root):
    (root / "content/pages").mkdir()
    watching.until(root / "content/pages")
    (root / "content/pages/x.md").write_text("x")

    watching.until(root / "content/pages/x.md")


def test_a_burst_of_saves_is_told_in_few_calls(watching, root):
    """A checkout of another branch must not build 200 times."""
    for number in range(200):
        (root / f"content/posts/{number}.md").write_text("x")
    last = root / "content/posts/199.md"
    calls, seen = 0, set()
    while last not in seen:
        seen |= watching.told.get(timeout=PATIENCE_S)
        calls += 1

    assert 200 == len([path for path in seen if path.name != "a.md" and path.suffix == ".md"])
    assert calls <= 4


def test_a_file_replaced_by_its_editor_goes_on_being_told(watching, root):
    """Vim, and most others, write a new file and rename it."""
    for text in ("one", "two", "three"):
        (root / "hub.toml.new").write_text(text)
        (root / "hub.toml.new").replace(root / "hub.toml")

        assert {root / "hub.toml"} == watching.until(root / "hub.toml")


def test_a_neighbour_of_a_watched_file_is_nobody_s_business(watching, root):
    (root / "README.md").write_text("x")
    (root / "public/index.html").write_text("x")

    assert watching.nothing()


def test_a_folder_that_appears_later_is_watched_from_then_on(watching, root):
    """The first letter of a community begins with making newsletters/."""
    (root / "newsletters").mkdir()
    watching.until(root / "newsletters")
    (root / "newsletters/first.md").write_text("x")

    watching.until(root / "newsletters/first.md")


def test_a_folder_deleted_and_made_again_is_watched_again(watching, root):
    """As a checkout of another branch does."""
    (root / "events").rmdir()
    watching.until(root / "events")
    (root / "events").mkdir()
    watching.until(root / "events")
    (root / "events/x.md").write_text("x")

    watching.until(root / "events/x.md")


@pytest.mark.parametrize(
    "name",
    [
        "content/posts/a.md~",
        "content/posts/.a.md.swp",
        "content/posts/.a.md.swx",
        "content/posts/4913",
        "content/posts/.#a.md",
        "content/posts/#a.md#",
        "content/posts/.goutputstream-X1Y2",
        "content/posts/.~lock.a.md#",
        "content/posts/a.md___jb_tmp___",
        "content/posts/~$a.docx",
        "content/posts/a.md.tmp.1234.5678",
        "content/.DS_Store",
        "content/generated/x.md",
        "content/__pycache__/x.pyc",
        "content/node_modules/x.js",
        "content/.git/index",
        "content/.venv-handbook/x",
        "content/.public.handbill/manifest-1",
    ],
)
def test_what_editors_and_programs_write_for_themselves_is_no_change(tmp_path, name):
    passes = Filter(frozenset({tmp_path.resolve() / "content"}), [tmp_path / "content/generated"])

    assert not passes(None, str(tmp_path.resolve() / name))


@pytest.mark.parametrize(
    "name",
    [
        "content",
        "content/posts/a.md",
        "content/.well-known/x",
        "content/posts/été.md",
        "content/a.tmpl",
        "content/git/x",
        "content/4913.md",
    ],
)
def test_what_an_editor_wrote_for_others_is_a_change(tmp_path, name):
    passes = Filter(frozenset({tmp_path.resolve() / "content"}), [])

    assert passes(None, str(tmp_path.resolve() / name))


def test_a_hub_that_lies_in_a_folder_of_such_a_name_is_watched_all_the_same(tmp_path):
    (tmp_path / ".venv/hub/content").mkdir(parents=True)
    passes = Filter(frozenset({tmp_path.resolve() / ".venv/hub/content"}), [])

    assert passes(None, str(tmp_path.resolve() / ".venv/hub/content/x.md"))


def test_ignored_saves_do_not_wake_anybody(watching, root):
    (root / "content/posts/.a.md.swp").write_text("x")
    (root / "content/posts/a.md~").write_text("x")

    assert watching.nothing()


def test_when_the_system_allows_no_more_watches_files_are_looked_at_instead(root, monkeypatch):
    """Eight thousand folders are the limit on many machines, and other programs use them too."""
    native = watchfiles.watch

    def limited(*paths, force_polling=None, **given):
        if not force_polling:
            raise OSError("OS file watch limit reached.")
        return native(*paths, force_polling=True, poll_delay_ms=50, **given)

    monkeypatch.setattr(watchfiles, "watch", limited)
    watching = Watching([root / "content"])
    try:
        time.sleep(0.1)
        (root / "content/posts/a.md").write_text("changed")
        os.utime(root / "content/posts/a.md", (2e9, 2e9))  # looking sees whole seconds only
        watching.until(root / "content/posts/a.md")
    finally:
        watching.end()


def test_when_nothing_can_be_watched_it_is_said(root, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no")

    monkeypatch.setattr(watchfiles, "watch", refuse)

    with pytest.raises(MachineLacks, match="build by hand"):
        watch([root / "content"], [], pytest.fail)


def test_an_error_of_the_builder_ends_the_watch_and_passes(root):
    def build(changed):
        raise ValueError(f"builder {len(changed)}")

    ready = threading.Event()
    threading.Thread(target=lambda: ready.wait(PATIENCE_S) and (root / "events/x.md").write_text("x"), daemon=True).start()

    with pytest.raises(ValueError, match="builder 1"):
        watch([root / "events"], [], build, on_ready=ready.set)


def test_what_is_written_during_a_build_is_told_after_it(root):
    told, stop = [], threading.Event()

    def build(changed):
        told.append({path.name for path in changed})
        if len(told) == 1:
            (root / "events/during.md").write_text("x")
            time.sleep(0.2)
        else:
            stop.set()

    watch([root / "events"], [], build, stop, lambda: (root / "events/first.md").write_text("x"))

    assert [{"first.md"}, {"during.md"}] == told


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_linked_folder_is_watched_where_it_is(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere").resolve()
    (root / "linked").symlink_to(elsewhere)
    watching = Watching([root / "linked"])
    try:
        (elsewhere / "x.md").write_text("x")
        watching.until(elsewhere / "x.md")
    finally:
        watching.end()
