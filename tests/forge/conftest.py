"""A room of a workflow with GitHub on this machine behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.forge.github import REPOSITORY, TOKEN, FakeGitHub
from tests.sending.services.fake import Fault

from handbill.forge.github import GitHub
from handbill.forge.room import Room


@dataclass
class Ground:
    """GitHub as it stands, and what a step of a workflow has."""

    fake: FakeGitHub
    folder: Path

    def room(self, event: dict[str, Any] | None = None, **more: Any) -> Room:
        file = self.folder / "event.json"
        file.write_text(json.dumps(event or {}), encoding="utf-8")
        given = {
            "token": TOKEN,
            "api": self.fake.address,
            "event_file": file,
            "output": self.folder / "output",
            "summary": self.folder / "summary",
        }
        return Room(REPOSITORY, **{**given, **more})

    def github(self, token: str = TOKEN, repository: str = REPOSITORY) -> GitHub:
        return GitHub(repository, token, self.fake.address, lambda _: None, 5.0)

    @property
    def environ(self) -> dict[str, str]:
        """Return what a machine of a workflow sets."""
        return {
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": self.fake.address,
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
        }


@pytest.fixture
def ground(tmp_path):
    made = []

    def make(*faults: Fault, **more: Any) -> Ground:
        made.append(FakeGitHub(*faults, **more))
        return Ground(made[-1], tmp_path)

    yield make
    for fake in made:
        fake.close()
