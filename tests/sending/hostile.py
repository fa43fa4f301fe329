"""The addresses of `tests/hostile/addresses/`, with the signs that cannot stand in a text file put back."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parents[1] / "hostile" / "addresses"


def lines(name: str) -> list[str]:
    """Return the lines of one of its files, without remarks."""
    written = (HERE / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return [_signs(line) for line in written if line and not line.startswith("# ")]


def injecting() -> list[tuple[str, str]]:
    """Return the code of the problem and the address of each that nobody may be written to."""
    return [tuple(line.split("\t", 1)) for line in lines("injecting")]  # type: ignore[misc]


def storable(address: str) -> str:
    """Return the address as a file in UTF-8 can hold it: a half of a sign becomes a control."""
    return "".join("\x01" if "\ud800" <= sign <= "\udfff" else sign for sign in address)


def _signs(line: str) -> str:
    return line.encode("latin-1", "backslashreplace").decode("unicode_escape")
