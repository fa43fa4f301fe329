"""A process in which builds are tried, so that none of what is prepared for them reaches other tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.incremental.builds import Living, once, prepare

#: Does a job in a folder, in a process of its own from which builds are forked, and returns what it returns.
Apart = Callable[..., Any]

if not hasattr(os, "fork"):
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """Return a process that is ready to fork others for jobs."""
    templates = tmp_path_factory.mktemp("templates")
    is_ready: list[bool] = []

    def answer(question: tuple[Callable[..., Any], Path, tuple[Any, ...]]) -> Any:
        if not is_ready:
            prepare(templates)
            is_ready.append(True)
        job, folder, given = question
        return once(lambda: job(folder, *given))

    process = Living(answer)
    yield process
    process.close()


@pytest.fixture
def apart(prepared: Living, tmp_path: Path) -> Apart:
    """Return what does a job apart: it is given a folder, and whatever else was given."""
    return lambda job, *given: prepared.ask((job, tmp_path, given))
