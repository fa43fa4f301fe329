from __future__ import annotations

import errno
import os
import stat

import pytest

from handbill.publishing import generation as generation_module
from handbill.publishing import swap
from handbill.publishing.shelf import Shelf
from handbill.publishing.store import Kept, Store, StoreError
from handbill.publishing.tree import Tree

from .conftest import TWENTY, look, publish, refusing

FIRST = {"index.html": b"home", "posts/a/index.html": b"a", "posts/b/index.html": b"b"}


@pytest.fixture
def store(public):
    store = Store(public)
    publish(store, FIRST)
    return store


@pytest.fixture
def handbook(tmp_path):
    """Return a folder as another program makes it."""
    folder = tmp_path / "scratch/handbook"
    for path in ("index.html", "assets/x.css"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


def test_what_is_added_is_what_is_published(public):
    publish(Store(public), FIRST)

    assert FIRST == look(public)


def test_a_kept_file_stays_the_same_file_with_the_same_time(store, public):
    """A reader's cache, and the server's, tell versions by the time."""
    before = (public / "posts/a/index.html").stat()

    publish(store, FIRST | {"index.html": b"new home"})

    after = (public / "posts/a/index.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert b"new home" == (public / "index.html").read_bytes()


def test_the_same_bytes_made_again_stay_the_same_file(store, public):
    before = (public / "posts/a/index.html").stat()

    with store.begin() as generation:
        for path, content in (FIRST | {"index.html": b"new home"}).items():
            generation.add(path, "another-key", content)
        done = generation.publish()

    assert before.st_ino == (public / "posts/a/index.html").stat().st_ino
    assert (("index.html",), 2) == (done.written, done.kept)
    assert "another-key" == store.standing()["posts/a/index.html"].key


def test_bytes_that_rotted_under_an_unchanged_time_are_made_again(store, public):
    """A build without cache must not believe the list of what stands."""
    page = public / "posts/a/index.html"
    mtime_ns = page.stat().st_mtime_ns
    page.write_bytes(b"X")
    os.utime(page, ns=(mtime_ns, mtime_ns))

    with store.begin() as generation:
        for path, content in FIRST.items():
            generation.add(path, "k", content)
        generation.publish()

    assert FIRST == look(public)


def test_a_publication_reports_what_it_did(store):
    done = publish(store, {"index.html": b"new home", "posts/a/index.html": b"a", "posts/c/index.html": b"c"})

    assert (True, ("index.html", "posts/c/index.html"), ("posts/b/index.html",), 1, "") == (
        done.is_new,
        done.written,
        done.removed,
        done.kept,
        done.unkept,
    )


def test_publishing_the_same_again_writes_nothing(store, public):
    places = [public, *public.rglob("*"), public.parent, *public.parent.glob(".public.handbill/manifest-*")]
    before = [place.stat() for place in places]

    done = publish(store, FIRST)

    assert (False, (), (), 3, "") == (done.is_new, done.written, done.removed, done.kept, done.unkept)
    assert [(one.st_ino, one.st_mtime_ns) for one in before] == [(one.stat().st_ino, one.stat().st_mtime_ns) for one in places]


def test_other_keys_for_the_same_bytes_are_noted_without_touching_the_site(store, public):
    before = public.stat()

    with store.begin() as generation:
        for path, content in FIRST.items():
            generation.add(path, "other", content)
        done = generation.publish()

    assert not done.is_new
    assert {"other"} == {kept.key for kept in Store(public).standing().values()}
    assert (before.st_ino, before.st_mtime_ns) == (public.stat().st_ino, public.stat().st_mtime_ns)


def test_two_generations_later_everything_is_as_if_made_from_nothing(store, public):
    """The spare is two generations old; what lies in it must not come back."""
    publish(store, FIRST | {"posts/gone/index.html": b"gone", "index.html": b"2"})
    publish(store, FIRST | {"index.html": b"3"})
    publish(store, FIRST | {"index.html": b"4"})

    assert FIRST | {"index.html": b"4"} == look(public)
    assert not (public / "posts/gone").exists()
    assert Store(public).is_intact()


def test_a_generation_that_is_not_published_leaves_no_trace(store, public, tmp_path):
    def render_badly(generation, spare):
        assert spare == look(generation.root)
        generation.add("x", "k", b"x")
        raise RuntimeError("the renderer failed")

    for spare in ({}, FIRST):
        with pytest.raises(RuntimeError, match="renderer"), store.begin() as generation:
            render_badly(generation, spare)

        assert FIRST == look(public)
        assert store.is_intact()
        assert not (tmp_path / ".public.handbill/spare").exists()
        store.prepare()


def test_a_generation_in_the_making_has_no_list(store, public, tmp_path):
    """Where times are coarse, the list of the spare could fit a folder that a killed build left half changed."""
    publish(store, FIRST | {"index.html": b"2"})

    with store.begin() as generation:
        generation.add("index.html", "k", b"3")
        lists = {path.name for path in (tmp_path / ".public.handbill").glob("manifest-*")}

    assert {f"manifest-{public.stat().st_ino}"} == lists


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a\\b", "", "a/../../x", "x\n"])
def test_a_wrong_path_is_an_error_of_ours(store, path, tmp_path):
    with store.begin() as generation, pytest.raises(ValueError, match="not a path"):
        generation.add(path, "k", b"x")

    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("path", ["INDEX.html", "posts", "index.html/x", "posts/A/index.html", "index.html"])
def test_a_place_can_be_taken_once(store, path):
    with store.begin() as generation:
        for kept in FIRST:
            generation.keep(kept)
        with pytest.raises(ValueError, match="one place"):
            generation.add(path, "k", b"x")


def test_a_page_renamed_in_its_case_only_is_no_collision(store, public):
    publish(store, {"Index.html": b"home", "posts/A/index.html": b"a", "posts/b/index.html": b"b"})

    assert {"Index.html", "posts/A/index.html", "posts/b/index.html"} == set(look(public))


def test_a_folder_becomes_a_page_and_a_page_a_folder(store, public):
    publish(store, {"index.html/x": b"1", "posts": b"2"})
    publish(store, FIRST)
    publish(store, {"index.html/x": b"1", "posts": b"2"})

    assert {"index.html/x": b"1", "posts": b"2"} == look(public)


def test_nothing_can_be_kept_that_does_not_stand(store):
    with store.begin() as generation, pytest.raises(ValueError, match="nothing to keep at 'posts/x'"):
        generation.keep("posts/x")


@pytest.mark.parametrize("key", ["", "two words", "a\tb", "a\n", "é"])
def test_a_key_that_would_spoil_the_list_is_refused(store, key):
    with store.begin() as generation, pytest.raises(ValueError, match="not a key"):
        generation.add("x", key, b"x")


def test_nothing_at_all_is_never_published(store, public):
    """An empty plan is a fault somewhere, not a wish to take the site down."""
    with store.begin() as generation, pytest.raises(ValueError, match="nothing to publish"):
        generation.publish()

    assert FIRST == look(public)


def test_a_published_generation_takes_nothing_more(store):
    with store.begin() as generation:
        generation.add("x", "k", b"x")
        generation.publish()
        refuses_everything(generation)


def test_a_generation_that_was_left_takes_nothing_more(store):
    with store.begin() as generation:
        generation.add("x", "k", b"x")
    refuses_everything(generation)


def test_a_generation_that_changed_nothing_takes_nothing_more(store):
    with store.begin() as generation:
        generation.keep_all(FIRST)
        assert not generation.publish().is_new
        refuses_everything(generation)


def refuses_everything(generation):
    acts = (generation.publish, generation.settle, generation.mirror)
    for act in (lambda: generation.add("y", "k", b"y"), lambda: generation.keep("x"), lambda: generation.take_back(None), *acts):
        with pytest.raises(ValueError, match="is over"):
            act()


def test_it_says_what_it_holds_so_far(store):
    with store.begin() as generation:
        generation.keep("index.html")
        added = generation.add("x", "k", b"x")

        assert {"index.html": store.standing()["index.html"], "x": added} == generation.files


def test_a_file_from_scratch_is_moved_in(store, public, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"png")

    with store.begin() as generation:
        kept = generation.add("p.png", "k", tmp_path / "picture.png")
        generation.publish()

    assert not (tmp_path / "picture.png").exists()
    assert {"p.png": b"png"} == look(public)
    assert kept == Kept("k", kept.digest, 3, (public / "p.png").stat().st_mtime_ns)


def test_a_file_from_scratch_is_gone_even_if_its_bytes_stand(store, public, tmp_path):
    (tmp_path / "home").write_bytes(b"home")
    before = (public / "index.html").stat().st_ino

    with store.begin() as generation:
        generation.add("index.html", "k", tmp_path / "home")
        generation.publish()

    assert not (tmp_path / "home").exists()
    assert before == (public / "index.html").stat().st_ino


def test_a_link_in_scratch_is_refused(store, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "link").symlink_to("secret")

    with store.begin() as generation, pytest.raises(ValueError, match="not a plain file"):
        generation.add("x", "k", tmp_path / "link")


def test_the_folder_of_another_program_is_adopted_and_kept_as_a_whole(store, public, handbook):
    with store.begin() as generation:
        for path in FIRST:
            generation.keep(path)
        generation.adopt_folder("handbook/", "h1", handbook)
        generation.publish()

    assert {"handbook": "h1"} == store.folders()
    assert "h1" == store.standing()["handbook/assets/x.css"].key
    assert b"assets/x.css" == (public / "handbook/assets/x.css").read_bytes()

    with store.begin() as generation:
        generation.add("index.html", "k", b"other")
        generation.keep_folder("handbook/")
        generation.publish()

    assert {"index.html", "handbook/index.html", "handbook/assets/x.css"} == set(look(public))
    assert {"handbook": "h1"} == store.folders()


def test_an_adopted_folder_with_one_file_missing_is_made_again(store, public, handbook):
    """Nobody else knows which files the other program makes."""
    with store.begin() as generation:
        generation.adopt_folder("handbook", "h1", handbook)
        generation.publish()
    (public / "handbook/assets/x.css").unlink()

    assert {} == store.folders()
    assert {} == store.standing()
    with store.begin() as generation, pytest.raises(ValueError, match="no folder to keep"):
        generation.keep_folder("handbook")


def test_an_adopted_folder_is_one_program_s_alone(store, handbook):
    with store.begin() as generation:
        generation.adopt_folder("handbook", "h1", handbook)
        with pytest.raises(ValueError, match="another program"):
            generation.add("handbook/mine.html", "k", b"x")


def test_what_only_begins_as_an_adopted_folder_does_is_anybody_s(store, public, handbook):
    """handbooks/ is not in handbook/."""
    given = {"handbooks/x": b"x", "handbook.html": b"h"}
    with store.begin() as generation:
        for path, content in given.items():
            generation.add(path, "k", content)
        generation.adopt_folder("handbook", "h1", handbook)
        generation.add("handbooks/y", "k", b"y")
        generation.publish()
    assert {*given, "handbooks/y", "handbook/index.html", "handbook/assets/x.css"} == {*look(public)}

    with store.begin() as generation:
        generation.keep_folder("handbook")
        generation.publish()
    assert {"handbook/index.html", "handbook/assets/x.css"} == {*look(public)}


def test_nothing_is_put_into_a_folder_that_is_adopted_later(store, handbook):
    with store.begin() as generation:
        generation.add("handbook/mine.html", "k", b"x")
        with pytest.raises(ValueError, match=r"^'handbook' belongs to another program as a whole$"):
            generation.adopt_folder("handbook", "h1", handbook)


def test_of_an_adopted_folder_some_files_stay(store, public, handbook):
    """The other program says what it did not make anew; all of it stands under the new key."""
    with store.begin() as generation:
        generation.adopt_folder("handbook", "h1", handbook)
        generation.publish()
    before = (public / "handbook/assets/x.css").stat().st_ino
    handbook.mkdir(exist_ok=True)
    (handbook / "index.html").write_text("anew")

    with store.begin() as generation:
        generation.adopt_folder("handbook", "h2", handbook, kept=["assets/x.css"])
        generation.publish()

    assert {"handbook/index.html": b"anew", "handbook/assets/x.css": b"assets/x.css"} == look(public)
    assert before == (public / "handbook/assets/x.css").stat().st_ino
    assert {"h2"} == {kept.key for kept in store.standing().values()}


def test_a_folder_with_nothing_in_it_is_not_adopted(store, tmp_path):
    (tmp_path / "empty").mkdir()

    for prefix, why in (("handbook", "nothing was made"), ("../handbook", "not a path")):
        with store.begin() as generation, pytest.raises(ValueError, match=why):
            generation.adopt_folder(prefix, "h1", tmp_path / "empty")


def test_a_settled_generation_holds_all_that_it_was_given(store):
    """The search program reads pages in it by their path; leftovers of the day before yesterday cost time to remove and to link again."""
    publish(store, FIRST | {"index.html": b"2", "fresh/index.html": b"fresh"})

    with store.begin() as generation:
        generation.keep_all(["posts/a/index.html", "fresh/index.html"])
        generation.add("new/index.html", "k", b"new")
        root = generation.settle()
        settled = look(root)
        generation.add("late/index.html", "k", b"late")
        generation.publish()

    given = {"posts/a/index.html": b"a", "fresh/index.html": b"fresh", "new/index.html": b"new"}
    assert given.items() <= settled.items()
    assert given | {"late/index.html": b"late"} == look(store.public)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0o000, 0o077, 0o137])
