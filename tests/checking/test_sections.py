"""What the sections of hub.toml leave out is told before a proposal waits for nobody."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.hubs import write

from handbill.checking.sections import check_sections
from handbill.settings import read_settings

HUB = '[hub]\nname = "Essai"\nbase_url = "https://essai.example/"\n'


def told(root, sections, *sources):
    settings = read_settings(write(root, {"hub.toml": HUB + sections}))
    hub = SimpleNamespace(items=[SimpleNamespace(source=one) for one in sources], hidden=(), media=())
    return [(one.level.name, one.line, str(one.found)) for one in check_sections(hub, settings)]


def test_a_hub_without_sections_is_told_nothing(tmp_path):
    """Three friends with one repository need no owners."""
    assert [] == told(tmp_path, "", "content/posts/a.md")


def test_a_hub_in_which_everything_is_somebodys_is_told_nothing(tmp_path):
    """The state that one works towards must be quiet."""
    assert [] == told(tmp_path, '[sections.all]\nfolders = ["."]\nowners = ["@essai/coeur"]\n', "content/posts/a.md")


def test_files_of_no_section_are_told_once_for_their_folder(tmp_path):
    """Four hundred posts are one gap."""
    sections = '[sections.core]\nfolders = ["hub.toml"]\nowners = ["@essai/coeur"]\n'
    found = told(tmp_path, sections, "content/posts/a.md", "content/posts/b.md", "events/c.md")

    assert [("NOTE", 4, "no section for the files in content/posts (2)"), ("NOTE", 4, "no section for the files in events (1)")] == found


@pytest.mark.parametrize("owners", ["[]", '["@essai/coeur"]'])
def test_what_decides_who_is_asked_has_an_owner(tmp_path, owners):
    """Whoever may change hub.toml alone makes themselves the owner of everything."""
    found = told(tmp_path, f'[sections.all]\nfolders = ["."]\nowners = {owners}\n')

    assert (1 if owners == "[]" else 0) == len([one for one in found if "hub.toml" in one[2]])


def test_a_folder_that_is_not_there_is_told_at_its_line(tmp_path):
    """A folder that was renamed has lost its owner, and no forge says so."""
    found = told(tmp_path, '[sections.all]\nowners = ["@essai/coeur"]\nfolders = [".", "content/post"]\n')

    assert [("WARNING", 6, "“content/post”, which is not there")] == found
