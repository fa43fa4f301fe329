"""The page of what Git never sees."""

import tomllib
from pathlib import Path

import pytest

from handbill.hub.fields import Choice
from handbill.hub.sample import sample
from handbill.outputs.handbook_private import private_page
from handbill.outputs.handbook_reference import in_toml
from handbill.sending.private import LOCAL, PREFIX, PRIVATE, read_private

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "handbook/reference/private.md"


def test_the_page_is_up_to_date(refresh):
    """Whoever sets up sending for the first time has this page and nobody to ask; ``--refresh`` writes it."""
    expected = private_page(PRIVATE, LOCAL, PREFIX)
    if refresh:
        PAGE.write_text(expected, encoding="utf-8", newline="\n")

    assert expected == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("field", PRIVATE, ids=lambda one: one.name)
def test_every_key_is_there_with_its_variable_and_an_example_that_is_taken(field, tmp_path):
    """An example that is copied and refused makes one doubt the rest; the folder of the hub is the only thing that varies."""
    page = PAGE.read_text(encoding="utf-8")
    example = in_toml(sample(field, str), field.type)
    (tmp_path / LOCAL).write_text(f"[sending]\n{field.name} = {example}\n", encoding="utf-8")

    read = read_private(tmp_path, "https://essai.example/", {})

    assert f"| `{field.name}` | `{PREFIX}{field.name.upper()}` |" in page
    assert f"`{example}`" in page
    # Windows puts a drive before a path.
    assert (str(getattr(read, field.name) or "").replace("\\", "/")).endswith(tomllib.loads(f"x = {example}")["x"])
    if isinstance(field.type, Choice):
        assert all(f"`{word}`: " in page for word in field.type.words)


def test_git_does_not_see_the_file():
    """The promise of the page rests on one line of one file, in this repository and in each that is begun from it."""
    assert f"/{LOCAL}" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
