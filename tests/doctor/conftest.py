"""What the tests of the doctor share: git without the settings of this machine."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _git_without_settings(monkeypatch, tmp_path):
    """Let git know nothing of who runs the tests, nor of a repository around the folder of the tests."""
    for name in [key for key in os.environ if key.startswith(("GIT_", "LC_")) or key in ("CI", "LANG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
