"""The books that a build writes reach the branch: these two files, in one commit, without losing a line of anybody's."""

from __future__ import annotations

import pytest
from tests.sending.services.fake import Fault

from handbill.errors import HandbillError, MachineLacks
from handbill.forge.committing import Moved
from handbill.forge.keeping import joined, keep

HEAD = b"# Every public address.\n"
BASE = HEAD + b"/ list:fr:home\n/a/ post:a\n"
OURS = HEAD + b"/ list:fr:home\n/a/ post:a\n/b/ post:b\n"
THEIRS = HEAD + b"/ list:fr:home\n/a/ post:a\n/c/ post:c\n"
BOTH = HEAD + b"/ list:fr:home\n/a/ post:a\n/b/ post:b\n/c/ post:c\n"


@pytest.fixture
def built(ground, tmp_path):
    """Return a build that noted an address more, and the commit that it was made of."""

    def make(*faults, ours=OURS, **more):
        one = ground(*faults, **more)
        commit = one.fake.repository.commit("main", {"addresses.lock": BASE, "calendars.lock": b"# x\nhost a\n", "content/a.md": b"a"})
        root = tmp_path / "hub"
        root.mkdir()
        (root / "addresses.lock").write_bytes(ours)
        (root / "calendars.lock").write_bytes(b"# x\nhost a\n")
        (root / "content.md").write_bytes(b"never sent")
        return one, root, commit

    return make


def test_a_book_that_grew_is_committed_alone(built):
    """Nothing that a build leaves beside it may reach the branch that is published."""
    one, root, commit = built()
    kept = keep(one.github(), root, "main", commit)

    assert ("addresses.lock",) == kept.names
    assert {"addresses.lock": OURS, "calendars.lock": b"# x\nhost a\n", "content/a.md": b"a"} == one.fake.repository.files_of(kept.commit)
    assert "[skip ci]" in one.fake.repository.commits[kept.commit]["message"].splitlines()[0]
    assert ((), "") == (keep(one.github(), root, "main", kept.commit).names, keep(one.github(), root, "main", commit).commit)
    assert 1 == one.fake.commits_made


def test_a_trial_does_nothing(built):
    """It says what it would do."""
    one, root, commit = built()

    assert ("addresses.lock",) == keep(one.github(), root, "main", commit, is_trial=True).names
    assert 0 == one.fake.commits_made


def test_what_others_wrote_meanwhile_stays(built):
    """Two merges in an hour are two builds, and each promised something."""
    one, root, commit = built()
    one.fake.repository.commit("main", {"addresses.lock": THEIRS, "content/c.md": b"c"}, keep=True)
    kept = keep(one.github(), root, "main", commit)

    assert BOTH == one.fake.repository.files_of(kept.commit)["addresses.lock"]
    assert b"c" == one.fake.repository.files_of(kept.commit)["content/c.md"]


def test_somebody_who_is_faster_is_waited_for(built):
    """The branch moves between the look at it and the commit."""
    one, root, commit = built()
    times = []

    def faster(_number, stage):
        if stage == "asked" and one.fake.asked[-1] == "POST /graphql" and not times:
            times.append(1)
            one.fake.repository.commit("main", {"addresses.lock": THEIRS}, keep=True)
        return False

    one.fake.watch = faster

    assert BOTH == one.fake.repository.files_of(keep(one.github(), root, "main", commit).commit)["addresses.lock"]
    assert [1] == times


def test_it_gives_up_where_others_are_always_faster(built):
    """A loop without end is a job that is killed after an hour."""
    one, root, commit = built()

    def faster(number, stage):
        if stage == "asked" and one.fake.asked[-1] == "POST /graphql":
            one.fake.repository.commit("main", {"content/d.md": b"%d" % number}, keep=True)
        return False

    one.fake.watch = faster
    with pytest.raises(Moved):
        keep(one.github(), root, "main", commit)


def test_a_broken_answer_is_told_and_calling_again_does_no_harm(built):
    """The commit may have been made."""
    one, root, commit = built(Fault("POST /graphql", "502", is_after=True))
    with pytest.raises(HandbillError) as told:
        keep(one.github(), root, "main", commit)
    assert 4 == told.value.exit_code

    assert () == keep(one.github(), root, "main", commit).names
    assert 1 == one.fake.commits_made


def test_a_link_in_place_of_a_book_is_not_followed(built, tmp_path):
    """What it leads to would be published in the repository."""
    one, root, commit = built()
    (root / "addresses.lock").unlink()
    (root / "addresses.lock").symlink_to(tmp_path / "event.json")
    (tmp_path / "event.json").write_text("secret", encoding="utf-8")
    with pytest.raises(MachineLacks, match="no plain file"):
        keep(one.github(), root, "main", commit)


def test_a_branch_that_is_not_there_is_told(built):
    """A wrong name in a workflow must not make a branch."""
    one, root, commit = built()
    with pytest.raises(MachineLacks, match="no branch publish"):
        keep(one.github(), root, "publish", commit)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (BASE, BASE, THEIRS, THEIRS),
        (BASE, OURS, BASE, OURS),
        (BASE, OURS, THEIRS, BOTH),
        (b"", OURS, b"", OURS),
        (
            b"# x\nhost a\na\t0\nb\t0\n",
            b"# x\nhost a\na\t1\nb\t0\n",
            b"# x\nhost a\na\t0\nb\t0\nc\t0\n",
            b"# x\nhost a\na\t1\nb\t0\nc\t0\n",
        ),
        # The head is another's to change, too.
        (b"# x\nhost a\na\t0\n", b"# x\nhost a\na\t0\nb\t0\n", b"# y\nhost b\na\t0\n", b"# y\nhost b\na\t0\nb\t0\n"),
        (b"# x\nhost a\na\t0\n", b"# x\nhost b\na\t0\nb\t0\n", b"# x\nhost a\na\t1\n", b"# x\nhost b\na\t1\nb\t0\n"),
        # Both told something else of one event: the reader takes the newer.
        (b"# x\nhost a\na\t0\n", b"# x\nhost a\na\t1\n", b"# x\nhost a\na\t2\n", b"# x\nhost a\na\t1\na\t2\n"),
    ],
)
def test_two_books_become_one(base, ours, theirs, expected):
    """A line that we replaced is not brought back; one that we do not know is not taken away."""
    assert expected == joined(base, ours, theirs)
