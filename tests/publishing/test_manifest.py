from __future__ import annotations

import os
import random

import pytest

from handbill.publishing.manifest import (
    Kept,
    Manifest,
    Survey,
    dump,
    extra_names,
    folders_of,
    is_untouched,
    names_in,
    parse,
    seal_of,
    survey,
)

KEPT = Kept("key", "d" * 64, 3, 7)


def manifest_of(root):
    """Return the manifest of what stands in *root* now."""
    files, folders = {}, {"": root.stat().st_mtime_ns}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            folders[name] = path.stat().st_mtime_ns
        else:
            files[name] = Kept("key", "digest", path.stat().st_size, path.stat().st_mtime_ns)
    return Manifest(files, folders)


@pytest.fixture
def root(tmp_path):
    for path in ("index.html", "posts/a/index.html", "posts/b/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"one")
    return tmp_path


def test_a_manifest_comes_back_as_it_was():
    manifest = Manifest({"a/é.html": KEPT, "b": KEPT}, {"": 1, "a": 2}, frozenset({"handbook"}))

    assert manifest == parse(dump(manifest))


def test_its_seal_stands_in_its_head():
    """Whoever asks only whether it is still the same one does not read 30,000 files."""
    text = dump(Manifest({"a": KEPT}, {"": 1}))
    other = dump(Manifest({"b": KEPT}, {"": 1}))
    read = parse(text)

    assert read is not None
    assert seal_of(text) == read.seal
    assert "" != seal_of(text) != seal_of(other)


def test_a_file_is_the_same_whatever_decided_it_and_no_other_is():
    """A page that a new template makes letter for letter is not written again."""
    assert KEPT.is_same_file(KEPT._replace(key="another"))
    assert not any(KEPT.is_same_file(KEPT._replace(**{field: type(value)()})) for field, value in KEPT._asdict().items() if field != "key")


def test_a_damaged_manifest_is_none_wherever_the_damage_is():
    """300 mutations: one bit flipped, cut short, emptied, lengthened."""
    text = dump(Manifest({f"posts/{n}/index.html": KEPT for n in range(20)}, {"": 1}))
    chance = random.Random(7)
    damaged = [text[: chance.randrange(len(text))] for _ in range(100)]
    damaged += [text + b"x", b"", b"\n", text.replace(b"manifest 1", b"manifest 2")]
    for _ in range(196):
        at, bit = chance.randrange(len(text)), 1 << chance.randrange(8)
        damaged.append(text[:at] + bytes([text[at] ^ bit]) + text[at + 1 :])

    assert [None] * 300 == [parse(one) for one in damaged]


def test_an_untouched_folder_is_exact(root):
    manifest = manifest_of(root)

    assert Survey(manifest.files, (), ()) == survey(root, manifest)
    assert survey(root, manifest).is_exact
    assert is_untouched(root, manifest)


@pytest.mark.parametrize(
    ("damage", "missing", "extra"),
    [
        (lambda root: (root / "index.html").write_bytes(b"three"), ("index.html",), ()),
        (lambda root: os.utime(root / "index.html", ns=(1, 1)), ("index.html",), ()),
        (lambda root: (root / "posts/a/index.html").unlink(), ("posts/a/index.html",), ()),
        (lambda root: (root / "posts/a/photo.jpg").write_bytes(b""), (), ("posts/a/photo.jpg",)),
        (lambda root: (root / "posts/notes").mkdir(), (), ("posts/notes/",)),
        (lambda root: (root / "posts/a/index.html").rename(root / "posts/a/b"), ("posts/a/index.html",), ("posts/a/b",)),
        (lambda root: (root / "posts/a").rename(root / "posts/c"), ("posts/a/index.html",), ("posts/c/",)),
    ],
    ids=["rewritten", "touched", "deleted", "added", "folder added", "renamed", "folder renamed"],
)
def test_what_a_hand_did_to_the_folder_is_seen_without_reading_a_file(root, damage, missing, extra):
    manifest = manifest_of(root)
    damage(root)

    found = survey(root, manifest)

    assert (missing, extra) == (found.missing, found.extra)
    assert not found.is_exact


def test_a_folder_replaced_by_a_link_is_extra(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    manifest = manifest_of(root)
    (root / "posts/a").rename(elsewhere / "a")
    (root / "posts/a").symlink_to(elsewhere / "a")

    assert ("posts/a",) == survey(root, manifest).extra


def test_a_file_in_the_place_of_a_folder_is_extra_and_a_folder_that_is_gone_is_not(root):
    """What is not there cannot be in anybody's way."""
    manifest = manifest_of(root)
    for name in ("a", "b"):
        (root / "posts" / name / "index.html").unlink()
        (root / "posts" / name).rmdir()
    (root / "posts/a").write_bytes(b"one")

    assert ("posts/a",) == extra_names(root, manifest)


def test_a_link_to_a_folder_is_a_name_and_no_folder(tmp_path):
    """Nobody goes through it to what lies behind."""
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there")

    assert ("link", "there/") == names_in(tmp_path)


def test_what_a_file_browser_drops_is_no_reason_to_stop(root):
    """Looking at public/ in the Finder must not break the next build."""
    manifest = manifest_of(root)
    for name in (".DS_Store", "._index.html", "Thumbs.db", "desktop.ini", ".directory", ".nfs00000001", ".fuse_hidden0001"):
        (root / "posts" / name).write_bytes(b"")

    assert survey(root, manifest).is_exact
    assert not is_untouched(root, manifest)


def test_names_in_a_folder_that_is_not_there_are_none(tmp_path):
    assert () == names_in(tmp_path / "nowhere")


def test_every_folder_above_a_file_is_named():
    assert {"", "a", "a/b", "c"} == folders_of({"a/b/x": 1, "c/y": 2, "z": 3})
