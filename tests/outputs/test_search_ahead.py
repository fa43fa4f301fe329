"""An index made in the process that got ready is the one made from nothing, and whatever becomes of it, one is made."""

from __future__ import annotations

import hashlib
import os
import signal

import pytest
from tests.hubs import files_of
from tests.outputs.test_search import CHANGES, Builds, site

from handbill.outputs import search, search_ahead
from handbill.outputs.planned import Before
from handbill.outputs.search_ahead import search_ahead_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes another way")


class Ready(Builds):
    """Builds one after the other, for each of which a process gets ready."""

    def build(self, meanwhile=lambda: None, given=None):
        """Make the index and return its files; *meanwhile* is done while it is made."""
        self.turn += 1
        standing = {f"pagefind/{path}": hashlib.sha256(raw).hexdigest() for path, raw in self.files.items()}
        notes, scratch = self.folder / "notes" / "search", self.folder / f"build{self.turn}"
        scratch.mkdir()
        digests = {path: hashlib.sha256(raw).hexdigest() for path, raw in files_of(self.made).items()}
        planned = list(search.plan((), digests, None, self.settings))
        with search_ahead_of(notes, is_wanted=True):
            with search.begun(planned, self.settings, scratch, self.made, Before(given or notes, standing)) as artifacts:
                meanwhile()
                [artifact] = artifacts
            self.made_by = artifact.content.parent.name
        self.files = {path: self.files[path] for path in artifact.kept} | files_of(artifact.content)
        return self.files

    def was_made_ahead(self):
        """Say whether the last index was made in the process: its folder has the number of it."""
        return self.made_by.isdigit()


@pytest.fixture
def builds(tmp_path):
    """Return builds of the small site, of which the first is done."""
    done = Ready(tmp_path, site(tmp_path / "site"))
    done.build()
    return done


def test_without_notes_nobody_gets_ready(builds):
    """What is known of no page takes no time to read."""
    assert not builds.was_made_ahead()


@pytest.mark.parametrize("change", ["a text", "a page gone", "the last page of a language", "a fact of the community's own", "no page at all"])
def test_after_any_change_the_index_is_the_one_made_from_nothing(builds, change):
    """Also where all pages have to be asked about again, which is done here."""
    CHANGES[change](builds)

    assert builds.clean() == builds.build()
    assert (change not in ("a fact of the community's own", "no page at all")) == builds.was_made_ahead()

    builds.write("posts/lampe/index.html", text="Encore autre chose.")
    assert builds.clean() == builds.build()


def test_what_is_known_then_is_written_down(builds):
    """The build after it begins with that."""
    notes = builds.folder / "notes" / "search"
    before = notes.read_bytes()
    CHANGES["a text"](builds)
    builds.build()

    assert before != notes.read_bytes()
    again = Builds(builds.folder, builds.made)
    again.turn, again.files = 50, dict(builds.files)
    assert builds.files == again.build()
    assert len(again.kept) == len(again.files) - 1


def test_one_that_dies_is_no_loss(builds):
    """Neither before it is asked nor after."""
    for turn, meanwhile in enumerate((lambda: None, lambda: os.kill(search_ahead._running[0]._process, signal.SIGKILL))):
        builds.write("posts/lampe/index.html", text=f"Autre chose {turn}.")

        assert builds.clean() == builds.build(meanwhile)
        assert turn or builds.was_made_ahead()


def test_notes_that_are_damaged_are_nobody_s(builds):
    """What it could not read, it says nothing about."""
    (builds.folder / "notes" / "search").write_bytes(b"something else")
    CHANGES["a text"](builds)

    assert builds.clean() == builds.build()
    assert not builds.was_made_ahead()


def test_it_is_only_asked_with_the_notes_that_it_read(builds, tmp_path):
    """A build that believes nothing names none."""
    CHANGES["a text"](builds)

    assert builds.clean() == builds.build(given=tmp_path / "other")
    assert not builds.was_made_ahead()


def test_it_ends_with_the_build(builds):
    """Also with one that fails."""
    begun = []

    def fails():
        begun.append(search_ahead._running[0]._process)
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"), search_ahead_of(builds.folder / "notes" / "search", is_wanted=True):
        fails()

    assert not search_ahead._running
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def test_it_is_not_begun_for_nothing(builds):
    with search_ahead_of(builds.folder / "notes" / "search", is_wanted=False):
        assert not search_ahead._running
