"""The bytes of plain files, and what is refused in their place."""

import os
import resource
import socket

import pytest
from tests.hubs import write

from handbill.plain import MOST, NotPlain, TooLarge, begin_of_plain, is_plain, odd_among_ours, read_plain, text_of


def odd_things(folder):
    """Return, by what is told of them, things that are no plain files."""
    folder.mkdir(exist_ok=True)
    (folder / "plain").write_bytes(b"x")
    (folder / "link").symlink_to("plain")
    (folder / "loop").symlink_to("loop")
    (folder / "nowhere").symlink_to("not-there")
    (folder / "device").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(folder / "socket"))
    (folder / "folder").mkdir()
    (folder / "one").write_bytes(b"x")
    os.link(folder / "one", folder / "two")
    (folder / "program").write_bytes(b"x")
    (folder / "program").chmod(0o4755)
    return {
        "a symbolic link": ("link", "loop", "nowhere", "device"),
        "something that is no regular file": ("pipe", "socket", "folder"),
        "a file with a second name elsewhere (a hard link)": ("one", "two"),
        "a program that takes the rights of its owner (setuid)": ("program",),
    }


def test_a_plain_file_is_read_whole(tmp_path):
    """That is all that most readers ask for."""
    (tmp_path / "file").write_bytes(b"abc\r\nd")

    assert b"abc\r\nd" == read_plain(tmp_path / "file")
    assert b"abc" == begin_of_plain(tmp_path / "file", 3)
    assert "abc\nd" == text_of(tmp_path / "file")
    assert is_plain(tmp_path / "file")


def test_what_is_not_there_is_not_there(tmp_path):
    """Whoever asks for a book that nobody has begun wants to know that, and nothing else."""
    with pytest.raises(FileNotFoundError):
        read_plain(tmp_path / "file")

    assert not is_plain(tmp_path / "file")


def test_nothing_else_is_opened_and_no_pipe_is_waited_for(tmp_path):
    """A pipe in the place of a text held up a build for ever, and a link leads to any file of the machine."""
    for found, names in odd_things(tmp_path).items():
        for name in names:
            with pytest.raises(NotPlain) as refused:
                read_plain(tmp_path / name)
            assert found == refused.value.found, name
            assert not is_plain(tmp_path / name)


def test_a_file_beyond_its_measure_is_not_held_in_memory(tmp_path):
    """A file of a hundred gigabytes that holds nothing lies in no more than a line of a recipe."""
    with (tmp_path / "large").open("wb") as file:
        file.truncate(100 * 1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(TooLarge):
        read_plain(tmp_path / "large", 1024 * 1024)

    assert 64 * 1024 > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def test_of_as_much_as_may_be_nothing_is_refused(tmp_path):
    """The limit is the last number that is allowed."""
    (tmp_path / "file").write_bytes(b"x" * 10)

    assert 10 == len(read_plain(tmp_path / "file", 10))
    with pytest.raises(TooLarge):
        read_plain(tmp_path / "file", 9)


def test_a_hub_as_it_should_be_has_nothing_odd(tmp_path):
    """Every command looks, so a false alarm would stop them all."""
    root = write(tmp_path, {"theme/static/a/b.css": "x", "handbook/index.md": "x", "addresses.lock": "", ".handbill/cache/drafts": "x"})

    assert [] == odd_among_ours(root)


@pytest.mark.parametrize(
    "place", ["hub.toml", "addresses.lock", "theme", "theme/static/a.css", "handbook/a/b.md", "mkdocs.yml", ".handbill/cache"]
)
def test_a_link_among_settings_books_theme_and_handbook_is_told(tmp_path, place):
    """What they lead to was published with the theme, or shown in the message that the book is none."""
    root = write(tmp_path / "hub", {"hub.toml": ""})
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(tmp_path)

    (problem,) = odd_among_ours(root)

    assert (place, "a symbolic link", "HB122") == (problem.path, problem.found, problem.code)


def test_a_file_too_large_for_any_reader_is_told_by_its_name(tmp_path):
    """To read it would take the memory of the machine."""
    root = write(tmp_path, {"theme/static/film.css": ""})
    with (root / "theme/static/film.css").open("wb") as file:
        file.truncate(MOST + 1)

    (problem,) = odd_among_ours(root)

    assert ("theme/static/film.css", "HB106") == (problem.path, problem.code)
