"""New folders come into the archive, all or none."""

from pathlib import Path

import pytest
from tests.hubs import files_of

from handbill.publishing import bundle
from handbill.publishing.bundle import bring

BUNDLES = {"1": {"mail.html": b"a", "pictures/a.png": b"b"}, "1.en": {"mail.html": b"c"}}
BOOK = ("chain.lock", "1\n1.en\n")


def brought(root):
    bring(root / "archive", root / "scratch", BUNDLES, {".gitattributes": "* -text\n"}, BOOK)


def test_folders_come_with_the_book_that_names_them(tmp_path):
    """A folder that the book does not name was never frozen."""
    brought(tmp_path)

    expected = {
        ".gitattributes": b"* -text\n",
        "1.en/mail.html": b"c",
        "1/mail.html": b"a",
        "1/pictures/a.png": b"b",
        "chain.lock": b"1\n1.en\n",
    }
    assert expected == files_of(tmp_path / "archive")
    assert not (tmp_path / "scratch").exists()


def test_what_is_there_is_never_written_over(tmp_path):
    """The archive is what was mailed."""
    brought(tmp_path)
    before = files_of(tmp_path)

    with pytest.raises(FileExistsError):
        bring(tmp_path / "archive", tmp_path / "scratch", {"2": {"a": b""}, "1": {"a": b""}}, {}, ("chain.lock", ""))
    assert before == files_of(tmp_path)


def test_a_file_that_lies_beside_keeps_what_somebody_wrote_there(tmp_path):
    """Git's own rules may hold more than our line."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / ".gitattributes").write_text("* -text -diff\n", encoding="utf-8")
    brought(tmp_path)

    assert b"* -text -diff\n" == (tmp_path / "archive" / ".gitattributes").read_bytes().replace(b"\r\n", b"\n")


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_disk_that_fails_leaves_no_part_of_it(tmp_path, monkeypatch, fails_at):
    """A letter frozen in one of its languages would be half a letter."""
    steps = 0

    def failing(act):
        def do(*given, **how):
            nonlocal steps
            steps += 1
            if steps == fails_at:
                raise OSError(28, "No space left on device")
            return act(*given, **how)

        return do

    monkeypatch.setattr(Path, "rename", failing(Path.rename))
    monkeypatch.setattr(
        bundle,
        "write_whole",
        lambda file, text, *, flushed=False, plain=bundle.write_whole: (failing(plain) if file.name == "chain.lock" else plain)(
            file, text, flushed=flushed
        ),
    )
    with pytest.raises(OSError, match="No space"):
        brought(tmp_path)

    assert {"archive/.gitattributes": b"* -text\n"} == files_of(tmp_path)
    monkeypatch.undo()
    brought(tmp_path)
    assert 5 == len(files_of(tmp_path / "archive"))


def test_what_the_book_names_stays_whatever_fails_afterwards(tmp_path, monkeypatch):
    """A book of digests that names a letter which is gone is refused by every command from then on."""
    flushes = iter(range(9))

    def failing(folder):
        if next(flushes) == 1:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(bundle, "flush_folder", failing)
    with pytest.raises(OSError, match="Input/output"):
        brought(tmp_path)

    assert 5 == len(files_of(tmp_path / "archive"))
