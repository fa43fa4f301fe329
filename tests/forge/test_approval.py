"""When a label counts: each way to have one commit approved and another one shown."""

from __future__ import annotations

import re

import pytest

from handbill.forge.approval import NotApproved, approval_of
from handbill.forge.proposal import Proposal
from handbill.forge.seen import Seen

HEAD = "a" * 40
PROPOSAL = Proposal(7, HEAD, "stranger", frozenset({"preview"}))


@pytest.fixture
def labelled(ground):
    """Return a proposal that our comment shows, before anybody put a label."""
    one = ground()
    one.fake.pull(7, HEAD)
    one.fake.repository.permissions |= {"ada": "write", "grace": "admin", "bob": "read"}
    return one, Seen(HEAD, one.fake.moment())


def judged(one, seen, proposal=PROPOSAL):
    return approval_of(one.github(), proposal, seen, "preview")


@pytest.mark.parametrize("by", ["ada", "grace"])
def test_who_may_write_and_has_seen_it_approves(labelled, by):
    """It is shown with the name of whoever asked."""
    one, seen = labelled
    one.fake.label(7, "preview", by)

    assert by == judged(one, seen).by
    assert judged(one, seen).at > seen.moment


@pytest.mark.parametrize(("by", "kind"), [("bob", "User"), ("stranger", "User"), ("ada", "Bot"), ("ghost", "Mannequin")])
def test_a_label_of_somebody_who_may_not_is_none(labelled, by, kind):
    """Sorting issues is a right that is given lightly, and so is running a program."""
    one, seen = labelled
    one.fake.label(7, "preview", by, kind=kind)
    with pytest.raises(NotApproved, match="who may not write here"):
        judged(one, seen)


def test_the_last_who_put_it_counts(labelled):
    """A stranger's program takes a maintainer's label off and puts it on again."""
    one, seen = labelled
    one.fake.label(7, "preview", "ada")
    one.fake.happens(7, "unlabeled", "bob", label={"name": "preview"})
    one.fake.label(7, "preview", "bob")
    with pytest.raises(NotApproved, match="bob"):
        judged(one, seen)


@pytest.mark.parametrize("name", ["bug", "Preview", "preview "])
def test_another_label_is_another(labelled, name):
    """Names are compared whole."""
    one, seen = labelled
    one.fake.label(7, name, "ada")
    with pytest.raises(NotApproved, match="nobody is known"):
        judged(one, seen)


def test_a_label_that_came_before_the_review_is_none(labelled):
    """Whoever put it saw the commit before, and this one was pushed a second later."""
    one, _ = labelled
    one.fake.label(7, "preview", "ada")
    for later in (one.fake.moment(), one.fake.tick()):
        with pytest.raises(NotApproved, match="came before the review"):
            judged(one, Seen(HEAD, later))


@pytest.mark.parametrize("seen", [None, Seen("b" * 40, "2026-11-22T00:00:00Z")])
def test_without_a_review_of_this_commit_no_label_counts(labelled, seen):
    """There was nothing to see."""
    one, _ = labelled
    one.fake.label(7, "preview", "ada")
    with pytest.raises(NotApproved, match="not there yet"):
        judged(one, seen)


@pytest.mark.parametrize(
    "event",
    ["head_ref_force_pushed", "head_ref_deleted", "head_ref_restored", "reopened", "base_ref_changed", "automatic_base_change_succeeded"],
)
@pytest.mark.parametrize("is_after", [False, True])
def test_a_commit_that_went_and_came_back_is_not_the_one_that_was_seen(labelled, event, is_after):
    """An older commit is pushed again after a label for a newer one, or another one is shown while the label is put."""
    one, seen = labelled
    if is_after:
        one.fake.label(7, "preview", "ada")
    one.fake.happens(7, event)
    if not is_after:
        one.fake.label(7, "preview", "ada")
    with pytest.raises(NotApproved, match="moved to another commit and back"):
        judged(one, seen)


