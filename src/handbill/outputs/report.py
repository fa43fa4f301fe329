"""What was built, for anyone who wants to compare: every path with the digest of its bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from handbill import __version__
from handbill.hub.hub import Hub
from handbill.outputs.planned import NOTHING, Artifact, Before, Planned, digest
from handbill.settings import Settings

name = "report"

PATH = "build.json"

_quoted = json.JSONEncoder(ensure_ascii=False).encode


def plan(planned: Sequence[Planned], digests: Mapping[str, str], hub: Hub, settings: Settings) -> Iterator[Planned]:
    """Yield the report; it names neither machine nor moment, so equal sources give an equal report."""
    yield Planned(PATH, (), "", partial(_finish, digests, hub, settings))


def _finish(digests: Mapping[str, str], hub: Hub, settings: Settings) -> tuple[str, str]:
    items = Counter(item.kind for item in hub.items)
    told = {
        "handbill": __version__,
        "hub": settings.base_url,
        "items": {kind: items[kind] for kind in sorted(hub.kinds)},
    }
    head = json.dumps(told, ensure_ascii=False, indent=1).removesuffix("\n}")
    # Line by line: with an indent, json goes through 20,000 paths one by one in Python.
    files = ",\n".join([f'  {_quoted(path)}: "{digest_}"' for path, digest_ in sorted(digests.items())])
    text = f'{head},\n "files": {{\n{files}\n }}\n}}' if files else f'{head},\n "files": {{}}\n}}'
    return digest(text), text + "\n"


def make(planned: Sequence[Planned], settings: Settings, scratch: Path, made: Path, before: Before = NOTHING) -> Iterator[Artifact]:
    """Hand over the report."""
    for one in planned:
        yield Artifact(one.path, one.work.encode("utf-8"))
