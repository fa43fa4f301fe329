"""What version history says of a letter that is to be sent."""

import hashlib
import random
import shutil
from contextlib import suppress

import pytest
from tests.doctor.repositories import git, needs_git
from tests.freezing.letters import frozen
from tests.hubs import files_of
from tests.sending.frozen import approved_hub, commit, frozen_hub, mailing

from handbill.errors import ContentProblems
from handbill.sending.approval import approved

pytestmark = needs_git

ARCHIVE = "newsletters/archive"


def told(root, name="1", branch="main"):
    """Return the approvals of a letter, and each problem as one line."""
    found = approved(root, mailing(root, name).versions, branch)
    assert all("HB451" == one.code for one in found.problems)
    return found.approvals, [str(one) for one in found.problems]


def again(root):
    """Freeze the first letter again with another text, as somebody does who believes that it was not sent."""
    for name in ("1", "1.en", "2"):
        shutil.rmtree(root / ARCHIVE / name)
    (root / ARCHIVE / "chain.lock").unlink()
    file = root / "newsletters/2026-03.md"
    file.write_text(file.read_text("utf-8").replace("Bonjour", "Bonsoir"), encoding="utf-8", newline="\n")
    frozen(root, "1")


def test_a_letter_on_the_published_branch_is_approved_by_the_commit_that_brought_it(tmp_path):
    """It is told before anything is sent, so that somebody can look at what was merged."""
    root = approved_hub(tmp_path)
    head = git(root, "rev-parse", "HEAD").strip()
    (root / "content/posts").mkdir()
    (root / "content/posts/later.md").write_text("x", encoding="utf-8")
    commit(root, "later")
    git(root, "push", "-q", "origin", "main")

    approvals, problems = told(root)

    assert [] == problems
    assert [("1", head, "origin/main"), ("1.en", head, "origin/main")] == [(one.name, one.commit, one.branch) for one in approvals]
    assert git(root, "show", "-s", "--format=%aI", head).strip() == approvals[0].when.isoformat()


def test_of_a_merged_proposal_the_merge_is_told(tmp_path):
    """What somebody wrote on a branch approves nothing; that it was merged does."""
    root = frozen_hub(tmp_path)
    git(root, "switch", "-q", "-c", "proposal")
    again(root)
    commit(root, "propose")
    proposed = git(root, "rev-parse", "HEAD").strip()
    git(root, "switch", "-q", "main")
    git(root, "branch", "-q", "older")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "proposal")
    merged = git(root, "rev-parse", "HEAD").strip()
    # Of what was begun before, each later merge brings the letter into sight once more.
    git(root, "switch", "-q", "older")
    (root / "content/later.md").write_text("x", encoding="utf-8")
    commit(root, "something else")
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "merge another", "older")

    approvals, problems = told(root)

    assert ([], merged) == (problems, approvals[0].commit)
    assert proposed != approvals[0].commit


def test_a_hub_without_a_remote_is_asked_itself(tmp_path):
    """A community may keep its repository on one computer."""
    approvals, problems = told(frozen_hub(tmp_path))

    assert ([], ["main", "main"]) == (problems, [one.branch for one in approvals])


def test_the_hub_may_be_a_folder_of_its_repository(tmp_path):
    """Some keep it beside other things."""
    root = frozen_hub(tmp_path)
    shutil.rmtree(root / ".git")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "hub")
    git(tmp_path, "commit", "-q", "-m", "all")

    assert ([], 2) == (told(root)[1], len(told(root)[0]))


def test_a_commit_that_is_not_pushed_approves_nothing(tmp_path):
    """Nobody else has seen it."""
    root = approved_hub(tmp_path)
    again(root)
    commit(root)

    approvals, (one,) = told(root)

    # The English one came out the same.
    assert ["1.en"] == [each.name for each in approvals]
    assert "another letter on origin/main under the name 1 than the one that lies here, wanted the one that was approved: git pull" in one


