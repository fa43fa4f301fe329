"""Hubs that must be refused, each with the exact words; adding one needs no Python.

A folder of ``sites_broken`` holds the faulty files, laid over ``_base``, and
``problems.txt``.  ``python3 build.py test --refresh`` writes that file anew;
the difference is reviewed like any other change.
"""

import shutil
from pathlib import Path

import pytest
from tests.hubs import options

from handbill.errors import ContentProblems
from handbill.pipeline import build

HERE = Path(__file__).parent / "sites_broken"
FAULTS = sorted(folder.name for folder in HERE.iterdir() if folder.is_dir() and folder.name != "_base")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_named_with_its_place_and_nothing_is_published(fault, tmp_path, refresh):
    """An editor mends a file from the message alone, and members keep what they had."""
    hub = tmp_path / "hub"
    shutil.copytree(HERE / "_base", hub)
    shutil.copytree(HERE / fault, hub, dirs_exist_ok=True, ignore=shutil.ignore_patterns("problems.txt"))
    expected = HERE / fault / "problems.txt"

    with pytest.raises(ContentProblems) as refusal:
        build(options(hub))

    found = "".join(f"{problem}\n" for problem in refusal.value.problems)
    if refresh:
        expected.write_text(found, encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == found
    assert not (hub / "public").exists()


def test_there_are_faults_to_try():
    """An empty folder would make the test above pass without having tried anything."""
    assert len(FAULTS) >= 50
