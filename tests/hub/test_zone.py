"""Zones are known by their IANA names and by nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbill.hub.zone import is_zone


@pytest.mark.parametrize("name", ["Europe/Paris", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_a_zone_of_the_database_is_one(name):
    """Events take place anywhere."""
    assert is_zone(name)


@pytest.mark.parametrize(
    "name", ["", "Paris", "Europe/Bordeaux", "../../etc/passwd", "/etc/localtime", "Europe", "Europe/Paris\n", "CEST!"]
)
def test_anything_else_is_none(name):
    """A name becomes a path inside the database and must not lead out of it."""
    assert not is_zone(name)


def test_clocks_change_when_the_lock_says_so_whatever_the_machine_has(tmp_path):
    """A machine whose database is older, or wrong, would publish another hour for the same event (decision 0034)."""
    import tzdata

    known = Path(tzdata.__file__).parent / "zoneinfo"
    (tmp_path / "Europe").mkdir()
    shutil.copyfile(known / "America/New_York", tmp_path / "Europe/Paris")
    tell = "from datetime import datetime; from zoneinfo import ZoneInfo; print(datetime(2026, 7, 1, tzinfo=ZoneInfo('Europe/Paris')).utcoffset())"

    def told(program: str) -> str:
        environment = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
        return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True).stdout.strip()

    assert ("-1 day, 20:00:00", "2:00:00") == (told(tell), told(f"import handbill; {tell}"))