def test_a_web_server_may_read_the_site_whatever_the_umask(public, umask):
    before = os.umask(umask & 0o077)
    try:
        publish(Store(public), FIRST)
    finally:
        os.umask(before)

    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (public, *public.rglob("*"))}
    assert modes == {path: 0o755 if path.is_dir() else 0o644 for path in modes}


def test_after_a_failed_write_nothing_more_can_be_published(store, public, disk):
    """Half a file may lie in the folder."""
    with store.begin() as generation:
        disk.fail(2, errno.ENOSPC)
        with pytest.raises(StoreError):
            generation.add("x", "k", b"x")
        disk.mend()
        with pytest.raises(ValueError, match="is over"):
            generation.publish()

    assert FIRST == look(public)


@pytest.mark.parametrize("is_kept_first", [True, False])
def test_another_spelling_of_what_stands_has_room_only_when_that_goes(store, is_kept_first):
    """On a memory stick Fair and fair are one folder; a renamed tag makes one of the other."""
    publish(store, {"posts/Fair/index.html": b"1", "index.html": b"home"})

    def both(generation):
        if is_kept_first:
            generation.keep("posts/Fair/index.html")
        generation.add("posts/fair/index.html", "k", b"2")
        generation.keep_all(["index.html", "posts/Fair/index.html"])

    with store.begin() as generation, pytest.raises(ValueError, match="for one place"):
        both(generation)
    with store.begin() as generation:
        generation.add("posts/fair/index.html", "k", b"2")
        generation.keep("index.html")
        generation.publish()

    assert {"posts/fair/index.html": b"2", "index.html": b"home"} == look(store.public)


