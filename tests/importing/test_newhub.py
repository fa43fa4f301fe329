"""What surrounds the content of a new hub: settings that read back, the way to build it, and a place that only a whole one takes."""

from __future__ import annotations

import pytest

from handbill.errors import WrongUse
from handbill.hub.typography import typeset
from handbill.importing.newhub import first_settings, in_place_of, is_vacant, refuse_zone, write_frame
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


def test_a_place_is_vacant_where_nothing_would_be_lost(tmp_path):
    """A mistyped folder must not fill with a hub."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"")

    assert [True, True, False, False] == [is_vacant(one) for one in (tmp_path / "none", tmp_path / "empty", tmp_path / "file", tmp_path)]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_hub_takes_its_place_when_it_is_whole(tmp_path, is_there):
    """Who looks in between sees no half of one."""
    into = tmp_path / "deep" / "hub"
    if is_there:
        into.mkdir(parents=True)
    with in_place_of(into) as scratch:
        (scratch / "hub.toml").write_bytes(b"x")
        assert [] == list(into.glob("*"))

    assert ["hub.toml"] == [one.name for one in into.iterdir()]
    assert [into] == list(into.parent.iterdir())


def test_what_goes_wrong_leaves_the_place_as_it_was(tmp_path):
    """The import can be tried again, in the same place."""
    into = tmp_path / "hub"
    into.mkdir()

    def stopped() -> None:
        with in_place_of(into) as scratch:
            (scratch / "hub.toml").write_bytes(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert [into] == list(tmp_path.iterdir())
    assert [] == list(into.iterdir())


def test_a_place_that_was_taken_meanwhile_is_left_alone(tmp_path):
    """Somebody saved a file there while the import ran."""
    into = tmp_path / "hub"

    def overtaken() -> None:
        with in_place_of(into) as scratch:
            (scratch / "hub.toml").write_bytes(b"x")
            into.mkdir()
            (into / "precious.txt").write_bytes(b"y")

    with pytest.raises(OSError, match="hub"):
        overtaken()
    assert ["precious.txt"] == [one.name for one in into.iterdir()]
    assert [into] == list(tmp_path.iterdir())


def test_a_zone_that_is_none_is_refused_before_anything_is_read():
    """Thousands of dates would be read in it."""
    refuse_zone("Europe/Paris")
    with pytest.raises(WrongUse, match="Mars/Base"):
        refuse_zone("Mars/Base")


def test_a_setting_that_makes_no_hub_is_told_as_the_option_that_it_was(tmp_path):
    """The file that it stands in is about to be taken away again."""
    write_frame(tmp_path, None, HUB | {"base_url": "ftp://puits.example/"}, ("fr",), has_letter=False)

    with pytest.raises(WrongUse, match=r"^hub\.base_url: found .*ftp://puits\.example/"):
        first_settings(tmp_path)
