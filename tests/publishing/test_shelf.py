from __future__ import annotations

import os
import shutil
import stat

import pytest

from handbill.publishing.manifest import Kept, Manifest
from handbill.publishing.shelf import Shelf


@pytest.fixture
def public(tmp_path):
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "index.html").write_bytes(b"one")
    return folder


@pytest.fixture
def shelf(public):
    shelf = Shelf(public)
    shelf.make()
    return shelf


@pytest.fixture
def manifest(public):
    found = (public / "index.html").stat()
    return Manifest({"index.html": Kept("key", "digest", found.st_size, found.st_mtime_ns)}, {"": public.stat().st_mtime_ns})


def test_a_manifest_goes_with_its_folder_through_a_rename(shelf, public, manifest):
    shelf.put(public, manifest)

    public.rename(shelf.spare)

    assert manifest == Shelf(public).manifest(shelf.spare)
    assert Shelf(public).manifest(public) is None


def test_a_folder_without_a_manifest_is_not_ours(shelf, public):
    assert not shelf.is_ours(public)


@pytest.mark.parametrize("damage", [b"", b"handbill manifest 1 ", b"handbill manifest 9 abc\n{}"])
def test_a_folder_with_a_spoilt_manifest_is_ours_and_has_none(shelf, public, manifest, damage):
    """Otherwise one flipped bit would stop every build from then on."""
    shelf.put(public, manifest)
    next(shelf.folder.glob("manifest-*")).write_bytes(damage)

    assert Shelf(public).is_ours(public)
    assert Shelf(public).manifest_of_public(public) is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_manifest_that_belongs_to_somebody_else_counts_as_none(shelf, public, manifest):
    shelf.put(public, manifest)
    os.chown(next(shelf.folder.glob("manifest-*")), 65534, -1)

    assert Shelf(public).manifest(public) is None


def test_a_folder_restored_with_its_times_is_known_again(shelf, public, manifest):
    """Caches of build machines restore folders under other inodes."""
    shelf.put(public, manifest)
    shutil.copytree(public, public.with_name("restored"))
    shutil.copystat(public / "index.html", public.with_name("restored") / "index.html")
    public.rename(public.with_name("away"))
    public.with_name("restored").rename(public)

    assert shelf.is_ours(public)
    assert manifest == shelf.manifest_of_public(public)


def test_a_manifest_changed_by_another_process_is_read_again(shelf, public, manifest):
    shelf.put(public, manifest)
    other = Manifest({}, {})
    Shelf(public).put(public, other)

    assert other == shelf.manifest(public)
    assert not shelf.has_put(shelf.manifest(public))


def test_nobody_else_may_read_what_was_taken_off_the_site(shelf):
    if os.name == "posix":
        assert 0o700 == stat.S_IMODE(shelf.folder.stat().st_mode)


def test_git_never_takes_it_for_content(shelf):
    """An editor who commits everything must not commit the site of yesterday."""
    assert "*\n" == (shelf.folder / ".gitignore").read_text()


def test_sweeping_keeps_the_manifests_of_the_folders_named(shelf, public, manifest):
    shelf.put(public, manifest)
    for name in ("manifest-1", "manifest-2.new", "lock"):
        (shelf.folder / name).write_bytes(b"")

    shelf.sweep(public, shelf.spare)

    assert {".gitignore", "lock", f"manifest-{public.stat().st_ino}"} == {path.name for path in shelf.folder.iterdir()}


def test_discarding_the_spare_removes_it_with_its_manifest(shelf, public, manifest):
    shutil.copytree(public, shelf.spare)
    shelf.put(shelf.spare, manifest)

    shelf.discard_spare()
    shelf.discard_spare()

    assert [".gitignore"] == [path.name for path in shelf.folder.iterdir()]
