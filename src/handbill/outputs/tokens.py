"""``theme/tokens.toml`` → the first rules of the style sheet: colours of both schemes, letters, sizes.

A community's own file need hold only what it wants otherwise.  Knows nothing
of the rules that use the tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbill.errors import Level, Problem, said
from handbill.hub.clean import decode
from handbill.hub.colour import READABLE, contrast
from handbill.hub.fields import Colour, Desk, Field, Group, Integer, Node, Scalar, Table, place_of, read_table
from handbill.hub.toml import read_toml
from handbill.layout import HUB, THEME
from handbill.outputs.theme import Theme
from handbill.settings import Settings, written_at

FILE = "tokens.toml"

#: The colours of text, and the grounds on which text stands.
INKS = ("ink", "soft", "good", "wait", "stop")
GROUNDS = ("paper", "sheet")
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Css:
    """A value that can stand behind a colon in a style sheet, and that neither ends there nor fetches anything."""

    wanted: str = said("a value of CSS without ;, braces and addresses")

    def read(self, node: Node, name: str, desk: Desk) -> str | None:
        """Return the value, or ``None`` after putting down a problem."""
        if isinstance(node, Scalar) and node.text.strip() and not re.search(r"[;{}<>@\\\n]|/\*|url\(|image\(", node.text, re.IGNORECASE):
            return node.text.strip()
        desk.refuse(node, name, said("“{value}”", value=node.text) if isinstance(node, Scalar) else said("no text"), self.wanted)
        return None


def _colours() -> tuple[Field, ...]:
    return (*(Field(name, Colour(), "") for name in (*GROUNDS, *INKS, "rule")), Field("dim", Integer(10, 100), ""))


_TABLES = {
    "light": _colours(),
    "dark": _colours(),
    "fonts": tuple(Field(name, Css(), "") for name in ("serif", "sans", "mono")),
    "sizes": tuple(Field(name, Css(), "") for name in ("small", "text", "big", "title")),
    "space": tuple(Field(name, Css(), "") for name in ("measure", "wide", "edge", "gap", "radius")),
}
_FIELDS = tuple(Field(name, Group(fields), "") for name, fields in _TABLES.items())

#: Table and name of a token → its value.
Tokens = Mapping[str, Mapping[str, Any]]


def read_tokens(settings: Settings) -> tuple[Tokens, tuple[Problem, ...]]:
    """Return every token, the community's own before ours, and what is wrong with its file or with its colours.

    A value that is wrong is replaced by ours.
    """
    tokens: dict[str, dict[str, Any]] = {name: {} for name in _TABLES}
    problems: list[Problem] = []
    tables: list[Table] = []
    for folder in reversed(Theme(settings.root).folders):
        values, table, told = _read(folder / FILE)
        for name, own in values.items():
            tokens[name] |= {key: value for key, value in own.items() if value is not None}
        tables += [table] if table is not None else []
        problems += told
    tokens["light"]["accent"], tokens["dark"]["accent"] = settings.accent, settings.accent_dark
    problems += _unreadable(tokens, tables[-1] if len(tables) > 1 else Table((), 0, 0), settings.root)
    return tokens, tuple(problems)


def _read(file: Path) -> tuple[dict[str, dict[str, Any]], Table | None, tuple[Problem, ...]]:
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        # What is there and cannot be read is no other look: the machine is at fault, and says so.
        return {}, None, ()
    return _parsed(raw)


@lru_cache(maxsize=4)
def _parsed(raw: bytes) -> tuple[dict[str, dict[str, Any]], Table | None, tuple[Problem, ...]]:
    desk = Desk(f"{THEME}/{FILE}", "UTC", sign=" = ")
    text = decode(raw, desk)
    table = read_toml(text, desk)[0] if text is not None else None
    values = {key: own for key, own in read_table(table, _FIELDS, desk).items() if own} if table is not None else {}
    return values, table, tuple(desk.problems)


def _unreadable(tokens: Tokens, own: Table, root: Path) -> list[Problem]:
    """Return a warning for each pair of the community's colours that cannot be read; ours are proven by tests."""
    problems = []
    for scheme in SCHEMES:
        colours = tokens[scheme]
        for ink in (*INKS, "accent"):
            # Leaves and buttons have text in the colour of the paper on the accent: the same pair.
            ratio, ground = min((contrast(colours[ink], colours[ground]), ground) for ground in GROUNDS)
            if ratio < READABLE:
                problems.append(_too_close(own, root, colours, scheme, ink, ground, ratio))
    return problems


def _too_close(own: Table, root: Path, colours: Mapping[str, Any], scheme: str, ink: str, ground: str, ratio: float) -> Problem:
    """Return the warning at the colour that the community wrote: the ink, or else the ground."""
    path, field = f"{THEME}/{FILE}", f"{scheme}.{ink}"
    node: Node | None = place_of(own, scheme, ink)
    if ink == "accent":
        path, field = HUB, "look.accent" if scheme == "light" else "look.accent_dark"
        node = written_at(root, *field.split("."))
    if isinstance(node, Scalar):
        found = said(
            "{colour}, in which text on {ground} ({other}) has a contrast of {ratio}",
            colour=colours[ink], ground=ground, other=colours[ground], ratio=f"{ratio:.1f}",
        )  # fmt: skip
    else:
        path, field, node = f"{THEME}/{FILE}", f"{scheme}.{ground}", place_of(own, scheme, ground)
        found = said(
            "{colour}, on which text in {ink} ({other}) has a contrast of {ratio}",
            colour=colours[ground], ink=ink, other=colours[ink], ratio=f"{ratio:.1f}",
        )  # fmt: skip
    line, column, width = (node.line, node.column, node.width) if isinstance(node, Scalar) else (0, 0, 0)
    wanted = said("a contrast of at least {ratio}", ratio=READABLE)
    return Problem(path, line, column, field, found, wanted, "HB801", Level.WARNING, width)


def rules(tokens: Tokens) -> str:
    """Return the tokens as custom properties of CSS: light, dark where the screen or the reader asks for it.

    ``data-scheme`` on the root element is the reader's choice (theme/static/shell.js).
    On paper every page is light.
    """
    plain = [f"  --{name}: {value};" for table in ("fonts", "sizes", "space") for name, value in tokens[table].items()]
    dark = "\n".join(_scheme(tokens["dark"]))
    return (
        ":root {\n" + "\n".join([*plain, *_scheme(tokens["light"]), "  color-scheme: light dark;"]) + "\n}\n\n"
        "@media screen and (prefers-color-scheme: dark) {\n:root:not([data-scheme=light]) {\n" + dark + "\n}\n}\n\n"
        "@media screen {\n:root[data-scheme=dark] {\n" + dark + "\n  color-scheme: dark;\n}\n}\n\n"
        ":root[data-scheme=light] { color-scheme: light; }\n"
    )


def _scheme(colours: Mapping[str, Any]) -> list[str]:
    # A filter makes a layer of its own for each picture, even one that changes nothing.
    dim = "none" if colours["dim"] == 100 else f"brightness({colours['dim'] / 100:g})"
    return [f"  --{name}: {value};" for name, value in colours.items() if name != "dim"] + [f"  --dim: {dim};"]


def colours(tokens: Tokens) -> tuple[tuple[str, str], ...]:
    """Return the colours as letters name them, which have both schemes in one sheet: ``ink``, ``dark-ink`` and so on."""
    light = {name: value for name, value in tokens["light"].items() if name != "dim"}
    dark = {f"dark-{name}": value for name, value in tokens["dark"].items() if name != "dim"}
    return tuple(sorted((light | dark).items()))
