"""States of a small hub for tests: what its feeds and calendars say, made as a build makes them but for the pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tests.hubs import THEN, moment, options

from handbill.examining import Examined, examine
from handbill.layout import CALENDARS
from handbill.options import Options
from handbill.outputs import calendars, feeds
from handbill.reading.ledger import ledger_text


@dataclass(frozen=True)
class State:
    """A hub as it was found, and the bytes of its feeds and calendars by their paths."""

    found: Examined
    options: Options
    feeds: dict[str, bytes]
    calendars: dict[str, bytes]


def state_of(root: Path, as_of: str = THEN, *, is_published: bool = True, **more: object) -> State:
    """Return the state of a hub; where it *is_published*, what calendars tell is written down as a build does."""
    from contextlib import nullcontext

    given = options(root, as_of, **more)
    found = examine(given, lambda _: nullcontext())
    made: dict[str, dict[str, bytes]] = {}
    for output in (feeds, calendars):
        planned = list(output.plan(found.hub, found.settings))
        made[output.name] = {one.path: bytes(one.content) for one in output.make(planned, found.settings, root)}  # type: ignore[arg-type]
    if is_published:
        (root / CALENDARS).write_text(ledger_text(found.hub.told), encoding="utf-8")
    return State(found, given, made["feeds"], made["calendars"])


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of two states that are not the same."""
    paths = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    return {path: raw for path, raw in before.items() if path in paths}, {path: raw for path, raw in after.items() if path in paths}


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Change a text of a file; it must be there."""
    file = root / name
    written = file.read_text(encoding="utf-8")
    assert old in written, f"{name} does not hold {old!r}"
    file.write_text(written.replace(old, new), encoding="utf-8")


__all__ = ["State", "differing", "edit", "moment", "replace", "state_of"]
