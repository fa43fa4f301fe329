from __future__ import annotations

import errno
import os
import random
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from handbill.publishing import store as store_module
from handbill.publishing import swap
from handbill.publishing.earlier import Earlier
from handbill.publishing.shelf import Shelf
from handbill.publishing.store import BuildRunning, ForeignFolder, Store, StoreError

from .conftest import TWENTY, look, publish, refusing

OLD = {f"posts/{name}/index.html": f"old {name}".encode() for name in "abcd"} | {"index.html": b"old", "gone/x": b"x", "gone/y": b"y"}
NEW = OLD | {"index.html": b"new", "posts/a/index.html": b"new a", "new/one": b"1", "new/two": b"2"}
del NEW["gone/x"], NEW["gone/y"]


@pytest.fixture
def store(public):
    store = Store(public)
    publish(store, OLD)
    return store


def test_a_fresh_store_has_nothing_standing(public):
    assert {} == Store(public).standing()
    assert not Store(public).is_intact()
    assert "" == Store(public).seal()
    assert not public.exists()


@pytest.mark.usefixtures("store")
def test_what_was_published_stands_for_the_next_process(public):
    assert set(OLD) == set(Store(public).standing())
    assert Store(public).is_intact()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    "spoil",
    [lambda page: page.unlink(), lambda page: page.write_bytes(b"by hand!"), lambda page: os.utime(page, (1, 1))],
    ids=["deleted", "rewritten", "touched"],
)
def test_a_page_altered_by_hand_no_longer_stands_and_is_made_again(public, spoil):
    spoil(public / "posts/a/index.html")

    assert set(OLD) - {"posts/a/index.html"} == set(Store(public).standing())
    assert not Store(public).is_intact()

    publish(Store(public), OLD)
    assert OLD == look(public)
    assert Store(public).is_intact()


@pytest.mark.usefixtures("store")
def test_what_another_process_found_intact_is_not_looked_at_again(public):
    """It looks while this one reads the hub."""
    asked = []
    store = Store(public)
    with store.alone():
        store.ask(lambda: asked.append("asked") or True)

        assert store.is_intact()
        assert set(OLD) == set(store.standing())
    assert ["asked"] == asked


@pytest.mark.usefixtures("store")
def test_what_another_process_found_altered_is_looked_at_here(public):
    """It says only whether, and not what."""
    (public / "posts/a/index.html").unlink()
    store = Store(public)
    with store.alone():
        store.ask(lambda: False)

        assert set(OLD) - {"posts/a/index.html"} == set(store.standing())


@pytest.mark.usefixtures("store")
def test_an_answer_about_what_stood_says_nothing_of_what_stands(public):
    """A build publishes after it asked."""
    store = Store(public)
    with store.alone():
        store.ask(lambda: True)
        with store.begin() as generation:
            generation.add("index.html", "k", b"other")
            generation.publish()
        (public / "index.html").unlink()

        assert not store.is_intact()


def test_only_the_site_is_in_the_public_folder(store, public, tmp_path):
    publish(store, NEW)

    assert NEW == look(public)
    assert {"public", ".public.handbill"} == {path.name for path in tmp_path.iterdir()}
    assert {"spare"} == {path.name for path in (tmp_path / ".public.handbill").iterdir() if path.is_dir()}


# A folder that is not ours


@pytest.mark.parametrize("command", [lambda store: store.begin(), lambda store: store.alone().__enter__()], ids=["begin", "alone"])
def test_a_folder_with_somebody_s_own_files_is_refused_and_untouched(public, tmp_path, command):
    """`--output ~` must not cost anybody their home."""
    (public / "photos").mkdir(parents=True)
    (public / "photos/holiday.jpg").write_bytes(b"jpg")
    (public / "letter.odt").write_bytes(b"odt")

    with pytest.raises(ForeignFolder) as refused:
        command(Store(public))

    for word in (str(public), "letter.odt", "photos/", "--output"):
        assert word in str(refused.value)
    assert 2 == refused.value.exit_code
    assert [public] == list(tmp_path.iterdir())
    assert 2 == len(look(public))


@pytest.mark.parametrize(("count", "names"), [(5, "(0, 1, 2, 3, 4)"), (6, "(0, 1, 2, 3, 4 and 1 more)"), (9, "(0, 1, 2, 3, 4 and 4 more)")])
def test_many_foreign_files_are_named_in_part(public, count, names):
    public.mkdir()
    for number in range(count):
        (public / f"{number}").write_bytes(b"")

    with pytest.raises(ForeignFolder) as told:
        Store(public).begin()
    assert names in str(told.value)


