"""What was built, for anyone who wants to compare: every path with the digest of its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from handbill import __version__
from handbill.hub.hub import Hub
from handbill.outputs.planned import NOTHING, Artifact, Before, Planned, digest
from handbill.settings import Settings

name = "report"

PATH = "build.json"


def plan(planned: Sequence[Planned], digests: Mapping[str, str], hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the report; it names neither machine nor moment, so equal sources give an equal report."""
    yield Planned(PATH, (), "", partial(_finish, digests, hub, settings))


def _finish(digests: Mapping[str, str], hub: Hub, settings: Settings) -> tuple[str, str]:
    text = json.dumps(
        {
            "handbill": __version__,
            "hub": settings.base_url,
            "items": {kind: sum(1 for item in hub.items if item.kind == kind) for kind in sorted(hub.kinds)},
            "files": dict(sorted(digests.items())),
        },
        ensure_ascii=False,
        indent=1,
    )
    return digest(text), text + "\n"


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before = NOTHING) -> Iterator[Artifact]:
    """Hand over the report."""
    for one in planned:
        yield Artifact(one.path, one.work.encode("utf-8"))
