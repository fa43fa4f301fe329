"""What surrounds the content of a new hub: settings that read back, and the way to build it."""

from __future__ import annotations

import pytest

from handbill.hub.typography import typeset
from handbill.importing.newhub import write_frame
from handbill.settings import read_settings

HUB = {"name": "Puits", "base_url": "https://puits.example/", "lang": "fr", "timezone": "Europe/Paris", "dialect": "python-markdown"}


@pytest.mark.parametrize("name", ["L'été à «Bordeaux»", 'a "b" \\c', "tab\tand\x7fdel", "# no comment", "🚲"])
def test_settings_read_back_as_they_were_given(tmp_path, name):
    write_frame(tmp_path, None, HUB | {"name": name}, ("fr", "en"), has_letter=True)
    settings = read_settings(tmp_path)

    given = typeset(" ".join(name.replace("\x7f", "").split()), "fr")
    assert (given, ("fr", "en"), "python-markdown") == (settings.name, settings.languages, settings.dialect)
    assert settings.name == settings.letters["main"].name


def test_a_hub_without_letters_names_none(tmp_path):
    write_frame(tmp_path, None, HUB, ("fr",), has_letter=False)

    assert {} == dict(read_settings(tmp_path).letters)
    assert [".gitignore", "hub.toml"] == sorted(one.name for one in tmp_path.iterdir())


def test_a_borrowed_program_is_named_where_git_does_not_look(tmp_path):
    engine, hub = tmp_path / "engine", tmp_path / "hub"
    engine.mkdir()
    hub.mkdir()
    (engine / "build.py").write_bytes(b"launcher")
    write_frame(hub, engine, HUB, ("fr",), has_letter=False)

    assert b"launcher" == (hub / "build.py").read_bytes()
    assert f"{engine}\n" == (hub / ".handbill" / "engine").read_text(encoding="utf-8")
    assert "/.handbill/" in (hub / ".gitignore").read_text(encoding="utf-8").splitlines()