def test_an_empty_folder_is_welcome(public):
    public.mkdir()
    (public / ".DS_Store").write_bytes(b"")

    publish(Store(public), OLD)

    assert OLD == look(public)


def test_a_file_in_the_place_of_the_folder_is_refused(public):
    public.write_text("mine")

    with pytest.raises(ForeignFolder, match="this is a file"):
        Store(public).begin()


def test_a_whole_disk_is_refused():
    with pytest.raises(ForeignFolder, match="whole disk"):
        Store(Path(os.sep))


@pytest.mark.parametrize("name", ["CNAME", ".git/HEAD", "posts/a/photo.jpg"])
def test_a_foreign_file_put_into_our_folder_stops_the_build_by_name(store, public, name):
    """It would be gone with the next generation."""
    (public / name).parent.mkdir(parents=True, exist_ok=True)
    (public / name).write_bytes(b"mine")

    with pytest.raises(ForeignFolder, match=name.replace("/HEAD", "/")):
        store.begin()

    assert OLD | {name: b"mine"} == look(public)
    assert not store.is_intact()


@pytest.mark.usefixtures("store")
def test_a_folder_of_the_same_name_made_after_ours_was_deleted_is_refused(public):
    """File systems give the same inode again at once."""
    shutil.rmtree(public)
    public.mkdir()
    (public / "mine.txt").write_bytes(b"mine")

    with pytest.raises(ForeignFolder, match=r"mine\.txt"):
        Store(public).begin()


@pytest.mark.usefixtures("store")
def test_a_deleted_public_folder_is_made_again(public):
    shutil.rmtree(public)

    assert {} == Store(public).standing()
    publish(Store(public), OLD)

    assert OLD == look(public)


def test_a_link_to_a_folder_elsewhere_stays_a_link(tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "public").symlink_to("www")

    publish(Store(tmp_path / "public"), OLD)
    publish(Store(tmp_path / "public"), NEW)

    assert (tmp_path / "public").is_symlink()
    assert NEW == look(tmp_path / "www")


def test_a_folder_deep_in_nowhere_is_made(tmp_path):
    publish(Store(tmp_path / "a/b/public"), OLD)

    assert OLD == look(tmp_path / "a/b/public")


# Damage to what the store keeps for itself


def _flips():
    chance = random.Random(11)
    for _ in range(12):
        place, bit = chance.random(), 1 << chance.randrange(8)

        def flip(text, place=place, bit=bit):
            at = int(place * len(text))
            return text[:at] + bytes([text[at] ^ bit]) + text[at + 1 :]

        yield f"bit {bit} at {place:.2f}", flip


