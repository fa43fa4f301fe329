"""hub.toml, as the doctor sees it."""

import os

import pytest
from tests.doctor.repositories import HUB, is_told, write

from handbill.doctor.settings import settings


def test_a_good_hub_is_named(tmp_path):
    """One sees at once whether one is in the right folder."""
    write(tmp_path, {"hub.toml": HUB})

    is_told(settings(tmp_path), "ok", "Puits, https://puits.example/")


def test_a_folder_that_is_no_hub_is_told(tmp_path):
    """The command was typed in the folder above."""
    is_told(settings(tmp_path), "missing", f"not in {tmp_path}")


def test_settings_that_cannot_be_read_are_told_with_their_line(tmp_path):
    """The first of them is enough to begin with."""
    write(tmp_path, {"hub.toml": f'{HUB}colour = "red"\n'})
    is_told(settings(tmp_path), "missing", "hub.toml:4", "hub.colour")

    write(tmp_path, {"hub.toml": f'{HUB}colour = "red"\nsize = 3\n'})
    is_told(settings(tmp_path), "missing", "hub.toml:4", "; and 1 more")


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is shut to the administrator")
def test_settings_that_may_not_be_opened_are_told(tmp_path):
    """A file that came out of an archive of somebody else."""
    write(tmp_path, {"hub.toml": HUB})
    (tmp_path / "hub.toml").chmod(0)

    is_told(settings(tmp_path), "missing", "cannot be read")
