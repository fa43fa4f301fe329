"""What else could make a fast build wrong: clocks that are set, texts that change while they are read, disks that are full or take nothing."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.hubs import files_of
from tests.incremental import hubs
from tests.incremental.builds import Ask, Told, do, once
from tests.incremental.conftest import Apart
from tests.incremental.sequences import Cleans

#: What a build writes its own things with.
WRITERS = ("mkdir", "open", "replace", "rename", "symlink", "link")

DAY_NS = 86_400 * 10**9


@pytest.mark.parametrize("days", [-400, pytest.param(400, marks=pytest.mark.long)], ids=["put back", "ahead"])
def test_a_clock_that_was_set_hides_no_edit(apart: Apart, days: int) -> None:
    """A laptop without battery begins in 1970, and is corrected after the first build."""
    apart(_with_another_clock, days)


def test_a_text_edited_while_it_is_built_is_built_by_the_next_build(apart: Apart) -> None:
    """Otherwise it would be taken for built, and stay unpublished until somebody edits it again."""
    apart(_edited_meanwhile)


# Both refusals are one kind of error to the program; that the second is as well is seen by those who have time.
@pytest.mark.parametrize("number", [errno.ENOSPC, pytest.param(errno.EACCES, marks=pytest.mark.long)])
def test_where_nothing_can_be_remembered_the_site_is_as_always(apart: Apart, number: int) -> None:
    """A cache is a favour; a disk that is full or may not be written costs time and no word."""
    apart(_with_a_refusing_disk, number)


@pytest.mark.long
def test_a_file_in_the_place_of_our_folder_is_no_matter(apart: Apart) -> None:
    """A cache is a favour."""
    apart(_with_a_file_for_a_folder)


@pytest.mark.parametrize("is_there", [False, True], ids=["a link to nowhere", "a link elsewhere"])
def test_a_link_in_the_place_of_our_folder_is_refused_and_not_followed(apart: Apart, is_there: bool) -> None:
    """A proposal that brought one would choose where on the machine the program writes."""
    apart(_with_a_link_for_a_folder, is_there)


@pytest.mark.long
def test_what_one_process_wrote_down_serves_several_and_whatever_order_files_were_made_in(apart: Apart) -> None:
    """A laptop's cache comes to a server with more cores, and a clone makes its files in an order of its own."""
    apart(_in_another_order)


def _hub(folder: Path) -> Ask:
    root = folder / "hub"
    once(lambda: hubs.make("village", root))
    return Ask(root, root / "public", hubs.FIRST["village"])


def _edit(ask: Ask, word: str) -> None:
    """Change one word for another as long."""
    file = ask.root / "content/posts/serie-1.md"
    times, whole = file.stat(), file.read_text(encoding="utf-8")
    assert len(word.encode()) == len("Premier")
    file.write_text(re.sub("Premier|Dernier", word, whole), encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _is_as_clean(ask: Ask, told: Told) -> None:
    clean = Cleans().of(ask, ask.root.parent / f"clean-{time.monotonic_ns()}")
    assert clean.told.end == told.end == "built", told
    found = files_of(ask.output)
    assert [] == sorted(path for path in {*found, *clean.files} if found.get(path) != clean.files.get(path))


def _with_another_clock(folder: Path, days: int) -> None:
    ask = _hub(folder)

    def elsewhen() -> Told:
        now_ns, now = time.time_ns, time.time
        time.time_ns = lambda: now_ns() + days * DAY_NS
        time.time = lambda: now() + days * 86_400
        return do(ask)

    assert "built" == once(elsewhen).end
    _edit(ask, "Dernier")
    _is_as_clean(ask, once(lambda: do(ask)))


def _edited_meanwhile(folder: Path) -> None:
    ask = _hub(folder)

    def meanwhile() -> Told:
        from handbill import pipeline

        examine = pipeline.examine

        def and_edit(*given: Any) -> Any:
            found = examine(*given)
            _edit(ask, "Dernier")
            return found

        pipeline.examine = and_edit
        return do(ask)

    assert "built" == once(meanwhile).end
    told = once(lambda: do(ask))
    assert not told.is_unchanged
    _is_as_clean(ask, told)


def _with_a_refusing_disk(folder: Path, number: int) -> None:
    ask = _hub(folder)

    def refused() -> Told:
        _refuse(ask.root / ".handbill", number)
        return do(ask)

    assert "built" == once(refused).end
    _edit(ask, "Dernier")
    assert "built" == once(lambda: do(ask)).end
    _edit(ask, "Second ")
    _is_as_clean(ask, once(refused))
    _is_as_clean(ask, once(lambda: do(ask)))


def _refuse(folder: Path, number: int) -> None:
    """Let the disk take nothing below a folder."""
    import builtins
    import io

    def refusing(call: Callable[..., Any], is_writing: Callable[..., bool]) -> Callable[..., Any]:
        def refuse(*given: Any, **named: Any) -> Any:
            if is_writing(*given, **named) and any(isinstance(one, (str, Path)) and str(one).startswith(str(folder)) for one in given):
                raise OSError(number, os.strerror(number))
            return call(*given, **named)

        return refuse

    def is_text_for_writing(_: object, mode: str = "r", *__: object, **___: object) -> bool:
        return any(letter in mode for letter in "wax+")

    def is_for_writing(_: object, flags: int = 0, *__: object, **___: object) -> bool:
        return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))

    builtins.open = io.open = refusing(io.open, is_text_for_writing)  # type: ignore[assignment]
    for name in WRITERS:
        setattr(os, name, refusing(getattr(os, name), is_for_writing if name == "open" else lambda *_, **__: True))


def _with_a_link_for_a_folder(folder: Path, is_there: bool) -> None:
    ask = _hub(folder)
    (ask.root / ".handbill").symlink_to(folder / "elsewhere")
    if is_there:
        (folder / "elsewhere").mkdir()
    told = once(lambda: do(ask))
    assert told.end != "built"
    assert ["HB122"] == [one for one in ("HB122", "HB113") if one in "".join(told.problems)]
    assert not list((folder / "elsewhere").glob("*"))
    assert not ask.output.exists()


def _with_a_file_for_a_folder(folder: Path) -> None:
    ask = _hub(folder)
    (ask.root / ".handbill").write_text("Bonjour.\n")
    for word in ("Premier", "Dernier"):
        _edit(ask, word)
        _is_as_clean(ask, once(lambda: do(ask)))


def _in_another_order(folder: Path) -> None:
    import shutil
    from dataclasses import replace

    ask = _hub(folder)
    assert "built" == once(lambda: do(ask)).end
    other = replace(ask, root=folder / "other", output=folder / "other/public", more={"jobs": 2}, shared_from=2)
    files = (file for file in ask.root.rglob("*") if file.is_file() and "public" not in file.relative_to(ask.root).parts[0])
    for file in sorted(files, reverse=True):
        place = other.root / file.relative_to(ask.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    told = once(lambda: do(other))
    assert "built" == told.end
    assert files_of(ask.output) == files_of(other.output)
    _edit(other, "Dernier")
    _is_as_clean(other, once(lambda: do(other)))