DAMAGES = dict(_flips()) | {
    "truncated": lambda text: text[: len(text) // 2],
    "empty": lambda _: b"",
    "another version": lambda text: text.replace(b"manifest 1", b"manifest 2"),
    "somebody else's text": lambda _: b"[core]\n",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_list_costs_a_full_remake_and_never_a_wrong_byte(store, public, tmp_path, damage):
    publish(store, NEW)
    for manifest in tmp_path.glob(".public.handbill/manifest-*"):
        manifest.write_bytes(damage(manifest.read_bytes()))

    after = Store(public)
    assert {} == after.standing()
    assert not after.is_intact()

    done = publish(after, OLD)
    assert (set(OLD), 0) == (set(done.written), done.kept)
    assert OLD == look(public)
    assert Store(public).is_intact()


@pytest.mark.parametrize(
    "damage",
    [
        lambda spare: (spare / "posts/b/index.html").write_bytes(b"rot"),
        lambda spare: (spare / "posts/b/index.html").unlink(),
        lambda spare: (spare / "posts/b/extra.html").write_bytes(b"extra"),
        lambda spare: (spare / "posts/b/.DS_Store").write_bytes(b"extra"),
        lambda spare: shutil.rmtree(spare / "posts"),
        lambda spare: shutil.rmtree(spare),
        lambda spare: [shutil.rmtree(spare), spare.write_bytes(b"")],
    ],
    ids=["rewritten", "deleted", "added", "dropped", "folder deleted", "all deleted", "a file"],
)
def test_a_damaged_spare_never_shows(store, public, tmp_path, damage):
    publish(store, NEW)
    damage(tmp_path / ".public.handbill/spare")

    publish(Store(public), NEW | {"index.html": b"third"})

    assert NEW | {"index.html": b"third"} == look(public)
    assert Store(public).is_intact()


@pytest.mark.usefixtures("store")
def test_a_folder_restored_on_another_machine_still_stands(public, tmp_path):
    """The cache of a build service restores files with their times, and other inodes."""
    shutil.copytree(public, tmp_path / "copy")
    shutil.rmtree(public)
    (tmp_path / "copy").rename(public)

    assert set(OLD) == set(Store(public).standing())
    publish(Store(public), NEW)
    assert NEW == look(public)


# Failing disks


ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE)


@pytest.mark.parametrize("without", [False, True], ids=["with a spare", "without one"])
@pytest.mark.parametrize(
    "number", [pytest.param(one, marks=[pytest.mark.long] * (at > 0), id=errno.errorcode[one]) for at, one in enumerate(ERRORS)]
)
def test_whichever_call_fails_the_site_is_old_or_new_and_the_next_build_is_clean(tmp_path, disk, number, without):
    """Every write, rename, link, flush … fails once, until a build meets no failure."""
    public, failed, at = tmp_path / "public", 0, 0
    while True:
        at += 1
        publish(Store(public), OLD)
        if without:
            shutil.rmtree(tmp_path / ".public.handbill/spare", ignore_errors=True)
        disk.fail(at, number)
        trouble = None
        try:
            assert publish(Store(public), NEW).is_new
        except StoreError as failure:
            trouble = failure
        calls = disk.mend()
        if trouble is not None:
            failed += 1
            assert number == trouble.__cause__.errno
        assert (NEW if trouble is None else OLD) == look(public)

        publish(Store(public), NEW)
        assert NEW == look(public)
        assert Store(public).is_intact()
        assert {"public", ".public.handbill"} == {path.name for path in tmp_path.iterdir()}
        if calls < at:
            break

    assert failed > 25


def test_a_program_error_during_the_swap_is_no_disk_error(store, public, monkeypatch):
    def broken(*_):
        raise RuntimeError("ours")

    monkeypatch.setattr("handbill.publishing.swap.swap", broken)

    with pytest.raises(RuntimeError, match="ours"):
        publish(store, NEW)
    assert OLD == look(public)


def test_without_hard_links_everything_is_the_same(public, monkeypatch):
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    for files in (OLD, NEW, OLD, NEW):
        publish(Store(public), files)
        assert files == look(public)
        assert Store(public).is_intact()


def test_without_hard_links_a_spoilt_spare_never_shows(public, tmp_path, monkeypatch):
    """Then the two generations share no file, and each must be looked at."""

    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    publish(Store(public), OLD)
    publish(Store(public), NEW)
    (tmp_path / ".public.handbill/spare/posts/b/index.html").write_bytes(b"rotten")

    publish(Store(public), NEW | {"index.html": b"third"})

    assert NEW | {"index.html": b"third"} == look(public)


# Several builds


BUILD = """
import sys
from pathlib import Path
from handbill.publishing.store import Store
number = sys.argv[2].encode()
store = Store(Path(sys.argv[1]))
for _ in range(5):
    with store.alone(), store.begin() as generation:
        for page in range(60):
            generation.add(f"{page % 7}/{page}.html", number.decode(), number)
        generation.publish()
"""


def test_four_builds_at_once_each_publish_whole_generations(public):
    builds = [subprocess.Popen([sys.executable, "-c", BUILD, str(public), str(number)]) for number in range(4)]

    assert [0] * 4 == [build.wait() for build in builds]
    assert 60 == len(look(public))
    assert 1 == len(set(look(public).values()))
    assert Store(public).is_intact()


def test_a_second_build_waits_and_then_sees_what_the_first_published(store, public):
    inside, done = threading.Event(), []

    def second():
        inside.wait()
        with Store(public).alone():
            done.append(look(public))

    thread = threading.Thread(target=second)
    thread.start()
    with store.alone():
        inside.set()
        with pytest.raises(BuildRunning), Store(public).alone(limit_s=0):
            pass
        publish(store, NEW)
        assert [] == done
    thread.join()

    assert [NEW] == done


# Speed


def test_a_prepared_spare_makes_the_next_publication_write_one_file_only(store, public, disk):
    """After a first build every file would be linked, which takes a second for 5,000."""
    store.prepare()
    disk.names.clear()
    publish(store, OLD | {"index.html": b"new"})

    assert 0 == disk.names.count("link")
    assert 2 == disk.names.count("write")  # the page and the list
    assert OLD | {"index.html": b"new"} == look(public)


def test_preparing_changes_nothing_that_readers_see(store, public):
    before = [(path, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(public.rglob("*"))]

    store.prepare()
    store.prepare()

    assert before == [(path, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(public.rglob("*"))]
    assert store.is_intact()


def test_a_trusting_store_publishes_the_same_bytes(public):
    store = Store(public, trusting=True)
    for number in range(6):
        files = (OLD if number % 2 else NEW) | {"index.html": str(number).encode()}
        with store.alone():
            publish(store, files, flushed=False)
        assert files == look(public)
        assert Store(public).is_intact()


def test_a_trusting_store_still_notices_foreign_files(public):
    store = Store(public, trusting=True)
    publish(store, OLD)
    (public / "mine.txt").write_bytes(b"mine")

    with pytest.raises(ForeignFolder, match=r"mine\.txt"):
        publish(store, NEW)


def test_a_trusting_store_does_not_trust_what_another_process_published(public):
    store = Store(public, trusting=True)
    publish(store, OLD)
    publish(Store(public), NEW)
    (public / "index.html").unlink()

    assert "index.html" not in store.standing()


def test_what_was_seen_before_a_publication_is_not_believed_after_it(store):
    with store.alone():
        assert OLD.keys() == store.standing().keys()
        publish(store, NEW)
        assert NEW.keys() == store.standing().keys()
        publish(store, OLD)
        assert OLD.keys() == store.standing().keys()


# Folders that another program made.


def test_of_a_folder_made_as_a_whole_every_file_stands_or_none(public, tmp_path):
    """A site of another program is no site without one of its files; what only begins as its name does is another matter."""
    for name in ("handbook", "guide"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text(f"{name} a")
        (tmp_path / name / "b").write_text(f"{name} b")
    with Store(public).begin() as generation:
        generation.add("handbook.html", "page", b"page")
        generation.add("handbooks/x", "other", b"x")
        for name in ("handbook", "guide"):
            generation.adopt_folder(name, f"whole-{name}", tmp_path / name)
        generation.publish()
    every = {*Store(public).standing()}
    assert {"handbook": "whole-handbook", "guide": "whole-guide"} == Store(public).folders()

    (public / "handbook.html").unlink()
    assert every - {"handbook.html"} == {*Store(public).standing()}

    (public / "handbook.html").write_bytes(b"page")
    (public / "handbook" / "b").unlink()
    assert {"handbooks/x", "guide/a", "guide/b"} == {*Store(public).standing()}
    assert {"guide": "whole-guide"} == Store(public).folders()


def test_a_page_that_begins_as_its_name_does_is_no_part_of_a_folder(public, tmp_path):
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "b").write_text("b")
    with Store(public).begin() as generation:
        generation.add("handbook.html", "page", b"page")
        generation.adopt_folder("handbook", "whole", tmp_path / "handbook")
        generation.publish()

    (public / "handbook" / "b").unlink()

    assert {"handbook.html"} == {*Store(public).standing()}


# What is told.


def alone(store):
    with store.alone():
        pass


@pytest.mark.parametrize(
    ("act", "call", "what"),
    [
        (alone, (Shelf, "make"), "lock the output folder"),
        (alone, (swap, "mend"), "finish what a killed build left"),
        (Store.standing, (Shelf, "manifest_of_public"), "read the output folder"),
        (Store.seal, (Shelf, "manifest_of_public"), "read the output folder"),
        (Store.begin, (Shelf, "make"), "prepare the next generation"),
        (lambda store: store.earlier(TWENTY), (Shelf, "catch_up"), "look at the earlier sites"),
        (lambda store: store.go_back(1, TWENTY), (Shelf, "catch_up"), "look at the earlier sites"),
        (Store.forget_earlier, (Shelf, "discard_spare"), "remove the earlier sites"),
    ],
)
def test_what_the_disk_refused_is_told_with_what_was_tried(store, public, monkeypatch, act, call, what):
    """And with the folder, which stands as it was."""

    monkeypatch.setattr(*call, refusing(errno.EIO))

    with pytest.raises(StoreError) as told:
        act(store)
    assert f"{public}: could not {what}: " in str(told.value)
    assert OLD == look(public)


# Who else is at work, and who was.


def test_who_is_not_alone_looks_each_time(store, public):
    """Another build may change what stands in between."""
    fresh = Store(public)
    for paths in (("index.html", "gone/x"), ("gone/y", "posts/a/index.html")):
        for path in paths:
            (public / path).unlink()
            assert path not in fresh.standing()
        alone(fresh)
    with fresh.alone():
        assert "posts/b/index.html" in fresh.standing()
        (public / "posts/b/index.html").unlink()
        assert "posts/b/index.html" in fresh.standing()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("begin", [Store.alone, Store.begin])
def test_a_swap_that_was_killed_half_way_is_undone_before_anything_else(public, begin):
    """Where the system cannot exchange two names, the site is away for a moment."""
    public.rename(public.with_name(".public.handbill") / "aside")

    with begin(Store(public)):
        assert OLD == look(public)


@pytest.mark.parametrize("comes", ["looks", "publishes"])
def test_what_a_killed_build_did_not_keep_is_kept_by_whoever_comes_next(public, monkeypatch, comes):
    """It was killed when its own site stood, and before the former was among the earlier ones."""
    publish(Store(public), OLD, TWENTY)
    with monkeypatch.context() as killed:
        killed.setattr(Shelf, "take_down", lambda *_, **__: "")
        publish(Store(public), NEW, TWENTY)
    if comes == "publishes":
        publish(Store(public), NEW | {"more": b"more"}, TWENTY)

    assert {"looks": [1], "publishes": [2, 1]}[comes] == [one.number for one in Store(public).earlier(TWENTY)]


def test_what_was_taken_off_the_site_is_forgotten_wherever_it_lies(public):
    """Among the earlier sites, and in the spare, which is the last of them."""
    publish(Store(public), OLD, TWENTY)
    publish(Store(public), NEW, TWENTY)

    assert 1 == Store(public).forget_earlier()
    assert () == Store(public).earlier(TWENTY)
    assert not {*look(public.with_name(".public.handbill")).values()} & {OLD["gone/x"], OLD["gone/y"], OLD["index.html"]}
    assert 0 == Store(public).forget_earlier()


def test_what_cannot_be_written_down_of_a_return_undoes_nothing(public, monkeypatch):
    """It stands; only who returns once more has to name a number."""
    publish(Store(public), OLD, TWENTY)
    publish(Store(public), NEW, TWENTY)

    monkeypatch.setattr(Earlier, "note_back", refusing(errno.ENOSPC))

    assert 0 == Store(public).go_back(None, TWENTY).former
    assert OLD == look(public)


# The spare.


def test_nothing_is_prepared_of_what_is_not_whole(store, public):
    """The next build makes what is missing."""
    (public / "index.html").unlink()

    store.prepare()

    assert set(OLD) - {"index.html"} == set(look(public))


def test_the_site_may_be_read_whatever_the_account_lets_others_see(public):
    """The web server is often another one."""
    former = os.umask(0o077)
    try:
        publish(Store(public), OLD)
    finally:
        os.umask(former)

    assert 0o755 == stat.S_IMODE(public.stat().st_mode)


def test_a_new_folder_is_not_taken_for_one_that_had_its_number(store, public, monkeypatch):
    """Systems give the numbers of folders again, and by them lists are named."""
    shelf, chmod = Shelf(public), Path.chmod
    planted = []

    def plant(path, mode):
        chmod(path, mode)
        planted.append(shelf.folder / f"manifest-{path.stat().st_ino}")
        planted[0].write_bytes(next(shelf.folder.glob(f"manifest-{public.stat().st_ino}")).read_bytes())

    monkeypatch.setattr(Path, "chmod", plant)

    with store.begin():
        assert [False] == [one.exists() for one in planted]


def test_what_both_have_nothing_of_is_looked_at_and_used(public):
    """Nothing of the spare stands elsewhere, so each of its files is looked at."""
    publish(Store(public), {"a": b"1"})
    publish(Store(public), {"a": b"22"})

    with Store(public).begin():
        assert {"a": b"1"} == look(public.with_name(".public.handbill") / "spare")


def test_a_trusting_store_does_not_look_at_its_own_spare(public, monkeypatch):
    """A preview publishes every few seconds."""
    store = Store(public, trusting=True)
    publish(store, OLD)
    publish(store, NEW)
    monkeypatch.setattr(store_module, "is_untouched", lambda *_: pytest.fail("looked"))

    with store.begin():
        assert OLD == look(public.with_name(".public.handbill") / "spare")


def test_no_other_store_believes_its_own_spare(store, public):
    """A file that somebody put there must not be published."""
    publish(store, NEW)
    (public.with_name(".public.handbill") / "spare" / "strange.html").write_text("strange")

    publish(store, OLD)

    assert OLD == look(public)
