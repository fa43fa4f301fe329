"""The bytes of plain files, and what is refused in their place."""

import errno
import os
import resource
import socket
from contextlib import suppress

import pytest
from tests.hubs import write

from handbill.plain import NotPlain, TooLarge, begin_of_plain, is_plain, odd_among_ours, read_plain, text_of
from handbill.settings import settings_or_problems


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
    assert is_plain(tmp_path / "file")


@pytest.mark.parametrize("raw", [b"a\nb", b"a\r\nb", b"a\rb"])
def test_a_line_ends_as_on_any_system(tmp_path, raw):
    """Editors of three systems write the same book."""
    (tmp_path / "file").write_bytes(raw)

    assert "a\nb" == text_of(tmp_path / "file")


def test_an_empty_file_is_read_as_nothing(tmp_path):
    """A list that nobody has entered anything into is one."""
    (tmp_path / "file").touch()

    assert b"" == read_plain(tmp_path / "file")


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end_and_no_further_than_asked(tmp_path, monkeypatch):
    """A sync program may still be writing it; a part of a list would be a list of fewer members."""
    (tmp_path / "file").write_bytes(b"x" * 3_000_000)
    told = os.fstat

    def shorter(opened):
        return os.stat_result((*told(opened)[:6], 10, *told(opened)[7:10]))

    monkeypatch.setattr(os, "fstat", shorter)

    assert 3_000_000 == len(read_plain(tmp_path / "file"))
    assert 20 == len(begin_of_plain(tmp_path / "file", 20))
    with pytest.raises(TooLarge):
        read_plain(tmp_path / "file", 2_000_000)


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="this system does not list what is open")
def test_nothing_stays_open(tmp_path):
    """A hub has more files than a program may hold open."""
    odd_things(tmp_path)
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208
    for one in tmp_path.iterdir():
        with suppress(NotPlain):
            read_plain(one)

    assert before == len(os.listdir("/dev/fd"))  # noqa: PTH208


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
            # To those who catch any trouble with a disk it is such a trouble.
            assert (errno.EINVAL, found, str(tmp_path / name)) == (refused.value.errno, refused.value.strerror, refused.value.filename)
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

    (tmp_path / "file").write_bytes(b"x" * 4096)
    with pytest.raises(TooLarge, match="a file of more than 3 KB"):
        read_plain(tmp_path / "file", 3 * 1024 + 3)


def test_a_hub_as_it_should_be_has_nothing_odd(tmp_path):
    """Every command looks, so a false alarm would stop them all."""
    root = write(tmp_path, {"theme/static/a/b.css": "x", "handbook/index.md": "x", "addresses.lock": "", ".handbill/cache/drafts": "x"})

    assert [] == odd_among_ours(root)


PLACES = {
    **dict.fromkeys(
        ("hub.toml", "addresses.lock", "theme", "theme/static/a.css", "handbook/a/b.md", "mkdocs.yml", ".mailmap", ".gitattributes"),
        "the file itself",
    ),
    **dict.fromkeys(
        (".handbill", *(f".handbill/{name}" for name in ("cache", "cache/late", "last", "preview", "queue", "review", "scratch"))),
        "a folder, or nothing: the program makes it anew",
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_link_among_settings_books_theme_and_handbook_is_told(tmp_path, place):
    """What they lead to was published with the theme, or shown in the message that the book is none; what is made would be made there."""
    root = write(tmp_path / "hub", {"hub.toml": ""})
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(tmp_path)

    (problem,) = odd_among_ours(root)

    assert f"{place}: found a symbolic link, wanted {PLACES[place]} [HB122]" == str(problem)


def test_what_python_leaves_beside_a_theme_is_not_looked_at(tmp_path):
    """Nothing there is read or published, and tools link it to a folder of theirs."""
    root = write(tmp_path / "hub", {"theme/x.css": ""})
    (root / "theme/__pycache__").symlink_to(tmp_path)

    assert [] == odd_among_ours(root)


def test_a_file_too_large_for_any_reader_is_told_by_its_name(tmp_path):
    """To read it would take the memory of the machine."""
    root = write(tmp_path, {"theme/static/film.css": ""})
    for more, told in (
        (0, []),
        (1, ["theme/static/film.css: found a file of more than 131072 KB, wanted a smaller file; no setting moves this limit [HB106]"]),
    ):
        with (root / "theme/static/film.css").open("wb") as file:
            file.truncate(128 * 1024 * 1024 + more)

        assert told == [str(one) for one in odd_among_ours(root)]


def test_settings_are_not_held_in_memory_whatever_their_size(tmp_path):
    """Of some megabytes the size is told; beyond that nobody asks."""
    for more, told in (
        (0, "hub.toml: found a file of 4096 KB, wanted at most 64 KB [HB106]"),
        (1, "hub.toml: found a file of more than 4096 KB, wanted settings alone: texts have files of their own [HB106]"),
    ):
        root = write(tmp_path, {"hub.toml": "#" * (4 * 1024 * 1024 + more)})

        assert (told,) == tuple(map(str, settings_or_problems(root)[1]))


def test_a_folder_that_may_not_be_opened_is_told(tmp_path, monkeypatch):
    """Without its files the theme is another one, and nobody would know why."""
    root = write(tmp_path, {"theme/static/a.css": ""})

    def refuse(folder):
        raise PermissionError(errno.EACCES, "Permission denied", folder)

    monkeypatch.setattr(os, "scandir", refuse)

    told = "found a folder that cannot be opened (Permission denied), wanted a folder that may be read [HB124]"
    assert [f"theme: {told}"] == [str(one) for one in odd_among_ours(root)]