# What is left when it is over.


def test_what_was_settled_and_not_published_stays_a_spare(store, public):
    """A build whose pages turn out to be the same has made the spare what stands; the next one need not do it again."""
    second = FIRST | {"index.html": b"2"}
    publish(store, second)

    with store.begin() as generation:
        generation.keep_all(second)
        root = generation.settle()
        assert not generation.publish().is_new

    assert second == look(root)
    assert second.keys() == Shelf(public).manifest(root).files.keys()


def test_what_stands_complete_can_be_mirrored_and_nothing_else(store, public):
    with store.begin() as generation:
        generation.keep("index.html")
        with pytest.raises(ValueError, match=r"^only what stands complete can be mirrored$"):
            generation.mirror()
    (public / "index.html").unlink()
    with store.begin() as generation, pytest.raises(ValueError, match=r"^only what stands complete can be mirrored$"):
        generation.mirror()


@pytest.mark.parametrize("flushed", [True, False])
def test_names_are_on_the_disk_when_a_publication_is_told(store, public, monkeypatch, flushed):
    """After a power cut the new site stands; a preview need not survive one."""
    told = []
    monkeypatch.setattr(generation_module, "flush_folder", told.append)

    publish(store, FIRST | {"index.html": b"2"}, flushed=flushed)

    assert ([public.parent, public.with_name(".public.handbill")] if flushed else []) == told


