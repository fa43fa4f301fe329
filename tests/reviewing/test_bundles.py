"""What lies in the archive is what counts, whatever is said of it."""

from __future__ import annotations

import pytest
from tests.freezing.letters import frozen, hub

from handbill.reviewing.bundles import bundles_of, proofs_of


def test_every_byte_of_a_bundle_counts(tmp_path):
    """A mail changed by hand has the size and the manifest of the one that was approved."""
    root = hub(tmp_path)
    frozen(root, "1")
    before = bundles_of(root)
    mail = root / "newsletters/archive/1/mail.html"
    mail.write_bytes(mail.read_bytes().replace(b"Bonjour", b"Bonsoir"))

    assert before.keys() == {"1", "1.en"}
    assert bundles_of(root)["1"].digest != before["1"].digest
    assert bundles_of(root)["1.en"].digest == before["1.en"].digest


def test_each_file_is_known_by_its_size_and_digest(tmp_path):
    """A reviewer is told which file is another one."""
    root = hub(tmp_path)
    frozen(root, "1")

    proofs = proofs_of(root / "newsletters/archive/1")

    assert {"mail.html", "mail.txt", "mail.eml", "manifest.json", "pictures/puits.png"} == set(proofs)
    assert proofs["mail.txt"].size == (root / "newsletters/archive/1/mail.txt").stat().st_size


def test_a_bundle_is_what_was_frozen_only_as_a_whole(tmp_path):
    """Something more is as wrong as something less; what a file manager leaves there is neither."""
    root = hub(tmp_path)
    (one, _) = frozen(root, "1")
    folder = root / "newsletters/archive/1"
    (folder / ".DS_Store").write_bytes(b"Finder")

    assert bundles_of(root)["1"].is_as_frozen(one.frozen)
    assert not bundles_of(root)["1"].is_as_frozen(None)
    for change in (lambda: (folder / "more.txt").write_text("more"), lambda: (folder / "mail.txt").write_text("less")):
        change()
        assert not bundles_of(root)["1"].is_as_frozen(one.frozen)
        (folder / "more.txt").unlink(missing_ok=True)


def test_where_nothing_was_frozen_there_is_nothing(tmp_path):
    """Most hubs begin so."""
    assert bundles_of(tmp_path) == {}


def test_what_is_no_folder_of_the_archive_is_not_followed(tmp_path):
    """A stranger's proposal may hold a link to any file of the machine."""
    root = hub(tmp_path)
    frozen(root, "1")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("key")
    try:
        (root / "newsletters/archive/2").symlink_to(tmp_path / "secret")
        (root / "newsletters/archive/1/mail.key").symlink_to(tmp_path / "secret" / "key")
        (root / "newsletters/archive/1/more").symlink_to(tmp_path / "secret")
    except OSError:
        pytest.skip("this system makes no links")

    assert bundles_of(root).keys() == {"1", "1.en"}
    assert not [name for name in proofs_of(root / "newsletters/archive/1") if "key" in name]
