"""A whole review: two states of a small hub, and what is told of the difference."""

import pickle
import re
import shutil
import sys
import threading
from hashlib import sha256
from pathlib import Path
from struct import pack

import pytest
from tests.hubs import files_of, moment, options, text, write
from tests.reviewing.repository import committed, edit, git, known_village, village_repository

from handbill.engine import engine_digest
from handbill.errors import WrongUse
from handbill.reviewing.as_json import text as as_json
from handbill.reviewing.review import opened, review

WELL = "content/posts/2026-03-01-le-puits.md"


@pytest.fixture
def root(tmp_path):
    return known_village(tmp_path)


def reviewed(root, head="", base="main", **more):
    return review(options(root, jobs=1, **more), base, head, "en")


def pages(found):
    return {one.address: one for one in found.pages}


def test_a_change_of_one_text_is_told_where_members_read_it_and_nowhere_else(root):
    """The page itself is what the reviewer approves; lists that name it only follow."""
    edit(root, "content/posts/ancien.md", "Écrit la veille de l'an.", "Écrit le jour de l'an.")

    found = reviewed(root)

    assert ["/posts/ancien/"] == [one.address for one in found.pages if one.is_own]
    page = pages(found)["/posts/ancien/"]
    assert {("gone", "la veille"), ("new", "le jour")} == {(one.how, one.text) for one in page.words if one.how != "same"}
    assert "la veille" in page.before.decode()
    assert "le jour" in page.after.decode()
    assert found.is_whole
    assert ("main", git(root, "rev-parse", "main"), "", "") == (found.base.name, found.base.commit, found.head.name, found.head.commit)


def test_nothing_that_members_get_changes_by_what_they_never_see(root):
    """A reviewer of a draft or of a note for editors is done with one line."""
    edit(root, "content/posts/brouillon.md", "À finir.", "À finir bientôt.")
    write(root, {"NOTES.md": "x"})

    found = reviewed(root)

    assert found.is_silent
    assert [("content/posts/brouillon.md", "draft")] == [(one.source, one.why) for one in found.hidden]


def test_what_is_scheduled_is_shown_as_on_its_day(root):
    """Approved in March, published in May: nobody would look at it again in between."""
    edit(root, "content/posts/bientot.md", "Ce billet attend son jour.", "Ce billet attend le printemps.")

    found = reviewed(root)

    page = pages(found)["/posts/bientot/"]
    assert moment("2026-05-01 00:00").isoformat() == page.since
    assert {page.since} == {one.since for one in (*found.pages, *found.files, *found.feeds)}
    assert "printemps" in page.after.decode()


def test_what_was_only_scheduled_and_waits_longer_is_no_lost_address(root):
    """Nobody was there yet, so nobody finds nothing."""
    edit(root, "content/posts/bientot.md", "date: 2026-05-01", "date: 2026-06-01")

    assert () == reviewed(root).addresses


class _Harm:
    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_nothing_that_a_commit_brings_into_our_own_folder_is_believed(root, tmp_path):
    """What is kept there is unpickled: a stranger who may bring it runs what they like on a reviewer's machine."""
    mark = tmp_path / "ran"
    table = pickle.dumps(_Harm(mark))
    signed = pack(">QQ", len(table), 0) + sha256(engine_digest().encode() + b"\0" + table).digest() + table
    notes = {f".handbill/cache/{name}": b"handbill-cache-3\n" + signed for name in ("drafts", "mails")}
    git(root, "checkout", "--quiet", "-b", "harm")
    write(root, notes)
    git(root, "add", "--force", *notes)
    git(root, "commit", "--quiet", "--message", "harm")
    git(root, "checkout", "--quiet", "main")

    found = reviewed(root, head="harm")

    assert not mark.exists()
    assert {"code"} == {one.part for one in found.sources}


@pytest.mark.parametrize("side", ["base", "head"])
def test_a_state_without_a_hub_is_named(root, side):
    """The path of our own scratch folder would tell nobody what is missing."""
    git(root, "rm", "--quiet", "hub.toml")
    empty = committed(root)
    git(root, "revert", "--no-edit", "HEAD")

    with pytest.raises(WrongUse, match=f"{empty[:12]} has no hub.toml in this folder"):
        reviewed(root, base=empty if side == "base" else "HEAD~2", head="main" if side == "base" else empty)


