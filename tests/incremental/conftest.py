"""A process in which builds are tried, so that none of what is prepared for them reaches other tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.incremental.builds import once, prepare

#: Does a job in a folder, in a process of its own from which builds are forked, and returns what it returns.
Apart = Callable[..., Any]

if not hasattr(os, "fork"):
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def apart(tmp_path: Path) -> Apart:
    """Return what does a job apart: it is given a folder, and whatever else was given."""

    def do_apart(job: Callable[..., Any], *given: Any) -> Any:
        def work() -> Any:
            (tmp_path / "templates").mkdir()
            prepare(tmp_path / "templates")
            return job(tmp_path, *given)

        return once(work)

    return do_apart