def test_each_way_of_not_being_approved_has_its_own_sentence(tmp_path):
    """Who is told “not approved” alone does not know what to do."""
    bare = frozen_hub(tmp_path / "bare")
    shutil.rmtree(bare / ".git")
    assert [
        "newsletters/archive: found a folder that is no repository, wanted the repository of the hub: what was approved stands in version history [HB451]"
    ] == told(bare)[1]

    root = approved_hub(tmp_path)
    git(
        root,
        "update-ref",
        "refs/remotes/origin/main",
        git(
            root, "commit-tree", "-m", "empty", git(root, "mktree", may_fail=True).strip() or "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        ).strip(),
    )
    assert all(
        "committed on main and not on origin/main, wanted it proposed and merged, or pushed: git push; if that is done: git fetch" in one
        for one in told(root)[1]
    )
    git(root, "switch", "-q", "-c", "proposal")
    assert all(
        "committed on proposal and not on origin/main, wanted its proposal merged; if that is done: git fetch" in one
        for one in told(root)[1]
    )
    git(root, "switch", "-q", "main")

    git(root, "update-ref", "-d", "refs/remotes/origin/main")
    assert ["newsletters/archive: found no branch origin/main, wanted the branch that is published, fetched: git fetch [HB451]"] == told(
        root
    )[1]
    git(root, "fetch", "-q", "origin")
    assert [] == told(root)[1]
    assert "found no branch origin/published" in told(root, branch="published")[1][0]

    git(root, "remote", "rename", "origin", "one")
    git(root, "branch", "-q", "--unset-upstream", "main")
    git(root, "fetch", "-q", "one")
    assert [] == told(root)[1]
    git(root, "remote", "add", "two", "../origin.git")
    assert (
        "several remotes, and none that the branch main belongs to, wanted the one that is published: git branch --set-upstream-to=one/main main"
        in told(root)[1][0]
    )
    git(root, "branch", "-q", "--set-upstream-to=one/main", "main")
    assert [] == told(root)[1]

    git(root, "switch", "-q", "--detach", "HEAD")
    assert ["newsletters/archive: found a checkout of one commit, on no branch, wanted a branch: git switch main [HB451]"] == told(root)[1]

    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path / 'origin.git'}", "shallow")
    (tmp_path / "origin.git/shallow").unlink(missing_ok=True)
    (tmp_path / "shallow/.git/shallow").write_text(git(tmp_path / "shallow", "rev-parse", "HEAD"), encoding="utf-8")
    assert [
        "newsletters/archive: found a clone without its history, which cannot tell when a letter was approved, wanted the whole of it: git fetch --unshallow [HB451]"
    ] == told(tmp_path / "shallow")[1]

    alone = frozen_hub(tmp_path / "alone")
    git(alone, "branch", "-q", "-m", "trunk")
    assert "found no branch main, wanted the branch that is published, as “branch” under [hub] of hub.toml names it" in told(alone)[1][0]


def test_what_is_changed_and_not_committed_stops_it(tmp_path):
    """What is counted of a sending may lie there; a letter may not."""
    root = approved_hub(tmp_path)
    (root / ARCHIVE / "1.totals.json").write_text("{}", encoding="utf-8")
    assert () == approved(root, mailing_of_clean(root), "main").problems
    (root / ARCHIVE / "1.totals.json").unlink()

    git(root, "rm", "-q", "--cached", f"{ARCHIVE}/1/mail.eml")
    assert any("changes in newsletters/archive/1/mail.eml" in one and "in no commit" in one for one in told(root)[1])


def mailing_of_clean(root):
    """Return the versions as they were before something else came to lie there."""
    kept = root / ARCHIVE / "1.totals.json"
    raw = kept.read_bytes()
    kept.unlink()
    found = mailing(root).versions
    kept.write_bytes(raw)
    return found