@pytest.mark.long
def test_days_beyond_the_fifth_are_named_and_not_looked_at(root):
    """Somebody plans a year ahead, and a review must come to an end."""
    write(root, {f"content/posts/p{n}.md": text(f"Texte {n}.", title=f"Billet {n}", date=f"2026-0{n}-01") for n in range(4, 10)})

    found = reviewed(root)

    assert 5 == len({one.since for one in found.pages})
    assert [("content/posts/p9.md", "later")] == [(one.source, one.why) for one in found.hidden]


def test_a_proposal_that_cannot_be_published_says_so_and_shows_what_it_can(root):
    """One broken file must not hide what the other ones would do, nor look as if it were taken down."""
    edit(root, WELL, "title:", "titel:")
    edit(root, "content/posts/ancien.md", "Écrit la veille", "Écrit l'avant-veille")

    found = reviewed(root)

    assert not found.is_whole
    assert found.problems[0].is_new
    assert WELL == found.problems[0].problem.path
    assert "/posts/ancien/" in pages(found)
    assert "/posts/le-puits/" not in pages(found)
    assert [(WELL, "broken")] == [(one.source, one.why) for one in found.hidden]


@pytest.mark.parametrize("written", ["[hub", "[hub]\nname = 3\n"])
def test_settings_that_cannot_be_read_are_the_whole_review(root, written):
    """Without them it is not known what a hub would be, and a guess would frighten."""
    write(root, {"hub.toml": written})

    found = reviewed(root)

    assert not found.is_whole
    assert ("hub.toml", True) == (found.problems[0].problem.path, found.problems[0].is_new)
    assert ["hub.toml"] == [one.path for one in found.sources]
    assert found.is_silent


@pytest.mark.long
def test_after_settings_that_could_not_be_read_all_is_told(root):
    """“Nothing changes for members” over whatever came in along with the missing bracket would be a way in."""
    edit(root, "hub.toml", "[look]", "[look")
    committed(root)
    git(root, "branch", "--force", "broken")
    edit(root, "hub.toml", "[look", "[look]")
    edit(root, "content/posts/ancien.md", "Écrit la veille de l'an.", "Écrit le jour de l'an.")

    found = reviewed(root, base="broken")

    assert "le jour" in pages(found)["/posts/ancien/"].after.decode()
    assert ["added", "added"] == [one.how for one in found.letters]
    assert "/posts/ancien/" in {one.address for one in found.addresses}


def test_what_was_wrong_before_stands_after_what_the_proposal_brings(root):
    """A reviewer who reads ten old warnings first does not read the eleventh."""
    edit(root, "content/posts/ancien.md", "Écrit", "[Lien](nulle-part.md) écrit")

    found = reviewed(root)

    assert [True, False] == sorted({one.is_new for one in found.problems}, reverse=True)
    assert found.problems == tuple(sorted(found.problems, key=lambda one: not one.is_new))
    assert "content/posts/ancien.md" == found.problems[0].problem.path


def test_a_page_that_moves_with_its_item_is_one_change(root):
    """Told as one page that goes and another that comes, it would look like a loss."""
    (root / "content/posts/ancien.md").rename(root / "content/posts/antan.md")
    edit(root, "content/posts/antan.md", "aliases: [/blog/ancien/]", "aliases: [/blog/ancien/, /posts/ancien/]")

    found = reviewed(root, committed(root), "HEAD~1")

    assert ("changed", "/posts/ancien/") == (pages(found)["/posts/antan/"].how, pages(found)["/posts/antan/"].former)
    assert "moved" == pages(found)["/posts/ancien/"].kind
    assert "content/posts/ancien.md" == next(one for one in found.sources if one.path == "content/posts/antan.md").former


def test_two_commits_are_compared_and_the_files_at_hand_do_not_matter(root):
    """A reviewer has work of their own lying there."""
    edit(root, "content/posts/ancien.md", "la veille", "le lendemain")
    head = committed(root)
    edit(root, "content/posts/ancien.md", "le lendemain", "bien après")
    git(root, "branch", "--force", "base", "HEAD~1")

    found = reviewed(root, head, "base")

    assert {("gone", "la veille"), ("new", "le lendemain")} == {(one.how, one.text) for one in pages(found)["/posts/ancien/"].words if one.how != "same"}