def test_a_former_site_of_which_no_list_tells_is_no_spare(store, public, tmp_path):
    """Nobody would believe it."""
    (tmp_path / f".public.handbill/manifest-{public.stat().st_ino}").write_bytes(b"")

    publish(Store(public), FIRST)

    assert FIRST == look(public)
    assert not (tmp_path / ".public.handbill/spare").exists()


# What is told.


def added(store, _):
    with store.begin() as generation:
        generation.add("x/y", "k", b"x")


def adopted(store, folder):
    with store.begin() as generation:
        generation.adopt_folder("handbook", "k", folder)


def settled(store, _):
    with store.begin() as generation:
        generation.keep_all(store.standing())
        generation.settle()


def renamed(store, *, is_settled):
    with store.begin() as generation:
        for path, kept in store.standing().items():
            generation.add(path, "other", (store.public / path).read_bytes(), (kept.size, kept.digest))
        if is_settled:
            generation.settle()
        generation.publish()


@pytest.mark.parametrize(
    ("act", "call", "what"),
    [
        (added, (generation_module, "write"), "write x/y"),
        (adopted, (generation_module, "plain_files"), "read what was made for handbook/"),
        (settled, (Tree, "hold"), "prepare the next generation"),
        (lambda store, _: publish(store, {"x": b"x"}), (Tree, "become"), "prepare the next generation"),
        (lambda store, _: publish(store, {"x": b"x"}), (swap, "swap"), "swap the generations"),
        (lambda store, _: store.prepare(), (Tree, "become"), "prepare the next generation"),
        (lambda store, _: store.go_back(1, TWENTY), (Tree, "link"), "write index.html"),
        (lambda store, _: renamed(store, is_settled=False), (Shelf, "put"), "note what decided the files"),
        (lambda store, _: renamed(store, is_settled=True), (Tree, "become"), "prepare the next generation"),
    ],
)
def test_what_the_disk_refused_is_told_with_what_was_tried(store, public, handbook, monkeypatch, act, call, what):
    """And what stood stands."""
    stands = FIRST | {"index.html": b"2"}
    publish(store, stands, TWENTY)

    monkeypatch.setattr(*call, refusing(errno.EIO))

    with pytest.raises(StoreError) as told:
        act(store, handbook)
    assert f"{public}: could not {what}: " in str(told.value)
    assert stands == look(public)
