from __future__ import annotations

import errno
import os
import platform
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbill.publishing import swap as swapping
from handbill.publishing.swap import exchange, mend, swap

ONE_STEP = pytest.mark.skipif(not sys.platform.startswith(("linux", "darwin")), reason="two renames are all there is")


@pytest.fixture
def places(tmp_path):
    """Return the three places of a swap, with a new folder and an old one."""
    for name in ("made", "public"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    return tmp_path / "made", tmp_path / "public", tmp_path / "aside"


@pytest.fixture(params=["one step", "two renames"])
def way(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    return request.param


@pytest.mark.usefixtures("way")
def test_a_swap_puts_each_folder_where_the_other_was(places):
    made, public, aside = places

    swap(*places)

    assert "made" == (public / "index.html").read_text()
    assert "public" == (made / "index.html").read_text()
    assert not aside.exists()


@pytest.mark.usefixtures("way")
def test_a_swap_with_nothing_is_a_rename(places, tmp_path):
    swap(places[0], tmp_path / "first", places[2])

    assert "made" == (tmp_path / "first/index.html").read_text()
    assert not places[0].exists()


@ONE_STEP
def test_the_system_exchanges_two_folders_in_one_step(places):
    """If this fails, readers can hit the instant without a public folder."""
    assert exchange(places[0], places[1])
    assert "made" == (places[1] / "index.html").read_text()


@ONE_STEP
def test_an_exchange_that_fails_says_why_and_changes_nothing(places):
    with pytest.raises(FileNotFoundError):
        exchange(places[0], places[2])

    assert "made" == (places[0] / "index.html").read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the way of Linux")
def test_the_kernel_is_asked_by_number_where_the_library_has_no_name(places, monkeypatch):
    """Alpine's C library knew renameat2 late."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(syscall=library.syscall))

    assert exchange(places[0], places[1])
    assert "made" == (places[1] / "index.html").read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the way of Linux")
def test_two_names_are_taken_from_where_the_program_stands(places, monkeypatch):
    """An output folder may be written without the way to it."""
    monkeypatch.chdir(places[0].parent)

    assert exchange(Path("made"), Path("public"))
    assert "made" == (places[1] / "index.html").read_text()


@pytest.mark.parametrize(("machine", "number"), [("x86_64", 316), ("aarch64", 276), ("riscv64", 276)])
def test_each_kernel_is_asked_by_its_own_number(places, monkeypatch, machine, number):
    """By another number the kernel does something else; these are of its tables of system calls, and a flag of 2 exchanges."""
    import ctypes

    asked = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(syscall=lambda *words: asked.append(words) or 0))

    assert exchange(places[0], places[1])
    assert [(number, -100, os.fsencode(places[0]), -100, os.fsencode(places[1]), 2)] == [
        tuple(getattr(one, "value", one) for one in words) for words in asked
    ]


def test_a_machine_whose_number_is_not_known_is_answered_with_false(places, monkeypatch):
    """No number is guessed."""
    import ctypes

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "machine", lambda: "pdp11")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace())

    assert not exchange(places[0], places[1])


def test_macos_is_asked_by_name(places, monkeypatch):
    """Its flag of 2 exchanges (RENAME_SWAP in its sys/stdio.h)."""
    import ctypes

    asked = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(renamex_np=lambda *words: asked.append(words) or 0))

    assert exchange(places[0], places[1])
    assert [(os.fsencode(places[0]), os.fsencode(places[1]), 2)] == [(one, other, flag.value) for one, other, flag in asked]


def test_a_system_that_cannot_is_answered_with_false(places, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")

    assert not exchange(places[0], places[1])
    assert "made" == (places[0] / "index.html").read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the way of Linux")
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_a_file_system_that_cannot_is_answered_with_false(places, monkeypatch, number):
    import ctypes

    def refuses(*_):
        ctypes.set_errno(number)
        return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(renameat2=refuses))

    assert not exchange(places[0], places[1])


def test_a_second_rename_that_fails_is_undone(places, monkeypatch):
    made, public, aside = places
    rename = os.rename
    calls = []

    def second_fails(source, target, **named):
        calls.append(source)
        if len(calls) == 2:
            raise OSError(errno.EACCES, "in use")
        rename(source, target, **named)

    monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", second_fails)

    with pytest.raises(OSError, match="in use"):
        swap(*places)

    assert "public" == (public / "index.html").read_text()
    assert "made" == (made / "index.html").read_text()
    assert not aside.exists()


def test_a_swap_killed_between_its_renames_is_undone(places):
    _, public, aside = places
    public.rename(aside)

    mend(public, aside)

    assert "public" == (public / "index.html").read_text()
    assert not aside.exists()


def test_a_swap_killed_after_its_second_rename_is_finished(places):
    made, public, aside = places
    public.rename(aside)
    made.rename(public)

    mend(public, aside)

    assert "made" == (public / "index.html").read_text()
    assert not aside.exists()


def test_nothing_to_mend_is_left_alone(places):
    mend(places[1], places[2])

    assert "public" == (places[1] / "index.html").read_text()
