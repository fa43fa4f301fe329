"""A process that gets ready to render meanwhile renders as this one would, and whatever becomes of it, all pages are rendered."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from tests.hubs import VILLAGE, load_village

from handbill.outputs import ahead
from handbill.outputs.ahead import ahead_of, ready_for
from handbill.outputs.pelican_bridge import TemplateFailed
from handbill.outputs.planned import Finished
from handbill.outputs.rendering import Rendering
from handbill.outputs.sheet import head
from handbill.outputs.shell import shell
from handbill.outputs.site import plan
from handbill.outputs.theme import Theme

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes another way")


def pages() -> list[Finished]:
    """Return a page of each sort that the village has."""
    loaded, settings = load_village()
    found = (one.work for one in plan(loaded.hub, settings) if one.path.endswith(".html"))
    return list({page.template: page for page in found if isinstance(page, Finished)}.values())


def menu(template: str = "parts/menu.html") -> Finished:
    loaded, settings = load_village()
    return Finished("x.html", template, {"shell": shell(loaded.hub, settings, "fr", str), "page": head(settings, template, "fr", "", "/x/")})


def process_of(theme: Theme) -> int:
    running = ready_for(theme.templates_digest)
    assert running is not None
    return running._process


def test_every_sort_of_page_is_the_same_from_there():
    """Which process rendered a page must not show in it."""
    theme, wanted = Theme(VILLAGE), pages()
    here = Rendering(theme)
    with ahead_of(VILLAGE, is_wanted=True):
        assert process_of(theme) != os.getpid()
        there = Rendering(theme, is_alone=False)

        assert len(wanted) > 10
        assert [here.text(one) for one in wanted] == [there.text(one) for one in wanted]
        assert "_renderer" not in vars(there)


def test_what_dies_there_is_rendered_here():
    """A machine that runs out of memory ends the process that nobody would miss."""
    with ahead_of(VILLAGE, is_wanted=True):
        there = Rendering(Theme(VILLAGE), is_alone=False)
        os.kill(process_of(Theme(VILLAGE)), signal.SIGKILL)

        assert Rendering(Theme(VILLAGE)).text(menu()) == there.text(menu())


def test_a_wrong_template_is_told_as_ever(tmp_path: Path):
    """The file, the line and the page are what somebody needs who writes a theme."""
    own = tmp_path / "theme/templates/parts/copy.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ page.nothing }}", encoding="utf-8")

    with ahead_of(tmp_path, is_wanted=True), pytest.raises(TemplateFailed, match="nothing"):
        Rendering(Theme(tmp_path), is_alone=False).text(menu("parts/copy.html"))


def test_templates_edited_since_are_read_anew(tmp_path: Path):
    """An editor may save while a build begins."""
    own = tmp_path / "theme/templates/parts/copy.html"
    own.parent.mkdir(parents=True)
    own.write_text("one", encoding="utf-8")
    with ahead_of(tmp_path, is_wanted=True):
        assert ready_for(Theme(tmp_path).templates_digest)
        own.write_text("two", encoding="utf-8")

        assert "two" == Rendering(Theme(tmp_path), is_alone=False).text(menu("parts/copy.html"))


def test_it_ends_with_the_build(monkeypatch: pytest.MonkeyPatch):
    """Also with one that fails, and before it is ready."""
    begun: list[int] = []
    begin = ahead.Ahead
    monkeypatch.setattr(ahead, "Ahead", lambda *given: begun.append((found := begin(*given))._process) or found)
    with pytest.raises(ValueError, match=r"^$"), ahead_of(VILLAGE, is_wanted=True):
        raise ValueError

    assert ready_for(Theme(VILLAGE).templates_digest) is None
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def test_it_is_not_begun_where_other_threads_run():
    """A fork takes along their locks, and nobody who would open them."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with ahead_of(VILLAGE, is_wanted=True):
            assert ready_for(Theme(VILLAGE).templates_digest) is None
    finally:
        done.set()
        other.join()


def test_it_is_not_begun_for_nothing():
    with ahead_of(VILLAGE, is_wanted=False):
        assert ready_for(Theme(VILLAGE).templates_digest) is None


@pytest.mark.parametrize("answer", [True, False])
def test_what_it_is_asked_first_is_found_out_there(answer: bool):
    """To look at each file that stands takes as long as to read the hub."""
    here: list[bool] = []
    with ahead_of(VILLAGE, lambda: here.append(answer) or answer, is_wanted=True) as begun:
        assert begun is not None
        assert answer == begun.first() == begun.first()
        assert begun.has(Theme(VILLAGE).templates_digest)
    assert [] == here


def test_what_fails_there_is_false_and_no_fault():
    """Then it is looked at here, and told as ever."""
    with ahead_of(VILLAGE, lambda: bool(1 // 0), is_wanted=True) as begun:
        assert begun is not None
        assert not begun.first()
        assert not begun.has(Theme(VILLAGE).templates_digest)
