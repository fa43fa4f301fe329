"""Zones are known by their IANA names and by nothing else."""

import pytest

from handbill.hub.zone import is_zone


@pytest.mark.parametrize("name", ["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_a_zone_of_the_database_is_one(name):
    """Events take place anywhere."""
    assert is_zone(name)


@pytest.mark.parametrize("name", ["", "Paris", "Europe/Bordeaux", "../../etc/passwd", "/etc/localtime", "Europe", "Europe/Paris\n", "CEST!"])
def test_anything_else_is_none(name):
    """A name becomes a path inside the database and must not lead out of it."""
    assert not is_zone(name)
