"""Which program this is."""

from __future__ import annotations

import shutil
import tomllib

import pytest

from handbill import engine


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Return the folder of a small program, taken for ours."""
    package = tmp_path / "src" / "handbill"
    (package / "hub").mkdir(parents=True)
    (package / "cli.py").write_text("one = 1\n")
    (package / "hub" / "item.py").write_text("two = 2\n")
    (tmp_path / "requirements.lock").write_text("nh3==0.3\n")
    monkeypatch.setattr(engine, "PACKAGE", package)
    return package


def digest() -> str:
    return engine.engine_digest.__wrapped__()


CHANGES = {
    "a line": lambda package: (package / "hub" / "item.py").write_text("two = 3\n"),
    "a module more": lambda package: (package / "new.py").touch(),
    "a module less": lambda package: (package / "cli.py").unlink(),
    "another name": lambda package: (package / "cli.py").rename(package / "clu.py"),
    "another floor": lambda package: (package / "hub" / "item.py").rename(package / "item.py"),
    "two texts exchanged": lambda package: (
        (package / "cli.py").write_text("two = 2\n"),
        (package / "hub" / "item.py").write_text("one = 1\n"),
    ),
    "another release of a library": lambda package: (package.parents[1] / "requirements.lock").write_text("nh3==0.4\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_another_program_has_another_digest(program, change):
    """What a bug put into the cache must not outlive its correction."""
    before = digest()
    change(program)

    assert before != digest()


def test_the_same_program_has_the_same_digest_anywhere(program, monkeypatch):
    """A cache made on one machine serves on the next."""
    before = digest()
    elsewhere = program.parents[2] / "elsewhere"
    shutil.copytree(program.parents[1], elsewhere)
    monkeypatch.setattr(engine, "PACKAGE", elsewhere / "src" / "handbill")

    assert before == digest()


def test_another_release_of_a_library_is_another_program(program, tmp_path, monkeypatch):
    """An installed program has no lock, and Markdown 3.9 may make other pages than 3.8 did."""
    digests = set()
    for folder in ("before", "after"):
        (tmp_path / folder / f"markdown-{folder}.dist-info").mkdir(parents=True)
        monkeypatch.setattr(engine.sys, "path", [str(tmp_path / folder), "", str(tmp_path / "packed.zip")])
        engine.libraries.cache_clear()
        digests.add(digest())
    engine.libraries.cache_clear()

    assert 2 == len(digests)


def test_what_is_written_down_for_others_does_not_know_this_machine(program, monkeypatch):
    """A frozen letter says by which modules it was made; who verifies it has other libraries beside them."""
    before = engine.modules_digest.__wrapped__(), digest()
    monkeypatch.setattr(engine, "libraries", lambda: "others")

    assert before[0] == engine.modules_digest.__wrapped__()
    assert before[1] != digest()


def test_byte_code_is_no_part_of_the_program(program):
    """It comes and goes by itself."""
    before = digest()
    (program / "__pycache__").mkdir()
    (program / "__pycache__" / "cli.cpython-311.pyc").write_bytes(b"x")

    assert before == digest()


def test_an_installed_program_needs_no_lock(program):
    """A package from PyPI brings none."""
    before = digest()
    (program.parents[1] / "requirements.lock").unlink()

    assert before != digest()


def test_this_program_knows_itself():
    """The digest is taken of the modules that run."""
    assert engine.PACKAGE.name == "handbill"
    assert (engine.PACKAGE / "engine.py").is_file()
    assert digest() == engine.engine_digest() == digest()


@pytest.mark.parametrize(("inside", "outside"), [("theme", "theme"), ("explanations", "handbook/reference/problems")])
def test_what_lies_beside_the_program_is_found_in_the_repository_and_in_an_installed_package(program, inside, outside):
    """An installed package has no folder above it that is ours."""
    find = {"theme": engine.engine_theme, "explanations": engine.engine_explanations}[inside].__wrapped__

    assert program.parents[1] / outside == find()
    (program / inside).mkdir()
    assert program / inside == find()


def test_a_wheel_brings_along_what_lies_beside_the_program():
    """Otherwise it would build no page and explain no code."""
    packed = tomllib.loads((engine.PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]

    assert {"theme": "handbill/theme", "handbook/reference/problems": "handbill/explanations"} == packed["wheel"]["force-include"]
    for folder in packed["wheel"]["force-include"]:
        assert (engine.PACKAGE.parents[1] / folder).is_dir()
        assert f"/{folder}" in packed["sdist"]["include"]
