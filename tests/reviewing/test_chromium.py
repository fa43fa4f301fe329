"""A Chromium of the machine → pictures of documents: nothing runs, nothing is asked for, nothing stays behind."""

import io
import os
import tempfile
from pathlib import Path

import pytest
from PIL import Image
from tests.reviewing.browsers import fake

from handbill.reviewing import chromium
from handbill.reviewing.chromium import NoPicture, found, started

pytestmark = pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="pipes of that sort are not to be had here")

DOCUMENT = "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"><style>body { margin: 0; background: #00f } div { height: 1234px }</style>%s<div></div>"


def children() -> set[str]:
    """Return the processes that this one has begun and not yet seen end; other tests may have some."""
    return {one for file in Path("/proc/self/task").glob("*/children") for one in file.read_text(encoding="ascii").split()}


def descriptors() -> int:
    """Return how many files and pipes are open, where that can be seen."""
    folder = Path("/proc/self/fd")
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0


def test_the_browser_that_is_named_is_taken(monkeypatch, tmp_path):
    """Several stand side by side on a developer's machine."""
    named = fake(tmp_path, "well")
    monkeypatch.setenv("HANDBILL_CHROMIUM", named)

    assert named == found()


def test_an_empty_name_means_none(monkeypatch):
    """Whoever wants no browser started says so."""
    monkeypatch.setenv("HANDBILL_CHROMIUM", "")

    assert "" == found()


def test_what_is_no_program_is_not_started(monkeypatch, tmp_path):
    """A slip in the name must not stop a review."""
    monkeypatch.setenv("HANDBILL_CHROMIUM", str(tmp_path / "none"))

    assert "" == found()


def test_a_picture_comes_over_the_pipe(tmp_path):
    """No port is opened, and no library is needed."""
    with started(fake(tmp_path, "well")) as tab:
        raw = tab.picture("<p>x", 375)

    assert (375, 40) == Image.open(io.BytesIO(raw)).size


@pytest.mark.parametrize("how", ["mute", "odd", "missing"])
def test_a_browser_that_does_not_answer_is_given_up(how, tmp_path, monkeypatch):
    """A review does not wait for a browser for ever."""
    monkeypatch.setattr(chromium, "START_S", 0.5)
    program = str(tmp_path / "none") if how == "missing" else fake(tmp_path, how)

    with pytest.raises(NoPicture), started(program):
        pass


@pytest.mark.parametrize("how", ["well", "mute"])
def test_nothing_stays_behind(how, tmp_path, monkeypatch):
    """A profile holds what a stranger's page was; and a browser that is left costs half a gigabyte."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(chromium, "START_S", 0.5)
    program = fake(tmp_path, how)
    before, others = descriptors(), children()
    try:
        with started(program):
            pass
    except NoPicture:
        assert how == "mute"

    assert [] == list(tmp_path.glob("handbill-chromium-*"))
    assert set() == children() - others
    assert before == descriptors()


@pytest.fixture(scope="module")
def tab():
    """Give a tab of the real browser."""
    program = found()
    if not program:
        pytest.skip("needs Chromium: apt-get install chromium")
    with started(program) as opened:
        yield opened


@pytest.mark.parametrize("width", [375, 1280])
def test_a_real_browser_takes_the_whole_page(tab, width):
    """What differs is often below the first screen."""
    picture = Image.open(io.BytesIO(tab.picture(DOCUMENT % "", width))).convert("RGB")

    assert (width, 1234) == picture.size
    assert (0, 0, 255) == picture.getpixel((5, 1200))


@pytest.mark.parametrize(
    "piece",
    [
        "<script>document.body.style.background = 'red'</script>",
        "<img src=x onerror=\"document.body.style.background = 'red'\">",
        "<iframe src=file:///etc/passwd width=375 height=900></iframe>",
        "<meta http-equiv=refresh content='0; url=data:text/html,<body style=background:red>'>",
    ],
)
def test_nothing_runs_in_a_real_browser(tab, piece):
    """A picture of a stranger's page could otherwise show a file of the machine that took it."""
    picture = Image.open(io.BytesIO(tab.picture(DOCUMENT % piece, 375))).convert("RGB")

    assert (0, 0, 255) == picture.getpixel((370, picture.height - 5))


def test_the_same_document_gives_the_same_picture(tab):
    """What is framed as different must be different."""
    assert tab.picture(DOCUMENT % "<p>Un pot</p>", 375) == tab.picture(DOCUMENT % "<p>Un pot</p>", 375)
