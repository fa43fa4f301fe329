"""Which two states are compared when somebody names two branches."""

import pytest
from tests.hubs import write
from tests.reviewing.repository import committed, git

from handbill.errors import MachineLacks, WrongUse
from handbill.reviewing.revisions import pair_of


@pytest.fixture
def root(tmp_path):
    hub = write(tmp_path / "hub", {"content/posts/a.md": "a"})
    committed(hub)
    return hub


def test_a_proposal_is_compared_with_where_it_began(root):
    """What happened on the main branch since would be told as if the proposal took it back."""
    began = git(root, "rev-parse", "HEAD")
    git(root, "checkout", "--quiet", "-b", "proposal")
    write(root, {"content/posts/b.md": "b"})
    proposed = committed(root)
    git(root, "checkout", "--quiet", "main")
    write(root, {"content/posts/c.md": "c"})
    committed(root)

    pair = pair_of(root, "main", "proposal")

    assert (began, proposed) == (pair.base.commit, pair.head.commit)
    assert ("main", "proposal") == (pair.base.name, pair.head.name)


def test_without_a_second_name_the_files_are_compared_as_they_lie_there(root):
    """An editor wants to look before anything is committed."""
    assert "" == pair_of(root, "main", "").head.commit


def test_a_hub_below_the_top_of_its_repository_is_found(tmp_path):
    """Some communities keep their hub in a folder of something larger."""
    write(tmp_path / "all" / "site" / "hub", {})
    committed(tmp_path / "all")

    assert "site/hub/" == pair_of(tmp_path / "all" / "site" / "hub", "HEAD", "").prefix


@pytest.mark.parametrize("name", ["nowhere", "--upload-pack=evil", "HEAD~7", ""])
def test_a_name_that_is_no_commit_is_told(root, name):
    """A typing mistake must not be a review of nothing, and no name is an option of git."""
    with pytest.raises(WrongUse, match="found no commit called"):
        pair_of(root, name, "")


def test_a_branch_that_is_only_known_elsewhere_is_offered(root, tmp_path):
    """A fresh clone knows origin/main and not main, and nobody sees the difference."""
    git(root, "branch", "next")
    git(tmp_path, "clone", "--quiet", str(root), "clone")

    with pytest.raises(WrongUse, match="found no commit called next; origin/next, perhaps"):
        pair_of(tmp_path / "clone", "next", "")


def test_a_clone_that_does_not_reach_back_says_what_to_fetch(root, tmp_path):
    """CI clones one commit unless told otherwise."""
    write(root, {"content/posts/b.md": "b"})
    committed(root)
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "clone")

    with pytest.raises(MachineLacks, match="git fetch --unshallow origin"):
        pair_of(tmp_path / "clone", "HEAD~1", "")


def test_two_histories_without_a_common_beginning_are_refused(root):
    """Everything would be new and everything gone, which tells nobody anything."""
    git(root, "checkout", "--quiet", "--orphan", "other")
    committed(root, "another beginning")

    with pytest.raises(WrongUse, match="main and other have no common beginning"):
        pair_of(root, "main", "other")


def test_a_folder_in_no_repository_is_refused(tmp_path):
    """A hub that was downloaded has nothing to be compared with."""
    with pytest.raises(WrongUse, match="is in no Git repository"):
        pair_of(write(tmp_path / "hub", {}), "main", "")