def test_what_moved_in_the_same_second_may_have_moved_after(labelled):
    """GitHub tells no parts of a second."""
    one, _ = labelled
    one.fake.happens(7, "head_ref_force_pushed")
    seen = Seen(HEAD, one.fake.moment())
    one.fake.label(7, "preview", "ada")
    with pytest.raises(NotApproved, match="moved to another commit and back"):
        judged(one, seen)


@pytest.mark.parametrize("event", ["head_ref_force_pushed", "reopened"])
def test_what_moved_before_the_review_does_not_matter(ground, event):
    """Tidying up commits before the review is good manners."""
    one = ground()
    one.fake.pull(7, HEAD)
    one.fake.repository.permissions["ada"] = "write"
    one.fake.happens(7, event)
    seen = Seen(HEAD, one.fake.tick())
    one.fake.label(7, "preview", "ada")

    assert "ada" == judged(one, seen).by


@pytest.mark.parametrize(
    "file",
    [
        "src/handbill/cli.py",
        ".github/workflows/check.yml",
        "build.py",
        "mkdocs.yml",
        "requirements.lock",
        "pyproject.toml",
        ".gitattributes",
        "theme/templates/base.html",
        "theme/mail/letter.mjml",
        "theme/static/search.js",
        "contentx/a",
    ],
)
def test_what_changes_the_program_is_never_shown(labelled, file):
    """Its site is whatever it says; the label was for what the review shows."""
    one, seen = labelled
    one.fake.repository.files[7] = ["content/a.md", file]
    one.fake.label(7, "preview", "ada")
    with pytest.raises(NotApproved, match="what runs"):
        judged(one, seen)


@pytest.mark.parametrize(
    "file", ["hub.toml", "theme/style/10-ground.css", "theme/locale/fr.po", "theme/tokens.toml", "content/a/photo.jpg"]
)
def test_what_changes_texts_and_the_look_is_shown(labelled, file):
    """A preview is for these."""
    one, seen = labelled
    one.fake.repository.files[7] = [file]
    one.fake.label(7, "preview", "ada")

    assert "ada" == judged(one, seen).by


@pytest.mark.parametrize(
    "file", ["@everyone.py", "![x](https://evil.example/x.png).py", "`<img src=x>`.py", "www.evil.example", "a\n# Approved", "fixes #3.py"]
)
def test_the_name_of_a_file_is_shown_and_does_nothing(labelled, file):
    """It stands in a comment of ours, under our name."""
    one, seen = labelled
    one.fake.repository.files[7] = [file]
    one.fake.label(7, "preview", "ada")
    with pytest.raises(NotApproved) as told:
        judged(one, seen)
    shown = str(told.value).split("(")[1].split(")")[0]

    assert re.fullmatch(r"`[A-Za-z0-9._/?-]+`", shown)


def test_a_file_that_moved_out_of_the_program_changed_it(labelled):
    """It is listed under its new name alone."""
    one, seen = labelled
    one.fake.label(7, "preview", "ada")
    files = one.fake._pull_files
    one.fake._pull_files = lambda *words, **more: (200, [{**told, "previous_filename": "build.py"} for told in files(*words, **more)[1]])
    with pytest.raises(NotApproved, match=r"build\.py"):
        judged(one, seen)


def test_more_files_than_are_listed_are_too_many(labelled):
    """The one that matters may be the next."""
    one, seen = labelled
    one.fake.repository.files[7] = [f"content/{n}.md" for n in range(3000)]
    one.fake.label(7, "preview", "ada")
    with pytest.raises(NotApproved, match="more files"):
        judged(one, seen)


def test_content_look_and_settings_are_shown(labelled):
    """That is what previews are for."""
    one, seen = labelled
    one.fake.repository.files[7] = [
        "content/a.md",
        "events/2026/b.md",
        "newsletters/12.md",
        "theme/style.css",
        "handbook/index.md",
        "hub.toml",
        "addresses.lock",
    ]
    one.fake.label(7, "preview", "ada")

    assert "ada" == judged(one, seen).by
