"""The hub turned into what members get: one file per output, each named once in a tuple."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from handbill.outputs.planned import LateOutput, Output

#: The modules that make artifacts of the hub, in the order of making.
OUTPUTS = ("site", "pictures", "social", "feeds", "calendars", "letters", "frozen", "contest_files", "security", "handbook")

#: The modules that make artifacts of the others' artifacts: what another process can make first, and last what tells of all of them.
LATE = ("search", "wayfinding", "headers", "report")


def outputs() -> tuple[Output, ...]:
    """Return every output of the hub; they are imported only now, because most commands need none."""
    return tuple(cast("Output", import_module(f"{__name__}.{name}")) for name in OUTPUTS)


def late_outputs() -> tuple[LateOutput, ...]:
    """Return every output that is made after the others."""
    return tuple(cast("LateOutput", import_module(f"{__name__}.{name}")) for name in LATE)
