"""Hostile texts, from a few words about how each is made.

A recipe says what is written again and again, and what stands around it, so
that a text of a megabyte is a line of a table.  How to write one is told at the
begin of ``markdown/families.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

#: What stands for the number of a repetition, and for what is written once more each time.
NUMBER, MORE = "⟨n⟩", "⟨+⟩"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a text is made: prefix, unit × times, middle, close × times, suffix."""

    name: str
    unit: str
    prefix: str = ""
    middle: str = ""
    close: str = ""
    suffix: str = ""
    grown: str = ""
    times: int = 0

    def text(self, times: int = 0) -> str:
        """Return the text with so many repetitions, or as many as the recipe says."""
        many = times or self.times
        if NUMBER in self.unit or MORE in self.unit:
            units = "".join(self.unit.replace(NUMBER, str(n)).replace(MORE, self.grown * n) for n in range(1, many + 1))
        else:
            units = self.unit * many
        return self.prefix + units + self.middle + self.close * many + self.suffix

    def of_size(self, size: int) -> str:
        """Return the longest text of no more than *size* bytes, though of one repetition at least."""
        most = 2
        while len(self.text(most).encode()) <= size:
            most *= 2
        least = most // 2
        while most - least > 1:
            middle = (least + most) // 2
            least, most = (middle, most) if len(self.text(middle).encode()) <= size else (least, middle)
        return self.text(least)


def recipes(file: str) -> tuple[Recipe, ...]:
    """Return the recipes of a file below this folder, in their order."""
    read = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    return tuple(Recipe(name, **said) for name, said in read.items())