def test_a_hub_below_the_top_of_its_repository_is_reviewed(tmp_path):
    """The repository of a club may hold more than its hub."""
    whole = tmp_path / "whole"
    root = village_repository(whole)
    shutil.rmtree(root / ".git")
    committed(whole)
    edit(root, "content/posts/ancien.md", "la veille", "le lendemain")
    head = committed(whole)

    found = review(options(root, jobs=1), "HEAD~1", head, "en")

    assert "/posts/ancien/" in pages(found)
    assert ["content/posts/ancien.md"] == [one.path for one in found.sources]


@pytest.mark.long
def test_what_is_remembered_gives_the_same_review(root):
    """A cache may cost or save time, and must never decide what is told."""
    edit(root, WELL, "Le puits est **réparé**", "Le puits est **neuf**")
    first = as_json(reviewed(root))
    edit(root, "content/posts/ancien.md", "la veille", "le lendemain")

    other = as_json(reviewed(root))
    edit(root, "content/posts/ancien.md", "le lendemain", "la veille")

    assert first == as_json(reviewed(root))
    assert first == as_json(reviewed(root, no_cache=True))
    assert first != other


def test_a_review_changes_nothing_of_the_hub(root):
    """It is run on work that is not finished, by people who do not expect to lose it."""
    edit(root, WELL, "Le puits est **réparé**", "Le puits est **neuf**")
    write(root, {"content/posts/neuf.md": text("Neuf.", title="Neuf", date="2026-03-02")})
    git(root, "add", "content/posts/neuf.md")

    def state():
        mine = {path: raw for path, raw in files_of(root).items() if not re.match(r"\.git/worktrees|\.handbill", path)}
        return mine, git(root, "status", "--porcelain=v2"), git(root, "for-each-ref")

    # Git itself notes in its index what it saw, the first time that somebody asks.
    git(root, "status")
    before = state()
    reviewed(root)
    after = state()

    assert set() == {path for path in {*before[0], *after[0]} if before[0].get(path) != after[0].get(path)}
    assert before[1:] == after[1:]
    assert not (root / ".handbill" / "review" / "scratch").exists()


@pytest.mark.long
def test_two_reviews_at_once_wait_for_each_other(root):
    """A person starts it twice, or a watcher and a person do."""
    edit(root, WELL, "Le puits est **réparé**", "Le puits est **neuf**")
    found = []
    threads = [threading.Thread(target=lambda: found.append(as_json(reviewed(root)))) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert 2 == len(found)
    assert found[0] == found[1]


def test_published_files_of_both_states_can_be_asked_for_while_the_review_is_open(root):
    """The page of a review embeds styles and pictures, of before and of after."""
    edit(root, "hub.toml", "#1f6f54", "#6f1f54")

    with opened(options(root, jobs=1), "main", "", "en") as found:
        styles = [found.asset(side, "theme/hub.css") for side in ("before", "after")]
        nothing = found.asset("after", "theme/nothing.css")

    assert [b"1f6f54" in styles[0], b"6f1f54" in styles[1]] == [True, True]
    assert nothing is None


def test_a_private_detail_is_in_no_message_of_a_review(root):
    """A review is as public as the proposal, and is read by more people."""
    edit(root, "content/posts/ancien.md", "Écrit la veille de l'an.", "Appelez Zoé au 06 12 34 56 78.")

    found = reviewed(root)

    private = [one.problem for one in found.problems if one.problem.is_private]
    assert private
    assert not any("34 56 78" in one.found or "34 56 78" in one.wanted for one in private)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators only")
def test_a_symbolic_link_in_a_proposal_is_refused_as_a_build_refuses_it(root, tmp_path):
    """The review lays it out as a small text, and must not take it for one."""
    (tmp_path / "secret").write_text("---\ntitle: Secret\ndate: 2026-01-01\n---\n\nSecret.\n")
    (root / "content" / "posts" / "lien.md").symlink_to(tmp_path / "secret")

    found = reviewed(root, committed(root), "HEAD~1")

    assert not found.is_whole
    assert ("content/posts/lien.md", "HB122") in [(one.problem.path, one.problem.code) for one in found.problems if one.is_new]
    assert "Secret." not in as_json(found)