def test_the_files_of_the_commit_count_and_not_its_list_alone(tmp_path):
    """A digest that was merged without the letter shows a reviewer nothing."""
    root = frozen_hub(tmp_path)
    versions = mailing(root).versions
    git(root, "rm", "-q", "--cached", f"{ARCHIVE}/1/mail.txt")
    git(root, "commit", "-q", "-m", "lose one")
    same = git(root, "rev-parse", f"HEAD:{ARCHIVE}/1/mail.html").strip()
    git(root, "update-index", "--add", "--cacheinfo", f"120000,{same},{ARCHIVE}/1/mail.html")
    git(
        root,
        "update-index",
        "--add",
        "--cacheinfo",
        f"100644,{git(root, 'hash-object', '-w', 'hub.toml').strip()},{ARCHIVE}/1.en/more.html",
    )
    git(root, "commit", "-q", "-m", "replace one, add one")

    problems = {one.path: one.found for one in approved(root, versions, "main").problems if one.path != ARCHIVE}

    assert {
        f"{ARCHIVE}/1/mail.txt": "another file on main than here, or none",
        f"{ARCHIVE}/1/mail.html": "another file on main than here, or none",
        f"{ARCHIVE}/1.en/more.html": "a file on main that is not in the letter",
    } == problems


def test_pictures_that_lie_in_lfs_are_known_by_their_digest(tmp_path):
    """The commit then holds a note in the place of each."""
    root = frozen_hub(tmp_path)
    (picture,) = [name for name in files_of(root / ARCHIVE / "1") if name.endswith(".png")]
    versions = mailing(root).versions
    raw = (root / ARCHIVE / "1" / picture).read_bytes()
    for digest, count in ((hashlib.sha256(raw).hexdigest(), 0), ("0" * 64, 1)):
        (tmp_path / "note").write_text(
            f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(raw)}\n", encoding="utf-8"
        )
        blob = git(root, "hash-object", "-w", "--no-filters", str(tmp_path / "note")).strip()
        git(root, "update-index", "--cacheinfo", f"100644,{blob},{ARCHIVE}/1/{picture}")
        git(root, "commit", "-q", "-m", "note")
        assert count == len([one for one in approved(root, versions, "main").problems if picture in one.path])


def test_a_variable_that_a_hook_has_set_leads_nowhere_else(tmp_path, monkeypatch):
    """Otherwise another repository would be asked for the approval."""
    root, other = approved_hub(tmp_path / "one"), frozen_hub(tmp_path / "two")
    again(other)
    commit(other)
    monkeypatch.setenv("GIT_DIR", str(root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(root))

    approvals, problems = told(other)

    assert ([], "main") == (problems, approvals[0].branch)


def test_a_replaced_object_is_not_taken_for_the_one_that_was_merged(tmp_path):
    """Git shows another commit in its place, on this computer alone."""
    root = approved_hub(tmp_path)
    merged = git(root, "rev-parse", "origin/main").strip()
    again(root)
    commit(root)
    git(root, "replace", merged, "HEAD")

    assert any("another letter on origin/main" in one for one in told(root)[1])


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_no_changed_byte_of_an_approved_letter_comes_through(tmp_path, seed):
    """250 changes for each seed, in every file of the bundle and in the list: 0 of 1,000 are sent."""
    root = approved_hub(tmp_path)
    source = random.Random(seed)
    files = [f"{folder}/{name}" for folder in ("1", "1.en") for name in files_of(root / ARCHIVE / folder)] + ["chain.lock"]
    passed = []
    for turn in range(250):
        file = root / ARCHIVE / files[turn % len(files)]
        raw = file.read_bytes()
        changed = bytearray(raw)
        place = source.randrange(len(raw))
        kind = source.randrange(4)
        if kind == 0:
            changed[place] ^= 1 << source.randrange(8)
        elif kind == 1:
            del changed[place : place + source.randint(1, 9)]
        elif kind == 2:
            changed[place:place] = source.randbytes(source.randint(1, 9))
        else:
            changed = changed[:place]
        file.write_bytes(changed)
        with suppress(ContentProblems):
            # What is only a remark in the list is no fault of the archive, and yet a change that nobody has merged.
            if bytes(changed) != raw and not approved(root, mailing(root).versions, "main").problems:
                passed.append((file.name, kind, place))
        file.write_bytes(raw)

    assert [] == passed
    assert [] == told(root)[1]
