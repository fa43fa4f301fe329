"""The archive, remembered."""

import os

import pytest
from tests.frozen import archive, letter

from handbill.reading import archive as remembered
from handbill.reading.archive import archive_of
from handbill.reading.bundles import read_archive
from handbill.reading.cache import Cache


def again(root):
    """Return the archive as the next build knows it."""
    cache = Cache(root / "cache", "1")
    found = archive_of(root, cache)
    cache.save()
    return found


def test_what_did_not_change_is_not_read_again(tmp_path, monkeypatch):
    """Twenty years of letters shall not slow down the edit of a post."""
    archive(tmp_path, letter(1), letter(2))
    first = again(tmp_path)
    assert read_archive(tmp_path) == first

    monkeypatch.setattr(remembered, "read_archive", lambda _: pytest.fail("read again"))
    assert first == again(tmp_path)


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        ("HB441", lambda folder: (folder / "1/mail.html").write_bytes(b"<p>x</p>")),
        ("HB442", lambda folder: (folder / "1/x").write_bytes(b"")),
        ("HB443", lambda folder: (folder / "1").rename(folder / "9")),
        ("HB449", lambda folder: (folder / ".gitattributes").unlink()),
    ],
)
def test_what_changed_is_read(tmp_path, expected, change):
    """A cache may cost time, never the truth."""
    archive(tmp_path, letter(1), letter(2))
    assert () == again(tmp_path).problems
    change(tmp_path / "newsletters" / "archive")

    assert expected in {one.code for one in again(tmp_path).problems}


@pytest.mark.skipif(os.name == "nt", reason="the moment of a change is that of creation there")
def test_a_change_that_hides_its_time_and_size_is_read(tmp_path):
    """Programs that copy folders carry times over."""
    archive(tmp_path, letter(1))
    again(tmp_path)
    file = tmp_path / "newsletters/archive/1/mail.html"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"<p>", b"<b>"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert {"HB441"} == {one.code for one in again(tmp_path).problems}


def test_a_hub_without_an_archive_or_with_something_else_there_is_read_as_it_is(tmp_path):
    """Every hub begins so."""
    assert () == again(tmp_path).bundles
    (tmp_path / "newsletters").mkdir()
    (tmp_path / "newsletters/archive").write_bytes(b"")
    assert {"HB442"} == {one.code for one in again(tmp_path).problems}
