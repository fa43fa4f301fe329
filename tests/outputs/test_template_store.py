"""The program's own templates are compiled once for each installation; a hub's own never stay, and whatever is wrong costs time alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment
from tests.hubs import VILLAGE, load_village

from handbill.outputs import template_store
from handbill.outputs.pelican_bridge import Renderer
from handbill.outputs.planned import Finished
from handbill.outputs.sheet import head
from handbill.outputs.shell import shell
from handbill.outputs.theme import Theme
from handbill.outputs.words import words_for

FOOT = "parts/foot.html"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of an installation that has compiled nothing yet."""
    file = tmp_path / "__pycache__" / "theme.templates"
    monkeypatch.setattr(template_store, "store_file", lambda: file)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return file


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of templates as they are compiled."""
    names: list[str] = []
    compile_one = Environment.compile

    def counted(env: Environment, source: str, name: str, *more: object) -> object:
        names.append(name)
        return compile_one(env, source, name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def renderer(root: Path = VILLAGE) -> Renderer:
    return Renderer([folder / "templates" for folder in Theme(root).folders if (folder / "templates").is_dir()])


def foot(of: Renderer) -> str:
    loaded, settings = load_village()
    page = head(settings, FOOT, "fr", "", "/x/")
    words = words_for("fr", Theme(VILLAGE).locale("fr"))
    return of.text(Finished("x.html", FOOT, {"shell": shell(loaded.hub, settings, "fr", str), "page": page, "words": words}))


def test_a_template_is_compiled_once_for_all_builds(store: Path, compiled: list[str]):
    """To compile them all took longer than to render a thousand pages, in each build anew."""
    needed = Theme(VILLAGE).template_names(FOOT)
    first = renderer()
    first.load(needed)
    text = foot(first)
    assert FOOT in compiled
    compiled.clear()

    again = renderer()
    again.load(needed)
    assert text == foot(again)
    assert not compiled


def test_what_is_damaged_is_compiled_anew(store: Path, compiled: list[str]):
    """Half a file runs whatever it likes, or ends the program without a word."""
    renderer().load([FOOT])
    whole = store.read_bytes()
    for damaged in (b"", whole[:40], whole[:-1], bytes([whole[0] ^ 1]) + whole[1:], whole[:-1] + bytes([whole[-1] ^ 1])):
        store.write_bytes(damaged)
        compiled.clear()

        renderer().load([FOOT])
        assert FOOT in compiled
        assert whole == store.read_bytes()


def test_another_program_compiles_anew(store: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch):
    """Another Jinja writes other Python, and another one of ours as well."""
    renderer().load([FOOT])
    monkeypatch.setattr(template_store, "libraries", lambda: "3 11 jinja2-9.0.dist-info")
    compiled.clear()

    renderer().load([FOOT])
    assert FOOT in compiled


def test_a_template_that_was_edited_is_compiled_anew(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever works on the theme sees what stands in it."""
    ours = tmp_path / "ours" / "templates"
    ours.mkdir(parents=True)
    monkeypatch.setattr(template_store, "engine_theme", lambda: ours.parent)
    for said in ("one", "two", "one"):
        (ours / "x.html").write_text(said, encoding="utf-8")
        now = Renderer([ours])
        now.load(["x.html"])

        assert said == now.text(Finished("x.html", "x.html", {}))


def test_a_template_of_the_hub_is_not_kept(store: Path, tmp_path: Path):
    """What a proposal brings to be looked at leaves nothing behind in the program."""
    own = tmp_path / "theme" / "templates" / "parts" / "copy.html"
    own.parent.mkdir(parents=True)
    own.write_text("ours alone", encoding="utf-8")

    renderer(tmp_path).load(["parts/copy.html"])
    assert not store.exists()
    renderer(tmp_path).load(["parts/copy.html", FOOT])
    assert b"ours alone" not in store.read_bytes()


@pytest.mark.parametrize("is_wanted", [False, True])
def test_where_nothing_can_be_written_all_is_as_ever(store: Path, monkeypatch: pytest.MonkeyPatch, is_wanted: bool):
    """Programs are installed by one account and run by another; and Python may be told to write nothing."""
    store.parent.write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", not is_wanted)
    one = renderer()

    one.load([FOOT])
    assert foot(one)
    assert "no folder" == store.parent.read_text(encoding="utf-8")
